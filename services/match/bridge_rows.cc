#include "services/match/bridge_rows.h"

#include <cstddef>
#include <utility>

#include "base/status_macros.h"
#include "services/features/concepts.h"
#include "services/features/explainer.h"
#include "services/features/sentences.h"
#include "services/match/rows.h"

namespace kugge::match {
namespace {

std::vector<matching::Match> PairsOf(
    const std::vector<matching::BridgeMatch>& found) {
  std::vector<matching::Match> pairs;
  pairs.reserve(found.size());
  for (const matching::BridgeMatch& row : found) pairs.push_back(row.match);
  return pairs;
}

void FillBridge(const RowSource& source, const matching::Bridge& bridge,
                v1::Bridge* out) {
  const matching::Taxonomy& taxonomy = source.question.taxonomy();
  const features::ConceptText held = features::TextOf(taxonomy, bridge.held);
  const features::ConceptText asked = features::TextOf(taxonomy, bridge.asked);
  out->set_kind(bridge.wanted ? v1::DEMAND_KIND_WANTED_OCCUPATION
                              : v1::DEMAND_KIND_OCCUPATION);
  out->set_held_concept(held.id);
  out->set_held_label(held.label);
  out->set_asked_concept(asked.id);
  out->set_asked_label(asked.label);
  out->set_relation(features::ToRelationMessage(bridge.relation));
  out->set_sentence(features::Sentences(source.question.language(), taxonomy)
                        .OfBridge(bridge));
}

// `pairs`: a row for each that was found.
void AddBridges(const RowSource& source,
                const std::vector<matching::BridgeMatch>& found,
                MatchRows pairs, BridgeRows* rows) {
  for (size_t i = 0; i < found.size(); ++i) {
    v1::BridgeMatch* row = rows->Add();
    row->mutable_match()->Swap(&pairs[static_cast<int>(i)]);
    row->set_uncertain(found[i].uncertain);
    for (const matching::Bridge& bridge : found[i].bridges) {
      FillBridge(source, bridge, row->add_bridges());
    }
  }
}

}  // namespace

absl::Status AddRequirementBridges(
    const RowSource& source, const matching::CompiledPerson& person,
    const std::vector<matching::BridgeMatch>& found, BridgeRows* rows) {
  MatchRows pairs;
  KUGGE_RETURN_IF_ERROR(
      AddRequirementRows(source, person, PairsOf(found), &pairs));
  AddBridges(source, found, std::move(pairs), rows);
  return absl::OkStatus();
}

void AddPersonBridges(const RowSource& source,
                      const matching::CompiledRequirement& requirement,
                      const std::vector<matching::BridgeMatch>& found,
                      BridgeRows* rows) {
  MatchRows pairs;
  AddPersonRows(source, requirement, PairsOf(found), &pairs);
  AddBridges(source, found, std::move(pairs), rows);
}

}  // namespace kugge::match
