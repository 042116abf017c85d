// Reads a filter's text into a tree; knows nothing of fields. The grammar is in
// docs/formats/filter.md.
#ifndef KUGGE_SERVICES_RPC_FILTER_PARSER_H_
#define KUGGE_SERVICES_RPC_FILTER_PARSER_H_

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

// One comparison as written.
struct FilterTerm {
  // Dotted path.
  std::string field;
  FilterOp op = FilterOp::kEqual;
  // Unescaped, without the wildcard.
  std::string value;
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
};

absl::StatusOr<FilterSyntax> ParseFilter(absl::string_view text);

}  // namespace kugge::rpc::internal

#endif  // KUGGE_SERVICES_RPC_FILTER_PARSER_H_
