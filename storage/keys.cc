#include "storage/keys.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/keyed_hash.h"

namespace kugge::storage {
namespace {

constexpr size_t kBigEndianSize = sizeof(uint64_t);

std::string Start(KeySpace space) {
  return std::string(1, static_cast<char>(space));
}

bool InSpace(absl::string_view key, KeySpace space) {
  return !key.empty() && key[0] == static_cast<char>(space);
}

// Big-endian, so that byte order is the order of the numbers.
void AppendBigEndian(uint64_t number, std::string* key) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    key->push_back(static_cast<char>((number >> shift) & 0xff));
  }
}

uint64_t ReadBigEndian(absl::string_view bytes) {
  uint64_t number = 0;
  for (size_t i = 0; i < kBigEndianSize; ++i) {
    number = (number << 8) | static_cast<unsigned char>(bytes[i]);
  }
  return number;
}

// The first key after all that start with `prefix`. No prefix in use is all
// ff bytes: the space byte is a letter.
std::string PrefixEnd(std::string prefix) {
  while (!prefix.empty() && static_cast<unsigned char>(prefix.back()) == 0xff) {
    prefix.pop_back();
  }
  if (!prefix.empty()) ++prefix.back();
  return prefix;
}

uint64_t Seconds(absl::Time time) {
  return static_cast<uint64_t>(std::max<int64_t>(0, absl::ToUnixSeconds(time)));
}

absl::Status NotAKey(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("store holds a malformed ", what));
}

}  // namespace

std::string MetaKey(MetaField field) {
  std::string key = Start(KeySpace::kMeta);
  switch (field) {
    case MetaField::kRevision:
      return key + "revision";
    case MetaField::kSchema:
      return key + "schema";
    case MetaField::kTieKey:
      return key + "tie_key";
    case MetaField::kHashKey:
      return key + "hash_key";
    case MetaField::kTaxonomyInForce:
      return key + "taxonomy_in_force";
    case MetaField::kChangeLogStart:
      return key + "change_log_start";
  }
  return key;
}

std::string RecordKey(ResourceKind kind, absl::string_view name) {
  const char start[] = {static_cast<char>(KeySpace::kRecord),
                        static_cast<char>(kind)};
  return absl::StrCat(absl::string_view(start, sizeof(start)), name);
}

absl::StatusOr<RecordKeyParts> ParseRecordKey(absl::string_view key) {
  if (!InSpace(key, KeySpace::kRecord) || key.size() < 3) {
    return NotAKey("record key");
  }
  const std::optional<ResourceKind> kind =
      ResourceKindFromNumber(static_cast<unsigned char>(key[1]));
  if (!kind.has_value()) return NotAKey("record key");
  return RecordKeyParts{.kind = *kind, .name = key.substr(2)};
}

KeyRange RecordRange(ResourceKind kind, absl::string_view name_prefix,
                     absl::string_view start_after) {
  std::string prefix = RecordKey(kind, name_prefix);
  KeyRange range{.begin = prefix, .end = PrefixEnd(prefix)};
  if (!start_after.empty()) {
    // The smallest key that is larger than that of `start_after`.
    std::string after = RecordKey(kind, start_after);
    after.push_back('\0');
    range.begin = std::max(std::move(range.begin), std::move(after));
  }
  return range;
}

std::string ExternalIdKey(absl::string_view hash_key, ResourceKind kind,
                          absl::string_view parent,
                          absl::string_view external_id) {
  std::string key = Start(KeySpace::kExternalId);
  key.push_back(static_cast<char>(kind));
  absl::StrAppend(&key, parent);
  key.push_back('\0');
  // Kind and parent are in the hash too: the same external id below two
  // parents must not show as the same bytes.
  const std::string scope = key;
  absl::StrAppend(&key, KeyedHash(hash_key, {scope, external_id}));
  return key;
}

std::string RequestKey(absl::string_view hash) {
  return absl::StrCat(Start(KeySpace::kRequest), hash);
}

std::string RequestTimeKey(absl::Time commit_time, absl::string_view hash) {
  std::string key = Start(KeySpace::kRequestTime);
  AppendBigEndian(Seconds(commit_time), &key);
  absl::StrAppend(&key, hash);
  return key;
}

std::string RequestResourceKey(absl::string_view name, absl::string_view hash) {
  std::string key = absl::StrCat(Start(KeySpace::kRequestResource), name);
  key.push_back('\0');
  absl::StrAppend(&key, hash);
  return key;
}

absl::StatusOr<std::string> ParseRequestHash(absl::string_view key) {
  const size_t least = InSpace(key, KeySpace::kRequestTime)
                           ? 1 + kBigEndianSize + kKeyedHashSize
                           : 2 + kKeyedHashSize;
  const bool known = InSpace(key, KeySpace::kRequestTime) ||
                     InSpace(key, KeySpace::kRequestResource);
  if (!known || key.size() < least) return NotAKey("request key");
  return std::string(key.substr(key.size() - kKeyedHashSize));
}

KeyRange RequestsBefore(absl::Time time) {
  return {.begin = Start(KeySpace::kRequestTime),
          .end = RequestTimeKey(time, "")};
}

KeyRange RequestsOfResource(absl::string_view name) {
  std::string prefix = RequestResourceKey(name, "");
  return {.begin = prefix, .end = PrefixEnd(prefix)};
}

std::string ChangeKey(Revision revision) {
  std::string key = Start(KeySpace::kChange);
  AppendBigEndian(revision, &key);
  return key;
}

absl::StatusOr<Revision> ParseChangeKey(absl::string_view key) {
  if (!InSpace(key, KeySpace::kChange) || key.size() != 1 + kBigEndianSize) {
    return NotAKey("change log key");
  }
  return ReadBigEndian(key.substr(1));
}

KeyRange ChangeRange(Revision first, Revision last) {
  return {.begin = ChangeKey(first), .end = ChangeKey(last)};
}

KeyRange ChangeRangeFrom(Revision first) {
  return {.begin = ChangeKey(first),
          .end = PrefixEnd(Start(KeySpace::kChange))};
}

}  // namespace kugge::storage
