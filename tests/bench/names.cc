#include "tests/bench/names.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace kugge::bench {

std::string ProfileName(uint64_t index) {
  return absl::StrCat(kTenant, "/profiles/person-", index);
}

std::string SkillId(uint32_t skill) {
  return absl::StrFormat("%04u_skl_%03u", skill / 1000, skill % 1000);
}

std::string OccupationId(uint32_t occupation) {
  return absl::StrFormat("%04u_occ_000", occupation);
}

std::string GroupId(uint32_t group) {
  return absl::StrFormat("%04u_grp_000", group);
}

std::string LanguageId(uint32_t language) {
  return absl::StrFormat("%04u_lng_000", language);
}

std::string LicenceId(uint32_t licence) {
  return absl::StrFormat("%04u_lic_000", licence);
}

std::string FieldId(uint32_t field) {
  return absl::StrFormat("%04u_fld_000", field);
}

const std::string& MunicipalityCode(matching::MunicipalityIndex municipality) {
  static const auto* const codes = [] {
    auto* all = new std::vector<std::string>;
    for (const auto& place : matching::Municipalities()) {
      all->emplace_back(place.code.data(), place.code.size());
    }
    return all;
  }();
  return (*codes)[municipality];
}

}  // namespace kugge::bench
