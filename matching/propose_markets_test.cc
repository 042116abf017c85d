// The content of a training against a count that looks at every set of modules
// and at everybody (docs/scoring.md section 12).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include "matching/naive_proposal_for_test.h"
#include "matching/places_for_test.h"
#include "matching/propose.h"
#include "matching/propose_lacks.h"
#include "matching/random_market_for_test.h"
#include "matching/seeds_for_test.h"

namespace kugge::matching {
namespace {

// A market in which several requirements ask for the same few things.
class SharedDemands {
 public:
  explicit SharedDemands(uint64_t seed)
      : random_(seed),
        graph_(random_.Graph()),
        scoring_{&graph_, random_.AnyStrategy(), random_.AnyTieKey()} {
    for (uint32_t i = 2 + random_.Below(4); i > 0; --i) {
      constexpr DemandKind kTaught[] = {
          DemandKind::kSkill, DemandKind::kSkill, DemandKind::kLanguage,
          DemandKind::kLicence, DemandKind::kAuthorisation};
      pool_.push_back(AnyHard(kTaught[random_.Below(5)]));
    }
    if (random_.Chance(40)) {
      pool_.push_back(AnyHard(random_.Chance(50) ? DemandKind::kOccupation
                                                 : DemandKind::kEducation));
    }
    request_ = {.today = kToday,
                .start_day = kToday + static_cast<Days>(random_.Chance(50)
                                                            ? random_.Below(100)
                                                            : 0),
                .budget_weeks = 2 + random_.Below(16)};
    if (random_.Chance(30)) request_.area.municipalities = {0, 2};
    // Now and then so many that sets of them are of several words.
    const uint32_t people = seed % 250 == 0 ? 700 : 15 + random_.Below(20);
    for (uint32_t i = people; i > 0; --i) AddPerson();
    for (uint32_t i = 1 + random_.Below(5); i > 0; --i) AddRequirement();
    for (uint32_t i = random_.Below(12); i > 0; --i) AddOffering();
  }

  const Scoring& scoring() const { return scoring_; }
  const MarketChanges& changes() const { return changes_; }
  ProposalRequest& request() { return request_; }

 private:
  Demand AnyHard(DemandKind kind) {
    Demand demand = random_.AnyDemand(kind);
    demand.strength = Strength::kHard;
    return demand;
  }
  const Demand& OfPool() {
    return pool_[random_.Below(static_cast<uint32_t>(pool_.size()))];
  }

  void AddPerson() {
    auto person = std::make_shared<PersonFeatures>(random_.Person());
    if (random_.Chance(80)) person->tenant = 0;
    person->municipality = static_cast<MunicipalityIndex>(random_.Below(3));
    if (random_.Chance(70)) person->wishes = {};
    const uint32_t share = random_.Below(101);
    for (const Demand& demand : pool_) {
      if (!random_.Chance(share)) continue;
      std::vector<Held>& held =
          person->sections[static_cast<size_t>(demand.kind)].held;
      held.push_back({.concept_index = demand.concept_index,
                      .level = demand.minimum_level,
                      .evidence = demand.minimum_evidence});
      std::ranges::stable_sort(held, {}, &Held::concept_index);
    }
    changes_.people.push_back({person->id, person});
  }

  void AddRequirement() {
    auto requirement =
        std::make_shared<RequirementFeatures>(random_.Requirement());
    requirement->close_day = kNoDay;
    if (random_.Chance(80)) requirement->tenant = 0;
    if (random_.Chance(25)) {
      requirement->close_day =
          EndOfProposal(request_) - 2 + static_cast<Days>(random_.Below(5));
    }
    requirement->positions = 3 + random_.Below(10);
    requirement->demands.clear();
    if (random_.Chance(75)) requirement->facts = {};
    for (uint32_t i = 1 + random_.Below(4); i > 0; --i) {
      requirement->demands.push_back(OfPool());
      if (random_.Chance(10)) {
        requirement->demands.back().strength = Strength::kSoft;
      }
    }
    std::ranges::sort(requirement->demands, {}, [](const Demand& demand) {
      return std::tuple(PlaceOf(demand), demand.strength);
    });
    changes_.requirements.push_back({requirement->id, requirement});
    request_.requirements.push_back(requirement.get());
  }

  void AddOffering() {
    auto offering = std::make_shared<OfferingFeatures>(random_.Offering());
    if (random_.Chance(60)) {
      const Demand& demand = OfPool();
      offering->gains = {{.section = demand.kind,
                          .concept_index = demand.concept_index,
                          .level = demand.minimum_level,
                          .evidence = random_.Chance(50)
                                          ? Evidence::kEvidenced
                                          : Evidence::kCertified}};
    }
    if (random_.Chance(40)) offering->prerequisites.push_back(OfPool());
    changes_.offerings.push_back({offering->id, offering});
  }

