#include "services/match/page.h"

#include <algorithm>
#include <array>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "base/status_macros.h"
#include "services/rpc/errors.h"

namespace kugge::match {
namespace {

// Words between spaces; none of them holds one.
constexpr char kBetween = ' ';
constexpr size_t kBasisWords = 4;

absl::Status NotOurs() {
  return rpc::InvalidField("page_token",
                           "isn't one that an answer to this request gave");
}

std::string Hex(const std::array<uint8_t, 16>& bytes) {
  return absl::BytesToHexString(absl::string_view(
      reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

absl::Status ParseHex(absl::string_view text, std::array<uint8_t, 16>* bytes) {
  if (text.size() != 2 * bytes->size()) return NotOurs();
  const std::string raw = absl::HexStringToBytes(text);
  std::copy(raw.begin(), raw.end(), bytes->begin());
  return absl::OkStatus();
}

template <typename Number>
absl::Status ParseNumber(absl::string_view text, Number* number) {
  return absl::SimpleAtoi(text, number) ? absl::OkStatus() : NotOurs();
}

template <typename Key>
std::vector<std::string> BasisWords(const PageStart<Key>& start) {
  return {absl::StrCat(start.revision), absl::StrCat("t", start.basis.taxonomy),
          absl::StrCat("s", start.basis.strategy),
          absl::StrCat(start.basis.strategy_version)};
}

template <typename Key>
absl::Status ParseBasis(const std::vector<absl::string_view>& words,
                        PageStart<Key>* start) {
  KUGGE_RETURN_IF_ERROR(ParseNumber(words[0], &start->revision));
  if (words[1].empty() || words[2].empty()) return NotOurs();
  start->basis.taxonomy = std::string(words[1].substr(1));
  start->basis.strategy = std::string(words[2].substr(1));
  return ParseNumber(words[3], &start->basis.strategy_version);
}

// Keys that are criteria, a tie and whose row it is.
template <typename Key>
std::string EncodeCriteria(const PageStart<Key>& start,
                           const matching::DocumentId& row) {
  std::vector<std::string> words = BasisWords(start);
  for (const int64_t criterion : start.key.criteria) {
    words.push_back(absl::StrCat(criterion));
  }
  words.push_back(Hex(start.key.tie.bytes));
  words.push_back(Hex(row.bytes));
  return absl::StrJoin(words, std::string(1, kBetween));
}

// `row`: the member of Key that names whose row it is.
template <typename Key>
absl::StatusOr<PageStart<Key>> DecodeCriteria(absl::string_view payload,
                                              matching::DocumentId Key::* row) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(payload, kBetween);
  PageStart<Key> start;
  const size_t criteria = start.key.criteria.size();
  if (words.size() != kBasisWords + criteria + 2) return NotOurs();
  KUGGE_RETURN_IF_ERROR(ParseBasis(words, &start));
  for (size_t i = 0; i < criteria; ++i) {
    KUGGE_RETURN_IF_ERROR(
        ParseNumber(words[kBasisWords + i], &start.key.criteria[i]));
  }
  KUGGE_RETURN_IF_ERROR(
      ParseHex(words[kBasisWords + criteria], &start.key.tie.bytes));
  KUGGE_RETURN_IF_ERROR(
      ParseHex(words[kBasisWords + criteria + 1], &(start.key.*row).bytes));
  return start;
}

}  // namespace

std::string EncodePage(const PageStart<matching::RowKey>& start) {
  std::vector<std::string> words = BasisWords(start);
  words.push_back(absl::StrCat(static_cast<int>(start.key.eligibility)));
  words.push_back(absl::StrCat(start.key.order));
  words.push_back(Hex(start.key.tie.bytes));
  words.push_back(Hex(start.key.to.bytes));
  return absl::StrJoin(words, std::string(1, kBetween));
}

std::string EncodePage(const PageStart<matching::OfferingKey>& start) {
  return EncodeCriteria(start, start.key.offering);
}

std::string EncodePage(const PageStart<matching::CourseKey>& start) {
  return EncodeCriteria(start, start.key.to);
}

std::string EncodePage(const PageStart<matching::PersonKey>& start) {
  std::vector<std::string> words = BasisWords(start);
  words.push_back(absl::StrCat(start.key.municipality));
  words.push_back(Hex(start.key.id.bytes));
  return absl::StrJoin(words, std::string(1, kBetween));
}

absl::StatusOr<PageStart<matching::RowKey>> DecodeRowPage(
    absl::string_view payload) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(payload, kBetween);
  if (words.size() != kBasisWords + 4) return NotOurs();
  PageStart<matching::RowKey> start;
  KUGGE_RETURN_IF_ERROR(ParseBasis(words, &start));
  uint32_t eligibility = 0;
  KUGGE_RETURN_IF_ERROR(ParseNumber(words[kBasisWords], &eligibility));
  if (eligibility >= matching::kEligibilityCount) return NotOurs();
  start.key.eligibility = static_cast<matching::Eligibility>(eligibility);
  KUGGE_RETURN_IF_ERROR(ParseNumber(words[kBasisWords + 1], &start.key.order));
  KUGGE_RETURN_IF_ERROR(ParseHex(words[kBasisWords + 2], &start.key.tie.bytes));
  KUGGE_RETURN_IF_ERROR(ParseHex(words[kBasisWords + 3], &start.key.to.bytes));
  return start;
}

absl::StatusOr<PageStart<matching::OfferingKey>> DecodeOfferingPage(
    absl::string_view payload) {
  return DecodeCriteria(payload, &matching::OfferingKey::offering);
}

absl::StatusOr<PageStart<matching::CourseKey>> DecodeCoursePage(
    absl::string_view payload) {
  return DecodeCriteria(payload, &matching::CourseKey::to);
}

absl::StatusOr<PageStart<matching::PersonKey>> DecodePersonPage(
    absl::string_view payload) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(payload, kBetween);
  if (words.size() != kBasisWords + 2) return NotOurs();
  PageStart<matching::PersonKey> start;
  KUGGE_RETURN_IF_ERROR(ParseBasis(words, &start));
  uint32_t municipality = 0;
  KUGGE_RETURN_IF_ERROR(ParseNumber(words[kBasisWords], &municipality));
  if (municipality > matching::kNoMunicipality) return NotOurs();
  start.key.municipality =
      static_cast<matching::MunicipalityIndex>(municipality);
  KUGGE_RETURN_IF_ERROR(ParseHex(words[kBasisWords + 1], &start.key.id.bytes));
  return start;
}

absl::Status CheckBasis(const PageBasis& before, const PageBasis& now) {
  if (before == now) return absl::OkStatus();
  return rpc::InvalidField(
      "page_token",
      before.taxonomy != now.taxonomy
          ? "was given before another taxonomy came into force; leave it empty "
            "to start over"
          : "was given before the strategy changed; leave it empty to start "
            "over");
}

}  // namespace kugge::match
