#include "services/match/pathway_handler.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/status_macros.h"
#include "matching/compiled_person.h"
#include "matching/market.h"
#include "matching/pathways.h"
#include "services/match/pathway_rows.h"
#include "services/match/row_filter.h"
#include "services/match/toward.h"

namespace kugge::match {
namespace {

using matching::CompiledPerson;
using matching::OfferingFeatures;
using matching::PathwayAnswer;
using matching::PathwayRequest;

constexpr size_t kMostPathways = 100;
constexpr size_t kMostSteps = 3;

absl::StatusOr<PathwayRequest> PathwayRequestOf(
    const v1::PlanPathwaysRequest& request, const Question& question,
    absl::string_view tenant, const rpc::RequestContext& call) {
  PathwayRequest ask;
  ask.tenant = question.TenantIndexOf(tenant);
  ask.today = question.today();
  ask.k = std::min(PageSizeOf(request.page_size()), kMostPathways);
  ask.maximum_steps = request.maximum_steps() == 0
                          ? kMostSteps
                          : static_cast<size_t>(request.maximum_steps());
  ask.maximum_weeks = static_cast<uint32_t>(request.maximum_weeks());
  ask.maximum_pace_percent =
      static_cast<uint8_t>(request.maximum_pace_percent());
  ask.cancelled = call.cancelled;
  KUGGE_ASSIGN_OR_RETURN(ask.filter, OfferingFilter(request.filter()));
  KUGGE_ASSIGN_OR_RETURN(ask.toward, TowardOf(request, question, tenant));
  return ask;
}

// Why no requirement is within the person's reach.
v1::NoMatchReason ReasonOfNoReach(const matching::Market& market,
                                  const CompiledPerson& person,
                                  const PathwayRequest& ask) {
  bool stored = false;
  bool toward = false;
  CompiledPerson::Scratch scratch;
  const bool nothing_missing = market.requirements().ForEach(
      [&](const matching::RequirementFeatures& requirement) {
        if (!matching::IsCandidate(requirement, ask.tenant, ask.today)) {
          return true;
        }
        stored = true;
        if (ask.toward && !ask.toward(requirement)) return true;
        toward = true;
        return person.Score(requirement, scratch)
                   .hurdles.Verdict(person.strategy()) ==
               matching::Eligibility::kEligible;
      });
  if (!nothing_missing) return v1::NO_MATCH_REASON_HARD_DEMANDS_REFUSE_ALL;
  if (toward) return v1::NO_MATCH_REASON_NOTHING_COVERED;
  return stored ? v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL
                : v1::NO_MATCH_REASON_NOTHING_STORED;
}

// Why an answer is empty. Asks once more without the filter where there is one.
absl::StatusOr<v1::NoMatchReason> ReasonOfNoPathways(
    const matching::Market& market, const CompiledPerson& person,
    PathwayRequest ask, const PathwayAnswer& answer) {
  if (!matching::IsCandidate(person.person(), ask.tenant, ask.today)) {
    return v1::NO_MATCH_REASON_PROFILE_EXPIRED;
  }
  if (answer.requirements_within_reach == 0) {
    return ReasonOfNoReach(market, person, ask);
  }
  const bool no_offering =
      market.offerings().ForEach([&](const OfferingFeatures& offering) {
        return !matching::IsCandidate(offering, ask.tenant);
      });
  if (no_offering) return v1::NO_MATCH_REASON_NOTHING_STORED;
  if (ask.filter) {
    ask.filter = nullptr;
    ask.k = 1;
    KUGGE_ASSIGN_OR_RETURN(const PathwayAnswer all,
                           matching::PlanPathways(market, person, ask));
    if (all.total > 0) return v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL;
  }
  return v1::NO_MATCH_REASON_NOTHING_COVERED;
}

}  // namespace

absl::Status PathwayHandler::PlanPathways(
    const v1::PlanPathwaysRequest& request, rpc::RequestContext& call,
    v1::PlanPathwaysResponse* response) const {
  KUGGE_ASSIGN_OR_RETURN(Question question, asking_.Begin(call));
  const std::string tenant = TenantNameOf(request.profile());
  KUGGE_RETURN_IF_ERROR(
      question.ChooseStrategy(tenant, request.strategy(), nullptr));
  KUGGE_ASSIGN_OR_RETURN(const PathwayRequest ask,
                         PathwayRequestOf(request, question, tenant, call));
  KUGGE_ASSIGN_OR_RETURN(const matching::PersonFeatures* person,
                         question.Person(request.profile()));

  const CompiledPerson compiled(*person, question.Scoring());
  KUGGE_ASSIGN_OR_RETURN(
      const PathwayAnswer answer,
      matching::PlanPathways(question.market(), compiled, ask));
  asking_.CountScored("pathways", answer.requirements_within_reach +
                                      answer.offerings_considered);
  KUGGE_RETURN_IF_ERROR(AddPathways({asking_.repository, question}, compiled,
                                    answer.rows, response->mutable_pathways()));
  if (answer.rows.empty()) {
    KUGGE_ASSIGN_OR_RETURN(
        const v1::NoMatchReason reason,
        ReasonOfNoPathways(question.market(), compiled, ask, answer));
    response->set_no_match_reason(reason);
  }
  response->set_total_size(static_cast<int32_t>(answer.total));
  response->set_requirements_within_reach(
      static_cast<int32_t>(answer.requirements_within_reach));
  response->set_offerings_considered(
      static_cast<int32_t>(answer.offerings_considered));
  question.FillContext(response->mutable_context());
  return absl::OkStatus();
}

}  // namespace kugge::match
