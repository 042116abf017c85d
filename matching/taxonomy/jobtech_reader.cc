#include "matching/taxonomy/jobtech_reader.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "matching/taxonomy/concept.h"
#include "matching/taxonomy/json_error.h"
#include "matching/taxonomy/source.h"
#include "simdjson.h"

namespace kugge::matching {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

// SNI, the deepest hierarchy, has five levels.
constexpr int kHierarchyLevels = 12;

absl::string_view View(std::string_view text) {
  return {text.data(), text.size()};
}

// Code fields, the ones to prefer first where a concept has several.
constexpr std::string_view kCodeFields[] = {
    "ssyk_code_2012",
    "isco_code_08",
    "sun_education_field_code_2020",
    "sun_education_level_code_2020",
    "sni_level_code_2007",
    "iso_3166_1_alpha_2_2013",
    "iso_639_1_2002",
    "iso_639_2_1998",
    "iso_639_3_2007",
    "national_nuts_level_3_code_2019",
    "nuts_level_3_code_2021",
    "nuts_level_3_code_2013",
    "lau_2_code_2015",
};

// The string in `field`, empty when absent or null; nullopt when it is
// something else.
std::optional<std::string> Text(const object& from, std::string_view field) {
  element value;
  if (from.at_key(field).get(value) != simdjson::SUCCESS || value.is_null()) {
    return std::string();
  }
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return std::nullopt;
  return std::string(text);
}

// The array in `field`; nullopt when absent or null. `wrong` is set when it is
// something else.
std::optional<array> List(const object& from, std::string_view field,
                          bool& wrong) {
  element value;
  if (from.at_key(field).get(value) != simdjson::SUCCESS || value.is_null()) {
    return std::nullopt;
  }
  array list;
  if (value.get(list) != simdjson::SUCCESS) {
    wrong = true;
    return std::nullopt;
  }
  return list;
}

class Reader {
 public:
  explicit Reader(Source& source) : source_(source) {}

  void ReadConcepts(const array& concepts, std::string_view path) {
    size_t position = 0;
    for (element each : concepts) {
      Read(each, absl::StrCat(View(path), "[", position++, "]"),
           Authority::kOwn, 0);
    }
    source_.kind = Described();
    for (const SourceConcept& each : source_.concepts) {
      source_.relations += RelationEnds(each.record);
    }
  }

  void ReadLegacyIds(const object& kinds) {
    for (auto kind : kinds) {
      object rows;
      if (kind.value.get(rows) != simdjson::SUCCESS) continue;
      for (auto row : rows) {
        ++source_.read;
        ReadLegacyRow(row.value,
                      absl::StrCat(View(kind.key), "/", View(row.key)));
      }
    }
    source_.kind = "ids of older systems";
  }

 private:
  void Refuse(const std::string& where, absl::string_view id,
              absl::string_view reason) {
    source_.refused.Add(id.empty() ? where : absl::StrCat(where, " (", id, ")"),
                        std::string(reason));
  }

  // Reads a concept and what hangs on it. Returns its id, or empty when it was
  // refused or has none.
  std::string Read(const element& each, const std::string& where,
                   Authority authority, int depth) {
    ++source_.read;
    object fields;
    if (depth > kHierarchyLevels || each.get(fields) != simdjson::SUCCESS) {
      Refuse(where, "",
             depth > kHierarchyLevels ? "the hierarchy is nested too deep"
                                      : "not a JSON object");
      return "";
    }
    std::optional<SourceConcept> read = ReadFields(fields, where);
    if (!read.has_value()) return "";
    read->authority = authority;
    const bool known_by_code = read->record.id.empty();
    if (absl::Status valid = Valid(read->record); !valid.ok()) {
      Refuse(where, read->record.id, valid.message());
      return "";
    }
    if (authority == Authority::kOwn) {
      kinds_.insert(std::string(ConceptKindName(read->record.kind)));
    }
    if (!known_by_code) ReadRelations(fields, where, depth, read->record);
    std::string id = read->record.id;
    source_.concepts.push_back(*std::move(read));
    return id;
  }

  static absl::Status Valid(const ConceptRecord& record) {
    if (!record.id.empty()) return ValidateConcept(record);
    if (record.code.empty()) {
      return absl::InvalidArgumentError(
          "neither an id nor a code to know it by");
    }
    ConceptRecord stand_in = record;
    stand_in.id = "0000_000_000";
    return ValidateConcept(stand_in);
  }

