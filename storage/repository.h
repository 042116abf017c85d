// Resources as messages, over any store. Written once: a store knows keys and
// bytes, a service knows messages, and this is where they meet.
//
// Thread-safe. Reads with a null snapshot see the latest commit. A record that
// can't be decoded is DataLoss.
#ifndef KUGGE_STORAGE_REPOSITORY_H_
#define KUGGE_STORAGE_REPOSITORY_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "base/status_macros.h"
#include "storage/key_value_store.h"
#include "storage/records.h"
#include "storage/request_log.h"
#include "storage/resource_kind.h"
#include "storage/store_meta.h"
#include "storage/transaction.h"

namespace kugge::storage {

// A resource with the revision that its etag is made of (storage/etag.h).
template <typename M>
struct Stored {
  M resource;
  Revision revision = 0;
};

// Walks resources of one kind in the order of their names; used like Cursor.
class RecordCursor {
 public:
  explicit RecordCursor(std::unique_ptr<Cursor> cursor);

  bool Valid() const { return cursor_->Valid() && status_.ok(); }
  void Next();
  // The following need Valid(); the view lasts until Next().
  absl::string_view name() const { return name_; }
  Revision revision() const { return cursor_->mod_revision(); }
  absl::Status Read(google::protobuf::MessageLite* resource) const;
  // The record as it is kept, for DecodeRecord.
  absl::string_view record() const { return cursor_->value(); }
  absl::Status status() const;

 private:
  void ParseKey();

  std::unique_ptr<Cursor> cursor_;
  absl::string_view name_;
  absl::Status status_;
};

// What a listing starts from.
struct ListRange {
  // As NamePrefix takes it: "tenants/t", "tenants/t/employers/-", or "".
  std::string parent;
  // The listing starts after this name; empty = at the first.
  std::string start_after;
  size_t limit = 0;
};

// The taxonomy in force; no name and revision 0 when there is none.
struct TaxonomyChoice {
  std::string name;
  Revision revision = 0;
};

class Repository {
 public:
  // `store` must have been migrated (its own Open does that) and outlive the
  // repository.
  static absl::StatusOr<std::unique_ptr<Repository>> Open(KeyValueStore* store);

  KeyValueStore& store() const { return *store_; }
  const StoreMeta& meta() const { return meta_; }

  // Reads one resource and returns its revision. NotFound when it is absent.
  absl::StatusOr<Revision> Get(ResourceKind kind, absl::string_view name,
                               const Snapshot* snapshot,
                               google::protobuf::MessageLite* resource) const;
  // As Get, of the fields with these numbers alone: for who replaces the
  // resource and needs little of what was there.
  absl::StatusOr<Revision> GetFields(
      ResourceKind kind, absl::string_view name, absl::Span<const int> numbers,
      const Snapshot* snapshot, google::protobuf::MessageLite* resource) const;
  template <typename M>
  absl::StatusOr<Stored<M>> Get(ResourceKind kind, absl::string_view name,
                                const Snapshot* snapshot) const;

  // One answer per name, in their order; nothing where the resource is absent.
  template <typename M>
  absl::StatusOr<std::vector<std::optional<Stored<M>>>> MultiGet(
      ResourceKind kind, absl::Span<const std::string> names,
      const Snapshot* snapshot) const;

  // The resources of a parent (see ListRange) that come after `start_after`.
  absl::StatusOr<std::unique_ptr<RecordCursor>> Scan(
      ResourceKind kind, absl::string_view parent,
      absl::string_view start_after, const Snapshot* snapshot) const;
  // Every resource of the kind, whatever its parent.
  absl::StatusOr<std::unique_ptr<RecordCursor>> ScanAll(
      ResourceKind kind, const Snapshot* snapshot) const;
  template <typename M>
  absl::StatusOr<std::vector<Stored<M>>> List(ResourceKind kind,
                                              const ListRange& range,
                                              const Snapshot* snapshot) const;

