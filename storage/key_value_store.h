// The seam between the program and whatever keeps its records: ordered keys,
// versioned values, snapshots, and atomic commits with preconditions.
//
// A later store commits through a replicated log. So a caller must not assume
// that a commit is local, that revisions are dense, or that a failed commit
// did not happen: after an error other than a failed precondition the outcome
// is unknown until it is read back (by its request id, for instance).
#ifndef KUGGE_STORAGE_KEY_VALUE_STORE_H_
#define KUGGE_STORAGE_KEY_VALUE_STORE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/resource_kind.h"

namespace kugge::storage {

// Number of a commit: each successful one gets a larger number than all before
// it. 0 is the store before its first commit. Numbers may be skipped.
using Revision = uint64_t;

// A value with the revision of the commit that wrote it.
struct VersionedValue {
  std::string value;
  Revision mod_revision = 0;
};

// Half-open range of keys in byte order. An empty `end` means no upper bound.
struct KeyRange {
  std::string begin;
  std::string end;
};

// The store as it was after one commit. Cheap to take and to hold. It may
// outlive the store object, but keeps the store's files open while it lives.
class Snapshot {
 public:
  virtual ~Snapshot() = default;
  // The last commit that the snapshot shows.
  virtual Revision revision() const = 0;
};

// Walks a range in key order at one snapshot. Used by one thread.
//   for (; cursor->Valid(); cursor->Next()) ...
//   KUGGE_RETURN_IF_ERROR(cursor->status());
class Cursor {
 public:
  virtual ~Cursor() = default;
  // False at the end of the range and after an error: then ask status().
  virtual bool Valid() const = 0;
  virtual void Next() = 0;
  // The following three need Valid(); the views last until Next().
  virtual absl::string_view key() const = 0;
  virtual absl::string_view value() const = 0;
  virtual Revision mod_revision() const = 0;
  virtual absl::Status status() const = 0;
};

// What a commit demands of the store before it.
struct Precondition {
  enum class Kind {
    kRevision,    // `key` was last written by `mod_revision`; 0 = absent
    kExists,      // `key` is there, whatever its revision
    kEmptyRange,  // no key in [key, end)
  };

  static Precondition AtRevision(std::string key, Revision mod_revision);
  static Precondition Absent(std::string key);
  static Precondition Exists(std::string key);
  static Precondition EmptyRange(KeyRange range);

  Kind kind = Kind::kRevision;
  std::string key;
  std::string end;
  Revision mod_revision = 0;
};

// Whether `precondition` holds when `actual` was found: the key's revision, or
// that of the range's first key; 0 = nothing there. For stores.
bool Holds(const Precondition& precondition, Revision actual);

// Which precondition made a commit fail; carried by its Aborted status.
struct FailedPrecondition {
  // Position in the list given to Commit.
  size_t index = 0;
  // Revision found: of the key, or of the range's first key; 0 when absent.
  Revision actual = 0;
};

// An Aborted status that carries `failed`. Its text names no key.
absl::Status PreconditionError(const FailedPrecondition& failed);

// What PreconditionError put in, or nothing for any other status.
std::optional<FailedPrecondition> GetFailedPrecondition(
    const absl::Status& status);

enum class Operation { kPut, kDelete };

// One entry of the change log, without the resource's body.
struct Change {
  ResourceKind kind;
  std::string name;
  Operation operation;
};

// What one commit writes. A later write of a key wins over an earlier one.
class WriteSet {
 public:
  struct Write {
    std::string key;
    // Absent = the key is deleted; deleting an absent key is fine.
    std::optional<std::string> value;
  };

  void Put(std::string key, std::string value);
  void Delete(std::string key);
  // The store writes the entries into the change log (storage/change_log.h)
  // under the revision that the commit gets.
  void LogChange(Change change);

  absl::Span<const Write> writes() const { return writes_; }
  absl::Span<const Change> changes() const { return changes_; }
  bool empty() const { return writes_.empty() && changes_.empty(); }
  // Bytes of keys and values, for bounding batches.
  size_t byte_size() const { return byte_size_; }

 private:
  std::vector<Write> writes_;
  std::vector<Change> changes_;
  size_t byte_size_ = 0;
};

// One commit on its way into a store.
struct CommitUnderWay {
  Revision revision = 0;
  const WriteSet* writes = nullptr;
};

// Is told of commits while they are written, so that work which follows from
// them can be done while the disk is waited for. What it is told of may not be
// shown to anybody before it is durable. The calls come one at a time, from the
// threads that commit, which wait for them; they must not commit.
class CommitObserver {
 public:
  virtual ~CommitObserver() = default;
  // `commits` are being written as one unit, in the order of their revisions,
  // right after the commit `after` that reads see last. Their write sets last
  // until this returns. Written or Failed follows.
  virtual void Writing(Revision after,
                       absl::Span<const CommitUnderWay> commits) = 0;
  // The last of them is what `snapshot` shows.
  virtual void Written(std::shared_ptr<const Snapshot> snapshot) = 0;
  // None of them can be seen; their revisions don't come again.
  virtual void Failed() = 0;
};

// Thread-safe. Reads with a null snapshot see the latest commit. Errors:
// DataLoss for corrupt bytes, ResourceExhausted when the disk is full,
// Unavailable for input/output errors; after a failed commit reads still work.
class KeyValueStore {
 public:
  virtual ~KeyValueStore() = default;

  // The value, or nothing when the key is absent.
  virtual absl::StatusOr<std::optional<VersionedValue>> Get(
      absl::string_view key, const Snapshot* snapshot) const = 0;

  // One answer per key, in the order of `keys`, all at the same snapshot.
  virtual absl::StatusOr<std::vector<std::optional<VersionedValue>>> MultiGet(
      absl::Span<const std::string> keys, const Snapshot* snapshot) const = 0;

  // A cursor at the first key of `range`. With a null snapshot it shows the
  // latest commit before the call for as long as it lives.
  virtual absl::StatusOr<std::unique_ptr<Cursor>> Scan(
      const KeyRange& range, const Snapshot* snapshot) const = 0;

  virtual absl::StatusOr<std::unique_ptr<Snapshot>> TakeSnapshot() const = 0;

  // Writes all of `writes` or nothing, durably, and returns the commit's
  // revision; every later read and snapshot sees it. When a precondition does
  // not hold: Aborted with a FailedPrecondition, and nothing is written.
  virtual absl::StatusOr<Revision> Commit(
      const WriteSet& writes, absl::Span<const Precondition> preconditions) = 0;

  // Revision of the last commit that reads can see; 0 before the first.
  virtual Revision LatestRevision() const = 0;

  // Has `observer` told of the commits from now on, in place of the one before
  // it, of which no call is running any more when this returns; null: nobody.
  // Only a help: commits that came another way must be read from the change
  // log.
  virtual void Observe(CommitObserver* observer) = 0;
};

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_KEY_VALUE_STORE_H_
