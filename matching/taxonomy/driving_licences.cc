#include "matching/taxonomy/driving_licences.h"

#include <array>
#include <cstddef>
#include <span>

#include "absl/strings/string_view.h"

namespace kugge::matching {
namespace {

struct Licence {
  absl::string_view label;
  absl::string_view category;
  std::array<absl::string_view, 8> included;  // empty ones at the end
};

constexpr Licence kLicences[] = {
    {"AM", "AM", {}},
    {"A1", "A1", {"AM"}},
    {"A2", "A2", {"A1", "AM"}},
    {"A", "A", {"A2", "A1", "AM"}},
    {"B", "B", {"AM"}},
    {"Utökad B", "B96", {"B", "AM"}},
    {"BE", "BE", {"B96", "B", "AM"}},
    {"C1", "C1", {"B", "AM"}},
    {"C1E", "C1E", {"C1", "BE", "B96", "B", "AM"}},
    {"C", "C", {"C1", "B", "AM"}},
    {"CE", "CE", {"C1E", "C", "C1", "BE", "B96", "B", "AM"}},
    {"D1", "D1", {"B", "AM"}},
    {"D1E", "D1E", {"D1", "BE", "B96", "B", "AM"}},
    {"D", "D", {"D1", "B", "AM"}},
    {"DE", "DE", {"D1E", "D", "D1", "BE", "B96", "B", "AM"}},
};

}  // namespace

absl::string_view LicenceCategory(absl::string_view label) {
  for (const Licence& licence : kLicences) {
    if (licence.label == label) return licence.category;
  }
  return "";
}

std::span<const absl::string_view> IncludedLicences(
    absl::string_view category) {
  for (const Licence& licence : kLicences) {
    if (licence.category != category) continue;
    size_t count = 0;
    while (count < licence.included.size() &&
           !licence.included[count].empty()) {
      ++count;
    }
    return std::span(licence.included).first(count);
  }
  return {};
}

}  // namespace kugge::matching
