// What the rows of an answer are filled from: the question's view, and records
// that are read for the winners only, in one read a kind.
#ifndef KUGGE_SERVICES_MATCH_ROW_SOURCE_H_
#define KUGGE_SERVICES_MATCH_ROW_SOURCE_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "base/status_macros.h"
#include "matching/features.h"
#include "matching/geo/municipalities.h"
#include "matching/types.h"
#include "services/match/question.h"
#include "services/rpc/resource_name.h"
#include "storage/repository.h"

namespace kugge::match {

struct RowSource {
  const storage::Repository& repository;
  const Question& question;
  // Whether rows carry their lines.
  bool explain = true;
};

// Names of records, and a text of each that there is.
using Names = std::set<std::string>;
using TextByName = std::map<std::string, std::string>;

template <typename M>
absl::StatusOr<TextByName> ReadTexts(const RowSource& source,
                                     storage::ResourceKind kind,
                                     const Names& names,
                                     const std::string& (M::*text)() const) {
  const std::vector<std::string> list(names.begin(), names.end());
  KUGGE_ASSIGN_OR_RETURN(
      const auto found, source.repository.MultiGet<M>(
                            kind, list, source.question.view().snapshot.get()));
  TextByName texts;
  for (size_t i = 0; i < list.size(); ++i) {
    if (found[i]) texts[list[i]] = (found[i]->resource.*text)();
  }
  return texts;
}

// The display names of the parents of `children`, by the parents' names.
template <typename M>
absl::StatusOr<TextByName> ReadParentNames(const RowSource& source,
                                           storage::ResourceKind kind,
                                           const Names& children) {
  Names parents;
  for (const std::string& child : children) {
    parents.insert(std::string(rpc::ParentOf(child)));
  }
  return ReadTexts<M>(source, kind, parents, &M::display_name);
}

// Four digits; empty for kNoMunicipality.
inline std::string MunicipalityCodeOf(matching::MunicipalityIndex index) {
  if (index == matching::kNoMunicipality) return "";
  return std::string(matching::Municipalities()[index].code);
}

// Of a session: -1 where it is given at a distance or a place isn't known.
inline int32_t DistanceHmOf(const matching::SessionFeatures& session,
                            matching::HundredMetres distance) {
  return session.distance_learning || distance == matching::kUnknownDistance
             ? -1
             : distance;
}

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_ROW_SOURCE_H_
