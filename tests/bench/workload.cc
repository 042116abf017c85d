#include "tests/bench/workload.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kugge::bench {
namespace {

using matching::Municipalities;
using matching::MunicipalityIndex;

// Streams of Random: what is drawn from one never moves another.
enum Stream : uint64_t {
  kPoolStream = 1ull << 40,
  kPlaceStream = 2ull << 40,
  kRelativeStream = 3ull << 40,
  kQueryStream = 4ull << 40,
  kPersonStream = 5ull << 40,
  kRegionStream = 6ull << 40,
};

constexpr uint32_t kFewestSkills = 5;
constexpr uint32_t kMostSkills = 40;
constexpr size_t kMostTerms = 25;
constexpr uint32_t kOwnSkillPercent = 62;
// Of an occupation's own skills, those that many occupations share.
constexpr uint32_t kCommonInPoolPercent = 10;
constexpr uint64_t kMillion = 1'000'000;

// 1 / (rank + shift)^exponent, rank from 0, in integers large enough that
// rounding moves nobody.
std::vector<uint64_t> Zipf(size_t count, double exponent, double shift) {
  std::vector<uint64_t> weights(count);
  for (size_t i = 0; i < count; ++i) {
    weights[i] = static_cast<uint64_t>(
        std::llround(1e9 / std::pow(static_cast<double>(i) + shift, exponent)));
  }
  return weights;
}

// How many skills somebody has: lognormal, cut at both ends, mean 15.2.
std::vector<uint64_t> SkillCountWeights() {
  constexpr double kMedian = 13.85;
  constexpr double kSigma = 0.46;
  std::vector<uint64_t> weights;
  for (uint32_t n = kFewestSkills; n <= kMostSkills; ++n) {
    const double z = std::log(n / kMedian) / kSigma;
    weights.push_back(
        static_cast<uint64_t>(std::llround(1e9 * std::exp(-z * z / 2) / n)));
  }
  return weights;
}

void Shuffle(std::vector<uint32_t>& values, Random& random) {
  for (size_t i = values.size(); i > 1; --i) {
    std::swap(values[i - 1], values[random.Below(i)]);
  }
}

// Adds a term, or raises the one that is there.
void Raise(std::vector<Term>& terms, uint32_t skill, uint8_t importance) {
  for (Term& term : terms) {
    if (term.skill != skill) continue;
    term.importance = std::max(term.importance, importance);
    return;
  }
  if (terms.size() < kMostTerms) terms.push_back({skill, importance});
}

// Where (x, y), both below 2^order, lies along Hilbert's curve.
uint64_t HilbertIndex(uint32_t order, uint32_t x, uint32_t y) {
  uint64_t index = 0;
  for (uint32_t s = 1u << (order - 1); s > 0; s /= 2) {
    const uint32_t rx = (x & s) != 0 ? 1 : 0;
    const uint32_t ry = (y & s) != 0 ? 1 : 0;
    index += static_cast<uint64_t>(s) * s * ((3 * rx) ^ ry);
    if (ry == 0) {
      if (rx == 1) {
        x = (1u << order) - 1 - x;
        y = (1u << order) - 1 - y;
      }
      std::swap(x, y);
    }
  }
  return index;
}

// rank[municipality] along the curve.
std::vector<uint32_t> CurveRanks() {
  // Sweden in squares of about a kilometre and a half.
  constexpr uint32_t kOrder = 10;
  std::vector<uint64_t> along;
  for (const matching::Municipality& place : Municipalities()) {
    const auto x =
        static_cast<uint32_t>((place.town_point.lon_e5 - 1'000'000) / 3'000);
    const auto y =
        static_cast<uint32_t>((place.town_point.lat_e5 - 5'500'000) / 1'500);
    along.push_back(HilbertIndex(kOrder, std::min(x, (1u << kOrder) - 1),
                                 std::min(y, (1u << kOrder) - 1)));
  }
  std::vector<uint32_t> order(along.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::stable_sort(order, {}, [&](uint32_t i) { return along[i]; });
  std::vector<uint32_t> ranks(order.size());
  for (uint32_t i = 0; i < order.size(); ++i) ranks[order[i]] = i;
  return ranks;
}

}  // namespace

const char* NameOf(Filter filter) {
  switch (filter) {
    case Filter::kNone:
      return "F0";
    case Filter::kRegion:
      return "F1";
    case Filter::kRegionAndMust:
      break;
  }
  return "F2";
}

Workload::Workload(uint64_t seed)
    : seed_(seed),
      occupations_(Zipf(kOccupations, 0.9, 1.5)),
      all_skills_(Zipf(kSkills, 1.05, 2.7)),
      skill_counts_(SkillCountWeights()) {
  MakePools();
  MakePlaces();
  MakeRelatives();
}

void Workload::MakePools() {
  Random random(seed_, kPoolStream);
  pools_.resize(kOccupations);
  for (std::vector<uint32_t>& pool : pools_) {
    while (pool.size() < kPoolSize) {
      const auto skill = random.Percent(kCommonInPoolPercent)
                             ? static_cast<uint32_t>(all_skills_.Draw(random))
                             : random.Below(kSkills);
      if (std::ranges::find(pool, skill) == pool.end()) pool.push_back(skill);
    }
  }
}

void Workload::MakePlaces() {
  Random random(seed_, kPlaceStream);
  const size_t count = Municipalities().size();
  std::vector<uint32_t> ranks(count);
  std::iota(ranks.begin(), ranks.end(), 0);
  Shuffle(ranks, random);
  const std::vector<uint64_t> by_rank = Zipf(count, 0.9, 2.0);
  std::vector<uint64_t> weights(count);
  for (size_t i = 0; i < count; ++i) weights[i] = by_rank[ranks[i]];
  municipalities_ = Weighted(weights);
  const uint64_t total =
      std::accumulate(weights.begin(), weights.end(), uint64_t{0});
  for (const uint64_t weight : weights) {
    population_.push_back(weight * kMillion / total);
  }
}

// Relatives are colleagues: skills of a pool that holds both.
void Workload::MakeRelatives() {
  Random random(seed_, kRelativeStream);
  std::vector<uint32_t> pool_of(kSkills, kOccupations);
  for (uint32_t occupation = 0; occupation < kOccupations; ++occupation) {
    for (const uint32_t skill : pools_[occupation]) {
      pool_of[skill] = std::min(pool_of[skill], occupation);
    }
  }
  relatives_.resize(kSkills);
  for (uint32_t skill = 0; skill < kSkills; ++skill) {
    const uint32_t occupation =
        pool_of[skill] < kOccupations ? pool_of[skill] : skill % kOccupations;
    for (uint32_t left = random.Below(4); left > 0; --left) {
      const uint32_t other = pools_[occupation][random.Below(kPoolSize)];
      if (other != skill && std::ranges::find(relatives_[skill], other) ==
                                relatives_[skill].end()) {
        relatives_[skill].push_back(other);
      }
    }
  }
}

uint32_t Workload::DrawSkill(uint32_t occupation, Random& random) const {
  if (random.Percent(kOwnSkillPercent)) {
    return pools_[occupation][random.Below(kPoolSize)];
  }
  return static_cast<uint32_t>(all_skills_.Draw(random));
}

Person Workload::PersonAt(uint64_t index) const {
  Random random(seed_, kPersonStream + index);
  Person person;
  person.occupation = DrawOccupation(random);
  person.municipality = DrawMunicipality(random);
  person.complete = random.Percent(kCompletePercent);
  const size_t count = kFewestSkills + skill_counts_.Draw(random);
  person.skills.reserve(count);
  while (person.skills.size() < count) {
    const uint32_t skill = DrawSkill(person.occupation, random);
    if (std::ranges::find(person.skills, skill) == person.skills.end()) {
      person.skills.push_back(skill);
    }
  }
  std::ranges::sort(person.skills);
  return person;
}

std::vector<MunicipalityIndex> Workload::Region(MunicipalityIndex centre,
                                                uint64_t share) const {
  std::vector<MunicipalityIndex> nearest(Municipalities().size());
  std::iota(nearest.begin(), nearest.end(), MunicipalityIndex{0});
  std::ranges::stable_sort(nearest, {}, [&](MunicipalityIndex other) {
    return matching::MunicipalityDistanceHm(centre, other);
  });
  uint64_t held = 0;
  size_t count = 0;
  while (count < nearest.size() && held < share) {
    held += population_[nearest[count++]];
  }
  nearest.resize(count);
  std::ranges::sort(nearest);
  return nearest;
}

Query Workload::QueryAt(uint64_t index) const {
  Random random(seed_, kQueryStream + index);
  Query query;
  query.occupation = DrawOccupation(random);
  std::vector<uint32_t> asked;
  const uint32_t count = random.Between(5, 10);
  while (asked.size() < count) {
    const uint32_t skill = DrawSkill(query.occupation, random);
    if (std::ranges::find(asked, skill) == asked.end()) asked.push_back(skill);
  }
  for (const uint32_t skill : asked) {
    const auto importance = static_cast<uint8_t>(2 * random.Between(1, 5));
    Raise(query.terms, skill, importance);
    for (const uint32_t other : Relatives(skill)) {
      Raise(query.terms, other, importance / 2);
    }
  }
  std::ranges::sort(query.terms, {}, &Term::skill);
  for (size_t i = 0; i < query.terms.size(); ++i) {
    if (std::ranges::find(asked, query.terms[i].skill) != asked.end()) {
      query.direct.push_back(i);
    }
  }
  query.must = query.direct[random.Below(query.direct.size())];
  query.centre = DrawMunicipality(random);
  return query;
}

std::vector<Query> Workload::Queries(size_t count) const {
  std::vector<Query> queries;
  for (size_t i = 0; i < count; ++i) {
    queries.push_back(QueryAt(i));
    Random random(seed_, kRegionStream + i);
    queries.back().region =
        Region(queries.back().centre, random.Between(100'000, 300'000));
  }
  return queries;
}

std::vector<uint32_t> PlaceOrder(const Workload& workload, uint32_t people) {
  const std::vector<uint32_t> ranks = CurveRanks();
  std::vector<uint32_t> keys(people);
  for (uint32_t i = 0; i < people; ++i) {
    const Person person = workload.PersonAt(i);
    keys[i] = ranks[person.municipality] * kOccupations + person.occupation;
  }
  std::vector<uint32_t> order(people);
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::stable_sort(order, {}, [&](uint32_t i) { return keys[i]; });
  return order;
}

}  // namespace kugge::bench
