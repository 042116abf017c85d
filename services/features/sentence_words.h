// The words of sentences: templates as data, one table a language. Which of
// them a line is put together from is decided in the *sentences.cc beside this
// file; how they read is decided here and nowhere else.
//
// A template is text with places in braces:
//   {asked}     what is asked for, with what is asked of it in brackets:
//               `TIG-svetsning (krav, minst nivå 3)`
//   {held}      what the person holds, how well and how it is related:
//               `har MAG/MIG-svetsning (nivå 4), närliggande`
//   {taught}    what a training gives: `TIG-svetsning (nivå 3)`
//   {job}       what the job is, in a line on the person's wishes
//   {credit}    `0,4 av 1,0`
//   {question}  what to ask, a whole sentence with its question mark
//   {section}   the section of the profile that could hold it
//   {Name}      label of the concept, as the taxonomy writes it
//   {name}      the same with a small first letter, inside a sentence
//   {told}      qualities of what is held, in brackets after a space, or
//   {at_least}  of what is asked, or nothing
//   {level}     a level in the kind's own words: `3`, `B2`, `12 månader`
//   {number}, {from}, {to}, {day}, {month}, {year}   as they say
//   {distance_km}, {percents}, {shifts}, {date}      of the language's form
//   {result}    where a change would put the person
//   {weeks}, {basis}, {jobs}, {positions}, {pairs}, {people}, {gain},
//   {learning}  counts and clauses that the table itself holds, one and many
#ifndef KUGGE_SERVICES_FEATURES_SENTENCE_WORDS_H_
#define KUGGE_SERVICES_FEATURES_SENTENCE_WORDS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "matching/taxonomy/concept.h"
#include "matching/types.h"

namespace kugge::features {

enum class Language : uint8_t { kSwedish, kEnglish };
inline constexpr std::array kLanguages = {Language::kSwedish,
                                          Language::kEnglish};

// By RequestContext::language. Swedish for a tag that no table has.
Language LanguageOf(absl::string_view tag);

struct SentenceWords {
  using Text = absl::string_view;
  // Indexed by DemandKind, by WishKind.
  using ByDemand = std::array<Text, matching::kDemandKindCount>;
  using ByWish = std::array<Text, matching::kWishKindCount>;
  // A sentence where something related is held, and where nothing is.
  struct Frames {
    Text held;
    Text none;
  };

  // How many, where one reads otherwise than {number}, which 0 does not.
  struct Count {
    Text one;
    Text many;
  };

  // As accept-language names it.
  Text tag;
  // The label that is shown; where a concept has none, the Swedish one is.
  std::string matching::ConceptRecord::* label;

  // --- numbers ---
  Text decimal_mark;
  Text credit;    // {number}
  Text percent;   // {number}
  Text percents;  // {from}, {to}
  Text one_month;
  Text months;  // {number}
  Text date;    // {day}, {month}, {year}
  std::array<Text, 12> month_names;
  // Between the last two of a list.
  Text last_and;

  // --- what a requirement asks, and what a person holds ---
  ByDemand demand_name;
  // A HARD demand or wish.
  Text required;
  ByDemand asked;  // {Name}, {name}
  // Asked for by level alone.
  Text asked_any_education;
  // A concept that the taxonomy in force doesn't have.
  ByDemand asked_unlisted;
  ByDemand at_least;    // {level}
  ByDemand held_level;  // {level}
  ByDemand level_untold;
  // Indexed by Evidence.
  std::array<Text, 4> evidence;
  ByDemand held;       // {Name}, {name}, {told}
  ByDemand held_same;  // the very concept that is asked for: {told}
  // A field of education that isn't told: {told}.
  Text held_education;
  // Indexed by RelationKind, after what is held; empty for kExact.
  std::array<Text, 8> relation;
  ByDemand section;
  ByDemand ask;        // {Name}, {name}, {at_least}
  ByDemand ask_level;  // {Name}, {name}
  Text ask_any_education;
  Text ask_unlisted;

