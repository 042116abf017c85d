#include "matching/market.h"

#include <memory>
#include <utility>

namespace kugge::matching {

std::shared_ptr<const Market> Market::Apply(MarketChanges changes) const {
  auto next = std::make_shared<Market>(*this);
  next->people_ = people_.With(std::move(changes.people));
  next->requirements_ = requirements_.With(std::move(changes.requirements));
  next->offerings_ = offerings_.With(std::move(changes.offerings));
  return next;
}

// kNoDay is after every day.

bool IsCandidate(const PersonFeatures& person, TenantIndex tenant, Days today) {
  return person.tenant == tenant && today < person.expire_day;
}

bool IsCandidate(const RequirementFeatures& requirement, TenantIndex tenant,
                 Days today) {
  return requirement.open && today < requirement.close_day &&
         (!requirement.private_to_tenant || requirement.tenant == tenant);
}

bool IsCandidate(const OfferingFeatures& offering, TenantIndex tenant) {
  return offering.open &&
         (!offering.private_to_tenant || offering.tenant == tenant);
}

}  // namespace kugge::matching
