#include "matching/rank.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <limits>
#include <optional>
#include <ranges>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/status_macros.h"
#include "matching/crowd.h"
#include "matching/index/block.h"
#include "matching/index/municipality_set.h"
#include "matching/index/person_counts.h"
#include "matching/index/person_prober.h"
#include "matching/index/requirement_counts.h"
#include "matching/index/requirement_prober.h"
#include "matching/index/row_collector.h"
#include "matching/index/row_counter.h"
#include "matching/index/row_totals.h"
#include "matching/index/search.h"
#include "matching/index/segment_count.h"
#include "matching/index/segmented_index.h"
#include "matching/rows.h"
#include "matching/standing.h"
#include "matching/unlocks.h"

namespace kugge::matching {
namespace {

std::vector<DocRange> RangesOf(const PersonSegment& segment,
                               const RankRequest<PersonFeatures>& request,
                               const MunicipalitySet& municipalities) {
  return segment.Ranges(request.tenant, municipalities);
}
std::vector<DocRange> RangesOf(const RequirementSegment& segment,
                               const RankRequest<RequirementFeatures>&,
                               const MunicipalitySet& municipalities) {
  return segment.Ranges(municipalities);
}

bool CanProbe(const PersonSegment& segment,
              const CompiledRequirement& requirement) {
  return segment.fits() && PersonProber::CanProbe(requirement);
}
bool CanProbe(const RequirementSegment& segment, const CompiledPerson&) {
  return segment.fits();
}

// Nothing is counted: every row is offered by itself.
struct NoCounts {};

// One question over the index: the newest documents one by one, then the
// segments, pass by pass, so that each pass knows what the one before it left
// to be found. `Counts` is what a segment's rows are counted by where that can
// be, as SegmentCount wants it.
template <typename Prober, typename Segment, typename Question,
          typename Collector, typename Counts = NoCounts>
class IndexedSearch {
 public:
  using Document = typename Segment::Document;

  // All outlive the search. The rows are gathered by `collector`; where they
  // are counted, `but` is left out.
  IndexedSearch(const SegmentedIndex<Segment>& index, const Question& question,
                const RankRequest<Document>& request, Collector& collector,
                const std::optional<DocumentId>& but = std::nullopt)
      : index_(index),
        question_(question),
        request_(request),
        collector_(collector),
        but_(but) {}

  absl::Status Run() {
    for (const auto& document : index_.head()) JudgeAlone(*document);
    const MunicipalitySet municipalities(request_.municipalities);
    for (const auto& part : index_.parts()) {
      std::vector<DocRange> ranges =
          RangesOf(*part.segment, request_, municipalities);
      if (ranges.empty()) continue;
      if (CanProbe(*part.segment, question_)) {
        searched_.push_back({.part = &part, .ranges = std::move(ranges)});
      } else if (!JudgeAll(part)) {
        return Cancelled();
      }
    }
    Plan();
    for (const Pass pass :
         {Pass::kEligible, Pass::kUncertain, Pass::kNearMiss}) {
      for (Searched& searched : searched_) {
        if (!collector_.Least(pass).has_value()) break;
        if (!Search(searched, pass)) return Cancelled();
      }
    }
    return absl::OkStatus();
  }

 private:
  using Part = typename SegmentedIndex<Segment>::Part;
  struct Searched {
    const Part* part = nullptr;
    std::vector<DocRange> ranges{};
    PostingLists::Numbers lists{};
    std::optional<Prober> prober{};
    std::optional<Counts> counts{};

    const Segment& segment() const { return *part->segment; }
  };
  static constexpr bool kCounts = !std::is_same_v<Counts, NoCounts>;

  static absl::Status Cancelled() {
    return absl::CancelledError("the match was cancelled");
  }

  // Small segments cost what finding their lists in memory costs: they are
  // looked for in all segments at once.
  void Plan() {
    for (const Searched& searched : searched_) {
      Prober::FetchLists(searched.segment(), question_);
    }
    for (Searched& searched : searched_) {
      searched.lists = Prober::FindLists(searched.segment(), question_);
    }
    for (Searched& searched : searched_) {
      searched.prober.emplace(searched.segment(), question_, searched.lists,
                              *buffers_);
      if constexpr (kCounts) PlanCounts(searched);
    }
  }

  void JudgeAlone(const Document& document) {
    if (!Admits(request_, document)) return;
    collector_.Offer(
        VerdictOf(question_.Score(document, scratch_), question_.strategy()),
        NamedDocument<Document>{document});
  }

