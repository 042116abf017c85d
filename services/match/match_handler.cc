#include "services/match/match_handler.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "matching/bridges.h"
#include "services/match/bridge_rows.h"
#include "services/match/row_filter.h"
#include "services/match/rows.h"
#include "services/rpc/errors.h"

namespace kugge::match {
namespace {

using matching::RankAnswer;
using matching::RankRequest;
using matching::RowKey;

// The part of a rank request that both directions share.
template <typename Document, typename Request>
RankRequest<Document> RankRequestOf(
    const Request& request, const Question& question,
    const std::optional<PageStart<RowKey>>& start,
    const rpc::RequestContext& call) {
  RankRequest<Document> rank;
  rank.today = question.today();
  rank.k = PageSizeOf(request.page_size());
  rank.uncertain = !request.eligible_only();
  if (start.has_value()) {
    rank.after = start->key;
  } else if (request.include_near_misses()) {
    rank.near_misses = rank.k;
  }
  rank.count = request.count_total();
  rank.cancelled = call.cancelled;
  return rank;
}

template <typename Document>
void Narrow(RowFilter<Document> filter, RankRequest<Document>& rank) {
  rank.municipalities = std::move(filter.municipalities);
  rank.filter = std::move(filter.matches);
}

// The list of bridges, which only a first page has.
absl::Status AnswerBridges(
    const Asking& asking, const RowSource& source,
    const matching::CompiledPerson& person,
    const RankRequest<matching::RequirementFeatures>& rank, BridgeRows* rows) {
  KUGGE_ASSIGN_OR_RETURN(
      const matching::BridgeAnswer found,
      matching::BridgesToRequirements(source.question.market(), person, rank));
  asking.CountScored("requirements", found.judged);
  return AddRequirementBridges(source, person, found.rows, rows);
}
absl::Status AnswerBridges(const Asking& asking, const RowSource& source,
                           const matching::CompiledRequirement& requirement,
                           const RankRequest<matching::PersonFeatures>& rank,
                           BridgeRows* rows) {
  KUGGE_ASSIGN_OR_RETURN(
      const matching::BridgeAnswer found,
      matching::BridgesToPeople(source.question.market(), requirement, rank));
  asking.CountScored("profiles", found.judged);
  AddPersonBridges(source, requirement, found.rows, rows);
  return absl::OkStatus();
}

// Why a first page is empty. What others keep to themselves must not show in
// it: only candidates count.
template <typename Document>
v1::NoMatchReason ReasonOf(const matching::Market& market,
                           RankRequest<Document> rank) {
  if (matching::AnyCandidate(market, rank)) {
    return v1::NO_MATCH_REASON_HARD_DEMANDS_REFUSE_ALL;
  }
  rank.municipalities.reset();
  rank.filter = nullptr;
  return matching::AnyCandidate(market, rank)
             ? v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL
             : v1::NO_MATCH_REASON_NOTHING_STORED;
}

// What both directions' answers share beside their rows.
template <typename Request, typename Document, typename Response>
void FinishAnswer(const rpc::PageTokens& tokens, const Request& request,
                  const Question& question,
                  const std::optional<PageStart<RowKey>>& start,
                  const RankRequest<Document>& rank, const RankAnswer& answer,
                  Response* response) {
  const bool first_page = !start.has_value();
  size_t total = first_page && !answer.more ? answer.rows.size() : 0;
  if (answer.counts.has_value()) total = answer.counts->all();
  response->set_total_size(static_cast<int32_t>(total));
  const auto revision = static_cast<int64_t>(question.view().revision);
  response->set_revision_changed(!first_page && start->revision != revision);
  if (answer.more && !answer.rows.empty()) {
    response->set_next_page_token(tokens.Encode(
        EncodePage(PageStart<RowKey>{matching::KeyOf(answer.rows.back()),
                                     question.Basis(), revision}),
        request));
  }
  if (answer.rows.empty()) {
    response->set_no_match_reason(first_page ? ReasonOf(question.market(), rank)
                                             : v1::NO_MATCH_REASON_END_OF_LIST);
  }
  question.FillContext(response->mutable_context());
}

}  // namespace

absl::Status MatchHandler::MatchRequirements(
    const v1::MatchRequirementsRequest& request, rpc::RequestContext& call,
    v1::MatchRequirementsResponse* response) const {
  if (request.origin_case() == v1::MatchRequirementsRequest::ORIGIN_NOT_SET) {
    return rpc::InvalidField(
        "profile", "is absent, as are offering and session; one must be given");
  }
  if (!request.parent().empty()) {
    return rpc::InvalidField("parent",
                             "is for an offering or session; a person's "
                             "requirements are those of the person's tenant");
  }
  KUGGE_ASSIGN_OR_RETURN(Question question, asking_.Begin(call));
  KUGGE_RETURN_IF_ERROR(question.ChooseStrategy(TenantNameOf(request.profile()),
                                                request.strategy(), nullptr));
  KUGGE_ASSIGN_OR_RETURN(const matching::PersonFeatures* person,
                         question.Person(request.profile()));
  std::optional<PageStart<RowKey>> start;
  KUGGE_RETURN_IF_ERROR(
      ReadPage(asking_.tokens, request, question, DecodeRowPage, &start));
  auto rank = RankRequestOf<matching::RequirementFeatures>(request, question,
                                                           start, call);
  rank.tenant = person->tenant;
  KUGGE_ASSIGN_OR_RETURN(
      auto filter, RequirementFilter(request.filter(), question.taxonomy()));
  Narrow(std::move(filter), rank);

  const matching::CompiledPerson compiled(*person, question.Scoring());
  KUGGE_ASSIGN_OR_RETURN(
      const RankAnswer answer,
      matching::TopRequirements(question.market(), compiled, rank));
  asking_.CountScored("requirements", answer.judged);

  const RowSource source{asking_.repository, question,
                         request.view() != v1::RESOURCE_VIEW_BASIC};
  KUGGE_RETURN_IF_ERROR(AddRequirementRows(source, compiled, answer.rows,
                                           response->mutable_matches()));
  KUGGE_RETURN_IF_ERROR(AddRequirementRows(source, compiled, answer.near_misses,
                                           response->mutable_near_misses()));
  if (request.include_bridge_matches() && !start.has_value()) {
    KUGGE_RETURN_IF_ERROR(AnswerBridges(asking_, source, compiled, rank,
                                        response->mutable_bridge_matches()));
  }
  FinishAnswer(asking_.tokens, request, question, start, rank, answer,
               response);
  return absl::OkStatus();
}

absl::Status MatchHandler::MatchProfiles(
    const v1::MatchProfilesRequest& request, rpc::RequestContext& call,
    v1::MatchProfilesResponse* response) const {
  if (request.origin_case() == v1::MatchProfilesRequest::ORIGIN_NOT_SET) {
    return rpc::InvalidField("requirement",
                             "is absent, as is session; one must be given");
  }
  KUGGE_ASSIGN_OR_RETURN(Question question, asking_.Begin(call));
  const std::string tenant = request.parent().empty()
                                 ? TenantNameOf(request.requirement())
                                 : request.parent();
  KUGGE_RETURN_IF_ERROR(question.ChooseStrategy(
      tenant, request.strategy(),
      request.has_adhoc_strategy() ? &request.adhoc_strategy() : nullptr));
  KUGGE_ASSIGN_OR_RETURN(const matching::RequirementFeatures* requirement,
                         question.Requirement(request.requirement(), tenant));
  std::optional<PageStart<RowKey>> start;
  KUGGE_RETURN_IF_ERROR(
      ReadPage(asking_.tokens, request, question, DecodeRowPage, &start));
  auto rank =
      RankRequestOf<matching::PersonFeatures>(request, question, start, call);
  rank.tenant = question.TenantIndexOf(tenant);
  KUGGE_ASSIGN_OR_RETURN(auto filter, PersonFilter(request.filter()));
  Narrow(std::move(filter), rank);

  const matching::CompiledRequirement compiled(*requirement,
                                               question.Scoring());
  KUGGE_ASSIGN_OR_RETURN(
      const RankAnswer answer,
      matching::TopPeople(question.market(), compiled, rank));
  asking_.CountScored("profiles", answer.judged);

  const RowSource source{asking_.repository, question,
                         request.view() != v1::RESOURCE_VIEW_BASIC};
  AddPersonRows(source, compiled, answer.rows, response->mutable_matches());
  AddPersonRows(source, compiled, answer.near_misses,
                response->mutable_near_misses());
  if (request.include_bridge_matches() && !start.has_value()) {
    KUGGE_RETURN_IF_ERROR(AnswerBridges(asking_, source, compiled, rank,
                                        response->mutable_bridge_matches()));
  }
  FinishAnswer(asking_.tokens, request, question, start, rank, answer,
               response);
  return absl::OkStatus();
}

}  // namespace kugge::match
