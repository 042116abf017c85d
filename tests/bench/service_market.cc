#include "tests/bench/service_market.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "kugge/v1/employer.pb.h"
#include "kugge/v1/requirement.pb.h"
#include "kugge/v1/taxonomy_service.grpc.pb.h"
#include "kugge/v1/tenant.pb.h"
#include "services/server/config_loader.h"
#include "storage/repository.h"
#include "storage/rocksdb/rocksdb_store.h"
#include "tests/bench/must.h"
#include "tests/bench/report.h"

namespace kugge::bench {
namespace {

using storage::ResourceKind;

constexpr char kTenant[] = "tenants/bench";
constexpr char kEmployer[] = "tenants/bench/employers/employer";
constexpr uint32_t kGroupSize = 6;
constexpr uint32_t kRowsPerCommit = 1'000;
// What one message of an import may carry is 200 KiB.
constexpr size_t kChunk = size_t{128} << 10;

std::string SkillId(uint32_t skill) {
  return absl::StrFormat("%04u_skl_%03u", skill / 1000, skill % 1000);
}

std::string OccupationId(uint32_t occupation) {
  return absl::StrFormat("%04u_occ_000", occupation);
}

std::string GroupId(uint32_t group) {
  return absl::StrFormat("%04u_grp_000", group);
}

std::string RequirementName(size_t index, Filter filter) {
  return absl::StrCat(kEmployer, "/requirements/",
                      filter == Filter::kRegionAndMust ? "must-" : "soft-",
                      index);
}

const std::string& CodeOf(matching::MunicipalityIndex municipality) {
  static const auto* const codes = [] {
    auto* all = new std::vector<std::string>;
    for (const auto& place : matching::Municipalities()) {
      all->emplace_back(place.code.data(), place.code.size());
    }
    return all;
  }();
  return (*codes)[municipality];
}

// As JSON lines.
std::string Concepts() {
  std::string lines;
  for (uint32_t group = 0; group * kGroupSize < kOccupations; ++group) {
    absl::StrAppendFormat(
        &lines,
        R"({"id":"%s","type":"ssyk-level-4","preferredLabel":"Grupp %u","code":"%04u"})",
        GroupId(group), group, 1000 + group);
    lines += '\n';
  }
  for (uint32_t occupation = 0; occupation < kOccupations; ++occupation) {
    absl::StrAppendFormat(
        &lines,
        R"({"id":"%s","type":"occupation-name","preferredLabel":"Yrke %u","broader":["%s"]})",
        OccupationId(occupation), occupation, GroupId(occupation / kGroupSize));
    lines += '\n';
  }
  for (uint32_t skill = 0; skill < kSkills; ++skill) {
    absl::StrAppendFormat(
        &lines, R"({"id":"%s","type":"skill","preferredLabel":"Kompetens %u"})",
        SkillId(skill), skill);
    lines += '\n';
  }
  return lines;
}

v1::Requirement ToRequirement(const Query& query, size_t index, Filter filter) {
  v1::Requirement requirement;
  requirement.set_name(RequirementName(index, filter));
  requirement.set_title("Behov");
  requirement.set_origin(v1::REQUIREMENT_ORIGIN_VACANCY);
  requirement.set_state(v1::REQUIREMENT_STATE_OPEN);
  requirement.mutable_place()->set_municipality_code(CodeOf(query.centre));
  for (size_t i = 0; i < query.terms.size(); ++i) {
    v1::SkillDemand* demand = requirement.mutable_demands()->add_skills();
    demand->set_skill(SkillId(query.terms[i].skill));
    demand->set_importance(query.terms[i].importance);
    const bool must = filter == Filter::kRegionAndMust && i == query.must;
    demand->set_strength(must ? v1::STRENGTH_HARD : v1::STRENGTH_SOFT);
  }
  return requirement;
}

// The folder's store, while no server has it. Filling it is not what is
// measured: it gets all the cache that it can use.
struct OpenStore {
  explicit OpenStore(const std::string& data_dir)
      : store(Must(storage::OpenRocksDbStore(
            data_dir, {.block_cache_bytes = size_t{2} << 30}))),
        repository(Must(storage::Repository::Open(store.get()))) {}

