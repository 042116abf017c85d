#include "clients/population/people.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace kugge::population {
namespace {

constexpr v1::Accommodation kAccommodations[] = {
    v1::ACCOMMODATION_STEP_FREE_ACCESS, v1::ACCOMMODATION_HEARING_SUPPORT,
    v1::ACCOMMODATION_VISUAL_SUPPORT,   v1::ACCOMMODATION_EASY_TO_READ,
    v1::ACCOMMODATION_EXTRA_TIME,       v1::ACCOMMODATION_QUIET_ROOM,
    v1::ACCOMMODATION_REDUCED_PACE,     v1::ACCOMMODATION_LANGUAGE_INTERPRETER,
};

constexpr v1::RelocationBarrier kBarriers[] = {
    v1::RELOCATION_BARRIER_HOUSING,   v1::RELOCATION_BARRIER_PARTNER_WORK,
    v1::RELOCATION_BARRIER_CHILDCARE, v1::RELOCATION_BARRIER_DISTANCE,
    v1::RELOCATION_BARRIER_PAY,
};

v1::Strength HardPercent(Draw& draw, int percent) {
  return draw.Percent(percent) ? v1::STRENGTH_HARD : v1::STRENGTH_SOFT;
}

}  // namespace

PeopleSource::PeopleSource(const Run& run,
                           const std::vector<std::string>& employers)
    : run_(run),
      employers_(employers),
      draw_(StreamSeed(run.seed, "people")),
      ids_(StreamSeed(run.seed, "profile ids")) {}

v1::Profile PeopleSource::NextProfile() {
  v1::Profile profile;
  profile.set_name(
      absl::StrCat("tenants/", run_.tenant, "/profiles/", ids_.NewId()));
  profile.mutable_home()->set_municipality_code(
      run_.places.DrawPlace(draw_).code);
  SetKind(profile);
  const Trade trade = DrawTrade();
  SetOccupations(trade, profile);
  SetSkills(trade, *profile.mutable_skills());
  SetLanguages(*profile.mutable_languages());
  SetLicences(trade, *profile.mutable_licences());
  SetAuthorisations(trade, *profile.mutable_authorisations());
  SetEducation(trade, *profile.mutable_education());
  SetWishes(trade, profile);
  if (draw_.Percent(4)) {
    profile.add_accommodations_needed(OneOf(draw_, kAccommodations));
  }
  return profile;
}

PeopleSource::Trade PeopleSource::DrawTrade() {
  Trade trade;
  trade.first = &run_.market.groups[run_.market.groups_by_supply.Pick(draw_)];
  if (draw_.Percent(25) && !trade.first->neighbours.empty()) {
    trade.second = &run_.market.groups[draw_.OneOf(trade.first->neighbours)];
  }
  return trade;
}

v1::EvidenceLevel PeopleSource::DrawEvidence() {
  const int kind = draw_.Between(0, 99);
  if (kind < 55) return v1::EVIDENCE_LEVEL_CLAIMED;
  if (kind < 88) return v1::EVIDENCE_LEVEL_EVIDENCED;
  return kind < 95 ? v1::EVIDENCE_LEVEL_VALIDATED
                   : v1::EVIDENCE_LEVEL_CERTIFIED;
}

v1::Completeness PeopleSource::DrawCompleteness(int complete_percent) {
  return draw_.Percent(complete_percent) ? v1::COMPLETENESS_COMPLETE
                                         : v1::COMPLETENESS_OPEN;
}

void PeopleSource::SetKind(v1::Profile& profile) {
  const int kind = draw_.Between(0, 99);
  if (kind < 72 || (kind >= 86 && employers_.empty())) {
    profile.set_kind(v1::PROFILE_KIND_JOB_SEEKER);
  } else if (kind < 86) {
    profile.set_kind(v1::PROFILE_KIND_STUDENT);
    SetDate(run_.today + draw_.Between(30, 900),
            *profile.mutable_graduation_date());
  } else {
    profile.set_kind(v1::PROFILE_KIND_EMPLOYEE);
    profile.set_nominating_employer(draw_.OneOf(employers_));
  }
}

void PeopleSource::SetOccupations(const Trade& trade, v1::Profile& profile) {
  v1::OccupationSection& section = *profile.mutable_occupations();
  section.set_completeness(DrawCompleteness(75));
  const bool student = profile.kind() == v1::PROFILE_KIND_STUDENT;
  const auto hold = [&](const Group& group, size_t count, int most_months) {
    for (const size_t i : group.occupations_by_demand.PickSome(draw_, count)) {
      v1::HeldOccupation& held = *section.add_held();
      held.set_occupation(group.occupations[i].id);
      const int months = draw_.Between(2, most_months);
      if (draw_.Percent(92)) held.set_experience_months(months);
      held.set_evidence(DrawEvidence());
    }
  };
  // Squared, so that short experience is commoner than long.
  const int share = draw_.Between(1, 16);
  const int most_months = student ? 12 : 12 + share * share;
  if (!student || draw_.Percent(30)) {
    hold(*trade.first, draw_.Percent(30) ? 2 : 1, most_months);
  }
  if (trade.second != nullptr && draw_.Percent(70)) {
    hold(*trade.second, 1, std::max(6, most_months / 2));
  }
}

