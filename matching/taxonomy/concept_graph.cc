#include "matching/taxonomy/concept_graph.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace kugge::matching {
namespace {

bool IsSubstitute(RelationKind kind) {
  return kind == RelationKind::kSubstitute75 ||
         kind == RelationKind::kSubstitute25;
}

// True when `a` is kept rather than `b`, both from one held concept.
bool Preferred(const HeldRelation& a, const HeldRelation& b) {
  if (IsSubstitute(a.relation) && b.relation == RelationKind::kSameGroup) {
    return true;
  }
  if (a.relation == RelationKind::kSameGroup && IsSubstitute(b.relation)) {
    return false;
  }
  const bool a_exact = a.relation == RelationKind::kExact;
  const bool b_exact = b.relation == RelationKind::kExact;
  if (a_exact != b_exact) return a_exact;
  return std::tuple(b.credit, a.relation) < std::tuple(a.credit, b.relation);
}

// The relation kept among those of one held concept. Substitute edges go
// first against the same group, so that a third relation cannot hide either.
HeldRelation Best(std::span<const HeldRelation> relations) {
  const bool substitute = std::ranges::any_of(
      relations,
      [](const HeldRelation& r) { return IsSubstitute(r.relation); });
  const HeldRelation* best = nullptr;
  for (const HeldRelation& r : relations) {
    if (substitute && r.relation == RelationKind::kSameGroup) continue;
    if (best == nullptr || Preferred(r, *best)) best = &r;
  }
  return *best;
}

void KeepBestPerHeld(std::vector<HeldRelation>& row) {
  std::ranges::sort(row, [](const HeldRelation& a, const HeldRelation& b) {
    return std::tuple(a.held, a.relation, a.credit) <
           std::tuple(b.held, b.relation, b.credit);
  });
  size_t kept = 0;
  for (size_t begin = 0; begin < row.size();) {
    size_t end = begin;
    while (end < row.size() && row[end].held == row[begin].held) ++end;
    row[kept++] = Best(std::span(row).subspan(begin, end - begin));
    begin = end;
  }
  row.resize(kept);
}

}  // namespace

absl::string_view RelationKindName(RelationKind kind) {
  switch (kind) {
    case RelationKind::kExact:
      return "exact";
    case RelationKind::kNarrower:
      return "narrower";
    case RelationKind::kIncludes:
      return "includes";
    case RelationKind::kSubstitute75:
      return "substitute75";
    case RelationKind::kSubstitute25:
      return "substitute25";
    case RelationKind::kSameGroup:
      return "same group";
    case RelationKind::kBroader:
      return "broader";
    case RelationKind::kRelated:
      return "related";
  }
  return "unknown";
}

ConceptGraph ConceptGraph::FromRelations(
    std::vector<std::vector<HeldRelation>> toward) {
  ConceptGraph graph;
  const auto count = static_cast<ConceptIndex>(toward.size());
  graph.toward_begin_.reserve(count + size_t{1});
  std::vector<uint32_t> from_sizes(count, 0);
  for (ConceptIndex wanted = 0; wanted < count; ++wanted) {
    std::vector<HeldRelation> row = std::move(toward[wanted]);
    std::erase_if(row, [&](const HeldRelation& r) { return r.held >= count; });
    row.push_back({wanted, RelationKind::kExact,
                   kRelationCredit[size_t(RelationKind::kExact)]});
    KeepBestPerHeld(row);
    for (const HeldRelation& r : row) ++from_sizes[r.held];
    graph.toward_.insert(graph.toward_.end(), row.begin(), row.end());
    graph.toward_begin_.push_back(static_cast<uint32_t>(graph.toward_.size()));
  }
  for (uint32_t size : from_sizes) {
    graph.from_begin_.push_back(graph.from_begin_.back() + size);
  }
  graph.from_.resize(graph.toward_.size());
  std::vector<uint32_t> next(graph.from_begin_.begin(),
                             graph.from_begin_.end() - 1);
  for (ConceptIndex wanted = 0; wanted < count; ++wanted) {
    for (const HeldRelation& r : graph.RelationsToward(wanted)) {
      graph.from_[next[r.held]++] = {wanted, r.relation, r.credit};
    }
  }
  return graph;
}

std::span<const HeldRelation> ConceptGraph::RelationsToward(
    ConceptIndex wanted) const {
  if (wanted >= size()) return {};
  return std::span(toward_).subspan(
      toward_begin_[wanted], toward_begin_[wanted + 1] - toward_begin_[wanted]);
}

std::span<const WantedRelation> ConceptGraph::RelationsFrom(
    ConceptIndex held) const {
  if (held >= size()) return {};
  return std::span(from_).subspan(from_begin_[held],
                                  from_begin_[held + 1] - from_begin_[held]);
}

}  // namespace kugge::matching
