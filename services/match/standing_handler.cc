#include "services/match/standing_handler.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "matching/rank.h"
#include "matching/rows.h"
#include "matching/standing.h"
#include "services/features/explainer.h"
#include "services/features/sentences.h"
#include "services/match/row_filter.h"
#include "services/match/rows.h"

namespace kugge::match {
namespace {

using matching::CompiledPerson;
using matching::CompiledRequirement;
using matching::Eligibility;
using matching::PersonFeatures;
using matching::RankRequest;
using matching::RequirementFeatures;

// The two that a question is about.
struct Pair {
  const PersonFeatures* person = nullptr;
  const RequirementFeatures* requirement = nullptr;
};

template <typename Request>
absl::StatusOr<Pair> PairOf(const Request& request, const Question& question,
                            absl::string_view tenant) {
  Pair pair;
  KUGGE_ASSIGN_OR_RETURN(pair.person, question.Person(request.profile()));
  KUGGE_ASSIGN_OR_RETURN(pair.requirement,
                         question.Requirement(request.requirement(), tenant));
  return pair;
}

// The row that a person's list of requirements shows.
absl::StatusOr<v1::Match> RequirementRow(const Asking& asking,
                                         const Question& question,
                                         const Pair& pair) {
  const CompiledPerson compiled(*pair.person, question.Scoring());
  MatchRows rows;
  KUGGE_RETURN_IF_ERROR(AddRequirementRows(
      {asking.repository, question, true}, compiled,
      {matching::Explain(compiled, *pair.requirement).match}, &rows));
  return std::move(rows[0]);
}

v1::Match PersonRow(const Asking& asking, const Question& question,
                    const Pair& pair) {
  const CompiledRequirement compiled(*pair.requirement, question.Scoring());
  MatchRows rows;
  AddPersonRows({asking.repository, question, true}, compiled,
                {matching::Explain(compiled, *pair.person).match}, &rows);
  return std::move(rows[0]);
}

void AddChange(const Question& question, const Pair& pair,
               const matching::HelpfulChange& change,
               v1::ExplainMatchResponse* response) {
  v1::HelpfulChange* out = response->add_what_would_help();
  // The two enums go in step, the message's one further.
  out->set_kind(
      static_cast<v1::HelpfulChangeKind>(static_cast<int>(change.kind) + 1));
  if (change.kind == matching::ChangeKind::kDemand) {
    const matching::Demand& demand = pair.requirement->demands[change.demand];
    const features::ConceptText text =
        features::TextOf(question.taxonomy(), demand.concept_index);
    out->set_demand_kind(features::ToDemandKindMessage(demand.kind));
    out->set_asked_concept(text.id);
    out->set_label(text.label);
    out->set_level(demand.minimum_level);
  }
  v1::Match verdict;
  features::FillVerdict(change.match, &verdict);
  out->set_eligibility(verdict.eligibility());
  out->set_score(verdict.score());
  out->set_reverse_score(verdict.reverse_score());
  out->set_order_key(verdict.order_key());
  out->set_rank(static_cast<int32_t>(change.rank));
  out->set_sentence(
      features::Sentences(question.language(), question.taxonomy())
          .OfChange(*pair.person, *pair.requirement, change));
}

// The lines of an answer are those of Explain, in their order.
void FillRanksIfMet(
    const std::vector<size_t>& ranks,
    google::protobuf::RepeatedPtrField<v1::Contribution>* lines) {
  for (size_t i = 0; i < ranks.size(); ++i) {
    lines->at(static_cast<int>(i))
        .set_rank_if_met(static_cast<int32_t>(ranks[i]));
  }
}

absl::Status AddHelp(const Question& question, const Pair& pair,
                     const rpc::RequestContext& call,
                     v1::ExplainMatchResponse* response) {
  const CompiledRequirement compiled(*pair.requirement, question.Scoring());
  KUGGE_ASSIGN_OR_RETURN(
      const matching::HelpAnswer help,
      matching::WhatWouldHelp(question.market(), compiled, *pair.person,
                              {.tenant = pair.person->tenant,
                               .today = question.today(),
                               .cancelled = call.cancelled}));
  response->set_rank(static_cast<int32_t>(help.rank.value_or(0)));
  for (const matching::HelpfulChange& change : help.changes) {
    AddChange(question, pair, change, response);
  }
  v1::Match* match = response->mutable_match();
  FillRanksIfMet(help.demand_ranks_if_met, match->mutable_contributions());
  FillRanksIfMet(help.wish_ranks_if_met,
                 match->mutable_reverse_contributions());
  return absl::OkStatus();
}

// A list as it was asked for.
template <typename Document>
RankRequest<Document> ListOf(RowFilter<Document> filter,
                             const Question& question, const Pair& pair,
                             const rpc::RequestContext& call) {
  RankRequest<Document> list;
  list.tenant = pair.person->tenant;
  list.today = question.today();
  list.municipalities = std::move(filter.municipalities);
  list.filter = std::move(filter.matches);
  list.cancelled = call.cancelled;
  return list;
}

struct Absence {
  v1::AbsenceReason reason = v1::ABSENCE_REASON_BEATEN;
  size_t rank = 0;
};

// Why `member` isn't in the list of `question`, compiled as `compiled`.
template <typename Compiled, typename Document>
absl::StatusOr<Absence> WhyAbsent(const Question& question,
                                  const Compiled& compiled,
                                  const Document& member, const Pair& pair,
                                  const RankRequest<Document>& list,
                                  bool eligible_only) {
  const matching::TenantIndex tenant = list.tenant;
  if (!IsCandidate(*pair.person, tenant, list.today) ||
      !IsCandidate(*pair.requirement, tenant, list.today)) {
    return Absence{v1::ABSENCE_REASON_CLOSED};
  }
  if (!matching::Admits(list, member)) {
    return Absence{v1::ABSENCE_REASON_FILTERED};
  }
  const matching::Match match = matching::Explain(compiled, member).match;
  if (match.eligibility > Eligibility::kUncertain) {
    return Absence{v1::ABSENCE_REASON_HARD_DEMAND_REFUSES};
  }
  if (eligible_only && match.eligibility == Eligibility::kUncertain) {
    return Absence{v1::ABSENCE_REASON_UNCERTAIN_LEFT_OUT};
  }
  KUGGE_ASSIGN_OR_RETURN(
      const std::vector<size_t> before,
      matching::RowsBefore(question.market(), compiled, list,
                           {{matching::KeyOf(match)}}, std::nullopt));
  return Absence{v1::ABSENCE_REASON_BEATEN, before[0] + 1};
}

}  // namespace

absl::Status StandingHandler::ExplainMatch(
    const v1::ExplainMatchRequest& request, rpc::RequestContext& call,
    v1::ExplainMatchResponse* response) const {
  KUGGE_ASSIGN_OR_RETURN(Question question, asking_.Begin(call));
  const std::string tenant = TenantNameOf(request.profile());
  KUGGE_RETURN_IF_ERROR(question.ChooseStrategy(
      tenant, request.strategy(),
      request.has_adhoc_strategy() ? &request.adhoc_strategy() : nullptr));
  KUGGE_ASSIGN_OR_RETURN(const Pair pair, PairOf(request, question, tenant));
  KUGGE_ASSIGN_OR_RETURN(*response->mutable_match(),
                         RequirementRow(asking_, question, pair));
  if (request.include_what_would_help()) {
    KUGGE_RETURN_IF_ERROR(AddHelp(question, pair, call, response));
  }
  question.FillContext(response->mutable_context());
  return absl::OkStatus();
}

absl::Status StandingHandler::ExplainAbsence(
    const v1::ExplainAbsenceRequest& request, rpc::RequestContext& call,
    v1::ExplainAbsenceResponse* response) const {
  KUGGE_ASSIGN_OR_RETURN(Question question, asking_.Begin(call));
  const std::string tenant = TenantNameOf(request.profile());
  KUGGE_RETURN_IF_ERROR(
      question.ChooseStrategy(tenant, request.strategy(), nullptr));
  KUGGE_ASSIGN_OR_RETURN(const Pair pair, PairOf(request, question, tenant));
  Absence absence;
  if (request.list() == v1::ABSENCE_LIST_PROFILES) {
    KUGGE_ASSIGN_OR_RETURN(auto filter, PersonFilter(request.filter()));
    const CompiledRequirement compiled(*pair.requirement, question.Scoring());
    KUGGE_ASSIGN_OR_RETURN(
        absence, WhyAbsent(question, compiled, *pair.person, pair,
                           ListOf(std::move(filter), question, pair, call),
                           request.eligible_only()));
    *response->mutable_match() = PersonRow(asking_, question, pair);
  } else {
    KUGGE_ASSIGN_OR_RETURN(
        auto filter, RequirementFilter(request.filter(), question.taxonomy()));
    const CompiledPerson compiled(*pair.person, question.Scoring());
    KUGGE_ASSIGN_OR_RETURN(
        absence, WhyAbsent(question, compiled, *pair.requirement, pair,
                           ListOf(std::move(filter), question, pair, call),
                           request.eligible_only()));
    KUGGE_ASSIGN_OR_RETURN(*response->mutable_match(),
                           RequirementRow(asking_, question, pair));
  }
  response->set_reason(absence.reason);
  response->set_rank(static_cast<int32_t>(absence.rank));
  question.FillContext(response->mutable_context());
  return absl::OkStatus();
}

}  // namespace kugge::match
