// Lists whose rows carry their key, read page by page.
#ifndef KUGGE_TESTS_ORACLE_KEYED_PAGES_H_
#define KUGGE_TESTS_ORACLE_KEYED_PAGES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/oracle/differences.h"
#include "tests/oracle/random_market.h"

namespace kugge::oracle {

// A key close to one of the rows' that is no row's own.
template <typename Row>
auto KeyBesideARow(const std::vector<Row>& rows, Random& random) {
  auto key = random.Of(rows).key;
  if (random.Chance(50)) {
    key.tie.bytes[random.Below(key.tie.bytes.size())] ^= 1;
  } else {
    key.criteria[random.Below(key.criteria.size())] += random.Between(-1, 1);
  }
  return key;
}

// `ask(request)` is the engine's answer, all of whose rows should be `all`;
// `beside(answer, left)` tells a difference in what a page shows beside its
// rows, with so many left after them.
template <typename Row, typename Request, typename Ask, typename Beside>
std::string PagesDifference(const std::vector<Row>& all, Request request,
                            Random& random, const Ask& ask,
                            const Beside& beside) {
  size_t read = 0;
  for (size_t page = 0; page < kPages; ++page) {
    request.k =
        page + 1 == kPages ? kEverything : random.Below(all.size() / 3 + 3);
    const auto answer = ask(request);
    if (!answer.ok()) return absl::StrCat(answer.status().ToString(), "\n");
    const std::vector<Row> rows = Part(all, read, request.k);
    read += rows.size();
    const std::string difference =
        absl::StrCat(FirstDifference(absl::StrCat("page ", page, " row"), rows,
                                     answer->rows),
                     CountDifference("total", all.size(), answer->total),
                     beside(*answer, all.size() - read));
    if (!difference.empty()) return difference;
    if (read > 0) request.after = all[read - 1].key;
  }
  if (all.empty()) return "";

  request.after = KeyBesideARow(all, random);
  request.k = kEverything;
  std::vector<Row> after;
  for (const Row& row : all) {
    if (row.key > *request.after) after.push_back(row);
  }
  const auto answer = ask(request);
  if (!answer.ok()) return absl::StrCat(answer.status().ToString(), "\n");
  return FirstDifference("after a row that isn't there, row", after,
                         answer->rows);
}

}  // namespace kugge::oracle

#endif  // KUGGE_TESTS_ORACLE_KEYED_PAGES_H_
