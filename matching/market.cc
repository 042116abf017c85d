#include "matching/market.h"

#include <memory>
#include <optional>
#include <utility>

namespace kugge::matching {

std::shared_ptr<const Market> Market::Apply(MarketChanges changes) const {
  auto next = std::make_shared<Market>();
  next->person_index_ = person_index_.With(changes.people);
  next->requirement_index_ = requirement_index_.With(changes.requirements);
  next->offering_index_ = offering_index_.With(changes.offerings);
  next->people_ = people_.With(std::move(changes.people));
  next->requirements_ = requirements_.With(std::move(changes.requirements));
  next->offerings_ = offerings_.With(std::move(changes.offerings));
  return next;
}

std::optional<MarketMerge> Market::PlanMerge(Writers writers) const {
  MarketMerge merge{.people = person_index_.PlanMerge(writers),
                    .requirements = requirement_index_.PlanMerge(writers),
                    .offerings = offering_index_.PlanMerge(writers)};
  if (!merge.people.has_value() && !merge.requirements.has_value() &&
      !merge.offerings.has_value()) {
    return std::nullopt;
  }
  return merge;
}

MarketMerge Market::PlanCompaction() const {
  return {.people = person_index_.PlanCompaction(),
          .requirements = requirement_index_.PlanCompaction(),
          .offerings = offering_index_.PlanCompaction()};
}

std::shared_ptr<const Market> Market::With(const MarketMerge& merge) const {
  auto next = std::make_shared<Market>(*this);
  if (merge.people.has_value()) {
    next->person_index_ = person_index_.With(*merge.people);
  }
  if (merge.requirements.has_value()) {
    next->requirement_index_ = requirement_index_.With(*merge.requirements);
  }
  if (merge.offerings.has_value()) {
    next->offering_index_ = offering_index_.With(*merge.offerings);
  }
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
