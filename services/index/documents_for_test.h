// The documents that tests of the index write: small ones of random content,
// each known by a stamp.
#ifndef KUGGE_SERVICES_INDEX_DOCUMENTS_FOR_TEST_H_
#define KUGGE_SERVICES_INDEX_DOCUMENTS_FOR_TEST_H_

#include <cstdint>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "kugge/v1/profile.pb.h"
#include "kugge/v1/requirement.pb.h"
#include "matching/features.h"
#include "matching/market.h"
#include "matching/types.h"
#include "storage/resource_kind.h"

namespace kugge::index {

// Each writer has names of its own.
inline constexpr uint64_t kWriters = 4;
// Of each kind; few, so that most writes replace something.
inline constexpr uint64_t kNamesOfWriter = 120;
inline constexpr matching::Days kToday = 20'500;

class Random {
 public:
  explicit Random(uint64_t seed) : engine_(seed) {}
  uint64_t Below(uint64_t count) { return engine_() % count; }
  bool Chance(uint64_t percent) { return Below(100) < percent; }
  std::string Concept(absl::string_view kind) {
    return absl::StrCat(kind, "-", Below(10));
  }

 private:
  std::mt19937_64 engine_;
};

// What a test needs to know of a kind of document. The stamp is a day to come,
// another one for each write.
struct Profiles {
  using Message = v1::Profile;
  using Features = matching::PersonFeatures;
  static constexpr storage::ResourceKind kKind =
      storage::ResourceKind::kProfile;

  static std::string Name(uint64_t writer, uint64_t n) {
    return absl::StrCat("tenants/t", n % 2, "/profiles/p", writer, "-", n);
  }
  static const matching::DocumentTable<Features>& Table(
      const matching::Market& market) {
    return market.people();
  }
  static matching::Days StampOf(const Features& person) {
    return person.expire_day;
  }
  static Message Make(matching::Days stamp, Random& random);
};

struct Requirements {
  using Message = v1::Requirement;
  using Features = matching::RequirementFeatures;
  static constexpr storage::ResourceKind kKind =
      storage::ResourceKind::kRequirement;

  static std::string Name(uint64_t writer, uint64_t n) {
    return absl::StrCat("tenants/t", n % 2, "/employers/e/requirements/r",
                        writer, "-", n);
  }
  static const matching::DocumentTable<Features>& Table(
      const matching::Market& market) {
    return market.requirements();
  }
  static matching::Days StampOf(const Features& requirement) {
    return requirement.close_day;
  }
  static Message Make(matching::Days stamp, Random& random);
};

}  // namespace kugge::index

#endif  // KUGGE_SERVICES_INDEX_DOCUMENTS_FOR_TEST_H_