  bool JudgeAll(const Part& part) {
    for (DocNumber n = 0; n < part.segment->size(); ++n) {
      if (n % kBlockDocuments == 0 && request_.cancelled &&
          request_.cancelled()) {
        return false;
      }
      if (!part.gone.Contains(n)) JudgeAlone(part.segment->documents()[n]);
    }
    return true;
  }

  // With a filter, which is asked of each document, whoever's order matters is
  // given a verdict as well.
  void PlanCounts(Searched& searched) {
    const Segment& segment = searched.segment();
    if (!Counts::CanCount(segment)) return;
    if (request_.filter && Collector::kByOrder) return;
    searched.counts.emplace(segment, question_, request_, but_, *buffers_);
  }

  bool Search(Searched& searched, Pass pass) {
    const auto& documents = searched.part->segment->documents();
    SegmentSearch<Prober, Collector> search(
        *searched.prober, searched.part->gone, collector_,
        [&, segment = searched.part->segment.get()](DocNumber n) {
          return segment->IsPlain(n, request_.today)
                     ? !request_.filter || request_.filter(documents[n])
                     : AdmitsFacets(request_, documents[n]);
        },
        request_.cancelled, *buffers_);
    if constexpr (kCounts) {
      if (searched.counts.has_value()) {
        std::function<bool(DocNumber)> filter;
        if (request_.filter) {
          filter = [&](DocNumber n) { return request_.filter(documents[n]); };
        }
        return SegmentCount(*searched.prober, *searched.counts, search,
                            searched.part->gone, collector_, std::move(filter),
                            request_.cancelled, *buffers_)
            .Run(searched.ranges, pass);
      }
    }
    return search.Run(searched.ranges, pass);
  }

