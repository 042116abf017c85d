// Bridges against every pair judged line by line (docs/scoring.md section 4.1).
#include "matching/bridges.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "matching/places_for_test.h"
#include "matching/random_market_for_test.h"
#include "matching/seeds_for_test.h"

namespace kugge::matching {
namespace {

size_t SubstitutesIn(const ConceptGraph& graph) {
  size_t substitutes = 0;
  for (ConceptIndex asked = 0; asked < graph.size(); ++asked) {
    for (const HeldRelation& edge : graph.RelationsToward(asked)) {
      substitutes += StandsIn(edge.relation) ? 1 : 0;
    }
  }
  return substitutes;
}

// A market in which occupations are often what keeps a pair apart: part of it
// in a segment, some of that replaced, the newest in none.
class AdjacentMarket {
 public:
  explicit AdjacentMarket(uint64_t seed, size_t size = 120)
      : random(seed),
        graph(random.Graph()),
        scoring{&graph, random.AnyStrategy(), random.AnyTieKey()},
        unwieldy_(seed % 10 == 0) {
    market = Market().Apply(Some(size));
    MarketMerge merge = market->PlanCompaction();
    merge.Run();
    market = market->With(merge);
    MarketChanges newer = Some(size / 4);
    market->people().ForEach([&](const PersonFeatures& person) {
      if (random.Chance(5)) newer.people.push_back(Changed(person));
      return true;
    });
    market->requirements().ForEach([&](const RequirementFeatures& one) {
      if (random.Chance(5)) newer.requirements.push_back({one.id, nullptr});
      return true;
    });
    market = market->Apply(newer);
  }

  PersonFeatures Person() {
    PersonFeatures person = random.Person();
    person.municipality = static_cast<MunicipalityIndex>(random.Below(6));
    std::vector<Held>& skills =
        person.sections[static_cast<size_t>(DemandKind::kSkill)].held;
    if (unwieldy_ && !skills.empty()) skills[0].level = kTooLarge;
    if (random.Chance(50)) {
      person.wishes.occupations_strength = Strength::kHard;
    }
    if (random.Chance(50)) {
      const auto occupations = static_cast<size_t>(DemandKind::kOccupation);
      person.sections[occupations].state = SectionState::kComplete;
      person.wishes.distance_strength = Strength::kSoft;
      person.wishes.shifts_strength = Strength::kSoft;
      person.wishes.remote_strength = Strength::kSoft;
    }
    return person;
  }
  RequirementFeatures Requirement() {
    RequirementFeatures requirement = random.Requirement();
    const bool easy = random.Chance(60);
    if (unwieldy_ && !requirement.demands.empty()) {
      requirement.demands.back().minimum_level = kTooLarge;
    }
    for (Demand& demand : requirement.demands) {
      if (demand.kind == DemandKind::kOccupation && random.Chance(50)) {
        demand.strength = Strength::kHard;
      } else if (easy) {
        demand.strength = Strength::kSoft;
      }
    }
    return requirement;
  }

  RandomMarket random;
  ConceptGraph graph;
  Scoring scoring;
  std::shared_ptr<const Market> market;

 private:
  // More than posting lists hold: such segments are looked through.
  static constexpr Level kTooLarge = 9000;

  DocumentTable<PersonFeatures>::Change Changed(PersonFeatures person) {
    person.wishes = Person().wishes;
    return {person.id, std::make_shared<PersonFeatures>(std::move(person))};
  }
  MarketChanges Some(size_t size) {
    MarketChanges changes;
    for (size_t i = 0; i < size; ++i) {
      auto person = std::make_shared<PersonFeatures>(Person());
      changes.people.push_back({person->id, person});
      auto one = std::make_shared<RequirementFeatures>(Requirement());
      changes.requirements.push_back({one->id, one});
    }
    return changes;
  }

  bool unwieldy_;
};

// The contract, word by word, over the lines of a pair.
class NaiveBridge {
 public:
  NaiveBridge(const ConceptGraph& graph, const PersonFeatures& person,
              const RequirementFeatures& requirement)
      : graph_(graph), person_(person), requirement_(requirement) {}

