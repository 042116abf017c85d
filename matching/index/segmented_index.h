// The index of one kind of document: immutable segments, each with the set of
// its documents that were replaced since, and a short list of the newest
// documents, which belong to no segment yet. A change derives the next version;
// merging changes no answer and may happen at any time, elsewhere.
//
// A merge takes in a segment once it is no longer kGrowth times as large as
// what is smaller together: segments are few, their sizes far apart, and a
// document is written anew about kGrowth / 2 times for each of them (geometric
// partitioning: Lester, Moffat, Zobel, "Fast on-line index construction by
// geometric partitioning", CIKM 2005). While writers rush it waits until
// kGrowth others are as large: a document is written anew once for each size,
// and questions look at more segments. While they pause all but the largest
// grow by kGrowthAtRest: there is time, and questions look at fewer.
#ifndef KUGGE_MATCHING_INDEX_SEGMENTED_INDEX_H_
#define KUGGE_MATCHING_INDEX_SEGMENTED_INDEX_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "matching/document_table.h"
#include "matching/index/documents.h"
#include "matching/types.h"

namespace kugge::matching {

// What PlanMerge may wait for.
enum class Writers {
  kRushing,  // merging takes time that they need: little is written anew
  kBusy,     // more is to come: the newest documents are let gather
  kPausing,  // nothing is to come soon: all is put in order
};

template <typename Segment>
class SegmentedIndex {
 public:
  using Document = typename Segment::Document;
  using Pointer = std::shared_ptr<const Document>;
  using Change = typename DocumentTable<Document>::Change;

  // Shared between versions and with merges under way.
  struct Part {
    std::shared_ptr<const Segment> segment;
    DocSet gone;

    size_t live() const { return segment->size() - gone.size(); }
  };

  // Segments and newest documents to be made one segment. Holds them alive.
  struct Merge {
    std::vector<Part> inputs;
    std::vector<Pointer> head;
    std::shared_ptr<const Segment> merged;

    // The long part: builds `merged`.
    void Run();
  };

  const std::vector<Part>& parts() const { return parts_; }
  // Documents of no segment, looked at one by one.
  const std::vector<Pointer>& head() const { return head_; }

  // The next version. Of several changes to one id the last one holds.
  SegmentedIndex With(absl::Span<const Change> changes) const;

  // What should be merged next; nothing when all is in order.
  std::optional<Merge> PlanMerge(Writers writers) const;
  // Whether there are newest documents enough for a merge, however busy.
  bool WantsMerge() const { return head_.size() >= kHeadDocuments; }
  // Everything as one segment.
  Merge PlanCompaction() const {
    return {.inputs = parts_, .head = head_, .merged = nullptr};
  }

  // This version with a merge put in place of what it was planned for, on this
  // version or an earlier one. Documents that were replaced meanwhile stay so.
  // Of two merges planned on one version only one may be put in place.
  SegmentedIndex With(const Merge& merge) const;

  // Bytes beside the documents themselves.
  size_t bytes() const {
    size_t bytes = 0;
    for (const Part& part : parts_) bytes += part.segment->bytes();
    return bytes;
  }

 private:
  // The newest documents that wait for a merge: looking at one costs a question
  // a microsecond, a segment some of them.
  static constexpr size_t kHeadDocuments = 32;
  // More of them than this the writer makes a segment itself: those who merge
  // are behind.
  static constexpr size_t kMostHeadDocuments = 4 * kHeadDocuments;
  static constexpr size_t kGrowth = 8;
  static constexpr size_t kGrowthAtRest = 32;

  // Where in `by_size`, largest first, the segments begin that should be merged
  // with each other and `head` newest documents; its size when none should.
  static size_t FirstToMerge(const std::vector<Part>& by_size, size_t head,
                             Writers writers);

