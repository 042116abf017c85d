// A taxonomy so small that every relation in it is known by heart. Ids and
// labels are made up: they stand for kinds of relation.
#ifndef KUGGE_TESTS_INTEGRATION_CONCEPTS_H_
#define KUGGE_TESTS_INTEGRATION_CONCEPTS_H_

namespace kugge::integration {

// Occupations. A fitter is of the welder's group; a foreman's people could take
// the welder's job to a high degree; a driver is neither.
inline constexpr char kWelder[] = "weld_occ_001";
inline constexpr char kFitter[] = "fitt_occ_001";
inline constexpr char kForeman[] = "fore_occ_001";
inline constexpr char kDriver[] = "driv_occ_001";
// Skills, none related to another.
inline constexpr char kGas[] = "gas0_skl_001";
inline constexpr char kDrawings[] = "draw_skl_001";
inline constexpr char kHydraulics[] = "hydr_skl_001";
inline constexpr char kTruckCard[] = "truc_skl_001";
inline constexpr char kSwedish[] = "swed_lng_001";
// CE includes B.
inline constexpr char kLicenceB[] = "lic0_drv_00B";
inline constexpr char kLicenceCe[] = "lic0_drv_0CE";
// A field and one within it.
inline constexpr char kTechnology[] = "tech_edu_001";
inline constexpr char kMechanics[] = "mech_edu_001";

// As JSON lines.
inline constexpr char kSmallTaxonomy[] =
    R"({"id":"weld_grp_001","type":"ssyk-level-4","preferredLabel":"Svetsare","code":"7212"}
{"id":"fore_grp_001","type":"ssyk-level-4","preferredLabel":"Arbetsledare","code":"3122"}
{"id":"driv_grp_001","type":"ssyk-level-4","preferredLabel":"Lastbilsförare","code":"8332"}
{"id":"weld_occ_001","type":"occupation-name","preferredLabel":"Svetsare","broader":["weld_grp_001"]}
{"id":"fitt_occ_001","type":"occupation-name","preferredLabel":"Montör","broader":["weld_grp_001"]}
{"id":"fore_occ_001","type":"occupation-name","preferredLabel":"Verkmästare","broader":["fore_grp_001"],"substitutes":[{"concept":"weld_occ_001","grade":75}]}
{"id":"driv_occ_001","type":"occupation-name","preferredLabel":"Chaufför","broader":["driv_grp_001"]}
{"id":"gas0_skl_001","type":"skill","preferredLabel":"Gasteknik"}
{"id":"draw_skl_001","type":"skill","preferredLabel":"Ritningsunderlag"}
{"id":"hydr_skl_001","type":"skill","preferredLabel":"Hydraulik"}
{"id":"truc_skl_001","type":"skill","preferredLabel":"Förarbevis"}
{"id":"swed_lng_001","type":"language","preferredLabel":"Svenska"}
{"id":"lic0_drv_00B","type":"driving-licence","preferredLabel":"B"}
{"id":"lic0_drv_0CE","type":"driving-licence","preferredLabel":"CE"}
{"id":"tech_edu_001","type":"sun-education-field-1","preferredLabel":"Teknik","code":"5"}
{"id":"mech_edu_001","type":"sun-education-field-2","preferredLabel":"Maskinteknik","code":"52","broader":["tech_edu_001"]}
)";

}  // namespace kugge::integration

#endif  // KUGGE_TESTS_INTEGRATION_CONCEPTS_H_