  std::optional<BridgeMatch> Judge(const Explanation& full) {
    found_.match = full.match;
    bool any = false;
    for (const DemandLine& line : full.demands) {
      if (line.strength != Strength::kHard) continue;
      found_.uncertain |= line.satisfied == Satisfied::kUnknown;
      if (line.satisfied != Satisfied::kNo) continue;
      any = true;
      if (line.kind != DemandKind::kOccupation || !CarryDemand(line)) {
        return std::nullopt;
      }
    }
    for (const WishLine& line : full.wishes) {
      if (!line.asked || line.strength != Strength::kHard) continue;
      found_.uncertain |= line.satisfied == Satisfied::kUnknown;
      if (line.satisfied != Satisfied::kNo) continue;
      any = true;
      if (line.kind != WishKind::kOccupation || !CarryWish()) {
        return std::nullopt;
      }
    }
    return any ? std::optional(found_) : std::nullopt;
  }

 private:
  bool CarryDemand(const DemandLine& line) {
    std::vector<ConceptIndex> held;
    for (const Held& one : person_.sections[0].held) {
      held.push_back(one.concept_index);
    }
    const auto i = static_cast<size_t>(line.demand);
    return Carry(false, held, {requirement_.demands[i].concept_index});
  }
  bool CarryWish() {
    std::vector<ConceptIndex> asked;
    for (const WantedOccupation& one : person_.wishes.occupations) {
      asked.push_back(one.concept_index);
    }
    return Carry(true, requirement_.facts.occupations, asked);
  }

  bool Carry(bool wanted, const std::vector<ConceptIndex>& held,
             const std::vector<ConceptIndex>& asked) {
    std::vector<std::tuple<int, ConceptIndex, ConceptIndex, RelationKind>> all;
    for (const ConceptIndex one : asked) {
      for (const HeldRelation& edge : graph_.RelationsToward(one)) {
        if (!StandsIn(edge.relation)) continue;
        if (std::ranges::count(held, edge.held) == 0) continue;
        all.emplace_back(-static_cast<int>(edge.credit), edge.held, one,
                         edge.relation);
      }
    }
    if (all.empty()) return false;
    const auto& [credit, from, to, kind] = *std::ranges::min_element(all);
    found_.bridges.push_back(
        {.wanted = wanted, .held = from, .asked = to, .relation = kind});
    return true;
  }

  const ConceptGraph& graph_;
  const PersonFeatures& person_;
  const RequirementFeatures& requirement_;
  BridgeMatch found_;
};

void SortAndCut(size_t k, std::vector<BridgeMatch>& all) {
  std::ranges::sort(all, {}, [](const BridgeMatch& row) {
    return std::tuple(row.uncertain, -static_cast<int64_t>(row.match.order),
                      row.match.tie, row.match.to);
  });
  if (all.size() > k) all.resize(k);
}

template <typename Document>
RankRequest<Document> AskFor(RandomMarket& random, size_t k) {
  RankRequest<Document> request{.today = kToday, .k = k};
  if (random.Chance(40)) request.municipalities = {1, 2, 5};
  if (random.Chance(40)) {
    request.filter = [](const Document& one) {
      return one.id.bytes[0] % 3 != 0;
    };
  }
  return request;
}

template <typename Document>
bool PassesAsked(const RankRequest<Document>& request, const Document& document,
                 MunicipalityIndex municipality) {
  return IsCandidate(document, 0, kToday) &&
         (!request.municipalities.has_value() ||
          std::ranges::count(*request.municipalities, municipality) > 0) &&
         (!request.filter || request.filter(document));
}

std::vector<BridgeMatch> NaiveToRequirements(
    const AdjacentMarket& world, const CompiledPerson& person,
    const RankRequest<RequirementFeatures>& request) {
  std::vector<BridgeMatch> all;
  if (!IsCandidate(person.person(), 0, kToday)) return all;
  world.market->requirements().ForEach([&](const RequirementFeatures& one) {
    if (!PassesAsked(request, one, one.facts.municipality)) return true;
    auto found = NaiveBridge(world.graph, person.person(), one)
                     .Judge(Explain(person, one));
    if (found.has_value()) all.push_back(*std::move(found));
    return true;
  });
  SortAndCut(request.k, all);
  return all;
}

std::vector<BridgeMatch> NaiveToPeople(
    const AdjacentMarket& world, const CompiledRequirement& requirement,
    const RankRequest<PersonFeatures>& request) {
  std::vector<BridgeMatch> all;
  if (!IsCandidate(requirement.requirement(), 0, kToday)) return all;
  world.market->people().ForEach([&](const PersonFeatures& one) {
    if (!PassesAsked(request, one, one.municipality)) return true;
    auto found = NaiveBridge(world.graph, one, requirement.requirement())
                     .Judge(Explain(requirement, one));
    if (found.has_value()) all.push_back(*std::move(found));
    return true;
  });
  SortAndCut(request.k, all);
  return all;
}

// What occurred, so that no comparison is one of nothing with nothing.
struct BridgeTally {
  size_t rows = 0;
  size_t uncertain = 0;
  size_t of_wishes = 0;
  size_t of_both = 0;
  size_t distant = 0;

