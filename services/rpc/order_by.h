// The order of a list.
#ifndef KUGGE_SERVICES_RPC_ORDER_BY_H_
#define KUGGE_SERVICES_RPC_ORDER_BY_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace kugge::rpc {

struct OrderBy {
  enum class Field { kName, kCreateTime, kUpdateTime };
  Field field = Field::kName;
  bool descending = false;

  friend bool operator==(const OrderBy&, const OrderBy&) = default;
};

// `name`, `create_time` or `update_time`, each with ` desc` if wanted; empty is
// `name`. InvalidArgument on `order_by` for anything else.
absl::StatusOr<OrderBy> ParseOrderBy(absl::string_view text);

}  // namespace kugge::rpc

#endif  // KUGGE_SERVICES_RPC_ORDER_BY_H_