  // The concept's own fields; nullopt (refused) when one is of a wrong type.
  std::optional<SourceConcept> ReadFields(const object& fields,
                                          const std::string& where) {
    const std::optional<std::string> id = Text(fields, "id");
    const std::optional<std::string> type = Text(fields, "type");
    const auto refuse = [&](absl::string_view reason) {
      Refuse(where, id.value_or(""), reason);
      return std::nullopt;
    };
    if (!id.has_value()) return refuse("id is not a string");
    const std::optional<ConceptKind> kind =
        ConceptKindFromName(type.value_or(""));
    if (!kind.has_value()) {
      return refuse(absl::StrCat("type '", type.value_or("(not a string)"),
                                 "' is no concept type this reader knows"));
    }
    SourceConcept read;
    ConceptRecord& record = read.record;
    record.id = *id;
    record.kind = *kind;
    const std::pair<std::string_view, std::string*> texts[] = {
        {"preferred_label", &record.label},
        {"preferred_label_en", &record.label_en},
        {"definition", &record.definition}};
    for (const auto& [field, target] : texts) {
      std::optional<std::string> text = Text(fields, field);
      if (!text) return refuse(absl::StrCat(View(field), " is not a string"));
      *target = *std::move(text);
    }
    if (record.definition == record.label) record.definition.clear();
    for (std::string_view field : kCodeFields) {
      std::optional<std::string> code = Text(fields, field);
      if (!code) {
        return refuse(absl::StrCat(View(field),
                                   " is not a string: codes keep "
                                   "their leading zeros"));
      }
      if (record.code.empty()) record.code = *std::move(code);
    }
    if (absl::Status s = ReadExtras(fields, record); !s.ok()) {
      return refuse(s.message());
    }
    return read;
  }

  // Fields that only some queries ask for.
  static absl::Status ReadExtras(const object& fields, ConceptRecord& record) {
    bool wrong = false;
    if (auto labels = List(fields, "alternative_labels", wrong)) {
      for (element each : *labels) {
        std::string_view label;
        if (each.get(label) != simdjson::SUCCESS) wrong = true;
        record.alternative_labels.emplace_back(label);
      }
    }
    element deprecated;
    if (fields.at_key("deprecated").get(deprecated) == simdjson::SUCCESS &&
        !deprecated.is_null() &&
        deprecated.get(record.deprecated) != simdjson::SUCCESS) {
      return absl::InvalidArgumentError("deprecated is not true or false");
    }
    if (auto replaced = List(fields, "replaced_by", wrong);
        replaced && replaced->size() > 0) {
      std::string_view by;
      if (replaced->size() > 1) {
        return absl::InvalidArgumentError(
            "replaced_by names several concepts; one can take its place");
      }
      if (replaced->at(0)["id"].get(by) != simdjson::SUCCESS) wrong = true;
      record.replaced_by = std::string(by);
      record.deprecated = true;
    }
    if (wrong) {
      return absl::InvalidArgumentError(
          "alternative_labels or replaced_by is not a list of strings, or of "
          "concepts with an id");
    }
    return absl::OkStatus();
  }

  void ReadRelations(const object& fields, const std::string& where, int depth,
                     ConceptRecord& record) {
    const auto each_of = [&](std::string_view field, Authority authority,
                             auto&& use) {
      bool wrong = false;
      std::optional<array> list = List(fields, field, wrong);
      if (wrong) {
        Refuse(where, record.id, absl::StrCat(View(field), " is not a list"));
      }
      if (!list) return;
      relations_.insert(std::string(field));
      size_t position = 0;
      for (element each : *list) {
        std::string there =
            absl::StrCat(where, ".", View(field), "[", position++, "]");
        std::string id = Read(each, there, authority, depth + 1);
        if (!id.empty()) use(id, each, there);
      }
    };
    each_of("narrower", Authority::kOwn,
            [&](const std::string&, const element&, const std::string&) {
              source_.concepts.back().record.broader.push_back(record.id);
            });
    each_of("broader", Authority::kMention,
            [&](const std::string& id, const element&, const std::string&) {
              record.broader.push_back(id);
            });
    each_of("related", Authority::kMention,
            [&](const std::string& id, const element&, const std::string&) {
              record.related.push_back(id);
            });
    each_of("substitutes", Authority::kMention,
            [&](const std::string& id, const element& each,
                const std::string& there) {
              if (auto grade = Grade(each, there, id)) {
                record.substitutes.push_back({id, *grade});
              }
            });
    each_of("substituted_by", Authority::kMention,
            [&](const std::string& id, const element& each,
                const std::string& there) {
              if (auto grade = Grade(each, there, id)) {
                source_.concepts.back().record.substitutes.push_back(
                    {record.id, *grade});
              }
            });
  }

