#include "services/match/pathway_rows.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "base/status_macros.h"
#include "kugge/v1/employer.pb.h"
#include "kugge/v1/offering.pb.h"
#include "kugge/v1/provider.pb.h"
#include "kugge/v1/requirement.pb.h"
#include "services/features/calendar.h"
#include "services/features/explainer.h"
#include "services/match/missing.h"
#include "services/rpc/resource_name.h"

namespace kugge::match {
namespace {

using storage::ResourceKind;

// What is read from the records of everything on the ways.
struct PathwayTexts {
  TextByName offerings{};
  TextByName providers{};
  TextByName requirements{};
  TextByName employers{};
  LackingSessions lacking{};
};

absl::StatusOr<PathwayTexts> ReadPathwayTexts(
    const RowSource& source, const std::string& profile,
    const std::vector<matching::Pathway>& found) {
  Names offerings, sessions, requirements;
  for (const matching::Pathway& way : found) {
    for (const matching::PathwayStep& step : way.steps) {
      offerings.insert(step.offering_reference);
      sessions.insert(step.session_reference);
    }
    for (const matching::PathwayGoal& goal : way.goals) {
      requirements.insert(goal.requirement_reference);
    }
  }
  PathwayTexts texts;
  KUGGE_ASSIGN_OR_RETURN(texts.offerings,
                         ReadTexts(source, ResourceKind::kOffering, offerings,
                                   &v1::Offering::title));
  KUGGE_ASSIGN_OR_RETURN(texts.providers,
                         ReadParentNames<v1::Provider>(
                             source, ResourceKind::kProvider, offerings));
  KUGGE_ASSIGN_OR_RETURN(texts.requirements,
                         ReadTexts(source, ResourceKind::kRequirement,
                                   requirements, &v1::Requirement::title));
  KUGGE_ASSIGN_OR_RETURN(texts.employers,
                         ReadParentNames<v1::Employer>(
                             source, ResourceKind::kEmployer, requirements));
  KUGGE_ASSIGN_OR_RETURN(
      texts.lacking, SessionsLackingAccommodations(source, profile, sessions));
  return texts;
}

std::string TextOfParent(const TextByName& texts, const std::string& child) {
  const auto found = texts.find(std::string(rpc::ParentOf(child)));
  return found == texts.end() ? std::string() : found->second;
}

std::string TextOfName(const TextByName& texts, const std::string& name) {
  const auto found = texts.find(name);
  return found == texts.end() ? std::string() : found->second;
}

void FillStep(const RowSource& source, const matching::CompiledPerson& person,
              const PathwayTexts& texts, const matching::PathwayStep& step,
              v1::PathwayStep* out) {
  const matching::OfferingFeatures& offering =
      *source.question.market().offerings().Find(step.offering);
  const matching::SessionFeatures& session = *std::ranges::find(
      offering.sessions, step.session, &matching::SessionFeatures::id);
  out->set_offering(step.offering_reference);
  out->set_title(TextOfName(texts.offerings, step.offering_reference));
  out->set_provider_display_name(
      TextOfParent(texts.providers, step.offering_reference));
  out->set_session(step.session_reference);
  *out->mutable_start_date() = features::ToDate(step.start_day);
  *out->mutable_end_date() = features::ToDate(step.end_day);
  out->set_weeks(static_cast<int32_t>(step.weeks));
  out->set_seats_left(
      static_cast<int32_t>(session.seats - session.seats_taken));
  out->set_distance_hm(DistanceHmOf(session, step.distance));
  for (const uint32_t place : step.prepared) {
    const matching::Demand& prerequisite = offering.prerequisites[place];
    features::FillPrepared(source.question.taxonomy(),
                           source.question.language(), prerequisite,
                           person.Judge(prerequisite).satisfied,
                           out->add_prepared_prerequisites());
  }
  AddMissingAccommodations(texts.lacking, out);
}

void FillGoal(const RowSource& source, const PathwayTexts& texts,
              const matching::PathwayGoal& goal, v1::PathwayGoal* out) {
  const matching::RequirementFeatures& requirement =
      *source.question.market().requirements().Find(goal.requirement);
  out->set_requirement(goal.requirement_reference);
  out->set_title(TextOfName(texts.requirements, goal.requirement_reference));
  out->set_employer_display_name(
      TextOfParent(texts.employers, goal.requirement_reference));
  out->set_municipality_code(
      MunicipalityCodeOf(requirement.facts.municipality));
  out->set_order_key(goal.order);
}

}  // namespace

absl::Status AddPathways(
    const RowSource& source, const matching::CompiledPerson& person,
    const std::vector<matching::Pathway>& found,
    google::protobuf::RepeatedPtrField<v1::Pathway>* rows) {
  if (found.empty()) return absl::OkStatus();
  KUGGE_ASSIGN_OR_RETURN(
      const PathwayTexts texts,
      ReadPathwayTexts(source, person.person().reference, found));
  for (const matching::Pathway& way : found) {
    v1::Pathway* row = rows->Add();
    for (const matching::PathwayStep& step : way.steps) {
      FillStep(source, person, texts, step, row->add_steps());
    }
    row->set_gain_positions(static_cast<int64_t>(way.gain_positions));
    row->set_gain_requirements(static_cast<int32_t>(way.gain_requirements));
    row->set_weeks(static_cast<int32_t>(way.weeks));
    *row->mutable_end_date() = features::ToDate(way.end_day);
    for (const matching::PathwayGoal& goal : way.goals) {
      FillGoal(source, texts, goal, row->add_goals());
    }
  }
  return absl::OkStatus();
}

}  // namespace kugge::match
