#include "services/index/loader.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "base/ordered_workers.h"
#include "base/status_macros.h"
#include "kugge/v1/employer.pb.h"
#include "kugge/v1/offering.pb.h"
#include "kugge/v1/profile.pb.h"
#include "kugge/v1/requirement.pb.h"
#include "kugge/v1/taxonomy.pb.h"
#include "matching/geo/municipalities.h"
#include "services/features/concepts.h"
#include "services/index/index.h"
#include "storage/records.h"

namespace kugge::index {
namespace {

using storage::ParentName;
using storage::ResourceKind;
using storage::Stored;

constexpr size_t kRecordsPerRead = 512;
constexpr size_t kRecordsPerPiece = 2048;

template <typename Features>
typename matching::DocumentTable<Features>::Change Put(Features features) {
  const matching::DocumentId id = features.id;
  return {id, std::make_shared<const Features>(std::move(features))};
}

template <typename Features>
typename matching::DocumentTable<Features>::Change Removed(
    absl::string_view name) {
  return {features::DocumentIdOf(name), nullptr};
}

// Calls visit(message) for every record of the kind.
template <typename M, typename Visit>
absl::Status ForEach(const storage::Repository& repository, ResourceKind kind,
                     const storage::Snapshot& snapshot, Visit visit) {
  KUGGE_ASSIGN_OR_RETURN(const std::unique_ptr<storage::RecordCursor> cursor,
                         repository.ScanAll(kind, &snapshot));
  for (M message; cursor->Valid(); cursor->Next()) {
    KUGGE_RETURN_IF_ERROR(cursor->Read(&message));
    visit(message);
  }
  return cursor->status();
}

// What make(message, regions) gives for every record of the kind, in their
// order. Parsing is what takes the time, so all cores do it, each piece with
// `look_up()` of its own as its regions.
template <typename M, typename Features, typename LookUp, typename Make>
absl::Status MakeAll(
    const storage::Repository& repository, ResourceKind kind,
    const storage::Snapshot& snapshot, LookUp look_up, Make make,
    std::vector<typename matching::DocumentTable<Features>::Change>* all) {
  using Piece = std::vector<std::string>;
  using Made = std::vector<typename matching::DocumentTable<Features>::Change>;
  KUGGE_ASSIGN_OR_RETURN(const std::unique_ptr<storage::RecordCursor> cursor,
                         repository.ScanAll(kind, &snapshot));
  const size_t threads = std::max(1u, std::thread::hardware_concurrency());
  OrderedWorkers<Piece, Made> workers(
      {.threads = threads, .ahead = 4 * threads},
      [&]() -> std::optional<Piece> {
        if (!cursor->Valid()) return std::nullopt;
        Piece records;
        records.reserve(kRecordsPerPiece);
        for (; cursor->Valid() && records.size() < kRecordsPerPiece;
             cursor->Next()) {
          records.emplace_back(cursor->record());
        }
        return records;
      },
      [&](const Piece& records,
          const std::function<bool()>& stopped) -> absl::StatusOr<Made> {
        const features::RegionLookup regions = look_up();
        Made made;
        made.reserve(records.size());
        M message;
        for (const std::string& record : records) {
          if (stopped()) break;
          KUGGE_RETURN_IF_ERROR(storage::DecodeRecord(record, &message));
          made.push_back(Put(make(message, regions)));
        }
        return made;
      });
  for (;;) {
    KUGGE_ASSIGN_OR_RETURN(std::optional<Made> next,
                           workers.Next([] { return false; }));
    if (!next.has_value()) return cursor->status();
    all->insert(all->end(), std::make_move_iterator(next->begin()),
                std::make_move_iterator(next->end()));
  }
}

// Calls visit(name, message or null) for every name, in order.
template <typename M, typename Visit>
absl::Status ForEachNamed(const storage::Repository& repository,
                          ResourceKind kind, const storage::Snapshot& snapshot,
                          const std::set<std::string>& names, Visit visit) {
  std::vector<std::string> batch;
  for (auto it = names.begin(); it != names.end();) {
    batch.clear();
    for (; it != names.end() && batch.size() < kRecordsPerRead; ++it) {
      batch.push_back(*it);
    }
    KUGGE_ASSIGN_OR_RETURN(const auto found,
                           repository.MultiGet<M>(kind, batch, &snapshot));
    for (size_t i = 0; i < batch.size(); ++i) {
      KUGGE_RETURN_IF_ERROR(
          visit(batch[i], found[i] ? &found[i]->resource : nullptr));
    }
  }
  return absl::OkStatus();
}

}  // namespace

void TouchedResources::Add(const storage::Change& change) {
  switch (change.kind) {
    case ResourceKind::kProfile:
      profiles_.insert(change.name);
      break;
    case ResourceKind::kRequirement:
      requirements_.insert(change.name);
      break;
    case ResourceKind::kOffering:
      offerings_.insert(change.name);
      break;
    case ResourceKind::kSession:
      offerings_.insert(std::string(ParentName(change.name)));
      break;
    case ResourceKind::kEmployer:
      employers_.insert(change.name);
      break;
    case ResourceKind::kRegion:
      regions_.insert(change.name);
      break;
    case ResourceKind::kTaxonomy:
      // A version that goes away was not in force.
      if (change.operation == storage::Operation::kPut) {
        taxonomy_changed_ = true;
      }
      break;
    case ResourceKind::kTenant:
    case ResourceKind::kStrategy:
    case ResourceKind::kProvider:
    case ResourceKind::kConcept:
      break;  // nothing that scores
  }
}

std::vector<std::string> MunicipalitiesOf(const storage::Repository& repository,
                                          const storage::Snapshot* snapshot,
                                          absl::string_view region) {
  if (absl::StartsWith(region, "regions/")) {
    std::vector<std::string> codes;
    const matching::OfficialRegion* official = matching::FindOfficialRegion(
        region.substr(absl::string_view("regions/").size()));
    if (official == nullptr) return codes;
    for (const matching::MunicipalityIndex index : official->municipalities) {
      codes.emplace_back(matching::Municipalities()[index].code);
    }
    return codes;
  }
  const auto stored =
      repository.Get<v1::Region>(ResourceKind::kRegion, region, snapshot);
  if (!stored.ok()) return {};
  return {stored->resource.municipality_codes().begin(),
          stored->resource.municipality_codes().end()};
}

features::RegionLookup Loader::Regions() const {
  return
      [this,
       known = std::map<std::string, std::vector<std::string>, std::less<>>()](
          absl::string_view region) mutable {
        const std::string key(region);
        const auto [it, is_new] = known.try_emplace(key);
        if (is_new)
          it->second = MunicipalitiesOf(repository_, &snapshot_, region);
        return it->second;
      };
}

absl::Status Loader::LoadTaxonomy(
    std::string* name,
    std::shared_ptr<const matching::Taxonomy>* taxonomy) const {
  KUGGE_ASSIGN_OR_RETURN(const storage::TaxonomyChoice choice,
                         repository_.TaxonomyInForce(&snapshot_));
  *name = choice.name;
  std::vector<matching::ConceptRecord> concepts;
  if (!choice.name.empty()) {
    KUGGE_ASSIGN_OR_RETURN(
        const std::unique_ptr<storage::RecordCursor> cursor,
        repository_.Scan(ResourceKind::kConcept, choice.name, "", &snapshot_));
    for (v1::Concept message; cursor->Valid(); cursor->Next()) {
      KUGGE_RETURN_IF_ERROR(cursor->Read(&message));
      KUGGE_ASSIGN_OR_RETURN(concepts.emplace_back(),
                             features::ToConceptRecord(message));
    }
    KUGGE_RETURN_IF_ERROR(cursor->status());
  }
  *taxonomy =
      matching::Taxonomy::FromConcepts(choice.name, std::move(concepts));
  return absl::OkStatus();
}

absl::StatusOr<matching::MarketChanges> Loader::LoadAll(
    const matching::Taxonomy& taxonomy) const {
  const features::Extractor extractor(taxonomy, interners_);
  matching::MarketChanges all;
  KUGGE_RETURN_IF_ERROR((MakeAll<v1::Profile, matching::PersonFeatures>(
      repository_, ResourceKind::kProfile, snapshot_,
      [this] { return Regions(); },
      [&](const v1::Profile& profile, const features::RegionLookup& regions) {
        return extractor.Person(profile, regions);
      },
      &all.people)));

  absl::flat_hash_map<std::string, v1::Employer> employers;
  KUGGE_RETURN_IF_ERROR(
      ForEach<v1::Employer>(repository_, ResourceKind::kEmployer, snapshot_,
                            [&](const v1::Employer& employer) {
                              employers.emplace(employer.name(), employer);
                            }));
  const v1::Employer unknown;
  KUGGE_RETURN_IF_ERROR(
      (MakeAll<v1::Requirement, matching::RequirementFeatures>(
          repository_, ResourceKind::kRequirement, snapshot_,
          [this] { return Regions(); },
          [&](const v1::Requirement& requirement,
              const features::RegionLookup&) {
            const auto employer =
                employers.find(ParentName(requirement.name()));
            return extractor.Requirement(
                requirement,
                employer == employers.end() ? unknown : employer->second);
          },
          &all.requirements)));

  absl::flat_hash_map<std::string, std::vector<v1::Session>> sessions;
  KUGGE_RETURN_IF_ERROR(ForEach<v1::Session>(
      repository_, ResourceKind::kSession, snapshot_,
      [&](const v1::Session& session) {
        sessions[std::string(ParentName(session.name()))].push_back(session);
      }));
  KUGGE_RETURN_IF_ERROR(ForEach<v1::Offering>(
      repository_, ResourceKind::kOffering, snapshot_,
      [&](const v1::Offering& offering) {
        all.offerings.push_back(
            Put(extractor.Offering(offering, sessions[offering.name()])));
      }));
  return all;
}

absl::StatusOr<matching::MarketChanges> Loader::LoadTouched(
    const matching::Taxonomy& taxonomy, const TouchedResources& touched) const {
  const features::Extractor extractor(taxonomy, interners_);
  std::set<std::string> profiles = touched.profiles();
  KUGGE_RETURN_IF_ERROR(AddProfilesMovingTo(touched.regions(), &profiles));
  std::set<std::string> requirements = touched.requirements();
  KUGGE_RETURN_IF_ERROR(AddRequirementsOf(touched.employers(), &requirements));

  matching::MarketChanges changes;
  KUGGE_RETURN_IF_ERROR(LoadProfiles(extractor, profiles, &changes));
  KUGGE_RETURN_IF_ERROR(LoadRequirements(extractor, requirements, &changes));
  KUGGE_RETURN_IF_ERROR(
      LoadOfferings(extractor, touched.offerings(), &changes));
  return changes;
}

absl::Status Loader::AddProfilesMovingTo(
    const std::set<std::string>& regions,
    std::set<std::string>* profiles) const {
  for (const std::string& region : regions) {
    KUGGE_ASSIGN_OR_RETURN(
        const std::unique_ptr<storage::RecordCursor> cursor,
        repository_.Scan(ResourceKind::kProfile, ParentName(region), "",
                         &snapshot_));
    for (v1::Profile profile; cursor->Valid(); cursor->Next()) {
      KUGGE_RETURN_IF_ERROR(cursor->Read(&profile));
      for (const std::string& wanted :
           profile.wishes().mobility().relocation_regions()) {
        if (wanted == region) profiles->insert(profile.name());
      }
    }
    KUGGE_RETURN_IF_ERROR(cursor->status());
  }
  return absl::OkStatus();
}

absl::Status Loader::AddRequirementsOf(
    const std::set<std::string>& employers,
    std::set<std::string>* requirements) const {
  for (const std::string& employer : employers) {
    KUGGE_ASSIGN_OR_RETURN(
        const std::unique_ptr<storage::RecordCursor> cursor,
        repository_.Scan(ResourceKind::kRequirement, employer, "", &snapshot_));
    for (; cursor->Valid(); cursor->Next()) {
      requirements->insert(std::string(cursor->name()));
    }
    KUGGE_RETURN_IF_ERROR(cursor->status());
  }
  return absl::OkStatus();
}

absl::Status Loader::LoadProfiles(const features::Extractor& extractor,
                                  const std::set<std::string>& names,
                                  matching::MarketChanges* changes) const {
  const features::RegionLookup regions = Regions();
  return ForEachNamed<v1::Profile>(
      repository_, ResourceKind::kProfile, snapshot_, names,
      [&](const std::string& name, const v1::Profile* profile) {
        changes->people.push_back(
            profile == nullptr ? Removed<matching::PersonFeatures>(name)
                               : Put(extractor.Person(*profile, regions)));
        return absl::OkStatus();
      });
}

absl::StatusOr<matching::MarketChanges> Loader::LoadWritten(
    const matching::Taxonomy& taxonomy,
    absl::Span<const WrittenDocument> documents) const {
  const features::Extractor extractor(taxonomy, interners_);
  const features::RegionLookup regions = Regions();
  matching::MarketChanges changes;
  v1::Profile profile;
  v1::Requirement requirement;
  v1::Employer employer;
  for (const WrittenDocument& document : documents) {
    const bool removed = !document.record.has_value();
    if (document.kind == ResourceKind::kProfile) {
      if (!removed) {
        KUGGE_RETURN_IF_ERROR(
            storage::DecodeRecord(*document.record, &profile));
      }
      changes.people.push_back(
          removed ? Removed<matching::PersonFeatures>(document.name)
                  : Put(extractor.Person(profile, regions)));
      continue;
    }
    if (!removed) {
      KUGGE_RETURN_IF_ERROR(
          storage::DecodeRecord(*document.record, &requirement));
      KUGGE_RETURN_IF_ERROR(LoadEmployerOf(document.name, &employer));
    }
    changes.requirements.push_back(
        removed ? Removed<matching::RequirementFeatures>(document.name)
                : Put(extractor.Requirement(requirement, employer)));
  }
  return changes;
}

absl::Status Loader::LoadEmployerOf(absl::string_view requirement,
                                    v1::Employer* employer) const {
  const absl::string_view name = ParentName(requirement);
  if (employer->name() == name) return absl::OkStatus();
  KUGGE_ASSIGN_OR_RETURN(
      Stored<v1::Employer> stored,
      repository_.Get<v1::Employer>(ResourceKind::kEmployer, name, &snapshot_));
  *employer = std::move(stored.resource);
  return absl::OkStatus();
}

absl::Status Loader::LoadRequirements(const features::Extractor& extractor,
                                      const std::set<std::string>& names,
                                      matching::MarketChanges* changes) const {
  // Names are in order, so an employer's requirements follow each other.
  v1::Employer employer;
  return ForEachNamed<v1::Requirement>(
      repository_, ResourceKind::kRequirement, snapshot_, names,
      [&](const std::string& name,
          const v1::Requirement* requirement) -> absl::Status {
        if (requirement == nullptr) {
          changes->requirements.push_back(
              Removed<matching::RequirementFeatures>(name));
          return absl::OkStatus();
        }
        KUGGE_RETURN_IF_ERROR(LoadEmployerOf(name, &employer));
        changes->requirements.push_back(
            Put(extractor.Requirement(*requirement, employer)));
        return absl::OkStatus();
      });
}

absl::Status Loader::LoadOfferings(const features::Extractor& extractor,
                                   const std::set<std::string>& names,
                                   matching::MarketChanges* changes) const {
  return ForEachNamed<v1::Offering>(
      repository_, ResourceKind::kOffering, snapshot_, names,
      [&](const std::string& name,
          const v1::Offering* offering) -> absl::Status {
        if (offering == nullptr) {
          changes->offerings.push_back(
              Removed<matching::OfferingFeatures>(name));
          return absl::OkStatus();
        }
        std::vector<v1::Session> sessions;
        KUGGE_ASSIGN_OR_RETURN(
            const std::unique_ptr<storage::RecordCursor> cursor,
            repository_.Scan(ResourceKind::kSession, name, "", &snapshot_));
        for (; cursor->Valid(); cursor->Next()) {
          KUGGE_RETURN_IF_ERROR(cursor->Read(&sessions.emplace_back()));
        }
        KUGGE_RETURN_IF_ERROR(cursor->status());
        changes->offerings.push_back(
            Put(extractor.Offering(*offering, sessions)));
        return absl::OkStatus();
      });
}

}  // namespace kugge::index
