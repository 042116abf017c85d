#include "services/match/match_handler.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "services/features/explainer.h"
#include "services/features/extractor.h"
#include "services/match/coverage_lines.h"
#include "services/match/row_filter.h"
#include "services/match/rows.h"
#include "services/rpc/errors.h"
#include "services/rpc/resource_name.h"

namespace kugge::match {
namespace {

using matching::Eligibility;
using matching::RankAnswer;
using matching::RankRequest;
using matching::RowKey;

constexpr int kDefaultPageSize = 10;
constexpr int kMaxPageSize = 1000;

size_t PageSizeOf(int32_t asked) {
  return static_cast<size_t>(asked == 0 ? kDefaultPageSize
                                        : std::min(asked, kMaxPageSize));
}

// `tenants/{tenant}` of a name below it.
std::string TenantNameOf(absl::string_view name) {
  return absl::StrCat("tenants/", features::TenantOf(name));
}

// Where the page begins, checked against the question; nothing on the first.
absl::Status ReadToken(const rpc::PageTokens& tokens,
                       const google::protobuf::Message& request,
                       const std::string& token, const Question& question,
                       std::optional<PageStart<RowKey>>* start) {
  if (token.empty()) return absl::OkStatus();
  KUGGE_ASSIGN_OR_RETURN(const std::string payload,
                         tokens.Decode(token, request));
  KUGGE_ASSIGN_OR_RETURN(*start, DecodeRowPage(payload));
  return CheckBasis((*start)->basis, question.Basis());
}

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

// Why a first page is empty. What others keep to themselves must not show in
// it: only candidates count.
template <typename Document>
v1::NoMatchReason ReasonOf(const matching::DocumentTable<Document>& table,
                           RankRequest<Document> rank) {
  if (matching::AnyCandidate(table, rank)) {
    return v1::NO_MATCH_REASON_HARD_DEMANDS_REFUSE_ALL;
  }
  rank.municipalities.reset();
  rank.filter = nullptr;
  return matching::AnyCandidate(table, rank)
             ? v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL
             : v1::NO_MATCH_REASON_NOTHING_STORED;
}

// How many documents an answer's question had before its filter. `unfiltered`
// asks once more without it, where the filter left nothing.
template <typename Answer, typename Ask>
absl::StatusOr<size_t> CandidatesOf(const Answer& answer, bool filtered,
                                    Ask unfiltered) {
  if (answer.documents_scored > 0 || !filtered) return answer.documents_scored;
  KUGGE_ASSIGN_OR_RETURN(const Answer all, unfiltered());
  return all.documents_scored;
}

// What both directions' answers share beside their rows.
template <typename Request, typename Document, typename Response>
void FinishAnswer(const rpc::PageTokens& tokens, const Request& request,
                  const Question& question,
                  const std::optional<PageStart<RowKey>>& start,
                  const matching::DocumentTable<Document>& table,
                  const RankRequest<Document>& rank, const RankAnswer& answer,
                  Response* response) {
  const bool first_page = !start.has_value();
  size_t total = first_page && !answer.more ? answer.rows.size() : 0;
  if (answer.counts.has_value()) {
    const auto& count = answer.counts->by_class;
    total = count[static_cast<size_t>(Eligibility::kEligible)];
    if (rank.uncertain) {
      total += count[static_cast<size_t>(Eligibility::kUncertain)];
    }
  }
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
    response->set_no_match_reason(first_page ? ReasonOf(table, rank)
                                             : v1::NO_MATCH_REASON_END_OF_LIST);
  }
  question.FillContext(response->mutable_context());
}

}  // namespace

absl::StatusOr<Question> MatchHandler::Ask(rpc::RequestContext& call) const {
  KUGGE_ASSIGN_OR_RETURN(auto view, resources_.View(call));
  return absl::StatusOr<Question>(absl::in_place, repository_, index_,
                                  std::move(view), call.now);
}

