#include "services/rpc/order_by.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/rpc/errors.h"

namespace kugge::rpc {

absl::StatusOr<OrderBy> ParseOrderBy(absl::string_view text) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(text, ' ', absl::SkipWhitespace());
  OrderBy order;
  if (words.empty()) return order;
  bool understood = words.size() <= 2;
  if (words[0] == "create_time") {
    order.field = OrderBy::Field::kCreateTime;
  } else if (words[0] == "update_time") {
    order.field = OrderBy::Field::kUpdateTime;
  } else {
    understood = understood && words[0] == "name";
  }
  if (words.size() == 2) {
    order.descending = true;
    understood = understood && words[1] == "desc";
  }
  if (!understood) {
    return InvalidField(
        "order_by",
        absl::StrCat("is ", Quoted(text),
                     "; must be name, create_time or update_time, with or "
                     "without desc after it"));
  }
  return order;
}

}  // namespace kugge::rpc