  RandomMarket random_;
  const ConceptGraph graph_;
  const Scoring scoring_;
  std::vector<Demand> pool_;
  ProposalRequest request_;
  MarketChanges changes_;
};

// Strength and importance aren't the answer's.
template <typename Line>
std::vector<Line> WithPlainDemands(std::vector<Line> lines) {
  for (Line& line : lines) {
    line.demand.strength = Strength::kHard;
    line.demand.importance = 5;
  }
  return lines;
}

void ExpectSame(const ProposalAnswer& answer, const ProposalAnswer& naive) {
  EXPECT_EQ(answer.modules, naive.modules);
  EXPECT_EQ(answer.weeks, naive.weeks);
  EXPECT_EQ(answer.filled_positions, naive.filled_positions);
  EXPECT_EQ(answer.filled_positions_bound, naive.filled_positions_bound);
  EXPECT_EQ(answer.unlocked_people, naive.unlocked_people);
  EXPECT_EQ(answer.served_requirements, naive.served_requirements);
  EXPECT_EQ(WithPlainDemands(answer.prerequisites),
            WithPlainDemands(naive.prerequisites));
  EXPECT_EQ(WithPlainDemands(answer.uncovered),
            WithPlainDemands(naive.uncovered));
  EXPECT_EQ(answer.requirements, naive.requirements);
  EXPECT_EQ(answer.open_positions, naive.open_positions);
  EXPECT_EQ(answer.people, naive.people);
  EXPECT_EQ(answer.anything_lacking, naive.anything_lacking);
}

// Some of so many numbers: a list, or bits.
CrowdSet AnyOf(RandomMarket& random, CrowdNumber numbers, uint32_t percent) {
  std::vector<CrowdNumber> list;
  for (CrowdNumber n = 0; n < numbers; ++n) {
    if (random.Chance(percent)) list.push_back(n);
  }
  if (random.Chance(50)) return CrowdSet(std::move(list));
  CrowdBits bits(numbers / 64, 0);
  for (const CrowdNumber n : list) SetBit(bits, n);
  return CrowdSet(std::move(bits));
}

TEST(PeopleByLackTest, IsWhatAskingEachOfThemGives) {
  constexpr CrowdNumber kNumbers = 640;
  size_t lacking = 0;
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    RandomMarket random(seed);
    // Few to each who lack the same, or many.
    const CrowdSet people = AnyOf(random, kNumbers, random.Chance(50) ? 5 : 90);
    std::vector<CrowdSet> sets;
    std::vector<const CrowdSet*> pointers;
    for (uint32_t i = 1 + random.Below(4); i > 0; --i) {
      sets.push_back(AnyOf(random, kNumbers, random.Below(101)));
    }
    for (const CrowdSet& set : sets) pointers.push_back(&set);
    std::map<LackedPlaces, uint64_t> naive;
    people.ForEach([&](CrowdNumber n) {
      LackedPlaces lacked;
      for (uint32_t i = 0; i < sets.size(); ++i) {
        if (!sets[i].Has(n)) lacked.push_back(i);
      }
      if (!lacked.empty()) ++naive[lacked];
    });
    ASSERT_EQ(PeopleByLack(people, pointers), naive) << seed;
    lacking += naive.size();
  }
  EXPECT_GT(lacking, 500u);
}

TEST(ProposeOfferingTest, IsWhatEverySetAndEverybodyLookedAtGives) {
  size_t markets = 0;
  size_t of_one = 0;
  size_t of_several = 0;
  size_t of_three = 0;
  size_t completing = 0;
  size_t kept_out = 0;
  size_t asked_first = 0;
  size_t not_asked_first = 0;
  size_t of_several_requirements = 0;
  for (uint64_t seed = 1; seed <= CasesOf(3'000); ++seed) {
    SharedDemands market(seed);
    NaiveProposal naive(market.changes(), market.scoring(), market.request());
    if (naive.modules() > 6) continue;
    const ProposalAnswer all = naive.Answer();
    const auto answer = ProposeOffering(*Market().Apply(market.changes()),
                                        market.scoring(), market.request());
    ASSERT_TRUE(answer.ok());
    ExpectSame(*answer, all);
    ASSERT_FALSE(testing::Test::HasFailure()) << seed;
    ++markets;
    of_one += all.modules.size() == 1 ? 1 : 0;
    of_several += all.modules.size() > 1 ? 1 : 0;
    of_three += all.modules.size() > 2 ? 1 : 0;
    of_several_requirements += all.served_requirements > 1 ? 1 : 0;
    for (const ModuleProposal& module : all.modules) {
      completing += module.adds_positions == 0 ? 1 : 0;
    }
    for (const UncoveredProposal& line : all.uncovered) {
      kept_out += line.pairs > 0 ? 1 : 0;
    }
    for (const PrerequisiteProposal& line : all.prerequisites) {
      ++(line.proposed ? asked_first : not_asked_first);
    }
    // With few nodes the best set isn't worse than the bound says.
    market.request().most_nodes = 1 + seed % 4;
    const ProposalAnswer few =
        ProposeOffering(*Market().Apply(market.changes()), market.scoring(),
                        market.request())
            .value();
    ASSERT_LE(few.filled_positions, all.filled_positions) << seed;
    ASSERT_LE(all.filled_positions, few.filled_positions_bound) << seed;
  }
  EXPECT_GT(markets, EnoughOf(2'500));
  EXPECT_GT(of_one, EnoughOf(800));
  EXPECT_GT(of_several, EnoughOf(400));
  EXPECT_GT(of_three, EnoughOf(60));
  EXPECT_GE(completing, EnoughOf(6));
  EXPECT_GT(kept_out, EnoughOf(3'000));
  EXPECT_GT(asked_first, EnoughOf(600));
  EXPECT_GT(not_asked_first, EnoughOf(1'200));
  EXPECT_GT(of_several_requirements, EnoughOf(700));
}

}  // namespace
}  // namespace kugge::matching
