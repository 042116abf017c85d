#include "matching/taxonomy/taxonomy.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/memory/memory.h"
#include "absl/strings/string_view.h"
#include "matching/taxonomy/concept.h"
#include "matching/taxonomy/concept_graph.h"
#include "matching/taxonomy/driving_licences.h"
#include "matching/taxonomy/related_skills.h"
#include "matching/taxonomy/search.h"

namespace kugge::matching {
namespace {

using Rows = std::vector<std::vector<HeldRelation>>;

HeldRelation Relation(ConceptIndex held, RelationKind kind) {
  return {held, kind, kRelationCredit[static_cast<size_t>(kind)]};
}

// Everything below a concept earns as "narrower", what stands one step above it
// as "broader".
void AddHierarchy(const Taxonomy& taxonomy, Rows& toward) {
  std::vector<ConceptIndex> below;
  for (ConceptIndex wanted = 0; wanted < taxonomy.size(); ++wanted) {
    const std::span<const ConceptIndex> children = taxonomy.Children(wanted);
    below.assign(children.begin(), children.end());
    for (size_t i = 0; i < below.size(); ++i) {
      toward[wanted].push_back(Relation(below[i], RelationKind::kNarrower));
      for (ConceptIndex child : taxonomy.Children(below[i])) {
        if (std::ranges::find(below, child) == below.end()) {
          below.push_back(child);
        }
      }
    }
    for (ConceptIndex child : children) {
      toward[child].push_back(Relation(wanted, RelationKind::kBroader));
    }
  }
}

void AddOccupations(const Taxonomy& taxonomy, Rows& toward) {
  for (ConceptIndex i = 0; i < taxonomy.size(); ++i) {
    const ConceptRecord& record = taxonomy.record(i);
    for (const Substitute& edge : record.substitutes) {
      const ConceptIndex wanted = taxonomy.FindExact(edge.id);
      if (wanted == kNoConcept) continue;
      toward[wanted].push_back(Relation(i, edge.grade == 75
                                               ? RelationKind::kSubstitute75
                                               : RelationKind::kSubstitute25));
    }
    if (record.kind != ConceptKind::kSsykLevel4) continue;
    for (ConceptIndex wanted : taxonomy.Children(i)) {
      for (ConceptIndex held : taxonomy.Children(i)) {
        const bool both =
            taxonomy.record(wanted).kind == ConceptKind::kOccupationName &&
            taxonomy.record(held).kind == ConceptKind::kOccupationName;
        if (held != wanted && both) {
          toward[wanted].push_back(Relation(held, RelationKind::kSameGroup));
        }
      }
    }
  }
}

void AddLicences(const Taxonomy& taxonomy, Rows& toward) {
  std::vector<std::pair<absl::string_view, ConceptIndex>> licences;
  for (ConceptIndex i = 0; i < taxonomy.size(); ++i) {
    const ConceptRecord& record = taxonomy.record(i);
    if (record.kind == ConceptKind::kDrivingLicence) {
      licences.emplace_back(LicenceCategory(record.label), i);
    }
  }
  for (const auto& [held_category, held] : licences) {
    for (absl::string_view included : IncludedLicences(held_category)) {
      for (const auto& [category, wanted] : licences) {
        if (category == included) {
          toward[wanted].push_back(Relation(held, RelationKind::kIncludes));
        }
      }
    }
  }
}

}  // namespace

std::unique_ptr<const Taxonomy> Taxonomy::FromConcepts(
    std::string version, std::vector<ConceptRecord> concepts,
    TaxonomySummary summary) {
  return absl::WrapUnique(new Taxonomy(std::move(version), std::move(concepts),
                                       std::move(summary)));
}

Taxonomy::Taxonomy(std::string version, std::vector<ConceptRecord> concepts,
                   TaxonomySummary summary)
    : version_(std::move(version)),
      concepts_(std::move(concepts)),
      summary_(std::move(summary)) {
  IndexIds();
  IndexChildren();
  DeriveRelated();
  BuildGraph();
  search_ = SearchIndex(concepts_);
  summary_.concepts = concepts_.size();
  summary_.deprecated = static_cast<size_t>(
      std::ranges::count_if(concepts_, &ConceptRecord::deprecated));
}

void Taxonomy::IndexIds() {
  by_id_.reserve(concepts_.size());
  for (ConceptIndex i = 0; i < concepts_.size(); ++i) {
    by_id_.emplace(concepts_[i].id, i);
    for (const std::string& old : concepts_[i].legacy_ids) {
      by_legacy_id_.try_emplace({concepts_[i].kind, old}, i);
    }
  }
}

void Taxonomy::IndexChildren() {
  std::vector<std::vector<ConceptIndex>> children(concepts_.size());
  for (ConceptIndex i = 0; i < concepts_.size(); ++i) {
    for (const std::string& id : concepts_[i].broader) {
      if (const ConceptIndex above = FindExact(id); above != kNoConcept) {
        children[above].push_back(i);
      }
    }
  }
  children_begin_ = {0};
  for (const std::vector<ConceptIndex>& row : children) {
    children_.insert(children_.end(), row.begin(), row.end());
    children_begin_.push_back(static_cast<uint32_t>(children_.size()));
  }
}

void Taxonomy::DeriveRelated() {
  std::vector<ConceptIndex> indices;
  std::vector<SkillForRelations> skills;
  std::vector<uint32_t> position(concepts_.size(), kNoConcept);
  for (ConceptIndex i = 0; i < concepts_.size(); ++i) {
    if (concepts_[i].kind != ConceptKind::kSkill || concepts_[i].deprecated) {
      continue;
    }
    position[i] = static_cast<uint32_t>(skills.size());
    indices.push_back(i);
    skills.push_back({.label = concepts_[i].label, .groups = {}});
  }
  uint32_t groups = 0;
  for (const ConceptRecord& record : concepts_) {
    if (record.kind != ConceptKind::kSsykLevel4 || record.deprecated) continue;
    for (const std::string& id : record.related) {
      const ConceptIndex skill = FindExact(id);
      if (skill == kNoConcept || position[skill] == kNoConcept) continue;
      skills[position[skill]].groups.push_back(groups);
    }
    ++groups;
  }
  RelatedSkills derived = DeriveRelatedSkills(skills, groups);
  for (RelatedSkill& edge : derived.edges) {
    edge.wanted = indices[edge.wanted];
    edge.held = indices[edge.held];
  }
  related_ = std::move(derived.edges);
  summary_.related_edges = related_.size();
  summary_.related_dropped_in_ties = derived.dropped_in_ties;
}

void Taxonomy::BuildGraph() {
  Rows toward(concepts_.size());
  AddHierarchy(*this, toward);
  AddOccupations(*this, toward);
  AddLicences(*this, toward);
  for (const RelatedSkill& edge : related_) {
    toward[edge.wanted].push_back(
        {edge.held, RelationKind::kRelated, edge.credit});
  }
  graph_ = ConceptGraph::FromRelations(std::move(toward));
}

ConceptIndex Taxonomy::Replaced(ConceptIndex index) const {
  while (index != kNoConcept && !concepts_[index].replaced_by.empty()) {
    const ConceptIndex next = FindExact(concepts_[index].replaced_by);
    if (next == kNoConcept) break;
    index = next;
  }
  return index;
}

ConceptIndex Taxonomy::Find(absl::string_view id) const {
  return Replaced(FindExact(id));
}

ConceptIndex Taxonomy::FindExact(absl::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? kNoConcept : found->second;
}

ConceptIndex Taxonomy::FindLegacy(ConceptKind kind,
                                  absl::string_view legacy_id) const {
  const auto found = by_legacy_id_.find({kind, legacy_id});
  return found == by_legacy_id_.end() ? kNoConcept : Replaced(found->second);
}

ConceptIndex Taxonomy::GroupOf(ConceptIndex occupation) const {
  for (const std::string& id : concepts_[occupation].broader) {
    const ConceptIndex above = FindExact(id);
    if (above != kNoConcept &&
        concepts_[above].kind == ConceptKind::kSsykLevel4) {
      return above;
    }
  }
  return kNoConcept;
}

std::span<const ConceptIndex> Taxonomy::Children(ConceptIndex index) const {
  return std::span(children_).subspan(
      children_begin_[index],
      children_begin_[index + 1] - children_begin_[index]);
}

}  // namespace kugge::matching
