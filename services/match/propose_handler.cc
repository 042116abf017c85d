#include "services/match/propose_handler.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "matching/propose.h"
#include "services/features/calendar.h"
#include "services/features/explainer.h"
#include "services/features/sentences.h"
#include "services/match/region.h"
#include "services/match/row_filter.h"
#include "services/rpc/errors.h"

namespace kugge::match {
namespace {

using matching::ProposalAnswer;
using matching::ProposalRequest;
using matching::RequirementFeatures;

constexpr size_t kMostRequirements = 500;

absl::Status CheckProposal(const v1::ProposeOfferingRequest& request,
                           const Question& question) {
  const auto refuse = [](absl::string_view field) {
    return rpc::InvalidField(
        field,
        "is set beside requirements; those that are named aren't chosen "
        "among");
  };
  if (!request.requirements().empty()) {
    if (!request.filter().empty()) return refuse("filter");
    if (!request.work_region().empty()) return refuse("work_region");
  }
  if (request.has_start_date() &&
      features::ToDays(request.start_date()) < question.today()) {
    return rpc::InvalidField("start_date",
                             "is in the past; must be today or later");
  }
  return absl::OkStatus();
}

// Those that pass filter and region.
absl::Status ChooseRequirements(const v1::ProposeOfferingRequest& request,
                                const storage::Repository& repository,
                                const Question& question,
                                ProposalRequest& ask) {
  KUGGE_ASSIGN_OR_RETURN(
      const auto filter,
      RequirementFilter(request.filter(), question.taxonomy()));
  KUGGE_ASSIGN_OR_RETURN(
      const auto region,
      MunicipalitiesOfRegion(repository, question, request.work_region()));
  const auto is_in =
      [](const std::optional<std::vector<matching::MunicipalityIndex>>& some,
         const RequirementFeatures& requirement) {
        return !some.has_value() || std::ranges::binary_search(
                                        *some, requirement.facts.municipality);
      };
  question.market().requirements().ForEach(
      [&](const RequirementFeatures& requirement) {
        if (matching::IsProposedFor(ask, requirement) &&
            is_in(region, requirement) &&
            is_in(filter.municipalities, requirement) &&
            (!filter.matches || filter.matches(requirement))) {
          ask.requirements.push_back(&requirement);
        }
        return true;
      });
  if (ask.requirements.size() <= kMostRequirements) return absl::OkStatus();
  return rpc::InvalidField(
      "filter", absl::StrCat("leaves ", ask.requirements.size(),
                             " requirements that are open; must leave at most ",
                             kMostRequirements));
}

absl::StatusOr<ProposalRequest> ProposalRequestOf(
    const v1::ProposeOfferingRequest& request,
    const storage::Repository& repository, const Question& question,
    const rpc::RequestContext& call) {
  KUGGE_RETURN_IF_ERROR(CheckProposal(request, question));
  ProposalRequest ask;
  ask.tenant = question.TenantIndexOf(request.parent());
  ask.today = question.today();
  ask.start_day = request.has_start_date()
                      ? features::ToDays(request.start_date())
                      : question.today();
  ask.budget_weeks = static_cast<uint32_t>(request.budget_weeks());
  ask.cancelled = call.cancelled;
  KUGGE_ASSIGN_OR_RETURN(
      ask.area.municipalities,
      MunicipalitiesOfRegion(repository, question, request.region()));
  for (const std::string& name : request.requirements()) {
    KUGGE_ASSIGN_OR_RETURN(const RequirementFeatures* requirement,
                           question.Requirement(name, request.parent()));
    ask.requirements.push_back(requirement);
  }
  if (request.requirements().empty()) {
    KUGGE_RETURN_IF_ERROR(
        ChooseRequirements(request, repository, question, ask));
  }
  return ask;
}

v1::NoMatchReason ReasonOfNoModules(const v1::ProposeOfferingRequest& request,
                                    const Question& question,
                                    const ProposalRequest& ask,
                                    const ProposalAnswer& answer) {
  if (answer.requirements > 0) {
    return answer.anything_lacking ? v1::NO_MATCH_REASON_HARD_DEMANDS_REFUSE_ALL
                                   : v1::NO_MATCH_REASON_NOTHING_COVERED;
  }
  const bool none_open =
      !request.requirements().empty() ||
      question.market().requirements().ForEach(
          [&](const RequirementFeatures& requirement) {
            return !matching::IsProposedFor(ask, requirement);
          });
  return none_open ? v1::NO_MATCH_REASON_NOTHING_STORED
                   : v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL;
}

// What prerequisites and uncovered demands tell of a demand.
template <typename Line>
void FillAsked(const Question& question, const matching::Demand& demand,
               Line* line) {
  features::ConceptText text =
      features::TextOf(question.taxonomy(), demand.concept_index);
  line->set_kind(features::ToDemandKindMessage(demand.kind));
  line->set_asked_concept(std::move(text.id));
  line->set_label(std::move(text.label));
  line->set_level(demand.minimum_level);
}

void AddModules(const Question& question, const ProposalAnswer& answer,
                v1::ProposeOfferingResponse* response) {
  const features::Sentences sentences(question.language(), question.taxonomy());
  for (const matching::ModuleProposal& module : answer.modules) {
    v1::ProposedModule* line = response->add_modules();
    features::ConceptText text =
        features::TextOf(question.taxonomy(), module.gain.concept_index);
    line->set_kind(features::ToDemandKindMessage(module.gain.section));
    line->set_taught_concept(std::move(text.id));
    line->set_label(std::move(text.label));
    line->set_level(module.gain.level);
    line->set_awarded(module.gain.evidence == matching::Evidence::kCertified);
    line->set_weeks(static_cast<int32_t>(module.weeks));
    line->set_weeks_from_offerings(
        static_cast<int32_t>(module.weeks_from_offerings));
    line->set_adds_positions(static_cast<int64_t>(module.adds_positions));
    line->set_adds_pairs(static_cast<int64_t>(module.adds_pairs));
    line->set_requirements(static_cast<int32_t>(module.requirements));
    line->set_sentence(sentences.OfModule(module));
  }
}

void AddDemands(const Question& question, const ProposalAnswer& answer,
                v1::ProposeOfferingResponse* response) {
  const features::Sentences sentences(question.language(), question.taxonomy());
  for (const matching::PrerequisiteProposal& one : answer.prerequisites) {
    v1::ProposedPrerequisite* line = response->add_prerequisites();
    FillAsked(question, one.demand, line);
    if (one.demand.minimum_evidence != matching::Evidence::kClaimed) {
      line->set_evidence(static_cast<v1::EvidenceLevel>(
          static_cast<int>(one.demand.minimum_evidence) +
          v1::EVIDENCE_LEVEL_CLAIMED));
    }
    line->set_people(static_cast<int64_t>(one.people));
    line->set_proposed(one.proposed);
    line->set_sentence(sentences.OfPrerequisite(one, answer.unlocked_people));
  }
  for (const matching::UncoveredProposal& one : answer.uncovered) {
    v1::UncoveredDemand* line = response->add_uncovered();
    FillAsked(question, one.demand, line);
    line->set_requirements(static_cast<int32_t>(one.requirements));
    line->set_positions(static_cast<int64_t>(one.positions));
    line->set_pairs(static_cast<int64_t>(one.pairs));
    line->set_weeks(static_cast<int32_t>(one.weeks));
    line->set_sentence(sentences.OfUncovered(one));
  }
}

void FillFigures(const ProposalAnswer& answer,
                 v1::ProposeOfferingResponse* response) {
  response->set_weeks(static_cast<int32_t>(answer.weeks));
  response->set_filled_positions(static_cast<int64_t>(answer.filled_positions));
  response->set_filled_positions_bound(
      static_cast<int64_t>(answer.filled_positions_bound));
  response->set_unlocked_people(static_cast<int64_t>(answer.unlocked_people));
  response->set_served_requirements(
      static_cast<int32_t>(answer.served_requirements));
  response->set_requirements(static_cast<int32_t>(answer.requirements));
  response->set_open_positions(static_cast<int64_t>(answer.open_positions));
  response->set_people(static_cast<int64_t>(answer.people));
}

}  // namespace

absl::Status ProposeHandler::ProposeOffering(
    const v1::ProposeOfferingRequest& request, rpc::RequestContext& call,
    v1::ProposeOfferingResponse* response) const {
  KUGGE_ASSIGN_OR_RETURN(Question question, asking_.Begin(call));
  KUGGE_RETURN_IF_ERROR(
      question.ChooseStrategy(request.parent(), request.strategy(), nullptr));
  KUGGE_ASSIGN_OR_RETURN(
      const ProposalRequest ask,
      ProposalRequestOf(request, asking_.repository, question, call));
  KUGGE_ASSIGN_OR_RETURN(
      const ProposalAnswer answer,
      matching::ProposeOffering(question.market(), question.Scoring(), ask));
  asking_.CountScored("proposal", answer.people);
  AddModules(question, answer, response);
  AddDemands(question, answer, response);
  FillFigures(answer, response);
  if (answer.modules.empty()) {
    response->set_no_match_reason(
        ReasonOfNoModules(request, question, ask, answer));
  }
  question.FillContext(response->mutable_context());
  return absl::OkStatus();
}

}  // namespace kugge::match
