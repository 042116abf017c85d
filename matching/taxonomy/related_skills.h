// Relations between skills, derived: the JobTech taxonomy has none. Two skills
// are related when occupation groups list both, rare company counting most, and
// when their labels share an uncommon word stem. Integers throughout; formula
// and constants are docs/formats/taxonomy.md.
#ifndef KUGGE_MATCHING_TAXONOMY_RELATED_SKILLS_H_
#define KUGGE_MATCHING_TAXONOMY_RELATED_SKILLS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace kugge::matching {

// Edges kept toward one wanted skill, at most.
inline constexpr size_t kMostRelatedSkills = 12;

struct SkillForRelations {
  absl::string_view label;
  // Indices of the groups that list it, ascending.
  std::vector<uint32_t> groups;
};

// Holding skill `held` earns `credit` toward skill `wanted` (both positions in
// the input), because of what else is told here.
struct RelatedSkill {
  uint32_t wanted = 0;
  uint32_t held = 0;
  uint16_t credit = 0;          // 1..400
  uint16_t shared_groups = 0;   // groups that list both
  uint16_t group_likeness = 0;  // thousandths
  uint16_t label_likeness = 0;  // thousandths
  std::string shared_stems;     // folded, space between; empty: none

  friend bool operator==(const RelatedSkill&, const RelatedSkill&) = default;
};

// Why the edge is there, in English words.
std::string Reason(const RelatedSkill& edge);

struct RelatedSkills {
  std::vector<RelatedSkill> edges;  // by wanted, then held
  // Candidates left out because their tie class did not fit the cap.
  size_t dropped_in_ties = 0;
};

// `group_count` bounds the group indices.
RelatedSkills DeriveRelatedSkills(std::span<const SkillForRelations> skills,
                                  size_t group_count);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_TAXONOMY_RELATED_SKILLS_H_
