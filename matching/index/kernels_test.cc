// The fast form of each inner loop gives what the portable one gives.
#include "matching/index/kernels.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace kugge::matching {
namespace {

constexpr size_t kWords = 37;

struct Collected {
  std::vector<uint16_t> found;
  std::vector<uint16_t> bounds;

  friend bool operator==(const Collected&, const Collected&) = default;
};

class KernelsTest : public testing::Test {
 protected:
  uint64_t Below(uint64_t count) { return random_() % count; }

  std::vector<uint64_t> Bits(uint64_t percent) {
    std::vector<uint64_t> bits(kWords, 0);
    for (size_t i = 0; i < kWords * 64; ++i) {
      if (Below(100) < percent) bits[i / 64] |= uint64_t{1} << (i % 64);
    }
    return bits;
  }

  Collected Collect(const Kernels& kernels, uint16_t least) const {
    Collected collected;
    collected.found.resize(kWords * 64);
    std::vector<uint16_t> bounds(kWords * 64, 0);
    std::vector<uint64_t> fresh(late_.size());
    const size_t count = kernels.collect(sums_.data(), mask_.data(), kWords,
                                         least, late_, late_most_, fresh.data(),
                                         bounds.data(), collected.found.data());
    collected.found.resize(count);
    for (const uint16_t at : collected.found) {
      collected.bounds.push_back(bounds[at]);
    }
    return collected;
  }

  void MakeCase() {
    mask_ = Bits(Below(101));
    sums_.assign(kWords * 64, 0);
    const bool sparse = Below(2) == 0;
    for (uint16_t& sum : sums_) {
      if (!sparse || Below(50) == 0) sum = static_cast<uint16_t>(Below(9'000));
    }
    late_.clear();
    bits_.clear();
    late_most_ = 0;
    const size_t groups = Below(4);
    for (size_t group = 0; group < groups; ++group) {
      auto most = static_cast<uint16_t>(Below(900));
      late_most_ = static_cast<uint16_t>(late_most_ + most);
      const size_t lists = 1 + Below(3);
      for (size_t i = 0; i < lists; ++i) {
        bits_.push_back(Bits(Below(60)));
        late_.push_back({.bits = nullptr, .most = most, .first = i == 0});
        most = static_cast<uint16_t>(most / 2);
      }
    }
    for (size_t i = 0; i < late_.size(); ++i) late_[i].bits = bits_[i].data();
  }

  // What the comments promise, one by one.
  Collected Expected(uint16_t least) const {
    Collected expected;
    for (size_t i = 0; i < kWords * 64; ++i) {
      if ((mask_[i / 64] >> (i % 64) & 1) == 0) continue;
      uint32_t bound = sums_[i];
      bool paid = false;
      for (const LateList& list : late_) {
        if (list.first) paid = false;
        if (paid || (list.bits[i / 64] >> (i % 64) & 1) == 0) continue;
        paid = true;
        bound += list.most;
      }
      if (bound < least) continue;
      expected.found.push_back(static_cast<uint16_t>(i));
      expected.bounds.push_back(static_cast<uint16_t>(bound));
    }
    return expected;
  }

  std::mt19937_64 random_{7};
  std::vector<uint64_t> mask_;
  std::vector<uint16_t> sums_;
  std::vector<std::vector<uint64_t>> bits_;
  std::vector<LateList> late_;
  uint16_t late_most_ = 0;
};

TEST_F(KernelsTest, CollectFindsAllThatReachTheLeast) {
  for (int i = 0; i < 400; ++i) {
    MakeCase();
    const auto least = static_cast<uint16_t>(Below(3) == 0 ? 0 : Below(11'000));
    const Collected expected = Expected(least);
    for (const auto& [name, kernels] : AllKernels()) {
      ASSERT_EQ(Collect(kernels, least), expected) << name << " " << i;
    }
  }
}

TEST_F(KernelsTest, FillSetsAllAndNoMore) {
  for (const auto& [name, kernels] : AllKernels()) {
    std::vector<uint16_t> sums((kWords + 1) * 64, 7);
    kernels.fill(0xABCD, kWords, sums.data());
    for (size_t at = 0; at < sums.size(); ++at) {
      ASSERT_EQ(sums[at], at < kWords * 64 ? 0xABCD : 7) << at;
    }
  }
}

TEST_F(KernelsTest, AddAddsToAllAndNoMore) {
  for (const auto& [name, kernels] : AllKernels()) {
    for (size_t count = 0; count < 100; ++count) {
      std::vector<uint16_t> sums(128);
      for (size_t at = 0; at < sums.size(); ++at) {
        sums[at] = static_cast<uint16_t>(700 * at);
      }
      kernels.add(0x1234, count, sums.data() + 3);
      for (size_t at = 0; at < sums.size(); ++at) {
        const bool added = at >= 3 && at < 3 + count;
        ASSERT_EQ(sums[at],
                  static_cast<uint16_t>(700 * at + (added ? 0x1234 : 0)))
            << at;
      }
    }
  }
}

TEST_F(KernelsTest, IntersectionIsOfAllWordsAndNoMore) {
  for (const auto& [name, kernels] : AllKernels()) {
    const std::vector<uint64_t> a = Bits(50);
    const std::vector<uint64_t> b = Bits(60);
    std::vector<uint64_t> both(kWords, 7);
    kernels.intersect(a.data(), b.data(), kWords - 1, both.data());
    for (size_t i = 0; i < kWords; ++i) {
      ASSERT_EQ(both[i], i + 1 < kWords ? a[i] & b[i] : 7) << i;
    }
  }
}

TEST_F(KernelsTest, ThreeBitsOfEveryNumberAreAdded) {
  for (const auto& [name, kernels] : AllKernels()) {
    const std::vector<uint64_t> a = Bits(50);
    const std::vector<uint64_t> b = Bits(40);
    const std::vector<uint64_t> before = Bits(60);
    std::vector<uint64_t> sum = before;
    std::vector<uint64_t> carry(kWords);
    kernels.add_bits(a.data(), b.data(), kWords, sum.data(), carry.data());
    for (size_t i = 0; i < kWords * 64; ++i) {
      const auto bit = [i](const std::vector<uint64_t>& bits) {
        return bits[i / 64] >> (i % 64) & 1;
      };
      ASSERT_EQ(2 * bit(carry) + bit(sum), bit(a) + bit(b) + bit(before)) << i;
    }
  }
}

}  // namespace
}  // namespace kugge::matching
