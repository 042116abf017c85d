#include "matching/index/postings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <random>
#include <vector>

namespace kugge::matching {
namespace {

constexpr ConceptIndex kConcepts = 40;
constexpr size_t kDocuments = 30'000;

PostingKey KeyOf(ConceptIndex concept_index) {
  return PostingKey::Of(DemandKind::kSkill, concept_index);
}

// Lists of all lengths: concept c stands in about every c * c-th document; the
// first ones often twice in a document.
class PostingsTest : public testing::TestWithParam<bool> {
 protected:
  PostingsTest() {
    std::mt19937 random(5);
    for (DocNumber n = 0; n < kDocuments; ++n) {
      for (ConceptIndex c = 1; c < kConcepts; ++c) {
        if (random() % (c * c) != 0) continue;
        held_[c].push_back(n);
        if (c % 3 == 0 && random() % 4 == 0) held_[c].push_back(n);
      }
    }
    lists_ = PostingLists(kDocuments, GetParam(), [&](auto add) {
      std::map<ConceptIndex, size_t> next;
      for (DocNumber n = 0; n < kDocuments; ++n) {
        for (const auto& [c, documents] : held_) {
          size_t& i = next[c];
          for (; i < documents.size() && documents[i] == n; ++i) {
            add(Posting{.key = KeyOf(c), .document = n, .info = {}});
          }
        }
      }
    });
  }

  std::map<ConceptIndex, std::vector<DocNumber>> held_;
  PostingLists lists_;
};

TEST_P(PostingsTest, ListsHoldWhatWasFiled) {
  for (const auto& [c, documents] : held_) {
    const PostingLists::List& list = lists_.Find(KeyOf(c));
    EXPECT_TRUE(std::ranges::equal(list.documents, documents));
    EXPECT_EQ(list.repeats,
              std::ranges::adjacent_find(documents) != documents.end());
  }
  EXPECT_TRUE(lists_.Find(KeyOf(kConcepts)).empty());
}

TEST_P(PostingsTest, APlaceIsTheFirstThatIsNotBefore) {
  for (const auto& [c, documents] : held_) {
    const PostingLists::List& list = lists_.Find(KeyOf(c));
    for (DocNumber n = 0; n <= kDocuments; n += n % 50 == 0 ? 1 : 7) {
      const auto expected = static_cast<size_t>(
          std::ranges::lower_bound(documents, n) - documents.begin());
      ASSERT_EQ(list.PlaceOf(n), expected) << c << " " << n;
    }
    ASSERT_EQ(list.PlaceOf(kDocuments), documents.size());
  }
}

TEST_P(PostingsTest, LongListsAreKnownByBitsWhereTheyAreWanted) {
  size_t dense = 0;
  for (const auto& [c, documents] : held_) {
    const PostingLists::List& list = lists_.Find(KeyOf(c));
    if (list.bits == nullptr) continue;
    ++dense;
    for (DocNumber n = 0; n < kDocuments; n += 13) {
      ASSERT_EQ(list.Has(n), std::ranges::binary_search(documents, n));
    }
  }
  EXPECT_EQ(dense > 0, GetParam());
}

// Lists of as many different things as a byte can number, one more, and others.
TEST(PostingInfosTest, APostingSaysWhatWasFiled) {
  const std::vector<Level> different = {1, 2, 255, 256, 257, 5'000};
  const auto info_of = [&](size_t c, DocNumber n) {
    const auto level = static_cast<Level>(n * 7 % different[c]);
    return PostingInfo(level, static_cast<Evidence>(level % 2), level % 3 == 0);
  };
  const PostingLists lists(kDocuments, true, [&](auto add) {
    for (DocNumber n = 0; n < kDocuments; ++n) {
      for (size_t c = 0; c < different.size(); ++c) {
        add(Posting{.key = KeyOf(static_cast<ConceptIndex>(c)),
                    .document = n,
                    .info = info_of(c, n)});
      }
    }
  });
  for (size_t c = 0; c < different.size(); ++c) {
    const PostingInfos infos =
        lists.Find(KeyOf(static_cast<ConceptIndex>(c))).infos;
    EXPECT_EQ(infos.different().size(), different[c]);
    EXPECT_EQ(infos.all_the_same(), different[c] == 1);
    infos.WithCodes([&](auto codes) {
      for (DocNumber n = 0; n < kDocuments; ++n) {
        ASSERT_EQ(infos[n], info_of(c, n)) << different[c] << " " << n;
        ASSERT_EQ(infos.different()[codes[n]], infos[n]);
      }
    });
  }
}

INSTANTIATE_TEST_SUITE_P(WithAndWithoutBits, PostingsTest, testing::Bool());

}  // namespace
}  // namespace kugge::matching
