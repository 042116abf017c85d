#include "services/resource/rehearsal.h"

#include <cstddef>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "services/resource/fields.h"
#include "services/resource/resource_handler.h"
#include "services/rpc/errors.h"
#include "services/rpc/resource_name.h"
#include "storage/commit_conflict.h"

namespace kugge::resource {
namespace {

using Cause = storage::CommitConflict::Cause;

class Rehearsal {
 public:
  Rehearsal(const storage::Repository& repository,
            const storage::Snapshot* snapshot,
            std::span<const PlannedWrite> writes)
      : repository_(repository), snapshot_(snapshot), writes_(writes) {
    for (const PlannedWrite& write : writes) names_.insert(write.name);
  }

  absl::Status Run() {
    for (const PlannedWrite& write : writes_) {
      if (write.after == nullptr) {
        KUGGE_RETURN_IF_ERROR(CheckDeletion(write));
        continue;
      }
      if (write.before == nullptr) KUGGE_RETURN_IF_ERROR(CheckCreation(write));
      KUGGE_RETURN_IF_ERROR(CheckExternalId(write));
    }
    return absl::OkStatus();
  }

 private:
  static absl::Status Refused(Cause cause, absl::string_view name) {
    return CommitError(
        storage::ConflictError({.cause = cause, .name = std::string(name)}));
  }

  absl::StatusOr<bool> Exists(const ResourceType& type,
                              absl::string_view name) const {
    const absl::Status read =
        repository_.Get(type.kind, name, snapshot_, type.New().get()).status();
    if (absl::IsNotFound(read)) return false;
    KUGGE_RETURN_IF_ERROR(read);
    return true;
  }

  absl::Status CheckCreation(const PlannedWrite& write) const {
    const absl::string_view parent = rpc::ParentOf(write.name);
    if (const ResourceType* above = TypeOfName(parent); above != nullptr) {
      KUGGE_ASSIGN_OR_RETURN(const bool there, Exists(*above, parent));
      if (!there) return Refused(Cause::kParentMissing, parent);
    }
    KUGGE_ASSIGN_OR_RETURN(const bool taken, Exists(*write.type, write.name));
    return taken ? Refused(Cause::kExists, write.name) : absl::OkStatus();
  }

  absl::Status CheckDeletion(const PlannedWrite& write) const {
    KUGGE_ASSIGN_OR_RETURN(
        const bool above,
        repository_.HasChildren(write.type->kind, write.name, snapshot_));
    return above ? Refused(Cause::kHasChildren, write.name) : absl::OkStatus();
  }

  absl::Status CheckExternalId(const PlannedWrite& write) {
    const std::string id = GetString(*write.after, "external_id");
    if (id.empty()) return absl::OkStatus();
    const absl::string_view parent = rpc::ParentOf(write.name);
    const absl::Status taken = Refused(Cause::kExternalIdTaken, write.name);
    if (!external_ids_.insert(absl::StrCat(parent, " ", id)).second) {
      return taken;
    }
    const absl::StatusOr<std::string> holder =
        repository_.FindByExternalId(write.type->kind, parent, id, snapshot_);
    if (absl::IsNotFound(holder.status())) return absl::OkStatus();
    KUGGE_RETURN_IF_ERROR(holder.status());
    // Who is written too may give it up.
    return names_.contains(*holder) ? absl::OkStatus() : taken;
  }

  const storage::Repository& repository_;
  const storage::Snapshot* const snapshot_;
  const std::span<const PlannedWrite> writes_;
  std::set<std::string> names_;
  std::set<std::string> external_ids_;
};

}  // namespace

absl::Status Rehearse(const storage::Repository& repository,
                      const storage::Snapshot* snapshot,
                      std::span<const PlannedWrite> writes) {
  return Rehearsal(repository, snapshot, writes).Run();
}

absl::Status CheckEachOnce(std::span<const PlannedWrite> writes) {
  std::set<absl::string_view> seen;
  for (size_t i = 0; i < writes.size(); ++i) {
    if (seen.insert(writes[i].name).second) continue;
    return rpc::InvalidField(
        absl::StrCat("requests[", i, "]"),
        absl::StrCat("is about ", rpc::Quoted(writes[i].name),
                     ", as one before it; each must stand once"));
  }
  return absl::OkStatus();
}

}  // namespace kugge::resource
