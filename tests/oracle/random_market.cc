#include "tests/oracle/random_market.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>

namespace kugge::oracle {

using matching::ConceptIndex;
using matching::DocumentId;
using matching::MarketChanges;
using matching::OfferingFeatures;
using matching::PersonFeatures;
using matching::RelationKind;
using matching::RequirementFeatures;
using matching::Strategy;

namespace {

// Mostly well enough for what is asked of it.
matching::Gain TaughtIn(const Character& character, Random& random) {
  matching::Gain gain;
  // Any section but that of occupations.
  gain.section = static_cast<matching::DemandKind>(
      random.Between(1, matching::kDemandKindCount - 1));
  gain.concept_index = character.popular.empty() ? ConceptIndex{0}
                                                 : random.Of(character.popular);
  gain.level =
      static_cast<matching::Level>(random.Of(std::vector<int>{0, 2, 4, 8, 8}));
  gain.evidence = random.Chance(50) ? matching::Evidence::kEvidenced
                                    : matching::Evidence::kCertified;
  return gain;
}

Character RandomCharacter(Random& random) {
  Character character;
  character.concepts = static_cast<size_t>(random.Between(20, 200));
  if (random.Chance(2)) character.concepts = 0;
  character.today = static_cast<matching::Days>(random.Between(20'000, 20'800));
  character.tenants = static_cast<uint32_t>(random.Between(1, 3));
  character.copies = static_cast<unsigned>(random.Between(10, 80));
  character.quantised = static_cast<unsigned>(random.Between(0, 100));
  character.hard = static_cast<unsigned>(random.Between(0, 60));
  character.untold = static_cast<unsigned>(random.Between(0, 40));
  if (random.Chance(25)) character.absurd_levels = 1;
  if (random.Chance(25)) {
    character.unknown = 30;
    character.unknown_concepts = 40;
  }
  if (random.Chance(25)) character.held_twice = 60;
  if (random.Chance(12)) character.long_requirements = 60;
  character.nobody_asks = random.Chance(12);
  if (random.Chance(25)) character.upheavals = 15;
  character.narrow_courses = static_cast<unsigned>(random.Between(0, 90));
  character.building_courses = static_cast<unsigned>(random.Between(0, 60));
  character.consecutive = static_cast<unsigned>(random.Between(0, 90));
  const size_t popular = 2 + random.Below(10);
  for (size_t i = 0; i < popular && character.concepts > 0; ++i) {
    character.popular.push_back(
        static_cast<ConceptIndex>(random.Below(character.concepts)));
  }
  size_t taught = 1 + random.Below(6);
  if (random.Chance(25)) {
    // What nobody learns in one step.
    taught = 4 + random.Below(5);
    character.narrow_courses = 95;
    character.consecutive = 95;
    character.taught_demands = 80;
    character.hard_if_taught = 80;
  }
  for (size_t i = 0; i < taught; ++i) {
    character.taught.push_back(TaughtIn(character, random));
  }
  for (size_t i = 0; i < 8; ++i) {
    character.places.push_back(
        {static_cast<int32_t>(random.Between(5'900'000, 6'000'000)),
         static_cast<int32_t>(random.Between(1'700'000, 1'850'000))});
  }
  return character;
}

Edge RandomEdge(ConceptIndex held, ConceptIndex wanted, Random& random) {
  Edge edge{held, wanted, static_cast<RelationKind>(random.Between(1, 7)), 0};
  edge.credit = matching::kRelationCredit[static_cast<size_t>(edge.relation)];
  if (edge.relation == RelationKind::kRelated) {
    edge.credit =
        static_cast<uint16_t>(random.Between(1, matching::kMaxRelatedCredit));
  }
  return edge;
}

// One relation per pair at most, or a substitute edge within a group. The
// popular ones are densely related.
std::vector<Edge> RandomEdges(const Character& character, Random& random) {
  std::vector<Edge> edges;
  std::set<std::pair<ConceptIndex, ConceptIndex>> used;
  const auto add = [&](ConceptIndex held, ConceptIndex wanted) {
    if (held == wanted || !used.insert({held, wanted}).second) return;
    edges.push_back(RandomEdge(held, wanted, random));
    const bool substitute =
        edges.back().relation == RelationKind::kSubstitute75 ||
        edges.back().relation == RelationKind::kSubstitute25;
    if (substitute && random.Chance(50)) {
      edges.push_back({held, wanted, RelationKind::kSameGroup, 600});
      if (random.Chance(50)) {
        std::swap(edges[edges.size() - 1], edges[edges.size() - 2]);
      }
    }
  };
  const size_t concepts = character.concepts;
  const size_t each = random.Below(12);
  for (size_t wanted = 0; wanted < concepts; ++wanted) {
    for (size_t i = 0; i < each; ++i) {
      add(static_cast<ConceptIndex>(random.Below(concepts)),
          static_cast<ConceptIndex>(wanted));
    }
  }
  const unsigned dense =
      static_cast<unsigned>(random.Of(std::vector<int>{20, 50, 90}));
  for (const ConceptIndex held : character.popular) {
    for (const ConceptIndex wanted : character.popular) {
      if (random.Chance(dense)) add(held, wanted);
    }
  }
  return edges;
}

// A document like another, under a new id; sessions are documents of their own.
void Rename(PersonFeatures& person, DocumentMaker& maker) {
  person.id = maker.Id();
  person.reference = maker.Reference();
}
void Rename(RequirementFeatures& requirement, DocumentMaker& maker) {
  requirement.id = maker.Id();
  requirement.reference = maker.Reference();
}
void Rename(OfferingFeatures& offering, DocumentMaker& maker) {
  offering.id = maker.Id();
  offering.reference = maker.Reference();
  for (matching::SessionFeatures& session : offering.sessions) {
    session.id = maker.Id();
    session.reference = maker.Reference();
  }
}

PersonFeatures Make(DocumentMaker& maker, const PersonFeatures*) {
  return maker.Person();
}
RequirementFeatures Make(DocumentMaker& maker, const RequirementFeatures*) {
  return maker.Requirement();
}
OfferingFeatures Make(DocumentMaker& maker, const OfferingFeatures*) {
  return maker.Offering();
}

// Random writes to the documents of one kind.
template <typename T>
class Writer {
 public:
  using Change = typename matching::DocumentTable<T>::Change;

