#include "matching/index/segmented_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "matching/index/documents.h"
#include "matching/market.h"
#include "matching/random_market_for_test.h"

namespace kugge::matching {
namespace {

struct Slip {
  DocumentId id;
  int text = 0;
};

// A segment that is nothing but its documents.
class Slips {
 public:
  using Document = Slip;
  using Documents = SegmentDocuments<Slip>;

  explicit Slips(std::vector<Documents::Pointer> notes)
      : documents_(std::move(notes)) {}
  size_t size() const { return documents_.size(); }
  const Documents& documents() const { return documents_; }
  size_t bytes() const { return documents_.bytes(); }

 private:
  Documents documents_;
};

using Index = SegmentedIndex<Slips>;
using Model = std::map<DocumentId, int>;

Index::Change PutSlip(const DocumentId& id, int text) {
  return {id, std::make_shared<Slip>(Slip{id, text})};
}

// What questions see; every document must be there once.
Model Contents(const Index& index) {
  Model contents;
  for (const auto& note : index.head()) {
    EXPECT_TRUE(contents.emplace(note->id, note->text).second);
  }
  for (const Index::Part& part : index.parts()) {
    size_t gone = 0;
    for (DocNumber n = 0; n < part.segment->size(); ++n) {
      const Slip& note = part.segment->documents()[n];
      if (part.gone.Contains(n)) {
        ++gone;
      } else {
        EXPECT_TRUE(contents.emplace(note.id, note.text).second);
      }
      EXPECT_EQ(part.gone.Word(n / 64) >> (n % 64) & 1,
                part.gone.Contains(n) ? 1u : 0u);
    }
    EXPECT_EQ(gone, part.gone.size());
  }
  return contents;
}

Index Merged(Index index, Writers writers) {
  while (std::optional<Index::Merge> merge = index.PlanMerge(writers)) {
    merge->Run();
    index = index.With(*merge);
  }
  return index;
}

Index WithNew(const Index& index, RandomMarket& random, size_t count) {
  std::vector<Index::Change> changes;
  changes.reserve(count);
  for (size_t i = 0; i < count; ++i) changes.push_back(PutSlip(random.Id(), 1));
  return index.With(changes);
}

TEST(SegmentedIndexTest, RandomChangesAndMergesAgreeWithAMap) {
  constexpr uint64_t kSeed = 7;
  RandomMarket random(kSeed);
  std::vector<DocumentId> ids(700);
  std::ranges::generate(ids, [&] { return random.Id(); });
  Index index;
  Model model;
  // Planned, and built while changes go on.
  std::optional<Index::Merge> merge;
  for (int round = 0; round < 1'500; ++round) {
    std::vector<Index::Change> changes;
    for (uint32_t i = random.Below(random.Chance(5) ? 300 : 8); i > 0; --i) {
      const DocumentId& id =
          ids[random.Below(static_cast<uint32_t>(ids.size()))];
      if (random.Chance(30)) {
        changes.push_back({id, nullptr});
        model.erase(id);
      } else {
        changes.push_back(PutSlip(id, round));
        model[id] = round;
      }
    }
    index = index.With(changes);
    if (merge.has_value() && random.Chance(40)) {
      merge->Run();
      index = index.With(*merge);
      merge.reset();
    }
    if (!merge.has_value()) {
      merge = random.Chance(5)    ? index.PlanCompaction()
              : random.Chance(10) ? index.PlanMerge(Writers::kPausing)
              : random.Chance(40) ? index.PlanMerge(Writers::kRushing)
                                  : index.PlanMerge(Writers::kBusy);
    }
    ASSERT_EQ(Contents(index), model) << "seed " << kSeed << " round " << round;
  }
  index = Merged(index, Writers::kPausing);
  EXPECT_EQ(Contents(index), model);
  EXPECT_TRUE(index.head().empty());
}

TEST(SegmentedIndexTest, SegmentsStayFewAndALargeOneIsLeftAlone) {
  RandomMarket random(8);
  Index index = WithNew(Index(), random, 20'000);
  const auto large = index.parts().front().segment;
  ASSERT_EQ(large->size(), 20'000u);
  size_t built = 0;
  for (int i = 0; i < 2'000; ++i) {
    index = WithNew(index, random, 1);
    while (std::optional<Index::Merge> merge =
               index.PlanMerge(Writers::kBusy)) {
      merge->Run();
      built += merge->merged->size();
      index = index.With(*merge);
    }
    ASSERT_LE(index.parts().size(), 4u);
    ASSERT_LT(index.head().size(), 40u);
  }
  EXPECT_EQ(index.parts().front().segment, large);
  // Each document about kGrowth / 2 times for each size that it passes.
  EXPECT_LT(built, 2'000u * 15);
}

TEST(SegmentedIndexTest, InARushADocumentIsWrittenAnewOnceForEachSize) {
  RandomMarket random(14);
  Index index = WithNew(Index(), random, 20'000);
  const auto large = index.parts().front().segment;
  size_t built = 0;
  for (int i = 0; i < 320; ++i) {
    index = WithNew(index, random, 32);
    while (std::optional<Index::Merge> merge =
               index.PlanMerge(Writers::kRushing)) {
      merge->Run();
      built += merge->merged->size();
      index = index.With(*merge);
    }
    // Eight of each size, and the large one.
    ASSERT_LE(index.parts().size(), 3 * 8u + 1);
    ASSERT_TRUE(index.head().empty());
  }
  EXPECT_EQ(index.parts().front().segment, large);
  EXPECT_LT(built, 3 * 320u * 32);
  // Made up for as soon as there is time.
  index = Merged(WithNew(index, random, 32), Writers::kBusy);
  EXPECT_LE(index.parts().size(), 4u);
  EXPECT_EQ(Contents(index).size(), 20'000u + 321 * 32);
}

TEST(SegmentedIndexTest, NewestDocumentsWaitUntilWritersPause) {
  RandomMarket random(9);
  const Index index = WithNew(Index(), random, 3);
  EXPECT_FALSE(index.PlanMerge(Writers::kBusy).has_value());
  const Index settled = Merged(index, Writers::kPausing);
  EXPECT_TRUE(settled.head().empty());
  EXPECT_EQ(Contents(settled), Contents(index));
  EXPECT_FALSE(settled.PlanMerge(Writers::kPausing).has_value());
}

TEST(SegmentedIndexTest, AWriterMakesASegmentWhenNobodyMerges) {
  RandomMarket random(10);
  Index index;
  for (int i = 0; i < 1'000; ++i) {
    index = WithNew(index, random, 1);
    ASSERT_LE(index.head().size(), 128u);
  }
  EXPECT_GE(index.parts().size(), 7u);
  EXPECT_EQ(Contents(index).size(), 1'000u);
}

TEST(SegmentedIndexTest, ADocumentReplacedDuringAMergeStaysReplaced) {
  RandomMarket random(11);
  const DocumentId in_segment = random.Id();
  const DocumentId in_head = random.Id();
  Index index =
      Merged(Index().With({{PutSlip(in_segment, 1)}}), Writers::kPausing);
  index = index.With({{PutSlip(in_head, 1)}});
  std::optional<Index::Merge> merge = index.PlanMerge(Writers::kPausing);
  ASSERT_TRUE(merge.has_value());
  ASSERT_EQ(merge->inputs.size(), 1u);
  ASSERT_EQ(merge->head.size(), 1u);
  index = index.With({{PutSlip(in_segment, 2)}});
  index = index.With({{in_head, nullptr}});
  merge->Run();
  ASSERT_EQ(merge->merged->size(), 2u);
  EXPECT_EQ(Contents(index.With(*merge)), (Model{{in_segment, 2}}));
}

TEST(SegmentedIndexTest, MostlyReplacedSegmentsAreCopied) {
  RandomMarket random(12);
  std::vector<Index::Change> changes;
  changes.reserve(1'000);
  for (int i = 0; i < 1'000; ++i) changes.push_back(PutSlip(random.Id(), 1));
  Index index = Index().With(changes);
  for (Index::Change& change : changes) change.document = nullptr;
  changes.resize(490);
  index = index.With(changes);
  EXPECT_FALSE(index.PlanMerge(Writers::kBusy).has_value());
  for (DocNumber n = 0; index.parts()[0].gone.size() <= 500; ++n) {
    index = index.With(
        {{{index.parts()[0].segment->documents().IdOf(n), nullptr}}});
  }
  const Model before = Contents(index);
  index = Merged(index, Writers::kBusy);
  EXPECT_EQ(Contents(index), before);
  ASSERT_EQ(index.parts().size(), 1u);
  EXPECT_TRUE(index.parts()[0].gone.empty());
}

TEST(SegmentDocumentsTest, FindsWhatIsThereAlone) {
  RandomMarket random(13);
  for (const size_t size : {0, 1, 2, 5, 31, 64, 1000}) {
    std::vector<SegmentDocuments<Slip>::Pointer> notes;
    for (size_t i = 0; i < size; ++i) {
      // Alike but for one byte, at whichever end.
      DocumentId id;
      id.bytes[i % 2 == 0 ? 0 : 15] = static_cast<uint8_t>(i);
      id.bytes[7] = static_cast<uint8_t>(i / 256);
      if (i % 2 == 1 && i / 2 % 2 == 1) id = random.Id();
      notes.push_back(std::make_shared<Slip>(Slip{id, 0}));
    }
    std::ranges::sort(notes, {}, [](const auto& note) { return note->id; });
    const auto repeated = std::ranges::unique(
        notes, {}, [](const auto& note) { return note->id; });
    notes.erase(repeated.begin(), repeated.end());
    const SegmentDocuments<Slip> documents(notes);
    for (DocNumber n = 0; n < documents.size(); ++n) {
      EXPECT_EQ(documents.Find(notes[n]->id), n);
    }
    EXPECT_EQ(documents.Find(random.Id()), std::nullopt);
  }
}

using MarketPointer = std::shared_ptr<const Market>;

// A merge in place of what it was planned for, until none is due.
MarketPointer Merged(MarketPointer market, Writers writers) {
  while (std::optional<MarketMerge> merge = market->PlanMerge(writers)) {
    merge->Run();
    market = market->With(*merge);
  }
  return market;
}

MarketPointer WithPeople(const Market& market, RandomMarket& random,
                         size_t count) {
  return market.Apply(random.Fill(count, 0, 0));
}

// Of the segments of people, largest first.
std::vector<size_t> SizesOf(const Market& market) {
  std::vector<size_t> sizes;
  for (const auto& part : market.person_index().parts()) {
    sizes.push_back(part.segment->size());
  }
  std::ranges::sort(sizes, std::ranges::greater());
  return sizes;
}

TEST(MarketMergeTest, AllButTheLargestComeTogetherWhileWritersPause) {
  using Sizes = std::vector<size_t>;
  RandomMarket random(15);
  MarketPointer market = WithPeople(Market(), random, 4'000);
  const auto large = market->person_index().parts().front().segment;
  market = Merged(WithPeople(*market, random, 350), Writers::kBusy);
  market = Merged(WithPeople(*market, random, 40), Writers::kBusy);
  EXPECT_EQ(SizesOf(*market), (Sizes{4'000, 350, 40}));
  market = Merged(market, Writers::kPausing);
  EXPECT_EQ(SizesOf(*market), (Sizes{4'000, 390}));
  EXPECT_EQ(market->person_index().parts().front().segment, large);
  // Not for a handful: that would be a copy for each write.
  market = Merged(WithPeople(*market, random, 6), Writers::kPausing);
  EXPECT_EQ(SizesOf(*market), (Sizes{4'000, 390, 6}));
}

}  // namespace
}  // namespace kugge::matching
