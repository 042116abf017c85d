#include "storage/rocksdb/stored_value.h"

namespace kugge::storage {
namespace {

constexpr size_t kRevisionSize = sizeof(Revision);

}  // namespace

std::array<char, kRevisionSize> EncodeRevision(Revision revision) {
  std::array<char, kRevisionSize> bytes;
  for (size_t i = kRevisionSize; i-- > 0; revision >>= 8) {
    bytes[i] = static_cast<char>(revision & 0xff);
  }
  return bytes;
}

absl::StatusOr<StoredView> DecodeStored(const rocksdb::Slice& bytes) {
  if (bytes.size() < kRevisionSize) {
    return absl::DataLossError("stored value is cut short");
  }
  StoredView stored;
  for (size_t i = 0; i < kRevisionSize; ++i) {
    stored.mod_revision =
        (stored.mod_revision << 8) | static_cast<unsigned char>(bytes[i]);
  }
  stored.value = ToView(bytes).substr(kRevisionSize);
  return stored;
}

}  // namespace kugge::storage