  void Add(const std::vector<BridgeMatch>& all) {
    for (const BridgeMatch& row : all) {
      ++rows;
      EXPECT_GT(row.match.eligibility, Eligibility::kUncertain);
      uncertain += row.uncertain ? 1 : 0;
      of_wishes += row.bridges[0].wanted ? 1 : 0;
      of_both += !row.bridges[0].wanted && row.bridges.back().wanted ? 1 : 0;
      distant += row.bridges[0].relation == RelationKind::kSubstitute25 ? 1 : 0;
    }
  }
  void ExpectEnough() const {
    EXPECT_GT(rows, EnoughOf(1000));
    EXPECT_GT(uncertain, EnoughOf(100));
    EXPECT_GT(rows - uncertain, EnoughOf(100));
    EXPECT_GT(of_wishes, EnoughOf(100));
    EXPECT_GE(of_both, EnoughOf(6));
    EXPECT_GT(distant, EnoughOf(100));
    testing::Test::RecordProperty("rows", static_cast<int>(rows));
    testing::Test::RecordProperty("uncertain", static_cast<int>(uncertain));
    testing::Test::RecordProperty("of_wishes", static_cast<int>(of_wishes));
    testing::Test::RecordProperty("of_both", static_cast<int>(of_both));
    testing::Test::RecordProperty("distant", static_cast<int>(distant));
  }
};

constexpr size_t kEveryRow = 100'000;

TEST(BridgesTest, FromAPersonAreWhatJudgingEveryRequirementGives) {
  BridgeTally tally;
  for (uint64_t seed = 1; seed <= CasesOf(300); ++seed) {
    AdjacentMarket world(seed);
    ASSERT_GT(SubstitutesIn(world.graph), 0u) << seed;
    for (int i = 0; i < 12; ++i) {
      const CompiledPerson person(world.Person(), world.scoring);
      for (const size_t k : {size_t{2}, kEveryRow}) {
        const auto request = AskFor<RequirementFeatures>(world.random, k);
        const auto answer =
            BridgesToRequirements(*world.market, person, request);
        ASSERT_TRUE(answer.ok());
        ASSERT_EQ(answer->rows, NaiveToRequirements(world, person, request))
            << seed;
        tally.Add(answer->rows);
      }
    }
  }
  tally.ExpectEnough();
}

TEST(BridgesTest, FromARequirementAreWhatJudgingEverybodyGives) {
  BridgeTally tally;
  for (uint64_t seed = 1; seed <= CasesOf(300); ++seed) {
    AdjacentMarket world(1000 + seed);
    for (int i = 0; i < 12; ++i) {
      const CompiledRequirement requirement(world.Requirement(), world.scoring);
      for (const size_t k : {size_t{2}, kEveryRow}) {
        const auto request = AskFor<PersonFeatures>(world.random, k);
        const auto answer =
            BridgesToPeople(*world.market, requirement, request);
        ASSERT_TRUE(answer.ok());
        ASSERT_EQ(answer->rows, NaiveToPeople(world, requirement, request))
            << seed;
        tally.Add(answer->rows);
      }
    }
  }
  tally.ExpectEnough();
}

TEST(BridgesTest, LooksAtFewAndEndsWhenItIsCancelled) {
  AdjacentMarket world(1, 400);
  size_t judged = 0;
  size_t cancelled = 0;
  for (int i = 0; i < 20; ++i) {
    const CompiledPerson person(world.Person(), world.scoring);
    RankRequest<RequirementFeatures> request{.today = kToday, .k = 10};
    const auto answer = BridgesToRequirements(*world.market, person, request);
    ASSERT_TRUE(answer.ok());
    judged += answer->judged;
    request.cancelled = [] { return true; };
    const auto ended = BridgesToRequirements(*world.market, person, request);
    cancelled += absl::IsCancelled(ended.status()) ? 1 : 0;
  }
  EXPECT_LT(judged, 20 * world.market->requirements().size() / 2);
  EXPECT_GT(cancelled, 0u);
}

}  // namespace
}  // namespace kugge::matching
