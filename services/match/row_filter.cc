#include "services/match/row_filter.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "google/protobuf/descriptor.h"
#include "kugge/v1/offering.pb.h"
#include "kugge/v1/profile.pb.h"
#include "kugge/v1/requirement.pb.h"
#include "matching/geo/municipalities.h"
#include "services/match/kept_filters.h"
#include "services/rpc/filter.h"
#include "services/rpc/resource_name.h"

namespace kugge::match {
namespace {

// Of at most 2,000 characters each, by the API's rules.
constexpr size_t kKeptFilters = 256;

using rpc::FilterField;
using rpc::FilterValue;
using Type = rpc::FilterField::Type;

FilterField EnumField(std::string name,
                      const google::protobuf::EnumDescriptor* descriptor) {
  FilterField field{std::move(name), Type::kEnum};
  for (int i = 0; i < descriptor->value_count(); ++i) {
    field.enum_values.emplace_back(descriptor->value(i)->name(),
                                   descriptor->value(i)->number());
  }
  return field;
}

FilterValue CodeValue(matching::MunicipalityIndex index) {
  if (index == matching::kNoMunicipality) return std::monostate();
  return matching::Municipalities()[index].code;
}

// By the municipalities' indices.
const rpc::FilterDomain& MunicipalityCodes() {
  static const rpc::FilterDomain codes([] {
    std::vector<absl::string_view> texts;
    texts.reserve(matching::Municipalities().size());
    for (const auto& municipality : matching::Municipalities()) {
      texts.push_back(municipality.code);
    }
    return texts;
  }());
  return codes;
}

template <typename Row, typename Value>
std::function<bool(const Row&)> MatcherOf(rpc::BoundRowFilter bound,
                                          Value value) {
  return [bound = std::move(bound), value](const Row& row) {
    return bound.Matches([&](int field) { return value(row, field); });
  };
}

// `value(row, field)` reads a field by its place in the table, where
// `municipality` is the place of the municipality's code.
template <typename Row, typename Value>
absl::StatusOr<RowFilter<Row>> Bind(absl::string_view text,
                                    const rpc::FieldTable& table,
                                    int municipality, Value value) {
  KUGGE_ASSIGN_OR_RETURN(const rpc::Filter parsed, rpc::Filter::Parse(text));
  KUGGE_ASSIGN_OR_RETURN(rpc::BoundRowFilter bound, parsed.BindFields(table));
  RowFilter<Row> filter;
  const absl::Span<const int> fields = bound.fields();
  if (std::ranges::find(fields, municipality) != fields.end()) {
    std::vector<matching::MunicipalityIndex> may_pass;
    for (const size_t place :
         bound.MayMatch(municipality, MunicipalityCodes())) {
      may_pass.push_back(place == matching::Municipalities().size()
                             ? matching::kNoMunicipality
                             : static_cast<matching::MunicipalityIndex>(place));
    }
    filter.municipalities = std::move(may_pass);
    // Nothing but the municipality was asked, and that is settled.
    if (fields.size() == 1) return filter;
  }
  if (!bound.empty()) {
    filter.matches = MatcherOf<Row>(std::move(bound), std::move(value));
  }
  return filter;
}

}  // namespace

absl::StatusOr<RowFilter<matching::RequirementFeatures>> RequirementFilter(
    absl::string_view text, const matching::Taxonomy& taxonomy) {
  enum Field {
    kEmployer,
    kMunicipality,
    kGroup,
    kPositions,
    kOrigin,
    kHorizon
  };
  static const rpc::FieldTable table = {
      {"employer", Type::kString},
      {"municipality_code", Type::kString},
      {"occupation_group", Type::kString},
      {"positions", Type::kInt},
      EnumField("origin", v1::RequirementOrigin_descriptor()),
      EnumField("horizon", v1::Horizon_descriptor())};
  return Bind<matching::RequirementFeatures>(
      text, table, kMunicipality,
      [&taxonomy](const matching::RequirementFeatures& row,
                  int field) -> FilterValue {
        switch (static_cast<Field>(field)) {
          case kEmployer:
            // .../employers/{employer}/requirements/{requirement}
            return rpc::ParentOf(row.reference);
          case kMunicipality:
            return CodeValue(row.facts.municipality);
          case kGroup:
            if (row.occupation_group >= taxonomy.size()) break;
            return absl::string_view(taxonomy.record(row.occupation_group).id);
          case kPositions:
            return static_cast<int64_t>(row.positions);
          case kOrigin:
            return static_cast<int64_t>(row.origin);
          case kHorizon:
            return static_cast<int64_t>(row.horizon);
        }
        return std::monostate();
      });
}

absl::StatusOr<RowFilter<matching::PersonFeatures>> PersonFilter(
    absl::string_view text) {
  enum { kMunicipality, kKind };
  static const rpc::FieldTable table = {
      {"municipality_code", Type::kString},
      EnumField("kind", v1::ProfileKind_descriptor())};
  // Never destroyed: threads may ask until the process ends.
  static auto* const kept =
      new KeptFilters<RowFilter<matching::PersonFeatures>>(kKeptFilters);
  return kept->Get(text, [text] {
    return Bind<matching::PersonFeatures>(
        text, table, kMunicipality,
        [](const matching::PersonFeatures& row, int field) -> FilterValue {
          if (field == kMunicipality) return CodeValue(row.municipality);
          return static_cast<int64_t>(row.kind);
        });
  });
}

absl::StatusOr<std::function<bool(const matching::OfferingFeatures&)>>
OfferingFilter(absl::string_view text) {
  enum Field { kProvider, kWeeks, kForm };
  const rpc::FieldTable table = {
      {"provider", Type::kString},
      {"length_weeks", Type::kInt},
      EnumField("form", v1::OfferingForm_descriptor())};
  KUGGE_ASSIGN_OR_RETURN(const rpc::Filter parsed, rpc::Filter::Parse(text));
  KUGGE_ASSIGN_OR_RETURN(rpc::BoundRowFilter bound, parsed.BindFields(table));
  if (bound.empty())
    return std::function<bool(const matching::OfferingFeatures&)>();
  return MatcherOf<matching::OfferingFeatures>(
      std::move(bound),
      [](const matching::OfferingFeatures& row, int field) -> FilterValue {
        switch (static_cast<Field>(field)) {
          case kProvider:
            return rpc::ParentOf(row.reference);
          case kWeeks:
            return static_cast<int64_t>(row.weeks);
          case kForm:
            return static_cast<int64_t>(row.form);
        }
        return std::monostate();
      });
}

}  // namespace kugge::match
