// Documents -> what the engine scores: the one crossing point between messages
// and matching/. Defaults that the proto comments name are resolved here.
#ifndef KUGGE_SERVICES_FEATURES_EXTRACTOR_H_
#define KUGGE_SERVICES_FEATURES_EXTRACTOR_H_

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "kugge/v1/common.pb.h"
#include "kugge/v1/employer.pb.h"
#include "kugge/v1/offering.pb.h"
#include "kugge/v1/profile.pb.h"
#include "kugge/v1/requirement.pb.h"
#include "kugge/v1/tenant.pb.h"
#include "matching/features.h"
#include "matching/strategy.h"
#include "matching/taxonomy/taxonomy.h"
#include "services/features/interner.h"

namespace kugge::features {

// BLAKE2b-128 of a resource name.
matching::DocumentId DocumentIdOf(absl::string_view resource_name);

// The first segment's id: "ovansiljan" of "tenants/ovansiljan/profiles/x".
absl::string_view TenantOf(absl::string_view resource_name);

// Municipality codes of a region's resource name; none for an unknown one.
using RegionLookup =
    std::function<std::vector<std::string>(absl::string_view region)>;

// Cheap to make; keeps references to what it is given.
class Extractor {
 public:
  Extractor(const matching::Taxonomy& taxonomy, Interners& interners)
      : taxonomy_(taxonomy), interners_(interners) {}

  matching::PersonFeatures Person(const v1::Profile& profile,
                                  const RegionLookup& regions) const;

  // `employer` gives the place of a requirement that names only a site.
  matching::RequirementFeatures Requirement(const v1::Requirement& requirement,
                                            const v1::Employer& employer) const;

  matching::OfferingFeatures Offering(
      const v1::Offering& offering,
      std::span<const v1::Session> sessions) const;

  // The index of a concept id; one beyond the taxonomy for an unknown id.
  matching::ConceptIndex ConceptOf(absl::string_view id) const;

 private:
  std::vector<matching::Demand> DemandsOf(const v1::Demands& demands) const;

  const matching::Taxonomy& taxonomy_;
  Interners& interners_;
};

// A stored or ad-hoc strategy with its defaults resolved. `version` is the
// message's own; 1 for an ad-hoc one.
matching::Strategy StrategyOf(const v1::Strategy& strategy);

}  // namespace kugge::features

#endif  // KUGGE_SERVICES_FEATURES_EXTRACTOR_H_
