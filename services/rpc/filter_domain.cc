// A filter held against all values that one field can have.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "services/rpc/filter.h"
#include "services/rpc/filter_program.h"

namespace kugge::rpc {
namespace {

using internal::BoundTerm;
using internal::FilterNode;
using internal::FilterOp;
using internal::FilterProgram;
using internal::ValueHolds;

// One bit a place of a domain.
using Places = absl::InlinedVector<uint64_t, 8>;

void Set(size_t place, Places& places) {
  places[place / 64] |= uint64_t{1} << (place % 64);
}

void Unite(const Places& other, Places& places) {
  for (size_t i = 0; i < places.size(); ++i) places[i] |= other[i];
}

void Intersect(const Places& other, Places& places) {
  for (size_t i = 0; i < places.size(); ++i) places[i] &= other[i];
}

// Whether the term holds for one text at most, its own.
bool IsPlainEquality(const BoundTerm& term) {
  return term.op == FilterOp::kEqual && !term.prefix && !term.contains &&
         !term.presence;
}

class DomainWalk {
 public:
  DomainWalk(const FilterProgram& program, int column,
             const FilterDomain& domain)
      : program_(program),
        column_(column),
        domain_(domain),
        none_((domain.size() + 63) / 64, 0),
        all_((domain.size() + 63) / 64, ~uint64_t{0}) {}

  // The values with which a part of the filter can come out as true, and as
  // false, when terms of other columns can come out either way.
  struct Outcomes {
    Places yes;
    Places no;
  };

  Outcomes Walk(int place) const {
    const FilterNode& node = program_.nodes[place];
    switch (node.kind) {
      case FilterNode::Kind::kAnd:
        return Combine(node, {all_, none_}, Intersect, Unite);
      case FilterNode::Kind::kOr:
        return Combine(node, {none_, all_}, Unite, Intersect);
      case FilterNode::Kind::kNot: {
        Outcomes outcomes = Walk(node.children[0]);
        std::swap(outcomes.yes, outcomes.no);
        return outcomes;
      }
      case FilterNode::Kind::kTerm:
        return OfTerm(program_.terms[node.term]);
    }
    return {all_, all_};
  }

 private:
  using Join = void (*)(const Places& other, Places& places);

  Outcomes Combine(const FilterNode& node, Outcomes outcomes, Join join_yes,
                   Join join_no) const {
    for (const int child : node.children) {
      if (node.kind == FilterNode::Kind::kOr &&
          AddEquality(program_.nodes[child], outcomes)) {
        continue;
      }
      const Outcomes one = Walk(child);
      join_yes(one.yes, outcomes.yes);
      join_no(one.no, outcomes.no);
    }
    return outcomes;
  }

  // A plain equality of the column makes one place come out as true, whatever
  // else stands beside it under an OR. False: the node is none.
  bool AddEquality(const FilterNode& node, Outcomes& outcomes) const {
    if (node.kind != FilterNode::Kind::kTerm) return false;
    const BoundTerm& term = program_.terms[node.term];
    if (term.column != column_ || !IsPlainEquality(term)) return false;
    const std::optional<size_t> place = domain_.PlaceOf(term.text);
    if (!place.has_value()) return true;
    const uint64_t bit = uint64_t{1} << (*place % 64);
    outcomes.yes[*place / 64] |= bit;
    outcomes.no[*place / 64] &= ~bit;
    return true;
  }

  Outcomes OfTerm(const BoundTerm& term) const {
    if (term.column != column_) return {all_, all_};
    Outcomes outcomes{none_, all_};
    if (IsPlainEquality(term)) {
      const std::optional<size_t> place = domain_.PlaceOf(term.text);
      if (place.has_value()) Set(*place, outcomes.yes);
    } else {
      for (size_t place = 0; place < domain_.size(); ++place) {
        if (ValueHolds(term, domain_.ValueAt(place))) Set(place, outcomes.yes);
      }
    }
    for (size_t i = 0; i < outcomes.no.size(); ++i) {
      outcomes.no[i] = ~outcomes.yes[i];
    }
    return outcomes;
  }

  const FilterProgram& program_;
  const int column_;
  const FilterDomain& domain_;
  const Places none_;
  const Places all_;
};

}  // namespace

FilterDomain::FilterDomain(std::vector<absl::string_view> texts)
    : texts_(std::move(texts)) {
  for (size_t i = 0; i < texts_.size(); ++i) places_.emplace(texts_[i], i);
}

FilterValue FilterDomain::ValueAt(size_t place) const {
  if (place >= texts_.size()) return std::monostate();
  return texts_[place];
}

std::optional<size_t> FilterDomain::PlaceOf(absl::string_view text) const {
  const auto found = places_.find(text);
  if (found == places_.end()) return std::nullopt;
  return found->second;
}

std::vector<size_t> BoundRowFilter::MayMatch(int field_index,
                                             const FilterDomain& domain) const {
  Places may((domain.size() + 63) / 64, ~uint64_t{0});
  if (!empty()) {
    may = DomainWalk(*program_, field_index, domain).Walk(program_->root).yes;
  }
  std::vector<size_t> places;
  for (size_t place = 0; place < domain.size(); ++place) {
    if ((may[place / 64] >> (place % 64) & 1) != 0) places.push_back(place);
  }
  return places;
}

}  // namespace kugge::rpc
