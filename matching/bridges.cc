#include "matching/bridges.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "base/status_macros.h"
#include "matching/constants.h"
#include "matching/index/documents.h"
#include "matching/index/postings.h"
#include "matching/index/segmented_index.h"
#include "matching/occupation_hurdles.h"
#include "matching/pair_score.h"
#include "matching/relations.h"
#include "matching/rows.h"
#include "matching/top_k.h"

namespace kugge::matching {
namespace {

// The same pair with its occupations no longer HARD: strength moves no score,
// so that what is left refuses where something else does, and the order is the
// pair's own.
PersonFeatures WithSoftOccupations(PersonFeatures person) {
  person.wishes.occupations_strength = Strength::kSoft;
  return person;
}
RequirementFeatures WithSoftOccupations(RequirementFeatures requirement) {
  for (Demand& demand : requirement.demands) {
    if (demand.kind == DemandKind::kOccupation) {
      demand.strength = Strength::kSoft;
    }
  }
  return requirement;
}
// A single refusal ends a pair.
Scoring WithoutNearMisses(Scoring scoring) {
  scoring.strategy.maximum_near_misses = 0;
  return scoring;
}

// Gathers the bridges from one side.
template <typename Question, typename Document>
class BridgeCollector {
 public:
  BridgeCollector(const Question& question, const Question& softened, size_t k)
      : question_(question), softened_(softened), rows_(k) {}

  // `document` lives on.
  void Judge(const Document& document, OccupationHurdles hurdles) {
    ++judged_;
    if (!hurdles.AllCarried()) return;
    const PairScore pair =
        softened_.Score(WithSoftOccupations(document), scratch_);
    if (pair.decided_early || pair.hurdles.refused > 0) return;
    rows_.Add({.uncertain = hurdles.unknown() || pair.hurdles.unknown > 0,
               .order = OrderOf(pair, question_.strategy()),
               .tie = question_.TieWith(document.id),
               .document = &document,
               .bridges = hurdles.TakeBridges()});
  }

  BridgeAnswer Take() {
    BridgeAnswer answer{.judged = judged_};
    for (Row& row : rows_.Take()) {
      answer.rows.push_back({.match = Explain(question_, *row.document).match,
                             .bridges = std::move(row.bridges),
                             .uncertain = row.uncertain});
    }
    return answer;
  }

 private:
  struct Row {
    bool uncertain = false;
    uint32_t order = 0;
    Tie tie{};
    const Document* document = nullptr;
    std::vector<Bridge> bridges{};

    friend bool operator<(const Row& a, const Row& b) {
      return std::tie(a.uncertain, b.order, a.tie, a.document->id) <
             std::tie(b.uncertain, a.order, b.tie, b.document->id);
    }
  };

