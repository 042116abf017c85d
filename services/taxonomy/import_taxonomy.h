// Imports a version of the taxonomy: the files are gathered and checked, the
// concepts written beside what is in force, and the switch is one commit. A
// refused or broken import leaves the version in force as it was.
#ifndef KUGGE_SERVICES_TAXONOMY_IMPORT_TAXONOMY_H_
#define KUGGE_SERVICES_TAXONOMY_IMPORT_TAXONOMY_H_

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/mutex.h"
#include "kugge/v1/taxonomy_service.pb.h"
#include "matching/taxonomy/taxonomy.h"
#include "services/index/index.h"
#include "services/rpc/request_context.h"
#include "services/rpc/validator.h"
#include "storage/repository.h"

namespace kugge::taxonomy {

// All files of an import together.
inline constexpr size_t kMaxImportBytes = 256u << 20;

// Thread-safe; imports take turns.
class TaxonomyImporter {
 public:
  // Blocks for the next piece; false at the end.
  using ReadPiece = std::function<bool(v1::ImportTaxonomyRequest* piece)>;

  // All outlive the importer.
  TaxonomyImporter(storage::Repository& repository, index::Index& index,
                   const rpc::Validator& validator)
      : repository_(repository), index_(index), validator_(validator) {}

  // InvalidArgument naming the file for one that can't be read as a whole;
  // AlreadyExists for a version that exists; ResourceExhausted beyond
  // kMaxImportBytes.
  absl::Status Import(const ReadPiece& read, rpc::RequestContext& call,
                      v1::ImportTaxonomyResponse* response);

 private:
  // What the pieces of a stream amount to.
  struct Upload {
    std::string taxonomy_id;
    bool validate_only = false;
    std::map<std::string, std::string> files;
  };

  absl::StatusOr<Upload> Gather(const ReadPiece& read,
                                rpc::RequestContext& call) const;
  absl::StatusOr<std::unique_ptr<const matching::Taxonomy>> Build(
      const std::string& name, const Upload& upload) const;
  absl::StatusOr<storage::Revision> Write(const matching::Taxonomy& taxonomy,
                                          const v1::Taxonomy& record,
                                          rpc::RequestContext& call)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status RemoveConcepts(const std::string& name)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status RemoveOldVersions(const std::string& in_force,
                                 const std::string& before)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  storage::Repository& repository_;
  index::Index& index_;
  const rpc::Validator& validator_;
  Mutex mutex_;
};

}  // namespace kugge::taxonomy

#endif  // KUGGE_SERVICES_TAXONOMY_IMPORT_TAXONOMY_H_