  // Name of the `kind` resource directly below `parent` that has this
  // external id; NotFound when there is none.
  absl::StatusOr<std::string> FindByExternalId(ResourceKind kind,
                                               absl::string_view parent,
                                               absl::string_view external_id,
                                               const Snapshot* snapshot) const;

  absl::StatusOr<bool> HasChildren(ResourceKind kind, absl::string_view name,
                                   const Snapshot* snapshot) const;

  absl::StatusOr<TaxonomyChoice> TaxonomyInForce(
      const Snapshot* snapshot) const;

  absl::StatusOr<RequestLookup> FindRequest(const RequestId& request,
                                            absl::Time now,
                                            const Snapshot* snapshot) const;
  // The digest for RequestRecord: keyed, so that nobody can try contents
  // against it.
  std::string Digest(absl::string_view request_bytes) const;

  Transaction Begin() const { return Transaction(meta_.hash_key); }

  // Carries out all of `transaction` or nothing. When something it requires
  // does not hold: a status with a CommitConflict. After other errors the
  // outcome is unknown: read it back by FindRequest.
  absl::StatusOr<Revision> Commit(Transaction transaction);

  // Removes records of `kind` below `parent`, at most `limit` a call, without
  // change entries; for taxonomy versions out of force. Returns how many; 0 =
  // done.
  absl::StatusOr<size_t> DeleteUnlogged(ResourceKind kind,
                                        absl::string_view parent, size_t limit);

 private:
  Repository(KeyValueStore* store, StoreMeta meta)
      : store_(store), meta_(std::move(meta)) {}

  // The record; NotFound when it is absent.
  absl::StatusOr<VersionedValue> GetRecord(ResourceKind kind,
                                           absl::string_view name,
                                           const Snapshot* snapshot) const;
  absl::StatusOr<std::vector<std::optional<VersionedValue>>> MultiGetRecords(
      ResourceKind kind, absl::Span<const std::string> names,
      const Snapshot* snapshot) const;

  KeyValueStore* const store_;
  const StoreMeta meta_;
};

template <typename M>
absl::StatusOr<Stored<M>> Repository::Get(ResourceKind kind,
                                          absl::string_view name,
                                          const Snapshot* snapshot) const {
  Stored<M> stored;
  KUGGE_ASSIGN_OR_RETURN(stored.revision,
                         Get(kind, name, snapshot, &stored.resource));
  return stored;
}

template <typename M>
absl::StatusOr<std::vector<std::optional<Stored<M>>>> Repository::MultiGet(
    ResourceKind kind, absl::Span<const std::string> names,
    const Snapshot* snapshot) const {
  KUGGE_ASSIGN_OR_RETURN(const auto found,
                         MultiGetRecords(kind, names, snapshot));
  std::vector<std::optional<Stored<M>>> resources(found.size());
  for (size_t i = 0; i < found.size(); ++i) {
    if (!found[i].has_value()) continue;
    resources[i].emplace();
    resources[i]->revision = found[i]->mod_revision;
    KUGGE_RETURN_IF_ERROR(
        DecodeRecord(found[i]->value, &resources[i]->resource));
  }
  return resources;
}

template <typename M>
absl::StatusOr<std::vector<Stored<M>>> Repository::List(
    ResourceKind kind, const ListRange& range, const Snapshot* snapshot) const {
  KUGGE_ASSIGN_OR_RETURN(const std::unique_ptr<RecordCursor> cursor,
                         Scan(kind, range.parent, range.start_after, snapshot));
  std::vector<Stored<M>> resources;
  for (; cursor->Valid() && resources.size() < range.limit; cursor->Next()) {
    Stored<M>& stored = resources.emplace_back();
    stored.revision = cursor->revision();
    KUGGE_RETURN_IF_ERROR(cursor->Read(&stored.resource));
  }
  KUGGE_RETURN_IF_ERROR(cursor->status());
  return resources;
}

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_REPOSITORY_H_
