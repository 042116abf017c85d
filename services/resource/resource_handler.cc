#include "services/resource/resource_handler.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "kugge/v1/common.pb.h"
#include "services/resource/fields.h"
#include "services/resource/rehearsal.h"
#include "services/rpc/errors.h"
#include "services/rpc/resource_name.h"
#include "storage/commit_conflict.h"
#include "storage/etag.h"

namespace kugge::resource {
namespace {

using google::protobuf::Message;
using storage::CommitConflict;
using storage::Revision;

// How often a write without an etag is planned anew when another came first.
constexpr int kAttempts = 8;

std::string DeterministicBytes(const Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeWithCachedSizes(&coded);
  return bytes;
}

const google::protobuf::FieldMask& MaskOf(const Message& request) {
  return *google::protobuf::down_cast<const google::protobuf::FieldMask*>(
      &GetMessage(request, "update_mask"));
}

bool IsLostRace(const absl::Status& status) {
  const std::optional<CommitConflict> conflict =
      storage::GetCommitConflict(status);
  return conflict.has_value() &&
         (conflict->cause == CommitConflict::Cause::kStale ||
          conflict->cause == CommitConflict::Cause::kRequestSeen);
}

std::string IdField(const ResourceType& type) {
  return absl::StrCat(type.singular, "_id");
}

// The requests of a batch stand in its field `requests`; each must stay below
// the batch's parent.
absl::Status CheckWithin(absl::string_view name, absl::string_view parent,
                         absl::string_view path) {
  if (rpc::IsWithin(name, parent)) return absl::OkStatus();
  return rpc::InvalidField(
      path, absl::StrCat("is ", rpc::Quoted(name), "; must be below ",
                         rpc::Quoted(parent)));
}

absl::StatusOr<PlannedWrite> PlanCreate(const WritePlanner& planner,
                                        WriteScope scope,
                                        const Message& request) {
  scope.path = absl::StrCat(scope.path, scope.type.singular);
  return planner.Create(scope, GetString(request, "parent"),
                        GetString(request, IdField(scope.type)),
                        GetMessage(request, scope.type.singular));
}

absl::StatusOr<PlannedWrite> PlanUpdate(const WritePlanner& planner,
                                        WriteScope scope,
                                        const Message& request) {
  scope.path = absl::StrCat(scope.path, scope.type.singular);
  return planner.Update(scope, GetMessage(request, scope.type.singular),
                        MaskOf(request));
}

}  // namespace

absl::Status CommitError(const absl::Status& status) {
  const std::optional<CommitConflict> conflict =
      storage::GetCommitConflict(status);
  if (!conflict.has_value()) return status;
  switch (conflict->cause) {
    case CommitConflict::Cause::kExists:
      return rpc::AlreadyExists(conflict->name);
    case CommitConflict::Cause::kMissing:
    case CommitConflict::Cause::kParentMissing:
      return rpc::NotFound(conflict->name);
    case CommitConflict::Cause::kHasChildren:
      return rpc::PreconditionFailed(
          "HAS_CHILDREN", conflict->name,
          absl::StrCat(conflict->name,
                       " has resources below it; delete those first"));
    case CommitConflict::Cause::kExternalIdTaken:
      return rpc::ErrorWithReason(
          absl::StatusCode::kAlreadyExists, "EXTERNAL_ID_TAKEN",
          "external_id: another resource below the same parent has it; must be "
          "unique there");
    case CommitConflict::Cause::kStale:
    case CommitConflict::Cause::kRequestSeen:
    case CommitConflict::Cause::kTaxonomySwitched:
      return rpc::ErrorWithReason(absl::StatusCode::kAborted, "CONFLICT",
                                  status.message());
  }
  return status;
}

absl::StatusOr<std::shared_ptr<const index::PublishedView>>
ResourceHandler::View(Context& call) const {
  const auto wanted = static_cast<Revision>(call.min_revision);
  std::shared_ptr<const index::PublishedView> view = index_.Latest();
  if (view->revision < wanted) {
    KUGGE_RETURN_IF_ERROR(index_.CatchUp(wanted));
    view = index_.Latest();
    if (view->revision < wanted) {
      return rpc::NotReady(
          absl::Seconds(1),
          absl::StrCat("revision ", wanted, " isn't reached yet; at ",
                       view->revision));
    }
  }
  call.revision = static_cast<int64_t>(view->revision);
  return view;
}

absl::Status ResourceHandler::Get(const ResourceType& type,
                                  const Message& request, Context& call,
                                  Message* resource) const {
  KUGGE_ASSIGN_OR_RETURN(const auto view, View(call));
  const std::string name = GetString(request, "name");
  const absl::StatusOr<Revision> revision =
      repository_.Get(type.kind, name, view->snapshot.get(), resource);
  if (absl::IsNotFound(revision.status())) return rpc::NotFound(name);
  KUGGE_RETURN_IF_ERROR(revision.status());
  SetString(resource, "etag", storage::EtagOf(*revision));
  if (GetEnum(request, "view") == v1::RESOURCE_VIEW_BASIC) {
    KeepBasicFields(type, resource);
  }
  return absl::OkStatus();
}

absl::Status ResourceHandler::Create(const ResourceType& type,
                                     const Message& request, Context& call,
                                     Message* resource) const {
  const Plan plan = [&](const index::PublishedView& view)
      -> absl::StatusOr<std::vector<PlannedWrite>> {
    KUGGE_ASSIGN_OR_RETURN(
        PlannedWrite write,
        PlanCreate(planner_, {type, view, call.now, ""}, request));
    std::vector<PlannedWrite> writes;
    writes.push_back(std::move(write));
    return writes;
  };
  return Write(type, request, call, plan,
               [&](const Message& written) { resource->CopyFrom(written); });
}

absl::Status ResourceHandler::Update(const ResourceType& type,
                                     const Message& request, Context& call,
                                     Message* resource) const {
  const Plan plan = [&](const index::PublishedView& view)
      -> absl::StatusOr<std::vector<PlannedWrite>> {
    KUGGE_ASSIGN_OR_RETURN(
        PlannedWrite write,
        PlanUpdate(planner_, {type, view, call.now, ""}, request));
    std::vector<PlannedWrite> writes;
    writes.push_back(std::move(write));
    return writes;
  };
  return Write(type, request, call, plan,
               [&](const Message& written) { resource->CopyFrom(written); });
}

absl::Status ResourceHandler::Delete(const ResourceType& type,
                                     const Message& request,
                                     Context& call) const {
  const Plan plan = [&](const index::PublishedView& view)
      -> absl::StatusOr<std::vector<PlannedWrite>> {
    KUGGE_ASSIGN_OR_RETURN(
        PlannedWrite write,
        planner_.Delete({type, view, call.now, ""}, GetString(request, "name"),
                        GetString(request, "etag")));
    std::vector<PlannedWrite> writes;
    writes.push_back(std::move(write));
    return writes;
  };
  return Write(type, request, call, plan, [](const Message&) {});
}

absl::Status ResourceHandler::BatchCreate(const ResourceType& type,
                                          const Message& request, Context& call,
                                          Message* response) const {
  const std::string parent = GetString(request, "parent");
  const Plan plan = [&](const index::PublishedView& view)
      -> absl::StatusOr<std::vector<PlannedWrite>> {
    std::vector<PlannedWrite> writes;
    for (int i = 0; i < GetSize(request, "requests"); ++i) {
      const Message& one = GetElement(request, "requests", i);
      const std::string path = absl::StrCat("requests[", i, "].");
      KUGGE_RETURN_IF_ERROR(CheckWithin(GetString(one, "parent"), parent,
                                        absl::StrCat(path, "parent")));
      KUGGE_ASSIGN_OR_RETURN(
          PlannedWrite write,
          PlanCreate(planner_, {type, view, call.now, path}, one));
      writes.push_back(std::move(write));
    }
    return writes;
  };
  return Write(type, request, call, plan, [&](const Message& written) {
    AddElement(response, type.plural)->CopyFrom(written);
  });
}

absl::Status ResourceHandler::BatchUpdate(const ResourceType& type,
                                          const Message& request, Context& call,
                                          Message* response) const {
  const std::string parent = GetString(request, "parent");
  const Plan plan = [&](const index::PublishedView& view)
      -> absl::StatusOr<std::vector<PlannedWrite>> {
    std::vector<PlannedWrite> writes;
    for (int i = 0; i < GetSize(request, "requests"); ++i) {
      const Message& one = GetElement(request, "requests", i);
      const std::string path = absl::StrCat("requests[", i, "].");
      KUGGE_RETURN_IF_ERROR(
          CheckWithin(GetString(GetMessage(one, type.singular), "name"), parent,
                      absl::StrCat(path, type.singular, ".name")));
      KUGGE_ASSIGN_OR_RETURN(
          PlannedWrite write,
          PlanUpdate(planner_, {type, view, call.now, path}, one));
      writes.push_back(std::move(write));
    }
    return writes;
  };
  return Write(type, request, call, plan, [&](const Message& written) {
    AddElement(response, type.plural)->CopyFrom(written);
  });
}

absl::Status ResourceHandler::BatchDelete(const ResourceType& type,
                                          const Message& request,
                                          Context& call) const {
  const std::string parent = GetString(request, "parent");
  const Plan plan = [&](const index::PublishedView& view)
      -> absl::StatusOr<std::vector<PlannedWrite>> {
    std::vector<PlannedWrite> writes;
    for (int i = 0; i < GetSize(request, "requests"); ++i) {
      const Message& one = GetElement(request, "requests", i);
      KUGGE_RETURN_IF_ERROR(
          CheckWithin(GetString(one, "name"), parent,
                      absl::StrCat("requests[", i, "].name")));
      KUGGE_ASSIGN_OR_RETURN(
          PlannedWrite write,
          planner_.Delete({type, view, call.now, ""}, GetString(one, "name"),
                          GetString(one, "etag")));
      writes.push_back(std::move(write));
    }
    return writes;
  };
  return Write(type, request, call, plan, [](const Message&) {});
}

absl::Status ResourceHandler::Write(const ResourceType& type,
                                    const Message& request, Context& call,
                                    const Plan& plan, Answer answer) const {
  const storage::RequestId request_id = {
      .scope = absl::StrCat(call.caller, "/", request.GetDescriptor()->name()),
      .id = GetString(request, "request_id")};
  const std::string digest =
      request_id.id.empty() ? ""
                            : repository_.Digest(DeterministicBytes(request));
  absl::Status failure;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (call.cancelled()) return absl::CancelledError("the caller is gone");
    storage::RequestLookup seen;
    if (!request_id.id.empty()) {
      KUGGE_ASSIGN_OR_RETURN(
          seen, repository_.FindRequest(request_id, call.now, nullptr));
      if (seen.record.has_value()) {
        if (seen.record->digest != digest) {
          return rpc::ErrorWithReason(
              absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED",
              "request_id: was used for another request; must be new for each");
        }
        return Replay(type, *seen.record, call, answer);
      }
    }
    KUGGE_ASSIGN_OR_RETURN(const auto view, View(call));
    KUGGE_ASSIGN_OR_RETURN(const std::vector<PlannedWrite> writes, plan(*view));
    KUGGE_RETURN_IF_ERROR(CheckEachOnce(writes));
    if (GetBool(request, "validate_only")) {
      KUGGE_RETURN_IF_ERROR(
          Rehearse(repository_, view->snapshot.get(), writes));
      for (const PlannedWrite& write : writes) {
        if (write.after != nullptr) answer(*write.after);
      }
      return absl::OkStatus();
    }
    storage::RequestRecord record{digest, {}, call.now};
    for (const PlannedWrite& write : writes) {
      if (write.after != nullptr) record.resource_names.push_back(write.name);
    }
    const absl::StatusOr<Revision> revision =
        Commit(writes, request_id, std::move(record), seen.revision);
    if (!revision.ok()) {
      failure = revision.status();
      if (!IsLostRace(failure)) return CommitError(failure);
      // Plan anew at a view that shows what came first.
      KUGGE_RETURN_IF_ERROR(
          index_.CatchUp(repository_.store().LatestRevision()));
      continue;
    }
    KUGGE_RETURN_IF_ERROR(index_.CatchUp(*revision));
    call.revision = static_cast<int64_t>(*revision);
    for (const PlannedWrite& write : writes) {
      if (write.after == nullptr) continue;
      SetString(write.after.get(), "etag", storage::EtagOf(*revision));
      answer(*write.after);
    }
    return absl::OkStatus();
  }
  return CommitError(failure);
}

