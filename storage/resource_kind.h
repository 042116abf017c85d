// The kinds of resources that the store keeps, and the shape of their names.
// Names carry random ids only, never personal data.
#ifndef KUGGE_STORAGE_RESOURCE_KIND_H_
#define KUGGE_STORAGE_RESOURCE_KIND_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace kugge::storage {

// On-disk values. Never renumber, never reuse: see docs/formats/keys.md.
enum class ResourceKind : uint8_t {
  kTenant = 1,
  kRegion = 2,
  kStrategy = 3,
  kProfile = 4,
  kEmployer = 5,
  kRequirement = 6,
  kProvider = 7,
  kOffering = 8,
  kSession = 9,
  kTaxonomy = 10,
  kConcept = 11,
};

// Every kind, in the order of the numbers.
absl::Span<const ResourceKind> AllResourceKinds();

// Lower-case word for messages, such as "profile".
absl::string_view ResourceKindName(ResourceKind kind);

// The kind with this number, or nothing for a number that is not one.
std::optional<ResourceKind> ResourceKindFromNumber(uint32_t number);

// Kinds whose resources stand directly below a resource of `kind`.
absl::Span<const ResourceKind> ChildKinds(ResourceKind kind);

// InvalidArgument, saying the expected shape, unless `name` is a full name of
// `kind`. An id is 1 to 63 of [A-Za-z0-9._~-] and not "-".
absl::Status CheckName(ResourceKind kind, absl::string_view name);

// The name of the resource that `name` (a valid name) stands below; empty for
// a top-level name.
absl::string_view ParentName(absl::string_view name);

// The kind of the parent of a valid name; nothing for a top-level name.
std::optional<ResourceKind> ParentKind(ResourceKind kind,
                                       absl::string_view name);

// The text that the names of all `kind` resources below `parent` start with:
// ("tenants/t", kProfile) gives "tenants/t/profiles/". `parent` is empty for
// top-level kinds. Trailing ids may be the wildcard "-":
// ("tenants/t/employers/-", kRequirement) gives "tenants/t/employers/".
// InvalidArgument when resources of `kind` don't stand below such a parent.
absl::StatusOr<std::string> NamePrefix(ResourceKind kind,
                                       absl::string_view parent);

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_RESOURCE_KIND_H_
