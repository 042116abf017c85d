#include "services/match/match_handler.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "services/features/explainer.h"
#include "services/features/extractor.h"
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
  rank.cancelled = call.cancelled;
  return rank;
}

// `candidates`: what the caller may see, before the filter. What others keep to
// themselves must not show in the reason.
v1::NoMatchReason ReasonOf(const RankAnswer& answer, size_t candidates,
                           bool first_page) {
  if (!answer.rows.empty()) return v1::NO_MATCH_REASON_UNSPECIFIED;
  if (!first_page) return v1::NO_MATCH_REASON_END_OF_LIST;
  if (answer.documents_scored > 0) {
    return v1::NO_MATCH_REASON_HARD_DEMANDS_REFUSE_ALL;
  }
  return candidates > 0 ? v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL
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
template <typename Request, typename Response>
void FinishAnswer(const rpc::PageTokens& tokens, const Request& request,
                  const Question& question,
                  const std::optional<PageStart<RowKey>>& start,
                  const RankAnswer& answer, size_t candidates,
                  Response* response) {
  const auto count = [&](Eligibility eligibility) {
    return answer.eligibility_counts[static_cast<size_t>(eligibility)];
  };
  size_t total = count(Eligibility::kEligible);
  if (!request.eligible_only()) total += count(Eligibility::kUncertain);
  response->set_total_size(static_cast<int32_t>(total));
  const auto revision = static_cast<int64_t>(question.view().revision);
  response->set_revision_changed(start.has_value() &&
                                 start->revision != revision);
  if (answer.remaining > 0 && !answer.rows.empty()) {
    response->set_next_page_token(tokens.Encode(
        EncodePage(PageStart<RowKey>{matching::KeyOf(answer.rows.back()),
                                     question.Basis(), revision}),
        request));
  }
  response->set_no_match_reason(
      ReasonOf(answer, candidates, !start.has_value()));
  question.FillContext(response->mutable_context());
}

// What an offering covers, most weight first.
void AddCovered(const Question& question,
                std::vector<std::pair<matching::Demand, matching::Bp>> demands,
                const std::vector<bool>& covered, v1::OfferingMatch* row) {
  // The same thing asked for by several requirements is one line.
  std::map<std::pair<matching::DemandKind, matching::ConceptIndex>,
           v1::CoveredDemand>
      lines;
  for (size_t i = 0; i < demands.size(); ++i) {
    const auto& [demand, weight] = demands[i];
    v1::CoveredDemand& line = lines[{demand.kind, demand.concept_index}];
    features::ConceptText text =
        features::TextOf(question.taxonomy(), demand.concept_index);
    line.set_kind(features::ToDemandKindMessage(demand.kind));
    line.set_asked_concept(std::move(text.id));
    line.set_label(std::move(text.label));
    line.set_weight(line.weight() + static_cast<int32_t>(weight));
    line.set_covered(line.covered() || covered[i]);
  }
  std::vector<v1::CoveredDemand> sorted;
  sorted.reserve(lines.size());
  for (auto& [key, line] : lines) sorted.push_back(std::move(line));
  std::ranges::stable_sort(sorted, [](const auto& a, const auto& b) {
    return std::pair(!a.covered(), -a.weight()) <
           std::pair(!b.covered(), -b.weight());
  });
  for (v1::CoveredDemand& line : sorted) {
    *row->add_demands() = std::move(line);
  }
}

bool IsLearnable(matching::DemandKind kind) {
  return kind != matching::DemandKind::kOccupation;
}

// Fills `demands` of rows for a requirement: all that could be learnt.
void CoverRequirement(const Question& question,
                      const matching::CompiledRequirement& requirement,
                      const matching::OfferingAnswer& answer,
                      v1::MatchOfferingsResponse* response) {
  const std::vector<matching::Demand>& demands =
      requirement.requirement().demands;
  for (size_t i = 0; i < answer.rows.size(); ++i) {
    std::vector<std::pair<matching::Demand, matching::Bp>> asked;
    std::vector<bool> covered;
    for (uint32_t d = 0; d < demands.size(); ++d) {
      if (!IsLearnable(demands[d].kind)) continue;
      asked.emplace_back(demands[d], requirement.weights()[d]);
      covered.push_back(std::ranges::binary_search(answer.rows[i].closes, d));
    }
    AddCovered(question, std::move(asked), covered,
               response->mutable_matches(static_cast<int>(i)));
  }
}

// Fills `demands` of rows for a person: the gap.
void CoverGap(const Question& question, const matching::OfferingAnswer& answer,
              v1::MatchOfferingsResponse* response) {
  std::vector<std::pair<matching::Demand, matching::Bp>> gap;
  gap.reserve(answer.gap.size());
  for (const matching::GapDemand& demand : answer.gap) {
    gap.emplace_back(question.market()
                         .requirements()
                         .Find(demand.requirement)
                         ->demands[demand.demand],
                     demand.weight);
  }
  for (size_t i = 0; i < answer.rows.size(); ++i) {
    std::vector<bool> covered(gap.size(), false);
    for (const uint32_t closed : answer.rows[i].closes) covered[closed] = true;
    AddCovered(question, gap, covered,
               response->mutable_matches(static_cast<int>(i)));
  }
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
      rank.filter, RequirementFilter(request.filter(), question.taxonomy()));

  const matching::CompiledPerson compiled(*person, question.Scoring());
  KUGGE_ASSIGN_OR_RETURN(
      const RankAnswer answer,
      matching::TopRequirements(question.market(), compiled, rank));
  CountScored("requirements", answer.documents_scored);

  const RowSource source{repository_, question,
                         request.view() != v1::RESOURCE_VIEW_BASIC};
  KUGGE_RETURN_IF_ERROR(AddRequirementRows(source, compiled, answer.rows,
                                           response->mutable_matches()));
  KUGGE_RETURN_IF_ERROR(AddRequirementRows(source, compiled, answer.near_misses,
                                           response->mutable_near_misses()));
  KUGGE_ASSIGN_OR_RETURN(const size_t candidates,
                         CandidatesOf(answer, !request.filter().empty(), [&] {
                           rank.filter = nullptr;
                           return matching::TopRequirements(question.market(),
                                                            compiled, rank);
                         }));
  FinishAnswer(tokens_, request, question, start, answer, candidates, response);
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
  const auto matched =
      [today = question.today()](const matching::PersonFeatures& person) {
        return person.expire_day > today;
      };
  rank.filter = [filter = std::move(filter),
                 matched](const matching::PersonFeatures& person) {
    return matched(person) && (filter == nullptr || filter(person));
  };

  const matching::CompiledRequirement compiled(*requirement,
                                               question.Scoring());
  KUGGE_ASSIGN_OR_RETURN(
      const RankAnswer answer,
      matching::TopPeople(question.market(), compiled, rank));
  CountScored("profiles", answer.documents_scored);

  const RowSource source{repository_, question,
                         request.view() != v1::RESOURCE_VIEW_BASIC};
  AddPersonRows(source, compiled, answer.rows, response->mutable_matches());
  AddPersonRows(source, compiled, answer.near_misses,
                response->mutable_near_misses());
  KUGGE_ASSIGN_OR_RETURN(const size_t candidates,
                         CandidatesOf(answer, !request.filter().empty(), [&] {
                           rank.filter = matched;
                           return matching::TopPeople(question.market(),
                                                      compiled, rank);
                         }));
  FinishAnswer(tokens_, request, question, start, answer, candidates, response);
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
