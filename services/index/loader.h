// Records -> features: everything at a snapshot, what a run of changes touched,
// or what is being written.
#ifndef KUGGE_SERVICES_INDEX_LOADER_H_
#define KUGGE_SERVICES_INDEX_LOADER_H_

#include <memory>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "kugge/v1/employer.pb.h"
#include "matching/market.h"
#include "matching/taxonomy/taxonomy.h"
#include "services/features/extractor.h"
#include "services/features/interner.h"
#include "services/index/commit_feed.h"
#include "storage/repository.h"

namespace kugge::index {

// Names of resources that a run of changes touched, each once.
class TouchedResources {
 public:
  void Add(const storage::Change& change);

  bool taxonomy_changed() const { return taxonomy_changed_; }
  const std::set<std::string>& profiles() const { return profiles_; }
  const std::set<std::string>& requirements() const { return requirements_; }
  // Offerings touched themselves or through a session.
  const std::set<std::string>& offerings() const { return offerings_; }
  // Whose sites their requirements' places may come from.
  const std::set<std::string>& employers() const { return employers_; }
  // Whose municipalities people would move to.
  const std::set<std::string>& regions() const { return regions_; }

 private:
  bool taxonomy_changed_ = false;
  std::set<std::string> profiles_;
  std::set<std::string> requirements_;
  std::set<std::string> offerings_;
  std::set<std::string> employers_;
  std::set<std::string> regions_;
};

// Reads at one snapshot. Errors: DataLoss for a record that can't be read.
class Loader {
 public:
  Loader(const storage::Repository& repository,
         const storage::Snapshot& snapshot, features::Interners& interners)
      : repository_(repository), snapshot_(snapshot), interners_(interners) {}

  // The version in force; an empty name and taxonomy where there is none.
  absl::Status LoadTaxonomy(
      std::string* name,
      std::shared_ptr<const matching::Taxonomy>* taxonomy) const;

  absl::StatusOr<matching::MarketChanges> LoadAll(
      const matching::Taxonomy& taxonomy) const;

  absl::StatusOr<matching::MarketChanges> LoadTouched(
      const matching::Taxonomy& taxonomy,
      const TouchedResources& touched) const;

  // From the records handed over instead of those read; only profiles and
  // requirements. What they refer to is read, as it was before them.
  absl::StatusOr<matching::MarketChanges> LoadWritten(
      const matching::Taxonomy& taxonomy,
      absl::Span<const WrittenDocument> documents) const;

 private:
  features::RegionLookup Regions() const;
  // Reads the employer of a requirement unless `employer` is that one already.
  absl::Status LoadEmployerOf(absl::string_view requirement,
                              v1::Employer* employer) const;
  absl::Status AddProfilesMovingTo(const std::set<std::string>& regions,
                                   std::set<std::string>* profiles) const;
  absl::Status AddRequirementsOf(const std::set<std::string>& employers,
                                 std::set<std::string>* requirements) const;
  absl::Status LoadProfiles(const features::Extractor& extractor,
                            const std::set<std::string>& names,
                            matching::MarketChanges* changes) const;
  absl::Status LoadRequirements(const features::Extractor& extractor,
                                const std::set<std::string>& names,
                                matching::MarketChanges* changes) const;
  absl::Status LoadOfferings(const features::Extractor& extractor,
                             const std::set<std::string>& names,
                             matching::MarketChanges* changes) const;

  const storage::Repository& repository_;
  const storage::Snapshot& snapshot_;
  features::Interners& interners_;
};

}  // namespace kugge::index

#endif  // KUGGE_SERVICES_INDEX_LOADER_H_
