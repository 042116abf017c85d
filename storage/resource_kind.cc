#include "storage/resource_kind.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace kugge::storage {
namespace {

constexpr size_t kMaxIdSize = 63;

// One shape of a kind's names; "*" stands for an id.
struct NamePattern {
  ResourceKind kind;
  absl::string_view word;
  absl::string_view pattern;
  std::optional<ResourceKind> parent;
};

constexpr NamePattern kPatterns[] = {
    {ResourceKind::kTenant, "tenant", "tenants/*", std::nullopt},
    {ResourceKind::kRegion, "region", "regions/*", std::nullopt},
    {ResourceKind::kRegion, "region", "tenants/*/regions/*",
     ResourceKind::kTenant},
    {ResourceKind::kStrategy, "strategy", "tenants/*/strategies/*",
     ResourceKind::kTenant},
    {ResourceKind::kProfile, "profile", "tenants/*/profiles/*",
     ResourceKind::kTenant},
    {ResourceKind::kEmployer, "employer", "tenants/*/employers/*",
     ResourceKind::kTenant},
    {ResourceKind::kRequirement, "requirement",
     "tenants/*/employers/*/requirements/*", ResourceKind::kEmployer},
    {ResourceKind::kProvider, "provider", "tenants/*/providers/*",
     ResourceKind::kTenant},
    {ResourceKind::kOffering, "offering", "tenants/*/providers/*/offerings/*",
     ResourceKind::kProvider},
    {ResourceKind::kSession, "session",
     "tenants/*/providers/*/offerings/*/sessions/*", ResourceKind::kOffering},
    {ResourceKind::kTaxonomy, "taxonomy", "taxonomies/*", std::nullopt},
    {ResourceKind::kConcept, "concept", "taxonomies/*/concepts/*",
     ResourceKind::kTaxonomy},
};

constexpr ResourceKind kKinds[] = {
    ResourceKind::kTenant,   ResourceKind::kRegion,
    ResourceKind::kStrategy, ResourceKind::kProfile,
    ResourceKind::kEmployer, ResourceKind::kRequirement,
    ResourceKind::kProvider, ResourceKind::kOffering,
    ResourceKind::kSession,  ResourceKind::kTaxonomy,
    ResourceKind::kConcept,
};

constexpr ResourceKind kTenantChildren[] = {
    ResourceKind::kRegion, ResourceKind::kStrategy, ResourceKind::kProfile,
    ResourceKind::kEmployer, ResourceKind::kProvider};
constexpr ResourceKind kEmployerChildren[] = {ResourceKind::kRequirement};
constexpr ResourceKind kProviderChildren[] = {ResourceKind::kOffering};
constexpr ResourceKind kOfferingChildren[] = {ResourceKind::kSession};
constexpr ResourceKind kTaxonomyChildren[] = {ResourceKind::kConcept};

bool IsId(absl::string_view id) {
  if (id.empty() || id.size() > kMaxIdSize || id == "-") return false;
  return std::all_of(id.begin(), id.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' ||
           c == '-' || c == '.' || c == '~';
  });
}

bool Matches(absl::string_view pattern, absl::string_view name) {
  constexpr size_t kNone = absl::string_view::npos;
  for (;;) {
    const size_t wanted_end = pattern.find('/');
    const size_t given_end = name.find('/');
    const absl::string_view wanted = pattern.substr(0, wanted_end);
    const absl::string_view given = name.substr(0, given_end);
    if (wanted == "*" ? !IsId(given) : wanted != given) return false;
    if (wanted_end == kNone || given_end == kNone) {
      return wanted_end == given_end;
    }
    pattern.remove_prefix(wanted_end + 1);
    name.remove_prefix(given_end + 1);
  }
}

const NamePattern* FindPattern(ResourceKind kind, absl::string_view name) {
  for (const NamePattern& pattern : kPatterns) {
    if (pattern.kind == kind && Matches(pattern.pattern, name)) return &pattern;
  }
  return nullptr;
}

