#include "services/resource/write_planner.h"

#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "services/resource/fields.h"
#include "services/resource/references.h"
#include "services/rpc/field_mask.h"
#include "services/rpc/resource_name.h"
#include "services/rpc/resource_rules.h"
#include "storage/etag.h"

namespace kugge::resource {

using google::protobuf::Message;

namespace {

// Numbers of the fields that outlive a replacement: what Finish takes over and
// what the store asks for.
std::vector<int> OutlivingFields(const Message& prototype) {
  std::vector<int> numbers;
  for (const absl::string_view field :
       {"name", "external_id", "create_time", "version"}) {
    const auto* const found = FindField(prototype, field);
    if (found != nullptr) numbers.push_back(found->number());
  }
  return numbers;
}

}  // namespace

absl::Status PlannedWrite::Stage(storage::Transaction* transaction) const {
  if (before == nullptr) return transaction->Create(type->kind, *after);
  if (after == nullptr) {
    return transaction->Delete(type->kind, *before, before_revision);
  }
  return transaction->Update(type->kind, *before, before_revision, *after);
}

absl::StatusOr<PlannedWrite> WritePlanner::Create(
    const WriteScope& scope, absl::string_view parent, absl::string_view id,
    const Message& resource) const {
  PlannedWrite write;
  write.type = &scope.type;
  write.name = rpc::JoinName(parent, scope.type.plural,
                             id.empty() ? ids_.NewId() : std::string(id));
  write.after = scope.type.New();
  write.after->CopyFrom(resource);
  KUGGE_RETURN_IF_ERROR(Finish(scope, &write));
  return write;
}

absl::StatusOr<PlannedWrite> WritePlanner::Update(
    const WriteScope& scope, const Message& resource,
    const google::protobuf::FieldMask& mask) const {
  PlannedWrite write;
  write.type = &scope.type;
  const std::string name = GetString(resource, "name");
  if (name.empty()) {
    return rpc::InvalidField(absl::StrCat(scope.path, ".name"),
                             "is empty; must be the name of what changes");
  }
  if (absl::StartsWith(name, "regions/")) {
    return rpc::InvalidField(absl::StrCat(scope.path, ".name"),
                             absl::StrCat("is ", rpc::Quoted(name),
                                          ", an official region; only a "
                                          "tenant's own can be changed"));
  }
  KUGGE_RETURN_IF_ERROR(ReadBefore(scope, name, GetString(resource, "etag"),
                                   absl::StrCat(scope.path, ".etag"),
                                   Part::kAll, &write));
  write.after = scope.type.New();
  write.after->CopyFrom(*write.before);
  KUGGE_RETURN_IF_ERROR(rpc::ApplyMask(mask, resource, write.after.get()));
  KUGGE_RETURN_IF_ERROR(Finish(scope, &write));
  return write;
}

absl::StatusOr<PlannedWrite> WritePlanner::Delete(
    const WriteScope& scope, absl::string_view name,
    absl::string_view etag) const {
  PlannedWrite write;
  write.type = &scope.type;
  KUGGE_RETURN_IF_ERROR(
      ReadBefore(scope, name, etag, "etag", Part::kAll, &write));
  return write;
}

absl::StatusOr<PlannedWrite> WritePlanner::Replace(
    const WriteScope& scope, absl::string_view name,
    const Message& resource) const {
  PlannedWrite write;
  write.type = &scope.type;
  const absl::Status read = ReadBefore(scope, name, GetString(resource, "etag"),
                                       absl::StrCat(scope.path, ".etag"),
                                       Part::kOutlivingReplacement, &write);
  if (absl::IsNotFound(read)) {
    write.before.reset();
  } else {
    KUGGE_RETURN_IF_ERROR(read);
  }
  write.after = scope.type.New();
  write.after->CopyFrom(resource);
  KUGGE_RETURN_IF_ERROR(Finish(scope, &write));
  return write;
}

absl::Status WritePlanner::ReadBefore(const WriteScope& scope,
                                      absl::string_view name,
                                      absl::string_view etag,
                                      absl::string_view etag_path, Part part,
                                      PlannedWrite* write) const {
  write->name = std::string(name);
  write->before = scope.type.New();
  const storage::Snapshot* const snapshot = scope.view.snapshot.get();
  const absl::StatusOr<storage::Revision> revision =
      part == Part::kAll
          ? repository_.Get(scope.type.kind, name, snapshot,
                            write->before.get())
          : repository_.GetFields(scope.type.kind, name,
                                  OutlivingFields(*scope.type.prototype),
                                  snapshot, write->before.get());
  if (absl::IsNotFound(revision.status())) return rpc::NotFound(name);
  KUGGE_RETURN_IF_ERROR(revision.status());
  write->before_revision = *revision;
  if (etag.empty()) return absl::OkStatus();
  const absl::StatusOr<storage::Revision> wanted = storage::ParseEtag(etag);
  if (!wanted.ok()) {
    return rpc::InvalidField(
        etag_path, absl::StrCat("is ", rpc::Quoted(etag),
                                "; must be an etag as an answer gave it"));
  }
  if (*wanted != *revision) return rpc::StaleEtag(name);
  return absl::OkStatus();
}

absl::Status WritePlanner::Finish(const WriteScope& scope,
                                  PlannedWrite* write) const {
  Message* after = write->after.get();
  SetString(after, "name", write->name);
  // The etag is the record's revision and never stored.
  ClearField(after, "etag");
  if (write->before != nullptr) {
    SetTime(after, "create_time",
            absl::FromUnixMicros(GetTimeMicros(*write->before, "create_time")));
    SetInt(after, "version", GetInt(*write->before, "version") + 1);
  } else {
    SetTime(after, "create_time", scope.now);
    SetInt(after, "version", 1);
  }
  SetTime(after, "update_time", scope.now);

  rpc::Violations violations;
  validator_.Check(*after, scope.path, &violations);
  rpc::CheckResource(*after, scope.path, &violations);
  KUGGE_RETURN_IF_ERROR(CheckReferences(repository_, scope.view.snapshot.get(),
                                        *after, write->name, scope.path,
                                        &violations));
  return violations.ToStatus();
}

}  // namespace kugge::resource
