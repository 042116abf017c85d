// A value as RocksDB holds it: the revision that wrote it, 8 bytes big-endian,
// then the value. Also the conversions between the two view types.
#ifndef KUGGE_STORAGE_ROCKSDB_STORED_VALUE_H_
#define KUGGE_STORAGE_ROCKSDB_STORED_VALUE_H_

#include <rocksdb/slice.h>

#include <array>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/key_value_store.h"

namespace kugge::storage {

inline rocksdb::Slice ToSlice(absl::string_view view) {
  return rocksdb::Slice(view.data(), view.size());
}

inline absl::string_view ToView(const rocksdb::Slice& slice) {
  return absl::string_view(slice.data(), slice.size());
}

// The first part of a stored value; the value follows.
std::array<char, sizeof(Revision)> EncodeRevision(Revision revision);

struct StoredView {
  Revision mod_revision = 0;
  // Points into the decoded bytes.
  absl::string_view value;
};
// DataLoss when the bytes are too short to hold a revision.
absl::StatusOr<StoredView> DecodeStored(const rocksdb::Slice& bytes);

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_ROCKSDB_STORED_VALUE_H_
