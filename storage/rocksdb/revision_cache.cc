#include "storage/rocksdb/revision_cache.h"

#include <algorithm>

#include "absl/hash/hash.h"

namespace kugge::storage {

void RevisionCache::NoteRead(absl::string_view key, Revision mod_revision,
                             Revision read_at) {
  Slot& slot = slots_[SlotOf(key)];
  MutexLock lock(&slot.mutex);
  if (slot.last_written > read_at) return;
  slot.key.assign(key.data(), key.size());
  slot.mod_revision = mod_revision;
}

void RevisionCache::NoteWriting(absl::string_view key, Revision revision) {
  Slot& slot = slots_[SlotOf(key)];
  MutexLock lock(&slot.mutex);
  slot.last_written = std::max(slot.last_written, revision);
  if (absl::string_view(slot.key) == key) slot.key.clear();
}

std::optional<Revision> RevisionCache::Find(absl::string_view key) const {
  const Slot& slot = slots_[SlotOf(key)];
  MutexLock lock(&slot.mutex);
  if (key.empty() || absl::string_view(slot.key) != key) return std::nullopt;
  return slot.mod_revision;
}

size_t RevisionCache::SlotOf(absl::string_view key) {
  return absl::Hash<absl::string_view>()(key) % kSlots;
}

}  // namespace kugge::storage
