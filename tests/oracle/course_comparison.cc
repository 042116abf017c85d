#include "tests/oracle/course_comparison.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matching/course.h"
#include "matching/course_rank.h"
#include "tests/oracle/describe.h"
#include "tests/oracle/differences.h"
#include "tests/oracle/keyed_pages.h"
#include "tests/oracle/oracle_courses.h"

namespace kugge::oracle {

using matching::CompiledCourse;
using matching::CourseRequest;
using matching::DocumentId;
using matching::HelpedPerson;
using matching::OfferingFeatures;
using matching::PersonFeatures;
using matching::RequirementFeatures;
using matching::ServedRequirement;
using matching::SessionFeatures;

namespace {

// Pairs of a person and a requirement that one list may cost the oracle.
constexpr size_t kPairsOfCourses = 2'000;

ServedRequirement InShape(const ServedRow& row) {
  ServedRequirement served;
  served.key.criteria = {-static_cast<int64_t>(row.fillable),
                         -static_cast<int64_t>(row.people.unlocked),
                         10'000 - static_cast<int64_t>(row.coverage.coverage)};
  served.key.tie = row.tie;
  served.key.to = row.requirement;
  served.requirement = row.requirement;
  served.requirement_reference = row.reference;
  served.session = row.session;
  served.session_reference = row.session_reference;
  served.end_day = row.end_day;
  served.in_time = row.in_time;
  served.coverage = row.coverage.coverage;
  served.closes = row.coverage.closes;
  served.positions = row.positions;
  served.seats_left = row.seats_left;
  served.eligible_people = row.people.eligible;
  served.unlocked_people = row.people.unlocked;
  served.possibly_unlocked_people = row.people.possibly_unlocked;
  served.fillable = static_cast<uint32_t>(row.fillable);
  return served;
}

HelpedPerson InShape(const HelpedRow& row) {
  HelpedPerson helped;
  helped.key.criteria = {-static_cast<int64_t>(row.gain.positions),
                         -static_cast<int64_t>(row.gain.requirements), 0};
  helped.key.tie = row.tie;
  helped.key.to = row.person;
  helped.person = row.person;
  helped.person_reference = row.reference;
  helped.gain_positions = row.gain.positions;
  helped.gain_requirements = row.gain.requirements;
  return helped;
}

void Count(const std::vector<ServedRow>& rows, Tally& tally) {
  tally.served_rows += rows.size();
  for (const ServedRow& row : rows) {
    if (row.people.unlocked > 0) ++tally.served_unlocked;
    if (row.people.possibly_unlocked > 0) ++tally.served_possibly;
    if (row.fillable > 0) ++tally.served_fillable;
  }
}
void Count(const std::vector<HelpedRow>& rows, Tally& tally) {
  tally.helped_people += rows.size();
}

template <typename Row, typename Request, typename Ask>
std::string ListDifference(Asker& asker, const CourseList<Row>& expected,
                           const Request& request, const Ask& ask) {
  Count(expected.rows, asker.tally());
  std::vector<decltype(InShape(expected.rows.front()))> all;
  all.reserve(expected.rows.size());
  for (const Row& row : expected.rows) all.push_back(InShape(row));
  return PagesDifference(
      all, request, asker.random(), ask, [&](const auto& answer, size_t left) {
        return absl::StrCat(
            CountDifference("more", left > 0 ? 1 : 0, answer.more ? 1 : 0),
            CountDifference("requirements touched", expected.touched,
                            answer.requirements_touched),
            CountDifference("no session", expected.no_session ? 1 : 0,
                            answer.no_session ? 1 : 0));
      });
}

template <typename Document>
CourseRequest<Document> RequestOf(Asker& asker, const Question& question) {
  CourseRequest<Document> request;
  request.tenant = question.tenant;
  request.today = question.today;
  request.municipalities = asker.SomeMunicipalities();
  return request;
}

std::string CompareServed(Asker& asker, const Asked& asked,
                          const std::optional<DocumentId>& session) {
  auto request = RequestOf<RequirementFeatures>(asker, asked.question);
  request.filter = asker.Affordable(
      asker.SomeRequirementFilter(), asked.state.documents.requirements.size(),
      asked.state.documents.people.size(), kPairsOfCourses);
  const CourseList<ServedRow> expected =
      asked.courses.Served(asked.course.offering(), session, FilterOf(request));
  return ListDifference(asker, expected, request,
                        [&](const CourseRequest<RequirementFeatures>& page) {
                          return TopRequirements(asked.state.market,
                                                 asked.course, session, page);
                        });
}

std::string CompareHelped(Asker& asker, const Asked& asked,
                          const DocumentId& session) {
  auto request = RequestOf<PersonFeatures>(asker, asked.question);
  request.filter = asker.Affordable(
      asker.SomePersonFilter(), asked.state.documents.people.size(),
      asked.state.documents.requirements.size(), kPairsOfCourses);
  const CourseList<HelpedRow> expected =
      asked.courses.Helped(asked.course.offering(), session, FilterOf(request));
  return ListDifference(
      asker, expected, request, [&](const CourseRequest<PersonFeatures>& page) {
        return TopPeople(asked.state.market, asked.course, session, page);
      });
}

// Mostly one that can be taken, since nothing follows from the others.
OfferingFeatures SomeOffering(Asker& asker, const State& state,
                              const Question& question) {
  OfferingFeatures offering =
      asker.Some(state.documents.offerings, asker.maker().Offering());
  if (asker.random().Chance(10)) return offering;
  for (int tries = 0; tries < 8; ++tries) {
    if (IsCandidate(offering, question) && !offering.gains.empty() &&
        std::ranges::any_of(offering.sessions,
                            [&](const SessionFeatures& session) {
                              return oracle::IsUsable(session, question.today);
                            })) {
      break;
    }
    offering = asker.Some(state.documents.offerings, asker.maker().Offering());
  }
  return offering;
}

// Absent where none can be used, and sometimes elsewhere.
const SessionFeatures* SomeUsableSession(Asker& asker,
                                         const OfferingFeatures& offering,
                                         matching::Days today) {
  std::vector<const SessionFeatures*> usable;
  for (const SessionFeatures& session : offering.sessions) {
    if (oracle::IsUsable(session, today)) usable.push_back(&session);
  }
  if (usable.empty() || asker.random().Chance(10)) return nullptr;
  return asker.random().Of(usable);
}

// One that can't be used, or is not there at all.
DocumentId SomeOtherSession(Asker& asker, const OfferingFeatures& offering) {
  if (offering.sessions.empty() || asker.random().Chance(30)) {
    return asker.maker().Id();
  }
  return asker.random().Of(offering.sessions).id;
}

}  // namespace

std::string CompareCourses(Asker& asker, const State& state,
                           const matching::Scoring& scoring) {
  const Question question = asker.SomeQuestion(scoring.strategy);
  const OfferingFeatures offering = SomeOffering(asker, state, question);
  const CompiledCourse course(offering, scoring);
  const Courses courses(state.oracle, asker.relations(), state.documents,
                        question);
  const Asked asked{state, question, courses, course};
  const SessionFeatures* const usable =
      SomeUsableSession(asker, offering, question.today);
  const DocumentId session =
      usable != nullptr ? usable->id : SomeOtherSession(asker, offering);
  std::string difference = CompareServed(asker, asked, std::nullopt);
  if (difference.empty()) difference = CompareServed(asker, asked, session);
  if (difference.empty()) difference = CompareHelped(asker, asked, session);
  const bool small =
      state.documents.people.size() * state.documents.requirements.size() <=
      kPairsOfCourses;
  if (difference.empty() && small && usable != nullptr &&
      IsCandidate(offering, question)) {
    difference = CompareTriangle(asker, asked, *usable);
  }
  if (difference.empty()) return "";
  return absl::StrCat("offering ", Describe(offering.id), ", session ",
                      Describe(session), "\n", difference);
}

}  // namespace kugge::oracle
