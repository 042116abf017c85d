#include "matching/taxonomy/related_skills.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "matching/taxonomy/concept_graph.h"
#include "matching/taxonomy/fold.h"

namespace kugge::matching {
namespace {

// A group's weight is this over the number of skills it lists.
constexpr uint64_t kGroupWeightUnit = 1'000'000;
// Shares of the two likenesses in the credit; they sum to 10.
constexpr uint64_t kGroupShare = 6;
constexpr uint64_t kLabelShare = 4;
constexpr uint16_t kLeastCredit = 100;
// A stem in more labels than this says nothing (erfarenhet, kunskap, ...).
constexpr size_t kMostLabelsPerStem = 60;
constexpr size_t kLeastStemLetters = 3;

struct Stems {
  std::vector<std::string> text;          // by stem number
  std::vector<uint64_t> weight;           // by stem number
  std::vector<std::vector<uint32_t>> of;  // by skill, ascending numbers
};

std::vector<std::string> StemsOf(absl::string_view label) {
  std::vector<std::string> stems;
  for (const std::string& word : FoldedWords(FoldMarks(label))) {
    if (word.size() >= kLeastStemLetters) stems.push_back(Stem(word));
  }
  std::ranges::sort(stems);
  stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
  return stems;
}

Stems NumberStems(std::span<const SkillForRelations> skills) {
  std::vector<std::vector<std::string>> all;
  absl::flat_hash_map<std::string, size_t> labels_with;
  for (const SkillForRelations& skill : skills) {
    all.push_back(StemsOf(skill.label));
    for (const std::string& stem : all.back()) ++labels_with[stem];
  }
  Stems stems;
  for (const auto& [stem, count] : labels_with) {
    if (count >= 2 && count <= kMostLabelsPerStem) stems.text.push_back(stem);
  }
  std::ranges::sort(stems.text);
  absl::flat_hash_map<std::string, uint32_t> number;
  for (const std::string& stem : stems.text) {
    number[stem] = static_cast<uint32_t>(stems.weight.size());
    // 1 + floor(log2(labels / labels with the stem)).
    stems.weight.push_back(std::bit_width(skills.size() / labels_with[stem]));
  }
  for (const std::vector<std::string>& of_one : all) {
    std::vector<uint32_t>& numbers = stems.of.emplace_back();
    for (const std::string& stem : of_one) {
      if (auto at = number.find(stem); at != number.end()) {
        numbers.push_back(at->second);
      }
    }
  }
  return stems;
}

uint16_t Thousandths(uint64_t part, uint64_t whole) {
  return whole == 0 ? uint16_t{0} : static_cast<uint16_t>(1000 * part / whole);
}

class Derivation {
 public:
  Derivation(std::span<const SkillForRelations> skills, size_t group_count)
      : skills_(skills), stems_(NumberStems(skills)), members_(group_count) {
    for (uint32_t skill = 0; skill < skills.size(); ++skill) {
      for (uint32_t group : skills[skill].groups) {
        members_[group].push_back(skill);
      }
    }
    for (const std::vector<uint32_t>& members : members_) {
      group_weight_.push_back(kGroupWeightUnit /
                              std::max<uint64_t>(members.size(), 1));
    }
    for (const SkillForRelations& skill : skills) {
      total_weight_.push_back(0);
      for (uint32_t group : skill.groups) {
        total_weight_.back() += group_weight_[group];
      }
    }
    shared_weight_.resize(skills.size());
    shared_count_.resize(skills.size());
  }

  RelatedSkills Run() {
    RelatedSkills result;
    for (uint32_t wanted = 0; wanted < skills_.size(); ++wanted) {
      std::vector<RelatedSkill> row = Candidates(wanted);
      const size_t kept = WholeTieClasses(row);
      result.dropped_in_ties += row.size() - kept;
      row.resize(kept);
      std::ranges::sort(row, {}, &RelatedSkill::held);
      std::ranges::move(row, std::back_inserter(result.edges));
    }
    return result;
  }

