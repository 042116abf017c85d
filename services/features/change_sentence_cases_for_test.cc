// Sentences on single changes that would help, and on what carries a refused
// occupation.
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/features/calendar.h"
#include "services/features/sentence_cases_for_test.h"

namespace kugge::features {
namespace {

using matching::ChangeKind;
using matching::DemandKind;
using matching::Eligibility;
using matching::HelpfulChange;
using matching::RelationKind;
using matching::RequirementFeatures;

// A person whose every wish a change could widen.
matching::PersonFeatures NarrowPerson() {
  matching::PersonFeatures person;
  matching::Wishes& wishes = person.wishes;
  wishes.maximum_distance = 500;
  wishes.minimum_hours_percent = 50;
  wishes.maximum_hours_percent = 75;
  wishes.shifts = matching::kShiftDay;
  v1::Date start;
  start.set_year(2027);
  start.set_month(6);
  start.set_day(14);
  wishes.earliest_start = ToDays(start);
  wishes.minimum_remote_percent = 80;
  return person;
}

// A job that tells what a change of the kind speaks of.
RequirementFeatures WideJob() {
  RequirementFeatures requirement;
  for (const DemandKind kind : kDemandKinds) {
    requirement.demands.push_back(FullDemand(kind));
  }
  matching::JobFacts& job = requirement.facts;
  job.minimum_hours_percent = 75;
  job.maximum_hours_percent = 100;
  job.shifts =
      matching::kShiftDay | matching::kShiftEvening | matching::kShiftNight;
  job.remote_percent = 40;
  return requirement;
}

}  // namespace

// Into each list, and into none.
SentenceCases::Cases SentenceCases::OfResults(
    const std::string& name, const RequirementFeatures& requirement,
    HelpfulChange change) const {
  const struct {
    const char* name;
    Eligibility eligibility;
    size_t rank;
  } results[] = {{"eligible", Eligibility::kEligible, 1},
                 {"uncertain", Eligibility::kUncertain, 12},
                 {"near miss", Eligibility::kNearMiss, 0}};
  Cases cases;
  for (const auto& result : results) {
    change.match.eligibility = result.eligibility;
    change.rank = result.rank;
    cases.push_back(Written(absl::StrCat("change, ", name, ", ", result.name),
                            [&](const Sentences& sentences) {
                              return sentences.OfChange(NarrowPerson(),
                                                        requirement, change);
                            }));
  }
  return cases;
}

SentenceCases::Cases SentenceCases::OfChanges() const {
  Cases cases;
  const auto add = [&](const std::string& name,
                       const RequirementFeatures& requirement,
                       HelpfulChange change) {
    std::ranges::move(OfResults(name, requirement, std::move(change)),
                      std::back_inserter(cases));
  };
  const RequirementFeatures job = WideJob();
  for (uint32_t i = 0; i < kDemandKinds.size(); ++i) {
    add(DemandKindName(kDemandKinds[i]), job,
        {.kind = ChangeKind::kDemand, .demand = i});
  }
  add("distance", job, {.kind = ChangeKind::kDistance});
  add("hours", job, {.kind = ChangeKind::kHours});
  add("shifts", job, {.kind = ChangeKind::kShifts});
  add("remote", job, {.kind = ChangeKind::kRemote});
  add("start", job, {.kind = ChangeKind::kStart});
  RequirementFeatures on_site = job;
  on_site.facts.remote_percent = 0;
  add("remote, on site", on_site, {.kind = ChangeKind::kRemote});
  return cases;
}

SentenceCases::Cases SentenceCases::OfBridges() const {
  Cases cases;
  for (const bool wanted : {false, true}) {
    for (const RelationKind relation :
         {RelationKind::kSubstitute75, RelationKind::kSubstitute25}) {
      cases.push_back(Written(
          absl::StrCat("bridge, ", wanted ? "wanted occupation" : "occupation",
                       ", ", matching::RelationKindName(relation)),
          [&](const Sentences& sentences) {
            return sentences.OfBridge(
                {.wanted = wanted,
                 .held = OtherConcept(DemandKind::kOccupation),
                 .asked = AskedConcept(DemandKind::kOccupation),
                 .relation = relation});
          }));
    }
  }
  return cases;
}

}  // namespace kugge::features
