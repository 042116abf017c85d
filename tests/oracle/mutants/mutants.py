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
    one('row_equal_to_the_bound_is_dropped', 'index/row_collector.h', 'verdict.order < top.last().order)',
        'verdict.order <= top.last().order)'),
    one('page_repeats_the_last_row', 'index/row_collector.h', 'if (!(after < key)) return;', 'if (key < after) return;'),
    one('page_among_uncertain_rows_ends_the_eligible_pass', 'index/row_collector.h',
        'return LeastOf(eligible_);\n        return LeastOf(uncertain_);', 'return LeastOf(eligible_);\n        return std::nullopt;'),
    one('more_though_the_page_ends_the_list', 'index/row_collector.h', '*more = rows.size() > request_.k;',
        '*more = rows.size() >= request_.k;'),
    one('near_misses_that_nobody_can_learn', 'index/row_collector.h',
        'pair.hurdles.refused == pair.hurdles.refused_learnable}', 'true}'),
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
    # The index: rows that are left out because they can't be rows.
    one('bound_forgets_the_persons_share', 'index/person_prober.cc', '(order - b * kFullBp + a - 1) / a', '(order + a - 1) / a'),
    one('bound_forgets_the_share_of_the_person_who_asks', 'index/requirement_prober.cc',
        '(order - b * kFullBp + a - 1) / a', '(order + a - 1) / a'),
    one('bound_where_nobody_asks_leaves_out_the_tie', 'index/person_prober.cc', '(order + a + b - 1) / (a + b)',
        '(order + a + b) / (a + b)'),
    one('bound_of_a_person_who_asks_nothing_leaves_out_the_tie', 'index/requirement_prober.cc',
        '(order + a + b - 1) / (a + b)', '(order + a + b) / (a + b)'),
    one('bound_is_meant_for_requirements_that_ask_nothing_too', 'index/person_prober.cc', 'if (plans_.empty()) return 0;', ''),
    one('sum_equal_to_the_bound_is_passed_over', 'index/search.h', 'sum >= done_from || sum < least)',
        'sum >= done_from || (least > 0 && sum <= least))'),
    Mutant('kernels_compare_signed', (
        Change('matching/index/kernels.cc', 'if (sums[i] >= least)',
               'if (static_cast<int16_t>(sums[i]) >= static_cast<int16_t>(least))'),
        Change('matching/index/kernels.cc', '_mm256_max_epu16', '_mm256_max_epi16'))),
    one('best_of_a_block_are_judged_twice', 'index/search.h', 'if (sum >= done_from || sum < least) continue;',
        'if (sum < least) continue;'),
    one('full_uncertain_list_ends_its_pass', 'index/row_collector.h', 'if (eligible_.full()) return std::nullopt;',
        'if (eligible_.full() || uncertain_.full()) return std::nullopt;'),
    one('eligible_rows_again_as_uncertain', 'index/person_prober.cc', 'mask[word] &= ~eligible[word];', ''),
    one('near_misses_of_wishes_come_twice', 'index/search.h', 'if (verdict.eligibility == Eligibility::kNearMiss) return;', ''),
    one('near_misses_counted_twice_by_one_demand', 'index/person_prober.cc', 'for (size_t i = allowed; i > 0; --i) {',
        'for (size_t i = 1; i <= allowed; ++i) {'),
    # The index: versions, ranges, blocks.
    one('replaced_document_is_still_found', 'index/search.h', 'mask[word] &= ~gone_.Word(block.base / 64 + word);', ''),
    one('replaced_document_comes_back_where_all_are_judged', 'rank.cc', 'if (!part.gone.Contains(n)) JudgeAlone', 'JudgeAlone'),
    one('merge_forgets_what_was_replaced_meanwhile', 'index/segmented_index.h',
        'if (!now->gone.Contains(n) || input.gone.Contains(n)) continue;', 'continue;'),
    one('merge_forgets_that_a_segment_went_meanwhile', 'index/segmented_index.h',
        'if (moved.has_value() && !input.gone.Contains(n)) {', 'if (false) {'),
    one('newest_documents_are_not_searched', 'rank.cc', 'for (const auto& document : index_.head()) JudgeAlone(*document);', ''),
    one('newest_document_is_not_replaced', 'index/segmented_index.h', 'return latest.contains(document->id);',
        'return latest.contains(document->id) && latest.size() > 1;'),
    one('range_ends_with_its_word', 'index/block.h', '~uint64_t{0} >> (63 - (range.end - 1) % 64);', '~uint64_t{0};'),
    one('range_begins_with_its_word', 'index/block.h', '~uint64_t{0} << (range.begin % 64);', '~uint64_t{0};'),
    one('people_of_places_between', 'index/person_segment.cc',
        'if (!ranges.empty() && ranges.back().end == run->people.begin) {', 'if (!ranges.empty()) {'),
    one('requirements_of_places_between', 'index/requirement_segment.cc',
        'if (!ranges.empty() && ranges.back().end == run.requirements.begin) {', 'if (!ranges.empty()) {'),
    one('lists_are_read_once', 'index/requirement_prober.cc', 'for (Term& term : terms_) term.cursor.Rewind();', ''),
    # The index: what the lists say.
    one('two_related_concepts_pay_twice', 'index/person_prober.cc', 'if (TestBit(paid, at)) return;', ''),
    one('two_related_concepts_pay_twice_in_dense_lists', 'index/person_prober.cc', 'fresh[word] = named & ~paid[word];',
        'fresh[word] = named;'),
    one('concept_held_twice_pays_twice', 'index/person_prober.cc', '!plan.terms.front().cursor.list().repeats', 'true'),
    one('worst_relation_pays', 'index/person_prober.cc', 'return a.contribution > b.contribution;',
        'return a.contribution < b.contribution;'),
    one('last_level_pays_not_the_best', 'index/person_prober.cc', 'if (worth <= best[at]) return;', ''),
    one('dense_lists_say_no_levels', 'index/person_prober.cc', ' && !plan.graded) continue;', ') continue;'),
    one('evidence_is_not_looked_at', 'index/person_prober.cc', 'demand.minimum_evidence > Evidence::kClaimed', 'false'),
    one('stated_lack_is_unknown_for_the_index', 'index/person_prober.cc',
        '~open[block.base / 64 + word] | buffers_.lacking[word]', '~open[block.base / 64 + word]'),
    one('stated_lack_is_unknown_for_the_index_of_requirements', 'index/requirement_prober.cc',
        'if (term.open && no) ++refused[at];', ''),
    one('satisfied_demand_stays_refused', 'index/requirement_prober.cc', 'if (!term.open && !no) --refused[at];', ''),
    one('kinds_not_asked_pay_nothing_in_sums_of_people', 'index/person_prober.cc', 'if (asked[kind]) continue;', 'continue;'),
    one('kinds_not_asked_pay_nothing_in_sums_of_requirements', 'index/requirement_segment.cc', 'if (asked[kind]) continue;',
        'continue;'),
    one('weights_of_another_strategy', 'index/requirement_segment.cc', 'return made->demand_weights == strategy.demand_weights &&',
        'return'),
    one('weights_of_another_credit_for_what_is_not_asked', 'index/requirement_segment.cc',
        ' &&\n           made->not_asked_credit == strategy.not_asked_credit;', ';'),
    one('levels_are_not_looked_at', 'index/requirement_prober.cc', 'if (info.plain()) return term.plain;', 'return term.plain;'),
    one('levels_are_not_looked_at_in_sums', 'index/requirement_prober.cc', 'info.plain() ? plain : VerdictOn(term, info).credit',
        'plain'),
    one('requirement_that_asks_nothing_has_a_sum', 'index/requirement_prober.cc',
        'if (!segment_.some_ask_nothing()) return;', 'return;'),
)
