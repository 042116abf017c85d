// Forms that strings of the API may have: pure functions over text.
#ifndef KUGGE_SERVICES_RPC_FORMATS_H_
#define KUGGE_SERVICES_RPC_FORMATS_H_

#include "absl/strings/string_view.h"

namespace kugge::rpc {

// Check digit of ten digits by the Luhn formula (ISO/IEC 7812-1 annex B), as
// organisation and personal numbers have it. Other lengths are false.
bool HasLuhnDigit(absl::string_view ten_digits);

// Ten digits with or without a dash before the last four, right check digit,
// third and fourth digit together 20 or more. Below 20 it would be the personal
// number of a sole trader, which the service doesn't keep.
bool IsOrganisationNumber(absl::string_view text);

// Whether anything in `text` is shaped like a personal number or a coordination
// number (day + 60): [YY]YYMMDDNNNN, with or without `-` or `+` before the last
// four, not part of a longer run of digits, an existing day, right check digit.
bool HoldsPersonalNumber(absl::string_view text);

// 8-4-4-4-12 hexadecimal digits.
bool IsUuid(absl::string_view text);

// 1 to 63 of a-z, 0-9 and dash, starting with a letter, not ending with a dash.
bool IsResourceId(absl::string_view text);

// JobTech's `xxxx_xxx_xxx` of letters and digits, or a UUID.
bool IsConceptId(absl::string_view text);

// Four digits.
bool IsFourDigits(absl::string_view text);

// SNI: two to five digits, or one letter from A to U.
bool IsIndustryCode(absl::string_view text);

// Whether year-month-day is in the Gregorian calendar.
bool IsCalendarDay(int year, int month, int day);

// What one pass over a string tells.
struct TextFacts {
  bool valid_utf8 = true;
  // Characters U+0000 to U+001F and U+007F to U+009F, line ends and tabs (\t \n
  // \r) counted apart.
  bool has_control = false;
  bool has_line_ends = false;
  // Unicode code points; of no meaning where the UTF-8 is wrong.
  int code_points = 0;
};
TextFacts LookAtText(absl::string_view text);

// The longest start of `text` of at most `bytes` bytes that doesn't cut a
// character in two.
absl::string_view CutUtf8(absl::string_view text, size_t bytes);

}  // namespace kugge::rpc

#endif  // KUGGE_SERVICES_RPC_FORMATS_H_
