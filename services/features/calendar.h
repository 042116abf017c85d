// Calendar days of messages <-> the engine's days since 1970-01-01.
#ifndef KUGGE_SERVICES_FEATURES_CALENDAR_H_
#define KUGGE_SERVICES_FEATURES_CALENDAR_H_

#include "absl/time/time.h"
#include "kugge/v1/common.pb.h"
#include "matching/types.h"

namespace kugge::features {

// kNoDay for a default-constructed (absent) date.
matching::Days ToDays(const v1::Date& date);

// `day` must not be kNoDay.
v1::Date ToDate(matching::Days day);

// The day in Sweden at `time`.
matching::Days DayInSweden(absl::Time time);

}  // namespace kugge::features

#endif  // KUGGE_SERVICES_FEATURES_CALENDAR_H_
