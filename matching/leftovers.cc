#include "matching/leftovers.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "base/status_macros.h"
#include "matching/compiled_requirement.h"
#include "matching/crowd.h"
#include "matching/features.h"
#include "matching/rank.h"
#include "matching/rows.h"
#include "matching/tie_key.h"
#include "matching/top_k.h"
#include "matching/unlocks.h"

namespace kugge::matching {
namespace {

absl::StatusOr<RankAnswer> TopCounterparts(
    const Market& market, const CompiledPerson& person,
    const RankRequest<RequirementFeatures>& request) {
  return TopRequirements(market, person, request);
}
absl::StatusOr<RankAnswer> TopCounterparts(
    const Market& market, const CompiledRequirement& requirement,
    const RankRequest<PersonFeatures>& request) {
  return TopPeople(market, requirement, request);
}

// One list: asks each document for its best counterpart, keeps the first ones.
// `Question` is compiled from `Document`; `Counterpart` are the other side's.
template <typename Question, typename Document, typename Counterpart>
class LeftoverCollector {
 public:
  LeftoverCollector(const Market& market, const Scoring& scoring,
                    const LeftoverRequest& request)
      : market_(market),
        scoring_(scoring),
        request_(request),
        rows_(request.k) {}

  // A row unless it is ELIGIBLE for somebody. `document` lives on.
  absl::Status Offer(const Document& document) {
    KUGGE_ASSIGN_OR_RETURN(
        RankAnswer best,
        TopCounterparts(market_, Question(document, scoring_), Ask(1, 0)));
    Row row{.tie = TieOf(scoring_.tie_key, request_.tenant_id, document.id),
            .document = &document};
    if (!best.rows.empty()) {
      if (best.rows[0].eligibility == Eligibility::kEligible) {
        return absl::OkStatus();
      }
      row.order = best.rows[0].order;
      row.uncertain = std::move(best.rows[0]);
    }
    ++total_;
    rows_.Add(std::move(row));
    return absl::OkStatus();
  }

  absl::StatusOr<LeftoverList> Take(uint64_t in_area) {
    LeftoverList list{.total = total_, .in_area = in_area};
    for (Row& row : rows_.Take()) {
      const Document& document = *row.document;
      Leftover leftover{.id = document.id,
                        .reference = document.reference,
                        .nearest = std::move(row.uncertain)};
      if (!leftover.nearest.has_value()) {
        KUGGE_ASSIGN_OR_RETURN(
            RankAnswer near,
            TopCounterparts(market_, Question(document, scoring_), Ask(0, 1)));
        if (!near.near_misses.empty()) {
          leftover.nearest = std::move(near.near_misses[0]);
        }
      }
      list.rows.push_back(std::move(leftover));
    }
    return list;
  }

 private:
  struct Row {
    std::optional<Match> uncertain{};
    uint32_t order = 0;
    Tie tie{};
    const Document* document = nullptr;

    friend bool operator<(const Row& a, const Row& b) {
      const bool a_none = !a.uncertain.has_value();
      const bool b_none = !b.uncertain.has_value();
      return std::tie(a_none, b.order, a.tie, a.document->id) <
             std::tie(b_none, a.order, b.tie, b.document->id);
    }
  };

  RankRequest<Counterpart> Ask(size_t rows, size_t near_misses) const {
    RankRequest<Counterpart> ask;
    ask.tenant = request_.tenant;
    ask.today = request_.today;
    ask.k = rows;
    ask.near_misses = near_misses;
    ask.cancelled = request_.cancelled;
    return ask;
  }

  const Market& market_;
  const Scoring& scoring_;
  const LeftoverRequest& request_;
  TopK<Row> rows_;
  uint64_t total_ = 0;
};

class LeftoverSearch {
 public:
  LeftoverSearch(const Market& market, const Scoring& scoring,
                 const LeftoverRequest& request)
      : market_(market), scoring_(scoring), request_(request) {}

