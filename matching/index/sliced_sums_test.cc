// Sums sliced by bit against sums kept one by one.
#include "matching/index/sliced_sums.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "matching/seeds_for_test.h"

namespace kugge::matching {
namespace {

class SlicedSumsTest : public testing::Test {
 protected:
  uint64_t Below(uint64_t count) { return random_() % count; }

  SlicedSums::Mask AnyMask() {
    SlicedSums::Mask mask{};
    const uint64_t percent = Below(101);
    for (size_t i = 0; i < SlicedSums::kNumbers; ++i) {
      if (Below(100) < percent) mask[i / 64] |= uint64_t{1} << (i % 64);
    }
    return mask;
  }

  void Add(const SlicedSums::Mask& mask, uint64_t value) {
    sliced_.Add(mask, value);
    for (size_t i = 0; i < SlicedSums::kNumbers; ++i) {
      if ((mask[i / 64] >> (i % 64) & 1) != 0) plain_[i] += value;
    }
  }

  void ExpectSame() {
    sliced_.Settle();
    for (size_t i = 0; i < SlicedSums::kNumbers; ++i) {
      ASSERT_EQ(sliced_.Of(i), plain_[i]) << i;
    }
  }

  void ExpectAtLeast(uint64_t least) const {
    const SlicedSums::Mask mask = sliced_.AtLeast(least);
    for (size_t i = 0; i < SlicedSums::kNumbers; ++i) {
      ASSERT_EQ((mask[i / 64] >> (i % 64) & 1) != 0, plain_[i] >= least)
          << plain_[i] << " at least " << least;
    }
  }

  std::mt19937_64 random_{11};
  SlicedSums sliced_;
  std::vector<uint64_t> plain_ = std::vector<uint64_t>(SlicedSums::kNumbers, 0);
};

TEST_F(SlicedSumsTest, SumsAreThoseKeptOneByOne) {
  for (uint64_t round = 0; round < CasesOf(40); ++round) {
    sliced_ = SlicedSums();
    plain_.assign(SlicedSums::kNumbers, 0);
    const uint64_t additions = Below(200);
    const uint64_t bound = round % 2 == 0 ? 6 : uint64_t{1} << Below(40);
    for (uint64_t i = 0; i < additions; ++i) Add(AnyMask(), Below(bound));
    ExpectSame();
    for (int i = 0; i < 20; ++i) {
      ExpectAtLeast(plain_[Below(plain_.size())] + Below(3));
    }
  }
}

TEST_F(SlicedSumsTest, NothingAddedIsZeroForAll) {
  ExpectSame();
  ExpectAtLeast(0);
  ExpectAtLeast(1);
}

TEST_F(SlicedSumsTest, NoSumReachesWhatNoLevelHolds) {
  Add(AnyMask(), 3);
  ExpectSame();
  ExpectAtLeast(uint64_t{1} << 40);
  ExpectAtLeast(~uint64_t{0});
}

TEST_F(SlicedSumsTest, SumsMayComeToAllBits) {
  SlicedSums::Mask everybody;
  everybody.fill(~uint64_t{0});
  Add(everybody, ~uint64_t{0} - 7);
  Add(AnyMask(), 7);
  ExpectSame();
  ExpectAtLeast(~uint64_t{0});
  ExpectAtLeast(~uint64_t{0} - 7);
}

TEST_F(SlicedSumsTest, MoreIsAddedAfterSumsWereRead) {
  Add(AnyMask(), 5);
  ExpectSame();
  Add(AnyMask(), 3);
  Add(AnyMask(), 1);
  ExpectSame();
}

}  // namespace
}  // namespace kugge::matching
