#include "tests/bench/course_market.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "kugge/v1/employer.pb.h"
#include "kugge/v1/provider.pb.h"
#include "services/features/calendar.h"
#include "storage/transaction.h"
#include "tests/bench/data_folder.h"
#include "tests/bench/full_concepts.h"
#include "tests/bench/must.h"
#include "tests/bench/names.h"
#include "tests/bench/report.h"

namespace kugge::bench {
namespace {

using storage::ResourceKind;
using storage::Transaction;

constexpr uint32_t kEmployers = 20'000;
constexpr uint32_t kProviders = 500;

std::string EmployerName(uint64_t index) {
  return absl::StrCat(kTenant, "/employers/employer-", index);
}

std::string ProviderName(uint64_t index) {
  return absl::StrCat(kTenant, "/providers/provider-", index);
}

std::string SessionName(uint64_t offering, size_t place) {
  return absl::StrCat(CourseMarket::Offering(offering), "/sessions/s-", place);
}

}  // namespace

CourseMarket::CourseMarket(std::string data_dir, uint32_t people,
                           uint32_t requirements)
    : full_(workload_),
      messages_(features::DayInSweden(absl::Now())),
      data_dir_(std::move(data_dir)),
      people_(people),
      requirements_(requirements) {
  ImportConcepts(data_dir_, FullConcepts(workload_, full_));
  AddFrame();
}

void CourseMarket::AddFrame() const {
  const OpenStore open(data_dir_);
  Transaction transaction = open.repository->Begin();
  v1::Tenant tenant;
  tenant.set_name(kTenant);
  tenant.set_display_name("Bench");
  Must(transaction.Create(ResourceKind::kTenant, tenant));
  for (matching::MunicipalityIndex i = 0; i < matching::Municipalities().size();
       ++i) {
    Must(transaction.Create(ResourceKind::kRegion, RegionOf(i)));
  }
  Must(open.repository->Commit(std::move(transaction)).status());
  WriteRows(open, 0, kEmployers, [](uint32_t i, Transaction* rows) {
    v1::Employer employer;
    employer.set_name(EmployerName(i));
    employer.set_display_name(absl::StrCat("Verkstad ", i));
    Must(rows->Create(ResourceKind::kEmployer, employer));
  });
  WriteRows(open, 0, kProviders, [](uint32_t i, Transaction* rows) {
    v1::Provider provider;
    provider.set_name(ProviderName(i));
    provider.set_display_name(absl::StrCat("Skola ", i));
    Must(rows->Create(ResourceKind::kProvider, provider));
  });
}

void CourseMarket::AddPeople() const {
  const OpenStore open(data_dir_);
  WriteRows(open, 0, people_, [this](uint32_t i, Transaction* rows) {
    Must(rows->Create(ResourceKind::kProfile,
                      messages_.ProfileOf(full_.PersonAt(i), ProfileName(i))));
  });
}

void CourseMarket::AddRequirements() const {
  const OpenStore open(data_dir_);
  WriteRows(open, 0, requirements_, [this](uint32_t i, Transaction* rows) {
    Must(rows->Create(ResourceKind::kRequirement,
                      messages_.RequirementOf(
                          RequirementAt(workload_, full_, i), Requirement(i))));
  });
}

void CourseMarket::AddOfferings() const {
  const OpenStore open(data_dir_);
  WriteRows(open, 0, kOfferings, [this](uint32_t i, Transaction* rows) {
    const matching::OfferingFeatures offering = OfferingAt(workload_, i);
    Must(rows->Create(ResourceKind::kOffering,
                      messages_.OfferingOf(offering, Offering(i))));
    for (size_t s = 0; s < offering.sessions.size(); ++s) {
      Must(rows->Create(
          ResourceKind::kSession,
          messages_.SessionOf(offering.sessions[s], SessionName(i, s))));
    }
  });
}

std::unique_ptr<server::Server> CourseMarket::Start(double* seconds) const {
  return StartServer(data_dir_, seconds);
}

std::string CourseMarket::Person(uint64_t index) const {
  return ProfileName(index % people_);
}

std::string CourseMarket::Requirement(uint64_t index) const {
  const uint64_t number = index % requirements_;
  return absl::StrCat(EmployerName(number % kEmployers), "/requirements/r-",
                      number);
}

std::string CourseMarket::Offering(uint64_t index) {
  const uint64_t number = index % kOfferings;
  return absl::StrCat(ProviderName(number % kProviders), "/offerings/o-",
                      number);
}

std::string CourseMarket::Session(uint64_t offering) const {
  const uint64_t number = offering % kOfferings;
  const size_t sessions = OfferingAt(workload_, number).sessions.size();
  return SessionName(number, offering % sessions);
}

std::vector<uint64_t> CourseMarket::WideOfferings(size_t count) const {
  std::vector<uint64_t> wide;
  for (uint64_t i = 0; i < kOfferings && wide.size() < count; ++i) {
    const matching::OfferingFeatures offering = OfferingAt(workload_, i);
    if (std::ranges::any_of(offering.gains, [](const matching::Gain& gain) {
          return gain.section != matching::DemandKind::kSkill;
        })) {
      wide.push_back(i);
    }
  }
  return wide;
}

matching::MunicipalityIndex CourseMarket::PlaceOf(uint64_t requirement) const {
  return QueryOfRequirement(workload_, requirement % requirements_).centre;
}

}  // namespace kugge::bench
