// Staffing against a count that looks at everybody (docs/scoring.md section
// 11).
#include "matching/staffing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "matching/course.h"
#include "matching/explanation.h"
#include "matching/geo/distance.h"
#include "matching/places_for_test.h"
#include "matching/random_market_for_test.h"
#include "matching/rank.h"
#include "matching/seeds_for_test.h"

namespace kugge::matching {
namespace {

// Everything that the answer is made of, looked at one by one.
class Naive {
 public:
  Naive(const MarketChanges& changes, const CompiledRequirement& requirement,
        const StaffingRequest& request)
      : changes_(changes), requirement_(requirement), request_(request) {
    for (const auto& change : changes.people) {
      if (InArea(*change.document)) people_.push_back(change.document.get());
    }
  }

  StaffingAnswer Answer() {
    StaffingAnswer answer{.people = people_.size()};
    for (const PersonFeatures* const person : people_) {
      const Eligibility now = EligibilityOf(*person, requirement_);
      answer.eligible_people += now == Eligibility::kEligible ? 1 : 0;
      answer.uncertain_people += now == Eligibility::kUncertain ? 1 : 0;
    }
    for (const Demand& demand : requirement_.requirement().demands) {
      uint64_t lacking = 0;
      for (const PersonFeatures* const person : people_) {
        const CompiledPerson compiled(*person, requirement_.scoring());
        lacking += compiled.Judge(demand).satisfied != Satisfied::kYes ? 1 : 0;
      }
      answer.lacking.push_back(lacking);
    }
    answer.shortfall =
        request_.positions -
        std::min<uint64_t>(request_.positions, answer.eligible_people);
    Plan(answer);
    return answer;
  }

 private:
  struct Course {
    StaffingStep step{};
    Tie tie{};
    std::set<DocumentId> unlocked{};
  };

  bool InArea(const PersonFeatures& person) const {
    if (!IsCandidate(person, request_.tenant, request_.today)) return false;
    const Area& area = request_.area;
    if (area.municipalities.has_value() &&
        std::ranges::count(*area.municipalities, person.municipality) == 0) {
      return false;
    }
    return !area.circle.has_value() ||
           (person.home.has_value() &&
            DistanceHm(*person.home, area.circle->site) <= area.circle->radius);
  }

  static Eligibility EligibilityOf(const PersonFeatures& person,
                                   const CompiledRequirement& requirement) {
    return Explain(requirement, person).match.eligibility;
  }

  std::optional<Course> CourseOf(const OfferingFeatures& offering) const {
    const SessionSeeker seeker(requirement_);
    const auto best = seeker.Best(offering, request_.today);
    if (!IsCandidate(offering, request_.tenant) || !best.has_value()) {
      return std::nullopt;
    }
    const CompiledCourse compiled(offering, requirement_.scoring());
    if (CoverageOf(compiled, requirement_.requirement().demands,
                   requirement_.weights())
            .coverage == 0) {
      return std::nullopt;
    }
    const Days end = best->choice.end_day;
    if ((request_.by != kNoDay && end > request_.by) ||
        end >= requirement_.requirement().close_day) {
      return std::nullopt;
    }
    Course course{.step = {.offering = offering.id,
                           .offering_reference = offering.reference,
                           .session = best->session->id,
                           .session_reference = best->session->reference,
                           .end_day = end,
                           .seats_left = best->session->seats -
                                         best->session->seats_taken},
                  .tie = seeker.TieWith(offering.id)};
    for (const PersonFeatures* const person : people_) {
      const CompiledPerson asking(*person, requirement_.scoring());
      if (AttendanceOf(asking, offering) != Attendance::kCan ||
          !CanReach(person->wishes, best->session->start_day,
                    DistanceTo(person->home, *best->session)) ||
          EligibilityOf(*person, requirement_) == Eligibility::kEligible ||
          EligibilityOf(AfterCourse(offering, *person, end), requirement_) !=
              Eligibility::kEligible) {
        continue;
      }
      course.unlocked.insert(person->id);
    }
    course.step.unlocked_people = course.unlocked.size();
    if (course.unlocked.empty()) return std::nullopt;
    return course;
  }

