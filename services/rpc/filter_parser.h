// Reads a filter's text into a tree; knows nothing of fields. The grammar is in
// docs/formats/filter.md.
#ifndef KUGGE_SERVICES_RPC_FILTER_PARSER_H_
#define KUGGE_SERVICES_RPC_FILTER_PARSER_H_

#include <deque>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace kugge::rpc::internal {

enum class FilterOp {
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kHas,
};

// One comparison as written. Its texts are those of its filter.
struct FilterTerm {
  // Dotted path.
  absl::string_view field = {};
  FilterOp op = FilterOp::kEqual;
  // Unescaped, without the wildcard.
  absl::string_view value = {};
  // The value ends in an unescaped `*`.
  bool wildcard = false;
};

struct FilterNode {
  enum class Kind { kAnd, kOr, kNot, kTerm };
  Kind kind = Kind::kTerm;
  // Places of nodes; one of kNot, none of kTerm.
  std::vector<int> children = {};
  // Place of the term of kTerm.
  int term = -1;
};

struct FilterSyntax {
  std::vector<FilterNode> nodes;
  std::vector<FilterTerm> terms;
  // -1: nothing was asked.
  int root = -1;
  // What terms point into. Moving a deque leaves its elements where they are;
  // copying would not.
  std::deque<std::string> texts;

  FilterSyntax() = default;
  FilterSyntax(FilterSyntax&&) noexcept = default;
  FilterSyntax& operator=(FilterSyntax&&) noexcept = default;
};

// Keeps a copy of `text`.
absl::StatusOr<FilterSyntax> ParseFilter(absl::string_view text);

}  // namespace kugge::rpc::internal

#endif  // KUGGE_SERVICES_RPC_FILTER_PARSER_H_
