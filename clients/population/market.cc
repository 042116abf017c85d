#include "clients/population/market.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <span>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "base/status_macros.h"
#include "clients/population/ads.h"
#include "clients/population/education_fields.h"
#include "matching/taxonomy/driving_licences.h"

namespace kugge::population {
namespace {

using matching::ConceptIndex;
using matching::ConceptKind;
using matching::ConceptRecord;
using matching::Taxonomy;

// Languages beside Swedish and English that are much used in Sweden, with how
// many of a thousand are drawn to know them. Our own round figures.
struct LanguageLabel {
  absl::string_view label;
  int per_thousand;
};
constexpr LanguageLabel kOtherLanguages[] = {
    {"Arabiska", 40}, {"Finska", 25},    {"Polska", 20},     {"Tyska", 35},
    {"Spanska", 25},  {"Somaliska", 15}, {"Tigrinja", 10},   {"Persiska", 12},
    {"Dari", 12},     {"Ukrainska", 10}, {"Thailändska", 8}, {"Franska", 15},
};

bool IsSsykCode(absl::string_view code) {
  return code.size() == 4 && std::all_of(code.begin(), code.end(), [](char c) {
           return absl::ascii_isdigit(static_cast<unsigned char>(c));
         });
}

class MarketBuilder {
 public:
  MarketBuilder(const Taxonomy& taxonomy, const AdCounts& ads)
      : taxonomy_(taxonomy), ads_(ads) {}

  Market Build() {
    CountSkills();
    for (ConceptIndex i = 0; i < taxonomy_.size(); ++i) {
      const ConceptRecord& record = taxonomy_.record(i);
      if (record.deprecated) continue;
      if (record.kind == ConceptKind::kSsykLevel4) AddGroup(i, record);
      if (record.kind == ConceptKind::kLanguage) AddLanguage(record);
      if (record.kind == ConceptKind::kDrivingLicence) {
        const absl::string_view category =
            matching::LicenceCategory(record.label);
        if (!category.empty()) market_.licences[category] = record.id;
      }
    }
    LinkNeighbours();
    Weigh();
    return std::move(market_);
  }

 private:
  bool IsSkill(ConceptIndex index) const {
    return index != matching::kNoConcept &&
           taxonomy_.record(index).kind == ConceptKind::kSkill &&
           !taxonomy_.record(index).deprecated;
  }

  void CountSkills() {
    std::vector<uint32_t> groups_with(taxonomy_.size());
    for (const ConceptRecord& record : taxonomy_.concepts()) {
      if (record.kind != ConceptKind::kSsykLevel4) continue;
      for (const std::string& id : record.related) {
        const ConceptIndex skill = taxonomy_.Find(id);
        if (IsSkill(skill)) ++groups_with[skill];
      }
    }
    groups_with_ = std::move(groups_with);
    for (ConceptIndex i = 0; i < taxonomy_.size(); ++i) {
      if (IsSkill(i) && !IsAuthorisation(taxonomy_.record(i).label)) {
        market_.all_skills.push_back(taxonomy_.record(i).id);
      }
    }
  }

  void AddGroup(ConceptIndex index, const ConceptRecord& record) {
    Group group;
    group.code = record.code;
    group.label = record.label;
    std::vector<uint64_t> demand;
    for (const ConceptIndex child : taxonomy_.Children(index)) {
      const ConceptRecord& occupation = taxonomy_.record(child);
      if (occupation.kind != ConceptKind::kOccupationName ||
          occupation.deprecated) {
        continue;
      }
      group.occupations.push_back({occupation.id, occupation.label});
      // An ad weighs as much as four occupations that nobody advertised.
      const auto ads = ads_.by_occupation.find(occupation.id);
      demand.push_back(1 +
                       4 * (ads == ads_.by_occupation.end() ? 0 : ads->second));
    }
    AddSkills(record, group);
    if (!IsSsykCode(group.code) || group.occupations.empty() ||
        group.skills.empty()) {
      return;
    }
    group.occupations_by_demand = WeightedPositions(demand);
    group.education_field = EducationField(EducationFieldOf(group.code));
    const EqfRange eqf = EqfOf(group.code);
    group.least_eqf = eqf.least;
    group.most_eqf = eqf.most;
    group_ids_.push_back(record.id);
    position_of_group_[index] = market_.groups.size();
    market_.groups.push_back(std::move(group));
  }

  void AddSkills(const ConceptRecord& record, Group& group) const {
    std::vector<ConceptIndex> skills;
    for (const std::string& id : record.related) {
      const ConceptIndex skill = taxonomy_.Find(id);
      if (IsSkill(skill)) skills.push_back(skill);
    }
    // Two ids may resolve to one concept.
    std::sort(skills.begin(), skills.end());
    skills.erase(std::unique(skills.begin(), skills.end()), skills.end());
    std::stable_sort(skills.begin(), skills.end(),
                     [this](ConceptIndex a, ConceptIndex b) {
                       return groups_with_[a] > groups_with_[b];
                     });
    for (const ConceptIndex skill : skills) {
      const ConceptRecord& found = taxonomy_.record(skill);
      (IsAuthorisation(found.label) ? group.authorisations : group.skills)
          .push_back(found.id);
    }
    group.skills_by_rank = WeightedPositions(RankWeights(group.skills.size()));
    group.authorisations_by_rank =
        WeightedPositions(RankWeights(group.authorisations.size()));
  }

