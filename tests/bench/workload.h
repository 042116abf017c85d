// The workload that every system is measured on: people with skills in places,
// and questions of weighted skills, drawn so that lists have the lengths of a
// national register: few concepts that many hold and a long tail. Any document
// can be made alone, so that nobody needs to hold all of them.
#ifndef KUGGE_TESTS_BENCH_WORKLOAD_H_
#define KUGGE_TESTS_BENCH_WORKLOAD_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "matching/geo/municipalities.h"
#include "tests/bench/random.h"

namespace kugge::bench {

inline constexpr uint32_t kSkills = 20'000;
inline constexpr uint32_t kOccupations = 430;
// Occupations of one SSYK-4 group stand together.
inline constexpr uint32_t kGroupSize = 6;
inline constexpr uint32_t kPoolSize = 150;
inline constexpr uint32_t kCompletePercent = 85;

// One person of the skills-only workload.
struct Person {
  uint32_t occupation = 0;
  matching::MunicipalityIndex municipality = 0;
  // Whether it has said everything that it can.
  bool complete = false;
  // Ascending, distinct, 5 to 40.
  std::vector<uint32_t> skills{};
};

// One asked skill.
struct Term {
  uint32_t skill = 0;
  uint8_t importance = 0;  // 1-10
};

struct Query {
  uint32_t occupation = 0;
  // Ascending by skill, distinct.
  std::vector<Term> terms{};
  // Which of the terms were asked for themselves, ascending; the others came
  // along as their relatives.
  std::vector<size_t> direct{};
  // A direct one: the must-have of F2.
  size_t must = 0;
  // Around which the places of F1 and F2 lie.
  matching::MunicipalityIndex centre = 0;
  // Those within reach, ascending; they hold 10 to 30 % of the people.
  std::vector<matching::MunicipalityIndex> region{};
};

enum class Filter { kNone, kRegion, kRegionAndMust };
inline constexpr Filter kFilters[] = {Filter::kNone, Filter::kRegion,
                                      Filter::kRegionAndMust};
// "F0", "F1", "F2".
const char* NameOf(Filter filter);

// Immutable; safe to share between threads.
class Workload {
 public:
  explicit Workload(uint64_t seed = 1);

  Person PersonAt(uint64_t index) const;
  // Without a region: it takes longer than all the rest.
  Query QueryAt(uint64_t index) const;
  // The first ones, with their regions.
  std::vector<Query> Queries(size_t count) const;

  // Skills close to this one, at most three: what a question for it also asks,
  // at half the importance.
  const std::vector<uint32_t>& Relatives(uint32_t skill) const {
    return relatives_[skill];
  }
  // A skill of somebody in this occupation.
  uint32_t DrawSkill(uint32_t occupation, Random& random) const;
  uint32_t DrawOccupation(Random& random) const {
    return static_cast<uint32_t>(occupations_.Draw(random));
  }
  matching::MunicipalityIndex DrawMunicipality(Random& random) const {
    return static_cast<matching::MunicipalityIndex>(
        municipalities_.Draw(random));
  }
  // The nearest municipalities of `centre` that hold this share of the people,
  // in millionths, ascending.
  std::vector<matching::MunicipalityIndex> Region(
      matching::MunicipalityIndex centre, uint64_t share) const;
  uint64_t seed() const { return seed_; }

 private:
  void MakePools();
  void MakePlaces();
  void MakeRelatives();

  uint64_t seed_;
  Weighted occupations_;
  Weighted all_skills_;
  Weighted skill_counts_;
  Weighted municipalities_;
  // Of everybody, in millionths.
  std::vector<uint64_t> population_;
  std::vector<std::vector<uint32_t>> pools_;
  std::vector<std::vector<uint32_t>> relatives_;
};

// The first `people` persons in the order that makes a region a few ranges:
// municipalities along a space-filling curve through their towns, then
// occupation.
std::vector<uint32_t> PlaceOrder(const Workload& workload, uint32_t people);

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_WORKLOAD_H_
