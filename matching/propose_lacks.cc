#include "matching/propose_lacks.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace kugge::matching {
namespace {

void LeaveOut(const CrowdBits& others, CrowdBits& bits) {
  for (size_t i = 0; i < bits.size(); ++i) bits[i] &= ~others[i];
}

// Halves the people by one demand after the other while they are many, and asks
// for each of them when they are few.
class LackSplitter {
 public:
  explicit LackSplitter(std::span<const CrowdSet* const> satisfying)
      : satisfying_(satisfying) {}

  void Split(CrowdBits people, size_t at) {
    const size_t count = CountBits(people);
    if (count == 0) return;
    if (at == satisfying_.size()) {
      Add(count);
      return;
    }
    if (count < people.size()) {
      CrowdSet(std::move(people)).ForEach([&](CrowdNumber n) {
        AddOne(n, at);
      });
      return;
    }
    CrowdBits have = people;
    satisfying_[at]->Restrict(have);
    LeaveOut(have, people);
    Split(std::move(have), at + 1);
    lacked_.push_back(static_cast<uint32_t>(at));
    Split(std::move(people), at + 1);
    lacked_.pop_back();
  }

  // One who satisfies what was asked so far, but for what is lacked.
  void AddOne(CrowdNumber n, size_t at) {
    const size_t before = lacked_.size();
    for (; at < satisfying_.size(); ++at) {
      if (!satisfying_[at]->Has(n)) {
        lacked_.push_back(static_cast<uint32_t>(at));
      }
    }
    Add(1);
    lacked_.resize(before);
  }

  std::map<LackedPlaces, uint64_t> Take() { return std::move(groups_); }

 private:
  void Add(uint64_t people) {
    if (!lacked_.empty()) groups_[lacked_] += people;
  }

  const std::span<const CrowdSet* const> satisfying_;
  LackedPlaces lacked_;
  std::map<LackedPlaces, uint64_t> groups_;
};

}  // namespace

std::map<LackedPlaces, uint64_t> PeopleByLack(
    const CrowdSet& people, std::span<const CrowdSet* const> satisfying) {
  LackSplitter splitter(satisfying);
  if (people.is_list()) {
    for (const CrowdNumber n : people.list()) splitter.AddOne(n, 0);
  } else {
    splitter.Split(people.bits(), 0);
  }
  return splitter.Take();
}

NearlySatisfying PeopleNearlySatisfying(
    CrowdBits people, std::span<const CrowdSet* const> satisfying) {
  // Who lacks exactly one so far.
  CrowdBits one(people.size(), 0);
  for (const CrowdSet* const set : satisfying) {
    CrowdBits have = people;
    set->Restrict(have);
    set->Restrict(one);
    LeaveOut(have, people);
    for (size_t i = 0; i < one.size(); ++i) one[i] |= people[i];
    people = std::move(have);
  }
  NearlySatisfying nearly{.all = std::move(people)};
  const uint64_t lacking = CountBits(one);
  nearly.lacking_alone.reserve(satisfying.size());
  for (const CrowdSet* const set : satisfying) {
    nearly.lacking_alone.push_back(
        lacking == 0 ? 0 : lacking - CountInBoth(one, *set));
  }
  return nearly;
}

uint64_t CountInBoth(const CrowdBits& people, const CrowdSet& set) {
  uint64_t count = 0;
  for (const CrowdNumber n : set.list()) count += HasBit(people, n) ? 1 : 0;
  for (size_t i = 0; i < set.bits().size(); ++i) {
    count += static_cast<uint64_t>(std::popcount(people[i] & set.bits()[i]));
  }
  return count;
}

}  // namespace kugge::matching
