// Tables for people: columns aligned by characters, not bytes.
#ifndef KUGGE_CLIENTS_CTL_FORMAT_TABLE_H_
#define KUGGE_CLIENTS_CTL_FORMAT_TABLE_H_

#include <cstddef>
#include <functional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace kugge::ctl {

// Characters (Unicode code points) in UTF-8 text; a byte that is not UTF-8
// counts as one.
size_t CharacterCount(absl::string_view text);

// `text` in at most `width` characters, the last of them `…` where it was cut.
// Line ends and other control characters become spaces.
std::string FitText(absl::string_view text, size_t width);

struct Column {
  std::string header;
  bool right = false;
  // Longest cell in characters.
  size_t max_width = 60;
};

class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // One cell for each column.
  void AddRow(std::vector<std::string> cells);
  // A line below the rows so far, before sums.
  void AddRule() { rules_.push_back(rows_.size()); }
  bool empty() const { return rows_.empty(); }

  // Each line begins with `indent` spaces and ends without trailing ones.
  // Columns in which no cell holds anything are left out.
  void Print(std::ostream& out, size_t indent = 0) const;
  // The same from the first column, each row followed by what `details(row)`
  // prints; without rules.
  void PrintWithDetails(std::ostream& out,
                        const std::function<void(size_t row)>& details) const;
  // Line i is row i; its header and rules are not among them.
  std::vector<std::string> RowLines() const;
  std::string HeaderLine() const;

 private:
  std::vector<size_t> Widths() const;
  std::string Line(const std::vector<std::string>& cells,
                   const std::vector<size_t>& widths) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<size_t> rules_;
};

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_FORMAT_TABLE_H_
