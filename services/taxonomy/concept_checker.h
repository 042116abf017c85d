// What the taxonomy in force says of the concept ids in a message.
#ifndef KUGGE_SERVICES_TAXONOMY_CONCEPT_CHECKER_H_
#define KUGGE_SERVICES_TAXONOMY_CONCEPT_CHECKER_H_

#include <string>

#include "services/index/index.h"
#include "services/rpc/validator.h"

namespace kugge::taxonomy {

// Thread-safe.
class ConceptChecker final : public rpc::ConceptChecker {
 public:
  // `index` outlives the checker.
  explicit ConceptChecker(const index::Index& index) : index_(index) {}

  Verdict Check(absl::string_view id,
                absl::Span<const std::string> types) const override;
  std::string TypeOf(absl::string_view id) const override;

 private:
  const index::Index& index_;
};

}  // namespace kugge::taxonomy

#endif  // KUGGE_SERVICES_TAXONOMY_CONCEPT_CHECKER_H_
