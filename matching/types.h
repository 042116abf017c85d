// The small types that every formula of docs/scoring.md is written in: units,
// verdicts and identities. All arithmetic of the engine is on integers, so that
// every machine gives the same bytes.
#ifndef KUGGE_MATCHING_TYPES_H_
#define KUGGE_MATCHING_TYPES_H_

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <utility>

namespace kugge::matching {

// Basis points, 0 to 10,000: scores, weights, coverage.
using Bp = uint32_t;
inline constexpr Bp kFullBp = 10'000;

// Thousandths, 0 to 1,000: credit and its factors.
using Thousandths = uint32_t;
inline constexpr Thousandths kFullCredit = 1'000;

// A calendar day as days since 1970-01-01.
using Days = int32_t;
// "Not told". Sorts after every real day.
inline constexpr Days kNoDay = std::numeric_limits<Days>::max();

// A distance in whole hundreds of metres.
using HundredMetres = int32_t;
// "Not known". Sorts after every real distance.
inline constexpr HundredMetres kUnknownDistance =
    std::numeric_limits<HundredMetres>::max();

// A municipality's place in the table that ships with the product.
using MunicipalityIndex = uint16_t;
inline constexpr MunicipalityIndex kNoMunicipality = 0xFFFF;

// An interned tenant; equal numbers mean the same tenant.
using TenantIndex = uint32_t;

// A level on its section's own scale: skills 1-5, languages 1-6 (A1-C2),
// occupations months of experience, education EQF 1-8. 0 is "not told" when
// held and "none asked" when demanded.
using Level = uint16_t;

// BLAKE2b-128 of a resource name: who a document is, whatever slot it sits in.
struct DocumentId {
  std::array<uint8_t, 16> bytes{};

  friend auto operator<=>(const DocumentId&, const DocumentId&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const DocumentId& id) {
    return H::combine_contiguous(std::move(state), id.bytes.data(),
                                 id.bytes.size());
  }
};

// SipHash-2-4-128 of (from, to): orders exact ties, smaller first, compared
// byte by byte from the first.
struct Tie {
  std::array<uint8_t, 16> bytes{};
  friend auto operator<=>(const Tie&, const Tie&) = default;
};

// A HARD demand decides eligibility; a SOFT one only moves the score.
enum class Strength : uint8_t { kSoft, kHard };

// What credit says: 1000, 1-999, 0 as a fact, 0 for want of knowledge.
enum class Outcome : uint8_t { kMet, kPartly, kNotMet, kUnknown };

// Whether a demand is satisfied, which is what HARD demands need. The order is
// that of strength: over several held concepts the largest value wins.
enum class Satisfied : uint8_t { kNo, kUnknown, kYes };

// Best first: an answer's rows are ordered by this before anything else.
enum class Eligibility : uint8_t {
  kEligible,
  kUncertain,
  kNearMiss,
  kNotEligible
};
inline constexpr size_t kEligibilityCount = 4;

// How well a held concept is proven. kClaimed as a demand asks for nothing.
enum class Evidence : uint8_t { kClaimed, kEvidenced, kValidated, kCertified };

// What a requirement demands, and the sections of a profile that answer it.
enum class DemandKind : uint8_t {
  kOccupation,
  kSkill,
  kLanguage,
  kLicence,
  kAuthorisation,
  kEducation
};
inline constexpr size_t kDemandKindCount = 6;

// What a person demands of a job.
enum class WishKind : uint8_t {
  kOccupation,
  kDistance,
  kHours,
  kShifts,
  kStart,
  kRemote
};
inline constexpr size_t kWishKindCount = 6;

// Whether a section of a profile says everything there is to say.
enum class SectionState : uint8_t { kOpen, kComplete };

// A set of shifts.
enum Shift : uint8_t {
  kShiftDay = 1,
  kShiftEvening = 2,
  kShiftNight = 4,
  kShiftWeekend = 8,
  kShiftRotating = 16
};
using ShiftSet = uint8_t;

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_TYPES_H_
