#include "services/rpc/resource_name.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/rpc/errors.h"
#include "services/rpc/formats.h"

namespace kugge::rpc {
namespace {

// Takes the part before the first slash off `text`; the last part leaves it
// empty and sets `*ended`.
absl::string_view TakePart(absl::string_view* text, bool* ended) {
  const size_t slash = text->find('/');
  const absl::string_view part = text->substr(0, slash);
  *ended = slash == absl::string_view::npos;
  *text = *ended ? absl::string_view() : text->substr(slash + 1);
  return part;
}

bool IdMatches(absl::string_view variable, absl::string_view id, Dash dash) {
  if (id == "-") return dash == Dash::kAccepted || variable == "{taxonomy}";
  if (variable == "{concept}") return IsConceptId(id);
  return IsResourceId(id);
}

// Walks both in step; `on_id` gets each id.
template <typename OnId>
bool Match(absl::string_view pattern, absl::string_view name, Dash dash,
           OnId on_id) {
  bool pattern_ended = false;
  bool name_ended = false;
  while (!pattern_ended) {
    if (name_ended) return false;
    const absl::string_view wanted = TakePart(&pattern, &pattern_ended);
    const absl::string_view part = TakePart(&name, &name_ended);
    if (!wanted.empty() && wanted[0] == '{') {
      if (!IdMatches(wanted, part, dash)) return false;
      on_id(part);
    } else if (wanted != part) {
      return false;
    }
  }
  return name_ended;
}

}  // namespace

bool NameMatches(absl::string_view pattern, absl::string_view name, Dash dash) {
  return Match(pattern, name, dash, [](absl::string_view) {});
}

std::optional<std::vector<absl::string_view>> IdsOf(absl::string_view pattern,
                                                    absl::string_view name,
                                                    Dash dash) {
  std::vector<absl::string_view> ids;
  const auto keep = [&ids](absl::string_view id) { ids.push_back(id); };
  if (!Match(pattern, name, dash, keep)) return std::nullopt;
  return ids;
}

absl::string_view ParentOf(absl::string_view name) {
  for (int parts = 0; parts < 2; ++parts) {
    const size_t slash = name.rfind('/');
    if (slash == absl::string_view::npos) return absl::string_view();
    name = name.substr(0, slash);
  }
  return name;
}

absl::string_view LastIdOf(absl::string_view name) {
  const size_t slash = name.rfind('/');
  return slash == absl::string_view::npos ? name : name.substr(slash + 1);
}

std::string JoinName(absl::string_view parent, absl::string_view collection,
                     absl::string_view id) {
  if (parent.empty()) return absl::StrCat(collection, "/", id);
  return absl::StrCat(parent, "/", collection, "/", id);
}

bool IsWithin(absl::string_view name, absl::string_view parent) {
  if (parent.empty()) return true;
  bool parent_ended = false;
  bool name_ended = false;
  while (!parent_ended) {
    if (name_ended) return false;
    const absl::string_view wanted = TakePart(&parent, &parent_ended);
    const absl::string_view part = TakePart(&name, &name_ended);
    if (wanted != part && wanted != "-") return false;
  }
  return true;
}

absl::Status CheckName(absl::string_view path, absl::string_view pattern,
                       absl::string_view name, Dash dash) {
  if (NameMatches(pattern, name, dash)) return absl::OkStatus();
  return InvalidField(path, absl::StrCat("is ", Quoted(name),
                                         "; must have the form ", pattern));
}

}  // namespace kugge::rpc
