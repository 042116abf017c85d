#include "services/match/staffing_handler.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "kugge/v1/employer.pb.h"
#include "kugge/v1/offering.pb.h"
#include "kugge/v1/provider.pb.h"
#include "kugge/v1/requirement.pb.h"
#include "matching/staffing.h"
#include "services/features/calendar.h"
#include "services/features/explainer.h"
#include "services/features/extractor.h"
#include "services/features/sentences.h"
#include "services/match/region.h"
#include "services/match/row_source.h"
#include "services/rpc/errors.h"
#include "services/rpc/resource_rules.h"

namespace kugge::match {
namespace {

using matching::RequirementFeatures;
using matching::StaffingAnswer;
using matching::StaffingRequest;

constexpr int32_t kDefaultTrainings = 10;
constexpr int32_t kMostTrainings = 100;
// Hundreds of metres.
constexpr int32_t kHmPerKm = 10;

bool AsksAnything(const v1::Demands& demands) {
  return !demands.occupations().empty() || !demands.skills().empty() ||
         !demands.languages().empty() || !demands.licences().empty() ||
         !demands.authorisations().empty() || !demands.education().empty();
}

// A requirement that is stored nowhere: the demands, and perhaps a place.
absl::StatusOr<RequirementFeatures> UnstoredNeed(
    const v1::AssessStaffingRequest& request, const Asking& asking,
    const Question& question) {
  if (!AsksAnything(request.demands())) {
    return rpc::InvalidField("demands", "must ask for something");
  }
  v1::Requirement need;
  *need.mutable_demands() = request.demands();
  if (request.has_place()) *need.mutable_place() = request.place();
  rpc::Violations violations;
  rpc::CheckResource(need, "", &violations);
  KUGGE_RETURN_IF_ERROR(violations.ToStatus());
  RequirementFeatures features =
      features::Extractor(question.taxonomy(), asking.index.interners())
          .Requirement(need, v1::Employer());
  // What has no name has no digest of one: docs/scoring.md section 11.
  features.id = {};
  features.tenant = question.TenantIndexOf(request.parent());
  return features;
}

// What is to be staffed.
absl::StatusOr<RequirementFeatures> NeedOf(
    const v1::AssessStaffingRequest& request, const Asking& asking,
    const Question& question) {
  if (request.has_demands()) return UnstoredNeed(request, asking, question);
  if (!request.has_requirement()) {
    return rpc::InvalidField("requirement",
                             "is required where no demands are given");
  }
  if (request.has_place()) {
    return rpc::InvalidField(
        "place",
        "is set; only demands may have one, a requirement has its own");
  }
  KUGGE_ASSIGN_OR_RETURN(
      const RequirementFeatures* stored,
      question.Requirement(request.requirement(), request.parent()));
  return *stored;
}

absl::StatusOr<matching::Area> AreaOf(const v1::AssessStaffingRequest& request,
                                      const storage::Repository& repository,
                                      const Question& question,
                                      const RequirementFeatures& requirement) {
  matching::Area area;
  KUGGE_ASSIGN_OR_RETURN(
      area.municipalities,
      MunicipalitiesOfRegion(repository, question, request.region()));
  if (request.radius_km() == 0) return area;
  if (!requirement.facts.place.has_value()) {
    return rpc::InvalidField(
        "radius_km", "can't be given: the place of the work isn't known");
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
  const features::Sentences sentences(question.language(), question.taxonomy());
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
    out->set_sentence(sentences.OfLacked(demand, answer.lacking[i]));
  }
}

}  // namespace

absl::Status StaffingHandler::AssessStaffing(
    const v1::AssessStaffingRequest& request, rpc::RequestContext& call,
    v1::AssessStaffingResponse* response) const {
  KUGGE_ASSIGN_OR_RETURN(Question question, asking_.Begin(call));
  KUGGE_RETURN_IF_ERROR(
      question.ChooseStrategy(request.parent(), request.strategy(), nullptr));
  KUGGE_ASSIGN_OR_RETURN(const RequirementFeatures need,
                         NeedOf(request, asking_, question));
  StaffingRequest ask;
  ask.tenant = question.TenantIndexOf(request.parent());
  ask.today = question.today();
  KUGGE_ASSIGN_OR_RETURN(ask.area,
                         AreaOf(request, asking_.repository, question, need));
  ask.positions = request.positions() == 0
                      ? need.positions
                      : static_cast<uint32_t>(request.positions());
  if (request.has_by_date()) ask.by = features::ToDays(request.by_date());
  ask.most_trainings = static_cast<size_t>(
      request.maximum_trainings() == 0
          ? kDefaultTrainings
          : std::min(request.maximum_trainings(), kMostTrainings));
  ask.cancelled = call.cancelled;
  const matching::CompiledRequirement compiled(need, question.Scoring());
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
  AddLacked(question, need, answer, response);
  question.FillContext(response->mutable_context());
  return absl::OkStatus();
}

}  // namespace kugge::match
