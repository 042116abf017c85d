// How big municipalities are, roughly: what places are weighed by.
#ifndef KUGGE_CLIENTS_POPULATION_PLACE_SIZES_H_
#define KUGGE_CLIENTS_POPULATION_PLACE_SIZES_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace kugge::population {

// Inhabitants in thousands, of our own rounding; 12 for every municipality that
// isn't among the larger ones or the demo's.
uint64_t ThousandsOfInhabitants(absl::string_view municipality_code);

}  // namespace kugge::population

#endif  // KUGGE_CLIENTS_POPULATION_PLACE_SIZES_H_
