// Resource names such as `tenants/mora/profiles/p1` against patterns such as
// `tenants/{tenant}/profiles/{profile}`.
//
// A part in braces stands for a resource id (IsResourceId), `{concept}` for a
// concept id. `{taxonomy}` may also be `-`, the version in force.
#ifndef KUGGE_SERVICES_RPC_RESOURCE_NAME_H_
#define KUGGE_SERVICES_RPC_RESOURCE_NAME_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace kugge::rpc {

// Whether `-` may stand for any id, as in a batch's parent.
enum class Dash { kRefused, kAccepted };

// Whether `name` has the pattern's form.
bool NameMatches(absl::string_view pattern, absl::string_view name,
                 Dash dash = Dash::kRefused);

// The ids that stand for the pattern's parts in braces, in order, as views into
// `name`; nothing where the form is another.
std::optional<std::vector<absl::string_view>> IdsOf(absl::string_view pattern,
                                                    absl::string_view name,
                                                    Dash dash = Dash::kRefused);

// `tenants/mora` of `tenants/mora/profiles/p1`; empty of `tenants/mora`.
absl::string_view ParentOf(absl::string_view name);

// `p1` of `tenants/mora/profiles/p1`.
absl::string_view LastIdOf(absl::string_view name);

// `tenants/mora/profiles/p1` of `tenants/mora`, `profiles` and `p1`; an empty
// parent gives `profiles/p1`.
std::string JoinName(absl::string_view parent, absl::string_view collection,
                     absl::string_view id);

// Whether `name` is `parent` or stands below it; a `-` in `parent` stands for
// any id.
bool IsWithin(absl::string_view name, absl::string_view parent);

// InvalidArgument on `path` that says which form is right, or OK.
absl::Status CheckName(absl::string_view path, absl::string_view pattern,
                       absl::string_view name, Dash dash = Dash::kRefused);

}  // namespace kugge::rpc

#endif  // KUGGE_SERVICES_RPC_RESOURCE_NAME_H_