  // --- whole sentences on demands: {asked}, {held}, {credit}, {question} ---
  Frames met;
  Frames enough;  // not of full credit, and satisfied
  Frames told_short;
  Frames stated_lacking;
  Frames not_in_complete;  // {section}
  Frames level_untold_frames;
  Frames nothing_told;
  Text demand_not_asked;  // {asked} is the kind's name

  // --- what a person wishes, and what the job is ---
  ByWish wish_name;
  Text wanted_occupation;  // {name}, {Name}
  Text at_most_km;         // {distance_km}
  Text at_least_percent;   // {percents}
  Text from_date;          // {date}
  // Indexed by the bits of a ShiftSet, the lowest first.
  std::array<Text, 5> shift_names;
  Text job_same_occupation;
  Text job_occupation;  // {name}, {Name}; its relation follows
  Text job_other_occupation;
  Text job_distance;                                   // {distance_km}
  Text job_hours;                                      // {percents}
  Text job_shifts;                                     // {shifts}
  Text job_starts_from, job_starts_by, job_starts_on;  // {date}
  Text job_starts_between;                             // {from}, {to}
  Text job_remote;                                     // {percents}
  Text job_not_remote;
  // A fact that the job doesn't tell, and the question about it.
  ByWish untold;
  ByWish ask_job;
  // The same of a distance by what is missing: the home, or both ends.
  Text untold_home, untold_both;
  Text ask_home, ask_both;

  // --- whole sentences on wishes: {asked}, {job}, {credit}, {question} ---
  Text wish_met;
  Text wish_enough;  // an occupation of another name that satisfies
  Text wish_second;  // wanted, though something else is wanted more
  Text wish_just;    // no credit, and satisfied: at the very limit
  ByWish wish_refused;
  Text wish_unknown;
  Text relocation;
  Text fully_remote;
  Text wish_not_asked;

  // --- whole sentences on a training: {asked}, {question} ---
  Text covered;
  Text left;
  Text prerequisite_refused;
  Text prerequisite_unknown;
  // One that an earlier step of a way gives.
  Text prepared_refused;
  Text prepared_unknown;

  // --- whole sentences on changes: {asked}, {result}, what becomes of it ---
  // Indexed by ChangeKind; {asked} is the demand or the wish's name.
  std::array<Text, 6> change;
  Text change_on_site;                     // a remote share of nothing
  Text change_eligible, change_uncertain;  // {number}: the rank
  Text change_in_no_list;

  // --- what an area lacks: whole sentences, {asked} ---
  Text lacked_by_none;
  Count lacked;

  // --- adjacent occupations: whole sentences, {asked} ---
  Text bridge;         // {held}
  Text bridge_wanted;  // {job}

  // --- a proposed training: whole sentences, and their clauses ---
  Count weeks;
  Text module_frame;  // {taught}, {weeks}, {basis}, {jobs}, {gain}
  Count module_basis;
  Text module_estimated;
  Count module_jobs;
  Text module_fills;  // {positions}, {pairs}
  Count module_positions;
  Count module_pairs;
  Text module_choice;  // {pairs}
  Text module_with_later;
  Text proposed_prerequisite;  // {asked}, {number}, {people}
  Text refused_prerequisite;   // the same
  Count people;
  Text uncovered;  // {asked}, {jobs}, {positions}, {pairs}, {learning}
  Count uncovered_jobs;
  Count uncovered_positions;
  Count uncovered_pairs;
  Text uncovered_never_alone;
  Count uncovered_weeks;
  Text uncovered_unlearnable;
};

extern const SentenceWords kSwedishWords;
extern const SentenceWords kEnglishWords;

const SentenceWords& WordsOf(Language language);

}  // namespace kugge::features

#endif  // KUGGE_SERVICES_FEATURES_SENTENCE_WORDS_H_
