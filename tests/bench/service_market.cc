#include "tests/bench/service_market.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "kugge/v1/employer.pb.h"
#include "kugge/v1/requirement.pb.h"
#include "kugge/v1/tenant.pb.h"
#include "storage/transaction.h"
#include "tests/bench/data_folder.h"
#include "tests/bench/must.h"
#include "tests/bench/names.h"

namespace kugge::bench {
namespace {

using storage::ResourceKind;

constexpr char kEmployer[] = "tenants/bench/employers/employer";

std::string RequirementName(size_t index, Filter filter) {
  return absl::StrCat(kEmployer, "/requirements/",
                      filter == Filter::kRegionAndMust ? "must-" : "soft-",
                      index);
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
  requirement.mutable_place()->set_municipality_code(
      MunicipalityCode(query.centre));
  for (size_t i = 0; i < query.terms.size(); ++i) {
    v1::SkillDemand* demand = requirement.mutable_demands()->add_skills();
    demand->set_skill(SkillId(query.terms[i].skill));
    demand->set_importance(query.terms[i].importance);
    const bool must = filter == Filter::kRegionAndMust && i == query.must;
    demand->set_strength(must ? v1::STRENGTH_HARD : v1::STRENGTH_SOFT);
  }
  return requirement;
}

}  // namespace

v1::Profile ToProfile(const Person& person, uint64_t index) {
  v1::Profile profile;
  profile.set_name(ProfileName(index));
  profile.set_kind(v1::PROFILE_KIND_JOB_SEEKER);
  profile.mutable_home()->set_municipality_code(
      MunicipalityCode(person.municipality));
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
          absl::StrAppend(out,
                          "municipality_code=", MunicipalityCode(municipality));
        }));
  }
  return request;
}

ServiceMarket::ServiceMarket(const Workload& workload, std::string data_dir,
                             const std::vector<Query>& queries)
    : workload_(workload), data_dir_(std::move(data_dir)) {
  ImportConcepts(data_dir_, Concepts());
  AddRequirements(queries);
}

std::unique_ptr<server::Server> ServiceMarket::Start(double* seconds) const {
  return StartServer(data_dir_, seconds);
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
  WriteRows(OpenStore(data_dir_), begin, end,
            [this](uint32_t i, storage::Transaction* transaction) {
              Must(transaction->Create(ResourceKind::kProfile,
                                       ToProfile(workload_.PersonAt(i), i)));
            });
}

}  // namespace kugge::bench
