#include "tests/oracle/describe.h"

#include <array>
#include <cstdint>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"

namespace kugge::oracle {

namespace {

std::string Hex(const std::array<uint8_t, 16>& bytes) {
  return absl::BytesToHexString(absl::string_view(
      reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

template <typename E>
int Number(E value) {
  return static_cast<int>(value);
}

}  // namespace

std::string Describe(const matching::DocumentId& id) { return Hex(id.bytes); }

std::string Describe(const matching::Match& match) {
  return absl::StrCat(
      "to ", Hex(match.to.bytes), " ", match.reference, " eligibility ",
      Number(match.eligibility), " order ", match.order, " tie ",
      Hex(match.tie.bytes), " score ", match.score, "/", match.potential_score,
      " reverse ", match.reverse_score, "/", match.reverse_potential_score,
      " asks ", match.requirement_asks, match.person_asks, " refused ",
      match.refused_hard, " unknown ", match.unknown_hard);
}

std::string Describe(const matching::DemandLine& line) {
  return absl::StrCat(
      "kind ", Number(line.kind), " demand ", line.demand, " strength ",
      Number(line.strength), " weight ", line.weight, " credit ", line.credit,
      "/", line.potential_credit, " contribution ", line.contribution, "/",
      line.potential_contribution, " outcome ", Number(line.outcome),
      " satisfied ", Number(line.satisfied), " reason ", Number(line.reason),
      " held ", line.held, " relation ", Number(line.relation), " ",
      line.relation_credit, " level ", line.level_factor, " evidence ",
      line.evidence_factor);
}

std::string Describe(const matching::WishLine& line) {
  return absl::StrCat(
      "kind ", Number(line.kind), " asked ", line.asked, " strength ",
      Number(line.strength), " weight ", line.weight, " credit ", line.credit,
      "/", line.potential_credit, " contribution ", line.contribution, "/",
      line.potential_contribution, " outcome ", Number(line.outcome),
      " satisfied ", Number(line.satisfied), " reason ", Number(line.reason),
      " wanted ", line.wanted, " offered ", line.offered, " relation ",
      Number(line.relation), " distance ", line.distance);
}

std::string Describe(const matching::OfferingMatch& row) {
  return absl::StrCat(
      "offering ", Hex(row.offering.bytes), " ", row.offering_reference,
      " key ", absl::StrJoin(row.key.criteria, ","), " ",
      Hex(row.key.tie.bytes), " ", Hex(row.key.offering.bytes), " session ",
      Hex(row.session.bytes), " ", row.session_reference, " others ",
      row.other_sessions, " coverage ", row.coverage, " end ", row.end_day,
      " weeks ", row.weeks, " distance ", row.distance, " in time ",
      row.in_time, " unlocks ", row.unlocked_people, " closes ",
      absl::StrJoin(row.closes, ","), " helps ", row.requirements_helped,
      " gains ", row.gain_positions, "/", row.gain_requirements);
}

std::string Describe(const matching::GapDemand& demand) {
  return absl::StrCat("requirement ", Hex(demand.requirement.bytes), " ",
                      demand.requirement_reference, " demand ", demand.demand,
                      " weight ", demand.weight, " satisfied ",
                      Number(demand.satisfied));
}

std::string Describe(const matching::ServedRequirement& row) {
  return absl::StrCat(
      "requirement ", Hex(row.requirement.bytes), " ",
      row.requirement_reference, " key ", absl::StrJoin(row.key.criteria, ","),
      " ", Hex(row.key.tie.bytes), " ", Hex(row.key.to.bytes), " session ",
      Hex(row.session.bytes), " ", row.session_reference, " end ", row.end_day,
      " in time ", row.in_time, " coverage ", row.coverage, " closes ",
      absl::StrJoin(row.closes, ","), " positions ", row.positions,
      " seats left ", row.seats_left, " eligible ", row.eligible_people,
      " unlocked ", row.unlocked_people, " possibly ",
      row.possibly_unlocked_people, " fillable ", row.fillable);
}

std::string Describe(const matching::HelpedPerson& row) {
  return absl::StrCat(
      "person ", Hex(row.person.bytes), " ", row.person_reference, " key ",
      absl::StrJoin(row.key.criteria, ","), " ", Hex(row.key.tie.bytes), " ",
      Hex(row.key.to.bytes), " gains ", row.gain_positions, "/",
      row.gain_requirements);
}

std::string Describe(const matching::Pathway& way) {
  std::string text =
      absl::StrCat("gains ", way.gain_positions, "/", way.gain_requirements,
                   " weeks ", way.weeks, " end ", way.end_day);
  for (const matching::PathwayStep& step : way.steps) {
    absl::StrAppend(
        &text, "\n    offering ", Hex(step.offering.bytes), " ",
        step.offering_reference, " session ", Hex(step.session.bytes), " ",
        step.session_reference, " days ", step.start_day, "-", step.end_day,
        " weeks ", step.weeks, " distance ", step.distance, " tie ",
        Hex(step.tie.bytes), " prepared ", absl::StrJoin(step.prepared, ","));
  }
  for (const matching::PathwayGoal& goal : way.goals) {
    absl::StrAppend(&text, "\n    goal ", Hex(goal.requirement.bytes), " ",
                    goal.requirement_reference, " order ", goal.order, " tie ",
                    Hex(goal.tie.bytes));
  }
  return text;
}

}  // namespace kugge::oracle