  Writer(std::map<DocumentId, T>& documents, DocumentMaker& maker,
         Random& random)
      : documents_(documents), maker_(maker), random_(random) {}

  // Most of what is there, replaced or removed.
  void WriteOver(std::vector<Change>& changes) {
    std::vector<DocumentId> there;
    there.reserve(documents_.size());
    for (const auto& [id, document] : documents_) there.push_back(id);
    const unsigned removed = static_cast<unsigned>(random_.Below(101));
    for (const DocumentId& id : there) {
      if (random_.Chance(2)) continue;
      if (random_.Chance(removed)) {
        Remove(id, changes);
      } else {
        T document = Draw();
        document.id = id;
        Put(std::move(document), changes);
      }
    }
  }

  // One write, made to the documents and added to `changes`.
  void Write(std::vector<Change>& changes) {
    if (!ids_.empty() && random_.Chance(12)) {
      Remove(random_.Of(ids_), changes);
    } else if (random_.Chance(1)) {
      // Never there.
      Remove(maker_.Id(), changes);
    } else if (!ids_.empty() && random_.Chance(12)) {
      // An update, or back after it was removed.
      T document = Draw();
      document.id = random_.Of(ids_);
      Put(std::move(document), changes);
    } else {
      T document = Draw();
      ids_.push_back(document.id);
      Put(std::move(document), changes);
    }
  }

 private:
  T Draw() {
    if (!documents_.empty() && random_.Chance(maker_.character().copies)) {
      // Among the nearest following ids, which are as good as any.
      auto it = documents_.lower_bound(maker_.Id());
      if (it == documents_.end()) it = documents_.begin();
      T copy = it->second;
      Rename(copy, maker_);
      return copy;
    }
    return Make(maker_, static_cast<const T*>(nullptr));
  }
  void Put(T document, std::vector<Change>& changes) {
    changes.push_back({document.id, std::make_shared<const T>(document)});
    documents_.insert_or_assign(document.id, std::move(document));
  }
  void Remove(const DocumentId& id, std::vector<Change>& changes) {
    changes.push_back({id, nullptr});
    documents_.erase(id);
  }

