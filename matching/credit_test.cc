// One demand against what is held: relation, level, evidence, and what may be
// concluded (docs/scoring.md section 1).
#include "matching/credit.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "matching/compiled_person.h"

namespace kugge::matching {
namespace {

constexpr ConceptIndex kTig = 0;
constexpr ConceptIndex kMig = 1;      // related to TIG, 400
constexpr ConceptIndex kWelding = 2;  // broader than TIG
constexpr ConceptIndex kPulse = 3;    // narrower than TIG
constexpr ConceptIndex kOther = 4;
constexpr ConceptIndex kUnknownToGraph = 77;

ConceptGraph WeldingGraph() {
  std::vector<std::vector<HeldRelation>> toward(5);
  toward[kTig] = {{kMig, RelationKind::kRelated, 400},
                  {kWelding, RelationKind::kBroader, 500},
                  {kPulse, RelationKind::kNarrower, 900}};
  return ConceptGraph::FromRelations(std::move(toward));
}

class CreditTest : public testing::Test {
 protected:
  DemandVerdict Judge(const Demand& demand, std::vector<Held> held,
                      SectionState state = SectionState::kOpen,
                      std::vector<ConceptIndex> lacking = {}) const {
    PersonFeatures person;
    person.sections[static_cast<size_t>(demand.kind)] = {
        .state = state, .held = std::move(held), .lacking = std::move(lacking)};
    return CompiledPerson(std::move(person), {&graph_, strategy_, {}})
        .Judge(demand);
  }

