#include "clients/population/needs.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"

namespace kugge::population {
namespace {

// Whom interviews about needs are held with: roles, never people.
constexpr const char* kRolesAsked[] = {
    "produktionschef", "personalansvarig", "verksamhetschef",
    "platschef",       "enhetschef",       "arbetsledare",
};

int DrawPositions(Draw& draw) {
  const int kind = draw.Between(0, 99);
  if (kind < 70) return 1;
  if (kind < 90) return draw.Between(2, 5);
  if (kind < 98) return draw.Between(6, 15);
  return draw.Between(16, 60);
}

size_t DrawSize(Draw& draw) {
  const int kind = draw.Between(0, 99);
  if (kind < 70) return 1;
  if (kind < 92) return 4;
  return kind < 99 ? 12 : 50;
}

bool IsTransport(const Group& group) {
  return absl::string_view(group.code).substr(0, 2) == "83";
}

}  // namespace

NeedSource::NeedSource(const Run& run)
    : run_(run),
      draw_(StreamSeed(run.seed, "needs")),
      employer_ids_(StreamSeed(run.seed, "employer ids")),
      requirement_ids_(StreamSeed(run.seed, "requirement ids")) {}

v1::Employer NeedSource::NextEmployer() {
  const PopulatedPlace& place = run_.places.DrawPlace(draw_);
  Employer kept;
  kept.group = run_.market.groups_by_demand.Pick(draw_);
  kept.size = DrawSize(draw_);
  kept.municipality_code = place.code;
  v1::Employer employer;
  employer.set_name(absl::StrCat("tenants/", run_.tenant, "/employers/",
                                 employer_ids_.NewId()));
  employer.set_display_name(
      absl::StrCat("Arbetsgivare ", names_.size() + 1, ", ", place.name));
  v1::Site& site = *employer.add_sites();
  site.set_site_id("main");
  site.set_display_name(place.name);
  site.mutable_place()->set_municipality_code(place.code);
  names_.push_back(employer.name());
  employers_.push_back(kept);
  return employer;
}

// Most of what an employer needs is its own trade's, the rest in the main that
// of its major group.
size_t NeedSource::DrawGroup(const Employer& employer) {
  const int kind = draw_.Between(0, 99);
  if (kind < 60) return employer.group;
  const std::vector<size_t>& major =
      run_.market.groups_of_major[run_.market.groups[employer.group].Major()];
  if (kind < 85) return draw_.OneOf(major);
  return run_.market.groups_by_demand.Pick(draw_);
}

v1::Requirement NeedSource::NextRequirement() {
  if (employers_by_size_.size() != employers_.size()) {
    std::vector<uint64_t> sizes;
    sizes.reserve(employers_.size());
    for (const Employer& employer : employers_) sizes.push_back(employer.size);
    employers_by_size_ = WeightedPositions(sizes);
  }
  const size_t at = employers_by_size_.Pick(draw_);
  const Employer& employer = employers_[at];
  const Group& group = run_.market.groups[DrawGroup(employer)];
  const Named& occupation =
      group.occupations[group.occupations_by_demand.Pick(draw_)];
  v1::Requirement requirement;
  requirement.set_name(
      absl::StrCat(names_[at], "/requirements/", requirement_ids_.NewId()));
  requirement.set_title(occupation.label);
  requirement.set_state(v1::REQUIREMENT_STATE_OPEN);
  requirement.set_site_id("main");
  requirement.mutable_place()->set_municipality_code(
      employer.municipality_code);
  SetOrigin(requirement);
  requirement.set_positions(DrawPositions(draw_));
  SetTimes(requirement);
  SetConditions(group, requirement);
  SetDemands(group, occupation, requirement);
  return requirement;
}

void NeedSource::SetOrigin(v1::Requirement& requirement) {
  const int kind = draw_.Between(0, 99);
  requirement.set_horizon(v1::HORIZON_NOW);
  if (kind < 70) {
    requirement.set_origin(v1::REQUIREMENT_ORIGIN_VACANCY);
  } else if (kind < 88) {
    requirement.set_origin(v1::REQUIREMENT_ORIGIN_INTERVIEW);
    SetDate(run_.today - draw_.Between(1, 180),
            *requirement.mutable_interview()->mutable_date());
    requirement.mutable_interview()->set_role_asked(OneOf(draw_, kRolesAsked));
    if (draw_.Percent(35)) requirement.set_horizon(v1::HORIZON_ONE_YEAR);
  } else if (kind < 95) {
    requirement.set_origin(v1::REQUIREMENT_ORIGIN_FORECAST);
    requirement.set_horizon(
        OneOf(draw_, {v1::HORIZON_ONE_YEAR, v1::HORIZON_THREE_YEARS,
                      v1::HORIZON_FIVE_YEARS}));
  } else {
    requirement.set_origin(v1::REQUIREMENT_ORIGIN_PLACEMENT);
  }
}

void NeedSource::SetTimes(v1::Requirement& requirement) {
  requirement.set_urgency(
      OneOf(draw_, {v1::URGENCY_LOW, v1::URGENCY_NORMAL, v1::URGENCY_NORMAL,
                    v1::URGENCY_NORMAL, v1::URGENCY_HIGH}));
  if (draw_.Percent(15)) {
    SetDate(run_.today - draw_.Between(60, 700),
            *requirement.mutable_hard_to_fill_since_date());
  }
  int start = draw_.Between(7, 150);
  switch (requirement.horizon()) {
    case v1::HORIZON_ONE_YEAR:
      start += 120;
      break;
    case v1::HORIZON_THREE_YEARS:
      start += 500;
      break;
    case v1::HORIZON_FIVE_YEARS:
      start += 1300;
      break;
    default:
      break;
  }
  if (draw_.Percent(20)) return;  // any day
  SetDate(run_.today + start, *requirement.mutable_start_date());
  const int window = draw_.Between(14, 120);
  if (draw_.Percent(70)) {
    SetDate(run_.today + start + window, *requirement.mutable_end_start_date());
    SetDate(run_.today + start + window, *requirement.mutable_close_date());
  }
}

void NeedSource::SetConditions(const Group& group,
                               v1::Requirement& requirement) {
  const int hours = draw_.Between(0, 99);
  if (hours < 85) {
    requirement.set_maximum_hours_percent(100);
    requirement.set_minimum_hours_percent(hours < 65   ? 100
                                          : hours < 78 ? 75
                                                       : 50);
  } else if (hours < 92) {
    requirement.set_minimum_hours_percent(50);
    requirement.set_maximum_hours_percent(75);
  }
  if (draw_.Percent(80)) {
    const bool round_the_clock = group.Major() == 5 || group.Major() == 8;
    requirement.add_shifts(v1::SHIFT_DAY);
    if (draw_.Percent(round_the_clock ? 50 : 8)) {
      requirement.add_shifts(v1::SHIFT_EVENING);
    }
    if (draw_.Percent(round_the_clock ? 20 : 3)) {
      requirement.add_shifts(v1::SHIFT_NIGHT);
    }
    if (draw_.Percent(round_the_clock ? 40 : 5)) {
      requirement.add_shifts(v1::SHIFT_WEEKEND);
    }
  }
  const bool at_a_desk = group.Major() >= 1 && group.Major() <= 4;
  if (at_a_desk && draw_.Percent(35)) {
    requirement.set_remote_percent(OneOf(draw_, {20, 40, 40, 50, 60, 100}));
  }
}

void NeedSource::SetDemands(const Group& group, const Named& occupation,
                            v1::Requirement& requirement) {
  v1::Demands& demands = *requirement.mutable_demands();
  v1::OccupationDemand& asked = *demands.add_occupations();
  asked.set_occupation(occupation.id);
  asked.set_importance(draw_.Between(5, 10));
  if (draw_.Percent(60)) {
    asked.set_minimum_experience_months(
        OneOf(draw_, {6, 12, 12, 24, 24, 36, 60}));
  }
  asked.set_strength(draw_.Percent(25) ? v1::STRENGTH_HARD : v1::STRENGTH_SOFT);
  // Imported advertisements seldom carry more than the occupation.
  if (requirement.origin() == v1::REQUIREMENT_ORIGIN_VACANCY &&
      draw_.Percent(70)) {
    return;
  }
  AddSkills(group, demands);
  AddOtherDemands(group, demands);
}

// About 7 musts (1 to 20), of which none to three are so sharp that they are
// HARD, and about 3 that are nice to have.
void NeedSource::AddSkills(const Group& group, v1::Demands& demands) {
  int musts =
      1 + draw_.Between(0, 4) + draw_.Between(0, 4) + draw_.Between(0, 4);
  if (draw_.Percent(5)) musts += draw_.Between(1, 7);
  const int nice = draw_.Between(0, 6);
  const int hard = OneOf(draw_, {0, 0, 1, 1, 1, 2, 2, 3});
  const std::vector<size_t> picked =
      group.skills_by_rank.PickSome(draw_, static_cast<size_t>(musts + nice));
  for (size_t i = 0; i < picked.size(); ++i) {
    const bool must = i < static_cast<size_t>(musts);
    v1::SkillDemand& skill = *demands.add_skills();
    skill.set_skill(group.skills[picked[i]]);
    skill.set_importance(must ? draw_.Between(5, 10) : draw_.Between(1, 4));
    if (must && draw_.Percent(40)) {
      skill.set_minimum_level(draw_.Between(2, 4));
    }
    if (must && draw_.Percent(10)) {
      skill.set_minimum_evidence(v1::EVIDENCE_LEVEL_EVIDENCED);
    }
    skill.set_strength(i < static_cast<size_t>(hard) && must
                           ? v1::STRENGTH_HARD
                           : v1::STRENGTH_SOFT);
  }
}

void NeedSource::AddOtherDemands(const Group& group, v1::Demands& demands) {
  const Market& market = run_.market;
  if (!market.swedish.empty() && draw_.Percent(55)) {
    v1::LanguageDemand& swedish = *demands.add_languages();
    swedish.set_language(market.swedish);
    swedish.set_minimum_level(
        OneOf(draw_, {v1::CEFR_LEVEL_A2, v1::CEFR_LEVEL_B1, v1::CEFR_LEVEL_B1,
                      v1::CEFR_LEVEL_B2, v1::CEFR_LEVEL_C1}));
    swedish.set_strength(draw_.Percent(60) ? v1::STRENGTH_HARD
                                           : v1::STRENGTH_SOFT);
  }
  if (!market.english.empty() && draw_.Percent(20)) {
    v1::LanguageDemand& english = *demands.add_languages();
    english.set_language(market.english);
    english.set_minimum_level(draw_.Percent(50) ? v1::CEFR_LEVEL_B1
                                                : v1::CEFR_LEVEL_B2);
    english.set_strength(v1::STRENGTH_SOFT);
  }
  const absl::string_view licence = market.Licence(
      IsTransport(group) && draw_.Percent(60) ? (draw_.Percent(50) ? "CE" : "C")
                                              : "B");
  if (!licence.empty() && draw_.Percent(IsTransport(group) ? 90 : 30)) {
    v1::LicenceDemand& asked = *demands.add_licences();
    asked.set_licence(std::string(licence));
    asked.set_strength(draw_.Percent(70) ? v1::STRENGTH_HARD
                                         : v1::STRENGTH_SOFT);
  }
  if (!group.authorisations.empty() && draw_.Percent(25)) {
    v1::AuthorisationDemand& asked = *demands.add_authorisations();
    asked.set_authorisation(
        group.authorisations[group.authorisations_by_rank.Pick(draw_)]);
    if (draw_.Percent(40)) {
      asked.set_minimum_evidence(v1::EVIDENCE_LEVEL_CERTIFIED);
    }
    asked.set_strength(draw_.Percent(75) ? v1::STRENGTH_HARD
                                         : v1::STRENGTH_SOFT);
  }
  if (draw_.Percent(30)) {
    v1::EducationDemand& asked = *demands.add_education();
    if (!group.education_field.empty()) asked.set_field(group.education_field);
    asked.set_minimum_eqf_level(group.least_eqf);
    asked.set_strength(draw_.Percent(40) ? v1::STRENGTH_HARD
                                         : v1::STRENGTH_SOFT);
  }
}

}  // namespace kugge::population
