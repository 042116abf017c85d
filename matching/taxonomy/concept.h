// A concept of a taxonomy (a skill, an occupation, a language, ...) as the
// readers leave it and the Taxonomy keeps it: names and relations by id.
#ifndef KUGGE_MATCHING_TAXONOMY_CONCEPT_H_
#define KUGGE_MATCHING_TAXONOMY_CONCEPT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace kugge::matching {

// JobTech's concept types. Values live in memory only; outside, a kind is its
// JobTech name.
enum class ConceptKind : uint8_t {
  kBarometerOccupation,
  kCitizenship,
  kContinent,
  kCountry,
  kDrivingLicence,
  kEmploymentDuration,
  kEmploymentType,
  kEmploymentVariety,
  kEscoOccupation,
  kEscoSkill,
  kEscoSkillCollection,
  kForecastOccupation,
  kGenericSkill,
  kGenericSkillGroup,
  kIscoLevel4,
  kJobTitle,
  kKeyword,
  kLanguage,
  kLanguageCollection,
  kLanguageLevel,
  kMunicipality,
  kOccupationCollection,
  kOccupationExperienceYear,
  kOccupationField,
  kOccupationName,
  kRegion,
  kSelfEmploymentType,
  kSkill,
  kSkillCollection,
  kSkillGroup,
  kSkillHeadline,
  kSniLevel1,
  kSniLevel2,
  kSniLevel3,
  kSniLevel4,
  kSniLevel5,
  kSsykLevel1,
  kSsykLevel2,
  kSsykLevel3,
  kSsykLevel4,
  kSunEducationField1,
  kSunEducationField2,
  kSunEducationField3,
  kSunEducationField4,
  kSunEducationLevel1,
  kSunEducationLevel2,
  kSunEducationLevel3,
  kRetailAndWholesaleCouncilSkill,
  kUnemploymentFund,
  kUnemploymentType,
  kWorkPlaceEnvironment,
  kWageType,
  kWorktimeExtent,
  kDeprecatedEducationField,
  kDeprecatedEducationLevel,
};

// The JobTech name, such as "occupation-name".
absl::string_view ConceptKindName(ConceptKind kind);

// The kind of a JobTech type name; the three spellings that only old id lists
// use ("driving-license", "occupation-group", "occupation-experience-years")
// mean the kinds they became.
std::optional<ConceptKind> ConceptKindFromName(absl::string_view name);

// "The holder's people could take this occupation", to a grade of 75 or 25.
struct Substitute {
  std::string id;
  int32_t grade = 0;

  friend bool operator==(const Substitute&, const Substitute&) = default;
};

struct ConceptRecord {
  std::string id;  // JobTech (xxxx_xxx_xxx) or ESCO (UUID)
  ConceptKind kind = ConceptKind::kSkill;
  std::string label;       // preferred, Swedish; never empty
  std::string label_en;    // empty: not told
  std::string definition;  // empty: none, or only the label again
  std::string code;        // SSYK, SUN, SNI, ISCO, ISO, ... or empty;
                           // a string, so leading zeros stay
  std::vector<std::string> alternative_labels;
  bool deprecated = false;              // gone from the source, or said to be
  std::string replaced_by;              // the id that took its place, or empty
  std::vector<std::string> broader;     // ids one step up
  std::vector<std::string> related;     // ids; group -> skills and so on
  std::vector<Substitute> substitutes;  // occupations this one could take
  std::vector<std::string> legacy_ids;  // ids of older systems, per kind

  friend bool operator==(const ConceptRecord&, const ConceptRecord&) = default;
};

// `[A-Za-z0-9]{4}_[A-Za-z0-9]{3}_[A-Za-z0-9]{3}`, or a lower-case UUID.
bool IsConceptId(absl::string_view id);

// InvalidArgument, naming what is wrong and what would be right, when the
// record itself is malformed: ids, label, code, grades, lengths.
absl::Status ValidateConcept(const ConceptRecord& record);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_TAXONOMY_CONCEPT_H_
