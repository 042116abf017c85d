#include "storage/transaction.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <iterator>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "kugge/storage/v1/record.pb.h"
#include "storage/keys.h"
#include "storage/records.h"

namespace kugge::storage {
namespace {

using Cause = CommitConflict::Cause;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Null when messages of `type` have no such string field.
const FieldDescriptor* StringField(const Descriptor& type,
                                   const std::string& field) {
  const FieldDescriptor* const found = type.FindFieldByName(field);
  const bool fits = found != nullptr && !found->is_repeated() &&
                    found->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
  return fits ? found : nullptr;
}

// The fields of a resource that the store reads.
struct KnownFields {
  const Descriptor* type = nullptr;
  const FieldDescriptor* name = nullptr;
  const FieldDescriptor* external_id = nullptr;
};

// Of `message`'s type. Looked up by name once for a row of the same type.
const KnownFields& FieldsOf(const Message& message) {
  thread_local KnownFields last;
  const Descriptor* const type = message.GetDescriptor();
  if (last.type != type) {
    last = {.type = type,
            .name = StringField(*type, "name"),
            .external_id = StringField(*type, "external_id")};
  }
  return last;
}

// Empty without `field`. Points into `message`, which holds its strings as
// such.
absl::string_view Text(const Message& message, const FieldDescriptor* field) {
  if (field == nullptr) return {};
  std::string unused;
  return message.GetReflection()->GetStringReference(message, field, &unused);
}

absl::string_view NameOf(const Message& message) {
  return Text(message, FieldsOf(message).name);
}

absl::string_view ExternalIdOf(const Message& message) {
  return Text(message, FieldsOf(message).external_id);
}

}  // namespace

absl::Status Transaction::Create(ResourceKind kind, const Message& resource) {
  const std::string name(NameOf(resource));
  const std::optional<ResourceKind> parent_kind = ParentKind(kind, name);
  const std::string parent(ParentName(name));
  const bool parent_staged = staged_names_.contains(parent);
  KUGGE_RETURN_IF_ERROR(Claim(kind, name));
  if (deleted_names_.contains(parent)) {
    return ConflictError({.cause = Cause::kParentMissing, .name = parent});
  }
  parents_.insert(parent);
  KUGGE_RETURN_IF_ERROR(TakeExternalId(kind, name, ExternalIdOf(resource)));
  if (parent_kind.has_value() && !parent_staged) {
    Require(Precondition::Exists(RecordKey(*parent_kind, parent)),
            Cause::kParentMissing, parent);
  }
  Require(Precondition::Absent(RecordKey(kind, name)), Cause::kExists, name);
  sealed_.writes.Put(RecordKey(kind, name), EncodeRecord(resource));
  sealed_.writes.LogChange({kind, name, Operation::kPut});
  return absl::OkStatus();
}

absl::Status Transaction::Update(ResourceKind kind, const Message& before,
                                 Revision before_revision,
                                 const Message& after) {
  std::string name(NameOf(after));
  if (NameOf(before) != name) {
    return absl::InvalidArgumentError(
        absl::StrCat(name, " can't be renamed: names are for life"));
  }
  KUGGE_RETURN_IF_ERROR(Claim(kind, name));
  const absl::string_view old_id = ExternalIdOf(before);
  const absl::string_view new_id = ExternalIdOf(after);
  if (old_id != new_id) {
    KUGGE_RETURN_IF_ERROR(TakeExternalId(kind, name, new_id));
    GiveUpExternalId(kind, name, old_id);
  }
  std::string key = RecordKey(kind, name);
  Require(Precondition::AtRevision(key, before_revision), Cause::kStale, name);
  sealed_.writes.Put(std::move(key), EncodeRecord(after));
  sealed_.writes.LogChange({kind, std::move(name), Operation::kPut});
  return absl::OkStatus();
}

absl::Status Transaction::Delete(ResourceKind kind, const Message& before,
                                 Revision before_revision) {
  const std::string name(NameOf(before));
  KUGGE_RETURN_IF_ERROR(Claim(kind, name));
  if (parents_.contains(name)) {
    return ConflictError({.cause = Cause::kHasChildren, .name = name});
  }
  GiveUpExternalId(kind, name, ExternalIdOf(before));
  Require(Precondition::AtRevision(RecordKey(kind, name), before_revision),
          Cause::kStale, name);
  for (const ResourceKind child : ChildKinds(kind)) {
    Require(Precondition::EmptyRange(
                RecordRange(child, absl::StrCat(name, "/"), "")),
            Cause::kHasChildren, name);
  }
  sealed_.writes.Delete(RecordKey(kind, name));
  sealed_.writes.LogChange({kind, name, Operation::kDelete});
  deleted_names_.insert(name);
  return absl::OkStatus();
}

absl::Status Transaction::PutUnlogged(ResourceKind kind,
                                      const Message& resource) {
  const std::string name(NameOf(resource));
  KUGGE_RETURN_IF_ERROR(Claim(kind, name));
  sealed_.writes.Put(RecordKey(kind, name), EncodeRecord(resource));
  return absl::OkStatus();
}

absl::Status Transaction::LogChange(Change change) {
  KUGGE_RETURN_IF_ERROR(CheckName(change.kind, change.name));
  sealed_.writes.LogChange(std::move(change));
  return absl::OkStatus();
}

absl::Status Transaction::RequireRevision(ResourceKind kind,
                                          absl::string_view name,
                                          Revision revision) {
  KUGGE_RETURN_IF_ERROR(CheckName(kind, name));
  Require(Precondition::AtRevision(RecordKey(kind, name), revision),
          Cause::kStale, name);
  return absl::OkStatus();
}

absl::Status Transaction::RequireExists(ResourceKind kind,
                                        absl::string_view name) {
  KUGGE_RETURN_IF_ERROR(CheckName(kind, name));
  Require(Precondition::Exists(RecordKey(kind, name)), Cause::kMissing, name);
  return absl::OkStatus();
}

absl::Status Transaction::SetTaxonomyInForce(absl::string_view name,
                                             Revision expected) {
  KUGGE_RETURN_IF_ERROR(CheckName(ResourceKind::kTaxonomy, name));
  v1::TaxonomyInForce in_force;
  in_force.set_name(std::string(name));
  const std::string key = MetaKey(MetaField::kTaxonomyInForce);
  Require(Precondition::AtRevision(key, expected), Cause::kTaxonomySwitched,
          name);
  sealed_.writes.Put(key, EncodeRecord(in_force));
  return absl::OkStatus();
}

void Transaction::RecordRequest(const RequestId& request, RequestRecord record,
                                Revision expected) {
  std::string hash = RequestHash(hash_key_, request);
  Require(Precondition::AtRevision(RequestKey(hash), expected),
          Cause::kRequestSeen, "");
  request_.emplace(std::move(hash), std::move(record));
}

Transaction::Sealed Transaction::Seal(WriteSet removals) && {
  for (const auto& [key, use] : external_ids_) {
    if (use.taken_by.empty()) {
      sealed_.writes.Delete(key);
      continue;
    }
    // One given up here belongs to a resource whose revision is required, so
    // nobody else can have it.
    if (!use.given_up) {
      Require(Precondition::Absent(key), Cause::kExternalIdTaken, use.taken_by);
    }
    v1::ExternalIdEntry entry;
    entry.set_name(use.taken_by);
    sealed_.writes.Put(key, EncodeRecord(entry));
  }
  for (const WriteSet::Write& write : removals.writes()) {
    sealed_.writes.Delete(write.key);
  }
  if (request_.has_value()) {
    StageRequest(request_->first, request_->second, &sealed_.writes);
  }
  return std::move(sealed_);
}

absl::Status Transaction::Claim(ResourceKind kind, absl::string_view name) {
  KUGGE_RETURN_IF_ERROR(CheckName(kind, name));
  if (!staged_names_.insert(std::string(name)).second) {
    return absl::InvalidArgumentError(
        absl::StrCat(name, " occurs twice in one request"));
  }
  return absl::OkStatus();
}

void Transaction::Require(Precondition precondition, Cause cause,
                          absl::string_view name) {
  sealed_.preconditions.push_back(std::move(precondition));
  sealed_.conflicts.push_back({.cause = cause, .name = std::string(name)});
}

absl::Status Transaction::TakeExternalId(ResourceKind kind,
                                         absl::string_view name,
                                         absl::string_view external_id) {
  if (external_id.empty()) return absl::OkStatus();
  ExternalIdUse& use = external_ids_[ExternalIdKey(
      hash_key_, kind, ParentName(name), external_id)];
  if (!use.taken_by.empty()) {
    return ConflictError(
        {.cause = Cause::kExternalIdTaken, .name = std::string(name)});
  }
  use.taken_by = std::string(name);
  return absl::OkStatus();
}

void Transaction::GiveUpExternalId(ResourceKind kind, absl::string_view name,
                                   absl::string_view external_id) {
  if (external_id.empty()) return;
  external_ids_[ExternalIdKey(hash_key_, kind, ParentName(name), external_id)]
      .given_up = true;
}

}  // namespace kugge::storage