  absl::StatusOr<LeftoverAnswer> Answer() {
    crowd_.emplace(market_, request_.tenant, request_.today, scoring_);
    left_ =
        CrowdSet::Of(crowd_->In({.municipalities = request_.municipalities}));
    LeftoverAnswer answer;
    const size_t people = left_.Count();
    KUGGE_RETURN_IF_ERROR(HoldAgainstArea());
    KUGGE_ASSIGN_OR_RETURN(answer.requirements, Requirements());
    KUGGE_ASSIGN_OR_RETURN(answer.people, People(people));
    return answer;
  }

 private:
  // What a crowd has made for so many requirements is given back: the sets of a
  // whole market's places would not fit.
  static constexpr size_t kRequirementsPerCrowd = 256;
  // So few are rather asked for their own requirements, which they are in the
  // end, than held against all that are left of the area.
  static constexpr size_t kFewLeft = 8;

  bool Cancelled() const { return request_.cancelled && request_.cancelled(); }
  static absl::Status CancelledStatus() {
    return absl::CancelledError("the question was cancelled");
  }

  // Candidates of the area, neighbours together: they share sets of people.
  void GatherRequirements() {
    const RankRequest<RequirementFeatures> ask{
        .tenant = request_.tenant,
        .today = request_.today,
        .municipalities = request_.municipalities};
    const auto add = [&](const RequirementFeatures& requirement) {
      if (Admits(ask, requirement)) requirements_.push_back(&requirement);
    };
    const auto& index = market_.requirement_index();
    for (const auto& document : index.head()) add(*document);
    for (const auto& part : index.parts()) {
      for (const DocRange& range :
           part.segment->Ranges(MunicipalitySet(request_.municipalities))) {
        for (DocNumber n = range.begin; n < range.end; ++n) {
          if (!part.gone.Contains(n)) add(part.segment->documents()[n]);
        }
      }
    }
  }

  // Takes from left_ who is ELIGIBLE for a requirement of the area, while they
  // are many, and finds those that nobody is ELIGIBLE for.
  absl::Status HoldAgainstArea() {
    GatherRequirements();
    size_t held = 0;
    for (const RequirementFeatures* const requirement : requirements_) {
      if (Cancelled()) return CancelledStatus();
      if (++held % kRequirementsPerCrowd == 0) {
        crowd_.emplace(market_, request_.tenant, request_.today, scoring_);
      }
      if (EligibleUpTo(*requirement, 1, *crowd_) == 0) {
        unfilled_.push_back(requirement);
        continue;
      }
      if (left_.Count() <= kFewLeft) continue;
      CrowdSelection eligible = EligiblePeople(*requirement, *crowd_);
      eligible.sets.push_back(&left_);
      left_ = std::move(left_).Without(crowd_->Select(eligible));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<LeftoverList> Requirements() {
    LeftoverCollector<CompiledRequirement, RequirementFeatures, PersonFeatures>
        collector(market_, scoring_, request_);
    for (const RequirementFeatures* const requirement : unfilled_) {
      if (Cancelled()) return CancelledStatus();
      KUGGE_RETURN_IF_ERROR(collector.Offer(*requirement));
    }
    return collector.Take(requirements_.size());
  }

  absl::StatusOr<LeftoverList> People(size_t in_area) {
    LeftoverCollector<CompiledPerson, PersonFeatures, RequirementFeatures>
        collector(market_, scoring_, request_);
    absl::Status status;
    left_.ForEach([&](CrowdNumber n) {
      if (!status.ok()) return;
      status = Cancelled() ? CancelledStatus() : collector.Offer((*crowd_)[n]);
    });
    KUGGE_RETURN_IF_ERROR(status);
    return collector.Take(in_area);
  }

  const Market& market_;
  const Scoring& scoring_;
  const LeftoverRequest& request_;
  // Numbers people the same however often it is made anew.
  std::optional<Crowd> crowd_;
  // People of the area for whom nothing was found so far.
  CrowdSet left_;
  std::vector<const RequirementFeatures*> requirements_;
  std::vector<const RequirementFeatures*> unfilled_;
};

}  // namespace

absl::StatusOr<LeftoverAnswer> FindLeftovers(const Market& market,
                                             const Scoring& scoring,
                                             const LeftoverRequest& request) {
  return LeftoverSearch(market, scoring, request).Answer();
}

}  // namespace kugge::matching