void MatchHandler::CountScored(absl::string_view question,
                               size_t documents) const {
  if (metrics_ != nullptr) {
    metrics_->CountDocumentsScored(question, static_cast<double>(documents));
  }
}

absl::Status MatchHandler::MatchRequirements(
    const v1::MatchRequirementsRequest& request, rpc::RequestContext& call,
    v1::MatchRequirementsResponse* response) const {
  KUGGE_ASSIGN_OR_RETURN(Question question, Ask(call));
  KUGGE_RETURN_IF_ERROR(question.ChooseStrategy(TenantNameOf(request.profile()),
                                                request.strategy(), nullptr));
  KUGGE_ASSIGN_OR_RETURN(const matching::PersonFeatures* person,
                         question.Person(request.profile()));
  std::optional<PageStart<RowKey>> start;
  KUGGE_RETURN_IF_ERROR(
      ReadToken(tokens_, request, request.page_token(), question, &start));
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
  CountScored("requirements", answer.judged);

  const RowSource source{repository_, question,
                         request.view() != v1::RESOURCE_VIEW_BASIC};
  KUGGE_RETURN_IF_ERROR(AddRequirementRows(source, compiled, answer.rows,
                                           response->mutable_matches()));
  KUGGE_RETURN_IF_ERROR(AddRequirementRows(source, compiled, answer.near_misses,
                                           response->mutable_near_misses()));
  FinishAnswer(tokens_, request, question, start,
               question.market().requirements(), rank, answer, response);
  return absl::OkStatus();
}

absl::Status MatchHandler::MatchProfiles(
    const v1::MatchProfilesRequest& request, rpc::RequestContext& call,
    v1::MatchProfilesResponse* response) const {
  KUGGE_ASSIGN_OR_RETURN(Question question, Ask(call));
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
      ReadToken(tokens_, request, request.page_token(), question, &start));
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
  CountScored("profiles", answer.judged);

  const RowSource source{repository_, question,
                         request.view() != v1::RESOURCE_VIEW_BASIC};
  AddPersonRows(source, compiled, answer.rows, response->mutable_matches());
  AddPersonRows(source, compiled, answer.near_misses,
                response->mutable_near_misses());
  FinishAnswer(tokens_, request, question, start, question.market().people(),
               rank, answer, response);
  return absl::OkStatus();
}

