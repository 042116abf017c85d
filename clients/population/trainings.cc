#include "clients/population/trainings.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace kugge::population {

TrainingSource::TrainingSource(const Run& run)
    : run_(run),
      draw_(StreamSeed(run.seed, "trainings")),
      provider_ids_(StreamSeed(run.seed, "provider ids")),
      offering_ids_(StreamSeed(run.seed, "offering ids")),
      session_ids_(StreamSeed(run.seed, "session ids")) {}

v1::Provider TrainingSource::NextProvider() {
  const PopulatedPlace& place = run_.places.DrawCentre(draw_);
  v1::Provider provider;
  provider.set_name(absl::StrCat("tenants/", run_.tenant, "/providers/",
                                 provider_ids_.NewId()));
  provider.set_display_name(absl::StrCat(
      "Utbildningsanordnare ", providers_.size() + 1, ", ", place.name));
  provider.mutable_place()->set_municipality_code(place.code);
  providers_.push_back({provider.name(), place.code});
  return provider;
}

v1::Offering TrainingSource::NextOffering(std::vector<v1::Session>& sessions) {
  const Provider& provider = draw_.OneOf(providers_);
  const Group& group =
      run_.market.groups[run_.market.groups_by_demand.Pick(draw_)];
  v1::Offering offering;
  offering.set_name(
      absl::StrCat(provider.name, "/offerings/", offering_ids_.NewId()));
  const int weeks =
      OneOf(draw_, {2, 2, 4, 4, 6, 8, 10, 12, 12, 16, 20, 20, 26});
  offering.set_length_weeks(weeks);
  offering.set_title(
      absl::StrCat("Utbildning, ", group.label, ", ", weeks, " veckor"));
  offering.set_state(v1::OFFERING_STATE_OPEN);
  offering.set_form(
      draw_.Percent(35)
          ? v1::OFFERING_FORM_DISTANCE
          : OneOf(draw_,
                  {v1::OFFERING_FORM_CLASSROOM, v1::OFFERING_FORM_CLASSROOM,
                   v1::OFFERING_FORM_WORK_BASED, v1::OFFERING_FORM_MIXED}));
  SetTaught(group, offering);
  sessions.clear();
  AddSessions(provider, offering, sessions);
  return offering;
}

// 7, 12 and 17 skills at the tenth, fiftieth and ninetieth percentile; seven
// of ten of the group, the others of a neighbour.
void TrainingSource::SetTaught(const Group& group, v1::Offering& offering) {
  int count = 1 + draw_.Between(0, 1);
  for (int i = 0; i < 3; ++i) count += draw_.Between(0, 7);
  const bool has_neighbour = !group.neighbours.empty();
  const int own = has_neighbour ? (count * 7 + 5) / 10 : count;
  absl::flat_hash_set<absl::string_view> taught_ids;
  const auto teach = [&](const Group& from, int skills) {
    for (const size_t i :
         from.skills_by_rank.PickSome(draw_, static_cast<size_t>(skills))) {
      if (!taught_ids.insert(from.skills[i]).second) continue;
      v1::TaughtSkill& taught = *offering.add_taught_skills();
      taught.set_skill(from.skills[i]);
      if (draw_.Percent(85)) taught.set_level(draw_.Between(2, 4));
    }
  };
  teach(group, own);
  if (has_neighbour) {
    teach(run_.market.groups[draw_.OneOf(group.neighbours)], count - own);
  }
  const Market& market = run_.market;
  if (!group.authorisations.empty() && draw_.Percent(20)) {
    offering.add_awarded_authorisations(
        group.authorisations[group.authorisations_by_rank.Pick(draw_)]);
  }
  const absl::string_view ce = market.Licence("CE");
  if (absl::string_view(group.code).substr(0, 2) == "83" && !ce.empty() &&
      offering.length_weeks() >= 10 && draw_.Percent(40)) {
    offering.add_awarded_licences(std::string(ce));
  }
  if (!market.swedish.empty() && draw_.Percent(5)) {
    v1::TaughtLanguage& taught = *offering.add_taught_languages();
    taught.set_language(market.swedish);
    taught.set_level(draw_.Percent(60) ? v1::CEFR_LEVEL_B1 : v1::CEFR_LEVEL_B2);
  }
  if (!group.education_field.empty() && offering.length_weeks() >= 20 &&
      draw_.Percent(50)) {
    v1::AwardedEducation& awarded = *offering.add_awarded_education();
    awarded.set_field(group.education_field);
    awarded.set_eqf_level(std::min(group.least_eqf, 5));
  }
  if (!market.swedish.empty() && draw_.Percent(25)) {
    v1::LanguageDemand& asked =
        *offering.mutable_prerequisites()->add_languages();
    asked.set_language(market.swedish);
    asked.set_minimum_level(v1::CEFR_LEVEL_A2);
    asked.set_strength(v1::STRENGTH_HARD);
  }
}

void TrainingSource::AddSessions(const Provider& provider,
                                 const v1::Offering& offering,
                                 std::vector<v1::Session>& sessions) {
  const int count = draw_.Between(1, 6);
  const int pace = OneOf(draw_, {100, 100, 100, 50, 75});
  const int days = offering.length_weeks() * 7 * 100 / pace;
  // The first may have begun already.
  int start = draw_.Between(-40, 120);
  for (int i = 0; i < count; ++i) {
    v1::Session session;
    session.set_name(
        absl::StrCat(offering.name(), "/sessions/", session_ids_.NewId()));
    session.set_state(v1::OFFERING_STATE_OPEN);
    SetDate(run_.today + start, *session.mutable_start_date());
    SetDate(run_.today + start + days, *session.mutable_end_date());
    if (offering.form() == v1::OFFERING_FORM_DISTANCE) {
      session.set_distance_learning(true);
    } else {
      session.mutable_place()->set_municipality_code(
          provider.municipality_code);
    }
    session.set_pace_percent(pace);
    session.set_seats(OneOf(draw_, {8, 10, 12, 16, 16, 20, 24, 30}));
    session.set_seats_taken(draw_.Percent(10)
                                ? session.seats()
                                : draw_.Between(0, session.seats() - 1));
    if (draw_.Percent(60)) {
      session.add_accommodations_offered(v1::ACCOMMODATION_STEP_FREE_ACCESS);
    }
    if (draw_.Percent(30)) {
      session.add_accommodations_offered(v1::ACCOMMODATION_HEARING_SUPPORT);
    }
    if (draw_.Percent(40)) {
      session.add_accommodations_offered(v1::ACCOMMODATION_EXTRA_TIME);
    }
    sessions.push_back(std::move(session));
    start += draw_.Between(30, 120);
  }
}

}  // namespace kugge::population