  void Plan(StaffingAnswer& answer) const {
    std::vector<Course> courses;
    for (const auto& change : changes_.offerings) {
      if (auto course = CourseOf(*change.document); course.has_value()) {
        courses.push_back(*std::move(course));
      }
    }
    answer.trainings = courses.size();
    std::set<DocumentId> counted;
    uint64_t left = answer.shortfall;
    while (left > 0 && answer.plan.size() < request_.most_trainings) {
      for (Course& course : courses) {
        const auto fresh = std::ranges::count_if(
            course.unlocked,
            [&](const DocumentId& id) { return !counted.contains(id); });
        course.step.adds = std::min<uint64_t>(static_cast<uint64_t>(fresh),
                                              course.step.seats_left);
      }
      std::ranges::sort(courses, {}, [](const Course& course) {
        return std::tuple(-static_cast<int64_t>(course.step.adds),
                          course.step.end_day, course.tie,
                          course.step.offering);
      });
      if (courses.empty() || courses[0].step.adds == 0) break;
      counted.insert(courses[0].unlocked.begin(), courses[0].unlocked.end());
      left -= std::min(left, courses[0].step.adds);
      answer.plan.push_back(courses[0].step);
      courses.erase(courses.begin());
    }
    answer.shortfall_after_plan = left;
  }

  const MarketChanges& changes_;
  const CompiledRequirement& requirement_;
  const StaffingRequest& request_;
  std::vector<const PersonFeatures*> people_;
};

// One of everywhere, some municipalities, a circle, both.
Area AreaOf(RandomMarket& random, const PersonFeatures& somebody,
            const PersonFeatures& other) {
  Area area;
  if (random.Chance(50)) {
    area.municipalities = {somebody.municipality};
    for (MunicipalityIndex i = 0; i < 290; i += 3) {
      area.municipalities->push_back(i);
    }
    std::ranges::sort(*area.municipalities);
  }
  if (random.Chance(50) && somebody.home.has_value()) {
    area.circle = {.site = *somebody.home,
                   .radius = static_cast<HundredMetres>(random.Below(3000))};
    // Now and then somebody lives just at the edge.
    if (random.Chance(30) && other.home.has_value()) {
      area.circle->radius = DistanceHm(*other.home, *somebody.home);
    }
  }
  return area;
}

// None, or one on which some training ends.
Days SomeLastDay(RandomMarket& random, const MarketChanges& changes) {
  if (random.Chance(50)) return kNoDay;
  for (const auto& change : changes.offerings) {
    for (const SessionFeatures& session : change.document->sessions) {
      if (IsUsable(session, kToday) && random.Chance(50)) {
        return EndOf(*change.document, session);
      }
    }
  }
  return kToday + 200;
}

TEST(AssessStaffingTest, IsWhatLookingAtEverybodyGives) {
  size_t planned = 0;
  size_t uncovered = 0;
  for (uint64_t seed = 1; seed <= CasesOf(1'000); ++seed) {
    RandomMarket random(seed);
    const ConceptGraph graph = random.Graph();
    const Scoring scoring{&graph, random.AnyStrategy(), random.AnyTieKey()};
    const MarketChanges changes = random.Fill(60, 0, 25);
    const auto market = Market().Apply(changes);
    RequirementFeatures wanted = random.Requirement();
    // Something that a course can close.
    if (!changes.offerings.empty() &&
        !changes.offerings[0].document->gains.empty()) {
      const Gain& gain = changes.offerings[0].document->gains[0];
      wanted.demands = {{.kind = gain.section,
                         .concept_index = gain.concept_index,
                         .strength = Strength::kHard}};
    }
    if (random.Chance(40)) wanted.close_day = SomeLastDay(random, changes);
    if (random.Chance(40)) {
      // Some training ends just too late for it.
      const Days last = SomeLastDay(random, changes);
      if (last != kNoDay) wanted.facts.latest_start = last;
    }
    const CompiledRequirement requirement(std::move(wanted), scoring);
    const StaffingRequest request{
        .today = kToday,
        .area = AreaOf(random, *changes.people[0].document,
                       *changes.people[1].document),
        .positions = 1 + random.Below(40),
        .by = SomeLastDay(random, changes),
        .most_trainings = 1 + random.Below(5)};
    const auto answer = AssessStaffing(*market, requirement, request);
    ASSERT_TRUE(answer.ok());
    const StaffingAnswer naive = Naive(changes, requirement, request).Answer();
    ASSERT_EQ(answer->people, naive.people) << seed;
    ASSERT_EQ(answer->eligible_people, naive.eligible_people) << seed;
    ASSERT_EQ(answer->uncertain_people, naive.uncertain_people) << seed;
    ASSERT_EQ(answer->lacking, naive.lacking) << seed;
    ASSERT_EQ(answer->trainings, naive.trainings) << seed;
    ASSERT_EQ(answer->plan, naive.plan) << seed;
    ASSERT_EQ(answer->shortfall, naive.shortfall) << seed;
    ASSERT_EQ(answer->shortfall_after_plan, naive.shortfall_after_plan) << seed;
    planned += answer->plan.size();
    uncovered += answer->shortfall_after_plan > 0 ? 1 : 0;
  }
  EXPECT_GT(planned, EnoughOf(20));
  EXPECT_GT(uncovered, 0u);
}

}  // namespace
}  // namespace kugge::matching
