#include "matching/crowd_gains.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "matching/index/kernels.h"

namespace kugge::matching {
namespace {

void Restrict(const CrowdBits& bits, size_t first, CrowdGains::Mask& piece) {
  const CrowdGains::Mask also = CrowdGains::PieceOf(bits, first);
  for (size_t i = 0; i < piece.size(); ++i) piece[i] &= also[i];
}

bool IsEmpty(const CrowdGains::Mask& mask) {
  return std::ranges::all_of(mask, [](uint64_t word) { return word == 0; });
}

}  // namespace

CrowdGains::CrowdGains(const Crowd& crowd)
    : crowd_(crowd), few_bits_(crowd.candidates().size(), 0) {}

CrowdGains::Mask CrowdGains::PieceOf(const CrowdBits& bits, size_t first) {
  Mask piece{};
  std::copy_n(bits.data() + first, std::min(piece.size(), bits.size() - first),
              piece.data());
  return piece;
}

void CrowdGains::Add(CrowdSelection unlocked, uint32_t positions) {
  std::ranges::sort(unlocked.sets);
  const auto repeats = std::ranges::unique(unlocked.sets);
  unlocked.sets.erase(repeats.begin(), repeats.end());
  JobsByLet& jobs =
      added_[{.among = unlocked.among, .having = std::move(unlocked.sets)}];
  Gained& gained = jobs[LetByJob(unlocked.bits.begin(), unlocked.bits.end())];
  gained.positions += positions;
  ++gained.requirements;
}

void CrowdGains::Prepare() {
  for (const auto& [learners, jobs] : added_) {
    if (std::ranges::none_of(learners.having, &CrowdSet::is_list)) {
      many_.push_back({.learners = learners, .jobs = InOrder(jobs)});
      continue;
    }
    const CrowdSet people =
        crowd_.Select({.among = learners.among, .sets = learners.having});
    for (const auto& [let, gained] : jobs) AddFew(people, let, gained);
  }
  added_.clear();
}

// Neighbours share as many sets as they can.
std::vector<CrowdGains::Jobs> CrowdGains::InOrder(const JobsByLet& by_let) {
  std::vector<Jobs> jobs;
  jobs.reserve(by_let.size());
  for (const auto& [let, gained] : by_let) {
    jobs.push_back({.let = let, .gained = gained});
  }
  std::ranges::sort(jobs, {}, &Jobs::let);
  for (size_t i = 1; i < jobs.size(); ++i) {
    const auto differs = std::ranges::mismatch(jobs[i].let, jobs[i - 1].let);
    jobs[i].shared = static_cast<size_t>(differs.in1 - jobs[i].let.begin());
  }
  return jobs;
}

void CrowdGains::AddFew(const CrowdSet& people, const LetByJob& let,
                        const Gained& gained) {
  if (few_.empty()) few_.resize(crowd_.size());
  for (const CrowdNumber n : people.list()) {
    if (!std::ranges::all_of(
            let, [n](const CrowdBits* bits) { return HasBit(*bits, n); })) {
      continue;
    }
    SetBit(few_bits_, n);
    few_[n].positions += gained.positions;
    few_[n].requirements += gained.requirements;
  }
}

void CrowdGains::SumPiece(size_t first) {
  first_ = first;
  positions_.Clear();
  requirements_.Clear();
  for (const auto& [learners, jobs] : many_) {
    Mask people = PieceOf(*learners.among, first);
    for (const CrowdSet* const set : learners.having) {
      Restrict(set->bits(), first, people);
    }
    if (!IsEmpty(people)) AddMany(people, jobs);
  }
  positions_.Settle();
  requirements_.Settle();
}

void CrowdGains::AddMany(const Mask& people, const std::vector<Jobs>& jobs) {
  const Kernels& kernels = BestKernels();
  const size_t words = std::min(kPieceWords, few_bits_.size() - first_);
  // Who is in so many of the first sets.
  std::array<Mask, kWishKindCount + 1> let{people};
  for (const Jobs& alike : jobs) {
    for (size_t set = alike.shared; set < alike.let.size(); ++set) {
      kernels.intersect(let[set].data(), alike.let[set]->data() + first_, words,
                        let[set + 1].data());
    }
    const Mask& unlocked = let[alike.let.size()];
    positions_.Add(unlocked, alike.gained.positions);
    requirements_.Add(unlocked, alike.gained.requirements);
  }
}

CrowdGains::Mask CrowdGains::Gaining() const {
  Mask gaining = requirements_.AtLeast(1);
  const Mask few = PieceOf(few_bits_, first_);
  for (size_t i = 0; i < gaining.size(); ++i) gaining[i] |= few[i];
  return gaining;
}

CrowdGains::Mask CrowdGains::MayGain(uint64_t positions) const {
  Mask may = positions_.AtLeast(positions);
  const Mask few = PieceOf(few_bits_, first_);
  for (size_t i = 0; i < may.size(); ++i) may[i] |= few[i];
  return may;
}

Gained CrowdGains::Of(size_t i) const {
  const CrowdNumber n = NumberOf(i);
  Gained gained = HasBit(few_bits_, n) ? few_[n] : Gained{};
  gained.positions += positions_.Of(i);
  gained.requirements += requirements_.Of(i);
  return gained;
}

}  // namespace kugge::matching
