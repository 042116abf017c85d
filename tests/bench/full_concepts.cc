#include "tests/bench/full_concepts.h"

#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "matching/taxonomy/concept_graph.h"
#include "tests/bench/names.h"

namespace kugge::bench {
namespace {

using matching::ConceptGraph;
using matching::RelationKind;

constexpr uint32_t kGroups = (kOccupations + kGroupSize - 1) / kGroupSize;

// Without the end, so that more can follow.
std::string LineOf(const std::string& id, absl::string_view type,
                   absl::string_view label) {
  return absl::StrFormat(R"({"id":"%s","type":"%s","preferredLabel":"%s")", id,
                         type, label);
}

std::string Quoted(const std::string& id) {
  return absl::StrCat("\"", id, "\"");
}

// Each skill's family: relatives that are in none yet join the first of them
// that asks.
std::vector<uint32_t> Families(const Workload& workload) {
  std::vector<uint32_t> family(kSkills, kSkills);
  for (uint32_t skill = 0; skill < kSkills; ++skill) {
    if (family[skill] != kSkills) continue;
    family[skill] = skill;
    for (const uint32_t other : workload.Relatives(skill)) {
      if (family[other] == kSkills) family[other] = skill;
    }
  }
  return family;
}

void AddOccupations(const ConceptGraph& graph, std::string& lines) {
  for (uint32_t occupation = 0; occupation < kOccupations; ++occupation) {
    std::vector<std::string> substitutes;
    for (const auto& edge :
         graph.RelationsFrom(kFirstOccupation + occupation)) {
      if (edge.relation != RelationKind::kSubstitute75 &&
          edge.relation != RelationKind::kSubstitute25) {
        continue;
      }
      substitutes.push_back(absl::StrFormat(
          R"({"concept":"%s","grade":%d})",
          OccupationId(edge.wanted - kFirstOccupation),
          edge.relation == RelationKind::kSubstitute75 ? 75 : 25));
    }
    absl::StrAppend(&lines,
                    LineOf(OccupationId(occupation), "occupation-name",
                           absl::StrCat("Yrke ", occupation)),
                    R"(,"broader":[)", Quoted(GroupId(occupation / kGroupSize)),
                    R"(],"substitutes":[)", absl::StrJoin(substitutes, ","),
                    "]}\n");
  }
}

void AddSkills(const Workload& workload, std::string& lines) {
  const std::vector<uint32_t> family = Families(workload);
  std::vector<std::vector<std::string>> listed(kGroups);
  for (uint32_t skill = 0; skill < kSkills; ++skill) {
    listed[family[skill] % kGroups].push_back(Quoted(SkillId(skill)));
    absl::StrAppend(&lines,
                    LineOf(SkillId(skill), "skill",
                           absl::StrFormat("Kompetens %05u familj%05u", skill,
                                           family[skill])),
                    "}\n");
  }
  for (uint32_t group = 0; group < kGroups; ++group) {
    absl::StrAppend(
        &lines,
        LineOf(GroupId(group), "ssyk-level-4", absl::StrCat("Grupp ", group)),
        absl::StrFormat(R"(,"code":"%04u","related":[)", 1000 + group),
        absl::StrJoin(listed[group], ","), "]}\n");
  }
}

}  // namespace

std::string FullConcepts(const Workload& workload, const FullWorkload& full) {
  std::string lines;
  AddOccupations(full.Graph(), lines);
  AddSkills(workload, lines);
  for (uint32_t i = 0; i < kLanguages; ++i) {
    absl::StrAppend(
        &lines, LineOf(LanguageId(i), "language", absl::StrCat("Språk ", i)),
        "}\n");
  }
  // No licence includes another, as in the workload's graph.
  for (uint32_t i = 0; i < kLicences; ++i) {
    absl::StrAppend(
        &lines,
        LineOf(LicenceId(i), "driving-licence", absl::StrCat("Körkort ", i)),
        "}\n");
  }
  for (uint32_t i = 0; i < kFields; ++i) {
    absl::StrAppend(&lines,
                    LineOf(FieldId(i), "sun-education-field-4",
                           absl::StrCat("Inriktning ", i)),
                    "}\n");
  }
  return lines;
}

}  // namespace kugge::bench
