#include "clients/ctl/format_table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace kugge::ctl {
namespace {

bool IsContinuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

constexpr char kEllipsis[] = "…";
constexpr absl::string_view kGap = "  ";

}  // namespace

size_t CharacterCount(absl::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(),
                    [](char byte) { return !IsContinuation(byte); }));
}

std::string FitText(absl::string_view text, size_t width) {
  std::string fitted(text);
  for (char& byte : fitted) {
    if (absl::ascii_iscntrl(static_cast<unsigned char>(byte))) byte = ' ';
  }
  if (CharacterCount(fitted) <= width) return fitted;
  size_t bytes = 0;
  for (size_t characters = 0; bytes < fitted.size(); ++bytes) {
    if (!IsContinuation(fitted[bytes]) && ++characters == width) break;
  }
  fitted.resize(bytes);
  return absl::StrCat(absl::StripTrailingAsciiWhitespace(fitted), kEllipsis);
}

void Table::AddRow(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  for (size_t i = 0; i < cells.size(); ++i) {
    cells[i] = FitText(cells[i], columns_[i].max_width);
  }
  rows_.push_back(std::move(cells));
}

std::vector<size_t> Table::Widths() const {
  std::vector<size_t> widths(columns_.size(), 0);
  for (const auto& row : rows_) {
    for (size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], CharacterCount(row[i]));
    }
  }
  for (size_t i = 0; i < widths.size(); ++i) {
    if (widths[i] > 0) {
      widths[i] = std::max(widths[i], CharacterCount(columns_[i].header));
    }
  }
  return widths;
}

std::string Table::Line(const std::vector<std::string>& cells,
                        const std::vector<size_t>& widths) const {
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (widths[i] == 0) continue;
    const std::string space(widths[i] - CharacterCount(cells[i]), ' ');
    absl::StrAppend(&line, line.empty() ? "" : kGap,
                    columns_[i].right ? space : "", cells[i],
                    columns_[i].right ? "" : space);
  }
  absl::StripTrailingAsciiWhitespace(&line);
  return line;
}

std::string Table::HeaderLine() const {
  std::vector<std::string> headers;
  headers.reserve(columns_.size());
  for (const Column& column : columns_) headers.push_back(column.header);
  const std::vector<size_t> widths = Widths();
  for (size_t i = 0; i < headers.size(); ++i) {
    if (widths[i] == 0) headers[i].clear();
  }
  return Line(headers, widths);
}

std::vector<std::string> Table::RowLines() const {
  const std::vector<size_t> widths = Widths();
  std::vector<std::string> lines;
  lines.reserve(rows_.size());
  for (const auto& row : rows_) lines.push_back(Line(row, widths));
  return lines;
}

void Table::Print(std::ostream& out, size_t indent) const {
  const std::string margin(indent, ' ');
  const std::vector<std::string> lines = RowLines();
  size_t length = CharacterCount(HeaderLine());
  for (const auto& line : lines)
    length = std::max(length, CharacterCount(line));
  const std::string rule(length, '-');
  out << margin << HeaderLine() << "\n";
  for (size_t i = 0; i <= lines.size(); ++i) {
    if (std::find(rules_.begin(), rules_.end(), i) != rules_.end()) {
      out << margin << rule << "\n";
    }
    if (i < lines.size()) out << margin << lines[i] << "\n";
  }
}

void Table::PrintWithDetails(
    std::ostream& out, const std::function<void(size_t row)>& details) const {
  out << HeaderLine() << "\n";
  const std::vector<std::string> lines = RowLines();
  for (size_t i = 0; i < lines.size(); ++i) {
    out << lines[i] << "\n";
    details(i);
  }
}

}  // namespace kugge::ctl
