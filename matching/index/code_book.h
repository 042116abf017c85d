// Numbers distinct things, so that many who share one name it by its number.
#ifndef KUGGE_MATCHING_INDEX_CODE_BOOK_H_
#define KUGGE_MATCHING_INDEX_CODE_BOOK_H_

#include <limits>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace kugge::matching {

template <typename Key, typename Code>
class CodeBook {
 public:
  // The thing's place in `things`, where it is put when it is new; absent: too
  // many. Equal keys stand for equal things.
  template <typename Thing>
  std::optional<Code> CodeOf(const Key& key, const Thing& thing,
                             std::vector<Thing>& things) {
    const auto [it, is_new] = codes_.try_emplace(key, Code{0});
    if (!is_new) return it->second;
    if (things.size() > std::numeric_limits<Code>::max()) return std::nullopt;
    it->second = static_cast<Code>(things.size());
    things.push_back(thing);
    return it->second;
  }

 private:
  absl::flat_hash_map<Key, Code> codes_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_CODE_BOOK_H_
