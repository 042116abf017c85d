// Seeded random markets: every kind of demand and wish, every way of not
// telling, many exact ties, extreme values, and the sequence of writes that
// leads there. The same seed gives the same market on every machine.
#ifndef KUGGE_TESTS_ORACLE_RANDOM_MARKET_H_
#define KUGGE_TESTS_ORACLE_RANDOM_MARKET_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "matching/features.h"
#include "matching/market.h"
#include "matching/strategy.h"
#include "matching/types.h"
#include "tests/oracle/oracle.h"

namespace kugge::oracle {

// The standard's distributions differ between libraries; these don't.
class Random {
 public:
  explicit Random(uint64_t seed) : engine_(seed) {}

  // 0 to count - 1; 0 when count is 0.
  uint64_t Below(uint64_t count) { return count == 0 ? 0 : engine_() % count; }
  // Both ends included.
  int64_t Between(int64_t low, int64_t high) {
    return low +
           static_cast<int64_t>(Below(static_cast<uint64_t>(high - low) + 1));
  }
  bool Chance(unsigned percent) { return Below(100) < percent; }
  template <typename T>
  const T& Of(const std::vector<T>& values) {
    return values[Below(values.size())];
  }

 private:
  std::mt19937_64 engine_;
};

// How one market's documents are drawn; itself drawn, so that markets differ in
// character and not only in numbers.
struct Character {
  size_t concepts = 0;
  matching::Days today = 0;
  uint32_t tenants = 1;
  // Percent of documents that are copies of another under a new id.
  unsigned copies = 50;
  // Percent of levels, days and distances taken from two or three values.
  unsigned quantised = 50;
  // Percent of demands and wishes that are HARD.
  unsigned hard = 30;
  // Percent of what can be left untold that is.
  unsigned untold = 20;
  // Percent of levels that are far beyond any scale. One of them makes the
  // engine look through a whole segment one by one, so most markets have none.
  unsigned absurd_levels = 0;
  // Percent of concepts that are beyond the taxonomy, and how many there are:
  // nothing is related to them.
  unsigned unknown = 4;
  uint64_t unknown_concepts = 3;
  // Percent of what is held that is held twice, at other levels.
  unsigned held_twice = 8;
  // Percent of requirements that are very long: so many postings that it is
  // cheaper to judge the few who are left one by one.
  unsigned long_requirements = 2;
  // What courses mostly teach, and percent of gains and of demands that are of
  // it. Percent of requirements that ask nothing else HARD: those are what a
  // course unlocks.
  std::vector<matching::Gain> taught;
  unsigned taught_gains = 60;
  unsigned taught_demands = 25;
  unsigned hard_if_taught = 35;
  // Percent of courses that teach one or two things alone, of those that teach
  // the next of `taught` to who has the one before, and of sessions that begin
  // when others end: what makes ways of several steps.
  unsigned narrow_courses = 0;
  unsigned building_courses = 0;
  unsigned consecutive = 0;
  // Nobody wishes for anything, and so a bound on a row's order is narrower.
  bool nobody_asks = false;
  // Percent of batches that replace or remove most of what is there: whole
  // segments go at once, also while they are being merged.
  unsigned upheavals = 0;
  // Concepts that demands and profiles mostly use.
  std::vector<matching::ConceptIndex> popular;
  std::vector<matching::Point> places;
};

// Draws documents.
class DocumentMaker {
 public:
  DocumentMaker(Character character, Random& random)
      : character_(std::move(character)), random_(random) {}

  matching::DocumentId Id();
  // A name that nothing else has.
  std::string Reference();
  matching::PersonFeatures Person();
  matching::RequirementFeatures Requirement();
  matching::OfferingFeatures Offering();

  const Character& character() const { return character_; }

 private:
  matching::ConceptIndex Concept();
  matching::ConceptIndex ConceptOf(matching::DemandKind kind);
  matching::Level LevelOf(matching::DemandKind kind);
  matching::Evidence SomeEvidence();
  matching::Strength SomeStrength();
  matching::Days Day();
  std::optional<matching::Point> Place();
  matching::MunicipalityIndex Municipality();
  matching::Section SectionOf(matching::DemandKind kind);
  matching::Wishes SomeWishes();
  matching::JobFacts Facts();
  matching::Demand SomeDemand();
  // Of what courses teach.
  matching::Demand TaughtDemand();
  // HARD, and satisfied by what is taught.
  matching::Demand DemandFor(const matching::Gain& taught);
  std::vector<matching::Demand> Demands(size_t count);
  matching::Gain SomeGain();
  void SetDays(matching::SessionFeatures& session);
  matching::SessionFeatures Session();

  Character character_;
  Random& random_;
  uint64_t references_ = 0;
};

struct RandomMarket {
  uint64_t seed = 0;
  Character character;
  std::vector<Edge> edges;
  std::array<uint8_t, 16> tie_key{};
  // The writes, and what they lead to.
  std::vector<matching::MarketChanges> batches;
  Documents documents;
  // A moment on the way there, which later writes must not have changed: after
  // so many batches.
  size_t earlier_batches = 0;
  Documents earlier;
};

// `documents` is about how many the market ends with, of all kinds.
RandomMarket MakeRandomMarket(uint64_t seed, size_t documents);

// The built-in one or a random one that is valid.
matching::Strategy RandomStrategy(Random& random);

}  // namespace kugge::oracle

#endif  // KUGGE_TESTS_ORACLE_RANDOM_MARKET_H_