  const SegmentedIndex<Segment>& index_;
  const Question& question_;
  const RankRequest<Document>& request_;
  Collector& collector_;
  const std::optional<DocumentId> but_;
  const LentBuffers buffers_;
  std::vector<Searched> searched_;
  typename Question::Scratch scratch_;
};

template <typename Segment>
bool AnyCandidateOf(const SegmentedIndex<Segment>& index,
                    const RankRequest<typename Segment::Document>& request) {
  const MunicipalitySet municipalities(request.municipalities);
  const auto passes = [&](const auto& part, DocNumber n) {
    if (part.gone.Contains(n)) return false;
    if (!request.filter && part.segment->IsPlain(n, request.today)) return true;
    return AdmitsFacets(request, part.segment->documents()[n]);
  };
  return std::ranges::any_of(index.head(),
                             [&](const auto& document) {
                               return Admits(request, *document);
                             }) ||
         std::ranges::any_of(index.parts(), [&](const auto& part) {
           return std::ranges::any_of(
               RangesOf(*part.segment, request, municipalities),
               [&](const DocRange& range) {
                 return std::ranges::any_of(
                     std::views::iota(range.begin, range.end),
                     [&](DocNumber n) { return passes(part, n); });
               });
         });
}

// Of a whole list.
RankCounts CountsOf(const std::vector<Match>& rows) {
  const auto eligible = static_cast<size_t>(
      std::ranges::count(rows, Eligibility::kEligible, &Match::eligibility));
  return {.eligible = eligible, .uncertain = rows.size() - eligible};
}

template <typename Prober, typename Counts, typename Segment, typename Question>
absl::StatusOr<RankCounts> CountAll(
    const SegmentedIndex<Segment>& index, const Question& question,
    const RankRequest<typename Segment::Document>& request) {
  using Totals = RowTotals<typename Segment::Document>;
  Totals totals(request.uncertain);
  KUGGE_RETURN_IF_ERROR(
      (IndexedSearch<Prober, Segment, Question, Totals, Counts>(index, question,
                                                                request, totals)
           .Run()));
  return totals.Take();
}

template <typename Prober, typename Counts, typename Segment, typename Question>
absl::StatusOr<RankAnswer> Top(
    const SegmentedIndex<Segment>& index, const Question& question,
    const RankRequest<typename Segment::Document>& request) {
  using Collector = RowCollector<Question, typename Segment::Document>;
  Collector collector(question, request);
  KUGGE_RETURN_IF_ERROR((IndexedSearch<Prober, Segment, Question, Collector>(
                             index, question, request, collector)
                             .Run()));
  RankAnswer answer = TakeAnswer(question, collector);
  if (!request.count) return answer;
  if (answer.more || request.after.has_value()) {
    KUGGE_ASSIGN_OR_RETURN(
        answer.counts, (CountAll<Prober, Counts>(index, question, request)));
  } else {
    answer.counts = CountsOf(answer.rows);
  }
  return answer;
}

template <typename Prober, typename Counts, typename Segment, typename Question>
absl::StatusOr<std::vector<size_t>> CountBefore(
    const SegmentedIndex<Segment>& index, const Question& question,
    const RankRequest<typename Segment::Document>& request,
    std::span<const RowKey> keys, const std::optional<DocumentId>& but,
    std::optional<size_t> eligible) {
  using Counter = RowCounter<Question, typename Segment::Document>;
  Counter counter(question, keys, but, eligible);
  KUGGE_RETURN_IF_ERROR(
      (IndexedSearch<Prober, Segment, Question, Counter, Counts>(
           index, question, request, counter, but)
           .Run()));
  return counter.Take();
}

// How many people are ELIGIBLE, where a set of them says so at once: UNCERTAIN
// ones stand behind all of them.
std::optional<size_t> EligibleBefore(const Market& market,
                                     const CompiledRequirement& requirement,
                                     const RankRequest<PersonFeatures>& request,
                                     std::span<const RowKey> keys,
                                     const std::optional<DocumentId>& but) {
  if (request.municipalities.has_value() || request.filter ||
      std::ranges::none_of(keys, [](const RowKey& key) {
        return key.eligibility == Eligibility::kUncertain;
      })) {
    return std::nullopt;
  }
  Crowd crowd(market, request.tenant, request.today, requirement.scoring());
  size_t eligible = EligibleUpTo(requirement.requirement(),
                                 std::numeric_limits<size_t>::max(), crowd);
  if (but.has_value()) {
    const PersonFeatures* const left_out = market.people().Find(*but);
    if (left_out != nullptr &&
        IsCandidate(*left_out, request.tenant, request.today) &&
        Explain(requirement, *left_out).match.eligibility ==
            Eligibility::kEligible) {
      --eligible;
    }
  }
  return eligible;
}

Explanation InFull(const CompiledPerson& person,
                   const RequirementFeatures& requirement) {
  Explanation explanation;
  CompiledPerson::Scratch scratch;
  const PairScore pair = person.ScoreInFull(requirement, scratch, explanation);
  explanation.match = ToMatch(pair, person.strategy());
  return explanation;
}

}  // namespace

absl::StatusOr<RankAnswer> TopRequirements(
    const Market& market, const CompiledPerson& person,
    const RankRequest<RequirementFeatures>& request) {
  return Top<RequirementProber, RequirementCounts>(market.requirement_index(),
                                                   person, request);
}

absl::StatusOr<std::vector<size_t>> RowsBefore(
    const Market& market, const CompiledPerson& person,
    const RankRequest<RequirementFeatures>& request,
    std::span<const RowKey> keys, const std::optional<DocumentId>& but) {
  return CountBefore<RequirementProber, RequirementCounts>(
      market.requirement_index(), person, request, keys, but, std::nullopt);
}

absl::StatusOr<std::vector<size_t>> RowsBefore(
    const Market& market, const CompiledRequirement& requirement,
    const RankRequest<PersonFeatures>& request, std::span<const RowKey> keys,
    const std::optional<DocumentId>& but) {
  return CountBefore<PersonProber, PersonCounts>(
      market.person_index(), requirement, request, keys, but,
      EligibleBefore(market, requirement, request, keys, but));
}

absl::StatusOr<RankAnswer> TopPeople(
    const Market& market, const CompiledRequirement& requirement,
    const RankRequest<PersonFeatures>& request) {
  return Top<PersonProber, PersonCounts>(market.person_index(), requirement,
                                         request);
}

bool AnyCandidate(const Market& market,
                  const RankRequest<PersonFeatures>& request) {
  return AnyCandidateOf(market.person_index(), request);
}

bool AnyCandidate(const Market& market,
                  const RankRequest<RequirementFeatures>& request) {
  return AnyCandidateOf(market.requirement_index(), request);
}

Explanation Explain(const CompiledPerson& person,
                    const RequirementFeatures& requirement) {
  Explanation explanation = InFull(person, requirement);
  explanation.match.to = requirement.id;
  explanation.match.reference = requirement.reference;
  explanation.match.municipality = MunicipalityOf(requirement);
  explanation.match.tie = person.TieWith(requirement.id);
  return explanation;
}

Explanation Explain(const CompiledRequirement& requirement,
                    const PersonFeatures& person) {
  const CompiledPerson compiled(person, requirement.scoring());
  Explanation explanation = InFull(compiled, requirement.requirement());
  explanation.match.to = person.id;
  explanation.match.reference = person.reference;
  explanation.match.municipality = MunicipalityOf(person);
  explanation.match.tie = requirement.TieWith(person.id);
  return explanation;
}

}  // namespace kugge::matching
