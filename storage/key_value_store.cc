#include "storage/key_value_store.h"

#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace kugge::storage {
namespace {

constexpr char kPreconditionPayload[] = "kugge.storage/failed-precondition";

}  // namespace

Precondition Precondition::AtRevision(std::string key, Revision mod_revision) {
  return {.kind = Kind::kRevision,
          .key = std::move(key),
          .end = {},
          .mod_revision = mod_revision};
}

Precondition Precondition::Absent(std::string key) {
  return AtRevision(std::move(key), 0);
}

Precondition Precondition::Exists(std::string key) {
  return {.kind = Kind::kExists,
          .key = std::move(key),
          .end = {},
          .mod_revision = 0};
}

Precondition Precondition::EmptyRange(KeyRange range) {
  return {.kind = Kind::kEmptyRange,
          .key = std::move(range.begin),
          .end = std::move(range.end),
          .mod_revision = 0};
}

bool Holds(const Precondition& precondition, Revision actual) {
  switch (precondition.kind) {
    case Precondition::Kind::kRevision:
      return actual == precondition.mod_revision;
    case Precondition::Kind::kExists:
      return actual != 0;
    case Precondition::Kind::kEmptyRange:
      return actual == 0;
  }
  return false;
}

absl::Status PreconditionError(const FailedPrecondition& failed) {
  absl::Status status = absl::AbortedError(absl::StrCat(
      "precondition ", failed.index + 1,
      " of the commit does not hold: found revision ", failed.actual));
  status.SetPayload(kPreconditionPayload,
                    absl::Cord(absl::string_view(
                        absl::StrCat(failed.index, " ", failed.actual))));
  return status;
}

std::optional<FailedPrecondition> GetFailedPrecondition(
    const absl::Status& status) {
  const auto payload = status.GetPayload(kPreconditionPayload);
  if (!payload.has_value()) return std::nullopt;
  const std::string text(*payload);
  const std::vector<absl::string_view> parts = absl::StrSplit(text, ' ');
  FailedPrecondition failed;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &failed.index) ||
      !absl::SimpleAtoi(parts[1], &failed.actual)) {
    return std::nullopt;
  }
  return failed;
}

void WriteSet::Put(std::string key, std::string value) {
  byte_size_ += key.size() + value.size();
  writes_.push_back({.key = std::move(key), .value = std::move(value)});
}

void WriteSet::Delete(std::string key) {
  byte_size_ += key.size();
  writes_.push_back({.key = std::move(key), .value = std::nullopt});
}

void WriteSet::LogChange(Change change) {
  byte_size_ += change.name.size();
  changes_.push_back(std::move(change));
}

}  // namespace kugge::storage
