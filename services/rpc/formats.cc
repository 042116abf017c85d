#include "services/rpc/formats.h"

#include <cstdint>
#include <cstring>

#include "absl/strings/ascii.h"

namespace kugge::rpc {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool AllDigits(absl::string_view text) {
  for (const char c : text) {
    if (!IsDigit(c)) return false;
  }
  return true;
}

int Number(absl::string_view digits) {
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

// Whether `digits`, [YY]YYMMDDNNNN, are those of a person.
bool IsPersonalNumber(absl::string_view digits) {
  const bool has_century = digits.size() == 12;
  // Without the century a leap day can't be ruled out by more than the year
  // within it; 2000 was a leap year, so year 00 may have one.
  const int year = has_century ? Number(digits.substr(0, 4))
                               : 2000 + Number(digits.substr(0, 2));
  if (year < 1800 || year > 2199) return false;
  const absl::string_view rest = digits.substr(has_century ? 4 : 2);
  const int month = Number(rest.substr(0, 2));
  int day = Number(rest.substr(2, 2));
  if (day > 60) day -= 60;
  return IsCalendarDay(year, month, day) &&
         HasLuhnDigit(digits.substr(digits.size() - 10));
}

// Length of the run of digits that starts at `at`.
size_t DigitRun(absl::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && IsDigit(text[end])) ++end;
  return end - at;
}

// Code point of the character that starts at `at` and, in `length`, its bytes;
// -1 where the bytes are not UTF-8 (overlong forms, surrogates and values past
// U+10FFFF are not).
int32_t DecodeUtf8(absl::string_view text, size_t at, size_t* length) {
  const auto byte = [&](size_t i) {
    return static_cast<unsigned char>(text[at + i]);
  };
  const unsigned char first = byte(0);
  *length = 1;
  if (first < 0x80) return first;
  const size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() - at < size) return -1;
  int32_t code = first & (0xff >> (size + 1));
  for (size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return -1;
    code = (code << 6) | (byte(i) & 0x3f);
  }
  constexpr int32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < kLeast[size] || code > 0x10ffff ||
      (code >= 0xd800 && code <= 0xdfff)) {
    return -1;
  }
  *length = size;
  return code;
}

}  // namespace

bool HasLuhnDigit(absl::string_view ten_digits) {
  if (ten_digits.size() != 10 || !AllDigits(ten_digits)) return false;
  int sum = 0;
  for (size_t i = 0; i < 10; ++i) {
    const int doubled = (ten_digits[i] - '0') * (i % 2 == 0 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 == 0;
}

bool IsOrganisationNumber(absl::string_view text) {
  char digits[10];
  if (text.size() == 11 && text[6] == '-') {
    text.substr(0, 6).copy(digits, 6);
    text.substr(7).copy(digits + 6, 4);
  } else if (text.size() == 10) {
    text.copy(digits, 10);
  } else {
    return false;
  }
  return HasLuhnDigit(absl::string_view(digits, 10)) && digits[2] >= '2';
}

bool HoldsPersonalNumber(absl::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const size_t run = DigitRun(text, at);
    if (run == 0) {
      ++at;
      continue;
    }
    if ((run == 10 || run == 12) && IsPersonalNumber(text.substr(at, run))) {
      return true;
    }
    const size_t end = at + run;
    if ((run == 6 || run == 8) && end < text.size() &&
        (text[end] == '-' || text[end] == '+') &&
        DigitRun(text, end + 1) == 4) {
      char digits[12];
      text.substr(at, run).copy(digits, run);
      text.substr(end + 1, 4).copy(digits + run, 4);
      if (IsPersonalNumber(absl::string_view(digits, run + 4))) return true;
    }
    at = end;
  }
  return false;
}

bool IsUuid(absl::string_view text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-'
             : !absl::ascii_isxdigit(static_cast<unsigned char>(text[i]))) {
      return false;
    }
  }
  return true;
}

bool IsResourceId(absl::string_view text) {
  if (text.empty() || text.size() > 63 || text.back() == '-') return false;
  if (text[0] < 'a' || text[0] > 'z') return false;
  for (const char c : text) {
    if (!IsDigit(c) && c != '-' && (c < 'a' || c > 'z')) return false;
  }
  return true;
}

bool IsConceptId(absl::string_view text) {
  if (text.size() != 12) return IsUuid(text);
  for (size_t i = 0; i < text.size(); ++i) {
    const bool underscore = i == 4 || i == 8;
    if (underscore
            ? text[i] != '_'
            : !absl::ascii_isalnum(static_cast<unsigned char>(text[i]))) {
      return false;
    }
  }
  return true;
}

bool IsFourDigits(absl::string_view text) {
  return text.size() == 4 && AllDigits(text);
}

bool IsIndustryCode(absl::string_view text) {
  if (text.size() == 1) return text[0] >= 'A' && text[0] <= 'U';
  return text.size() >= 2 && text.size() <= 5 && AllDigits(text);
}

bool IsCalendarDay(int year, int month, int day) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) {
    return false;
  }
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= kDays[month - 1] + (leap && month == 2 ? 1 : 0);
}

namespace {

// How many bytes at the beginning are of 0x20 to 0x7e.
size_t PlainAscii(absl::string_view text) {
  size_t at = 0;
  // Eight at a time: none has its highest bit set, before or after what lies
  // below 0x20, and what lies above 0x7e, is made to have it.
  constexpr uint64_t kEach = 0x0101010101010101;
  constexpr uint64_t kHighest = 0x80 * kEach;
  for (; at + sizeof(uint64_t) <= text.size(); at += sizeof(uint64_t)) {
    uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, sizeof(eight));
    if ((eight & kHighest) != 0) break;
    const uint64_t below = ~(eight + (0x80 - 0x20) * kEach);
    const uint64_t above = eight + kEach;
    if (((below | above) & kHighest) != 0) break;
  }
  while (at < text.size() && text[at] >= 0x20 && text[at] < 0x7f) ++at;
  return at;
}

}  // namespace

TextFacts LookAtText(absl::string_view text) {
  TextFacts facts;
  for (size_t at = 0; at < text.size();) {
    // Nearly all characters are plain ASCII.
    const size_t plain = PlainAscii(text.substr(at));
    if (plain > 0) {
      facts.code_points += static_cast<int>(plain);
      at += plain;
      continue;
    }
    size_t length;
    const int32_t code = DecodeUtf8(text, at, &length);
    if (code < 0) facts.valid_utf8 = false;
    if (code == '\t' || code == '\n' || code == '\r') {
      facts.has_line_ends = true;
    } else if ((code >= 0 && code < 0x20) || (code >= 0x7f && code <= 0x9f)) {
      facts.has_control = true;
    }
    ++facts.code_points;
    at += length;
  }
  return facts;
}

absl::string_view CutUtf8(absl::string_view text, size_t bytes) {
  if (text.size() <= bytes) return text;
  size_t end = bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) {
    --end;
  }
  return text.substr(0, end);
}

}  // namespace kugge::rpc
