// Draws the questions that the engine and the oracle are both asked of one
// random market: who asks, as whom, and what narrows the rows.
#ifndef KUGGE_TESTS_ORACLE_ASKER_H_
#define KUGGE_TESTS_ORACLE_ASKER_H_

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "matching/features.h"
#include "matching/market.h"
#include "matching/strategy.h"
#include "matching/taxonomy/concept_graph.h"
#include "matching/types.h"
#include "tests/oracle/comparison.h"
#include "tests/oracle/oracle.h"
#include "tests/oracle/random_market.h"

namespace kugge::oracle {

// One state of the market, as the engine and as the oracle sees it.
struct State {
  const matching::Market& market;
  const Documents& documents;
  Oracle oracle;
};

template <typename Document>
using Filter = std::function<bool(const Document&)>;

// Keeps references to the market and the tally.
class Asker {
 public:
  Asker(const RandomMarket& random_market, Tally& tally);

  Random& random() { return random_; }
  DocumentMaker& maker() { return maker_; }
  Tally& tally() { return tally_; }
  const Relations& relations() const { return relations_; }
  const matching::ConceptGraph& graph() const { return graph_; }
  const RandomMarket& random_market() const { return random_market_; }

  // One of the documents, or sometimes `fresh`, which is none of them.
  template <typename Document>
  Document Some(const std::map<matching::DocumentId, Document>& documents,
                Document fresh) {
    if (documents.empty() || random_.Chance(15)) return fresh;
    auto it = documents.lower_bound(maker_.Id());
    if (it == documents.end()) it = documents.begin();
    return it->second;
  }

  // The request's tenant and day.
  template <typename Request>
  Question Settle(Request& request, const matching::Strategy& strategy) {
    const Question question = SomeQuestion(strategy);
    request.tenant = question.tenant;
    request.today = question.today;
    return question;
  }
  Question SomeQuestion(const matching::Strategy& strategy);

  // Null narrows nothing.
  Filter<matching::PersonFeatures> SomePersonFilter();
  Filter<matching::RequirementFeatures> SomeRequirementFilter();
  Filter<matching::OfferingFeatures> SomeOfferingFilter();
  std::optional<std::vector<matching::MunicipalityIndex>> SomeMunicipalities();

  // Rows that cost the oracle too much are left out, by their ids: of `rows`
  // rows, each costing `each` pairs, about as many as `most` pairs pay for.
  template <typename Document>
  Filter<Document> Affordable(Filter<Document> filter, size_t rows, size_t each,
                              size_t most) {
    const uint64_t share = std::min<uint64_t>(256, rows * each / most + 1);
    if (share == 1) return filter;
    const uint64_t kept = random_.Below(share);
    return [filter, share, kept](const Document& document) {
      return document.id.bytes[15] % share == kept &&
             (filter == nullptr || filter(document));
    };
  }

 private:
  const RandomMarket& random_market_;
  Tally& tally_;
  Random random_;
  DocumentMaker maker_;
  Relations relations_;
  matching::ConceptGraph graph_;
};

template <typename Document>
Filter<Document> OrAll(const Filter<Document>& filter) {
  if (filter != nullptr) return filter;
  return [](const Document&) { return true; };
}

inline matching::MunicipalityIndex PlaceOf(
    const matching::PersonFeatures& person) {
  return person.municipality;
}
inline matching::MunicipalityIndex PlaceOf(
    const matching::RequirementFeatures& requirement) {
  return requirement.facts.municipality;
}

// Everything that narrows the request's rows, as one filter.
template <typename Document, template <typename> typename Request>
Filter<Document> FilterOf(const Request<Document>& request) {
  return [filter = OrAll<Document>(request.filter),
          places = request.municipalities](const Document& document) {
    return filter(document) &&
           (!places.has_value() ||
            std::ranges::find(*places, PlaceOf(document)) != places->end());
  };
}

}  // namespace kugge::oracle

#endif  // KUGGE_TESTS_ORACLE_ASKER_H_