 private:
  // Everything related to `wanted`, the highest credit first.
  std::vector<RelatedSkill> Candidates(uint32_t wanted) {
    std::vector<uint32_t> met;
    for (uint32_t group : skills_[wanted].groups) {
      for (uint32_t other : members_[group]) {
        if (shared_count_[other]++ == 0) met.push_back(other);
        shared_weight_[other] += group_weight_[group];
      }
    }
    std::vector<RelatedSkill> row;
    for (uint32_t held : met) {
      if (held != wanted) Consider(wanted, held, row);
      shared_count_[held] = 0;
      shared_weight_[held] = 0;
    }
    std::ranges::sort(row, [](const RelatedSkill& a, const RelatedSkill& b) {
      return std::tuple(b.credit, a.held) < std::tuple(a.credit, b.held);
    });
    return row;
  }

  void Consider(uint32_t wanted, uint32_t held,
                std::vector<RelatedSkill>& row) {
    RelatedSkill edge;
    edge.wanted = wanted;
    edge.held = held;
    edge.shared_groups = shared_count_[held];
    CompareLabels(edge);
    if (edge.shared_groups < 2 && edge.label_likeness == 0) return;
    const uint64_t shared = shared_weight_[held];
    edge.group_likeness = Thousandths(
        shared, total_weight_[wanted] + total_weight_[held] - shared);
    edge.credit = static_cast<uint16_t>(kMaxRelatedCredit *
                                        (kGroupShare * edge.group_likeness +
                                         kLabelShare * edge.label_likeness) /
                                        10'000);
    if (edge.credit >= kLeastCredit) row.push_back(std::move(edge));
  }

  void CompareLabels(RelatedSkill& edge) const {
    const std::vector<uint32_t>& a = stems_.of[edge.wanted];
    const std::vector<uint32_t>& b = stems_.of[edge.held];
    uint64_t shared = 0;
    uint64_t all = 0;
    for (uint32_t stem : a) all += stems_.weight[stem];
    for (uint32_t stem : b) {
      if (std::ranges::binary_search(a, stem)) {
        shared += stems_.weight[stem];
        absl::StrAppend(&edge.shared_stems,
                        edge.shared_stems.empty() ? "" : " ",
                        stems_.text[stem]);
      } else {
        all += stems_.weight[stem];
      }
    }
    edge.label_likeness = Thousandths(shared, all);
  }

  // How many of the first edges to keep: whole classes of equal credit while
  // they fit. Nothing below a class that does not fit is kept either: it would
  // stand where something more alike was left out.
  static size_t WholeTieClasses(const std::vector<RelatedSkill>& row) {
    size_t kept = 0;
    for (size_t end = 0; end < row.size();) {
      while (end < row.size() && row[end].credit == row[kept].credit) ++end;
      if (end > kMostRelatedSkills) break;
      kept = end;
    }
    return kept;
  }

  std::span<const SkillForRelations> skills_;
  Stems stems_;
  std::vector<std::vector<uint32_t>> members_;  // by group
  std::vector<uint64_t> group_weight_;
  std::vector<uint64_t> total_weight_;  // by skill: its groups' weights
  // Scratch by skill, zero between rows.
  std::vector<uint64_t> shared_weight_;
  std::vector<uint16_t> shared_count_;
};

}  // namespace

std::string Reason(const RelatedSkill& edge) {
  std::string reason =
      absl::StrCat(edge.shared_groups, " occupation group",
                   edge.shared_groups == 1 ? "" : "s", " list",
                   edge.shared_groups == 1 ? "s" : "", " both");
  if (!edge.shared_stems.empty()) {
    absl::StrAppend(&reason, "; the labels share '", edge.shared_stems, "'");
  }
  return reason;
}

RelatedSkills DeriveRelatedSkills(std::span<const SkillForRelations> skills,
                                  size_t group_count) {
  return Derivation(skills, group_count).Run();
}

}  // namespace kugge::matching
