#include "services/match/staffing_handler.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "kugge/v1/offering.pb.h"
#include "kugge/v1/provider.pb.h"
#include "matching/geo/municipalities.h"
#include "matching/staffing.h"
#include "services/features/calendar.h"
#include "services/features/explainer.h"
#include "services/match/row_source.h"
#include "services/rpc/errors.h"

namespace kugge::match {
namespace {

using matching::RequirementFeatures;
using matching::StaffingAnswer;
using matching::StaffingRequest;

constexpr int32_t kDefaultTrainings = 10;
constexpr int32_t kMostTrainings = 100;
// Hundreds of metres.
constexpr int32_t kHmPerKm = 10;

absl::StatusOr<matching::Area> AreaOf(const v1::AssessStaffingRequest& request,
                                      const storage::Repository& repository,
                                      const Question& question,
                                      const RequirementFeatures& requirement) {
  matching::Area area;
  if (!request.region().empty()) {
    const std::vector<std::string> codes = index::MunicipalitiesOf(
        repository, question.view().snapshot.get(), request.region());
    if (codes.empty()) {
      return rpc::NotFound(request.region());
    }
    area.municipalities.emplace();
    for (const std::string& code : codes) {
      if (const auto found = matching::FindMunicipality(code)) {
        area.municipalities->push_back(*found);
      }
    }
    std::ranges::sort(*area.municipalities);
  }
  if (request.radius_km() == 0) return area;
  if (!requirement.facts.place.has_value()) {
    return rpc::InvalidField(
        "radius_km", "can't be given: the requirement's place isn't known");
  }
  area.circle = {.site = *requirement.facts.place,
                 .radius = request.radius_km() * kHmPerKm};
  return area;
}

absl::Status AddPlan(const RowSource& source, const StaffingAnswer& answer,
                     v1::AssessStaffingResponse* response) {
  Names names;
  for (const matching::StaffingStep& step : answer.plan) {
    names.insert(step.offering_reference);
  }
  KUGGE_ASSIGN_OR_RETURN(
      auto titles, ReadTexts(source, storage::ResourceKind::kOffering, names,
                             &v1::Offering::title));
  KUGGE_ASSIGN_OR_RETURN(auto providers,
                         ReadParentNames<v1::Provider>(
                             source, storage::ResourceKind::kProvider, names));
  for (const matching::StaffingStep& step : answer.plan) {
    v1::StaffingStep* out = response->add_plan();
    out->set_offering(step.offering_reference);
    out->set_title(titles[step.offering_reference]);
    out->set_provider_display_name(
        providers[std::string(rpc::ParentOf(step.offering_reference))]);
    out->set_session(step.session_reference);
    *out->mutable_end_date() = features::ToDate(step.end_day);
    out->set_seats_left(static_cast<int32_t>(step.seats_left));
    out->set_unlocked_people(static_cast<int64_t>(step.unlocked_people));
    out->set_adds(static_cast<int64_t>(step.adds));
  }
  return absl::OkStatus();
}

void AddLacked(const Question& question, const RequirementFeatures& requirement,
               const StaffingAnswer& answer,
               v1::AssessStaffingResponse* response) {
  for (size_t i = 0; i < requirement.demands.size(); ++i) {
    const matching::Demand& demand = requirement.demands[i];
    const features::ConceptText text =
        features::TextOf(question.taxonomy(), demand.concept_index);
    v1::LackedDemand* out = response->add_lacked();
    out->set_kind(features::ToDemandKindMessage(demand.kind));
    out->set_asked_concept(text.id);
    out->set_label(text.label);
    out->set_level(demand.minimum_level);
    out->set_strength(demand.strength == matching::Strength::kHard
                          ? v1::STRENGTH_HARD
                          : v1::STRENGTH_SOFT);
    out->set_people(static_cast<int64_t>(answer.lacking[i]));
  }
}

}  // namespace

absl::Status StaffingHandler::AssessStaffing(
    const v1::AssessStaffingRequest& request, rpc::RequestContext& call,
    v1::AssessStaffingResponse* response) const {
  KUGGE_ASSIGN_OR_RETURN(Question question, asking_.Begin(call));
  KUGGE_RETURN_IF_ERROR(
      question.ChooseStrategy(request.parent(), request.strategy(), nullptr));
  KUGGE_ASSIGN_OR_RETURN(
      const RequirementFeatures* requirement,
      question.Requirement(request.requirement(), request.parent()));
  StaffingRequest ask;
  ask.tenant = question.TenantIndexOf(request.parent());
  ask.today = question.today();
  KUGGE_ASSIGN_OR_RETURN(
      ask.area, AreaOf(request, asking_.repository, question, *requirement));
  ask.positions = request.positions() == 0
                      ? requirement->positions
                      : static_cast<uint32_t>(request.positions());
  if (request.has_by_date()) ask.by = features::ToDays(request.by_date());
  ask.most_trainings = static_cast<size_t>(
      request.maximum_trainings() == 0
          ? kDefaultTrainings
          : std::min(request.maximum_trainings(), kMostTrainings));
  ask.cancelled = call.cancelled;
  const matching::CompiledRequirement compiled(*requirement,
                                               question.Scoring());
  KUGGE_ASSIGN_OR_RETURN(
      const StaffingAnswer answer,
      matching::AssessStaffing(question.market(), compiled, ask));
  asking_.CountScored("staffing", answer.people);

  response->set_people(static_cast<int64_t>(answer.people));
  response->set_eligible_people(static_cast<int64_t>(answer.eligible_people));
  response->set_uncertain_people(static_cast<int64_t>(answer.uncertain_people));
  response->set_positions(static_cast<int32_t>(ask.positions));
  response->set_shortfall(static_cast<int64_t>(answer.shortfall));
  response->set_shortfall_after_plan(
      static_cast<int64_t>(answer.shortfall_after_plan));
  response->set_trainings(static_cast<int32_t>(answer.trainings));
  KUGGE_RETURN_IF_ERROR(
      AddPlan({asking_.repository, question, false}, answer, response));
  AddLacked(question, *requirement, answer, response);
  question.FillContext(response->mutable_context());
  return absl::OkStatus();
}

}  // namespace kugge::match
