#include "storage/change_log.h"

#include <deque>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "kugge/storage/v1/record.pb.h"
#include "storage/keys.h"
#include "storage/records.h"

namespace kugge::storage {
namespace {

absl::StatusOr<std::vector<Change>> DecodeChanges(absl::string_view bytes) {
  v1::ChangeSet message;
  KUGGE_RETURN_IF_ERROR(DecodeRecord(bytes, &message));
  std::vector<Change> changes;
  changes.reserve(message.entries_size());
  for (v1::ChangeEntry& entry : *message.mutable_entries()) {
    const std::optional<ResourceKind> kind =
        ResourceKindFromNumber(entry.kind());
    const bool known = entry.operation() == v1::ChangeEntry::OPERATION_PUT ||
                       entry.operation() == v1::ChangeEntry::OPERATION_DELETE;
    if (!kind.has_value() || !known) {
      return absl::DataLossError("change log has an unknown kind or operation");
    }
    changes.push_back(
        {.kind = *kind,
         .name = std::move(*entry.mutable_name()),
         .operation = entry.operation() == v1::ChangeEntry::OPERATION_PUT
                          ? Operation::kPut
                          : Operation::kDelete});
  }
  return changes;
}

// How far the log was pruned, with the revision of that entry.
struct LogStart {
  Revision pruned_through = 0;
  Revision mod_revision = 0;
};

absl::StatusOr<LogStart> ReadLogStart(const KeyValueStore& store,
                                      const Snapshot* snapshot) {
  KUGGE_ASSIGN_OR_RETURN(
      const std::optional<VersionedValue> found,
      store.Get(MetaKey(MetaField::kChangeLogStart), snapshot));
  if (!found.has_value()) return LogStart{};
  v1::ChangeLogStart message;
  KUGGE_RETURN_IF_ERROR(DecodeRecord(found->value, &message));
  return LogStart{.pruned_through = message.pruned_through_revision(),
                  .mod_revision = found->mod_revision};
}

}  // namespace

std::string EncodeChanges(absl::Span<const Change> changes) {
  v1::ChangeSet message;
  for (const Change& change : changes) {
    v1::ChangeEntry* entry = message.add_entries();
    entry->set_kind(static_cast<uint32_t>(change.kind));
    entry->set_name(change.name);
    entry->set_operation(change.operation == Operation::kPut
                             ? v1::ChangeEntry::OPERATION_PUT
                             : v1::ChangeEntry::OPERATION_DELETE);
  }
  return EncodeRecord(message);
}

absl::StatusOr<std::vector<ChangeSet>> ReadChanges(const KeyValueStore& store,
                                                   Revision after, size_t limit,
                                                   const Snapshot* snapshot) {
  // One view for both reads, or a prune between them would leave a gap.
  std::unique_ptr<Snapshot> own;
  if (snapshot == nullptr) {
    KUGGE_ASSIGN_OR_RETURN(own, store.TakeSnapshot());
    snapshot = own.get();
  }
  KUGGE_ASSIGN_OR_RETURN(const LogStart start, ReadLogStart(store, snapshot));
  if (after < start.pruned_through) {
    return absl::OutOfRangeError(
        absl::StrCat("change log starts after revision ", start.pruned_through,
                     ", asked for what came after ", after));
  }
  KUGGE_ASSIGN_OR_RETURN(const std::unique_ptr<Cursor> cursor,
                         store.Scan(ChangeRangeFrom(after + 1), snapshot));
  std::vector<ChangeSet> sets;
  size_t gathered = 0;
  for (; cursor->Valid() && (sets.empty() || gathered < limit);
       cursor->Next()) {
    ChangeSet set;
    KUGGE_ASSIGN_OR_RETURN(set.revision, ParseChangeKey(cursor->key()));
    KUGGE_ASSIGN_OR_RETURN(set.changes, DecodeChanges(cursor->value()));
    gathered += set.changes.size();
    sets.push_back(std::move(set));
  }
  KUGGE_RETURN_IF_ERROR(cursor->status());
  return sets;
}

absl::StatusOr<size_t> PruneChangesThrough(KeyValueStore& store,
                                           Revision through, size_t limit) {
  KUGGE_ASSIGN_OR_RETURN(const LogStart start, ReadLogStart(store, nullptr));
  KUGGE_ASSIGN_OR_RETURN(const std::unique_ptr<Cursor> cursor,
                         store.Scan(ChangeRange(0, through + 1), nullptr));
  WriteSet writes;
  size_t removed = 0;
  v1::ChangeLogStart message;
  for (; cursor->Valid() && removed < limit; cursor->Next(), ++removed) {
    KUGGE_ASSIGN_OR_RETURN(const Revision revision,
                           ParseChangeKey(cursor->key()));
    message.set_pruned_through_revision(revision);
    writes.Delete(std::string(cursor->key()));
  }
  KUGGE_RETURN_IF_ERROR(cursor->status());
  if (removed == 0) return size_t{0};
  const std::string key = MetaKey(MetaField::kChangeLogStart);
  writes.Put(key, EncodeRecord(message));
  KUGGE_RETURN_IF_ERROR(
      store.Commit(writes, {Precondition::AtRevision(key, start.mod_revision)})
          .status());
  return removed;
}

absl::StatusOr<Revision> ChangeLogCutoff(const KeyValueStore& store,
                                         size_t keep) {
  KUGGE_ASSIGN_OR_RETURN(const std::unique_ptr<Cursor> cursor,
                         store.Scan(ChangeRangeFrom(0), nullptr));
  std::deque<Revision> newest;
  Revision cutoff = 0;
  for (; cursor->Valid(); cursor->Next()) {
    KUGGE_ASSIGN_OR_RETURN(const Revision revision,
                           ParseChangeKey(cursor->key()));
    newest.push_back(revision);
    if (newest.size() > keep) {
      cutoff = newest.front();
      newest.pop_front();
    }
  }
  KUGGE_RETURN_IF_ERROR(cursor->status());
  return cutoff;
}

}  // namespace kugge::storage
