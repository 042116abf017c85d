#include "storage/repository.h"

#include <google/protobuf/message_lite.h>

#include "absl/strings/str_cat.h"
#include "kugge/storage/v1/record.pb.h"
#include "storage/keyed_hash.h"
#include "storage/keys.h"

namespace kugge::storage {

RecordCursor::RecordCursor(std::unique_ptr<Cursor> cursor)
    : cursor_(std::move(cursor)) {
  ParseKey();
}

void RecordCursor::Next() {
  cursor_->Next();
  ParseKey();
}

void RecordCursor::ParseKey() {
  if (!cursor_->Valid()) return;
  const absl::StatusOr<RecordKeyParts> parts = ParseRecordKey(cursor_->key());
  status_ = parts.status();
  if (parts.ok()) name_ = parts->name;
}

absl::Status RecordCursor::Read(google::protobuf::MessageLite* resource) const {
  return DecodeRecord(cursor_->value(), resource);
}

absl::Status RecordCursor::status() const {
  return status_.ok() ? cursor_->status() : status_;
}

absl::StatusOr<std::unique_ptr<Repository>> Repository::Open(
    KeyValueStore* store) {
  KUGGE_ASSIGN_OR_RETURN(StoreMeta meta, ReadStoreMeta(*store));
  return std::unique_ptr<Repository>(new Repository(store, std::move(meta)));
}

absl::StatusOr<VersionedValue> Repository::GetRecord(
    ResourceKind kind, absl::string_view name, const Snapshot* snapshot) const {
  KUGGE_RETURN_IF_ERROR(CheckName(kind, name));
  KUGGE_ASSIGN_OR_RETURN(std::optional<VersionedValue> found,
                         store_->Get(RecordKey(kind, name), snapshot));
  if (!found.has_value()) {
    return absl::NotFoundError(absl::StrCat(name, " does not exist"));
  }
  return *std::move(found);
}

absl::StatusOr<Revision> Repository::Get(
    ResourceKind kind, absl::string_view name, const Snapshot* snapshot,
    google::protobuf::MessageLite* resource) const {
  KUGGE_ASSIGN_OR_RETURN(const VersionedValue found,
                         GetRecord(kind, name, snapshot));
  KUGGE_RETURN_IF_ERROR(DecodeRecord(found.value, resource));
  return found.mod_revision;
}

absl::StatusOr<Revision> Repository::GetFields(
    ResourceKind kind, absl::string_view name, absl::Span<const int> numbers,
    const Snapshot* snapshot, google::protobuf::MessageLite* resource) const {
  KUGGE_ASSIGN_OR_RETURN(const VersionedValue found,
                         GetRecord(kind, name, snapshot));
  KUGGE_RETURN_IF_ERROR(DecodeRecordFields(found.value, numbers, resource));
  return found.mod_revision;
}

absl::StatusOr<std::vector<std::optional<VersionedValue>>>
Repository::MultiGetRecords(ResourceKind kind,
                            absl::Span<const std::string> names,
                            const Snapshot* snapshot) const {
  std::vector<std::string> keys;
  keys.reserve(names.size());
  for (const std::string& name : names) {
    KUGGE_RETURN_IF_ERROR(CheckName(kind, name));
    keys.push_back(RecordKey(kind, name));
  }
  return store_->MultiGet(keys, snapshot);
}

absl::StatusOr<std::unique_ptr<RecordCursor>> Repository::Scan(
    ResourceKind kind, absl::string_view parent, absl::string_view start_after,
    const Snapshot* snapshot) const {
  KUGGE_ASSIGN_OR_RETURN(const std::string prefix, NamePrefix(kind, parent));
  KUGGE_ASSIGN_OR_RETURN(
      std::unique_ptr<Cursor> cursor,
      store_->Scan(RecordRange(kind, prefix, start_after), snapshot));
  return std::make_unique<RecordCursor>(std::move(cursor));
}

absl::StatusOr<std::unique_ptr<RecordCursor>> Repository::ScanAll(
    ResourceKind kind, const Snapshot* snapshot) const {
  KUGGE_ASSIGN_OR_RETURN(std::unique_ptr<Cursor> cursor,
                         store_->Scan(RecordRange(kind, "", ""), snapshot));
  return std::make_unique<RecordCursor>(std::move(cursor));
}

absl::StatusOr<std::string> Repository::FindByExternalId(
    ResourceKind kind, absl::string_view parent, absl::string_view external_id,
    const Snapshot* snapshot) const {
  // Checks that such a parent can have such children.
  KUGGE_RETURN_IF_ERROR(NamePrefix(kind, parent).status());
  KUGGE_ASSIGN_OR_RETURN(
      const std::optional<VersionedValue> found,
      store_->Get(ExternalIdKey(meta_.hash_key, kind, parent, external_id),
                  snapshot));
  if (!found.has_value()) {
    return absl::NotFoundError(
        absl::StrCat("no ", ResourceKindName(kind), " has this external_id"));
  }
  v1::ExternalIdEntry entry;
  KUGGE_RETURN_IF_ERROR(DecodeRecord(found->value, &entry));
  return std::move(*entry.mutable_name());
}

absl::StatusOr<bool> Repository::HasChildren(ResourceKind kind,
                                             absl::string_view name,
                                             const Snapshot* snapshot) const {
  KUGGE_RETURN_IF_ERROR(CheckName(kind, name));
  for (const ResourceKind child : ChildKinds(kind)) {
    KUGGE_ASSIGN_OR_RETURN(
        const std::unique_ptr<Cursor> cursor,
        store_->Scan(RecordRange(child, absl::StrCat(name, "/"), ""),
                     snapshot));
    KUGGE_RETURN_IF_ERROR(cursor->status());
    if (cursor->Valid()) return true;
  }
  return false;
}

absl::StatusOr<TaxonomyChoice> Repository::TaxonomyInForce(
    const Snapshot* snapshot) const {
  KUGGE_ASSIGN_OR_RETURN(
      const std::optional<VersionedValue> found,
      store_->Get(MetaKey(MetaField::kTaxonomyInForce), snapshot));
  if (!found.has_value()) return TaxonomyChoice{};
  v1::TaxonomyInForce in_force;
  KUGGE_RETURN_IF_ERROR(DecodeRecord(found->value, &in_force));
  return TaxonomyChoice{.name = std::move(*in_force.mutable_name()),
                        .revision = found->mod_revision};
}

absl::StatusOr<RequestLookup> Repository::FindRequest(
    const RequestId& request, absl::Time now, const Snapshot* snapshot) const {
  return storage::FindRequest(*store_, RequestHash(meta_.hash_key, request),
                              now, snapshot);
}

std::string Repository::Digest(absl::string_view request_bytes) const {
  return KeyedHash(meta_.hash_key, {"request digest", request_bytes});
}

absl::StatusOr<Revision> Repository::Commit(Transaction transaction) {
  WriteSet removals;
  for (const std::string& name : transaction.deleted_names_) {
    KUGGE_RETURN_IF_ERROR(StageRequestRemoval(*store_, name, &removals));
  }
  const Transaction::Sealed sealed =
      std::move(transaction).Seal(std::move(removals));
  absl::StatusOr<Revision> revision =
      store_->Commit(sealed.writes, sealed.preconditions);
  if (revision.ok()) return revision;
  const std::optional<FailedPrecondition> failed =
      GetFailedPrecondition(revision.status());
  if (!failed.has_value() || failed->index >= sealed.conflicts.size()) {
    return revision;
  }
  CommitConflict conflict = sealed.conflicts[failed->index];
  if (conflict.cause == CommitConflict::Cause::kStale && failed->actual == 0) {
    conflict.cause = CommitConflict::Cause::kMissing;
  }
  return ConflictError(conflict);
}

absl::StatusOr<size_t> Repository::DeleteUnlogged(ResourceKind kind,
                                                  absl::string_view parent,
                                                  size_t limit) {
  KUGGE_ASSIGN_OR_RETURN(const std::string prefix, NamePrefix(kind, parent));
  KUGGE_ASSIGN_OR_RETURN(const std::unique_ptr<Cursor> cursor,
                         store_->Scan(RecordRange(kind, prefix, ""), nullptr));
  WriteSet writes;
  size_t removed = 0;
  for (; cursor->Valid() && removed < limit; cursor->Next(), ++removed) {
    writes.Delete(std::string(cursor->key()));
  }
  KUGGE_RETURN_IF_ERROR(cursor->status());
  if (removed == 0) return size_t{0};
  KUGGE_RETURN_IF_ERROR(store_->Commit(writes, {}).status());
  return removed;
}

}  // namespace kugge::storage
