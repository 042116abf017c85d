#include "clients/ctl/names.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "clients/ctl/args.h"

namespace kugge::ctl {
namespace {

using Pieces = std::vector<std::string>;

std::string Singular(absl::string_view collection) {
  if (absl::ConsumeSuffix(&collection, "ies")) {
    return absl::StrCat(collection, "y");
  }
  return std::string(absl::StripSuffix(collection, "s"));
}

// Whether `pieces` alternate the collections from `first` on with ids.
bool Follows(const Pieces& pieces, const Collections& collections,
             size_t first) {
  if (pieces.size() != 2 * (collections.size() - first)) return false;
  for (size_t i = first; i < collections.size(); ++i) {
    if (pieces[2 * (i - first)] != collections[i]) return false;
  }
  return true;
}

bool HasEmptyPiece(const Pieces& pieces) {
  for (const std::string& piece : pieces) {
    if (piece.empty()) return true;
  }
  return false;
}

}  // namespace

std::string NamePattern(const Collections& collections) {
  Pieces pieces;
  for (const std::string& collection : collections) {
    pieces.push_back(absl::StrCat(collection, "/{", Singular(collection), "}"));
  }
  return absl::StrJoin(pieces, "/");
}

std::string ShortPattern(const Collections& collections) {
  Pieces ids;
  for (size_t i = collections.size() > 1 ? 1 : 0; i < collections.size(); ++i) {
    ids.push_back(absl::AsciiStrToUpper(Singular(collections[i])));
  }
  return absl::StrJoin(ids, "/");
}

absl::StatusOr<std::string> CompleteName(const Collections& collections,
                                         absl::string_view tenant,
                                         absl::string_view text) {
  const Pieces pieces = absl::StrSplit(text, '/');
  const bool official_region = collections.back() == "regions" &&
                               pieces.size() == 2 && pieces[0] == "regions";
  if (!HasEmptyPiece(pieces)) {
    if (official_region || Follows(pieces, collections, 0)) {
      return std::string(text);
    }
    const std::string prefix = absl::StrCat("tenants/", tenant, "/");
    if (collections.size() > 1 && Follows(pieces, collections, 1)) {
      return absl::StrCat(prefix, text);
    }
    if (collections.size() == 1 && pieces.size() == 1) {
      return absl::StrCat(collections[0], "/", text);
    }
    if (collections.size() > 1 && pieces.size() == collections.size() - 1) {
      Pieces full;
      for (size_t i = 0; i < pieces.size(); ++i) {
        full.push_back(absl::StrCat(collections[i + 1], "/", pieces[i]));
      }
      return absl::StrCat(prefix, absl::StrJoin(full, "/"));
    }
  }
  return UsageError(absl::StrCat(
      "\"", text, "\" does not name a ", Singular(collections.back()),
      ": write ", ShortPattern(collections), " or ", NamePattern(collections)));
}

absl::StatusOr<std::string> CompleteParent(const Collections& collections,
                                           absl::string_view tenant,
                                           absl::string_view text) {
  if (collections.size() == 1) {
    if (text.empty()) return std::string();
    return UsageError("tenants have no parent");
  }
  const Collections above(collections.begin(), collections.end() - 1);
  if (!text.empty()) return CompleteName(above, tenant, text);
  if (above.size() == 1) return absl::StrCat("tenants/", tenant);
  return UsageError(absl::StrCat("--parent is needed: ", ShortPattern(above),
                                 " or ", NamePattern(above)));
}

std::pair<std::string, std::string> SplitName(absl::string_view name) {
  Pieces pieces = absl::StrSplit(name, '/');
  const std::string id = pieces.back();
  pieces.resize(pieces.size() > 2 ? pieces.size() - 2 : 0);
  return {absl::StrJoin(pieces, "/"), id};
}

}  // namespace kugge::ctl