// The prefix that `parent` gives under `pattern`, or nothing when it doesn't
// fit. Only trailing ids may be "-": a range has one contiguous prefix.
std::optional<std::string> PrefixUnder(absl::string_view pattern,
                                       absl::string_view parent) {
  std::vector<absl::string_view> wanted = absl::StrSplit(pattern, '/');
  const absl::string_view collection = wanted[wanted.size() - 2];
  wanted.resize(wanted.size() - 2);
  std::vector<absl::string_view> given;
  if (!parent.empty()) given = absl::StrSplit(parent, '/');
  if (given.size() != wanted.size()) return std::nullopt;
  std::string prefix;
  bool open = false;
  for (size_t i = 0; i < given.size(); ++i) {
    const bool is_id = wanted[i] == "*";
    if (!is_id && given[i] != wanted[i]) return std::nullopt;
    if (is_id && given[i] == "-") {
      open = true;
    } else if (is_id && (open || !IsId(given[i]))) {
      return std::nullopt;
    }
    if (!open) absl::StrAppend(&prefix, given[i], "/");
  }
  if (!open) absl::StrAppend(&prefix, collection, "/");
  return prefix;
}

// "tenants/{id}/profiles/{id}", with " or " between the shapes of a kind.
std::string Shapes(ResourceKind kind) {
  std::vector<std::string> shapes;
  for (const NamePattern& pattern : kPatterns) {
    if (pattern.kind != kind) continue;
    const std::vector<absl::string_view> parts =
        absl::StrSplit(pattern.pattern, '*');
    shapes.push_back(absl::StrJoin(parts, "{id}"));
  }
  return absl::StrJoin(shapes, " or ");
}

}  // namespace

absl::Span<const ResourceKind> AllResourceKinds() { return kKinds; }

absl::string_view ResourceKindName(ResourceKind kind) {
  for (const NamePattern& pattern : kPatterns) {
    if (pattern.kind == kind) return pattern.word;
  }
  return "unknown";
}

std::optional<ResourceKind> ResourceKindFromNumber(uint32_t number) {
  for (const ResourceKind kind : kKinds) {
    if (static_cast<uint32_t>(kind) == number) return kind;
  }
  return std::nullopt;
}

absl::Span<const ResourceKind> ChildKinds(ResourceKind kind) {
  switch (kind) {
    case ResourceKind::kTenant:
      return kTenantChildren;
    case ResourceKind::kEmployer:
      return kEmployerChildren;
    case ResourceKind::kProvider:
      return kProviderChildren;
    case ResourceKind::kOffering:
      return kOfferingChildren;
    case ResourceKind::kTaxonomy:
      return kTaxonomyChildren;
    default:
      return {};
  }
}

absl::Status CheckName(ResourceKind kind, absl::string_view name) {
  if (FindPattern(kind, name) != nullptr) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("name of a ", ResourceKindName(kind), " must look like ",
                   Shapes(kind), ", an id being 1 to ", kMaxIdSize,
                   " letters, digits, '.', '_', '~' or '-'"));
}

absl::string_view ParentName(absl::string_view name) {
  size_t slash = name.rfind('/');
  if (slash == absl::string_view::npos || slash == 0) return {};
  slash = name.rfind('/', slash - 1);
  if (slash == absl::string_view::npos) return {};
  return name.substr(0, slash);
}

std::optional<ResourceKind> ParentKind(ResourceKind kind,
                                       absl::string_view name) {
  const NamePattern* pattern = FindPattern(kind, name);
  return pattern == nullptr ? std::nullopt : pattern->parent;
}

absl::StatusOr<std::string> NamePrefix(ResourceKind kind,
                                       absl::string_view parent) {
  for (const NamePattern& pattern : kPatterns) {
    if (pattern.kind != kind) continue;
    std::optional<std::string> prefix = PrefixUnder(pattern.pattern, parent);
    if (prefix.has_value()) return *std::move(prefix);
  }
  return absl::InvalidArgumentError(
      absl::StrCat("parent of a ", ResourceKindName(kind),
                   " must be the part before the collection of ", Shapes(kind),
                   "; trailing ids may be '-'"));
}

}  // namespace kugge::storage
