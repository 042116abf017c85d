// Questions that tests of the index ask of its views, each also answered by an
// exhaustive scan of the same view.
#ifndef KUGGE_SERVICES_INDEX_ASKER_FOR_TEST_H_
#define KUGGE_SERVICES_INDEX_ASKER_FOR_TEST_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "matching/compiled_person.h"
#include "matching/compiled_requirement.h"
#include "matching/geo/municipalities.h"
#include "matching/rank.h"
#include "matching/strategy.h"
#include "services/features/extractor.h"
#include "services/index/documents_for_test.h"
#include "services/index/index.h"
#include "storage/repository.h"

namespace kugge::index {

// Which side asks.
struct FromPerson {
  using Kind = Profiles;
  using Question = matching::CompiledPerson;
  using Row = matching::RequirementFeatures;
  static absl::StatusOr<matching::RankAnswer> Top(
      const matching::Market& market, const Question& question,
      const matching::RankRequest<Row>& request) {
    return matching::TopRequirements(market, question, request);
  }
  static absl::StatusOr<matching::RankAnswer> Scan(
      const matching::Market& market, const Question& question,
      const matching::RankRequest<Row>& request) {
    return matching::ExhaustiveTopRequirements(market, question, request);
  }
};

struct FromRequirement {
  using Kind = Requirements;
  using Question = matching::CompiledRequirement;
  using Row = matching::PersonFeatures;
  static absl::StatusOr<matching::RankAnswer> Top(
      const matching::Market& market, const Question& question,
      const matching::RankRequest<Row>& request) {
    return matching::TopPeople(market, question, request);
  }
  static absl::StatusOr<matching::RankAnswer> Scan(
      const matching::Market& market, const Question& question,
      const matching::RankRequest<Row>& request) {
    return matching::ExhaustiveTopPeople(market, question, request);
  }
};

// The first difference in words; empty: none.
inline std::string Difference(
    const absl::StatusOr<matching::RankAnswer>& expected,
    const absl::StatusOr<matching::RankAnswer>& actual) {
  if (!expected.ok()) return expected.status().ToString();
  if (!actual.ok()) return actual.status().ToString();
  if (actual->rows != expected->rows) {
    return absl::StrCat("rows differ: ", expected->rows.size(), " expected, ",
                        actual->rows.size(), " found");
  }
  if (actual->near_misses != expected->near_misses) return "near misses differ";
  if (actual->counts.has_value() && expected->counts.has_value() &&
      *actual->counts != *expected->counts) {
    return absl::StrCat("totals differ: ", expected->counts->all(),
                        " expected, ", actual->counts->all(), " found");
  }
  return actual->more == expected->more ? "" : "more differs";
}

// A question about a view, from one of its own documents.
template <typename Direction>
class Asker {
 public:
  using Kind = typename Direction::Kind;
  using Question = typename Direction::Question;
  using Request = matching::RankRequest<typename Direction::Row>;

  Asker(const storage::Repository& repository, Random& random)
      : repository_(repository), random_(random) {}

  std::string SomeName() {
    return Kind::Name(random_.Below(kWriters), random_.Below(kNamesOfWriter));
  }

  Request SomeRequest(Index& index) {
    Request request;
    request.tenant = index.interners()
                         .tenants.Find(absl::StrCat("t", random_.Below(2)))
                         .value_or(0);
    request.today = kToday + static_cast<matching::Days>(random_.Below(200));
    request.k = random_.Chance(20) ? std::numeric_limits<size_t>::max()
                                   : 1 + random_.Below(12);
    request.uncertain = !random_.Chance(20);
    request.near_misses = random_.Chance(30)
                              ? std::numeric_limits<size_t>::max()
                              : random_.Below(6);
    if (random_.Chance(30)) request.municipalities.emplace(SomePlaces());
    request.count = random_.Chance(30);
    return request;
  }

  // Nothing where the view doesn't have the document.
  std::unique_ptr<const Question> Compile(const PublishedView& view,
                                          const std::string& name,
                                          const matching::Strategy& strategy) {
    const auto* document =
        Kind::Table(*view.market).Find(features::DocumentIdOf(name));
    if (document == nullptr) return nullptr;
    matching::TieKey tie_key;
    std::ranges::copy(repository_.meta().tie_key, tie_key.bytes.begin());
    return std::make_unique<const Question>(
        *document, matching::Scoring{.graph = &view.taxonomy->graph(),
                                     .strategy = strategy,
                                     .tie_key = tie_key});
  }

  matching::Strategy SomeStrategy() {
    matching::Strategy strategy = matching::DefaultStrategy();
    strategy.score_factor = static_cast<uint32_t>(random_.Below(8));
    strategy.not_asked_credit =
        static_cast<matching::Thousandths>(random_.Below(3) * 500);
    strategy.maximum_near_misses = static_cast<uint32_t>(random_.Below(3));
    return strategy;
  }

  // The view's market is what its snapshot holds.
  std::string CompareWithRecord(const PublishedView& view,
                                const std::string& name) {
    const auto* document =
        Kind::Table(*view.market).Find(features::DocumentIdOf(name));
    typename Kind::Message record;
    const absl::StatusOr<storage::Revision> revision =
        repository_.Get(Kind::kKind, name, view.snapshot.get(), &record);
    if (revision.ok() == (document != nullptr)) return "";
    return absl::StrCat(name, " at revision ", view.revision, ": record ",
                        revision.status().ToString(), ", document ",
                        document == nullptr ? "none" : "shown");
  }

  // Two pages; adds to `compared`.
  std::string CompareWithScan(Index& index, const PublishedView& view,
                              const Question& question, size_t& compared) {
    Request request = SomeRequest(index);
    for (int page = 0; page < 2; ++page) {
      const auto expected = Direction::Scan(*view.market, question, request);
      const auto actual = Direction::Top(*view.market, question, request);
      std::string difference = Difference(expected, actual);
      if (difference.empty() && actual->counts.has_value() != request.count) {
        difference = request.count ? "no totals" : "totals that nobody asked";
      }
      ++compared;
      if (!difference.empty() || !expected->more) return difference;
      if (expected->rows.empty()) return "";
      request.after = matching::KeyOf(expected->rows.back());
    }
    return "";
  }

 private:
  std::vector<matching::MunicipalityIndex> SomePlaces() {
    std::vector<matching::MunicipalityIndex> places;
    for (const char* code : {"0180", "1480", "2034", "2062"}) {
      if (random_.Chance(50)) {
        places.push_back(*matching::FindMunicipality(code));
      }
    }
    std::ranges::sort(places);
    return places;
  }

  const storage::Repository& repository_;
  Random& random_;
};

}  // namespace kugge::index

#endif  // KUGGE_SERVICES_INDEX_ASKER_FOR_TEST_H_
