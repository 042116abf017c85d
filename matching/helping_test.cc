// People that a session helps, against a look at every pair: of more people
// than are summed at once.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "matching/compiled_person.h"
#include "matching/compiled_requirement.h"
#include "matching/course.h"
#include "matching/course_rank.h"
#include "matching/explanation.h"
#include "matching/index/sliced_sums.h"
#include "matching/places_for_test.h"
#include "matching/random_market_for_test.h"
#include "matching/rank.h"
#include "matching/seeds_for_test.h"

namespace kugge::matching {
namespace {

constexpr TenantIndex kTenant = 1;
constexpr size_t kPeople = 4 * SlicedSums::kNumbers + 700;

// One offering with a session for everybody, and what it leads to.
class HelpingTest : public testing::Test {
 protected:
  void Make(uint64_t seed) {
    RandomMarket random(seed);
    graph_ = random.Graph();
    scoring_ = {.graph = &graph_,
                .strategy = random.AnyStrategy(),
                .tie_key = random.AnyTieKey()};
    changes_ = random.Fill(kPeople, 40, 0);
    // Now those who may gain something are less than half, now they are most.
    if (seed % 2 == 0) AdoptEverybody();
    offering_ = random.Offering();
    offering_.tenant = kTenant;
    offering_.prerequisites.clear();
    // What some requirement insists on, so that somebody gains.
    for (const auto& change : changes_.requirements) {
      for (const Demand& demand : change.document->demands) {
        if (demand.strength == Strength::kHard && CanBeLearnt(demand.kind) &&
            offering_.gains.size() < 6) {
          offering_.gains.push_back({.section = demand.kind,
                                     .concept_index = demand.concept_index,
                                     .level = 9,
                                     .evidence = Evidence::kCertified});
        }
      }
    }
    random.AddRareSkill(changes_);
    offering_.sessions = {{.id = random.Id(),
                           .start_day = kToday + 10,
                           .end_day = kToday + 20,
                           .distance_learning = random.Chance(50),
                           .seats = 3}};
    MarketChanges changes = changes_;
    market_ = Market().Apply(std::move(changes));
  }

  // People of other tenants are of this one.
  void AdoptEverybody() {
    for (auto& change : changes_.people) {
      PersonFeatures person = *change.document;
      person.tenant = kTenant;
      change.document = std::make_shared<PersonFeatures>(std::move(person));
    }
  }

  // All rows, looked at one by one.
  std::vector<HelpedPerson> Naive(
      const CourseRequest<PersonFeatures>& request) const {
    const SessionFeatures& session = offering_.sessions[0];
    std::vector<const RequirementFeatures*> open;
    for (const auto& change : changes_.requirements) {
      if (IsCandidate(*change.document, kTenant, kToday) &&
          session.end_day < change.document->close_day) {
        open.push_back(change.document.get());
      }
    }
    std::vector<HelpedPerson> rows;
    for (const auto& change : changes_.people) {
      const PersonFeatures& person = *change.document;
      if (!IsCandidate(person, kTenant, kToday) ||
          (request.filter && !request.filter(person)) ||
          !CanReach(person.wishes, session.start_day,
                    DistanceTo(person.home, session))) {
        continue;
      }
      HelpedPerson row{.person = person.id};
      const PersonFeatures after =
          AfterCourse(offering_, person, session.end_day);
      for (const RequirementFeatures* const requirement : open) {
        const CompiledRequirement compiled(*requirement, scoring_);
        if (EligibilityOf(compiled, person) == Eligibility::kEligible ||
            EligibilityOf(compiled, after) != Eligibility::kEligible) {
          continue;
        }
        ++row.gain_requirements;
        row.gain_positions += requirement->positions;
      }
      if (row.gain_requirements == 0) continue;
      row.key = {.criteria = {-static_cast<int64_t>(row.gain_positions),
                              -static_cast<int64_t>(row.gain_requirements), 0},
                 .tie = TieOf(scoring_.tie_key, session.id, person.id),
                 .to = person.id};
      rows.push_back(row);
    }
    std::ranges::sort(rows, {}, &HelpedPerson::key);
    return rows;
  }

  static Eligibility EligibilityOf(const CompiledRequirement& requirement,
                                   const PersonFeatures& person) {
    return Explain(requirement, person).match.eligibility;
  }

  CourseAnswer<HelpedPerson> Ask(CourseRequest<PersonFeatures> request) const {
    const CompiledCourse course(offering_, scoring_);
    return *TopPeople(*market_, course, offering_.sessions[0].id, request);
  }

  // Page by page, against all rows.
  void ExpectPages(CourseRequest<PersonFeatures> request) {
    const std::vector<HelpedPerson> rows = Naive(request);
    helped_ += rows.size();
    size_t shown = 0;
    for (bool more = true; more; more = shown < rows.size() && shown < 60) {
      const CourseAnswer<HelpedPerson> page = Ask(request);
      ASSERT_EQ(page.total, rows.size());
      const size_t expected = std::min(request.k, rows.size() - shown);
      ASSERT_EQ(page.rows.size(), expected);
      for (size_t i = 0; i < expected; ++i) {
        ASSERT_EQ(page.rows[i].key, rows[shown + i].key) << shown + i;
        ASSERT_EQ(page.rows[i].gain_positions, rows[shown + i].gain_positions);
      }
      shown += expected;
      ASSERT_EQ(page.more, shown < rows.size());
      if (expected == 0) return;
      request.after = page.rows.back().key;
    }
  }

  ConceptGraph graph_;
  Scoring scoring_;
  MarketChanges changes_;
  OfferingFeatures offering_;
  std::shared_ptr<const Market> market_;
  size_t helped_ = 0;
};

TEST_F(HelpingTest, RowsAreThoseOfALookAtEveryPair) {
  for (uint64_t seed = 0; seed < std::max<uint64_t>(2, CasesOf(20)); ++seed) {
    SCOPED_TRACE(seed);
    Make(seed);
    ExpectPages({.tenant = kTenant, .today = kToday, .k = 7});
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(helped_, EnoughOf(20'000));
}

TEST_F(HelpingTest, FilterNarrowsRowsAndTotal) {
  Make(3);
  ExpectPages({.tenant = kTenant,
               .today = kToday,
               .k = 7,
               .filter = [](const PersonFeatures& person) {
                 return person.id.bytes[0] % 3 == 0;
               }});
  EXPECT_GT(helped_, 100u);
}

TEST_F(HelpingTest, MunicipalitiesNarrowRowsAndTotal) {
  Make(4);
  // People of the random market tell no municipality.
  const auto answer =
      Ask({.tenant = kTenant,
           .today = kToday,
           .municipalities = std::vector<MunicipalityIndex>{3}});
  EXPECT_EQ(answer.total, 0u);
  EXPECT_FALSE(answer.more);
}

TEST_F(HelpingTest, NoRowsAskedForTellWhetherThereAreAny) {
  Make(5);
  const CourseRequest<PersonFeatures> request{
      .tenant = kTenant, .today = kToday, .k = 0};
  const auto answer = Ask(request);
  EXPECT_TRUE(answer.rows.empty());
  EXPECT_TRUE(answer.more);
  EXPECT_EQ(answer.total, Naive(request).size());
}

}  // namespace
}  // namespace kugge::matching
