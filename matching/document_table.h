// An immutable set of documents keyed by id, cheap to derive the next version
// from: a tree of 64 x 64 leaves by the id's first bits, of which a change
// copies only the touched leaves and their branches. Where a document stands
// follows from its id alone, so the order of writes leaves no trace.
#ifndef KUGGE_MATCHING_DOCUMENT_TABLE_H_
#define KUGGE_MATCHING_DOCUMENT_TABLE_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "matching/types.h"

namespace kugge::matching {

template <typename T>
class DocumentTable {
 public:
  // Shared between the versions that hold it.
  using Document = std::shared_ptr<const T>;

  struct Change {
    DocumentId id;
    // Null: the document is removed, if it is there.
    Document document;
  };

  size_t size() const { return size_; }

  // Null when there is no such document.
  const T* Find(const DocumentId& id) const {
    const Branch* branch = root_[BranchOf(id)].get();
    if (branch == nullptr) return nullptr;
    const Leaf* leaf = (*branch)[LeafOf(id)].get();
    if (leaf == nullptr) return nullptr;
    const auto it = LowerBound(*leaf, id);
    return it != leaf->end() && (*it)->id == id ? it->get() : nullptr;
  }

  // Calls visit(document) for every document, ordered by the bits the tree is
  // made of, until visit returns false. Returns false when it was stopped.
  template <typename Visit>
  bool ForEach(Visit visit) const {
    for (const auto& branch : root_) {
      if (branch == nullptr) continue;
      for (const auto& leaf : *branch) {
        if (leaf == nullptr) continue;
        for (const Document& document : *leaf) {
          if (!visit(*document)) return false;
        }
      }
    }
    return true;
  }

  // The next version. Of several changes to one id the last one holds.
  DocumentTable With(std::vector<Change> changes) const {
    std::ranges::stable_sort(changes, [](const Change& a, const Change& b) {
      return PlaceOf(a.id) < PlaceOf(b.id);
    });
    DocumentTable next = *this;
    for (size_t begin = 0; begin < changes.size();) {
      const size_t branch = BranchOf(changes[begin].id);
      size_t end = begin;
      while (end < changes.size() && BranchOf(changes[end].id) == branch) ++end;
      next.ChangeBranch(branch, std::span(changes).subspan(begin, end - begin));
      begin = end;
    }
    return next;
  }

 private:
  static constexpr size_t kFanOut = 64;
  // Sorted by id.
  using Leaf = std::vector<Document>;
  // Leaves and branches are shared between versions.
  using Branch = std::array<std::shared_ptr<const Leaf>, kFanOut>;
  using Place = std::pair<size_t, DocumentId>;

  static size_t BranchOf(const DocumentId& id) { return id.bytes[0] >> 2; }
  static size_t LeafOf(const DocumentId& id) { return id.bytes[1] >> 2; }
  static Place PlaceOf(const DocumentId& id) {
    return {BranchOf(id) * kFanOut + LeafOf(id), id};
  }
  static auto LowerBound(const Leaf& leaf, const DocumentId& id) {
    return std::ranges::lower_bound(leaf, id, {},
                                    [](const Document& d) { return d->id; });
  }

  void ChangeBranch(size_t index, std::span<Change> changes) {
    auto branch = root_[index] == nullptr
                      ? std::make_shared<Branch>()
                      : std::make_shared<Branch>(*root_[index]);
    for (size_t begin = 0; begin < changes.size();) {
      const size_t place = LeafOf(changes[begin].id);
      size_t end = begin;
      while (end < changes.size() && LeafOf(changes[end].id) == place) ++end;
      std::shared_ptr<const Leaf>& leaf = (*branch)[place];
      const size_t before = leaf == nullptr ? 0 : leaf->size();
      Leaf changed = Merge(leaf == nullptr ? Leaf{} : *leaf,
                           changes.subspan(begin, end - begin));
      size_ = size_ - before + changed.size();
      leaf = changed.empty() ? nullptr
                             : std::make_shared<const Leaf>(std::move(changed));
      begin = end;
    }
    root_[index] = std::move(branch);
  }

  // `changes` are sorted by id, the last one of an id counts.
  static Leaf Merge(const Leaf& leaf, std::span<Change> changes) {
    Leaf merged;
    merged.reserve(leaf.size() + changes.size());
    auto kept = leaf.begin();
    for (size_t i = 0; i < changes.size(); ++i) {
      const DocumentId& id = changes[i].id;
      if (i + 1 < changes.size() && changes[i + 1].id == id) continue;
      while (kept != leaf.end() && (*kept)->id < id) merged.push_back(*kept++);
      if (kept != leaf.end() && (*kept)->id == id) ++kept;
      if (changes[i].document != nullptr) {
        merged.push_back(std::move(changes[i].document));
      }
    }
    merged.insert(merged.end(), kept, leaf.end());
    return merged;
  }

  std::array<std::shared_ptr<const Branch>, kFanOut> root_;
  size_t size_ = 0;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_DOCUMENT_TABLE_H_
