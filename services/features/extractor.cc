#include "services/features/extractor.h"

#include <sodium.h>

namespace kugge::features {

matching::DocumentId DocumentIdOf(absl::string_view resource_name) {
  matching::DocumentId id;
  crypto_generichash(
      id.bytes.data(), id.bytes.size(),
      reinterpret_cast<const unsigned char*>(resource_name.data()),
      resource_name.size(), nullptr, 0);
  return id;
}

absl::string_view TenantOf(absl::string_view resource_name) {
  const size_t start = resource_name.find('/');
  if (start == absl::string_view::npos) return {};
  const absl::string_view rest = resource_name.substr(start + 1);
  return rest.substr(0, rest.find('/'));
}

matching::ConceptIndex Extractor::ConceptOf(absl::string_view id) const {
  const matching::ConceptIndex index = taxonomy_.Find(id);
  if (index != matching::kNoConcept) return index;
  return static_cast<matching::ConceptIndex>(taxonomy_.size()) +
         interners_.unknown_concepts.Intern(id);
}

}  // namespace kugge::features