absl::StatusOr<Revision> ResourceHandler::Commit(
    const std::vector<PlannedWrite>& writes,
    const storage::RequestId& request_id, storage::RequestRecord record,
    Revision expected_record) const {
  storage::Transaction transaction = repository_.Begin();
  for (const PlannedWrite& write : writes) {
    KUGGE_RETURN_IF_ERROR(write.Stage(&transaction));
  }
  if (!request_id.id.empty()) {
    transaction.RecordRequest(request_id, std::move(record), expected_record);
  }
  return repository_.Commit(std::move(transaction));
}

absl::Status ResourceHandler::Replay(const ResourceType& type,
                                     const storage::RequestRecord& record,
                                     Context& call, Answer answer) const {
  KUGGE_RETURN_IF_ERROR(index_.CatchUp(repository_.store().LatestRevision()));
  KUGGE_ASSIGN_OR_RETURN(const auto view, View(call));
  for (const std::string& name : record.resource_names) {
    const auto resource = type.New();
    const absl::StatusOr<Revision> revision =
        repository_.Get(type.kind, name, view->snapshot.get(), resource.get());
    if (absl::IsNotFound(revision.status())) return rpc::NotFound(name);
    KUGGE_RETURN_IF_ERROR(revision.status());
    SetString(resource.get(), "etag", storage::EtagOf(*revision));
    answer(*resource);
  }
  return absl::OkStatus();
}

}  // namespace kugge::resource
