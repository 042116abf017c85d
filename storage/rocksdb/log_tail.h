// The logs that a killed process leaves behind. Their files have their full
// size from the start (sized_logs.h), so what was written last is followed by
// zero bytes instead of the file's end, and RocksDB can't tell a commit that
// was cut off, which nobody got an answer for, from damage. This can.
#ifndef KUGGE_STORAGE_ROCKSDB_LOG_TAIL_H_
#define KUGGE_STORAGE_ROCKSDB_LOG_TAIL_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace kugge::storage {

// Last byte of every commit in the log: never zero, whatever bit of it flips,
// so that a commit that ends with zero bytes is one that was cut off.
inline constexpr char kEndOfCommit = '.';

// How many bytes of a log hold whole commits; after them come zero bytes, and
// perhaps parts of a last commit: its beginning, or any of its sectors while
// others are zero still. DataLoss when something else isn't whole.
absl::StatusOr<size_t> EndOfLog(absl::string_view log);

// Cuts each log in the database folder `path` that ends with zero bytes down to
// its whole commits, durably. DataLoss as EndOfLog; nothing is cut then.
absl::Status TrimLogs(const std::string& path);

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_ROCKSDB_LOG_TAIL_H_