  std::vector<Part> parts_;
  std::vector<Pointer> head_;
};

template <typename Segment>
void SegmentedIndex<Segment>::Merge::Run() {
  std::vector<Pointer> documents;
  size_t live = head.size();
  for (const Part& part : inputs) live += part.live();
  documents.reserve(live);
  for (const Part& part : inputs) {
    for (DocNumber n = 0; n < part.segment->size(); ++n) {
      if (!part.gone.Contains(n)) {
        documents.push_back(part.segment->documents().Shared(n));
      }
    }
  }
  documents.insert(documents.end(), head.begin(), head.end());
  merged = std::make_shared<const Segment>(std::move(documents));
}

template <typename Segment>
SegmentedIndex<Segment> SegmentedIndex<Segment>::With(
    absl::Span<const Change> changes) const {
  if (changes.empty()) return *this;
  absl::flat_hash_map<DocumentId, Pointer> latest;
  latest.reserve(changes.size());
  for (const Change& change : changes) latest[change.id] = change.document;

  SegmentedIndex next = *this;
  std::erase_if(next.head_, [&](const Pointer& document) {
    return latest.contains(document->id);
  });
  for (Part& part : next.parts_) {
    std::vector<DocNumber> gone;
    for (const auto& [id, document] : latest) {
      const std::optional<DocNumber> n = part.segment->documents().Find(id);
      if (n.has_value()) gone.push_back(*n);
    }
    if (!gone.empty()) part.gone = part.gone.With(gone);
  }
  std::erase_if(next.parts_, [](const Part& part) { return part.live() == 0; });
  for (auto& [id, document] : latest) {
    if (document != nullptr) next.head_.push_back(std::move(document));
  }
  if (next.head_.size() > kMostHeadDocuments) {
    auto segment = std::make_shared<const Segment>(std::move(next.head_));
    const size_t size = segment->size();
    next.parts_.push_back(
        {.segment = std::move(segment), .gone = DocSet(size)});
    next.head_.clear();
  }
  return next;
}

template <typename Segment>
size_t SegmentedIndex<Segment>::FirstToMerge(const std::vector<Part>& by_size,
                                             size_t head, Writers writers) {
  size_t first = by_size.size();
  size_t smaller = head;
  for (size_t i = by_size.size(); i-- > 0;) {
    const Part& part = by_size[i];
    const size_t growth =
        writers == Writers::kPausing && i > 0 ? kGrowthAtRest : kGrowth;
    const bool due = writers == Writers::kRushing
                         ? growth * part.live() <= smaller
                         : part.live() <= growth * smaller;
    // The second: more than half of it is gone, worth a copy without.
    if (due || part.gone.size() * 2 > part.segment->size()) {
      first = i;
    }
    smaller += part.live();
  }
  return first;
}

template <typename Segment>
std::optional<typename SegmentedIndex<Segment>::Merge>
SegmentedIndex<Segment>::PlanMerge(Writers writers) const {
  Merge merge;
  if (writers == Writers::kPausing || WantsMerge()) merge.head = head_;
  std::vector<Part> by_size = parts_;
  std::ranges::sort(by_size, std::ranges::greater(), &Part::live);
  const size_t first = FirstToMerge(by_size, merge.head.size(), writers);
  merge.inputs.assign(
      std::make_move_iterator(by_size.begin() + static_cast<ptrdiff_t>(first)),
      std::make_move_iterator(by_size.end()));
  if (merge.inputs.empty() && merge.head.empty()) return std::nullopt;
  return merge;
}

template <typename Segment>
SegmentedIndex<Segment> SegmentedIndex<Segment>::With(
    const Merge& merge) const {
  SegmentedIndex next = *this;
  const SegmentDocuments<Document>& moved = merge.merged->documents();
  std::vector<DocNumber> gone;
  for (const Part& input : merge.inputs) {
    const auto now =
        std::ranges::find(next.parts_, input.segment, &Part::segment);
    // Where it is no longer there, all of it is gone by now.
    const bool all_gone = now == next.parts_.end();
    const size_t size = input.segment->size();
    for (size_t word = 0; word * 64 < size; ++word) {
      const uint64_t gone_now = all_gone ? ~uint64_t{0} : now->gone.Word(word);
      for (uint64_t bits = gone_now & ~input.gone.Word(word); bits != 0;
           bits &= bits - 1) {
        const size_t n =
            word * 64 + static_cast<size_t>(std::countr_zero(bits));
        if (n >= size) break;
        gone.push_back(*moved.Find(
            input.segment->documents().IdOf(static_cast<DocNumber>(n))));
      }
    }
    if (!all_gone) next.parts_.erase(now);
  }
  for (const Pointer& document : merge.head) {
    const auto now = std::ranges::find(next.head_, document);
    if (now == next.head_.end()) {
      // Replaced, or made a segment of by a writer.
      gone.push_back(*moved.Find(document->id));
    } else {
      next.head_.erase(now);
    }
  }
  Part merged{.segment = merge.merged, .gone = DocSet(merge.merged->size())};
  if (!gone.empty()) merged.gone = merged.gone.With(gone);
  if (merged.live() > 0) next.parts_.push_back(std::move(merged));
  return next;
}

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_SEGMENTED_INDEX_H_
