// Section 8.4 of docs/scoring.md: the corners agree. Here the engine's lists
// are held against each other, whatever the oracle would list.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "matching/course_rank.h"
#include "matching/offerings.h"
#include "tests/oracle/course_comparison.h"
#include "tests/oracle/describe.h"
#include "tests/oracle/differences.h"

namespace kugge::oracle {

using matching::CompiledPerson;
using matching::CompiledRequirement;
using matching::DocumentId;
using matching::HelpedPerson;
using matching::OfferingAnswer;
using matching::OfferingFeatures;
using matching::OfferingMatch;
using matching::OfferingRequest;
using matching::PersonFeatures;
using matching::RequirementFeatures;
using matching::ServedRequirement;
using matching::SessionFeatures;

namespace {

// People and requirements that the other two corners are asked from.
constexpr int kCornersAsked = 4;
constexpr int kPairsAsked = 6;

std::string Unequal(absl::string_view what, absl::string_view one,
                    uint64_t first, absl::string_view other, uint64_t second) {
  if (first == second) return "";
  return absl::StrCat(what, ": ", one, " ", first, ", ", other, " ", second,
                      "\n");
}

template <typename T>
std::string Unlike(absl::string_view one, const T& first,
                   absl::string_view other, const T& second) {
  if (first == second) return "";
  return absl::StrCat(one, ": ", Describe(first), "\n", other, ": ",
                      Describe(second), "\n");
}

class Triangle {
 public:
  Triangle(Asker& asker, const Asked& asked, const SessionFeatures& session)
      : asker_(asker),
        asked_(asked),
        offering_(asked.course.offering()),
        session_(session) {}

  std::string Run();

 private:
  std::string AskEngine();
  // The sums over the people and over the requirements of the session.
  std::string CompareSums() const;
  std::string CompareFrom(const RequirementFeatures& requirement) const;
  std::string CompareFrom(const PersonFeatures& person) const;
  std::string ComparePair(const PersonFeatures& person,
                          const RequirementFeatures& requirement) const;

  bool OfferingIsThere() const {
    return asked_.state.documents.offerings.contains(offering_.id);
  }
  // Of this offering alone.
  OfferingRequest RequestForOffering() const;
  // The row of the one offering; absent where it has none.
  std::optional<OfferingMatch> RowFor(const PersonFeatures& person,
                                      const OfferingRequest& request) const;
  const SessionFeatures& SessionOf(const OfferingMatch& row) const {
    return *std::ranges::find(offering_.sessions, row.session,
                              &SessionFeatures::id);
  }

