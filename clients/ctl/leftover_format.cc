#include "clients/ctl/leftover_format.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "clients/ctl/format_table.h"
#include "clients/ctl/words.h"

namespace kugge::ctl {
namespace {

constexpr size_t kLeftoverNameColumn = 200;

}  // namespace

void PrintLeftovers(
    const google::protobuf::RepeatedPtrField<v1::Leftover>& rows,
    std::ostream& out) {
  Table table({{.header = "#", .right = true},
               {.header = "title", .max_width = 40},
               {.header = "employer", .max_width = 30},
               {.header = "municipality"},
               {.header = "positions", .right = true},
               {.header = "name", .max_width = kLeftoverNameColumn},
               {.header = "nearest"},
               {.header = "score", .right = true},
               {.header = "reverse", .right = true},
               {.header = "nearest title", .max_width = 40},
               {.header = "nearest name", .max_width = kLeftoverNameColumn}});
  for (int i = 0; i < rows.size(); ++i) {
    const v1::Leftover& row = rows[i];
    const v1::Match& nearest = row.nearest();
    const bool any = row.has_nearest();
    table.AddRow({absl::StrCat(i + 1), row.title(), row.employer_display_name(),
                  row.municipality_code(),
                  row.positions() > 0 ? absl::StrCat(row.positions()) : "",
                  row.name(),
                  any ? EligibilityWords(nearest.eligibility()) : "nothing",
                  any ? BasisPoints(nearest.score()) : "",
                  any ? BasisPoints(nearest.reverse_score()) : "",
                  nearest.title(), nearest.name()});
  }
  table.Print(out);
}

}  // namespace kugge::ctl
