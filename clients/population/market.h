// What a population is drawn from: occupations by demand and supply, the skills
// of their groups, places. Made once from a taxonomy, then only read.
#ifndef KUGGE_CLIENTS_POPULATION_MARKET_H_
#define KUGGE_CLIENTS_POPULATION_MARKET_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "clients/population/draw.h"
#include "matching/taxonomy/taxonomy.h"

namespace kugge::population {

struct Named {
  std::string id;
  std::string label;
};

// One SSYK-4 group with what its people do, can and have studied.
struct Group {
  std::string code;  // SSYK 2012, four digits
  std::string label;
  std::vector<Named> occupations;
  WeightedPositions occupations_by_demand;
  // Commonest first: skills that stand in many groups before those of few.
  std::vector<std::string> skills;
  WeightedPositions skills_by_rank;
  // The skills that stand for a licence or a certificate, kept apart from the
  // others, commonest first.
  std::vector<std::string> authorisations;
  WeightedPositions authorisations_by_rank;
  // Groups whose work these people could take, or of the same SSYK-3.
  std::vector<size_t> neighbours;
  // SUN field that leads here; empty where the taxonomy has none.
  std::string education_field;
  // EQF levels that are usual here.
  int least_eqf = 4;
  int most_eqf = 4;

  // The first digit of the code, 0 to 9.
  size_t Major() const { return static_cast<size_t>(code.front() - '0'); }
};

// A language and how many in a thousand know it.
struct LanguageShare {
  std::string id;
  int per_thousand = 0;
};

struct Market {
  std::vector<Group> groups;
  WeightedPositions groups_by_demand;
  WeightedPositions groups_by_supply;
  // Positions of the groups with the same first digit, by that digit.
  std::vector<std::vector<size_t>> groups_of_major;
  std::vector<std::string> all_skills;
  std::string swedish;  // empty where the taxonomy has no languages
  std::string english;
  std::vector<LanguageShare> other_languages;
  // Concept id by category, such as "B" or "CE".
  absl::flat_hash_map<std::string, std::string> licences;

  // The id of a category, empty where the taxonomy lacks it.
  absl::string_view Licence(absl::string_view category) const;
};

// Demand by occupation is that of `ads_csv` (columns occupation_concept_id and
// occupation_group_concept_id), each group smoothed by half an ad; supply is
// demand to the power 0.7, so that shortages exist. Without ads every group
// weighs the same. InvalidArgument where the taxonomy has no SSYK-4 group with
// an occupation and a skill, or the ads lack a column.
absl::StatusOr<Market> BuildMarket(const matching::Taxonomy& taxonomy,
                                   absl::string_view ads_csv);

// Whether a skill's label says that it stands for a licence or a certificate.
bool IsAuthorisation(absl::string_view label);

}  // namespace kugge::population

#endif  // KUGGE_CLIENTS_POPULATION_MARKET_H_
