// Section 6 of docs/scoring.md: offerings for a requirement and for a person.
#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "matching/offerings.h"
#include "tests/oracle/course_comparison.h"
#include "tests/oracle/describe.h"
#include "tests/oracle/differences.h"
#include "tests/oracle/keyed_pages.h"

namespace kugge::oracle {

using matching::CompiledPerson;
using matching::CompiledRequirement;
using matching::OfferingAnswer;
using matching::OfferingMatch;
using matching::OfferingRequest;

namespace {

// Each row of an offering holds every person or every requirement against it.
constexpr size_t kPairsOfOfferings = 4'000;

// The oracle's row in the engine's shape, with the key that pages continue
// from.
OfferingMatch InShape(const OfferingRow& row, bool for_person) {
  OfferingMatch match;
  match.offering = row.offering;
  match.offering_reference = row.reference;
  match.session = row.session;
  match.session_reference = row.session_reference;
  match.other_sessions = row.other_sessions;
  match.coverage = row.coverage;
  match.end_day = row.end_day;
  match.weeks = row.weeks;
  match.distance = row.distance;
  match.in_time = row.in_time;
  match.unlocked_people = row.unlocked_people;
  match.closes = row.closes;
  match.requirements_helped = row.requirements_helped;
  match.gain_positions = row.gain_positions;
  match.gain_requirements = row.gain_requirements;
  match.key.tie = row.tie;
  match.key.offering = row.offering;
  if (for_person) {
    match.key.criteria = {-static_cast<int64_t>(row.gain_positions),
                          -static_cast<int64_t>(row.gain_requirements),
                          row.weeks, row.distance, 0};
  } else {
    match.key.criteria = {
        row.in_time ? 0 : 1, 10'000 - static_cast<int64_t>(row.coverage),
        -static_cast<int64_t>(row.unlocked_people), row.end_day, row.distance};
  }
  return match;
}

template <typename Ask>
std::string ListDifference(Asker& asker, const OfferingList& expected,
                           bool for_person, const OfferingRequest& request,
                           const Ask& ask) {
  std::vector<OfferingMatch> all;
  all.reserve(expected.rows.size());
  Tally& tally = asker.tally();
  for (const OfferingRow& row : expected.rows) {
    all.push_back(InShape(row, for_person));
    if (row.gain_requirements > 0) ++tally.gaining_offerings;
    if (row.gain_requirements > 0 && row.coverage == 0) {
      ++tally.offerings_beyond_the_gap;
    }
    if (row.unlocked_people > 0) ++tally.unlocking_offerings;
  }
  std::vector<matching::GapDemand> gap;
  gap.reserve(expected.gap.size());
  for (const OpenDemand& one : expected.gap) {
    gap.push_back({one.requirement, one.reference, one.demand, one.weight,
                   one.satisfied});
  }
  tally.offering_rows += all.size();
  tally.gap_demands += gap.size();
  return PagesDifference(
      all, request, asker.random(), ask,
      [&](const OfferingAnswer& answer, size_t left) {
        return absl::StrCat(
            CountDifference("remaining", left, answer.remaining),
            FirstDifference("gap", gap, answer.gap),
            CountDifference("scored", expected.scored, answer.documents_scored),
            CountDifference("gap requirements", expected.gap_requirements,
                            answer.gap_requirements),
            CountDifference("uncovered share", expected.uncovered_share,
                            answer.uncovered_share),
            expected.uncovered == answer.uncovered
                ? ""
                : absl::StrCat("uncovered: oracle ",
                               absl::StrJoin(expected.uncovered, " "),
                               ", engine ",
                               absl::StrJoin(answer.uncovered, " "), "\n"));
      });
}

}  // namespace

std::string CompareOfferings(Asker& asker, const State& state,
                             const CompiledPerson& person) {
  OfferingRequest request;
  const Question question = asker.Settle(request, person.strategy());
  request.filter = asker.Affordable(
      asker.SomeOfferingFilter(), state.documents.offerings.size(),
      state.documents.requirements.size(), kPairsOfOfferings);
  request.toward = asker.SomeRequirementFilter();
  const OfferingList expected = state.oracle.OfferingsForPerson(
      question, person.person(), OrAll(request.filter), OrAll(request.toward));
  const std::string difference = ListDifference(
      asker, expected, true, request, [&](const OfferingRequest& page) {
        return TopOfferings(state.market, person, page);
      });
  if (difference.empty()) return "";
  return absl::StrCat("offerings for person ", Describe(person.person().id),
                      "\n", difference);
}

std::string CompareOfferings(Asker& asker, const State& state,
                             const CompiledRequirement& requirement) {
  OfferingRequest request;
  const Question question = asker.Settle(request, requirement.strategy());
  request.filter = asker.Affordable(
      asker.SomeOfferingFilter(), state.documents.offerings.size(),
      state.documents.people.size(), kPairsOfOfferings);
  const OfferingList expected = state.oracle.OfferingsForRequirement(
      question, requirement.requirement(), OrAll(request.filter));
  const std::string difference = ListDifference(
      asker, expected, false, request, [&](const OfferingRequest& page) {
        return TopOfferings(state.market, requirement, page);
      });
  if (difference.empty()) return "";
  return absl::StrCat("offerings for requirement ",
                      Describe(requirement.requirement().id), "\n", difference);
}

}  // namespace kugge::oracle
