#include "services/taxonomy/import_taxonomy.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/status_macros.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/time_util.h"
#include "matching/taxonomy/builder.h"
#include "services/features/concepts.h"
#include "services/rpc/errors.h"
#include "services/rpc/formats.h"
#include "storage/transaction.h"

namespace kugge::taxonomy {
namespace {

using storage::ResourceKind;
using storage::Revision;

// Concepts of one commit, on the way in and on the way out.
constexpr size_t kConceptsPerCommit = 2000;
// Refusals of one file that are answered in words.
constexpr int kMostRefusals = 20;

bool IsOwnFormat(absl::string_view file) {
  return absl::EndsWith(file, ".jsonl");
}

// One Concept a line. InvalidArgument names the file and the line.
absl::StatusOr<std::vector<matching::ConceptRecord>> ReadOwnFormat(
    const std::string& file, const std::string& bytes) {
  std::vector<matching::ConceptRecord> records;
  int number = 0;
  for (const absl::string_view line : absl::StrSplit(bytes, '\n')) {
    ++number;
    if (line.empty()) continue;
    const std::string where = absl::StrCat("file ", file, ", line ", number);
    if (!rpc::LookAtText(line).valid_utf8) {
      return absl::InvalidArgumentError(absl::StrCat(where, ": isn't UTF-8"));
    }
    v1::Concept message;
    const auto parsed = google::protobuf::util::JsonStringToMessage(
        std::string(line), &message);
    if (!parsed.ok()) {
      // What the parser quotes may begin or end within a character.
      const absl::string_view why(parsed.message().data(),
                                  parsed.message().size());
      return absl::InvalidArgumentError(
          absl::StrCat(where, ": isn't a Concept in JSON",
                       rpc::LookAtText(why).valid_utf8 ? ": " : "",
                       rpc::LookAtText(why).valid_utf8 ? why : ""));
    }
    absl::StatusOr<matching::ConceptRecord> record =
        features::ToConceptRecord(message);
    if (!record.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat(where, ": ", record.status().message()));
    }
    records.push_back(*std::move(record));
  }
  return records;
}

void FillFile(const matching::SourceSummary& source, v1::ImportedFile* file) {
  file->set_file(source.file);
  file->set_role(source.kind);
  file->set_read(static_cast<int32_t>(source.read));
  file->set_added(static_cast<int32_t>(source.added));
  file->set_merged(static_cast<int32_t>(source.merged));
  file->set_relations(static_cast<int32_t>(source.relations));
  file->set_refused(static_cast<int32_t>(source.refused.count));
  for (const matching::Refusal& refusal : source.refused.first) {
    if (file->refusals_size() == kMostRefusals) break;
    file->add_refusals(absl::StrCat(refusal.where, ": ", refusal.reason));
  }
}

v1::Taxonomy RecordOf(const std::string& name,
                      const matching::Taxonomy& taxonomy, absl::Time now) {
  v1::Taxonomy record;
  record.set_name(name);
  std::map<std::string, v1::TypeCount> counts;
  size_t relations = 0;
  for (const matching::ConceptRecord& entry : taxonomy.concepts()) {
    const std::string type(matching::ConceptKindName(entry.kind));
    v1::TypeCount& count = counts[type];
    count.set_type(type);
    if (entry.deprecated) {
      count.set_deprecated(count.deprecated() + 1);
    } else {
      count.set_active(count.active() + 1);
    }
    relations +=
        entry.broader.size() + entry.related.size() + entry.substitutes.size();
  }
  for (auto& [type, count] : counts) {
    *record.add_concept_counts() = std::move(count);
  }
  record.set_relations(static_cast<int32_t>(relations));
  record.set_derived_relations(
      static_cast<int32_t>(taxonomy.related_skills().size()));
  for (const matching::SourceSummary& source : taxonomy.summary().sources) {
    FillFile(source, record.add_files());
  }
  *record.mutable_create_time() =
      google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(
          absl::ToUnixMicros(now));
  return record;
}

absl::Status CheckFileName(const std::string& file) {
  if (file.find('/') != std::string::npos ||
      file.find('\\') != std::string::npos) {
    return rpc::InvalidField(
        "file", absl::StrCat("is ", rpc::Quoted(file),
                             "; must be a file's name without its folders"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status TaxonomyImporter::Import(const ReadPiece& read,
                                      rpc::RequestContext& call,
                                      v1::ImportTaxonomyResponse* response) {
  KUGGE_ASSIGN_OR_RETURN(const Upload upload, Gather(read, call));
  const std::string name = absl::StrCat("taxonomies/", upload.taxonomy_id);
  MutexLock lock(&mutex_);
  v1::Taxonomy existing;
  const absl::Status exists =
      repository_.Get(ResourceKind::kTaxonomy, name, nullptr, &existing)
          .status();
  if (exists.ok()) return rpc::AlreadyExists(name);
  if (!absl::IsNotFound(exists)) return exists;

  KUGGE_ASSIGN_OR_RETURN(
      const std::unique_ptr<const matching::Taxonomy> taxonomy,
      Build(name, upload));
  v1::Taxonomy record = RecordOf(name, *taxonomy, call.now);
  if (!upload.validate_only) {
    const std::string before = index_.Latest()->taxonomy_name;
    KUGGE_ASSIGN_OR_RETURN(const Revision revision,
                           Write(*taxonomy, record, call));
    KUGGE_RETURN_IF_ERROR(index_.CatchUp(revision));
    call.revision = static_cast<int64_t>(revision);
    record.set_in_force(true);
    KUGGE_RETURN_IF_ERROR(RemoveOldVersions(name, before));
  }
  *response->mutable_taxonomy() = std::move(record);
  return absl::OkStatus();
}

absl::StatusOr<TaxonomyImporter::Upload> TaxonomyImporter::Gather(
    const ReadPiece& read, rpc::RequestContext& call) const {
  Upload upload;
  size_t bytes = 0;
  std::string current;
  bool first = true;
  for (v1::ImportTaxonomyRequest piece; read(&piece); piece.Clear()) {
    if (call.cancelled()) return absl::CancelledError("the caller is gone");
    rpc::Violations violations;
    validator_.Check(piece, "", &violations);
    KUGGE_RETURN_IF_ERROR(violations.ToStatus());
    KUGGE_RETURN_IF_ERROR(CheckFileName(piece.file()));
    if (first) {
      upload.taxonomy_id = piece.taxonomy_id();
      upload.validate_only = piece.validate_only();
      first = false;
    }
    if (piece.file() != current && upload.files.contains(piece.file())) {
      return rpc::InvalidField(
          "file", absl::StrCat("is ", rpc::Quoted(piece.file()),
                               " again; the pieces of a file must follow "
                               "each other"));
    }
    current = piece.file();
    bytes += piece.data().size();
    if (bytes > kMaxImportBytes) {
      return absl::ResourceExhaustedError(absl::StrCat(
          "data: more than ", kMaxImportBytes >> 20,
          " MiB together; an import holds one version of a taxonomy"));
    }
    upload.files[current] += piece.data();
  }
  if (upload.taxonomy_id.empty()) {
    return rpc::InvalidField(
        "taxonomy_id",
        "is empty on the first message; must be an id such as \"jobtech-25\"");
  }
  return upload;
}

absl::StatusOr<std::unique_ptr<const matching::Taxonomy>>
TaxonomyImporter::Build(const std::string& name, const Upload& upload) const {
  matching::TaxonomyBuilder builder;
  for (const auto& [file, bytes] : upload.files) {
    if (IsOwnFormat(file)) {
      KUGGE_ASSIGN_OR_RETURN(std::vector<matching::ConceptRecord> records,
                             ReadOwnFormat(file, bytes));
      KUGGE_RETURN_IF_ERROR(builder.AddConcepts(file, std::move(records)));
    } else {
      KUGGE_RETURN_IF_ERROR(builder.AddFile(file, bytes));
    }
  }
  const std::shared_ptr<const index::PublishedView> view = index_.Latest();
  return builder.Finish(
      name, view->taxonomy_name.empty() ? nullptr : view->taxonomy.get());
}

absl::StatusOr<Revision> TaxonomyImporter::Write(
    const matching::Taxonomy& taxonomy, const v1::Taxonomy& record,
    rpc::RequestContext& call) {
  // Concepts without their taxonomy's record are what a crash left behind.
  KUGGE_RETURN_IF_ERROR(RemoveConcepts(record.name()));
  const auto concepts = taxonomy.concepts();
  for (size_t begin = 0; begin < concepts.size(); begin += kConceptsPerCommit) {
    if (call.cancelled()) return absl::CancelledError("the caller is gone");
    storage::Transaction part = repository_.Begin();
    const size_t end = std::min(begin + kConceptsPerCommit, concepts.size());
    for (size_t i = begin; i < end; ++i) {
      KUGGE_RETURN_IF_ERROR(part.PutUnlogged(
          ResourceKind::kConcept,
          features::ToConceptMessage(record.name(), concepts[i])));
    }
    KUGGE_RETURN_IF_ERROR(repository_.Commit(std::move(part)).status());
  }
  // From here on the new version is in force, everywhere at once.
  KUGGE_ASSIGN_OR_RETURN(const storage::TaxonomyChoice before,
                         repository_.TaxonomyInForce(nullptr));
  storage::Transaction change = repository_.Begin();
  KUGGE_RETURN_IF_ERROR(change.Create(ResourceKind::kTaxonomy, record));
  KUGGE_RETURN_IF_ERROR(
      change.SetTaxonomyInForce(record.name(), before.revision));
  return repository_.Commit(std::move(change));
}

absl::Status TaxonomyImporter::RemoveConcepts(const std::string& name) {
  for (;;) {
    KUGGE_ASSIGN_OR_RETURN(const size_t removed, repository_.DeleteUnlogged(
                                                     ResourceKind::kConcept,
                                                     name, kConceptsPerCommit));
    if (removed == 0) return absl::OkStatus();
  }
}

absl::Status TaxonomyImporter::RemoveOldVersions(const std::string& in_force,
                                                 const std::string& before) {
  KUGGE_ASSIGN_OR_RETURN(
      const auto versions,
      repository_.List<v1::Taxonomy>(
          ResourceKind::kTaxonomy,
          {.parent = "", .start_after = "", .limit = 1000}, nullptr));
  for (const auto& version : versions) {
    const std::string& name = version.resource.name();
    if (name == in_force || name == before) continue;
    KUGGE_RETURN_IF_ERROR(RemoveConcepts(name));
    storage::Transaction removal = repository_.Begin();
    KUGGE_RETURN_IF_ERROR(removal.Delete(ResourceKind::kTaxonomy,
                                         version.resource, version.revision));
    KUGGE_RETURN_IF_ERROR(repository_.Commit(std::move(removal)).status());
  }
  return absl::OkStatus();
}

}  // namespace kugge::taxonomy
