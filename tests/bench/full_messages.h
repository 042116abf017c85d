// People, requirements and offerings of the full workload as a server keeps
// them: the same documents as the engine's, named and dated.
#ifndef KUGGE_TESTS_BENCH_FULL_MESSAGES_H_
#define KUGGE_TESTS_BENCH_FULL_MESSAGES_H_

#include <cstdint>
#include <string>

#include "kugge/v1/offering.pb.h"
#include "kugge/v1/profile.pb.h"
#include "kugge/v1/requirement.pb.h"
#include "kugge/v1/tenant.pb.h"
#include "matching/features.h"
#include "tests/bench/full_workload.h"

namespace kugge::bench {

// The municipality alone as one of the tenant's regions.
v1::Region RegionOf(matching::MunicipalityIndex municipality);
std::string RegionName(matching::MunicipalityIndex municipality);

// Moves the workload's day of all questions to the day on which a server is
// asked.
class FullMessages {
 public:
  explicit FullMessages(matching::Days today) : later_(today - kToday) {}

  v1::Profile ProfileOf(const matching::PersonFeatures& person,
                        std::string name) const;
  v1::Requirement RequirementOf(
      const matching::RequirementFeatures& requirement, std::string name) const;
  v1::Offering OfferingOf(const matching::OfferingFeatures& offering,
                          std::string name) const;
  v1::Session SessionOf(const matching::SessionFeatures& session,
                        std::string name) const;

 private:
  v1::Date DateOf(matching::Days day) const;
  v1::WorkWishes WishesOf(const matching::Wishes& wishes) const;

  const matching::Days later_;
};

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_FULL_MESSAGES_H_
