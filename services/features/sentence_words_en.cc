// English.
#include "services/features/sentence_words.h"

namespace kugge::features {

constexpr SentenceWords kEnglishWords = {
    .tag = "en",
    .label = &matching::ConceptRecord::label_en,

    .decimal_mark = ".",
    .credit = "{number} of 1.0",
    .percent = "{number}%",
    .percents = "{from}–{to}%",
    .one_month = "1 month",
    .months = "{number} months",
    .date = "{day} {month} {year}",
    .month_names = {"January", "February", "March", "April", "May", "June",
                    "July", "August", "September", "October", "November",
                    "December"},
    .last_and = " and ",

    .demand_name = {"Occupation", "Skill", "Language", "Driving licence",
                    "Authorisation", "Education"},
    .required = "required",
    .asked = {"{Name}", "{Name}", "{Name}", "Driving licence {Name}", "{Name}",
              "Education in {Name}"},
    .asked_any_education = "Education",
    .asked_unlisted = {"An occupation that the taxonomy lacks",
                       "A skill that the taxonomy lacks",
                       "A language that the taxonomy lacks",
                       "A driving licence that the taxonomy lacks",
                       "An authorisation that the taxonomy lacks",
                       "An education that the taxonomy lacks"},
    .at_least = {"at least {level}", "at least level {level}",
                 "at least {level}", "at least level {level}",
                 "at least level {level}", "at least EQF {level}"},
    .held_level = {"{level}", "level {level}", "{level}", "level {level}",
                   "level {level}", "EQF {level}"},
    .level_untold = {"time not stated", "level not stated", "level not stated",
                     "level not stated", "level not stated",
                     "level not stated"},
    .evidence = {"self-reported", "with evidence", "validated", "certified"},
    .held = {"has the occupation {Name}{told}", "has {Name}{told}",
             "knows {Name}{told}", "has driving licence {Name}{told}",
             "has {Name}{told}", "has education in {Name}{told}"},
    .held_same = {"has that occupation{told}", "has it{told}",
                  "knows the language{told}", "has the licence{told}",
                  "has it{told}", "has that education{told}"},
    .held_education = "has education{told}",
    .relation = {"", "more specific", "which includes it", "a close substitute",
                 "a partial substitute", "same occupational group",
                 "more general", "related"},
    .section = {"occupations", "skills", "languages", "driving licences",
                "authorisations", "studies"},
    .ask = {"Does the person have the occupation {Name}{at_least}?",
            "Does the person have the skill {Name}{at_least}?",
            "Does the person know {Name}{at_least}?",
            "Does the person have driving licence {Name}{at_least}?",
            "Does the person have the authorisation {Name}{at_least}?",
            "Does the person have education in {Name}{at_least}?"},
    .ask_level =
        {"How many months has the person worked in the occupation "
         "{Name}?",
         "At which level (1–5) does the person have the skill {Name}?",
         "At which level (A1–C2) does the person know {Name}?",
         "At which level does the person have driving licence {Name}?",
         "At which level does the person have the authorisation {Name}?",
         "At which level (EQF 1–8) is the person's education?"},
    .ask_any_education = "Does the person have education{at_least}?",
    .ask_unlisted = "Does the person have what is asked for?",

    .met = {"{asked}: {held}, {credit}.", "{asked}: met, {credit}."},
    .enough = {"{asked}: {held}, {credit}, which is enough.",
               "{asked}: {credit}, which is enough."},
    .told_short = {"{asked}: {held}, {credit}, which isn't enough.",
                   "{asked}: what is stated isn't enough, {credit}."},
    .stated_lacking = {"{asked}: {held}, {credit}, but what is asked for is "
                       "missing by the person's own account.",
                       "{asked}: missing by the person's own account, "
                       "{credit}."},
    .not_in_complete = {"{asked}: {held}, {credit}, but what is asked for "
                        "isn't in the person's complete list of {section}.",
                        "{asked}: not in the person's complete list of "
                        "{section}, {credit}."},
    .level_untold_frames = {"{asked}: {held}, {credit}. Ask: {question}",
                            "{asked}: the level isn't stated. Ask: "
                            "{question}"},
    .nothing_told = {"{asked}: {held}, {credit}. Ask: {question}",
                     "{asked}: nothing is stated. Ask: {question}"},
    .demand_not_asked = "{asked}: nothing is asked for, counts as {credit}.",

    .wish_name = {"Wanted occupation", "Distance", "Hours", "Shifts", "Start",
                  "Remote work"},
    .wanted_occupation = "Wanted occupation {Name}",
    .at_most_km = "at most {distance_km} km",
    .at_least_percent = "at least {percents}",
    .from_date = "from {date}",
    .shift_names = {"days", "evenings", "nights", "weekends",
                    "rotating shifts"},
    .job_same_occupation = "the job is in that occupation",
    .job_occupation = "the job's occupation is {Name}",
    .job_other_occupation = "the job is in another occupation",
    .job_distance = "{distance_km} km to the job",
    .job_hours = "the job is {percents} of full time",
    .job_shifts = "the job involves {shifts}",
    .job_starts_from = "the job starts on {date} at the earliest",
    .job_starts_by = "the job starts on {date} at the latest",
    .job_starts_on = "the job starts on {date}",
    .job_starts_between = "the job starts between {from} and {to}",
    .job_remote = "{percents} of the job can be done remotely",
    .job_not_remote = "the job can't be done remotely",
    .untold = {"the job's occupation isn't stated",
               "the workplace isn't stated", "the job's hours aren't stated",
               "the job's shifts aren't stated", "the job's start isn't stated",
               "it isn't stated whether the job can be done remotely"},
    .ask_job = {"Which occupation is the job in?", "Where is the workplace?",
                "What are the job's hours?", "Which shifts does the job have?",
                "When does the job start?",
                "How much of the job can be done remotely?"},
    .untold_home = "the person's home isn't stated",
    .untold_both = "neither the home nor the workplace is stated",
    .ask_home = "Where does the person live?",
    .ask_both = "Where does the person live, and where is the workplace?",

    .wish_met = "{asked}: {job}, {credit}.",
    .wish_enough = "{asked}: {job}, {credit}, which is enough.",
    .wish_second = "{asked}: {job}, but another is wanted more, {credit}.",
    .wish_just = "{asked}: {job}, just within the limit, {credit}.",
    .wish_refused =
        {"{asked}: {job}, but not an occupation that the person is looking "
         "for, {credit}.",
         "{asked}: {job}, farther than the person has stated, {credit}.",
         "{asked}: {job}, outside what the person has stated, {credit}.",
         "{asked}: {job}, beyond what the person has stated, {credit}.",
         "{asked}: {job}, before the person can start, {credit}.",
         "{asked}: {job}, less than the person has stated, {credit}."},
    .wish_unknown = "{asked}: {job}. Ask: {question}",
    .relocation = "{asked}: the person would move there, {credit}.",
    .fully_remote =
        "{asked}: the job can be done entirely remotely, counts as "
        "{credit}.",
    .wish_not_asked = "{asked}: no wish is stated, counts as {credit}.",

    .covered = "{asked}: covered by the training.",
    .left = "{asked}: still open after the training.",
    .prerequisite_refused =
        "{asked}: asked for before the training, and not "
        "met.",
    .prerequisite_unknown =
        "{asked}: asked for before the training. Ask: "
        "{question}",
    .prepared_refused =
        "{asked}: asked for before the training, not met, and "
        "given by an earlier step.",
    .prepared_unknown =
        "{asked}: asked for before the training, and given by an "
        "earlier step. Ask: {question}",

    .change = {"{asked}: if it were met, {result}.",
               "{asked}: if the person would travel up to {distance_km} "
               "km, {result}.",
               "{asked}: if the person would work {percents} of full "
               "time, {result}.",
               "{asked}: if the person would work {shifts}, {result}.",
               "{asked}: if {percents} of the work being remote were "
               "enough for the person, {result}.",
               "{asked}: if the job could start on {date}, {result}."},
    .change_on_site =
        "{asked}: if the person would work entirely on site, "
        "{result}.",
    .change_eligible =
        "the person would be number {number} among the people "
        "for the job, with all requirements met",
    .change_uncertain =
        "the person would be number {number} among the people "
        "for the job, with some requirement still unknown",
    .change_in_no_list =
        "less would stand in the way, but the person would still "
        "not be among the people for the job",

    .lacked_by_none = "{asked}: nobody in the area lacks it.",
    .lacked = {"{asked}: 1 person in the area doesn't meet it or hasn't "
               "stated anything.",
               "{asked}: {number} people in the area don't meet it or "
               "haven't stated anything."},

    .bridge = "{asked}: {held}, which may be a way in.",
    .bridge_wanted = "{asked}: {job}, which may be a way there.",

    .weeks = {"1 week", "{number} weeks"},
    .module_frame = "{taught}: {weeks} {basis}; {jobs}, {gain}.",
    .module_basis = {"as in 1 training that gives it",
                     "as in {number} trainings that give it"},
    .module_estimated = "by estimate, since no training gives it",
    .module_jobs = {"1 job asks for it", "{number} jobs ask for it"},
    .module_fills = "{positions} can be filled ({pairs})",
    .module_positions = {"1 more position", "{number} more positions"},
    .module_pairs = {"1 new pair of person and job",
                     "{number} new pairs of person and job"},
    .module_choice =
        "no more positions can be filled, but there are more "
        "people to choose from ({pairs})",
    .module_with_later = "but it only helps together with what follows",
    .proposed_prerequisite =
        "{asked}: can be asked of those who take the training, "
        "since it is met by {number} of {people} whom the "
        "training helps.",
    .refused_prerequisite =
        "{asked}: shouldn't be asked of those who take the "
        "training, since it may shut out {number} of {people} "
        "whom the training helps.",
    .people = {"1 person", "{number} people"},
    .uncovered =
        "{asked}: not covered; {jobs}, {positions}, {pairs}, and "
        "{learning}.",
    .uncovered_jobs = {"1 job demands it", "{number} jobs demand it"},
    .uncovered_positions = {"1 position stays open",
                            "{number} positions stay open"},
    .uncovered_pairs =
        {"it is all that is missing for 1 pair of person and job",
         "it is all that is missing for {number} pairs of person "
         "and job"},
    .uncovered_never_alone = "it is never all that is missing",
    .uncovered_weeks = {"it would take 1 week to give",
                        "it would take {number} weeks to give"},
    .uncovered_unlearnable = "no short training can give it",
};

}  // namespace kugge::features
