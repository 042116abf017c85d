"""The seeded faults: each a mistake somebody could make, as a substitution of text that stands exactly once."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Change:
    file: str
    old: str
    new: str


@dataclasses.dataclass(frozen=True)
class Mutant:
    name: str
    changes: tuple


def one(name, file, old, new):
    return Mutant(name, (Change('matching/' + file, old, new),))


MUTANTS = (
    # Section 1: credit, satisfaction, weights.
    one('level_factor_rounds_up', 'credit.h', 'kFullCredit * counted / asked',
        '(kFullCredit * counted + asked - 1) / asked'),
    one('partial_credit_in_open_section_keeps_its_potential', 'credit.h',
        'if (counts_as_open && verdict.satisfied != Satisfied::kNo) {',
        'if (counts_as_open && verdict.satisfied != Satisfied::kNo && verdict.credit == 0) {'),
    one('open_wins_over_stated_lacking', 'credit.h', '} else if (lacking) {', '} else if (lacking && !counts_as_open) {'),
    one('untold_field_opens_nothing', 'credit.cc', 'section.held.back().concept_index == kNoConcept', 'false'),
    one('left_over_weight_goes_to_the_last_of_equals', 'weights.cc', 'a.position < b.position', 'a.position > b.position'),
    one('left_over_weight_is_lost_among_equals', 'weights.cc', '(i < left_over ? 1 : 0)', '0'),
    one('any_education_is_forgotten_from_the_requirement', 'demand_table.cc',
        'if (demand.kind == DemandKind::kEducation) any_education_.push_back(i);', ''),
    one('credit_leaks_between_sections', 'demand_table.h', 'if (entry.kind == kind) visit(', 'visit('),
    one('unknown_concept_is_related_to_nothing', 'relations.h', 'visit(wanted, Relation{});', ''),
    one('kinds_not_asked_pay_nothing_to_people', 'compiled_requirement.cc',
        'pair.requirement.AddNotAsked(strategy().demand_weights[kind], strategy());', ''),
    # Section 7: lines.
    one('shown_relation_in_the_wrong_order', 'compiled_person.cc', '-static_cast<int>(relation.kind), -held',
        'static_cast<int>(relation.kind), -held'),
    one('shown_is_the_last_of_equals', 'compiled_person.cc', '-static_cast<int>(relation.kind), -held',
        '-static_cast<int>(relation.kind), held'),
    one('shown_pair_is_the_larger_wanted', 'compiled_person.cc',
        'std::tie(fit.wanted, fit.offered) <=', 'std::tie(fit.wanted, fit.offered) >='),
    # Section 2: wishes.
    one('maximum_distance_is_refused', 'wishes.cc', 'distance > maximum', 'distance >= maximum'),
    one('relocation_is_named_within_easy_distance', 'wishes.cc', 'if (known && distance <= easy) {',
        'if (known && distance <= easy && !WouldMoveTo(wishes, job.municipality)) {'),
    one('relocation_is_forgotten', 'wishes.cc', 'std::ranges::binary_search(wishes.relocation, municipality)', 'false'),
    one('nearly_remote_is_fully_remote', 'wishes.cc', '*job.remote_percent >= kFullyRemotePercent',
        '*job.remote_percent + 1 >= kFullyRemotePercent'),
    one('touching_hours_are_refused', 'wishes.cc', 'if (gap <= 0)', 'if (gap < 0)'),
    one('one_shift_of_several_satisfies', 'wishes.cc', 'accepted == job.shifts)', 'accepted != 0)'),
    one('start_on_the_day_after_the_window', 'wishes.cc', 'wishes.earliest_start < job.latest_start',
        'wishes.earliest_start <= job.latest_start'),
    one('lateness_is_a_day_short', 'wishes.cc', '- job.latest_start + 1;', '- job.latest_start;'),
    one('distance_is_rounded_down', 'geo/distance.cc', ' + (int64_t{1} << 39)', ''),
    # Sections 3 and 4: eligibility, order, candidates, pages.
    one('near_misses_one_too_few', 'pair_score.h', 'refused > strategy.maximum_near_misses',
        'refused >= strategy.maximum_near_misses'),
    one('thin_side_keeps_its_share', 'pair_score.h', 'if (pair.requirement.asks) return (a + b) * pair.requirement.score;',
        'if (pair.requirement.asks) return a * pair.requirement.score;'),
    one('row_equal_to_the_bound_is_dropped', 'rank.cc', 'match.order >= last.order', 'match.order > last.order'),
    one('page_repeats_the_last_row', 'rank.cc', 'return after < key;', 'return !(key < after);'),
    one('uncertain_before_eligible_in_pages', 'rank.cc', 'return after.eligibility < match.eligibility;',
        'return match.eligibility < after.eligibility;'),
    one('remaining_counts_every_page', 'rank.cc',
        'if (request_.after.has_value() && !FollowsPageStart(match)) return;\n    ++listed_;',
        '++listed_;\n    if (request_.after.has_value() && !FollowsPageStart(match)) return;'),
    one('near_misses_that_nobody_can_learn', 'rank.cc', 'pair.hurdles.refused != pair.hurdles.refused_learnable', 'false'),
    one('tie_key_of_to_and_from', 'tie_key.cc', 'std::ranges::copy(to.bytes,\n'
        '                    std::ranges::copy(from.bytes, message.begin()).out);',
        'std::ranges::copy(from.bytes,\n                    std::ranges::copy(to.bytes, message.begin()).out);'),
    one('open_on_the_close_day', 'market.cc', 'today < requirement.close_day', 'today <= requirement.close_day'),
    one('private_requirement_of_another_tenant', 'market.cc',
        '(!requirement.private_to_tenant || requirement.tenant == tenant)', 'true'),
    one('people_of_every_tenant', 'market.cc', 'person.tenant == tenant && ', ''),
    one('replaced_document_stays', 'document_table.h', 'if (kept != leaf.end() && (*kept)->id == id) ++kept;', ''),
    # Section 6: offerings.
    one('full_session_is_usable', 'offerings.cc', 'session.seats_taken < session.seats', 'session.seats_taken <= session.seats'),
    one('session_of_today_is_past', 'offerings.cc', 'session.start_day >= today', 'session.start_day > today'),
    one('session_before_the_person_can', 'offerings.cc',
        'if (earliest_.has_value() && session.start_day < *earliest_) return false;', ''),
    one('weeks_are_rounded_down', 'offerings.cc', '(days + kDaysPerWeek - 1) / kDaysPerWeek', 'days / kDaysPerWeek'),
    one('end_on_the_latest_start_is_in_time', 'offerings.cc', 'match.end_day < latest', 'match.end_day <= latest'),
    one('soft_prerequisite_refuses', 'offerings.cc', 'demand.strength == Strength::kHard &&\n'
        '               person.Judge', 'person.Judge'),
    one('unknown_is_no_gap', 'offerings.cc', 'if (satisfied == Satisfied::kYes) continue;',
        'if (satisfied != Satisfied::kNo) continue;'),
    one('gap_over_one_requirement_too_many', 'offerings.cc', 'if (ids.size() < kGapRequirements) ids.push_back',
        'if (ids.size() <= kGapRequirements) ids.push_back'),
    one('occupations_can_be_learnt', 'offerings.cc', 'if (CanBeLearnt(need.demands[i].kind)) need.total',
        'need.total'),
)
