// What every record of one run shares.
#ifndef KUGGE_CLIENTS_POPULATION_RUN_H_
#define KUGGE_CLIENTS_POPULATION_RUN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "clients/population/draw.h"
#include "clients/population/market.h"
#include "clients/population/places.h"
#include "kugge/v1/common.pb.h"

namespace kugge::population {

struct Run {
  const Market& market;
  const Places& places;
  std::string tenant;
  absl::CivilDay today;
  uint64_t seed = 0;
};

inline void SetDate(absl::CivilDay day, v1::Date& date) {
  date.set_year(static_cast<int>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
}

// One of `values`, each as likely.
template <typename T, size_t N>
T OneOf(Draw& draw, const T (&values)[N]) {
  return values[draw.Below(N)];
}

}  // namespace kugge::population

#endif  // KUGGE_CLIENTS_POPULATION_RUN_H_
