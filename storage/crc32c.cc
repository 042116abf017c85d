#include "storage/crc32c.h"

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

#include <array>
#include <cstring>

namespace kugge::storage {
namespace {

// 0x1EDC6F41 with its bits reversed.
constexpr uint32_t kPolynomial = 0x82f63b78;

// kTable[k][b]: effect of byte b followed by k zero bytes, so that four bytes
// are taken in at once.
using Table = std::array<std::array<uint32_t, 256>, 4>;

constexpr Table MakeTable() {
  Table table{};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc & 1) != 0 ? (crc >> 1) ^ kPolynomial : crc >> 1;
    }
    table[0][byte] = crc;
  }
  for (size_t k = 1; k < table.size(); ++k) {
    for (size_t byte = 0; byte < 256; ++byte) {
      const uint32_t shorter = table[k - 1][byte];
      table[k][byte] = (shorter >> 8) ^ table[0][shorter & 0xff];
    }
  }
  return table;
}

constexpr Table kTable = MakeTable();

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) uint32_t
Crc32cByInstruction(absl::string_view bytes, uint32_t start) {
  uint64_t crc = ~start;
  for (; bytes.size() >= sizeof(uint64_t);
       bytes.remove_prefix(sizeof(uint64_t))) {
    uint64_t eight = 0;
    std::memcpy(&eight, bytes.data(), sizeof(eight));
    crc = _mm_crc32_u64(crc, eight);
  }
  auto rest = static_cast<uint32_t>(crc);
  for (const char byte : bytes) {
    rest = _mm_crc32_u8(rest, static_cast<unsigned char>(byte));
  }
  return ~rest;
}
#endif

}  // namespace

uint32_t Crc32c(absl::string_view bytes, uint32_t start) {
#if defined(__x86_64__)
  static const bool has_instruction = __builtin_cpu_supports("sse4.2") != 0;
  if (has_instruction) return Crc32cByInstruction(bytes, start);
#endif
  return Crc32cByTable(bytes, start);
}

uint32_t Crc32cByTable(absl::string_view bytes, uint32_t start) {
  const auto byte = [&bytes](size_t i) {
    return uint32_t{static_cast<unsigned char>(bytes[i])};
  };
  uint32_t crc = ~start;
  size_t i = 0;
  for (; i + 4 <= bytes.size(); i += 4) {
    crc ^= byte(i) | byte(i + 1) << 8 | byte(i + 2) << 16 | byte(i + 3) << 24;
    crc = kTable[3][crc & 0xff] ^ kTable[2][(crc >> 8) & 0xff] ^
          kTable[1][(crc >> 16) & 0xff] ^ kTable[0][crc >> 24];
  }
  for (; i < bytes.size(); ++i) {
    crc = (crc >> 8) ^ kTable[0][(crc ^ byte(i)) & 0xff];
  }
  return ~crc;
}

}  // namespace kugge::storage
