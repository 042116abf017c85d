#include "matching/index/municipality_set.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "matching/features.h"
#include "matching/index/requirement_segment.h"

namespace kugge::matching {
namespace {

constexpr MunicipalityIndex kPlaces = 400;

// A few requirements in each place.
RequirementSegment MakeSegment() {
  std::vector<RequirementSegment::Documents::Pointer> requirements;
  for (MunicipalityIndex m = 0; m < kPlaces; ++m) {
    for (size_t i = 0; i <= m % 3; ++i) {
      RequirementFeatures requirement;
      requirement.id.bytes = {static_cast<uint8_t>(m % 256),
                              static_cast<uint8_t>(m / 256),
                              static_cast<uint8_t>(i)};
      requirement.facts.municipality = m;
      requirements.push_back(
          std::make_shared<const RequirementFeatures>(std::move(requirement)));
    }
  }
  return RequirementSegment(std::move(requirements));
}

class MunicipalitySetTest : public testing::Test {
 protected:
  std::vector<DocRange> RangesOf(
      const std::optional<std::vector<MunicipalityIndex>>& places) const {
    return segment_.Ranges(MunicipalitySet(places));
  }

  const RequirementSegment segment_ = MakeSegment();
};

TEST_F(MunicipalitySetTest, RangesHoldTheDocumentsOfTheMunicipalities) {
  std::mt19937 random(3);
  // Up to the 40th, so that others share the last word's bits, up to all.
  const std::vector<MunicipalityIndex> mosts = {1, 40, 64, 65, 130, 399, 400};
  for (const MunicipalityIndex most : mosts) {
    std::vector<MunicipalityIndex> places;
    for (MunicipalityIndex m = 0; m < most; ++m) {
      if (random() % 3 != 0) places.push_back(m);
    }
    const std::vector<DocRange> ranges = RangesOf(places);
    for (size_t i = 1; i < ranges.size(); ++i) {
      EXPECT_LT(ranges[i - 1].end, ranges[i].begin) << most;
    }
    for (DocNumber n = 0; n < segment_.size(); ++n) {
      const bool within = std::ranges::any_of(ranges, [&](DocRange range) {
        return range.begin <= n && n < range.end;
      });
      EXPECT_EQ(within, std::ranges::binary_search(
                            places, segment_.documents()[n].facts.municipality))
          << most << " " << n;
    }
  }
}

TEST_F(MunicipalitySetTest, AbsentMeansAllAndNoneMeansNone) {
  const std::vector<DocRange> all = RangesOf(std::nullopt);
  ASSERT_EQ(all.size(), 1);
  EXPECT_EQ(all.front().begin, 0);
  EXPECT_EQ(all.front().end, segment_.size());
  EXPECT_TRUE(RangesOf(std::vector<MunicipalityIndex>{}).empty());
  EXPECT_TRUE(
      RequirementSegment({}).Ranges(MunicipalitySet(std::nullopt)).empty());
}

}  // namespace
}  // namespace kugge::matching