absl::Status MatchHandler::MatchOfferings(
    const v1::MatchOfferingsRequest& request, rpc::RequestContext& call,
    v1::MatchOfferingsResponse* response) const {
  if (request.origin_case() == v1::MatchOfferingsRequest::ORIGIN_NOT_SET) {
    return rpc::InvalidField("requirement",
                             "is absent, as is profile; one must be given");
  }
  KUGGE_ASSIGN_OR_RETURN(Question question, Ask(call));
  const bool for_person = request.has_profile();
  const std::string tenant =
      TenantNameOf(for_person ? request.profile() : request.requirement());
  KUGGE_RETURN_IF_ERROR(
      question.ChooseStrategy(tenant, request.strategy(), nullptr));

  matching::OfferingRequest ask;
  ask.tenant = question.TenantIndexOf(tenant);
  ask.today = question.today();
  ask.k = PageSizeOf(request.page_size());
  ask.cancelled = call.cancelled;
  KUGGE_ASSIGN_OR_RETURN(ask.filter, OfferingFilter(request.filter()));
  std::optional<PageStart<matching::OfferingKey>> start;
  if (!request.page_token().empty()) {
    KUGGE_ASSIGN_OR_RETURN(const std::string payload,
                           tokens_.Decode(request.page_token(), request));
    KUGGE_ASSIGN_OR_RETURN(start, DecodeOfferingPage(payload));
    KUGGE_RETURN_IF_ERROR(CheckBasis(start->basis, question.Basis()));
    ask.after = start->key;
  }

  const bool explain = request.view() != v1::RESOURCE_VIEW_BASIC;
  const RowSource source{repository_, question, explain};
  matching::OfferingAnswer answer;
  size_t candidates = 0;
  if (for_person) {
    KUGGE_ASSIGN_OR_RETURN(const matching::PersonFeatures* person,
                           question.Person(request.profile()));
    const matching::CompiledPerson compiled(*person, question.Scoring());
    const auto top = [&] {
      return matching::TopOfferings(question.market(), compiled, ask);
    };
    KUGGE_ASSIGN_OR_RETURN(answer, top());
    KUGGE_ASSIGN_OR_RETURN(candidates,
                           CandidatesOf(answer, !request.filter().empty(), [&] {
                             ask.filter = nullptr;
                             return top();
                           }));
    KUGGE_RETURN_IF_ERROR(
        AddOfferingRows(source, answer.rows, response->mutable_matches()));
    if (explain) CoverGap(question, answer, response);
  } else {
    KUGGE_ASSIGN_OR_RETURN(const matching::RequirementFeatures* requirement,
                           question.Requirement(request.requirement(), tenant));
    const matching::CompiledRequirement compiled(*requirement,
                                                 question.Scoring());
    const auto top = [&] {
      return matching::TopOfferings(question.market(), compiled, ask);
    };
    KUGGE_ASSIGN_OR_RETURN(answer, top());
    KUGGE_ASSIGN_OR_RETURN(candidates,
                           CandidatesOf(answer, !request.filter().empty(), [&] {
                             ask.filter = nullptr;
                             return top();
                           }));
    KUGGE_RETURN_IF_ERROR(
        AddOfferingRows(source, answer.rows, response->mutable_matches()));
    if (explain) CoverRequirement(question, compiled, answer, response);
  }
  CountScored("offerings", answer.documents_scored);

  const auto revision = static_cast<int64_t>(question.view().revision);
  response->set_revision_changed(start.has_value() &&
                                 start->revision != revision);
  response->set_total_size(static_cast<int32_t>(answer.total));
  if (answer.remaining > 0 && !answer.rows.empty()) {
    response->set_next_page_token(
        tokens_.Encode(EncodePage(PageStart<matching::OfferingKey>{
                           answer.rows.back().key, question.Basis(), revision}),
                       request));
  }
  if (answer.rows.empty()) {
    response->set_no_match_reason(
        start.has_value()             ? v1::NO_MATCH_REASON_END_OF_LIST
        : answer.documents_scored > 0 ? v1::NO_MATCH_REASON_NOTHING_COVERED
        : candidates > 0              ? v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL
                                      : v1::NO_MATCH_REASON_NOTHING_STORED);
  }
  question.FillContext(response->mutable_context());
  return absl::OkStatus();
}

absl::Status MatchHandler::ExplainMatch(
    const v1::ExplainMatchRequest& request, rpc::RequestContext& call,
    v1::ExplainMatchResponse* response) const {
  KUGGE_ASSIGN_OR_RETURN(Question question, Ask(call));
  const std::string tenant = TenantNameOf(request.profile());
  KUGGE_RETURN_IF_ERROR(question.ChooseStrategy(
      tenant, request.strategy(),
      request.has_adhoc_strategy() ? &request.adhoc_strategy() : nullptr));
  KUGGE_ASSIGN_OR_RETURN(const matching::PersonFeatures* person,
                         question.Person(request.profile()));
  KUGGE_ASSIGN_OR_RETURN(const matching::RequirementFeatures* requirement,
                         question.Requirement(request.requirement(), tenant));
  const matching::CompiledPerson compiled(*person, question.Scoring());
  google::protobuf::RepeatedPtrField<v1::Match> rows;
  KUGGE_RETURN_IF_ERROR(AddRequirementRows(
      {repository_, question, true}, compiled,
      {matching::Explain(compiled, *requirement).match}, &rows));
  *response->mutable_match() = std::move(rows[0]);
  question.FillContext(response->mutable_context());
  return absl::OkStatus();
}

}  // namespace kugge::match
