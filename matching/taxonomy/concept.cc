#include "matching/taxonomy/concept.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace kugge::matching {
namespace {

// In the order of ConceptKind.
constexpr absl::string_view kKindNames[] = {
    "barometer-occupation",
    "citizenship",
    "continent",
    "country",
    "driving-licence",
    "employment-duration",
    "employment-type",
    "employment-variety",
    "esco-occupation",
    "esco-skill",
    "esco-skill-collection",
    "forecast-occupation",
    "generic-skill",
    "generic-skill-group",
    "isco-level-4",
    "job-title",
    "keyword",
    "language",
    "language-collection",
    "language-level",
    "municipality",
    "occupation-collection",
    "occupation-experience-year",
    "occupation-field",
    "occupation-name",
    "region",
    "self-employment-type",
    "skill",
    "skill-collection",
    "skill-group",
    "skill-headline",
    "sni-level-1",
    "sni-level-2",
    "sni-level-3",
    "sni-level-4",
    "sni-level-5",
    "ssyk-level-1",
    "ssyk-level-2",
    "ssyk-level-3",
    "ssyk-level-4",
    "sun-education-field-1",
    "sun-education-field-2",
    "sun-education-field-3",
    "sun-education-field-4",
    "sun-education-level-1",
    "sun-education-level-2",
    "sun-education-level-3",
    "swedish-retail-and-wholesale-council-skill",
    "unemployment-fund",
    "unemployment-type",
    "work-place-environment",
    "wage-type",
    "worktime-extent",
    "deprecated-education-field",
    "deprecated-education-level",
};
static_assert(std::size(kKindNames) ==
              static_cast<size_t>(ConceptKind::kDeprecatedEducationLevel) + 1);

constexpr size_t kMaxLabelBytes = 1000;
constexpr size_t kMaxDefinitionBytes = 20'000;
constexpr size_t kMaxCodeBytes = 40;
constexpr size_t kMaxListLength = 10'000;

bool IsUuid(absl::string_view id) {
  if (id.size() != 36) return false;
  for (size_t i = 0; i < id.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex =
        absl::ascii_isdigit(id[i]) || (id[i] >= 'a' && id[i] <= 'f');
    if (dash ? id[i] != '-' : !hex) return false;
  }
  return true;
}

// How many characters a code of the kind has, or 0 where kinds vary.
size_t CodeLength(ConceptKind kind) {
  const absl::string_view name = ConceptKindName(kind);
  const bool levelled = absl::ascii_isdigit(name.back()) != 0;
  if (!levelled) return kind == ConceptKind::kMunicipality ? 4 : 0;
  return static_cast<size_t>(name.back() - '0');
}

absl::Status ValidateIds(absl::string_view field,
                         const std::vector<std::string>& ids) {
  if (ids.size() > kMaxListLength) {
    return absl::InvalidArgumentError(absl::StrCat(
        field, " has ", ids.size(), " entries, more than ", kMaxListLength));
  }
  for (const std::string& id : ids) {
    if (!IsConceptId(id)) {
      return absl::InvalidArgumentError(absl::StrCat(
          field, " names '", id.substr(0, 60),
          "', which is neither a JobTech id (xxxx_xxx_xxx) nor a UUID"));
    }
  }
  return absl::OkStatus();
}

absl::Status ValidateTexts(const ConceptRecord& record) {
  if (absl::StripAsciiWhitespace(record.label).empty()) {
    return absl::InvalidArgumentError("the preferred label is missing");
  }
  const auto too_long = [](absl::string_view field, size_t most) {
    return absl::InvalidArgumentError(
        absl::StrCat(field, " is longer than ", most, " bytes"));
  };
  if (std::max(record.label.size(), record.label_en.size()) > kMaxLabelBytes) {
    return too_long("the preferred label", kMaxLabelBytes);
  }
  if (record.definition.size() > kMaxDefinitionBytes) {
    return too_long("the definition", kMaxDefinitionBytes);
  }
  if (record.code.size() > kMaxCodeBytes) {
    return too_long("the code", kMaxCodeBytes);
  }
  for (const std::string& label : record.alternative_labels) {
    if (label.size() > kMaxLabelBytes) {
      return too_long("an alternative label", kMaxLabelBytes);
    }
  }
  if (record.alternative_labels.size() > kMaxListLength ||
      record.legacy_ids.size() > kMaxListLength) {
    return absl::InvalidArgumentError(
        absl::StrCat("a list has more than ", kMaxListLength, " entries"));
  }
  const size_t length = CodeLength(record.kind);
  if (length != 0 && !record.code.empty() && record.code.size() != length) {
    return absl::InvalidArgumentError(
        absl::StrCat("code '", record.code, "' should have ", length,
                     " characters for a ", ConceptKindName(record.kind)));
  }
  return absl::OkStatus();
}

}  // namespace

absl::string_view ConceptKindName(ConceptKind kind) {
  return kKindNames[static_cast<size_t>(kind)];
}

std::optional<ConceptKind> ConceptKindFromName(absl::string_view name) {
  if (name == "driving-license") return ConceptKind::kDrivingLicence;
  if (name == "occupation-group") return ConceptKind::kSsykLevel4;
  if (name == "occupation-experience-years") {
    return ConceptKind::kOccupationExperienceYear;
  }
  for (size_t i = 0; i < std::size(kKindNames); ++i) {
    if (kKindNames[i] == name) return static_cast<ConceptKind>(i);
  }
  return std::nullopt;
}

bool IsConceptId(absl::string_view id) {
  if (id.size() != 12) return IsUuid(id);
  for (size_t i = 0; i < id.size(); ++i) {
    const bool bar = i == 4 || i == 8;
    if (bar ? id[i] != '_' : !absl::ascii_isalnum(id[i])) return false;
  }
  return true;
}

absl::Status ValidateConcept(const ConceptRecord& record) {
  if (!IsConceptId(record.id)) {
    return absl::InvalidArgumentError(
        absl::StrCat("id '", record.id.substr(0, 60),
                     "' is neither a JobTech id (xxxx_xxx_xxx) nor a UUID"));
  }
  if (absl::Status s = ValidateTexts(record); !s.ok()) return s;
  if (!record.replaced_by.empty() && !IsConceptId(record.replaced_by)) {
    return absl::InvalidArgumentError(
        absl::StrCat("replaced_by names '", record.replaced_by.substr(0, 60),
                     "', which is neither a JobTech id nor a UUID"));
  }
  if (absl::Status s = ValidateIds("broader", record.broader); !s.ok()) {
    return s;
  }
  if (absl::Status s = ValidateIds("related", record.related); !s.ok()) {
    return s;
  }
  if (record.substitutes.size() > kMaxListLength) {
    return absl::InvalidArgumentError(
        absl::StrCat("substitutes has more than ", kMaxListLength, " entries"));
  }
  for (const Substitute& edge : record.substitutes) {
    if (!IsConceptId(edge.id)) {
      return absl::InvalidArgumentError(absl::StrCat(
          "substitutes names '", edge.id.substr(0, 60),
          "', which is neither a JobTech id (xxxx_xxx_xxx) nor a UUID"));
    }
    if (edge.grade != 75 && edge.grade != 25) {
      return absl::InvalidArgumentError(absl::StrCat("substitutes ", edge.id,
                                                     " has grade ", edge.grade,
                                                     "; it must be 75 or 25"));
    }
  }
  return absl::OkStatus();
}

}  // namespace kugge::matching
