#include "services/index/documents_for_test.h"

#include <vector>

#include "services/features/calendar.h"

namespace kugge::index {
namespace {

using matching::Days;

std::string SomeMunicipality(Random& random) {
  const std::vector<std::string> codes = {"2062", "2034", "0180", "1480"};
  return codes[random.Below(codes.size())];
}

v1::Strength SomeStrength(Random& random) {
  return random.Chance(40) ? v1::STRENGTH_HARD : v1::STRENGTH_SOFT;
}

v1::Completeness SomeCompleteness(Random& random) {
  return random.Chance(50) ? v1::COMPLETENESS_OPEN : v1::COMPLETENESS_COMPLETE;
}

}  // namespace

v1::Profile Profiles::Make(Days stamp, Random& random) {
  constexpr int64_t kSecondsPerDay = 86'400;
  v1::Profile profile;
  profile.mutable_expire_time()->set_seconds(stamp * kSecondsPerDay +
                                             kSecondsPerDay / 2);
  if (random.Chance(80)) {
    profile.mutable_home()->set_municipality_code(SomeMunicipality(random));
  }
  v1::SkillSection& skills = *profile.mutable_skills();
  skills.set_completeness(SomeCompleteness(random));
  for (uint64_t i = random.Below(6); i > 0; --i) {
    v1::HeldSkill& held = *skills.add_held();
    held.set_skill(random.Concept("skill"));
    held.set_level(static_cast<int32_t>(random.Below(5)));
    if (random.Chance(30)) held.set_evidence(v1::EVIDENCE_LEVEL_VALIDATED);
  }
  if (random.Chance(30)) skills.add_lacking(random.Concept("skill"));
  v1::OccupationSection& occupations = *profile.mutable_occupations();
  occupations.set_completeness(SomeCompleteness(random));
  for (uint64_t i = random.Below(3); i > 0; --i) {
    v1::HeldOccupation& held = *occupations.add_held();
    held.set_occupation(random.Concept("occupation"));
    held.set_experience_months(static_cast<int32_t>(random.Below(60)));
  }
  if (random.Chance(40)) {
    profile.mutable_education()->add_held()->set_field(random.Concept("field"));
  }
  v1::WorkWishes& wishes = *profile.mutable_wishes();
  if (random.Chance(50)) {
    wishes.add_occupations()->set_occupation(random.Concept("occupation"));
    wishes.set_occupations_strength(SomeStrength(random));
  }
  if (random.Chance(40)) {
    wishes.mutable_mobility()->set_maximum_distance_km(100);
    wishes.mutable_mobility()->set_strength(SomeStrength(random));
  }
  return profile;
}

v1::Requirement Requirements::Make(Days stamp, Random& random) {
  v1::Requirement requirement;
  *requirement.mutable_close_date() = features::ToDate(stamp);
  if (random.Chance(15)) requirement.set_visibility(v1::VISIBILITY_PRIVATE);
  if (random.Chance(80)) {
    requirement.mutable_place()->set_municipality_code(
        SomeMunicipality(random));
  }
  v1::Demands& demands = *requirement.mutable_demands();
  for (uint64_t i = random.Below(4); i > 0; --i) {
    v1::SkillDemand& demand = *demands.add_skills();
    demand.set_skill(random.Concept("skill"));
    demand.set_strength(SomeStrength(random));
    if (random.Chance(40)) demand.set_minimum_level(3);
    if (random.Chance(20)) {
      demand.set_minimum_evidence(v1::EVIDENCE_LEVEL_CERTIFIED);
    }
  }
  for (uint64_t i = random.Below(2); i > 0; --i) {
    v1::OccupationDemand& demand = *demands.add_occupations();
    demand.set_occupation(random.Concept("occupation"));
    demand.set_strength(SomeStrength(random));
  }
  if (random.Chance(30)) {
    v1::EducationDemand& demand = *demands.add_education();
    if (random.Chance(60)) demand.set_field(random.Concept("field"));
    demand.set_strength(SomeStrength(random));
  }
  return requirement;
}

}  // namespace kugge::index