// About 12 skills of the first group, some of the second; a tenth is noise.
void PeopleSource::SetSkills(const Trade& trade, v1::SkillSection& section) {
  section.set_completeness(DrawCompleteness(85));
  absl::flat_hash_set<absl::string_view> held_ids;
  const auto hold = [&](absl::string_view id) {
    if (!held_ids.insert(id).second) return;
    v1::HeldSkill& held = *section.add_held();
    held.set_skill(std::string(id));
    if (draw_.Percent(85)) {
      held.set_level(OneOf(draw_, {1, 2, 2, 3, 3, 3, 4, 4, 5}));
    }
    held.set_evidence(DrawEvidence());
  };
  const auto hold_of = [&](const Group& group, int count) {
    for (const size_t i :
         group.skills_by_rank.PickSome(draw_, static_cast<size_t>(count))) {
      hold(draw_.Percent(10) ? draw_.OneOf(run_.market.all_skills)
                             : group.skills[i]);
    }
  };
  int count = 0;
  for (int i = 0; i < 3; ++i) count += draw_.Between(1, 7);
  hold_of(*trade.first, count);
  if (trade.second != nullptr) hold_of(*trade.second, draw_.Between(3, 8));
}

void PeopleSource::SetLanguages(v1::LanguageSection& section) {
  section.set_completeness(DrawCompleteness(80));
  const auto hold = [&](absl::string_view id, v1::CefrLevel level) {
    v1::HeldLanguage& held = *section.add_held();
    held.set_language(std::string(id));
    if (draw_.Percent(93)) held.set_level(level);
    held.set_evidence(DrawEvidence());
  };
  const Market& market = run_.market;
  const bool fluent = draw_.Percent(80);
  if (!market.swedish.empty() && (fluent || draw_.Percent(90))) {
    hold(market.swedish,
         fluent ? v1::CEFR_LEVEL_C2
                : OneOf(draw_, {v1::CEFR_LEVEL_A1, v1::CEFR_LEVEL_A2,
                                v1::CEFR_LEVEL_B1, v1::CEFR_LEVEL_B1,
                                v1::CEFR_LEVEL_B2, v1::CEFR_LEVEL_C1}));
  }
  if (!market.english.empty() && draw_.Percent(75)) {
    hold(market.english,
         OneOf(draw_, {v1::CEFR_LEVEL_A2, v1::CEFR_LEVEL_B1, v1::CEFR_LEVEL_B1,
                       v1::CEFR_LEVEL_B2, v1::CEFR_LEVEL_B2, v1::CEFR_LEVEL_C1,
                       v1::CEFR_LEVEL_C2}));
  }
  for (const LanguageShare& language : market.other_languages) {
    if (draw_.Between(0, 999) < language.per_thousand) {
      hold(language.id, OneOf(draw_, {v1::CEFR_LEVEL_A2, v1::CEFR_LEVEL_B1,
                                      v1::CEFR_LEVEL_C1, v1::CEFR_LEVEL_C2}));
    }
  }
}

void PeopleSource::SetLicences(const Trade& trade,
                               v1::LicenceSection& section) {
  section.set_completeness(DrawCompleteness(80));
  const auto hold = [&](absl::string_view category) {
    const absl::string_view id = run_.market.Licence(category);
    if (!id.empty()) section.add_held()->set_licence(std::string(id));
  };
  const bool drives_for_a_living =
      absl::string_view(trade.first->code).substr(0, 2) == "83";
  if (!draw_.Percent(drives_for_a_living ? 98 : 78)) {
    if (draw_.Percent(10)) hold("AM");
    const absl::string_view b = run_.market.Licence("B");
    if (section.completeness() == v1::COMPLETENESS_OPEN && draw_.Percent(50) &&
        !b.empty()) {
      section.add_lacking(std::string(b));
    }
    return;
  }
  hold("B");
  const int heavy = draw_.Between(0, 99);
  if (drives_for_a_living) {
    if (heavy < 55) {
      hold("CE");
    } else if (heavy < 80) {
      hold("C");
    }
    if (draw_.Percent(20)) hold("D");
  } else if (heavy < 3) {
    hold("CE");
  } else if (heavy < 7) {
    hold("C");
  } else if (heavy < 13) {
    hold("BE");
  }
  if (draw_.Percent(12)) hold("A");
}

void PeopleSource::SetAuthorisations(const Trade& trade,
                                     v1::AuthorisationSection& section) {
  section.set_completeness(DrawCompleteness(75));
  absl::flat_hash_set<absl::string_view> held_ids;
  for (const Group* group : {trade.first, trade.second}) {
    if (group == nullptr || group->authorisations.empty()) continue;
    const size_t count = static_cast<size_t>(OneOf(draw_, {0, 0, 1, 1, 2}));
    for (const size_t i :
         group->authorisations_by_rank.PickSome(draw_, count)) {
      const std::string& id = group->authorisations[i];
      if (!held_ids.insert(id).second) continue;
      v1::HeldAuthorisation& held = *section.add_held();
      held.set_authorisation(id);
      held.set_evidence(draw_.Percent(65) ? v1::EVIDENCE_LEVEL_CERTIFIED
                                          : v1::EVIDENCE_LEVEL_CLAIMED);
    }
  }
}

