// A filter that is checked against a message type or a table: what binding
// makes and evaluation walks.
#ifndef KUGGE_SERVICES_RPC_FILTER_PROGRAM_H_
#define KUGGE_SERVICES_RPC_FILTER_PROGRAM_H_

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/rpc/filter.h"
#include "services/rpc/filter_parser.h"

namespace kugge::rpc::internal {

// One comparison, checked and ready.
struct BoundTerm {
  // The way through a message, or the place in a table.
  std::vector<const google::protobuf::FieldDescriptor*> path;
  int column = -1;

  FilterOp op = FilterOp::kEqual;
  // `field:*`: whether the field is set.
  bool presence = false;
  // A text that starts with `text`.
  bool prefix = false;
  // A text that holds `text`, which is folded, in upper or lower case.
  bool contains = false;
  // By the field's type one of these.
  std::string text;
  FilterValue value;
};

struct FilterProgram {
  std::vector<FilterNode> nodes;
  int root = -1;
  std::vector<BoundTerm> terms;
  std::vector<int> columns;
};

// What is absent compares with nothing.
bool ValueHolds(const BoundTerm& term, const FilterValue& value);

// Lower case of ASCII and of the Latin-1 letters (Å, Ä, Ö, É ...), in UTF-8.
std::string FoldCase(absl::string_view text);

}  // namespace kugge::rpc::internal

#endif  // KUGGE_SERVICES_RPC_FILTER_PROGRAM_H_
