"""Faults of answers that the engine's own tests hold against a plain count: docs/scoring.md sections 4.1 and 10 to 13."""

import functools

from mutant import one

bridge = functools.partial(one, tests='BridgesTest.*')
rank = functools.partial(one, tests='RowsBeforeTest.*:WhatWouldHelpTest.*:RankIfMetTest.*')
staffing = functools.partial(one, tests='AssessStaffingTest.*')
modules = functools.partial(one, tests='SearchModulesTest.*')
proposal = functools.partial(one, tests='ProposalTest.*:PeopleByLackTest.*:ProposeOfferingTest.*')
leftover = functools.partial(one, tests='LeftoversTest.*')

ANSWER_MUTANTS = (
    # Section 4.1: bridges.
    bridge('last_of_equal_relations_carries', 'occupation_hurdles.cc', 'credit <= credit_', 'credit < credit_'),
    bridge('unknown_occupation_is_certain', 'occupation_hurdles.cc', 'unknown_ |= satisfied == Satisfied::kUnknown;', ''),
    bridge('soft_demand_for_an_occupation_refuses', 'occupation_hurdles.cc',
           'demand.kind == DemandKind::kOccupation &&\n        demand.strength == Strength::kHard',
           'demand.kind == DemandKind::kOccupation'),
    bridge('replaced_document_is_a_bridge', 'bridges.cc', 'if (part.gone.Contains(n)) continue;', ''),
    bridge('substitutes_are_followed_the_other_way', 'bridges.cc',
           'ForEachSubstituteFrom(\n        person.graph(), held.concept_index',
           'ForEachSubstituteToward(\n        person.graph(), held.concept_index'),
    bridge('jobs_that_stand_in_are_not_looked_up', 'bridges.cc',
           'lists.push_back(segment.offered().Find(PostingKey::Offering(job)));', 'static_cast<void>(job);'),
    # Section 10.1: ranks.
    rank('row_of_the_same_order_is_never_before', 'index/row_counter.h', 'if (verdict.order < key.order) continue;',
         'if (verdict.order <= key.order) continue;'),
    rank('rank_counts_the_person_too', 'index/row_counter.h', 'if (but_.has_value() && *row.id == *but_) return;', ''),
    rank('uncertain_by_a_wish_is_not_counted', 'index/row_counter.h',
         'return std::min(*least_eligible_,\n                        least_uncertain_.value_or(*least_eligible_));',
         'return least_eligible_;'),
    rank('eligible_person_is_among_the_others', 'rank.cc', '      --eligible;\n', ''),
    rank('filtered_list_has_every_eligible_row', 'rank.cc', 'if (request.municipalities.has_value() || request.filter ||',
         'if (request.municipalities.has_value() ||'),
    # Sections 10.2 and 10.3: what would help, and what an answer would give.
    rank('start_becomes_the_day_that_is_too_early', 'standing.cc', 'trial.latest_start = wishes.earliest_start + 1;',
         'trial.latest_start = wishes.earliest_start;'),
    rank('what_cannot_be_learnt_would_help', 'standing.cc', '!CanBeLearnt(line.kind) ||', ''),
    rank('soft_line_was_unknown_to_a_hard_one', 'standing.cc', 'if (line.strength == Strength::kHard) --match', '--match'),
    rank('who_is_refused_is_in_a_list_if_met', 'standing.cc', 'if (match.refused_hard == 0) {', 'if (true) {'),
    rank('changes_by_rank_before_eligibility', 'standing.cc', 'std::tuple(change.match.eligibility, change.rank,',
         'std::tuple(change.rank, change.match.eligibility,'),
    # Section 11: staffing.
    staffing('training_that_ends_on_the_last_day_is_late', 'staffing.cc', 'best->choice.end_day > request_.by',
             'best->choice.end_day >= request_.by'),
    staffing('training_unlocks_people_elsewhere', 'area_unlocks.cc', 'CrowdBits lacking = area;',
             'CrowdBits lacking = crowd.candidates();'),
    staffing('people_in_reach_are_kept_of_another_place', 'area_unlocks.cc', 'in_reach_.try_emplace(place)',
             'in_reach_.try_emplace(std::nullopt)'),
    staffing('job_begins_before_the_training_has_ended', 'area_unlocks.cc',
             'unlocked.sets.push_back(starting);', ''),
    staffing('job_that_closes_when_a_training_ends_is_open', 'area_unlocks.cc', 'end_day >= requirement_.close_day',
             'end_day > requirement_.close_day'),
    staffing('person_who_can_from_that_day_on_is_late', 'area_unlocks.cc', 'std::ranges::upper_bound(\n          waiting_',
             'std::ranges::lower_bound(\n          waiting_'),
    staffing('plan_has_more_people_than_seats', 'staffing.cc', 'std::min(fresh, uint64_t{training->step.seats_left})', 'fresh'),
    staffing('person_counts_with_two_trainings', 'staffing.cc', 'CountAmong(training->unlocked, left)',
             'CountAmong(training->unlocked, everybody_)'),
    staffing('training_that_ends_later_is_planned_first', 'staffing.cc',
             'std::tuple(~training->step.adds, training->step.end_day,',
             'std::tuple(~training->step.adds, -training->step.end_day,'),
    staffing('person_at_the_radius_is_outside', 'crowd.cc', 'DistanceHm(*home, area.circle->site) <= area.circle->radius',
             'DistanceHm(*home, area.circle->site) < area.circle->radius'),
    staffing('who_has_no_home_lives_where_the_last_one_does', 'crowd.cc',
             'if (!home.has_value() || !last_inside)', 'if (!last_inside)'),
    # Section 12: the search for modules.
    modules('one_node_too_many', 'propose_search.cc',
            'found_.nodes >= search_.most_nodes', 'found_.nodes > search_.most_nodes'),
    modules('sets_not_looked_at_have_no_bound', 'propose_search.cc',
            'open_bound_ = std::max(open_bound_, prospect.bound);', ''),
    modules('budget_is_not_used_up', 'propose_search.cc', 'node.weeks + search_.weeks[i] > search_.budget',
            'node.weeks + search_.weeks[i] >= search_.budget'),
    modules('part_of_a_module_bounds_nothing', 'propose_search.cc', 'shares += worth.shares * budget / worth.weeks;', ''),
    modules('module_adds_its_share_of_the_last_group', 'propose_search.cc',
            'largest[module] = std::max(largest[module], shares);', 'largest[module] = shares;'),
    modules('set_that_fills_as_much_is_not_better', 'propose_search.cc',
            'prospect.bound < found_.filled', 'prospect.bound <= found_.filled'),
    modules('set_of_as_many_weeks_is_not_better', 'propose_search.cc', 'if (node.weeks > weeks_) return;',
            'if (node.weeks >= weeks_) return;'),
    # Section 12: the rest of it.
    proposal('weeks_are_the_upper_median', 'propose_modules.cc', '(weeks.size() - 1) / 2', 'weeks.size() / 2'),
    proposal('prerequisite_of_any_new_training', 'propose_modules.cc', 'return by_gain.Of(gain).empty();\n            })) {',
             'return false;\n            })) {'),
    proposal('people_elsewhere_are_led', 'propose_ground.cc', 'beginners_[i] &= area_[i];', ';'),
    proposal('job_is_taken_on_the_persons_own_start', 'propose_ground.cc',
             'requirement.facts, EndOfProposal(request_),', 'requirement.facts, kNoDay,'),
    proposal('promise_is_not_shared_among_what_is_lacked', 'propose_ground.cc',
             'group.promise += people * (kFullCredit / lacked.size());', 'group.promise += people * kFullCredit;'),
    proposal('modules_left_out_have_no_bound', 'propose_ground.cc', 'bound_of_all_ = BoundOf(worths);', ''),
    proposal('requirement_that_closes_on_the_end_is_open', 'propose.cc', 'EndOfProposal(request) < requirement.close_day',
             'EndOfProposal(request) <= requirement.close_day'),
    proposal('who_lacks_two_lacks_the_second_alone', 'propose_lacks.cc', '    set->Restrict(one);\n', ''),
    proposal('what_the_last_person_lacks_is_lacked_by_the_next', 'propose_lacks.cc', '    lacked_.resize(before);\n', ''),
    proposal('filled_positions_are_uncovered', 'propose.cc', 'asked.open - std::min(asked.open, led)', 'asked.open'),
    proposal('nine_of_ten_are_too_few', 'propose.cc', '.proposed = kTenths * people >=\n', '.proposed = kTenths * people >\n'),
    proposal('eligible_people_are_unlocked_by_the_proposal', 'propose.cc',
             'nearly.all[word] & ~eligible[word]', 'nearly.all[word]'),
    # Section 13: leftovers.
    leftover('uncertain_is_not_left_over', 'leftovers.cc',
             'if (best.rows[0].eligibility == Eligibility::kEligible) {', 'if (true) {'),
    leftover('tie_of_the_document_and_the_tenant', 'leftovers.cc',
             'request_.tenant_id, document.id)', 'document.id, request_.tenant_id)'),
    leftover('replaced_requirement_is_left_over', 'leftovers.cc', 'if (!part.gone.Contains(n)) add', 'add'),
    leftover('closed_requirement_is_left_over', 'leftovers.cc', 'if (Admits(ask, requirement)) requirements_', 'requirements_'),
    leftover('people_of_everywhere_are_left_over', 'leftovers.cc', 'crowd_->In({.municipalities = request_.municipalities})',
             'crowd_->In({})'),
)