  // The concept with this SUN code, else the one above it.
  std::string EducationField(absl::string_view code) {
    if (sun_by_code_.empty()) {
      for (const ConceptRecord& record : taxonomy_.concepts()) {
        if (record.kind == ConceptKind::kSunEducationField1 ||
            record.kind == ConceptKind::kSunEducationField2 ||
            record.kind == ConceptKind::kSunEducationField3) {
          if (!record.deprecated) sun_by_code_[record.code] = record.id;
        }
      }
    }
    for (; !code.empty(); code.remove_suffix(1)) {
      const auto found = sun_by_code_.find(code);
      if (found != sun_by_code_.end()) return found->second;
    }
    return "";
  }

  void AddLanguage(const ConceptRecord& record) {
    if (record.label == "Svenska") market_.swedish = record.id;
    if (record.label == "Engelska") market_.english = record.id;
    for (const LanguageLabel& language : kOtherLanguages) {
      if (record.label == language.label) {
        market_.other_languages.push_back({record.id, language.per_thousand});
      }
    }
  }

  // Along substitutability, else the groups of the same SSYK-3.
  void LinkNeighbours() {
    std::vector<std::set<size_t>> neighbours(market_.groups.size());
    for (ConceptIndex i = 0; i < taxonomy_.size(); ++i) {
      const ConceptRecord& record = taxonomy_.record(i);
      if (record.kind != ConceptKind::kOccupationName) continue;
      const auto from = position_of_group_.find(taxonomy_.GroupOf(i));
      if (from == position_of_group_.end()) continue;
      for (const matching::Substitute& substitute : record.substitutes) {
        const ConceptIndex other = taxonomy_.Find(substitute.id);
        if (other == matching::kNoConcept) continue;
        const auto to = position_of_group_.find(taxonomy_.GroupOf(other));
        if (to != position_of_group_.end() && to->second != from->second) {
          neighbours[from->second].insert(to->second);
        }
      }
    }
    for (size_t a = 0; a < market_.groups.size(); ++a) {
      for (size_t b = 0; b < market_.groups.size(); ++b) {
        if (a != b && absl::StartsWith(market_.groups[b].code,
                                       market_.groups[a].code.substr(0, 3))) {
          neighbours[a].insert(b);
        }
      }
      market_.groups[a].neighbours.assign(neighbours[a].begin(),
                                          neighbours[a].end());
    }
  }

  void Weigh() {
    std::vector<uint64_t> demand;
    std::vector<uint64_t> supply;
    market_.groups_of_major.resize(10);
    for (size_t i = 0; i < market_.groups.size(); ++i) {
      const auto ads = ads_.by_group.find(group_ids_[i]);
      // In half ads: count + 0.5.
      const uint64_t weight =
          1 + 2 * (ads == ads_.by_group.end() ? 0 : ads->second);
      demand.push_back(weight);
      supply.push_back(SixteenthsOfPower07(weight));
      market_.groups_of_major[market_.groups[i].Major()].push_back(i);
    }
    market_.groups_by_demand = WeightedPositions(demand);
    market_.groups_by_supply = WeightedPositions(supply);
  }

  const Taxonomy& taxonomy_;
  const AdCounts& ads_;
  Market market_;
  std::vector<uint32_t> groups_with_;  // by skill
  std::vector<std::string> group_ids_;
  absl::flat_hash_map<ConceptIndex, size_t> position_of_group_;
  absl::flat_hash_map<std::string, std::string> sun_by_code_;
};

}  // namespace

absl::string_view Market::Licence(absl::string_view category) const {
  const auto found = licences.find(category);
  return found == licences.end() ? absl::string_view() : found->second;
}

bool IsAuthorisation(absl::string_view label) {
  for (const absl::string_view start :
       {"Legitimation", "Certifikat", "Certifierad", "Yrkesbevis",
        "Utbildningsbevis", "Utbildningsintyg", "Behörighet", "Förarbevis",
        "Kompetensbevis"}) {
    if (absl::StartsWith(label, start)) return true;
  }
  for (const absl::string_view end :
       {"legitimation", "certifikat", "-intyg", "behörighet", "traverskort",
        "Traverskort", "(behörighet)", ", behörighet"}) {
    if (absl::EndsWith(label, end)) return true;
  }
  return false;
}

absl::StatusOr<Market> BuildMarket(const Taxonomy& taxonomy,
                                   absl::string_view ads_csv) {
  KUGGE_ASSIGN_OR_RETURN(const AdCounts ads, ReadAdCounts(ads_csv));
  Market market = MarketBuilder(taxonomy, ads).Build();
  if (market.groups.empty()) {
    return absl::InvalidArgumentError(
        "the taxonomy has no SSYK-4 group with an occupation and a skill: "
        "nothing to draw people and requirements from");
  }
  return market;
}

}  // namespace kugge::population