  const Question& question_;
  const Question& softened_;
  TopK<Row> rows_;
  size_t judged_ = 0;
  typename Question::Scratch scratch_;
};

// Those of the lists that stand in the ranges, ascending.
std::vector<DocNumber> UnionOf(const std::vector<PostingLists::List>& lists,
                               const std::vector<DocRange>& ranges) {
  std::vector<DocNumber> all;
  for (const PostingLists::List& list : lists) {
    if (list.empty()) continue;
    for (const DocRange& range : ranges) {
      const auto begin = list.documents.begin();
      all.insert(all.end(),
                 begin + static_cast<ptrdiff_t>(list.PlaceOf(range.begin)),
                 begin + static_cast<ptrdiff_t>(list.PlaceOf(range.end)));
    }
  }
  std::ranges::sort(all);
  const auto repeats = std::ranges::unique(all);
  all.erase(repeats.begin(), repeats.end());
  return all;
}

std::vector<DocNumber> AllOf(const std::vector<DocRange>& ranges) {
  std::vector<DocNumber> all;
  for (const DocRange& range : ranges) {
    for (DocNumber n = range.begin; n < range.end; ++n) all.push_back(n);
  }
  return all;
}

// Calls judge(document) for each candidate that passes the request's filter and
// may be a bridge: `ranges_of(segment)` are those asked for,
// `lists_of(segment)` name every bridge of the segment among others.
template <typename Segment, typename RangesOf, typename ListsOf, typename Judge>
absl::Status ForEachAcross(
    const SegmentedIndex<Segment>& index,
    const RankRequest<typename Segment::Document>& request, RangesOf ranges_of,
    ListsOf lists_of, Judge judge) {
  for (const auto& document : index.head()) {
    if (Admits(request, *document)) judge(*document);
  }
  for (const auto& part : index.parts()) {
    const Segment& segment = *part.segment;
    const std::vector<DocRange> ranges = ranges_of(segment);
    const std::vector<DocNumber> across =
        segment.fits() ? UnionOf(lists_of(segment), ranges) : AllOf(ranges);
    for (size_t i = 0; i < across.size(); ++i) {
      if (i % kDocumentsPerPoll == 0 && request.cancelled &&
          request.cancelled()) {
        return absl::CancelledError("the match was cancelled");
      }
      const DocNumber n = across[i];
      if (part.gone.Contains(n)) continue;
      const auto& document = segment.documents()[n];
      if (Admits(request, document)) judge(document);
    }
  }
  return absl::OkStatus();
}

// Calls visit(other) for each occupation across a substitute edge from `held`.
template <typename Visit>
void ForEachSubstituteFrom(const ConceptGraph& graph, ConceptIndex held,
                           Visit visit) {
  ForEachFrom(graph, held, 0, [&](ConceptIndex other, const Relation& edge) {
    if (StandsIn(edge.kind)) visit(other);
  });
}
template <typename Visit>
void ForEachSubstituteToward(const ConceptGraph& graph, ConceptIndex asked,
                             Visit visit) {
  ForEachToward(graph, asked, 0, [&](ConceptIndex other, const Relation& edge) {
    if (StandsIn(edge.kind)) visit(other);
  });
}

// Requirements that demand an occupation which one of the person's stands in
// for, and jobs that stand in for one that the person wants.
std::vector<PostingLists::List> ListsAcross(const CompiledPerson& person,
                                            const RequirementSegment& segment) {
  std::vector<PostingLists::List> lists;
  const PersonFeatures& features = person.person();
  for (const Held& held :
       features.sections[static_cast<size_t>(DemandKind::kOccupation)].held) {
    ForEachSubstituteFrom(
        person.graph(), held.concept_index, [&](ConceptIndex asked) {
          lists.push_back(segment.hard_demanded().Find(
              PostingKey::Of(DemandKind::kOccupation, asked)));
        });
  }
  if (!CanRefuse(WishKind::kOccupation, features.wishes)) return lists;
  for (const WantedOccupation& wanted : features.wishes.occupations) {
    ForEachSubstituteToward(
        person.graph(), wanted.concept_index, [&](ConceptIndex job) {
          lists.push_back(segment.offered().Find(PostingKey::Offering(job)));
        });
  }
  return lists;
}

// People who have what stands in for an occupation demanded, and those who want
// one that the job stands in for.
std::vector<PostingLists::List> ListsAcross(
    const CompiledRequirement& requirement, const PersonSegment& segment) {
  std::vector<PostingLists::List> lists;
  const RequirementFeatures& features = requirement.requirement();
  for (const Demand& demand : features.demands) {
    if (demand.kind != DemandKind::kOccupation ||
        demand.strength != Strength::kHard) {
      continue;
    }
    ForEachSubstituteToward(
        requirement.graph(), demand.concept_index, [&](ConceptIndex held) {
          lists.push_back(segment.held().Find(
              PostingKey::Of(DemandKind::kOccupation, held)));
        });
  }
  for (const ConceptIndex occupation : features.facts.occupations) {
    ForEachSubstituteFrom(
        requirement.graph(), occupation, [&](ConceptIndex wanted) {
          lists.push_back(segment.held().Find(PostingKey::Wanting(wanted)));
        });
  }
  return lists;
}

}  // namespace

absl::StatusOr<BridgeAnswer> BridgesToRequirements(
    const Market& market, const CompiledPerson& person,
    const RankRequest<RequirementFeatures>& request) {
  if (!IsCandidate(person.person(), request.tenant, request.today)) {
    return BridgeAnswer{};
  }
  const CompiledPerson softened(WithSoftOccupations(person.person()),
                                WithoutNearMisses(person.scoring()));
  BridgeCollector<CompiledPerson, RequirementFeatures> collector(
      person, softened, request.k);
  KUGGE_RETURN_IF_ERROR(ForEachAcross(
      market.requirement_index(), request,
      [&](const RequirementSegment& segment) {
        return segment.Ranges(MunicipalitySet(request.municipalities));
      },
      [&](const RequirementSegment& segment) {
        return ListsAcross(person, segment);
      },
      [&](const RequirementFeatures& requirement) {
        collector.Judge(
            requirement,
            OccupationHurdles(person.scoring(), person.person(), requirement));
      }));
  return collector.Take();
}

absl::StatusOr<BridgeAnswer> BridgesToPeople(
    const Market& market, const CompiledRequirement& requirement,
    const RankRequest<PersonFeatures>& request) {
  if (!IsCandidate(requirement.requirement(), request.tenant, request.today)) {
    return BridgeAnswer{};
  }
  const CompiledRequirement softened(
      WithSoftOccupations(requirement.requirement()),
      WithoutNearMisses(requirement.scoring()));
  BridgeCollector<CompiledRequirement, PersonFeatures> collector(
      requirement, softened, request.k);
  KUGGE_RETURN_IF_ERROR(ForEachAcross(
      market.person_index(), request,
      [&](const PersonSegment& segment) {
        return segment.Ranges(request.tenant,
                              MunicipalitySet(request.municipalities));
      },
      [&](const PersonSegment& segment) {
        return ListsAcross(requirement, segment);
      },
      [&](const PersonFeatures& person) {
        collector.Judge(person, OccupationHurdles(requirement.scoring(), person,
                                                  requirement.requirement()));
      }));
  return collector.Take();
}

}  // namespace kugge::matching