  std::unique_ptr<storage::KeyValueStore> store;
  std::unique_ptr<storage::Repository> repository;
};

}  // namespace

std::string ProfileName(uint64_t index) {
  return absl::StrCat(kTenant, "/profiles/person-", index);
}

v1::Profile ToProfile(const Person& person, uint64_t index) {
  v1::Profile profile;
  profile.set_name(ProfileName(index));
  profile.set_kind(v1::PROFILE_KIND_JOB_SEEKER);
  profile.mutable_home()->set_municipality_code(CodeOf(person.municipality));
  v1::HeldOccupation* occupation = profile.mutable_occupations()->add_held();
  occupation->set_occupation(OccupationId(person.occupation));
  occupation->set_experience_months(24);
  for (const uint32_t skill : person.skills) {
    profile.mutable_skills()->add_held()->set_skill(SkillId(skill));
  }
  profile.mutable_skills()->set_completeness(
      person.complete ? v1::COMPLETENESS_COMPLETE : v1::COMPLETENESS_OPEN);
  return profile;
}

v1::MatchProfilesRequest ToRequest(const Query& query, size_t index,
                                   Filter filter) {
  v1::MatchProfilesRequest request;
  request.set_requirement(RequirementName(index, filter));
  request.set_page_size(10);
  request.set_view(v1::RESOURCE_VIEW_BASIC);
  if (filter != Filter::kNone) {
    request.set_filter(absl::StrJoin(
        query.region, " OR ",
        [](std::string* out, matching::MunicipalityIndex municipality) {
          absl::StrAppend(out, "municipality_code=", CodeOf(municipality));
        }));
  }
  return request;
}

ServiceMarket::ServiceMarket(const Workload& workload, std::string data_dir,
                             const std::vector<Query>& queries)
    : workload_(workload), data_dir_(std::move(data_dir)) {
  ImportTaxonomy();
  AddRequirements(queries);
}

std::unique_ptr<server::Server> ServiceMarket::Start(double* seconds) const {
  config::v1::ServerConfig config;
  config.set_data_dir(data_dir_);
  config.set_listen_address("127.0.0.1:0");
  config.set_health_address("127.0.0.1:0");
  config.set_metrics_address("-");
  config.set_log_level(config::v1::LOG_LEVEL_WARNING);
  server::SetDefaults(&config);
  Must(server::CheckConfig(config));
  const double begin = NowMicros();
  auto server = Must(server::Server::Start(config));
  *seconds = (NowMicros() - begin) / 1e6;
  return server;
}

void ServiceMarket::ImportTaxonomy() const {
  double seconds = 0;
  const auto server = Start(&seconds);
  const auto channel = grpc::CreateChannel(server->addresses().api,
                                           grpc::InsecureChannelCredentials());
  const auto stub = v1::TaxonomyService::NewStub(channel);
  grpc::ClientContext context;
  v1::ImportTaxonomyResponse response;
  const auto stream = stub->ImportTaxonomy(&context, &response);
  const std::string concepts = Concepts();
  for (size_t begin = 0; begin < concepts.size(); begin += kChunk) {
    v1::ImportTaxonomyRequest request;
    if (begin == 0) request.set_taxonomy_id("bench");
    request.set_file("concepts.jsonl");
    request.set_data(concepts.substr(begin, kChunk));
    if (!stream->Write(request)) break;
  }
  stream->WritesDone();
  const grpc::Status status = stream->Finish();
  Must(absl::Status(static_cast<absl::StatusCode>(status.error_code()),
                    status.error_message()));
}

void ServiceMarket::AddRequirements(const std::vector<Query>& queries) const {
  const OpenStore open(data_dir_);
  storage::Transaction transaction = open.repository->Begin();
  v1::Tenant tenant;
  tenant.set_name(kTenant);
  tenant.set_display_name("Bench");
  Must(transaction.Create(ResourceKind::kTenant, tenant));
  v1::Employer employer;
  employer.set_name(kEmployer);
  employer.set_display_name("Verkstad");
  Must(transaction.Create(ResourceKind::kEmployer, employer));
  for (const Filter filter : {Filter::kRegion, Filter::kRegionAndMust}) {
    for (size_t i = 0; i < queries.size(); ++i) {
      Must(transaction.Create(ResourceKind::kRequirement,
                              ToRequirement(queries[i], i, filter)));
    }
  }
  Must(open.repository->Commit(std::move(transaction)).status());
}

void ServiceMarket::AddPeople(uint32_t begin, uint32_t end) const {
  const OpenStore open(data_dir_);
  for (uint32_t first = begin; first < end; first += kRowsPerCommit) {
    storage::Transaction transaction = open.repository->Begin();
    for (uint32_t i = first; i < std::min(first + kRowsPerCommit, end); ++i) {
      Must(transaction.Create(ResourceKind::kProfile,
                              ToProfile(workload_.PersonAt(i), i)));
    }
    Must(open.repository->Commit(std::move(transaction)).status());
  }
}

}  // namespace kugge::bench
