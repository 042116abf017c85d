// What the workload's people, places and concepts are called in a server.
#ifndef KUGGE_TESTS_BENCH_NAMES_H_
#define KUGGE_TESTS_BENCH_NAMES_H_

#include <cstdint>
#include <string>

#include "matching/geo/municipalities.h"

namespace kugge::bench {

// The tenant that everything belongs to.
inline constexpr char kTenant[] = "tenants/bench";

std::string ProfileName(uint64_t index);

// Concept ids, of what stands at this place among its kind.
std::string SkillId(uint32_t skill);
std::string OccupationId(uint32_t occupation);
// Of an SSYK-4 group.
std::string GroupId(uint32_t group);
std::string LanguageId(uint32_t language);
std::string LicenceId(uint32_t licence);
// Of an education field.
std::string FieldId(uint32_t field);

// Four digits.
const std::string& MunicipalityCode(matching::MunicipalityIndex municipality);

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_NAMES_H_
