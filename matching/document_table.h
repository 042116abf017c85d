// An immutable set of documents keyed by id, cheap to derive the next version
// from: a tree by the first hexadecimal digits of the id, of which a change
// copies only the touched leaves and the branches above them. Where a document
// stands follows from its id alone, so the order of writes leaves no trace.
//
// What a copy costs is the counts of those it shares, one by one: nodes are
// narrow, and at a million documents a leaf holds 15.
#ifndef KUGGE_MATCHING_DOCUMENT_TABLE_H_
#define KUGGE_MATCHING_DOCUMENT_TABLE_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>
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
    return FindIn<kHeight>(root_.get(), id);
  }

  // Calls visit(document) for every document, ordered by id, until visit
  // returns false. Returns false when it was stopped.
  template <typename Visit>
  bool ForEach(Visit visit) const {
    return ForEachIn<kHeight>(root_.get(), visit);
  }

  // The next version. Of several changes to one id the last one holds.
  DocumentTable With(std::vector<Change> changes) const {
    if (changes.empty()) return *this;
    if (changes.size() > 1) {
      std::ranges::stable_sort(changes, {}, &Change::id);
    }
    DocumentTable next = *this;
    next.root_ = Changed<kHeight>(root_, changes, next.size_);
    return next;
  }

 private:
  static constexpr size_t kFanOut = 16;
  // Branches above a leaf.
  static constexpr size_t kHeight = 4;
  // Sorted by id.
  using Leaf = std::vector<Document>;
  template <size_t height>
  struct Branch;
  template <size_t height>
  using Node = std::conditional_t<height == 0, Leaf, Branch<height>>;
  // Shared between versions; null where there is no document.
  template <size_t height>
  using Link = std::shared_ptr<const Node<height>>;
  template <size_t height>
  struct Branch {
    std::array<Link<height - 1>, kFanOut> children;
  };

  // Which child of a branch of that height the id is below.
  template <size_t height>
  static size_t DigitOf(const DocumentId& id) {
    constexpr size_t kPlace = kHeight - height;
    const uint8_t byte = id.bytes[kPlace / 2];
    return kPlace % 2 == 0 ? byte >> 4 : byte & 15;
  }

  template <size_t height>
  static const T* FindIn(const Node<height>* node, const DocumentId& id) {
    if (node == nullptr) return nullptr;
    if constexpr (height == 0) {
      const auto it = std::ranges::lower_bound(
          *node, id, {}, [](const Document& d) { return d->id; });
      return it != node->end() && (*it)->id == id ? it->get() : nullptr;
    } else {
      return FindIn<height - 1>(node->children[DigitOf<height>(id)].get(), id);
    }
  }

  template <size_t height, typename Visit>
  static bool ForEachIn(const Node<height>* node, Visit& visit) {
    if (node == nullptr) return true;
    if constexpr (height == 0) {
      return std::ranges::all_of(*node,
                                 [&](const Document& d) { return visit(*d); });
    } else {
      return std::ranges::all_of(node->children, [&](const auto& child) {
        return ForEachIn<height - 1>(child.get(), visit);
      });
    }
  }

  // `changes` are sorted by id, of one id in their order; `size` is kept.
  template <size_t height>
  static Link<height> Changed(const Link<height>& node,
                              std::span<Change> changes, size_t& size) {
    if constexpr (height == 0) {
      Leaf leaf = Merge(node == nullptr ? Leaf{} : *node, changes);
      size = size + leaf.size() - (node == nullptr ? 0 : node->size());
      if (leaf.empty()) return nullptr;
      return std::make_shared<const Leaf>(std::move(leaf));
    } else {
      auto next = node == nullptr ? std::make_shared<Branch<height>>()
                                  : std::make_shared<Branch<height>>(*node);
      for (size_t begin = 0; begin < changes.size();) {
        const size_t digit = DigitOf<height>(changes[begin].id);
        size_t end = begin + 1;
        while (end < changes.size() &&
               DigitOf<height>(changes[end].id) == digit) {
          ++end;
        }
        Link<height - 1>& child = next->children[digit];
        child = Changed<height - 1>(child, changes.subspan(begin, end - begin),
                                    size);
        begin = end;
      }
      const bool empty = std::ranges::all_of(
          next->children, [](const auto& child) { return child == nullptr; });
      if (empty) return nullptr;
      return next;
    }
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

  Link<kHeight> root_;
  size_t size_ = 0;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_DOCUMENT_TABLE_H_
