// Keyed hashes (BLAKE2b, RFC 7693, by libsodium) and random keys. They stand
// in keys where a client's own text would: an external id may be a case
// number, and without the key nobody can try numbers against the hash.
#ifndef KUGGE_STORAGE_KEYED_HASH_H_
#define KUGGE_STORAGE_KEYED_HASH_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace kugge::storage {

// Bytes of a hash that stands in a key.
inline constexpr size_t kKeyedHashSize = 16;
// Bytes of a hash key.
inline constexpr size_t kHashKeySize = 32;
// Bytes of a tie key.
inline constexpr size_t kTieKeySize = 16;

// `size` bytes from the operating system; Internal when libsodium can't start.
absl::StatusOr<std::string> RandomKey(size_t size);

// Hash of kKeyedHashSize bytes over `parts`, each preceded by its length, so
// that ("a", "bc") and ("ab", "c") differ. `key` has 16 to 64 bytes.
std::string KeyedHash(absl::string_view key,
                      absl::Span<const absl::string_view> parts);

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_KEYED_HASH_H_
