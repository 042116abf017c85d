#include "clients/ctl/import_report.h"

#include <algorithm>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/ctl/json_lines.h"
#include "clients/ctl/progress_bar.h"

namespace kugge::ctl {
namespace {

int64_t RowsPerSecond(const ImportCounts& counts, absl::Duration elapsed) {
  const double seconds = std::max(absl::ToDoubleSeconds(elapsed), 0.001);
  return static_cast<int64_t>(static_cast<double>(counts.total()) / seconds);
}

}  // namespace

std::string RefusalText(const RowVerdict& verdict) {
  const std::string line = absl::StrCat("line ", verdict.row(), ": ");
  if (verdict.violations().empty()) {
    return absl::StrCat(line, verdict.message(), "\n");
  }
  std::string text;
  for (const auto& violation : verdict.violations()) {
    absl::StrAppend(&text, line, violation.field(), ": ",
                    violation.description(), "\n");
  }
  return text;
}

std::string ProgressText(double fraction, const ImportCounts& counts,
                         absl::Duration elapsed) {
  std::string text;
  if (fraction >= 0) absl::StrAppend(&text, ProgressBar(fraction), "  ");
  absl::StrAppend(&text, counts.total(), " rows  ",
                  RowsPerSecond(counts, elapsed), " rows/s  ", counts.refused,
                  " refused");
  return text;
}

absl::StatusOr<std::unique_ptr<ImportReport>> ImportReport::Open(
    const CommandContext& context, const std::string& journal_path) {
  auto report = absl::WrapUnique(new ImportReport(context));
  if (!journal_path.empty()) {
    MutexLock lock(&report->mutex_);
    report->has_journal_ = true;
    report->journal_.open(journal_path, std::ios::binary | std::ios::trunc);
    if (!report->journal_) {
      return absl::PermissionDeniedError(
          absl::StrCat("cannot write ", journal_path));
    }
  }
  return report;
}

void ImportReport::Add(const RowVerdict& verdict) {
  MutexLock lock(&mutex_);
  switch (verdict.verdict()) {
    case v1::IMPORT_VERDICT_CREATED:
      ++counts_.created;
      break;
    case v1::IMPORT_VERDICT_REPLACED:
      ++counts_.replaced;
      break;
    case v1::IMPORT_VERDICT_VALID:
      ++counts_.valid;
      break;
    default:
      ++counts_.refused;
      PrintRefusal(verdict);
  }
  if (has_journal_ || context_.output == OutputFormat::kJson) {
    const std::string line = ToJsonLine(verdict);
    if (has_journal_) journal_ << line << "\n" << std::flush;
    if (context_.output == OutputFormat::kJson) *context_.out << line << "\n";
  }
  DrawProgress(absl::Now());
}

void ImportReport::SetFraction(double fraction) {
  MutexLock lock(&mutex_);
  fraction_ = fraction;
}

ImportCounts ImportReport::counts() {
  MutexLock lock(&mutex_);
  return counts_;
}

void ImportReport::PrintRefusal(const RowVerdict& verdict) {
  if (context_.output == OutputFormat::kJson) return;
  ClearProgress();
  *context_.out << RefusalText(verdict);
}

void ImportReport::DrawProgress(absl::Time now) {
  if (!context_.err_is_terminal || now - last_drawn_ < kRedrawEvery) return;
  last_drawn_ = now;
  bar_is_shown_ = true;
  *context_.err << "\r\033[K" << ProgressText(fraction_, counts_, now - start_)
                << std::flush;
}

void ImportReport::ClearProgress() {
  if (!bar_is_shown_) return;
  bar_is_shown_ = false;
  last_drawn_ = absl::InfinitePast();
  *context_.err << "\r\033[K" << std::flush;
}

absl::Status ImportReport::Finish(absl::string_view source) {
  MutexLock lock(&mutex_);
  ClearProgress();
  const absl::Duration elapsed = absl::Now() - start_;
  std::ostream& stream =
      context_.output == OutputFormat::kJson ? *context_.err : *context_.out;
  stream << absl::StrFormat("%s: %d rows in %.1f s (%d rows/s): ", source,
                            counts_.total(), absl::ToDoubleSeconds(elapsed),
                            RowsPerSecond(counts_, elapsed));
  if (counts_.valid > 0) {
    stream << counts_.valid << " valid, ";
  }
  stream << counts_.created << " created, " << counts_.replaced << " replaced, "
         << counts_.refused << " refused" << std::endl;
  if (has_journal_ && !journal_) {
    return absl::DataLossError("a line of the verdicts file was not written");
  }
  return absl::OkStatus();
}

}  // namespace kugge::ctl
