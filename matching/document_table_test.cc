#include "matching/document_table.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "matching/random_market_for_test.h"

namespace kugge::matching {
namespace {

struct Note {
  DocumentId id;
  int text = 0;
};
using Table = DocumentTable<Note>;
using Model = std::map<DocumentId, int>;

Table::Change Put(const DocumentId& id, int text) {
  return {id, std::make_shared<Note>(Note{id, text})};
}

Model Contents(const Table& table) {
  Model contents;
  table.ForEach([&](const Note& note) {
    EXPECT_TRUE(contents.emplace(note.id, note.text).second);
    return true;
  });
  return contents;
}

// Ids crowded into few leaves, so that leaves fill, split runs and empty.
DocumentId CrowdedId(RandomMarket& random) {
  DocumentId id;
  id.bytes[0] = static_cast<uint8_t>(random.Below(3));
  id.bytes[1] = static_cast<uint8_t>(random.Below(9));
  id.bytes[15] = static_cast<uint8_t>(random.Below(12));
  return id;
}

TEST(DocumentTableTest, RandomChangesAgreeWithAMap) {
  constexpr uint64_t kSeed = 3;
  RandomMarket random(kSeed);
  Table table;
  Model model;
  for (int round = 0; round < 300; ++round) {
    std::vector<Table::Change> changes;
    for (uint32_t i = random.Below(40); i > 0; --i) {
      const DocumentId id = CrowdedId(random);
      if (random.Chance(40)) {
        changes.push_back({id, nullptr});
        model.erase(id);
      } else {
        const int text = static_cast<int>(random.Below(1000));
        changes.push_back(Put(id, text));
        model[id] = text;
      }
    }
    table = table.With(std::move(changes));
    ASSERT_EQ(Contents(table), model) << "seed " << kSeed;
    ASSERT_EQ(table.size(), model.size());
    const DocumentId probe = CrowdedId(random);
    const Note* found = table.Find(probe);
    ASSERT_EQ(found != nullptr, model.contains(probe));
    if (found != nullptr) {
      ASSERT_EQ(found->text, model[probe]);
    }
  }
}

TEST(DocumentTableTest, AnOlderVersionStaysAsItWas) {
  RandomMarket random(5);
  const DocumentId a = random.Id();
  const DocumentId b = random.Id();
  const Table first = Table().With({Put(a, 1)});
  const Table second = first.With({Put(a, 2), Put(b, 3)});
  const Table third = second.With({{a, nullptr}});
  EXPECT_EQ(first.Find(a)->text, 1);
  EXPECT_EQ(first.Find(b), nullptr);
  EXPECT_EQ(second.Find(a)->text, 2);
  EXPECT_EQ(third.Find(a), nullptr);
  EXPECT_EQ(third.size(), 1u);
}

TEST(DocumentTableTest, AVisitCanStop) {
  RandomMarket random(6);
  const Table table = Table().With({Put(random.Id(), 1), Put(random.Id(), 2)});
  int visited = 0;
  EXPECT_FALSE(table.ForEach([&](const Note&) { return ++visited < 1; }));
  EXPECT_EQ(visited, 1);
}

TEST(DocumentTableTest, AChangeSharesWhatItDoesNotTouch) {
  DocumentId near;
  DocumentId far;
  far.bytes[0] = 255;
  const Table first = Table().With({Put(near, 1), Put(far, 2)});
  const Table second = first.With({Put(near, 3)});
  EXPECT_EQ(first.Find(far), second.Find(far));
  EXPECT_NE(first.Find(near), second.Find(near));
}

}  // namespace
}  // namespace kugge::matching
