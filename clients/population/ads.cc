#include "clients/population/ads.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"

namespace kugge::population {
namespace {

absl::StatusOr<size_t> Column(const std::vector<std::string>& header,
                              absl::string_view name) {
  const auto found = std::find(header.begin(), header.end(), name);
  if (found == header.end()) {
    return absl::InvalidArgumentError(
        absl::StrCat("the file of ads has no column ", name));
  }
  return static_cast<size_t>(found - header.begin());
}

}  // namespace

std::vector<std::string> SplitCsvLine(absl::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      fields.back().push_back('"');
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back().push_back(c);
    }
  }
  return fields;
}

absl::StatusOr<AdCounts> ReadAdCounts(absl::string_view csv) {
  AdCounts counts;
  if (csv.empty()) return counts;
  const std::vector<absl::string_view> lines = absl::StrSplit(csv, '\n');
  const auto clean = [](absl::string_view line) {
    return absl::StripSuffix(line, "\r");
  };
  const std::vector<std::string> header = SplitCsvLine(clean(lines.front()));
  KUGGE_ASSIGN_OR_RETURN(const size_t occupation,
                         Column(header, "occupation_concept_id"));
  KUGGE_ASSIGN_OR_RETURN(const size_t group,
                         Column(header, "occupation_group_concept_id"));
  for (size_t i = 1; i < lines.size(); ++i) {
    const absl::string_view line = clean(lines[i]);
    if (line.empty()) continue;
    const std::vector<std::string> fields = SplitCsvLine(line);
    if (fields.size() <= std::max(occupation, group)) {
      return absl::InvalidArgumentError(
          absl::StrCat("line ", i + 1, " of the ads has ", fields.size(),
                       " fields, the header ", header.size()));
    }
    ++counts.by_occupation[fields[occupation]];
    ++counts.by_group[fields[group]];
  }
  return counts;
}

}  // namespace kugge::population
