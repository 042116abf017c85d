#include "clients/population/taxonomy_files.h"

#include <google/protobuf/util/json_util.h>

#include <cstddef>
#include <iterator>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "base/status_macros.h"
#include "kugge/v1/taxonomy.pb.h"
#include "matching/taxonomy/builder.h"
#include "matching/taxonomy/concept.h"

namespace kugge::population {
namespace {

template <typename Repeated>
std::vector<std::string> Strings(const Repeated& field) {
  return {field.begin(), field.end()};
}

absl::StatusOr<matching::ConceptRecord> ToRecord(const v1::Concept& message) {
  const std::optional<matching::ConceptKind> kind =
      matching::ConceptKindFromName(message.type());
  if (!kind.has_value()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "type '", message.type(), "' is none of JobTech's concept types"));
  }
  matching::ConceptRecord record;
  record.id = message.id();
  record.kind = *kind;
  record.label = message.preferred_label();
  record.label_en = message.preferred_label_en();
  record.definition = message.definition();
  record.code = message.code();
  record.alternative_labels = Strings(message.alternative_labels());
  record.deprecated = message.deprecated();
  record.replaced_by = message.replaced_by();
  record.broader = Strings(message.broader());
  record.related = Strings(message.related());
  for (const v1::Substitute& substitute : message.substitutes()) {
    record.substitutes.push_back(
        {.id = substitute.concept_id(), .grade = substitute.grade()});
  }
  record.legacy_ids = Strings(message.legacy_ids());
  return record;
}

absl::StatusOr<std::vector<matching::ConceptRecord>> ReadLines(
    absl::string_view name, absl::string_view bytes) {
  std::vector<matching::ConceptRecord> records;
  size_t line_number = 0;
  for (const absl::string_view line : absl::StrSplit(bytes, '\n')) {
    ++line_number;
    if (line.empty() || line == "\r") continue;
    v1::Concept message;
    const auto parsed = google::protobuf::util::JsonStringToMessage(
        google::protobuf::StringPiece(line.data(), line.size()), &message);
    if (!parsed.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat(std::string(name), " line ", line_number, ": ",
                       std::string(parsed.message())));
    }
    absl::StatusOr<matching::ConceptRecord> record = ToRecord(message);
    if (!record.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat(std::string(name), " line ", line_number, ": ",
                       std::string(record.status().message())));
    }
    records.push_back(*std::move(record));
  }
  return records;
}

}  // namespace

absl::StatusOr<std::unique_ptr<const matching::Taxonomy>> ReadTaxonomy(
    const std::vector<std::pair<std::string, std::string>>& files) {
  matching::TaxonomyBuilder builder;
  for (const auto& [name, bytes] : files) {
    if (absl::EndsWith(name, ".jsonl")) {
      KUGGE_ASSIGN_OR_RETURN(std::vector<matching::ConceptRecord> records,
                             ReadLines(name, bytes));
      KUGGE_RETURN_IF_ERROR(builder.AddConcepts(name, std::move(records)));
      continue;
    }
    const absl::Status added = builder.AddFile(name, bytes);
    if (absl::IsAlreadyExists(added)) return added;
  }
  return builder.Finish("population");
}

}  // namespace kugge::population
