// Which commit wrote a key last, for keys that were just read: a write follows
// a read of what it replaces, and needn't look for it again to check that it is
// still there.
#ifndef KUGGE_STORAGE_ROCKSDB_REVISION_CACHE_H_
#define KUGGE_STORAGE_ROCKSDB_REVISION_CACHE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "base/mutex.h"
#include "storage/key_value_store.h"

namespace kugge::storage {

// Thread-safe. What it knows is exact; it forgets at will.
class RevisionCache {
 public:
  RevisionCache() : slots_(kSlots) {}

  // `key` was found with `mod_revision` by a read that showed the store as of
  // the commit `read_at`. Passed over where it may have been written since.
  void NoteRead(absl::string_view key, Revision mod_revision, Revision read_at);

  // The commit `revision` is about to write `key`: comes before the write can
  // be seen.
  void NoteWriting(absl::string_view key, Revision revision);

  // The revision of `key`, if known. Only for the one who writes.
  std::optional<Revision> Find(absl::string_view key) const;

 private:
  static constexpr size_t kSlots = 4096;

  struct Slot {
    mutable Mutex mutex;
    // Empty: nothing is known.
    std::string key ABSL_GUARDED_BY(mutex);
    Revision mod_revision ABSL_GUARDED_BY(mutex) = 0;
    // The last commit that wrote a key of this slot.
    Revision last_written ABSL_GUARDED_BY(mutex) = 0;
  };

  static size_t SlotOf(absl::string_view key);

  std::vector<Slot> slots_;
};

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_ROCKSDB_REVISION_CACHE_H_
