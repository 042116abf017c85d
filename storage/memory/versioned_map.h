// An ordered map that remembers the versions of its values that somebody may
// still look at. The heart of the memory store; not thread-safe.
#ifndef KUGGE_STORAGE_MEMORY_VERSIONED_MAP_H_
#define KUGGE_STORAGE_MEMORY_VERSIONED_MAP_H_

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "storage/key_value_store.h"

namespace kugge::storage {

class VersionedMap {
 public:
  struct Entry {
    std::string key;
    VersionedValue value;
  };

  // Writes or, without a value, deletes. `revision` never decreases.
  void Set(const std::string& key, std::optional<std::string> value,
           Revision revision);

  // The value as of `revision`, which is the latest or a pinned one.
  std::optional<VersionedValue> Get(const std::string& key,
                                    Revision revision) const;

  // The first entry as of `revision` with from <= key (from < key when
  // `after`) and key < end; an empty end means no bound.
  std::optional<Entry> First(const std::string& from, bool after,
                             const std::string& end, Revision revision) const;

  // Keeps what `revision` shows until as many Unpin calls.
  void Pin(Revision revision);
  void Unpin(Revision revision);

 private:
  struct Version {
    Revision revision;
    // Absent = deleted.
    std::optional<std::string> value;
  };
  // Oldest first, never empty.
  using Versions = std::vector<Version>;

  static const Version* At(const Versions& versions, Revision revision);
  // Drops versions that neither a pin nor the latest state shows. Returns
  // whether nothing is left.
  bool Trim(Versions* versions) const;

  std::map<std::string, Versions> map_;
  std::multiset<Revision> pins_;
  // Keys with something that only pins keep.
  std::set<std::string> stale_keys_;
};

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_MEMORY_VERSIONED_MAP_H_
