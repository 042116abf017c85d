#include "services/features/extractor.h"

#include <sodium.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/util/time_util.h"
#include "matching/geo/municipalities.h"
#include "services/features/calendar.h"

namespace kugge::features {
namespace {

using matching::Demand;
using matching::DemandKind;
using matching::Held;
using matching::Section;
using matching::Strength;

constexpr int32_t kDefaultImportance = 5;
constexpr int32_t kHundredMetresPerKilometre = 10;
constexpr double kE5 = 100'000.0;

Strength StrengthOf(v1::Strength strength) {
  return strength == v1::STRENGTH_HARD ? Strength::kHard : Strength::kSoft;
}

matching::Evidence EvidenceOf(v1::EvidenceLevel evidence) {
  switch (evidence) {
    case v1::EVIDENCE_LEVEL_EVIDENCED:
      return matching::Evidence::kEvidenced;
    case v1::EVIDENCE_LEVEL_VALIDATED:
      return matching::Evidence::kValidated;
    case v1::EVIDENCE_LEVEL_CERTIFIED:
      return matching::Evidence::kCertified;
    default:
      return matching::Evidence::kClaimed;
  }
}

uint8_t ImportanceOf(int32_t importance) {
  return static_cast<uint8_t>(importance == 0 ? kDefaultImportance
                                              : importance);
}

matching::ShiftSet ShiftsOf(const google::protobuf::RepeatedField<int>& list) {
  matching::ShiftSet shifts = 0;
  for (const int shift : list) {
    if (shift >= v1::SHIFT_DAY && shift <= v1::SHIFT_ROTATING) {
      shifts = static_cast<matching::ShiftSet>(shifts |
                                               (1u << (shift - v1::SHIFT_DAY)));
    }
  }
  return shifts;
}

matching::MunicipalityIndex MunicipalityOf(const v1::Place& place) {
  return matching::FindMunicipality(place.municipality_code())
      .value_or(matching::kNoMunicipality);
}

std::optional<matching::Point> PointOf(const v1::Place& place) {
  if (place.has_point()) {
    return matching::Point{
        static_cast<int32_t>(std::lround(place.point().latitude() * kE5)),
        static_cast<int32_t>(std::lround(place.point().longitude() * kE5))};
  }
  const matching::MunicipalityIndex index = MunicipalityOf(place);
  if (index == matching::kNoMunicipality) return std::nullopt;
  return matching::Municipalities()[index].town_point;
}

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

const v1::Place* PlaceOf(const v1::Requirement& requirement,
                         const v1::Employer& employer) {
  if (requirement.has_place()) return &requirement.place();
  for (const v1::Site& site : employer.sites()) {
    if (site.site_id() == requirement.site_id()) return &site.place();
  }
  return nullptr;
}

matching::SessionFeatures SessionOf(const v1::Session& session) {
  matching::SessionFeatures out;
  out.id = DocumentIdOf(session.name());
  out.reference = session.name();
  out.open = session.state() != v1::OFFERING_STATE_CLOSED;
  out.start_day = ToDays(session.start_date());
  out.end_day = ToDays(session.end_date());
  out.distance_learning = session.distance_learning();
  if (session.has_place()) out.place = PointOf(session.place());
  out.seats = static_cast<uint32_t>(session.seats());
  out.seats_taken = static_cast<uint32_t>(session.seats_taken());
  if (session.pace_percent() > 0) {
    out.pace_percent = static_cast<uint8_t>(session.pace_percent());
  }
  return out;
}

}  // namespace

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

std::vector<Demand> Extractor::DemandsOf(const v1::Demands& demands) const {
  struct Entry {
    absl::string_view id;
    Demand demand;
  };
  std::vector<Entry> entries;
  const auto add = [&](DemandKind kind, const std::string& id, int32_t level,
                       v1::EvidenceLevel evidence, v1::Strength strength,
                       int32_t importance) {
    entries.push_back(
        {id, Demand{.kind = kind,
                    .concept_index =
                        id.empty() ? matching::kNoConcept : ConceptOf(id),
                    .minimum_level = static_cast<matching::Level>(level),
                    .minimum_evidence = EvidenceOf(evidence),
                    .strength = StrengthOf(strength),
                    .importance = ImportanceOf(importance)}});
  };
  for (const auto& d : demands.occupations()) {
    add(DemandKind::kOccupation, d.occupation(), d.minimum_experience_months(),
        d.minimum_evidence(), d.strength(), d.importance());
  }
  for (const auto& d : demands.skills()) {
    add(DemandKind::kSkill, d.skill(), d.minimum_level(), d.minimum_evidence(),
        d.strength(), d.importance());
  }
  for (const auto& d : demands.languages()) {
    add(DemandKind::kLanguage, d.language(), d.minimum_level(),
        d.minimum_evidence(), d.strength(), d.importance());
  }
  for (const auto& d : demands.licences()) {
    add(DemandKind::kLicence, d.licence(), 0, v1::EVIDENCE_LEVEL_UNSPECIFIED,
        d.strength(), d.importance());
  }
  for (const auto& d : demands.authorisations()) {
    add(DemandKind::kAuthorisation, d.authorisation(), 0, d.minimum_evidence(),
        d.strength(), d.importance());
  }
  for (const auto& d : demands.education()) {
    add(DemandKind::kEducation, d.field(), d.minimum_eqf_level(),
        d.minimum_evidence(), d.strength(), d.importance());
  }
  std::ranges::sort(entries, {}, [](const Entry& entry) {
    const Demand& d = entry.demand;
    return std::tuple(d.kind, std::string(entry.id), d.minimum_level,
                      d.minimum_evidence, d.strength, d.importance);
  });
  std::vector<Demand> sorted;
  sorted.reserve(entries.size());
  for (const Entry& entry : entries) sorted.push_back(entry.demand);
  return sorted;
}

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

matching::RequirementFeatures Extractor::Requirement(
    const v1::Requirement& requirement, const v1::Employer& employer) const {
  matching::RequirementFeatures out;
  out.id = DocumentIdOf(requirement.name());
  out.reference = requirement.name();
  out.tenant = interners_.tenants.Intern(TenantOf(requirement.name()));
  out.private_to_tenant = requirement.visibility() == v1::VISIBILITY_PRIVATE;
  out.open = requirement.state() != v1::REQUIREMENT_STATE_FILLED &&
             requirement.state() != v1::REQUIREMENT_STATE_CLOSED;
  out.close_day = ToDays(requirement.close_date());
  out.positions = static_cast<uint32_t>(std::max(1, requirement.positions()));
  out.demands = DemandsOf(requirement.demands());

  matching::JobFacts& facts = out.facts;
  for (const auto& demand : requirement.demands().occupations()) {
    facts.occupations.push_back(ConceptOf(demand.occupation()));
  }
  std::ranges::sort(facts.occupations);
  facts.occupations.erase(std::ranges::unique(facts.occupations).begin(),
                          facts.occupations.end());
  if (const v1::Place* place = PlaceOf(requirement, employer)) {
    facts.place = PointOf(*place);
    facts.municipality = MunicipalityOf(*place);
  }
  facts.minimum_hours_percent =
      static_cast<uint8_t>(requirement.minimum_hours_percent());
  facts.maximum_hours_percent =
      static_cast<uint8_t>(requirement.maximum_hours_percent());
  facts.shifts = ShiftsOf(requirement.shifts());
  facts.earliest_start = ToDays(requirement.start_date());
  facts.latest_start = ToDays(requirement.end_start_date());
  if (requirement.has_remote_percent()) {
    facts.remote_percent = static_cast<uint8_t>(requirement.remote_percent());
  }

  out.employer = interners_.employers.Intern(employer.name());
  // An occupation that the taxonomy doesn't have is in no group of it.
  out.occupation_group = matching::kNoConcept;
  if (!facts.occupations.empty() &&
      facts.occupations.front() < taxonomy_.size()) {
    out.occupation_group = taxonomy_.GroupOf(facts.occupations.front());
  }
  out.origin = static_cast<uint8_t>(requirement.origin());
  out.horizon = static_cast<uint8_t>(
      requirement.horizon() == v1::HORIZON_UNSPECIFIED ? v1::HORIZON_NOW
                                                       : requirement.horizon());
  return out;
}

matching::OfferingFeatures Extractor::Offering(
    const v1::Offering& offering, std::span<const v1::Session> sessions) const {
  matching::OfferingFeatures out;
  out.id = DocumentIdOf(offering.name());
  out.reference = offering.name();
  out.tenant = interners_.tenants.Intern(TenantOf(offering.name()));
  out.private_to_tenant = offering.visibility() == v1::VISIBILITY_PRIVATE;
  out.open = offering.state() != v1::OFFERING_STATE_CLOSED;
  const auto gain = [&](DemandKind section, const std::string& id,
                        int32_t level, matching::Evidence evidence) {
    out.gains.push_back({section, ConceptOf(id),
                         static_cast<matching::Level>(level), evidence});
  };
  for (const auto& skill : offering.taught_skills()) {
    gain(DemandKind::kSkill, skill.skill(), skill.level(),
         matching::Evidence::kEvidenced);
  }
  for (const auto& language : offering.taught_languages()) {
    gain(DemandKind::kLanguage, language.language(), language.level(),
         matching::Evidence::kEvidenced);
  }
  for (const std::string& licence : offering.awarded_licences()) {
    gain(DemandKind::kLicence, licence, 0, matching::Evidence::kCertified);
  }
  for (const std::string& authorisation : offering.awarded_authorisations()) {
    gain(DemandKind::kAuthorisation, authorisation, 0,
         matching::Evidence::kCertified);
  }
  for (const auto& education : offering.awarded_education()) {
    gain(DemandKind::kEducation, education.field(), education.eqf_level(),
         matching::Evidence::kCertified);
  }
  std::ranges::sort(out.gains, {}, [](const matching::Gain& g) {
    return std::tuple(g.section, g.concept_index, g.level, g.evidence);
  });
  out.prerequisites = DemandsOf(offering.prerequisites());
  out.weeks = static_cast<uint16_t>(offering.length_weeks());
  for (const v1::Session& session : sessions) {
    out.sessions.push_back(SessionOf(session));
  }
  const absl::string_view name = offering.name();
  out.provider =
      interners_.providers.Intern(name.substr(0, name.rfind("/offerings/")));
  out.form = static_cast<uint8_t>(offering.form());
  return out;
}

matching::Strategy StrategyOf(const v1::Strategy& strategy) {
  matching::Strategy out = matching::DefaultStrategy();
  out.name = strategy.name();
  out.version =
      strategy.version() > 0 ? static_cast<uint32_t>(strategy.version()) : 1;
  if (strategy.has_requirement_weights()) {
    const v1::RequirementWeights& w = strategy.requirement_weights();
    out.demand_weights = {static_cast<matching::Bp>(w.occupation()),
                          static_cast<matching::Bp>(w.skill()),
                          static_cast<matching::Bp>(w.language()),
                          static_cast<matching::Bp>(w.licence()),
                          static_cast<matching::Bp>(w.authorisation()),
                          static_cast<matching::Bp>(w.education())};
  }
  if (strategy.has_person_weights()) {
    const v1::PersonWeights& w = strategy.person_weights();
    out.wish_weights = {static_cast<matching::Bp>(w.occupation()),
                        static_cast<matching::Bp>(w.distance()),
                        static_cast<matching::Bp>(w.hours()),
                        static_cast<matching::Bp>(w.shifts()),
                        static_cast<matching::Bp>(w.start()),
                        static_cast<matching::Bp>(w.remote())};
  }
  if (strategy.score_share() > 0 || strategy.reverse_score_share() > 0) {
    out.score_factor = static_cast<uint32_t>(strategy.score_share());
    out.reverse_factor = static_cast<uint32_t>(strategy.reverse_score_share());
  }
  if (strategy.has_not_asked_credit()) {
    out.not_asked_credit =
        static_cast<matching::Thousandths>(strategy.not_asked_credit());
  }
  for (const int relation : strategy.satisfying_relations()) {
    if (relation >= v1::CONCEPT_RELATION_EXACT &&
        relation <= v1::CONCEPT_RELATION_RELATED) {
      out.also_satisfying = static_cast<matching::RelationSet>(
          out.also_satisfying |
          matching::RelationBit(static_cast<matching::RelationKind>(
              relation - v1::CONCEPT_RELATION_EXACT)));
    }
  }
  if (strategy.maximum_near_misses() > 0) {
    out.maximum_near_misses =
        static_cast<uint32_t>(strategy.maximum_near_misses());
  }
  return out;
}

}  // namespace kugge::features