  std::map<DocumentId, T>& documents_;
  DocumentMaker& maker_;
  Random& random_;
  // Every id ever written, also of what was removed.
  std::vector<DocumentId> ids_;
};

// Parts that sum to the whole; some of them nothing.
template <size_t kCount>
std::array<matching::Bp, kCount> RandomParts(Random& random) {
  std::array<matching::Bp, kCount> parts{};
  matching::Bp left = matching::kFullBp;
  for (size_t i = 0; i < kCount; ++i) {
    if (random.Chance(15)) continue;
    parts[i] = static_cast<matching::Bp>(random.Below(left / 2 + 1));
    left -= parts[i];
  }
  parts[random.Below(kCount)] += left;
  return parts;
}

}  // namespace

RandomMarket MakeRandomMarket(uint64_t seed, size_t documents) {
  Random random(seed);
  RandomMarket market;
  market.seed = seed;
  market.character = RandomCharacter(random);
  market.edges = RandomEdges(market.character, random);
  for (uint8_t& byte : market.tie_key) {
    byte = static_cast<uint8_t>(random.Below(256));
  }
  DocumentMaker maker(market.character, random);
  Writer<PersonFeatures> people(market.documents.people, maker, random);
  Writer<RequirementFeatures> requirements(market.documents.requirements, maker,
                                           random);
  Writer<OfferingFeatures> offerings(market.documents.offerings, maker, random);

  // About one write in eight takes away, another replaces.
  size_t left = documents * 3 / 2;
  const size_t keep_at = random.Below(left + 1);
  while (left > 0) {
    MarketChanges batch;
    size_t writes = std::min<size_t>(1 + random.Below(documents / 8 + 2), left);
    left -= writes;
    for (; writes > 0; --writes) {
      const uint64_t which = random.Below(10);
      if (which < 4) {
        people.Write(batch.people);
      } else if (which < 8) {
        requirements.Write(batch.requirements);
      } else {
        offerings.Write(batch.offerings);
      }
    }
    if (random.Chance(market.character.upheavals)) {
      if (random.Chance(50)) {
        people.WriteOver(batch.people);
      } else {
        requirements.WriteOver(batch.requirements);
      }
    }
    market.batches.push_back(std::move(batch));
    if (market.earlier_batches == 0 && left <= keep_at) {
      market.earlier_batches = market.batches.size();
      market.earlier = market.documents;
    }
  }
  return market;
}

Strategy RandomStrategy(Random& random) {
  if (random.Chance(40)) return matching::DefaultStrategy();
  Strategy strategy;
  strategy.name = "random";
  strategy.demand_weights = RandomParts<matching::kDemandKindCount>(random);
  // Some differ from the built-in one in everything but these.
  if (random.Chance(30)) {
    strategy.demand_weights = matching::DefaultStrategy().demand_weights;
  }
  strategy.wish_weights = RandomParts<matching::kWishKindCount>(random);
  const uint32_t sum = static_cast<uint32_t>(random.Between(1, 10));
  strategy.score_factor = static_cast<uint32_t>(random.Between(0, sum));
  strategy.reverse_factor = sum - strategy.score_factor;
  strategy.not_asked_credit = static_cast<matching::Thousandths>(
      random.Of(std::vector<int>{0, 1, 333, 500, 999, 1000}));
  for (const RelationKind kind :
       {RelationKind::kSubstitute75, RelationKind::kSubstitute25,
        RelationKind::kSameGroup, RelationKind::kBroader}) {
    if (random.Chance(35)) {
      strategy.also_satisfying |= matching::RelationBit(kind);
    }
  }
  strategy.maximum_near_misses = static_cast<uint32_t>(random.Below(4));
  for (size_t i = 1; i < strategy.evidence_factors.size(); ++i) {
    const matching::Thousandths before = strategy.evidence_factors[i - 1];
    strategy.evidence_factors[i] = static_cast<matching::Thousandths>(
        random.Chance(20) ? before : random.Below(before + 1));
  }
  return strategy;
}

}  // namespace kugge::oracle
