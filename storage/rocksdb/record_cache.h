// What was last read or written under a key, kept in memory: an update reads
// what it replaces, checks that it is still there, and a list of rows reads
// records that were shown before. Beside RocksDB's cache of blocks, whose
// entries are lost when a compaction writes their table anew, and which has a
// memory table and filters to go through first.
#ifndef KUGGE_STORAGE_ROCKSDB_RECORD_CACHE_H_
#define KUGGE_STORAGE_ROCKSDB_RECORD_CACHE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "base/mutex.h"
#include "storage/key_value_store.h"

namespace kugge::storage {

// Thread-safe. What it knows is exact; it forgets at will, the oldest first.
class RecordCache {
 public:
  // Holds `bytes` at most, what it needs for itself included, and at least one
  // bucket.
  explicit RecordCache(size_t bytes);

  // `key` was found with `value` as `mod_revision` wrote it, by a read that
  // showed the store as of the commit `read_at`. Passed over where it may have
  // been written since.
  void NoteRead(absl::string_view key, absl::string_view value,
                Revision mod_revision, Revision read_at);
  // As NoteRead, but nothing else is forgotten for it: for long walks.
  void NoteScanned(absl::string_view key, absl::string_view value,
                   Revision mod_revision, Revision read_at);

  // The commit `revision` is about to write `key`: comes before the write can
  // be seen. What was known of the key is forgotten, its bytes too.
  void NoteWriting(absl::string_view key, Revision revision);
  // It writes `value`. Comes after NoteWriting, whether it can be seen by then
  // or not, and before the next NoteWriting of a later commit. If it fails,
  // NoteWriting again, before the next commit is checked.
  void NoteWritten(absl::string_view key, absl::string_view value,
                   Revision revision);

  // What a read that shows the store as of the commit `read_at`, taken before
  // this call, finds under `key`, if that is known.
  std::optional<VersionedValue> Find(absl::string_view key,
                                     Revision read_at) const;
  // The revision of `key`, if known. Only for the one who writes.
  std::optional<Revision> FindRevision(absl::string_view key) const;

 private:
  static constexpr size_t kBucketBytes = size_t{16} << 10;

  struct Entry {
    // The key, then the value.
    std::string bytes;
    size_t key_size = 0;
    Revision mod_revision = 0;
  };
  struct Bucket {
    mutable Mutex mutex;
    // Parts of the keys' hashes; tags[i] is of entries[i], oldest first.
    std::vector<uint32_t> tags ABSL_GUARDED_BY(mutex);
    std::vector<Entry> entries ABSL_GUARDED_BY(mutex);
    size_t bytes ABSL_GUARDED_BY(mutex) = 0;
    // The last commit that wrote a key of this bucket.
    Revision last_written ABSL_GUARDED_BY(mutex) = 0;
  };
  // Where a key belongs.
  struct Place {
    size_t bucket = 0;
    uint32_t tag = 0;
  };

  Place PlaceOf(absl::string_view key) const;
  void Keep(absl::string_view key, absl::string_view value,
            Revision mod_revision, Revision read_at, bool make_room);
  static size_t Cost(const Entry& entry);
  // Position of the key's entry, or the number of entries.
  static size_t Position(const Bucket& bucket, uint32_t tag,
                         absl::string_view key)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(bucket.mutex);
  static void Drop(Bucket& bucket, size_t position)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(bucket.mutex);

  std::vector<Bucket> buckets_;
};

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_ROCKSDB_RECORD_CACHE_H_
