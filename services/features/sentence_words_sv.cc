// Swedish. Telegraphic where a pronoun would have to be chosen: `har MIG`.
#include "services/features/sentence_words.h"

namespace kugge::features {

constexpr SentenceWords kSwedishWords = {
    .tag = "sv",
    .label = &matching::ConceptRecord::label,

    .decimal_mark = ",",
    .credit = "{number} av 1,0",
    .percent = "{number} %",
    .percents = "{from}–{to} %",
    .one_month = "1 månad",
    .months = "{number} månader",
    .date = "{day} {month} {year}",
    .month_names = {"januari", "februari", "mars", "april", "maj", "juni",
                    "juli", "augusti", "september", "oktober", "november",
                    "december"},
    .last_and = " och ",

    .demand_name = {"Yrke", "Kompetens", "Språk", "Körkort", "Behörighet",
                    "Utbildning"},
    .required = "krav",
    .asked = {"{Name}", "{Name}", "{Name}", "Körkort {Name}", "{Name}",
              "Utbildning inom {name}"},
    .asked_any_education = "Utbildning",
    .asked_unlisted = {"Ett yrke som taxonomin saknar",
                       "En kompetens som taxonomin saknar",
                       "Ett språk som taxonomin saknar",
                       "Ett körkort som taxonomin saknar",
                       "En behörighet som taxonomin saknar",
                       "En utbildning som taxonomin saknar"},
    .at_least = {"minst {level}", "minst nivå {level}", "minst {level}",
                 "minst nivå {level}", "minst nivå {level}",
                 "minst EQF {level}"},
    .held_level = {"{level}", "nivå {level}", "{level}", "nivå {level}",
                   "nivå {level}", "EQF {level}"},
    .level_untold = {"tid inte angiven", "nivå inte angiven",
                     "nivå inte angiven", "nivå inte angiven",
                     "nivå inte angiven", "nivå inte angiven"},
    .evidence = {"egen uppgift", "styrkt", "med validering", "med intyg"},
    .held = {"har yrket {name}{told}", "har {Name}{told}", "kan {name}{told}",
             "har körkort {Name}{told}", "har {Name}{told}",
             "har utbildning inom {name}{told}"},
    .held_same = {"har yrket{told}", "har det{told}", "kan språket{told}",
                  "har körkortet{told}", "har det{told}",
                  "har den utbildningen{told}"},
    .held_education = "har utbildning{told}",
    .relation = {"", "mer specifikt", "som omfattar det", "nära utbytbart",
                 "delvis utbytbart", "samma yrkesgrupp", "mer allmänt",
                 "närliggande"},
    .section = {"yrken", "kompetenser", "språk", "körkort", "behörigheter",
                "utbildningar"},
    .ask = {"Har personen yrket {name}{at_least}?",
            "Har personen kompetensen {Name}{at_least}?",
            "Kan personen {name}{at_least}?",
            "Har personen körkort {Name}{at_least}?",
            "Har personen behörigheten {Name}{at_least}?",
            "Har personen utbildning inom {name}{at_least}?"},
    .ask_level = {"Hur många månader har personen arbetat i yrket {name}?",
                  "På vilken nivå (1–5) har personen kompetensen {Name}?",
                  "På vilken nivå (A1–C2) kan personen {name}?",
                  "På vilken nivå har personen körkort {Name}?",
                  "På vilken nivå har personen behörigheten {Name}?",
                  "På vilken nivå (EQF 1–8) är personens utbildning?"},
    .ask_any_education = "Har personen utbildning{at_least}?",
    .ask_unlisted = "Har personen det som efterfrågas?",

    .met = {"{asked}: {held}, {credit}.", "{asked}: uppfyllt, {credit}."},
    .enough = {"{asked}: {held}, {credit}, vilket räcker.",
               "{asked}: {credit}, vilket räcker."},
    .told_short = {"{asked}: {held}, {credit}, vilket inte räcker.",
                   "{asked}: det som är angivet räcker inte, {credit}."},
    .stated_lacking = {"{asked}: {held}, {credit}, men det efterfrågade saknas "
                       "enligt personens egen uppgift.",
                       "{asked}: saknas enligt personens egen uppgift, "
                       "{credit}."},
    .not_in_complete = {"{asked}: {held}, {credit}, men det efterfrågade finns "
                        "inte i personens fullständiga lista över {section}.",
                        "{asked}: finns inte i personens fullständiga lista "
                        "över {section}, {credit}."},
    .level_untold_frames = {"{asked}: {held}, {credit}. Fråga: {question}",
                            "{asked}: nivån är inte angiven. Fråga: "
                            "{question}"},
    .nothing_told = {"{asked}: {held}, {credit}. Fråga: {question}",
                     "{asked}: inget är angivet. Fråga: {question}"},
    .demand_not_asked = "{asked}: inget efterfrågas, räknas som {credit}.",

    .wish_name = {"Önskat yrke", "Avstånd", "Omfattning", "Arbetstider",
                  "Start", "Distansarbete"},
    .wanted_occupation = "Önskat yrke {name}",
    .at_most_km = "högst {distance_km} km",
    .at_least_percent = "minst {percents}",
    .from_date = "tidigast {date}",
    .shift_names = {"dagar", "kvällar", "nätter", "helger", "roterande skift"},
    .job_same_occupation = "jobbet är i det yrket",
    .job_occupation = "jobbets yrke är {name}",
    .job_other_occupation = "jobbet är i ett annat yrke",
    .job_distance = "{distance_km} km till jobbet",
    .job_hours = "jobbet är på {percents}",
    .job_shifts = "jobbet innebär {shifts}",
    .job_starts_from = "jobbet börjar tidigast {date}",
    .job_starts_by = "jobbet börjar senast {date}",
    .job_starts_on = "jobbet börjar {date}",
    .job_starts_between = "jobbet börjar mellan {from} och {to}",
    .job_remote = "{percents} av jobbet kan göras på distans",
    .job_not_remote = "jobbet kan inte göras på distans",
    .untold = {"jobbets yrke är inte angivet", "arbetsplatsen är inte angiven",
               "jobbets omfattning är inte angiven",
               "jobbets arbetstider är inte angivna",
               "jobbets start är inte angiven",
               "det är inte angivet om jobbet kan göras på distans"},
    .ask_job = {"Vilket yrke gäller jobbet?", "Var ligger arbetsplatsen?",
                "Vilken omfattning har jobbet?",
                "Vilka arbetstider har jobbet?", "När börjar jobbet?",
                "Hur stor del av jobbet kan göras på distans?"},
    .untold_home = "personens bostadsort är inte angiven",
    .untold_both = "varken bostadsort eller arbetsplats är angiven",
    .ask_home = "Var bor personen?",
    .ask_both = "Var bor personen, och var ligger arbetsplatsen?",

    .wish_met = "{asked}: {job}, {credit}.",
    .wish_enough = "{asked}: {job}, {credit}, vilket räcker.",
    .wish_second = "{asked}: {job}, men ett annat önskas mer, {credit}.",
    .wish_just = "{asked}: {job}, precis inom gränsen, {credit}.",
    .wish_refused =
        {"{asked}: {job}, men inte ett yrke som personen söker, {credit}.",
         "{asked}: {job}, längre än personen har angett, {credit}.",
         "{asked}: {job}, utanför det som personen har angett, {credit}.",
         "{asked}: {job}, utöver det som personen har angett, {credit}.",
         "{asked}: {job}, innan personen kan börja, {credit}.",
         "{asked}: {job}, mindre än personen har angett, {credit}."},
    .wish_unknown = "{asked}: {job}. Fråga: {question}",
    .relocation = "{asked}: personen kan tänka sig att flytta dit, {credit}.",
    .fully_remote =
        "{asked}: jobbet kan göras helt på distans, räknas som "
        "{credit}.",
    .wish_not_asked =
        "{asked}: inget önskemål är angivet, räknas som {credit}.",

    .covered = "{asked}: täcks av utbildningen.",
    .left = "{asked}: återstår efter utbildningen.",
    .prerequisite_refused =
        "{asked}: efterfrågas före utbildningen och är "
        "inte uppfyllt.",
    .prerequisite_unknown =
        "{asked}: efterfrågas före utbildningen. Fråga: "
        "{question}",
    .prepared_refused =
        "{asked}: efterfrågas före utbildningen, är inte "
        "uppfyllt och ges av ett tidigare steg.",
    .prepared_unknown =
        "{asked}: efterfrågas före utbildningen och ges av ett "
        "tidigare steg. Fråga: {question}",

    .change = {"{asked}: om det uppfylldes {result}.",
               "{asked}: om personen kunde resa upp till {distance_km} km "
               "{result}.",
               "{asked}: om personen kunde arbeta {percents} {result}.",
               "{asked}: om personen kunde arbeta {shifts} {result}.",
               "{asked}: om det räckte för personen med {percents} på "
               "distans {result}.",
               "{asked}: om jobbet kunde börja {date} {result}."},
    .change_on_site =
        "{asked}: om personen kunde arbeta helt på plats {result}.",
    .change_eligible =
        "skulle personen vara nummer {number} bland personerna "
        "för jobbet, med alla krav uppfyllda",
    .change_uncertain =
        "skulle personen vara nummer {number} bland personerna "
        "för jobbet, med något krav fortfarande oklart",
    .change_in_no_list =
        "skulle mindre stå i vägen, men personen skulle "
        "fortfarande inte vara med bland personerna för jobbet",

    .lacked_by_none = "{asked}: saknas inte hos någon person i området.",
    .lacked = {"{asked}: 1 person i området uppfyller det inte eller "
               "har inte angett något.",
               "{asked}: {number} personer i området uppfyller det inte "
               "eller har inte angett något."},

    .bridge = "{asked}: {held}, vilket kan vara en väg in.",
    .bridge_wanted = "{asked}: {job}, vilket kan vara en väg dit.",

    .weeks = {"1 vecka", "{number} veckor"},
    .module_frame = "{taught}: {weeks} {basis}; {jobs}, {gain}.",
    .module_basis = {"enligt 1 utbildning som ger det",
                     "enligt {number} utbildningar som ger det"},
    .module_estimated = "uppskattat, eftersom ingen utbildning ger det",
    .module_jobs = {"1 jobb efterfrågar det", "{number} jobb efterfrågar det"},
    .module_fills = "{positions} till kan tillsättas ({pairs})",
    .module_positions = {"1 tjänst", "{number} tjänster"},
    .module_pairs = {"1 nytt par av person och jobb",
                     "{number} nya par av person och jobb"},
    .module_choice =
        "ingen tjänst till kan tillsättas, men det blir fler att "
        "välja bland ({pairs})",
    .module_with_later = "men det hjälper först tillsammans med det som följer",
    .proposed_prerequisite =
        "{asked}: kan krävas av deltagarna, eftersom det "
        "uppfylls av {number} av {people} som utbildningen "
        "hjälper.",
    .refused_prerequisite =
        "{asked}: bör inte krävas av deltagarna, eftersom det "
        "kan stänga ute {number} av {people} som utbildningen "
        "hjälper.",
    .people = {"1 person", "{number} personer"},
    .uncovered =
        "{asked}: täcks inte; {jobs}, {positions}, {pairs}, och "
        "{learning}.",
    .uncovered_jobs = {"1 jobb kräver det", "{number} jobb kräver det"},
    .uncovered_positions = {"1 tjänst förblir otillsatt",
                            "{number} tjänster förblir otillsatta"},
    .uncovered_pairs =
        {"det är det enda som saknas i 1 par av person och jobb",
         "det är det enda som saknas i {number} par av person och "
         "jobb"},
    .uncovered_never_alone = "det är aldrig det enda som saknas",
    .uncovered_weeks = {"det skulle ta 1 vecka att ge det",
                        "det skulle ta {number} veckor att ge det"},
    .uncovered_unlearnable = "det kan inte ges av en kort utbildning",
};

}  // namespace kugge::features
