#include "storage/keyed_hash.h"

#include <sodium.h>

#include <cstdint>

#include "absl/status/status.h"

namespace kugge::storage {
namespace {

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

absl::StatusOr<std::string> RandomKey(size_t size) {
  if (sodium_init() < 0) {
    return absl::InternalError("libsodium could not be initialised");
  }
  std::string key(size, '\0');
  randombytes_buf(key.data(), key.size());
  return key;
}

std::string KeyedHash(absl::string_view key,
                      absl::Span<const absl::string_view> parts) {
  crypto_generichash_state state;
  crypto_generichash_init(&state, Bytes(key), key.size(), kKeyedHashSize);
  for (const absl::string_view part : parts) {
    unsigned char size[8];
    for (int i = 0; i < 8; ++i) {
      size[i] = static_cast<unsigned char>(uint64_t{part.size()} >> (8 * i));
    }
    crypto_generichash_update(&state, size, sizeof(size));
    crypto_generichash_update(&state, Bytes(part), part.size());
  }
  std::string hash(kKeyedHashSize, '\0');
  crypto_generichash_final(
      &state, reinterpret_cast<unsigned char*>(hash.data()), hash.size());
  return hash;
}

}  // namespace kugge::storage
