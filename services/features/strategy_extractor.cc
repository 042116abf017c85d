// A strategy, stored or given with a question, over the default one.
#include "services/features/extractor.h"

namespace kugge::features {

matching::Strategy StrategyOf(const v1::Strategy& strategy) {
  matching::Strategy out = matching::DefaultStrategy();
  out.name = strategy.name();
  out.version =
      strategy.version() > 0 ? static_cast<uint32_t>(strategy.version()) : 1;
  if (strategy.has_requirement_weights()) {
    const v1::RequirementWeights& w = strategy.requirement_weights();
    out.demand_weights = {static_cast<matching::Bp>(w.occupation()),
                          static_cast<matching::Bp>(w.skill()),
                          static_cast<matching::Bp>(w.language()),
                          static_cast<matching::Bp>(w.licence()),
                          static_cast<matching::Bp>(w.authorisation()),
                          static_cast<matching::Bp>(w.education())};
  }
  if (strategy.has_person_weights()) {
    const v1::PersonWeights& w = strategy.person_weights();
    out.wish_weights = {static_cast<matching::Bp>(w.occupation()),
                        static_cast<matching::Bp>(w.distance()),
                        static_cast<matching::Bp>(w.hours()),
                        static_cast<matching::Bp>(w.shifts()),
                        static_cast<matching::Bp>(w.start()),
                        static_cast<matching::Bp>(w.remote())};
  }
  if (strategy.score_share() > 0 || strategy.reverse_score_share() > 0) {
    out.score_factor = static_cast<uint32_t>(strategy.score_share());
    out.reverse_factor = static_cast<uint32_t>(strategy.reverse_score_share());
  }
  if (strategy.has_not_asked_credit()) {
    out.not_asked_credit =
        static_cast<matching::Thousandths>(strategy.not_asked_credit());
  }
  for (const int relation : strategy.satisfying_relations()) {
    if (relation >= v1::CONCEPT_RELATION_EXACT &&
        relation <= v1::CONCEPT_RELATION_RELATED) {
      out.also_satisfying = static_cast<matching::RelationSet>(
          out.also_satisfying |
          matching::RelationBit(static_cast<matching::RelationKind>(
              relation - v1::CONCEPT_RELATION_EXACT)));
    }
  }
  if (strategy.maximum_near_misses() > 0) {
    out.maximum_near_misses =
        static_cast<uint32_t>(strategy.maximum_near_misses());
  }
  return out;
}

}  // namespace kugge::features