  std::optional<int32_t> Grade(const element& edge, const std::string& where,
                               absl::string_view id) {
    int64_t grade = 0;
    if (edge["substitutability_percentage"].get(grade) != simdjson::SUCCESS ||
        (grade != 75 && grade != 25)) {
      Refuse(where, id, "substitutability_percentage is not 75 or 25");
      return std::nullopt;
    }
    return static_cast<int32_t>(grade);
  }

  void ReadLegacyRow(const element& row, const std::string& where) {
    object fields;
    if (row.get(fields) != simdjson::SUCCESS) {
      return Refuse(where, "", "not a JSON object");
    }
    const std::string type = Text(fields, "type").value_or("");
    const std::optional<ConceptKind> kind = ConceptKindFromName(type);
    SourceConcept read;
    read.authority = Authority::kLegacy;
    ConceptRecord& record = read.record;
    record.id = Text(fields, "conceptId").value_or("");
    if (!kind.has_value()) {
      return Refuse(where, record.id,
                    absl::StrCat("type '", type,
                                 "' is no concept type this reader knows"));
    }
    record.kind = *kind;
    record.label = Text(fields, "preferredTerm").value_or("");
    const std::string old = Text(fields, "legacyAmsTaxonomyId").value_or("");
    if (!old.empty()) record.legacy_ids.push_back(old);
    record.deprecated = absl::StartsWith(type, "deprecated-");
    if (kind == ConceptKind::kMunicipality || kind == ConceptKind::kRegion) {
      record.code = old;
    }
    if (absl::Status valid = ValidateConcept(record); !valid.ok()) {
      return Refuse(where, record.id, valid.message());
    }
    kinds_.insert(std::string(ConceptKindName(*kind)));
    source_.concepts.push_back(std::move(read));
  }

  // Such as "ssyk-level-4 with related".
  std::string Described() const {
    std::string described;
    for (const std::string& kind : kinds_) {
      absl::StrAppend(&described, described.empty() ? "" : ", ", kind);
    }
    absl::string_view between = " with ";
    for (const std::string& relation : relations_) {
      absl::StrAppend(&described, between, relation);
      between = ", ";
    }
    return described.empty() ? "no concepts" : described;
  }

  Source& source_;
  std::set<std::string> kinds_;
  std::set<std::string> relations_;
};

// {"skill": {"1": {"conceptId": ...}}}: every value an object of objects.
bool LooksLikeLegacyIds(const object& root) {
  for (auto kind : root) {
    object rows;
    if (kind.value.get(rows) != simdjson::SUCCESS) return false;
    for (auto row : rows) {
      element id;
      if (row.value.at_key("conceptId").get(id) != simdjson::SUCCESS) {
        return false;
      }
    }
  }
  return root.size() > 0;
}

}  // namespace

absl::StatusOr<Source> ReadJobtech(absl::string_view name,
                                   absl::string_view bytes) {
  Source source;
  source.name = std::string(name);
  simdjson::dom::parser parser;
  element root;
  if (simdjson::error_code error =
          parser.parse(bytes.data(), bytes.size()).get(root)) {
    return absl::InvalidArgumentError(absl::StrCat(
        name, ": not JSON, or cut off, at byte ", JsonErrorOffset(bytes),
        " of ", bytes.size(), ": ", simdjson::error_message(error)));
  }
  object top;
  object data;
  array list;
  if (root.get(top) == simdjson::SUCCESS) {
    Reader reader(source);
    if (top.at_key("data").get(data) != simdjson::SUCCESS) {
      if (LooksLikeLegacyIds(top)) {
        reader.ReadLegacyIds(top);
        return source;
      }
    } else if (data.at_key("concepts").get(list) == simdjson::SUCCESS) {
      reader.ReadConcepts(list, "data.concepts");
      return source;
    } else if (data.at_key("concept_types").get(list) == simdjson::SUCCESS) {
      source.kind = "names of concept types (not needed)";
      source.read = list.size();
      return source;
    }
  }
  return absl::InvalidArgumentError(
      absl::StrCat(name,
                   ": not a taxonomy file: expected {\"data\": {\"concepts\": "
                   "[...]}} or a list of old ids with their conceptId"));
}

}  // namespace kugge::matching
