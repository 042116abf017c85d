// Resource names as people type them: `anna` for `tenants/demo/profiles/anna`.
#ifndef KUGGE_CLIENTS_CTL_NAMES_H_
#define KUGGE_CLIENTS_CTL_NAMES_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace kugge::ctl {

// The collections of a resource's name from the outside in, such as
// {"tenants", "employers", "requirements"}.
using Collections = std::vector<std::string>;

// The full name of `text`, which is a full name, the ids below the tenant
// (`acme/driver`), or collections and ids below it
// (`employers/acme/requirements/driver`). Official regions (`regions/20`) are
// names too. A usage error says what would be right.
absl::StatusOr<std::string> CompleteName(const Collections& collections,
                                         absl::string_view tenant,
                                         absl::string_view text);

// The full name of the parent of such resources; empty for tenants. Without
// `text` it is the tenant; what stands deeper needs one.
absl::StatusOr<std::string> CompleteParent(const Collections& collections,
                                           absl::string_view tenant,
                                           absl::string_view text);

// The parent's name, empty for a tenant, and the id.
std::pair<std::string, std::string> SplitName(absl::string_view name);

// `tenants/{tenant}/profiles/{profile}`, for messages.
std::string NamePattern(const Collections& collections);

// `EMPLOYER/REQUIREMENT`: the ids below the tenant, for messages.
std::string ShortPattern(const Collections& collections);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_NAMES_H_
