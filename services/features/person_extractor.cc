// What a profile tells of a person: what is held, and what is wished of a job.
#include <algorithm>
#include <tuple>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/util/time_util.h"
#include "matching/geo/municipalities.h"
#include "services/features/calendar.h"
#include "services/features/extractor.h"
#include "services/features/field_values.h"

namespace kugge::features {
namespace {

using matching::DemandKind;
using matching::Held;
using matching::Section;
using matching::Strength;

constexpr int32_t kHundredMetresPerKilometre = 10;

matching::Wishes WishesOf(const v1::WorkWishes& wishes,
                          const Extractor& extractor,
                          const RegionLookup& regions) {
  matching::Wishes out;
  for (const v1::WantedOccupation& wanted : wishes.occupations()) {
    out.occupations.push_back({extractor.ConceptOf(wanted.occupation()),
                               ImportanceOf(wanted.importance())});
  }
  std::ranges::sort(out.occupations, {},
                    &matching::WantedOccupation::concept_index);
  out.occupations_strength = StrengthOf(wishes.occupations_strength());

  const v1::Mobility& mobility = wishes.mobility();
  if (mobility.maximum_distance_km() > 0) {
    out.maximum_distance =
        mobility.maximum_distance_km() * kHundredMetresPerKilometre;
    out.easy_distance =
        mobility.easy_distance_km() * kHundredMetresPerKilometre;
  }
  // The one demand whose default is hard: nobody is sent farther than they go.
  out.distance_strength = mobility.strength() == v1::STRENGTH_SOFT
                              ? Strength::kSoft
                              : Strength::kHard;
  for (const std::string& region : mobility.relocation_regions()) {
    for (const std::string& code : regions(region)) {
      if (const auto index = matching::FindMunicipality(code)) {
        out.relocation.push_back(*index);
      }
    }
  }
  std::ranges::sort(out.relocation);
  out.relocation.erase(std::ranges::unique(out.relocation).begin(),
                       out.relocation.end());

  const v1::WorkingTime& time = wishes.working_time();
  out.minimum_hours_percent =
      static_cast<uint8_t>(time.minimum_hours_percent());
  out.maximum_hours_percent =
      static_cast<uint8_t>(time.maximum_hours_percent());
  out.hours_strength = StrengthOf(time.hours_strength());
  out.shifts = ShiftsOf(time.shifts());
  out.shifts_strength = StrengthOf(time.shifts_strength());

  out.earliest_start = ToDays(wishes.earliest_start_date());
  out.start_strength = StrengthOf(wishes.start_strength());
  out.minimum_remote_percent =
      static_cast<uint8_t>(wishes.minimum_remote_percent());
  out.remote_strength = StrengthOf(wishes.remote_strength());
  return out;
}

// `read` gives the Held of one held message.
template <typename SectionMessage, typename Read>
Section SectionOf(const SectionMessage& message, const Extractor& extractor,
                  Read read) {
  Section section;
  section.state = message.completeness() == v1::COMPLETENESS_COMPLETE
                      ? matching::SectionState::kComplete
                      : matching::SectionState::kOpen;
  for (const auto& held : message.held()) section.held.push_back(read(held));
  std::ranges::sort(section.held, {}, [](const Held& held) {
    return std::tuple(held.concept_index, held.level, held.evidence);
  });
  for (const std::string& id : message.lacking()) {
    section.lacking.push_back(extractor.ConceptOf(id));
  }
  std::ranges::sort(section.lacking);
  section.lacking.erase(std::ranges::unique(section.lacking).begin(),
                        section.lacking.end());
  return section;
}

void FillSections(const v1::Profile& profile, const Extractor& extractor,
                  matching::PersonFeatures* person) {
  const auto section = [&](DemandKind kind) -> Section& {
    return person->sections[static_cast<size_t>(kind)];
  };
  section(DemandKind::kOccupation) = SectionOf(
      profile.occupations(), extractor, [&](const v1::HeldOccupation& held) {
        return Held{extractor.ConceptOf(held.occupation()),
                    static_cast<matching::Level>(held.experience_months()),
                    EvidenceOf(held.evidence())};
      });
  section(DemandKind::kSkill) =
      SectionOf(profile.skills(), extractor, [&](const v1::HeldSkill& held) {
        return Held{extractor.ConceptOf(held.skill()),
                    static_cast<matching::Level>(held.level()),
                    EvidenceOf(held.evidence())};
      });
  section(DemandKind::kLanguage) = SectionOf(
      profile.languages(), extractor, [&](const v1::HeldLanguage& held) {
        return Held{extractor.ConceptOf(held.language()),
                    static_cast<matching::Level>(held.level()),
                    EvidenceOf(held.evidence())};
      });
  section(DemandKind::kLicence) = SectionOf(
      profile.licences(), extractor, [&](const v1::HeldLicence& held) {
        return Held{extractor.ConceptOf(held.licence()), 0,
                    matching::Evidence::kCertified};
      });
  section(DemandKind::kAuthorisation) =
      SectionOf(profile.authorisations(), extractor,
                [&](const v1::HeldAuthorisation& held) {
                  return Held{extractor.ConceptOf(held.authorisation()), 0,
                              EvidenceOf(held.evidence())};
                });
  section(DemandKind::kEducation) = SectionOf(
      profile.education(), extractor, [&](const v1::HeldEducation& held) {
        return Held{extractor.ConceptOf(held.field()),
                    static_cast<matching::Level>(held.eqf_level()),
                    EvidenceOf(held.evidence())};
      });
}

}  // namespace

matching::PersonFeatures Extractor::Person(const v1::Profile& profile,
                                           const RegionLookup& regions) const {
  matching::PersonFeatures person;
  person.id = DocumentIdOf(profile.name());
  person.reference = profile.name();
  person.tenant = interners_.tenants.Intern(TenantOf(profile.name()));
  FillSections(profile, *this, &person);
  if (profile.has_home()) {
    person.home = PointOf(profile.home());
    person.municipality = MunicipalityOf(profile.home());
  }
  person.wishes = WishesOf(profile.wishes(), *this, regions);
  person.kind = static_cast<uint8_t>(profile.kind());
  if (profile.has_expire_time()) {
    person.expire_day = DayInSweden(absl::FromUnixSeconds(
        google::protobuf::util::TimeUtil::TimestampToSeconds(
            profile.expire_time())));
  }
  return person;
}

}  // namespace kugge::features
