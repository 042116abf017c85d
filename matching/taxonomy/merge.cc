#include "matching/taxonomy/merge.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "matching/taxonomy/concept.h"
#include "matching/taxonomy/source.h"
#include "matching/taxonomy/taxonomy.h"

namespace kugge::matching {
namespace {

template <typename T>
void SortUnique(std::vector<T>& list) {
  std::ranges::sort(list);
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

// The text kept of two that claim the same field with equal authority: one
// that says something, else the smaller.
void KeepText(std::string& kept, const std::string& said) {
  if (kept.empty() || (!said.empty() && said < kept)) kept = said;
}

template <typename T>
void Append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

void ConceptMerge::Add(Source source) {
  SourceSummary& summary = summary_.sources.emplace_back();
  summary.file = std::move(source.name);
  summary.kind = std::move(source.kind);
  summary.read = source.read;
  summary.relations = source.relations;
  summary.refused = std::move(source.refused);
  for (SourceConcept& said : source.concepts) {
    if (said.record.id.empty()) {
      rows_by_code_.push_back({.source = summary_.sources.size() - 1,
                               .record = std::move(said.record)});
    } else {
      AddConcept(said, summary);
    }
  }
}

void ConceptMerge::AddConcept(const SourceConcept& said,
                              SourceSummary& summary) {
  if (said.authority == Authority::kOwn) {
    listed_kinds_.insert(said.record.kind);
  }
  const auto [at, added] = concepts_.try_emplace(said.record.id);
  if (added) {
    ++summary.added;
    at->second = {.record = said.record, .authority = said.authority};
    return;
  }
  if (at->second.record.kind != said.record.kind) {
    summary.refused.Add(
        said.record.id,
        absl::StrCat("named as a ", ConceptKindName(said.record.kind),
                     " here, and as a ",
                     ConceptKindName(at->second.record.kind), " before"));
    return;
  }
  ++summary.merged;
  MergeInto(at->second, said.record, said.authority);
}

void ConceptMerge::MergeInto(Merged& known, const ConceptRecord& said,
                             Authority authority) {
  ConceptRecord& record = known.record;
  if (authority < known.authority) {
    // Whoever lists a concept knows its label better than who mentions it.
    record.label = said.label;
    known.authority = authority;
    record.deprecated = said.deprecated;
  } else if (authority == known.authority) {
    if (record.label != said.label) {
      summary_.dropped.Add(
          record.id,
          absl::StrCat("two labels: '", record.label, "' and '", said.label,
                       "'; the first in the alphabet is kept"));
    }
    KeepText(record.label, said.label);
    record.deprecated = record.deprecated || said.deprecated;
  }
  KeepText(record.label_en, said.label_en);
  KeepText(record.definition, said.definition);
  KeepText(record.code, said.code);
  KeepText(record.replaced_by, said.replaced_by);
  Append(record.alternative_labels, said.alternative_labels);
  Append(record.broader, said.broader);
  Append(record.related, said.related);
  Append(record.substitutes, said.substitutes);
  Append(record.legacy_ids, said.legacy_ids);
}

void ConceptMerge::ResolveRowsByCode() {
  std::map<std::pair<ConceptKind, std::string>, Merged*> by_code;
  for (auto& [id, merged] : concepts_) {
    if (merged.record.code.empty()) continue;
    by_code.try_emplace({merged.record.kind, merged.record.code}, &merged);
  }
  for (RowByCode& row : rows_by_code_) {
    SourceSummary& summary = summary_.sources[row.source];
    const auto at = by_code.find({row.record.kind, row.record.code});
    if (at == by_code.end()) {
      summary.refused.Add(
          absl::StrCat("code ", row.record.code),
          absl::StrCat("no id, and no ", ConceptKindName(row.record.kind),
                       " with this code in the other files to know it by"));
      continue;
    }
    ++summary.merged;
    row.record.id = at->second->record.id;
    MergeInto(*at->second, row.record, Authority::kOwn);
  }
  rows_by_code_.clear();
}

void ConceptMerge::CarryOver(const Taxonomy& previous) {
  for (const ConceptRecord& old : previous.concepts()) {
    const auto at = concepts_.find(old.id);
    if (at != concepts_.end() && at->second.authority < Authority::kPrevious) {
      continue;
    }
    ConceptRecord kept = old;
    // Gone only where the kind was told anew: a source that lists no licences
    // says nothing about licences.
    if (listed_kinds_.contains(old.kind)) {
      kept.deprecated = true;
      kept.related.clear();
      kept.substitutes.clear();
    }
    if (at == concepts_.end()) {
      ++summary_.carried_over;
      concepts_[old.id] = {.record = std::move(kept),
                           .authority = Authority::kPrevious};
    } else {
      MergeInto(at->second, kept, Authority::kPrevious);
    }
  }
}

std::vector<ConceptRecord> ConceptMerge::Finish() {
  MarkGone();
  DropUnknownEnds();
  BreakReplacementCycles();
  BreakBroaderCycles();
  std::vector<ConceptRecord> records;
  records.reserve(concepts_.size());
  for (auto& [id, merged] : concepts_) {
    records.push_back(std::move(merged.record));
  }
  concepts_.clear();
  return records;
}

void ConceptMerge::MarkGone() {
  for (auto& [id, merged] : concepts_) {
    ConceptRecord& record = merged.record;
    // Where the sources list the kind, a concept that only the old ids name is
    // gone. Kinds that no file lists (licences, municipalities) are current.
    if (merged.authority == Authority::kLegacy &&
        listed_kinds_.contains(record.kind)) {
      record.deprecated = true;
      ++summary_.gone_by_old_ids;
    }
    if (!record.replaced_by.empty()) record.deprecated = true;
    SortUnique(record.alternative_labels);
    std::erase(record.alternative_labels, record.label);
    SortUnique(record.broader);
    SortUnique(record.related);
    SortUnique(record.legacy_ids);
    // The higher grade where two are claimed for one edge.
    std::ranges::sort(record.substitutes,
                      [](const Substitute& a, const Substitute& b) {
                        return a.id != b.id ? a.id < b.id : a.grade > b.grade;
                      });
    record.substitutes.erase(
        std::unique(record.substitutes.begin(), record.substitutes.end(),
                    [](const Substitute& a, const Substitute& b) {
                      return a.id == b.id;
                    }),
        record.substitutes.end());
  }
}

void ConceptMerge::DropUnknownEnds() {
  for (auto& [id, merged] : concepts_) {
    ConceptRecord& record = merged.record;
    const auto dead = [&](absl::string_view field, const std::string& to) {
      if (to != record.id && concepts_.contains(to)) return false;
      summary_.dropped.Add(
          record.id, absl::StrCat(field, " names ", to,
                                  to == record.id ? ", the concept itself"
                                                  : ", which no source has"));
      return true;
    };
    if (!record.replaced_by.empty() &&
        dead("replaced_by", record.replaced_by)) {
      record.replaced_by.clear();
    }
    std::erase_if(record.broader,
                  [&](const std::string& to) { return dead("broader", to); });
    std::erase_if(record.related,
                  [&](const std::string& to) { return dead("related", to); });
    std::erase_if(record.substitutes, [&](const Substitute& edge) {
      return dead("substitutes", edge.id);
    });
  }
}

void ConceptMerge::BreakReplacementCycles() {
  absl::flat_hash_set<std::string> in_cycle;
  for (const auto& [id, merged] : concepts_) {
    // A chain longer than there are concepts goes round.
    absl::flat_hash_set<absl::string_view> seen;
    absl::string_view at = id;
    while (!at.empty() && seen.insert(at).second) {
      at = concepts_.find(std::string(at))->second.record.replaced_by;
    }
    if (at == id) in_cycle.insert(id);
  }
  for (auto& [id, merged] : concepts_) {
    if (!in_cycle.contains(id)) continue;
    summary_.dropped.Add(id,
                         absl::StrCat("replaced_by ", merged.record.replaced_by,
                                      " leads back to the concept itself"));
    merged.record.replaced_by.clear();
  }
}

void ConceptMerge::BreakBroaderCycles() {
  // Depth first upwards; a step to a concept that is still open goes round.
  enum class State : char { kNew, kOpen, kDone };
  absl::flat_hash_map<std::string, State> state;
  struct Step {
    ConceptRecord* record;
    size_t next = 0;
  };
  for (auto& [id, merged] : concepts_) {
    if (state[id] != State::kNew) continue;
    state[id] = State::kOpen;
    std::vector<Step> path = {{.record = &merged.record}};
    while (!path.empty()) {
      Step& step = path.back();
      std::vector<std::string>& broader = step.record->broader;
      if (step.next == broader.size()) {
        state[step.record->id] = State::kDone;
        path.pop_back();
        continue;
      }
      const std::string above = broader[step.next];
      State& there = state[above];
      if (there == State::kOpen) {
        summary_.dropped.Add(
            step.record->id,
            absl::StrCat("broader ", above, " leads back to the concept"));
        broader.erase(broader.begin() + static_cast<std::ptrdiff_t>(step.next));
        continue;
      }
      ++step.next;
      if (there == State::kDone) continue;
      there = State::kOpen;
      path.push_back({.record = &concepts_.find(above)->second.record});
    }
  }
}

}  // namespace kugge::matching
