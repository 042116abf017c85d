#include "services/match/rows.h"

#include <algorithm>
#include <string>

#include "base/status_macros.h"
#include "kugge/v1/employer.pb.h"
#include "kugge/v1/offering.pb.h"
#include "kugge/v1/provider.pb.h"
#include "kugge/v1/requirement.pb.h"
#include "services/features/calendar.h"
#include "services/features/explainer.h"
#include "services/rpc/resource_name.h"

namespace kugge::match {

using storage::ResourceKind;

absl::Status AddRequirementRows(const RowSource& source,
                                const matching::CompiledPerson& person,
                                const std::vector<matching::Match>& found,
                                MatchRows* rows) {
  Names names;
  for (const matching::Match& row : found) names.insert(row.reference);
  KUGGE_ASSIGN_OR_RETURN(auto titles,
                         ReadTexts(source, ResourceKind::kRequirement, names,
                                   &v1::Requirement::title));
  KUGGE_ASSIGN_OR_RETURN(
      auto employers,
      ReadParentNames<v1::Employer>(source, ResourceKind::kEmployer, names));
  for (const matching::Match& row : found) {
    v1::Match* match = rows->Add();
    match->set_name(row.reference);
    match->set_title(titles[row.reference]);
    match->set_employer_display_name(
        employers[std::string(rpc::ParentOf(row.reference))]);
    match->set_municipality_code(MunicipalityCodeOf(row.municipality));
    features::FillVerdict(row, match);
    if (source.explain) {
      const matching::RequirementFeatures& requirement =
          *source.question.market().requirements().Find(row.to);
      features::FillContributions(
          {source.question.taxonomy(), source.question.language(),
           person.person(), requirement},
          matching::Explain(person, requirement), match);
    }
  }
  return absl::OkStatus();
}

void AddPersonRows(const RowSource& source,
                   const matching::CompiledRequirement& requirement,
                   const std::vector<matching::Match>& found, MatchRows* rows) {
  for (const matching::Match& row : found) {
    v1::Match* match = rows->Add();
    match->set_name(row.reference);
    match->set_municipality_code(MunicipalityCodeOf(row.municipality));
    features::FillVerdict(row, match);
    if (source.explain) {
      const matching::PersonFeatures& person =
          *source.question.market().people().Find(row.to);
      features::FillContributions(
          {source.question.taxonomy(), source.question.language(), person,
           requirement.requirement()},
          matching::Explain(requirement, person), match);
    }
  }
}

absl::Status AddOfferingRows(
    const RowSource& source, const std::vector<matching::OfferingMatch>& found,
    google::protobuf::RepeatedPtrField<v1::OfferingMatch>* rows) {
  const matching::Market& market = source.question.market();
  Names names;
  for (const matching::OfferingMatch& row : found) {
    names.insert(market.offerings().Find(row.offering)->reference);
  }
  KUGGE_ASSIGN_OR_RETURN(auto titles, ReadTexts(source, ResourceKind::kOffering,
                                                names, &v1::Offering::title));
  KUGGE_ASSIGN_OR_RETURN(
      auto providers,
      ReadParentNames<v1::Provider>(source, ResourceKind::kProvider, names));
  for (const matching::OfferingMatch& row : found) {
    const matching::OfferingFeatures& offering =
        *market.offerings().Find(row.offering);
    v1::OfferingMatch* match = rows->Add();
    match->set_offering(offering.reference);
    match->set_title(titles[offering.reference]);
    match->set_provider_display_name(
        providers[std::string(rpc::ParentOf(offering.reference))]);
    match->set_coverage(static_cast<int32_t>(row.coverage));
    match->set_length_weeks(static_cast<int32_t>(row.weeks));
    match->set_in_time(row.in_time);
    match->set_unlocked_people(static_cast<int32_t>(row.unlocked_people));
    match->set_gain_positions(static_cast<int64_t>(row.gain_positions));
    match->set_gain_requirements(static_cast<int32_t>(row.gain_requirements));
    match->set_distance_hm(-1);
    match->set_other_sessions(static_cast<int32_t>(row.other_sessions));
    const auto session = std::ranges::find(offering.sessions, row.session,
                                           &matching::SessionFeatures::id);
    if (session == offering.sessions.end()) continue;
    match->set_session(session->reference);
    *match->mutable_session_start_date() = features::ToDate(session->start_day);
    *match->mutable_session_end_date() = features::ToDate(row.end_day);
    match->set_seats_left(
        static_cast<int32_t>(session->seats - session->seats_taken));
    match->set_distance_hm(DistanceHmOf(*session, row.distance));
  }
  return absl::OkStatus();
}

}  // namespace kugge::match
