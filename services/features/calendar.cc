#include "services/features/calendar.h"

#include "absl/time/civil_time.h"

namespace kugge::features {
namespace {

constexpr absl::CivilDay kEpoch(1970, 1, 1);

absl::TimeZone SwedishTime() {
  absl::TimeZone zone;
  if (absl::LoadTimeZone("Europe/Stockholm", &zone)) return zone;
  // A container may lack the time zone database: winter time all year moves
  // the change of day by an hour in summer, nothing more.
  return absl::FixedTimeZone(3600);
}

}  // namespace

matching::Days ToDays(const v1::Date& date) {
  if (date.year() == 0) return matching::kNoDay;
  const absl::CivilDay day(date.year(), date.month(), date.day());
  return static_cast<matching::Days>(day - kEpoch);
}

v1::Date ToDate(matching::Days day) {
  const absl::CivilDay civil = kEpoch + day;
  v1::Date date;
  date.set_year(static_cast<int32_t>(civil.year()));
  date.set_month(civil.month());
  date.set_day(civil.day());
  return date;
}

matching::Days DayInSweden(absl::Time time) {
  static const absl::TimeZone zone = SwedishTime();
  return static_cast<matching::Days>(absl::ToCivilDay(time, zone) - kEpoch);
}

}  // namespace kugge::features
