// CRC-32C (Castagnoli; RFC 3720 appendix B.4): notices every change of up to
// 32 neighbouring bits, and any other with 1 - 2^-32.
#ifndef KUGGE_STORAGE_CRC32C_H_
#define KUGGE_STORAGE_CRC32C_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace kugge::storage {

// Checksum of `bytes`, continuing from the checksum `start` of what precedes
// them.
uint32_t Crc32c(absl::string_view bytes, uint32_t start = 0);

// The same for processors without an instruction for it.
uint32_t Crc32cByTable(absl::string_view bytes, uint32_t start);

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_CRC32C_H_
