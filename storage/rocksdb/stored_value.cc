#include "storage/rocksdb/stored_value.h"

namespace kugge::storage {
namespace {

constexpr size_t kRevisionSize = sizeof(Revision);

}  // namespace

std::string EncodeStored(Revision revision, absl::string_view value) {
  std::string bytes;
  bytes.reserve(kRevisionSize + value.size());
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>((revision >> shift) & 0xff));
  }
  bytes.append(value.data(), value.size());
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