  Asker& asker_;
  const Asked& asked_;
  const OfferingFeatures& offering_;
  const SessionFeatures& session_;
  std::map<DocumentId, ServedRequirement> by_session_;
  std::map<DocumentId, ServedRequirement> by_offering_;
  std::map<DocumentId, HelpedPerson> helped_;
};

OfferingRequest Triangle::RequestForOffering() const {
  OfferingRequest request;
  request.tenant = asked_.question.tenant;
  request.today = asked_.question.today;
  request.filter = [id = offering_.id](const OfferingFeatures& offering) {
    return offering.id == id;
  };
  return request;
}

std::optional<OfferingMatch> Triangle::RowFor(
    const PersonFeatures& person, const OfferingRequest& request) const {
  const CompiledPerson compiled(person, asked_.course.scoring());
  const absl::StatusOr<OfferingAnswer> answer =
      TopOfferings(asked_.state.market, compiled, request);
  if (!answer.ok() || answer->rows.empty()) return std::nullopt;
  return answer->rows.front();
}

std::string Triangle::AskEngine() {
  matching::CourseRequest<RequirementFeatures> requirements;
  requirements.tenant = asked_.question.tenant;
  requirements.today = asked_.question.today;
  requirements.k = kEverything;
  const auto by_session = TopRequirements(asked_.state.market, asked_.course,
                                          session_.id, requirements);
  if (!by_session.ok()) return absl::StrCat(by_session.status().ToString());
  for (const ServedRequirement& row : by_session->rows) {
    by_session_.emplace(row.requirement, row);
  }
  const auto by_offering = TopRequirements(asked_.state.market, asked_.course,
                                           std::nullopt, requirements);
  if (!by_offering.ok()) return absl::StrCat(by_offering.status().ToString());
  for (const ServedRequirement& row : by_offering->rows) {
    by_offering_.emplace(row.requirement, row);
  }
  matching::CourseRequest<PersonFeatures> people;
  people.tenant = asked_.question.tenant;
  people.today = asked_.question.today;
  people.k = kEverything;
  const auto helped =
      TopPeople(asked_.state.market, asked_.course, session_.id, people);
  if (!helped.ok()) return absl::StrCat(helped.status().ToString());
  for (const HelpedPerson& row : helped->rows) helped_.emplace(row.person, row);
  return "";
}

std::string Triangle::CompareSums() const {
  uint64_t unlocked = 0;
  uint64_t positions = 0;
  for (const auto& [id, row] : by_session_) {
    unlocked += row.unlocked_people;
    positions += row.unlocked_people * row.positions;
  }
  // Those whose demands weigh nothing under the strategy have no row.
  for (const auto& [id, requirement] : asked_.state.documents.requirements) {
    if (by_session_.contains(id)) continue;
    const uint64_t people =
        asked_.courses.PeopleOf({offering_, session_}, requirement).unlocked;
    unlocked += people;
    positions += people * requirement.positions;
  }
  uint64_t gain_requirements = 0;
  uint64_t gain_positions = 0;
  for (const auto& [id, row] : helped_) {
    gain_requirements += row.gain_requirements;
    gain_positions += row.gain_positions;
  }
  return absl::StrCat(
      Unequal("sums", "unlocked people over requirements", unlocked,
              "gained requirements over people", gain_requirements),
      Unequal("sums", "positions over requirements", positions,
              "gained positions over people", gain_positions));
}

std::string Triangle::CompareFrom(
    const RequirementFeatures& requirement) const {
  const auto served = by_offering_.find(requirement.id);
  const auto same_session = by_session_.find(requirement.id);
  std::string difference =
      Unequal("row of the requirement", "from the session",
              same_session == by_session_.end() ? 0 : 1, "from the offering",
              served == by_offering_.end() ? 0 : 1);
  if (!difference.empty() || served == by_offering_.end()) return difference;
  ServedRequirement row = served->second;
  if (row.session == session_.id) {
    row.key.tie = same_session->second.key.tie;
    difference = Unlike("from the offering", row, "from the session",
                        same_session->second);
  }
  const CompiledRequirement compiled(requirement, asked_.course.scoring());
  const absl::StatusOr<OfferingAnswer> answer =
      TopOfferings(asked_.state.market, compiled, RequestForOffering());
  if (!answer.ok()) return answer.status().ToString();
  if (answer->rows.empty()) return "no row of the offering\n";
  const OfferingMatch& other = answer->rows.front();
  absl::StrAppend(
      &difference,
      Unlike("session from the offering", row.session,
             "session from the requirement", other.session),
      Unequal("unlocked people", "from the offering", row.unlocked_people,
              "from the requirement", other.unlocked_people),
      Unequal("coverage", "from the offering", row.coverage,
              "from the requirement", other.coverage),
      Unequal("end", "from the offering", static_cast<uint64_t>(row.end_day),
              "from the requirement", static_cast<uint64_t>(other.end_day)),
      Unequal("in time", "from the offering", row.in_time ? 1 : 0,
              "from the requirement", other.in_time ? 1 : 0));
  return difference;
}

std::string Triangle::CompareFrom(const PersonFeatures& person) const {
  const auto helped = helped_.find(person.id);
  const HelpedPerson gain =
      helped == helped_.end() ? HelpedPerson{} : helped->second;
  const std::optional<OfferingMatch> row = RowFor(person, RequestForOffering());
  if (!row.has_value()) {
    return Unequal("gain", "from the session", gain.gain_requirements,
                   "from the person, without a row", 0);
  }
  if (row->session != session_.id) {
    // The session that the person would rather take gains at least as much.
    if (row->gain_requirements >= gain.gain_requirements &&
        row->gain_positions >= gain.gain_positions) {
      return "";
    }
  }
  return absl::StrCat(
      Unequal("requirements", "from the session", gain.gain_requirements,
              "from the person", row->gain_requirements),
      Unequal("positions", "from the session", gain.gain_positions,
              "from the person", row->gain_positions));
}

std::string Triangle::ComparePair(
    const PersonFeatures& person,
    const RequirementFeatures& requirement) const {
  OfferingRequest request = RequestForOffering();
  request.toward = [id = requirement.id](const RequirementFeatures& other) {
    return other.id == id;
  };
  const std::optional<OfferingMatch> row = RowFor(person, request);
  const SessionFeatures& session = row.has_value() ? SessionOf(*row) : session_;
  const bool unlocks =
      asked_.courses.Unlocks(person, {offering_, session}, requirement);
  if (unlocks) ++asker_.tally().unlocking_pairs;
  return Unequal(
      absl::StrCat("requirement ", Describe(requirement.id), " unlocked"),
      "oracle", unlocks ? 1 : 0, "from the person",
      row.has_value() ? row->gain_requirements : 0);
}

std::string Triangle::Run() {
  std::string difference = AskEngine();
  if (difference.empty()) difference = CompareSums();
  const Documents& documents = asked_.state.documents;
  if (!OfferingIsThere() || documents.people.empty() ||
      documents.requirements.empty()) {
    return difference;
  }
  ++asker_.tally().triangles;
  for (int i = 0; i < kCornersAsked && difference.empty(); ++i) {
    const RequirementFeatures requirement = asker_.Some(
        documents.requirements, documents.requirements.begin()->second);
    difference = CompareFrom(requirement);
    if (!difference.empty()) {
      return absl::StrCat("requirement ", Describe(requirement.id), "\n",
                          difference);
    }
    // Mostly somebody whom the session helps.
    PersonFeatures person =
        asker_.Some(documents.people, documents.people.begin()->second);
    if (!helped_.empty() && asker_.random().Chance(70)) {
      auto it = helped_.lower_bound(person.id);
      if (it == helped_.end()) it = helped_.begin();
      person = documents.people.at(it->first);
    }
    difference = CompareFrom(person);
    for (int j = 0; j < kPairsAsked && difference.empty(); ++j) {
      difference =
          ComparePair(person, asker_.Some(documents.requirements, requirement));
    }
    if (!difference.empty()) {
      return absl::StrCat("person ", Describe(person.id), "\n", difference);
    }
  }
  return difference;
}

}  // namespace

std::string CompareTriangle(Asker& asker, const Asked& asked,
                            const SessionFeatures& session) {
  const std::string difference = Triangle(asker, asked, session).Run();
  if (difference.empty()) return "";
  return absl::StrCat("the corners of a session:\n", difference);
}

}  // namespace kugge::oracle
