// Requirements and offerings with their sessions: what people are held against.
#include <algorithm>
#include <tuple>

#include "absl/strings/string_view.h"
#include "services/features/calendar.h"
#include "services/features/extractor.h"
#include "services/features/field_values.h"

namespace kugge::features {
namespace {

using matching::Demand;
using matching::DemandKind;

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

}  // namespace kugge::features
