#include "services/features/sentence_text.h"

#include <bit>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/features/calendar.h"

namespace kugge::features {
namespace {

// Letters of two bytes in UTF-8, U+00C0 to U+00FF: the first of them, and what
// tells a capital of the second from its small letter.
constexpr char kLatinLead = '\xC3';
constexpr unsigned char kFirstSmallLatin = 0xA0;
constexpr char kToSmall = 0x20;

bool IsSmallLetter(absl::string_view text) {
  if (text.empty()) return false;
  if (text[0] == kLatinLead && text.size() > 1) {
    return static_cast<unsigned char>(text[1]) >= kFirstSmallLatin;
  }
  return absl::ascii_islower(static_cast<unsigned char>(text[0]));
}

}  // namespace

void Expand(absl::string_view text, FillPlace fill, std::string* out) {
  while (!text.empty()) {
    const size_t open = text.find('{');
    const size_t close =
        open == absl::string_view::npos ? open : text.find('}', open);
    if (close == absl::string_view::npos) break;
    out->append(text.data(), open);
    if (!fill(text.substr(open + 1, close - open - 1), out)) {
      absl::StrAppend(out, text.substr(open, close - open + 1));
    }
    text.remove_prefix(close + 1);
  }
  out->append(text.data(), text.size());
}

void ExpandOne(absl::string_view text, absl::string_view value,
               std::string* out) {
  Expand(
      text,
      [value](absl::string_view, std::string* to) {
        absl::StrAppend(to, value);
        return true;
      },
      out);
}

void AppendCount(const SentenceWords::Count& text, uint64_t count,
                 std::string* out) {
  ExpandOne(count == 1 ? text.one : text.many, absl::StrCat(count), out);
}

void AppendCredit(const SentenceWords& words, matching::Thousandths credit,
                  std::string* out) {
  const matching::Thousandths rest = credit % matching::kFullCredit;
  std::string digits = absl::StrCat(matching::kFullCredit + rest).substr(1);
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  ExpandOne(
      words.credit,
      absl::StrCat(credit / matching::kFullCredit, words.decimal_mark, digits),
      out);
}

void AppendKilometres(const SentenceWords& words,
                      matching::HundredMetres distance, std::string* out) {
  absl::StrAppend(out, distance / 10);
  if (distance % 10 != 0) {
    absl::StrAppend(out, words.decimal_mark, distance % 10);
  }
}

void AppendPercents(const SentenceWords& words, int from, int to,
                    std::string* out) {
  if (from == to) {
    ExpandOne(words.percent, absl::StrCat(to), out);
    return;
  }
  Expand(
      words.percents,
      [from, to](absl::string_view place, std::string* text) {
        absl::StrAppend(text, place == "from" ? from : to);
        return true;
      },
      out);
}

void AppendDay(const SentenceWords& words, matching::Days day,
               std::string* out) {
  const v1::Date date = ToDate(day);
  Expand(
      words.date,
      [&](absl::string_view place, std::string* text) {
        if (place == "month") {
          absl::StrAppend(
              text, words.month_names[static_cast<size_t>(date.month() - 1)]);
        } else {
          absl::StrAppend(text, place == "day" ? date.day() : date.year());
        }
        return true;
      },
      out);
}

void AppendShifts(const SentenceWords& words, matching::ShiftSet shifts,
                  std::string* out) {
  bool first = true;
  for (size_t bit = 0; bit < words.shift_names.size(); ++bit) {
    if ((shifts >> bit & 1u) == 0) continue;
    const bool last = shifts >> (bit + 1) == 0;
    absl::StrAppend(out,
                    first  ? ""
                    : last ? words.last_and
                           : ", ",
                    words.shift_names[bit]);
    first = false;
  }
}

void AppendSmall(absl::string_view name, std::string* out) {
  if (name.size() > 1 && name[0] == kLatinLead && !IsSmallLetter(name) &&
      IsSmallLetter(name.substr(2))) {
    out->push_back(name[0]);
    out->push_back(static_cast<char>(name[1] + kToSmall));
    name.remove_prefix(2);
  } else if (!name.empty() && IsSmallLetter(name.substr(1))) {
    out->push_back(absl::ascii_tolower(static_cast<unsigned char>(name[0])));
    name.remove_prefix(1);
  }
  absl::StrAppend(out, name);
}

bool AppendName(absl::string_view place, absl::string_view name,
                std::string* out) {
  if (place == "Name") {
    absl::StrAppend(out, name);
    return true;
  }
  if (place != "name") return false;
  AppendSmall(name, out);
  return true;
}

absl::string_view NameOf(const SentenceWords& words,
                         const matching::Taxonomy& taxonomy,
                         matching::ConceptIndex index) {
  if (index >= taxonomy.size()) return "";
  const matching::ConceptRecord& record = taxonomy.record(index);
  const std::string& label = record.*words.label;
  return label.empty() ? record.label : label;
}

}  // namespace kugge::features
