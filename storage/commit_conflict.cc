#include "storage/commit_conflict.h"

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace kugge::storage {
namespace {

using Cause = CommitConflict::Cause;

constexpr char kConflictPayload[] = "kugge.storage/commit-conflict";

absl::Status Describe(const CommitConflict& conflict) {
  const std::string& name = conflict.name;
  switch (conflict.cause) {
    case Cause::kExists:
      return absl::AlreadyExistsError(absl::StrCat(name, " exists already"));
    case Cause::kMissing:
      return absl::NotFoundError(absl::StrCat(name, " does not exist"));
    case Cause::kStale:
      return absl::AbortedError(absl::StrCat(
          name, " was changed meanwhile: read it again and repeat"));
    case Cause::kParentMissing:
      return absl::NotFoundError(
          absl::StrCat("parent ", name, " does not exist"));
    case Cause::kHasChildren:
      return absl::FailedPreconditionError(
          absl::StrCat(name, " still has resources below it"));
    case Cause::kExternalIdTaken:
      return absl::AlreadyExistsError(
          absl::StrCat("external_id of ", name,
                       " belongs to another resource below the same parent"));
    case Cause::kRequestSeen:
      return absl::AbortedError("request_id was used meanwhile");
    case Cause::kTaxonomySwitched:
      return absl::AbortedError(absl::StrCat(
          "another taxonomy came into force while ", name, " was prepared"));
  }
  return absl::InternalError("unknown commit conflict");
}

}  // namespace

absl::Status ConflictError(const CommitConflict& conflict) {
  absl::Status status = Describe(conflict);
  status.SetPayload(
      kConflictPayload,
      absl::Cord(absl::string_view(
          absl::StrCat(static_cast<int>(conflict.cause), " ", conflict.name))));
  return status;
}

std::optional<CommitConflict> GetCommitConflict(const absl::Status& status) {
  const auto payload = status.GetPayload(kConflictPayload);
  if (!payload.has_value()) return std::nullopt;
  const std::string text(*payload);
  const size_t space = text.find(' ');
  int cause = 0;
  if (space == std::string::npos ||
      !absl::SimpleAtoi(absl::string_view(text).substr(0, space), &cause)) {
    return std::nullopt;
  }
  return CommitConflict{.cause = static_cast<Cause>(cause),
                        .name = text.substr(space + 1)};
}

}  // namespace kugge::storage
