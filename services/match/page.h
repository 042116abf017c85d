// What a match question's page token holds: where the next page begins, and
// what the page before was computed with. A stream's resume token is one whose
// page is all that is left.
#ifndef KUGGE_SERVICES_MATCH_PAGE_H_
#define KUGGE_SERVICES_MATCH_PAGE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matching/course_rank.h"
#include "matching/match_all.h"
#include "matching/offerings.h"
#include "matching/rank.h"

namespace kugge::match {

// What the pages of one list share. A token made with another strategy version
// or taxonomy is refused: its order key would mean something else.
struct PageBasis {
  std::string taxonomy;
  std::string strategy;
  uint32_t strategy_version = 1;

  friend bool operator==(const PageBasis&, const PageBasis&) = default;
};

template <typename Key>
struct PageStart {
  // The last row of the page before.
  Key key;
  PageBasis basis;
  // Revision of the page before.
  int64_t revision = 0;
};

std::string EncodePage(const PageStart<matching::RowKey>& start);
std::string EncodePage(const PageStart<matching::OfferingKey>& start);
std::string EncodePage(const PageStart<matching::CourseKey>& start);
std::string EncodePage(const PageStart<matching::PersonKey>& start);

// InvalidArgument on `page_token` for what EncodePage didn't make.
absl::StatusOr<PageStart<matching::RowKey>> DecodeRowPage(
    absl::string_view payload);
absl::StatusOr<PageStart<matching::OfferingKey>> DecodeOfferingPage(
    absl::string_view payload);
absl::StatusOr<PageStart<matching::CourseKey>> DecodeCoursePage(
    absl::string_view payload);
absl::StatusOr<PageStart<matching::PersonKey>> DecodePersonPage(
    absl::string_view payload);

// InvalidArgument on `page_token` that says what changed since the page before.
absl::Status CheckBasis(const PageBasis& before, const PageBasis& now);

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_PAGE_H_
