// rocksdb::Status as absl::Status.
#ifndef KUGGE_STORAGE_ROCKSDB_STATUS_H_
#define KUGGE_STORAGE_ROCKSDB_STATUS_H_

#include <rocksdb/status.h>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace kugge::storage {

// `doing` says what failed, such as "read a record". A full disk gives
// ResourceExhausted, other input/output errors Unavailable, damaged bytes
// DataLoss.
absl::Status FromRocksDb(const rocksdb::Status& status,
                         absl::string_view doing);

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_ROCKSDB_STATUS_H_
