// The index of one kind of document: immutable segments, each with the set of
// its documents that were replaced since, and a short list of the newest
// documents, which belong to no segment yet. A change derives the next version;
// merging segments changes no answer and may happen at any time, elsewhere.
#ifndef KUGGE_MATCHING_INDEX_SEGMENTED_INDEX_H_
#define KUGGE_MATCHING_INDEX_SEGMENTED_INDEX_H_

#include <algorithm>
#include <cstddef>
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

  // Segments to be made one. Holds them alive.
  struct Merge {
    std::vector<Part> inputs;
    std::shared_ptr<const Segment> merged;

    // The long part: builds `merged`.
    void Run();
  };

  const std::vector<Part>& parts() const { return parts_; }
  // Documents of no segment, looked at one by one.
  const std::vector<Pointer>& head() const { return head_; }

  // The next version. Of several changes to one id the last one holds.
  SegmentedIndex With(absl::Span<const Change> changes) const;

  // What should be merged next; nothing when the segments are few enough.
  std::optional<Merge> PlanMerge() const;
  // Everything as one segment.
  Merge PlanCompaction() const { return {.inputs = parts_, .merged = nullptr}; }

  // This version with a merge put in place of its inputs. Documents that were
  // replaced meanwhile stay so. Unchanged when an input is no longer there.
  SegmentedIndex With(const Merge& merge) const;

  // Bytes beside the documents themselves.
  size_t bytes() const {
    size_t bytes = 0;
    for (const Part& part : parts_) bytes += part.segment->bytes();
    return bytes;
  }

 private:
  // The newest documents that are kept out of segments: looking at one costs
  // about what a segment adds to a question.
  static constexpr size_t kHeadDocuments = 24;
  // Segments of similar size that are let stand beside each other.
  static constexpr size_t kMostAlike = 6;
  static constexpr size_t kSmallest = 256;
  static constexpr size_t kGrowth = 8;

  std::vector<Part> parts_;
  std::vector<Pointer> head_;
};

template <typename Segment>
void SegmentedIndex<Segment>::Merge::Run() {
  std::vector<Pointer> documents;
  size_t live = 0;
  for (const Part& part : inputs) live += part.live();
  documents.reserve(live);
  for (const Part& part : inputs) {
    for (DocNumber n = 0; n < part.segment->size(); ++n) {
      if (!part.gone.Contains(n)) {
        documents.push_back(part.segment->documents().Shared(n));
      }
    }
  }
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
  if (next.head_.size() > kHeadDocuments) {
    auto segment = std::make_shared<const Segment>(std::move(next.head_));
    const size_t size = segment->size();
    next.parts_.push_back(
        {.segment = std::move(segment), .gone = DocSet(size)});
    next.head_.clear();
  }
  return next;
}

template <typename Segment>
std::optional<typename SegmentedIndex<Segment>::Merge>
SegmentedIndex<Segment>::PlanMerge() const {
  size_t largest = 0;
  for (const Part& part : parts_) {
    // Half of it is gone: worth a copy without.
    if (part.gone.size() * 2 > part.segment->size()) {
      return Merge{.inputs = {part}, .merged = nullptr};
    }
    largest = std::max(largest, part.segment->size());
  }
  for (size_t limit = kSmallest;; limit *= kGrowth) {
    std::vector<Part> alike;
    std::ranges::copy_if(
        parts_, std::back_inserter(alike),
        [&](const Part& part) { return part.segment->size() <= limit; });
    if (alike.size() > kMostAlike) {
      return Merge{.inputs = std::move(alike), .merged = nullptr};
    }
    if (limit > largest) return std::nullopt;
  }
}

template <typename Segment>
SegmentedIndex<Segment> SegmentedIndex<Segment>::With(
    const Merge& merge) const {
  SegmentedIndex next = *this;
  std::vector<DocNumber> gone;
  for (const Part& input : merge.inputs) {
    const auto now =
        std::ranges::find(next.parts_, input.segment, &Part::segment);
    if (now == next.parts_.end()) {
      // All of it is gone by now.
      for (DocNumber n = 0; n < input.segment->size(); ++n) {
        const auto moved =
            merge.merged->documents().Find(input.segment->documents().IdOf(n));
        if (moved.has_value() && !input.gone.Contains(n)) {
          gone.push_back(*moved);
        }
      }
      continue;
    }
    if (now->gone.size() != input.gone.size()) {
      for (DocNumber n = 0; n < input.segment->size(); ++n) {
        if (!now->gone.Contains(n) || input.gone.Contains(n)) continue;
        gone.push_back(*merge.merged->documents().Find(
            input.segment->documents().IdOf(n)));
      }
    }
    next.parts_.erase(now);
  }
  Part merged{.segment = merge.merged, .gone = DocSet(merge.merged->size())};
  if (!gone.empty()) merged.gone = merged.gone.With(gone);
  if (merged.live() > 0) next.parts_.push_back(std::move(merged));
  return next;
}

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_SEGMENTED_INDEX_H_
