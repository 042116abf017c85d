#include "storage/memory/versioned_map.h"

#include <iterator>
#include <utility>

namespace kugge::storage {

void VersionedMap::Set(const std::string& key, std::optional<std::string> value,
                       Revision revision) {
  const auto [it, inserted] = map_.try_emplace(key);
  Versions& versions = it->second;
  if (!versions.empty() && versions.back().revision == revision) {
    versions.back().value = std::move(value);
  } else {
    versions.push_back({revision, std::move(value)});
  }
  if (Trim(&versions)) {
    map_.erase(it);
    stale_keys_.erase(key);
  } else if (versions.size() > 1 || !versions.back().value.has_value()) {
    stale_keys_.insert(key);
  }
}

std::optional<VersionedValue> VersionedMap::Get(const std::string& key,
                                                Revision revision) const {
  const auto it = map_.find(key);
  if (it == map_.end()) return std::nullopt;
  const Version* version = At(it->second, revision);
  if (version == nullptr || !version->value.has_value()) return std::nullopt;
  return VersionedValue{*version->value, version->revision};
}

std::optional<VersionedMap::Entry> VersionedMap::First(
    const std::string& from, bool after, const std::string& end,
    Revision revision) const {
  auto it = after ? map_.upper_bound(from) : map_.lower_bound(from);
  for (; it != map_.end() && (end.empty() || it->first < end); ++it) {
    const Version* version = At(it->second, revision);
    if (version == nullptr || !version->value.has_value()) continue;
    return Entry{it->first, {*version->value, version->revision}};
  }
  return std::nullopt;
}

void VersionedMap::Pin(Revision revision) { pins_.insert(revision); }

void VersionedMap::Unpin(Revision revision) {
  pins_.erase(pins_.find(revision));
  if (pins_.contains(revision)) return;
  for (auto it = stale_keys_.begin(); it != stale_keys_.end();) {
    const auto entry = map_.find(*it);
    const bool gone = Trim(&entry->second);
    const bool clean = !gone && entry->second.size() == 1 &&
                       entry->second.back().value.has_value();
    if (gone) map_.erase(entry);
    it = gone || clean ? stale_keys_.erase(it) : std::next(it);
  }
}

const VersionedMap::Version* VersionedMap::At(const Versions& versions,
                                              Revision revision) {
  for (auto it = versions.rbegin(); it != versions.rend(); ++it) {
    if (it->revision <= revision) return &*it;
  }
  return nullptr;
}

bool VersionedMap::Trim(Versions* versions) const {
  Versions kept;
  for (size_t i = 0; i + 1 < versions->size(); ++i) {
    const auto pin = pins_.lower_bound((*versions)[i].revision);
    const bool seen = pin != pins_.end() && *pin < (*versions)[i + 1].revision;
    if (seen) kept.push_back(std::move((*versions)[i]));
  }
  kept.push_back(std::move(versions->back()));
  *versions = std::move(kept);
  // A deletion with nothing before it shows the same as no entry.
  return versions->size() == 1 && !versions->front().value.has_value();
}

}  // namespace kugge::storage
