#include "storage/rocksdb/status.h"

#include <cerrno>
#include <cstring>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace kugge::storage {
namespace {

// RocksDB knows ENOSPC; a file size limit and a quota show in the text only.
bool NoRoom(const rocksdb::Status& status, absl::string_view text) {
  return status.IsNoSpace() ||
         status.subcode() == rocksdb::Status::SubCode::kSpaceLimit ||
         absl::StrContains(text, std::strerror(EFBIG)) ||
         absl::StrContains(text, std::strerror(EDQUOT));
}

absl::StatusCode CodeOf(const rocksdb::Status& status, absl::string_view text) {
  switch (status.code()) {
    case rocksdb::Status::kOk:
      return absl::StatusCode::kOk;
    case rocksdb::Status::kNotFound:
      return absl::StatusCode::kNotFound;
    case rocksdb::Status::kCorruption:
      return absl::StatusCode::kDataLoss;
    case rocksdb::Status::kIOError:
      return NoRoom(status, text) ? absl::StatusCode::kResourceExhausted
                                  : absl::StatusCode::kUnavailable;
    case rocksdb::Status::kBusy:
    case rocksdb::Status::kTimedOut:
    case rocksdb::Status::kTryAgain:
    case rocksdb::Status::kIncomplete:
    case rocksdb::Status::kShutdownInProgress:
      return absl::StatusCode::kUnavailable;
    default:
      return absl::StatusCode::kInternal;
  }
}

}  // namespace

absl::Status FromRocksDb(const rocksdb::Status& status,
                         absl::string_view doing) {
  if (status.ok()) return absl::OkStatus();
  const std::string text = status.ToString();
  return absl::Status(CodeOf(status, text),
                      absl::StrCat("could not ", doing, ": ", text));
}

}  // namespace kugge::storage