  ConceptGraph graph_ = WeldingGraph();
  Strategy strategy_ = DefaultStrategy();
  const Demand tig_{.kind = DemandKind::kSkill, .concept_index = kTig};
  const Demand tig4_{
      .kind = DemandKind::kSkill, .concept_index = kTig, .minimum_level = 4};
};

TEST_F(CreditTest, ExactIsMet) {
  const DemandVerdict verdict = Judge(tig_, {{.concept_index = kTig}});
  EXPECT_EQ(verdict.credit, 1000u);
  EXPECT_EQ(verdict.potential, 1000u);
  EXPECT_EQ(verdict.satisfied, Satisfied::kYes);
  EXPECT_EQ(OutcomeOf(verdict.credit, verdict.satisfied), Outcome::kMet);
}

TEST_F(CreditTest, NarrowerSatisfiesAndPaysNineTenths) {
  const DemandVerdict verdict =
      Judge(tig_, {{.concept_index = kPulse}}, SectionState::kComplete);
  EXPECT_EQ(verdict.credit, 900u);
  EXPECT_EQ(verdict.potential, 900u);
  EXPECT_EQ(verdict.satisfied, Satisfied::kYes);
}

TEST_F(CreditTest, SatisfiedInAnOpenSectionKeepsTheFullPotential) {
  EXPECT_EQ(Judge(tig_, {{.concept_index = kPulse}}).potential, 1000u);
}

TEST_F(CreditTest, RelatedPaysButLeavesTheQuestionOpen) {
  const DemandVerdict verdict = Judge(tig_, {{.concept_index = kMig}});
  EXPECT_EQ(verdict.credit, 400u);
  EXPECT_EQ(verdict.potential, 1000u);
  EXPECT_EQ(verdict.satisfied, Satisfied::kUnknown);
  EXPECT_EQ(verdict.reason, LineReason::kNothingTold);
  EXPECT_EQ(OutcomeOf(verdict.credit, verdict.satisfied), Outcome::kPartly);
}

TEST_F(CreditTest, RelatedInACompleteSectionIsRefused) {
  const DemandVerdict verdict =
      Judge(tig_, {{.concept_index = kMig}}, SectionState::kComplete);
  EXPECT_EQ(verdict.credit, 400u);
  EXPECT_EQ(verdict.potential, 400u);
  EXPECT_EQ(verdict.satisfied, Satisfied::kNo);
  EXPECT_EQ(verdict.reason, LineReason::kNotInComplete);
}

TEST_F(CreditTest, TheBestHeldConceptPaysOnce) {
  EXPECT_EQ(Judge(tig_, {{.concept_index = kMig}, {.concept_index = kWelding}})
                .credit,
            500u);
}

TEST_F(CreditTest, AbsentIsUnknownWhenOpenAndNotMetWhenComplete) {
  const DemandVerdict open = Judge(tig_, {{.concept_index = kOther}});
  EXPECT_EQ(open.credit, 0u);
  EXPECT_EQ(open.potential, 1000u);
  EXPECT_EQ(OutcomeOf(open.credit, open.satisfied), Outcome::kUnknown);
  const DemandVerdict complete = Judge(tig_, {}, SectionState::kComplete);
  EXPECT_EQ(complete.potential, 0u);
  EXPECT_EQ(OutcomeOf(complete.credit, complete.satisfied), Outcome::kNotMet);
}

TEST_F(CreditTest, StatedLackingIsAFactUnlessSomethingHeldSatisfies) {
  const DemandVerdict lacking = Judge(tig_, {}, SectionState::kOpen, {kTig});
  EXPECT_EQ(lacking.satisfied, Satisfied::kNo);
  EXPECT_EQ(lacking.reason, LineReason::kStatedLacking);
  EXPECT_EQ(lacking.potential, 0u);
  EXPECT_EQ(
      Judge(tig_, {{.concept_index = kPulse}}, SectionState::kOpen, {kTig})
          .satisfied,
      Satisfied::kYes);
}

TEST_F(CreditTest, AToldLevelBelowIsAFactAlsoWhenOpen) {
  const DemandVerdict verdict =
      Judge(tig4_, {{.concept_index = kTig, .level = 3}});
  EXPECT_EQ(verdict.credit, 750u);
  EXPECT_EQ(verdict.potential, 750u);
  EXPECT_EQ(verdict.satisfied, Satisfied::kNo);
  EXPECT_EQ(verdict.reason, LineReason::kToldShort);
}

TEST_F(CreditTest, AnUntoldLevelCountsAsTheLowestAndStaysOpen) {
  const DemandVerdict verdict =
      Judge(tig4_, {{.concept_index = kTig}}, SectionState::kComplete);
  EXPECT_EQ(verdict.credit, 250u);
  EXPECT_EQ(verdict.potential, 1000u);
  EXPECT_EQ(verdict.satisfied, Satisfied::kUnknown);
  EXPECT_EQ(verdict.reason, LineReason::kLevelUntold);
}

TEST_F(CreditTest, AnUntoldLevelSatisfiesTheLowest) {
  const Demand lowest{
      .kind = DemandKind::kSkill, .concept_index = kTig, .minimum_level = 1};
  EXPECT_EQ(Judge(lowest, {{.concept_index = kTig}}).satisfied,
            Satisfied::kYes);
}

TEST_F(CreditTest, EvidenceStepsDiscountAndRefuse) {
  const Demand certified{.kind = DemandKind::kSkill,
                         .concept_index = kTig,
                         .minimum_evidence = Evidence::kCertified};
  const Thousandths expected[] = {250, 500, 750, 1000};
  for (int held = 0; held < 4; ++held) {
    const DemandVerdict verdict = Judge(
        certified,
        {{.concept_index = kTig, .evidence = static_cast<Evidence>(held)}});
    EXPECT_EQ(verdict.credit, expected[held]);
    EXPECT_EQ(verdict.satisfied, held == 3 ? Satisfied::kYes : Satisfied::kNo);
  }
}

TEST_F(CreditTest, FactorsAreRoundedDownOneAfterTheOther) {
  // Level 1000 * 2 / 3 = 666; 900 * 666 * 750 / 1,000,000 = 449.55.
  const Demand demand{.kind = DemandKind::kSkill,
                      .concept_index = kTig,
                      .minimum_level = 3,
                      .minimum_evidence = Evidence::kEvidenced};
  EXPECT_EQ(Judge(demand, {{.concept_index = kPulse, .level = 2}}).credit,
            449u);
}

TEST_F(CreditTest, TheStrategyMayNameASatisfyingRelation) {
  EXPECT_EQ(Judge(tig_, {{.concept_index = kWelding}}).satisfied,
            Satisfied::kUnknown);
  strategy_.also_satisfying = RelationBit(RelationKind::kBroader);
  EXPECT_EQ(Judge(tig_, {{.concept_index = kWelding}}).satisfied,
            Satisfied::kYes);
}

TEST_F(CreditTest, AConceptTheTaxonomyDoesNotKnowStillMatchesItself) {
  const Demand demand{.kind = DemandKind::kSkill,
                      .concept_index = kUnknownToGraph};
  EXPECT_EQ(Judge(demand, {{.concept_index = kUnknownToGraph}}).credit, 1000u);
  EXPECT_EQ(Judge(demand, {{.concept_index = kUnknownToGraph + 1}}).credit, 0u);
}

TEST_F(CreditTest, AnotherSectionDoesNotAnswer) {
  PersonFeatures person;
  person.sections[static_cast<size_t>(DemandKind::kLicence)].held = {
      {.concept_index = kTig}};
  const CompiledPerson compiled(person, {&graph_, strategy_, {}});
  EXPECT_EQ(compiled.Judge(tig_).credit, 0u);
}

TEST_F(CreditTest, AnEducationLevelAloneIsAnsweredByAnyField) {
  const Demand level6{.kind = DemandKind::kEducation, .minimum_level = 6};
  EXPECT_EQ(Judge(level6, {{.concept_index = kTig, .level = 7}}).credit, 1000u);
  EXPECT_EQ(Judge(level6, {{.level = 6}}).satisfied, Satisfied::kYes);
  EXPECT_EQ(Judge(level6, {{.level = 4}}).credit, 666u);
}

TEST_F(CreditTest, AnEducationWithoutFieldOpensACompleteSection) {
  const Demand field{.kind = DemandKind::kEducation, .concept_index = kTig};
  const DemandVerdict verdict =
      Judge(field, {{.level = 6}}, SectionState::kComplete);
  EXPECT_EQ(verdict.satisfied, Satisfied::kUnknown);
  EXPECT_EQ(verdict.potential, 1000u);
}

TEST(ContributionTest, RoundsToTheNearestHalvesUp) {
  EXPECT_EQ(Contribution(1, 500), 1u);
  EXPECT_EQ(Contribution(1, 499), 0u);
  EXPECT_EQ(Contribution(10'000, 1'000), 10'000u);
  EXPECT_EQ(Contribution(333, 750), 250u);
}

}  // namespace
}  // namespace kugge::matching
