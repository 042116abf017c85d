#include "matching/tie_key.h"

#include <sodium/crypto_shorthash_siphash24.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "matching/types.h"

namespace kugge::matching {

Tie TieOf(const TieKey& key, const DocumentId& from, const DocumentId& to) {
  static_assert(sizeof(Tie::bytes) == crypto_shorthash_siphashx24_BYTES);
  static_assert(sizeof(TieKey::bytes) == crypto_shorthash_siphashx24_KEYBYTES);
  std::array<uint8_t, 32> message;
  std::ranges::copy(to.bytes,
                    std::ranges::copy(from.bytes, message.begin()).out);
  Tie tie;
  crypto_shorthash_siphashx24(tie.bytes.data(), message.data(), message.size(),
                              key.bytes.data());
  return tie;
}

}  // namespace kugge::matching
