#include "storage/rocksdb/record_cache.h"

#include <algorithm>
#include <utility>

#include "absl/hash/hash.h"

namespace kugge::storage {

RecordCache::RecordCache(size_t bytes)
    : buckets_(std::max<size_t>(1, bytes / kBucketBytes)) {}

void RecordCache::NoteRead(absl::string_view key, absl::string_view value,
                           Revision mod_revision, Revision read_at) {
  Keep(key, value, mod_revision, read_at, /*make_room=*/true);
}

void RecordCache::NoteScanned(absl::string_view key, absl::string_view value,
                              Revision mod_revision, Revision read_at) {
  Keep(key, value, mod_revision, read_at, /*make_room=*/false);
}

void RecordCache::NoteWriting(absl::string_view key, Revision revision) {
  const Place place = PlaceOf(key);
  Bucket& bucket = buckets_[place.bucket];
  MutexLock lock(&bucket.mutex);
  bucket.last_written = std::max(bucket.last_written, revision);
  const size_t at = Position(bucket, place.tag, key);
  if (at < bucket.entries.size()) Drop(bucket, at);
}

void RecordCache::NoteWritten(absl::string_view key, absl::string_view value,
                              Revision revision) {
  // Others of its bucket may be from later commits of the same group.
  Keep(key, value, revision, ~Revision{0}, /*make_room=*/true);
}

std::optional<VersionedValue> RecordCache::Find(absl::string_view key,
                                                Revision read_at) const {
  const Place place = PlaceOf(key);
  const Bucket& bucket = buckets_[place.bucket];
  MutexLock lock(&bucket.mutex);
  const size_t at = Position(bucket, place.tag, key);
  if (at == bucket.entries.size()) return std::nullopt;
  const Entry& entry = bucket.entries[at];
  // Nobody has written it since, so what was there at `read_at` is this, or
  // something before it.
  if (entry.mod_revision > read_at) return std::nullopt;
  return VersionedValue{.value = entry.bytes.substr(entry.key_size),
                        .mod_revision = entry.mod_revision};
}

std::optional<Revision> RecordCache::FindRevision(absl::string_view key) const {
  const Place place = PlaceOf(key);
  const Bucket& bucket = buckets_[place.bucket];
  MutexLock lock(&bucket.mutex);
  const size_t at = Position(bucket, place.tag, key);
  if (at == bucket.entries.size()) return std::nullopt;
  return bucket.entries[at].mod_revision;
}

RecordCache::Place RecordCache::PlaceOf(absl::string_view key) const {
  const uint64_t hash = absl::Hash<absl::string_view>()(key);
  return {.bucket = (hash & 0xffffffff) % buckets_.size(),
          .tag = static_cast<uint32_t>(hash >> 32)};
}

void RecordCache::Keep(absl::string_view key, absl::string_view value,
                       Revision mod_revision, Revision read_at,
                       bool make_room) {
  Entry entry;
  entry.bytes.reserve(key.size() + value.size());
  entry.bytes.append(key.data(), key.size());
  entry.bytes.append(value.data(), value.size());
  entry.key_size = key.size();
  entry.mod_revision = mod_revision;
  const size_t cost = Cost(entry);
  // It would push out too many others.
  if (cost > kBucketBytes / 2) return;
  const Place place = PlaceOf(key);
  Bucket& bucket = buckets_[place.bucket];
  MutexLock lock(&bucket.mutex);
  if (bucket.last_written > read_at) return;
  const size_t at = Position(bucket, place.tag, key);
  if (at < bucket.entries.size()) Drop(bucket, at);
  if (!make_room && bucket.bytes + cost > kBucketBytes) return;
  while (bucket.bytes + cost > kBucketBytes) Drop(bucket, 0);
  bucket.tags.push_back(place.tag);
  bucket.entries.push_back(std::move(entry));
  bucket.bytes += cost;
}

size_t RecordCache::Cost(const Entry& entry) {
  // With what an allocation adds.
  return entry.bytes.size() + sizeof(Entry) + sizeof(uint32_t) + 16;
}

size_t RecordCache::Position(const Bucket& bucket, uint32_t tag,
                             absl::string_view key) {
  const size_t size = bucket.entries.size();
  for (size_t i = 0; i < size; ++i) {
    if (bucket.tags[i] != tag) continue;
    const Entry& entry = bucket.entries[i];
    if (absl::string_view(entry.bytes).substr(0, entry.key_size) == key) {
      return i;
    }
  }
  return size;
}

void RecordCache::Drop(Bucket& bucket, size_t position) {
  bucket.bytes -= Cost(bucket.entries[position]);
  const auto offset = static_cast<std::ptrdiff_t>(position);
  bucket.tags.erase(bucket.tags.begin() + offset);
  bucket.entries.erase(bucket.entries.begin() + offset);
}

}  // namespace kugge::storage
