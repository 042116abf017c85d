#include "tests/bench/full_messages.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/features/calendar.h"
#include "tests/bench/names.h"

namespace kugge::bench {
namespace {

using matching::Demand;
using matching::DemandKind;
using matching::Held;
using matching::Section;

constexpr int32_t kHundredMetresPerKilometre = 10;

std::string LanguageOf(matching::ConceptIndex index) {
  return LanguageId(index - kSwedish);
}

std::string LicenceOf(matching::ConceptIndex index) {
  return LicenceId(index - kFirstLicence);
}

std::string FieldOf(matching::ConceptIndex index) {
  return FieldId(index - kFirstField);
}

std::string OccupationOf(matching::ConceptIndex index) {
  return OccupationId(index - kFirstOccupation);
}

v1::Strength StrengthOf(matching::Strength strength) {
  return strength == matching::Strength::kHard ? v1::STRENGTH_HARD
                                               : v1::STRENGTH_SOFT;
}

// The engine's Evidence begins where the message's "not told" ends.
v1::EvidenceLevel EvidenceOf(matching::Evidence evidence) {
  return static_cast<v1::EvidenceLevel>(static_cast<int>(evidence) + 1);
}

void AddShifts(matching::ShiftSet shifts,
               google::protobuf::RepeatedField<int>* list) {
  for (int shift = v1::SHIFT_DAY; shift <= v1::SHIFT_ROTATING; ++shift) {
    if ((shifts >> (shift - v1::SHIFT_DAY) & 1) != 0) list->Add(shift);
  }
}

template <typename Message>
void Complete(const Section& section, Message* message) {
  message->set_completeness(section.state == matching::SectionState::kComplete
                                ? v1::COMPLETENESS_COMPLETE
                                : v1::COMPLETENESS_OPEN);
}

void AddWorkAndSkills(const Section& occupations, const Section& skills,
                      v1::Profile* profile) {
  for (const Held& held : occupations.held) {
    auto* message = profile->mutable_occupations()->add_held();
    message->set_occupation(OccupationOf(held.concept_index));
    message->set_experience_months(held.level);
  }
  Complete(occupations, profile->mutable_occupations());
  for (const Held& held : skills.held) {
    auto* message = profile->mutable_skills()->add_held();
    message->set_skill(SkillId(held.concept_index));
    message->set_level(held.level);
    message->set_evidence(EvidenceOf(held.evidence));
  }
  Complete(skills, profile->mutable_skills());
}

void AddRest(const Section& languages, const Section& licences,
             const Section& education, v1::Profile* profile) {
  for (const Held& held : languages.held) {
    auto* message = profile->mutable_languages()->add_held();
    message->set_language(LanguageOf(held.concept_index));
    message->set_level(static_cast<v1::CefrLevel>(held.level));
  }
  Complete(languages, profile->mutable_languages());
  for (const Held& held : licences.held) {
    profile->mutable_licences()->add_held()->set_licence(
        LicenceOf(held.concept_index));
  }
  Complete(licences, profile->mutable_licences());
  for (const Held& held : education.held) {
    auto* message = profile->mutable_education()->add_held();
    message->set_field(FieldOf(held.concept_index));
    message->set_eqf_level(held.level);
  }
  Complete(education, profile->mutable_education());
}

// What each kind of demand has.
template <typename Message>
void Weigh(const Demand& demand, Message* message) {
  message->set_strength(StrengthOf(demand.strength));
  message->set_importance(demand.importance);
}

void AddDemand(const Demand& demand, v1::Demands* demands) {
  const matching::ConceptIndex index = demand.concept_index;
  const int32_t level = demand.minimum_level;
  if (demand.kind == DemandKind::kOccupation) {
    auto* message = demands->add_occupations();
    message->set_occupation(OccupationOf(index));
    message->set_minimum_experience_months(level);
    Weigh(demand, message);
  } else if (demand.kind == DemandKind::kSkill) {
    auto* message = demands->add_skills();
    message->set_skill(SkillId(index));
    message->set_minimum_level(level);
    Weigh(demand, message);
  } else if (demand.kind == DemandKind::kLanguage) {
    auto* message = demands->add_languages();
    message->set_language(LanguageOf(index));
    message->set_minimum_level(static_cast<v1::CefrLevel>(level));
    Weigh(demand, message);
  } else if (demand.kind == DemandKind::kLicence) {
    auto* message = demands->add_licences();
    message->set_licence(LicenceOf(index));
    Weigh(demand, message);
  } else if (demand.kind == DemandKind::kEducation) {
    auto* message = demands->add_education();
    message->set_field(FieldOf(index));
    message->set_minimum_eqf_level(level);
    Weigh(demand, message);
  }
}

void AddGain(const matching::Gain& gain, v1::Offering* offering) {
  if (gain.section == DemandKind::kSkill) {
    auto* message = offering->add_taught_skills();
    message->set_skill(SkillId(gain.concept_index));
    message->set_level(gain.level);
  } else if (gain.section == DemandKind::kLanguage) {
    auto* message = offering->add_taught_languages();
    message->set_language(LanguageOf(gain.concept_index));
    message->set_level(static_cast<v1::CefrLevel>(gain.level));
  } else if (gain.section == DemandKind::kLicence) {
    offering->add_awarded_licences(LicenceOf(gain.concept_index));
  }
}

}  // namespace

std::string RegionName(matching::MunicipalityIndex municipality) {
  return absl::StrCat(kTenant, "/regions/m-", MunicipalityCode(municipality));
}

v1::Region RegionOf(matching::MunicipalityIndex municipality) {
  v1::Region region;
  region.set_name(RegionName(municipality));
  region.set_display_name(MunicipalityCode(municipality));
  region.add_municipality_codes(MunicipalityCode(municipality));
  return region;
}

v1::Date FullMessages::DateOf(matching::Days day) const {
  return features::ToDate(day + later_);
}

v1::WorkWishes FullMessages::WishesOf(const matching::Wishes& wishes) const {
  v1::WorkWishes out;
  for (const matching::WantedOccupation& wanted : wishes.occupations) {
    auto* message = out.add_occupations();
    message->set_occupation(OccupationOf(wanted.concept_index));
    message->set_importance(wanted.importance);
  }
  v1::Mobility* mobility = out.mutable_mobility();
  mobility->set_maximum_distance_km(wishes.maximum_distance.value_or(0) /
                                    kHundredMetresPerKilometre);
  mobility->set_easy_distance_km(wishes.easy_distance /
                                 kHundredMetresPerKilometre);
  mobility->set_strength(StrengthOf(wishes.distance_strength));
  for (const matching::MunicipalityIndex municipality : wishes.relocation) {
    mobility->add_relocation_regions(RegionName(municipality));
  }
  v1::WorkingTime* time = out.mutable_working_time();
  time->set_minimum_hours_percent(wishes.minimum_hours_percent);
  time->set_maximum_hours_percent(wishes.maximum_hours_percent);
  time->set_hours_strength(StrengthOf(wishes.hours_strength));
  AddShifts(wishes.shifts, time->mutable_shifts());
  time->set_shifts_strength(StrengthOf(wishes.shifts_strength));
  if (wishes.earliest_start != matching::kNoDay) {
    *out.mutable_earliest_start_date() = DateOf(wishes.earliest_start);
  }
  out.set_minimum_remote_percent(wishes.minimum_remote_percent);
  return out;
}

v1::Profile FullMessages::ProfileOf(const matching::PersonFeatures& person,
                                    std::string name) const {
  v1::Profile profile;
  profile.set_name(std::move(name));
  profile.set_kind(v1::PROFILE_KIND_JOB_SEEKER);
  profile.mutable_home()->set_municipality_code(
      MunicipalityCode(person.municipality));
  const auto section = [&](DemandKind kind) -> const Section& {
    return person.sections[static_cast<size_t>(kind)];
  };
  AddWorkAndSkills(section(DemandKind::kOccupation),
                   section(DemandKind::kSkill), &profile);
  AddRest(section(DemandKind::kLanguage), section(DemandKind::kLicence),
          section(DemandKind::kEducation), &profile);
  *profile.mutable_wishes() = WishesOf(person.wishes);
  return profile;
}

v1::Requirement FullMessages::RequirementOf(
    const matching::RequirementFeatures& requirement, std::string name) const {
  v1::Requirement out;
  out.set_name(std::move(name));
  out.set_title("Behov");
  out.set_origin(v1::REQUIREMENT_ORIGIN_VACANCY);
  out.set_positions(static_cast<int32_t>(requirement.positions));
  for (const Demand& demand : requirement.demands) {
    AddDemand(demand, out.mutable_demands());
  }
  const matching::JobFacts& facts = requirement.facts;
  out.mutable_place()->set_municipality_code(
      MunicipalityCode(facts.municipality));
  if (facts.remote_percent.has_value()) {
    out.set_remote_percent(*facts.remote_percent);
  }
  out.set_minimum_hours_percent(facts.minimum_hours_percent);
  out.set_maximum_hours_percent(facts.maximum_hours_percent);
  AddShifts(facts.shifts, out.mutable_shifts());
  *out.mutable_start_date() = DateOf(facts.earliest_start);
  *out.mutable_end_start_date() = DateOf(facts.latest_start);
  if (requirement.close_day != matching::kNoDay) {
    *out.mutable_close_date() = DateOf(requirement.close_day);
  }
  return out;
}

v1::Offering FullMessages::OfferingOf(
    const matching::OfferingFeatures& offering, std::string name) const {
  v1::Offering out;
  out.set_name(std::move(name));
  out.set_title("Utbildning");
  for (size_t i = 0; i < offering.gains.size(); ++i) {
    // What is taught stands once.
    const matching::Gain& gain = offering.gains[i];
    if (i > 0 && offering.gains[i - 1].section == gain.section &&
        offering.gains[i - 1].concept_index == gain.concept_index) {
      continue;
    }
    AddGain(gain, &out);
  }
  for (const Demand& demand : offering.prerequisites) {
    AddDemand(demand, out.mutable_prerequisites());
  }
  out.set_length_weeks(offering.weeks);
  return out;
}

v1::Session FullMessages::SessionOf(const matching::SessionFeatures& session,
                                    std::string name) const {
  v1::Session out;
  out.set_name(std::move(name));
  *out.mutable_start_date() = DateOf(session.start_day);
  *out.mutable_end_date() = DateOf(session.end_day);
  // The workload's sessions are held in main towns.
  if (session.place.has_value()) {
    out.mutable_place()->set_municipality_code(
        MunicipalityCode(matching::NearestMunicipality(*session.place)));
  }
  out.set_distance_learning(session.distance_learning);
  out.set_pace_percent(session.pace_percent);
  out.set_seats(static_cast<int32_t>(session.seats));
  out.set_seats_taken(static_cast<int32_t>(session.seats_taken));
  return out;
}

}  // namespace kugge::bench
