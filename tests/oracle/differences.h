// What every comparison of a list needs: its pages, and the first difference in
// words. An empty text says that there is none.
#ifndef KUGGE_TESTS_ORACLE_DIFFERENCES_H_
#define KUGGE_TESTS_ORACLE_DIFFERENCES_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "tests/oracle/describe.h"

namespace kugge::oracle {

inline constexpr size_t kEverything = std::numeric_limits<size_t>::max();
// A list is read in this many pages, the last of which takes the rest.
inline constexpr size_t kPages = 4;

template <typename Row>
std::string FirstDifference(absl::string_view what,
                            const std::vector<Row>& expected,
                            const std::vector<Row>& actual) {
  for (size_t i = 0; i < expected.size() && i < actual.size(); ++i) {
    if (expected[i] == actual[i]) continue;
    return absl::StrCat(what, " ", i, "\n  oracle: ", Describe(expected[i]),
                        "\n  engine: ", Describe(actual[i]), "\n");
  }
  if (expected.size() == actual.size()) return "";
  return absl::StrCat(what, " count: oracle ", expected.size(), ", engine ",
                      actual.size(), "\n");
}

inline std::string CountDifference(absl::string_view what, uint64_t expected,
                                   uint64_t actual) {
  if (expected == actual) return "";
  return absl::StrCat(what, ": oracle ", expected, ", engine ", actual, "\n");
}

template <typename Row>
std::vector<Row> Part(const std::vector<Row>& rows, size_t from, size_t count) {
  const size_t end = from + std::min(count, rows.size() - from);
  return std::vector<Row>(rows.begin() + static_cast<ptrdiff_t>(from),
                          rows.begin() + static_cast<ptrdiff_t>(end));
}

}  // namespace kugge::oracle

#endif  // KUGGE_TESTS_ORACLE_DIFFERENCES_H_
