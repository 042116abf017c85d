// What became of the rows of an import: told to the person while it runs, kept
// in a journal as soon as it is known, and summed up at the end.
#ifndef KUGGE_CLIENTS_CTL_IMPORT_REPORT_H_
#define KUGGE_CLIENTS_CTL_IMPORT_REPORT_H_

#include <cstdint>
#include <fstream>
#include <memory>
#include <ostream>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/mutex.h"
#include "clients/ctl/command_context.h"

namespace kugge::ctl {

struct ImportCounts {
  int64_t created = 0;
  int64_t replaced = 0;
  int64_t valid = 0;
  int64_t refused = 0;

  int64_t total() const { return created + replaced + valid + refused; }
};

// Thread-safe.
class ImportReport {
 public:
  // `journal_path` may be empty; an existing file is replaced.
  static absl::StatusOr<std::unique_ptr<ImportReport>> Open(
      const CommandContext& context, const std::string& journal_path);

  // Writes the journal's line and flushes it before it returns.
  void Add(const RowVerdict& verdict) ABSL_LOCKS_EXCLUDED(mutex_);
  // How much of the file has been sent, 0 to 1; negative where it is not known.
  void SetFraction(double fraction) ABSL_LOCKS_EXCLUDED(mutex_);
  ImportCounts counts() ABSL_LOCKS_EXCLUDED(mutex_);

  // Ends the progress bar and prints the summary. An error where a journal line
  // could not be written.
  absl::Status Finish(absl::string_view source) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  explicit ImportReport(const CommandContext& context)
      : context_(context), start_(absl::Now()) {}

  void PrintRefusal(const RowVerdict& verdict)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void DrawProgress(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void ClearProgress() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const CommandContext& context_;
  const absl::Time start_;
  Mutex mutex_;
  ImportCounts counts_ ABSL_GUARDED_BY(mutex_);
  double fraction_ ABSL_GUARDED_BY(mutex_) = -1;
  absl::Time last_drawn_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  bool bar_is_shown_ ABSL_GUARDED_BY(mutex_) = false;
  bool has_journal_ = false;
  std::ofstream journal_ ABSL_GUARDED_BY(mutex_);
};

// `line 12: skills.held[0].level: above 5`, a line for each wrong field.
std::string RefusalText(const RowVerdict& verdict);

// `[#####.....]  50 %  12345 rows  4115 rows/s  3 refused`; without the bar
// where the fraction is not known.
std::string ProgressText(double fraction, const ImportCounts& counts,
                         absl::Duration elapsed);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_IMPORT_REPORT_H_