void PeopleSource::SetEducation(const Trade& trade,
                                v1::EducationSection& section) {
  section.set_completeness(DrawCompleteness(80));
  absl::flat_hash_set<absl::string_view> fields;
  for (const Group* group : {trade.first, trade.second}) {
    if (group == nullptr || group->education_field.empty()) continue;
    if (!draw_.Percent(65) || !fields.insert(group->education_field).second) {
      continue;
    }
    v1::HeldEducation& held = *section.add_held();
    held.set_field(group->education_field);
    const int level = draw_.Between(group->least_eqf, group->most_eqf);
    if (draw_.Percent(90)) held.set_eqf_level(level);
    held.set_evidence(draw_.Percent(50) ? v1::EVIDENCE_LEVEL_CERTIFIED
                                        : v1::EVIDENCE_LEVEL_CLAIMED);
  }
}

void PeopleSource::SetWishes(const Trade& trade, v1::Profile& profile) {
  v1::WorkWishes& wishes = *profile.mutable_wishes();
  absl::flat_hash_set<std::string> wanted_ids;
  const auto want = [&](const std::string& id, int importance) {
    if (!wanted_ids.insert(id).second) return;
    v1::WantedOccupation& wanted = *wishes.add_occupations();
    wanted.set_occupation(id);
    wanted.set_importance(importance);
  };
  for (const v1::HeldOccupation& held : profile.occupations().held()) {
    if (draw_.Percent(85)) want(held.occupation(), draw_.Between(5, 10));
  }
  const Group& other = trade.second != nullptr && draw_.Percent(50)
                           ? *trade.second
                           : *trade.first;
  if (wanted_ids.empty() || draw_.Percent(40)) {
    want(other.occupations[other.occupations_by_demand.Pick(draw_)].id,
         draw_.Between(3, 10));
  }
  wishes.set_occupations_strength(HardPercent(draw_, 50));
  if (draw_.Percent(95)) SetMobility(*wishes.mutable_mobility());
  if (draw_.Percent(75)) SetWorkingTime(*wishes.mutable_working_time());
  if (profile.has_graduation_date()) {
    *wishes.mutable_earliest_start_date() = profile.graduation_date();
    wishes.set_start_strength(v1::STRENGTH_HARD);
  } else if (draw_.Percent(70)) {
    const int notice =
        profile.kind() == v1::PROFILE_KIND_EMPLOYEE ? draw_.Between(30, 90) : 0;
    SetDate(run_.today + notice + OneOf(draw_, {0, 0, 7, 14, 30, 30, 60, 120}),
            *wishes.mutable_earliest_start_date());
    wishes.set_start_strength(HardPercent(draw_, 30));
  }
  const size_t major = trade.first->Major();
  if (major >= 1 && major <= 4 && draw_.Percent(8)) {
    wishes.set_minimum_remote_percent(OneOf(draw_, {20, 40, 60}));
    wishes.set_remote_strength(HardPercent(draw_, 20));
  }
}

void PeopleSource::SetMobility(v1::Mobility& mobility) {
  const int most = OneOf(draw_, {15, 20, 30, 30, 40, 50, 50, 60, 80, 100, 150});
  mobility.set_maximum_distance_km(most);
  mobility.set_easy_distance_km(most * draw_.Between(25, 75) / 100);
  mobility.set_strength(HardPercent(draw_, 85));
  const std::string& county = run_.places.DrawCounty(draw_);
  if (draw_.Percent(6)) {
    mobility.add_relocation_regions(county);
    if (draw_.Percent(60)) {
      mobility.add_relocation_barriers(OneOf(draw_, kBarriers));
    }
  }
}

void PeopleSource::SetWorkingTime(v1::WorkingTime& working_time) {
  const int hours = draw_.Between(0, 99);
  working_time.set_minimum_hours_percent(hours < 50   ? 100
                                         : hours < 75 ? 75
                                                      : 50);
  working_time.set_maximum_hours_percent(hours < 90 ? 100 : 75);
  working_time.set_hours_strength(HardPercent(draw_, 40));
  if (!draw_.Percent(80)) return;
  working_time.add_shifts(v1::SHIFT_DAY);
  if (draw_.Percent(50)) working_time.add_shifts(v1::SHIFT_EVENING);
  if (draw_.Percent(25)) working_time.add_shifts(v1::SHIFT_NIGHT);
  if (draw_.Percent(45)) working_time.add_shifts(v1::SHIFT_WEEKEND);
  if (draw_.Percent(35)) working_time.add_shifts(v1::SHIFT_ROTATING);
  working_time.set_shifts_strength(HardPercent(draw_, 30));
}

}  // namespace kugge::population
