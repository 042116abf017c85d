// Which driving licence categories a category includes. Shipped as data: the
// taxonomy has the licences and no relations between them.
#ifndef KUGGE_MATCHING_TAXONOMY_DRIVING_LICENCES_H_
#define KUGGE_MATCHING_TAXONOMY_DRIVING_LICENCES_H_

#include <span>

#include "absl/strings/string_view.h"

namespace kugge::matching {

// The category of a licence by its label: "CE" is CE, "Utökad B" is B96. Empty
// when the label is none of the fifteen.
absl::string_view LicenceCategory(absl::string_view label);

// The categories a holder of `category` may drive besides it, by Directive
// 2006/126/EC article 6: a trailer category holds its own without the trailer
// and BE; C1, C, D1 and D are only given to holders of B; a larger vehicle
// holds the smaller; every category holds AM (Sweden made no exception). Empty
// for an unknown category.
std::span<const absl::string_view> IncludedLicences(absl::string_view category);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_TAXONOMY_DRIVING_LICENCES_H_
