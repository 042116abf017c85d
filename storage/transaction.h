// Stages what one commit does to resources: the records, their external ids,
// the change entries, the request that asked for it, and what must hold for
// the commit to happen. Reads nothing; Repository::Commit carries it out.
//
// A resource is any message with a string field `name`, and perhaps one named
// `external_id`, which then is unique among resources of its kind below the
// same parent. Every resource can be staged once only.
#ifndef KUGGE_STORAGE_TRANSACTION_H_
#define KUGGE_STORAGE_TRANSACTION_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "storage/commit_conflict.h"
#include "storage/key_value_store.h"
#include "storage/request_log.h"
#include "storage/resource_kind.h"

namespace google::protobuf {
class Message;
}  // namespace google::protobuf

namespace kugge::storage {

class Transaction {
 public:
  // Made by Repository::Begin. `hash_key` is that of the store.
  explicit Transaction(std::string hash_key) : hash_key_(std::move(hash_key)) {}

  // All of these answer InvalidArgument for a malformed name, a resource
  // staged before, or a message without a name; AlreadyExists for an external
  // id that another resource of this transaction takes.

  // The name must be free and the parent must exist, in the store or earlier
  // in this transaction.
  absl::Status Create(ResourceKind kind,
                      const google::protobuf::Message& resource);

  // Replaces `before`, as read at `before_revision`, by `after`. Of `before`
  // the fields `name` and `external_id` are enough.
  absl::Status Update(ResourceKind kind,
                      const google::protobuf::Message& before,
                      Revision before_revision,
                      const google::protobuf::Message& after);

  // Removes `before`, as read at `before_revision`, which must have nothing
  // below it, and the idempotency entries that name it.
  absl::Status Delete(ResourceKind kind,
                      const google::protobuf::Message& before,
                      Revision before_revision);

  // Writes the record alone: no precondition, no change entry, no external
  // id. For the parts of a taxonomy that is not in force yet.
  absl::Status PutUnlogged(ResourceKind kind,
                           const google::protobuf::Message& resource);

  // Adds a change entry for a resource that this transaction does not write.
  absl::Status LogChange(Change change);

  // The commit happens only if the resource still has this revision, or
  // exists, respectively.
  absl::Status RequireRevision(ResourceKind kind, absl::string_view name,
                               Revision revision);
  absl::Status RequireExists(ResourceKind kind, absl::string_view name);

  // Puts taxonomy `name` in force. `expected` is the revision that
  // Repository::TaxonomyInForce gave, 0 when none was in force.
  absl::Status SetTaxonomyInForce(absl::string_view name, Revision expected);

  // Keeps the request under its id. `expected` is RequestLookup::revision.
  void RecordRequest(const RequestId& request, RequestRecord record,
                     Revision expected);

 private:
  friend class Repository;

  // A commit ready for the store; conflicts[i] is what preconditions[i] means.
  struct Sealed {
    WriteSet writes;
    std::vector<Precondition> preconditions;
    std::vector<CommitConflict> conflicts;
  };

  // Who takes and who gives up an external id within this transaction.
  struct ExternalIdUse {
    std::string taken_by;
    bool given_up = false;
  };

  // Adds the external ids and the request to what was staged. The deletes of
  // earlier requests, already in `removals`, come before the new request.
  Sealed Seal(WriteSet removals) &&;

  // Checks the name and that the resource is staged for the first time.
  absl::Status Claim(ResourceKind kind, absl::string_view name);
  void Require(Precondition precondition, CommitConflict::Cause cause,
               absl::string_view name);
  absl::Status TakeExternalId(ResourceKind kind, absl::string_view name,
                              absl::string_view external_id);
  void GiveUpExternalId(ResourceKind kind, absl::string_view name,
                        absl::string_view external_id);

  std::string hash_key_;
  Sealed sealed_;
  std::set<std::string> staged_names_;
  std::set<std::string> deleted_names_;
  // Parents of what is created here.
  std::set<std::string> parents_;
  // By external id key.
  std::map<std::string, ExternalIdUse> external_ids_;
  // Hash and entry of the request.
  std::optional<std::pair<std::string, RequestRecord>> request_;
};

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_TRANSACTION_H_
