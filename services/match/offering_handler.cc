#include "services/match/offering_handler.h"

#include <optional>
#include <string>

#include "base/status_macros.h"
#include "matching/market.h"
#include "matching/offerings.h"
#include "services/match/coverage_lines.h"
#include "services/match/missing.h"
#include "services/match/row_filter.h"
#include "services/match/rows.h"
#include "services/match/toward.h"
#include "services/rpc/errors.h"

namespace kugge::match {
namespace {

using matching::OfferingAnswer;
using matching::OfferingKey;
using matching::OfferingRequest;
using matching::RequirementFeatures;
using OfferingsAsked = v1::MatchOfferingsRequest;

// What only a person's question may say.
absl::Status CheckOrigin(const OfferingsAsked& request) {
  if (request.origin_case() == OfferingsAsked::ORIGIN_NOT_SET) {
    return rpc::InvalidField("requirement",
                             "is absent, as is profile; one must be given");
  }
  if (request.has_requirement() &&
      request.toward_case() != OfferingsAsked::TOWARD_NOT_SET) {
    const auto* field =
        OfferingsAsked::descriptor()->FindFieldByNumber(request.toward_case());
    return rpc::InvalidField(field->name(),
                             "narrows what a person's offerings lead to; it "
                             "can't be given with requirement");
  }
  return absl::OkStatus();
}

absl::StatusOr<OfferingAnswer> ForPerson(const OfferingsAsked& request,
                                         const RowSource& source,
                                         const OfferingRequest& ask,
                                         v1::MatchOfferingsResponse* response) {
  const Question& question = source.question;
  KUGGE_ASSIGN_OR_RETURN(const matching::PersonFeatures* person,
                         question.Person(request.profile()));
  const matching::CompiledPerson compiled(*person, question.Scoring());
  KUGGE_ASSIGN_OR_RETURN(
      OfferingAnswer answer,
      matching::TopOfferings(question.market(), compiled, ask));
  KUGGE_RETURN_IF_ERROR(
      AddOfferingRows(source, answer.rows, response->mutable_matches()));
  if (!source.explain) return answer;
  CoverGap(question, answer, response);
  Names sessions;
  for (const v1::OfferingMatch& row : response->matches()) {
    sessions.insert(row.session());
  }
  KUGGE_ASSIGN_OR_RETURN(
      const LackingSessions lacking,
      SessionsLackingAccommodations(source, request.profile(), sessions));
  for (size_t i = 0; i < answer.rows.size(); ++i) {
    v1::OfferingMatch* row = response->mutable_matches(static_cast<int>(i));
    AddMissingPrerequisites(
        source, compiled,
        *question.market().offerings().Find(answer.rows[i].offering), row);
    AddMissingAccommodations(lacking, row);
  }
  return answer;
}

absl::StatusOr<OfferingAnswer> ForRequirement(
    const OfferingsAsked& request, absl::string_view tenant,
    const RowSource& source, const OfferingRequest& ask,
    v1::MatchOfferingsResponse* response) {
  const Question& question = source.question;
  KUGGE_ASSIGN_OR_RETURN(const RequirementFeatures* requirement,
                         question.Requirement(request.requirement(), tenant));
  const matching::CompiledRequirement compiled(*requirement,
                                               question.Scoring());
  KUGGE_ASSIGN_OR_RETURN(
      OfferingAnswer answer,
      matching::TopOfferings(question.market(), compiled, ask));
  KUGGE_RETURN_IF_ERROR(
      AddOfferingRows(source, answer.rows, response->mutable_matches()));
  response->set_uncovered_share(static_cast<int32_t>(answer.uncovered_share));
  LeaveDemands(question, {requirement->demands, compiled.weights()},
               answer.uncovered, response->mutable_uncovered());
  if (!source.explain) return answer;
  for (size_t i = 0; i < answer.rows.size(); ++i) {
    CoverDemands(
        question, {requirement->demands, compiled.weights()},
        answer.rows[i].closes,
        response->mutable_matches(static_cast<int>(i))->mutable_demands());
  }
  return answer;
}

// Why a first page is empty.
v1::NoMatchReason ReasonOfNoOfferings(const matching::Market& market,
                                      matching::TenantIndex tenant,
                                      const OfferingAnswer& answer) {
  if (answer.documents_scored > 0) return v1::NO_MATCH_REASON_NOTHING_COVERED;
  const bool none =
      market.offerings().ForEach([&](const matching::OfferingFeatures& one) {
        return !matching::IsCandidate(one, tenant);
      });
  return none ? v1::NO_MATCH_REASON_NOTHING_STORED
              : v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL;
}

}  // namespace

absl::Status OfferingHandler::MatchOfferings(
    const OfferingsAsked& request, rpc::RequestContext& call,
    v1::MatchOfferingsResponse* response) const {
  KUGGE_RETURN_IF_ERROR(CheckOrigin(request));
  KUGGE_ASSIGN_OR_RETURN(Question question, asking_.Begin(call));
  const std::string tenant = TenantNameOf(
      request.has_profile() ? request.profile() : request.requirement());
  KUGGE_RETURN_IF_ERROR(
      question.ChooseStrategy(tenant, request.strategy(), nullptr));
  std::optional<PageStart<OfferingKey>> start;
  KUGGE_RETURN_IF_ERROR(
      ReadPage(asking_.tokens, request, question, DecodeOfferingPage, &start));

  OfferingRequest ask;
  ask.tenant = question.TenantIndexOf(tenant);
  ask.today = question.today();
  ask.k = PageSizeOf(request.page_size());
  if (start.has_value()) ask.after = start->key;
  ask.cancelled = call.cancelled;
  KUGGE_ASSIGN_OR_RETURN(ask.filter, OfferingFilter(request.filter()));
  KUGGE_ASSIGN_OR_RETURN(ask.toward, TowardOf(request, question, tenant));

  const RowSource source{asking_.repository, question,
                         request.view() != v1::RESOURCE_VIEW_BASIC};
  KUGGE_ASSIGN_OR_RETURN(
      const OfferingAnswer answer,
      request.has_profile()
          ? ForPerson(request, source, ask, response)
          : ForRequirement(request, tenant, source, ask, response));
  asking_.CountScored("offerings", answer.documents_scored);
  if (answer.rows.empty()) {
    response->set_no_match_reason(
        start.has_value()
            ? v1::NO_MATCH_REASON_END_OF_LIST
            : ReasonOfNoOfferings(question.market(), ask.tenant, answer));
  }
  FinishCounted(asking_.tokens, request, question, start, answer, response);
  return absl::OkStatus();
}

}  // namespace kugge::match
