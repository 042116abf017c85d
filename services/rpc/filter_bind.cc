// Binding: checks a filter's names, operators and values against the fields of
// a message type or a table.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/timestamp.pb.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "base/status_macros.h"
#include "kugge/v1/common.pb.h"
#include "kugge/v1/field_rules.pb.h"
#include "services/rpc/errors.h"
#include "services/rpc/filter.h"
#include "services/rpc/filter_parser.h"
#include "services/rpc/filter_program.h"
#include "services/rpc/formats.h"

namespace kugge::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using internal::BoundTerm;
using internal::FilterOp;
using internal::FilterProgram;
using internal::FilterTerm;

using EnumNames = std::vector<std::pair<std::string, int64_t>>;

// What kind of value a field has.
enum class FilterType {
  kString,
  kInt,
  kDouble,
  kBool,
  kEnum,
  kDate,
  kTime,
  kMessage
};

absl::Status RefuseTerm(absl::string_view field, absl::string_view what) {
  return InvalidField("filter", absl::StrCat(Quoted(field), " ", what));
}

absl::Status WrongValue(const FilterTerm& term, absl::string_view wanted) {
  return RefuseTerm(term.field,
                    absl::StrCat("is compared with ", Quoted(term.value),
                                 "; must be ", wanted));
}

// Length of what all names start with, up to and with an underscore.
size_t CommonPrefix(const EnumNames& names) {
  if (names.size() < 2) return 0;
  absl::string_view prefix = names[0].first;
  for (const auto& [name, number] : names) {
    while (!absl::StartsWith(name, prefix)) prefix.remove_suffix(1);
  }
  const size_t underscore = prefix.rfind('_');
  return underscore == absl::string_view::npos ? 0 : underscore + 1;
}

EnumNames NamesOf(const EnumDescriptor* descriptor) {
  EnumNames names;
  for (int i = 0; i < descriptor->value_count(); ++i) {
    names.emplace_back(descriptor->value(i)->name(),
                       descriptor->value(i)->number());
  }
  return names;
}

absl::Status BindEnum(const FilterTerm& term, const EnumNames& names,
                      BoundTerm* bound) {
  const size_t prefix = CommonPrefix(names);
  std::vector<absl::string_view> short_names;
  for (const auto& [name, number] : names) {
    short_names.push_back(absl::string_view(name).substr(prefix));
    if (term.value == name || term.value == short_names.back()) {
      bound->value = number;
      return absl::OkStatus();
    }
  }
  return WrongValue(term,
                    absl::StrCat("one of ", absl::StrJoin(short_names, ", ")));
}

bool ParseDay(absl::string_view text, absl::CivilDay* day) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  int parts[3];
  const absl::string_view digits[3] = {text.substr(0, 4), text.substr(5, 2),
                                       text.substr(8, 2)};
  for (int i = 0; i < 3; ++i) {
    for (const char c : digits[i]) {
      if (c < '0' || c > '9') return false;
    }
    if (!absl::SimpleAtoi(digits[i], &parts[i])) return false;
  }
  if (!IsCalendarDay(parts[0], parts[1], parts[2])) return false;
  *day = absl::CivilDay(parts[0], parts[1], parts[2]);
  return true;
}

absl::Status BindTime(const FilterTerm& term, BoundTerm* bound) {
  absl::CivilDay day;
  absl::Time time;
  std::string error;
  if (ParseDay(term.value, &day)) {
    time = absl::FromCivil(day, absl::UTCTimeZone());
  } else if (!absl::ParseTime(absl::RFC3339_full, term.value, &time, &error) ||
             time == absl::InfiniteFuture() || time == absl::InfinitePast()) {
    return WrongValue(term,
                      "a time such as \"2026-03-01T08:00:00Z\" or a day such "
                      "as 2026-03-01");
  }
  bound->value = time;
  return absl::OkStatus();
}

// Values of all types but texts and enums.
absl::Status BindPlainValue(const FilterTerm& term, FilterType type,
                            BoundTerm* bound) {
  int64_t whole;
  double number;
  absl::CivilDay day;
  switch (type) {
    case FilterType::kInt:
      if (!absl::SimpleAtoi(term.value, &whole)) {
        return WrongValue(term, "a whole number");
      }
      bound->value = whole;
      return absl::OkStatus();
    case FilterType::kDouble:
      if (!absl::SimpleAtod(term.value, &number) || number != number) {
        return WrongValue(term, "a number");
      }
      bound->value = number;
      return absl::OkStatus();
    case FilterType::kBool:
      if (term.value != "true" && term.value != "false") {
        return WrongValue(term, "true or false");
      }
      bound->value = term.value == "true";
      return absl::OkStatus();
    case FilterType::kDate:
      if (!ParseDay(term.value, &day)) {
        return WrongValue(term, "a day such as 2026-03-01");
      }
      bound->value = day;
      return absl::OkStatus();
    case FilterType::kTime:
      return BindTime(term, bound);
    default:
      return RefuseTerm(
          term.field,
          "is a message; name one of its fields, or ask whether it "
          "is set with :*");
  }
}

// Checks operator and value. `in_list`: the field is, or is within, a list.
absl::Status BindValue(const FilterTerm& term, FilterType type,
                       const EnumNames& names, bool in_list, BoundTerm* bound) {
  bound->op = term.op;
  if (in_list && term.op != FilterOp::kHas) {
    return RefuseTerm(term.field,
                      "is a list; only : may be used, as in list:value");
  }
  if (term.wildcard && term.value.empty() && term.op == FilterOp::kHas) {
    bound->presence = true;
    return absl::OkStatus();
  }
  const bool ordered = term.op != FilterOp::kEqual &&
                       term.op != FilterOp::kNotEqual &&
                       term.op != FilterOp::kHas;
  if (ordered && (type == FilterType::kBool || type == FilterType::kEnum ||
                  (type == FilterType::kString && term.wildcard))) {
    return RefuseTerm(term.field,
                      "has no order here; only =, != and : may be used");
  }
  if (type == FilterType::kString) {
    bound->contains = term.op == FilterOp::kHas && !in_list && !term.wildcard;
    bound->prefix = term.wildcard;
    bound->text = bound->contains ? internal::FoldCase(term.value)
                                  : std::string(term.value);
    return absl::OkStatus();
  }
  if (term.wildcard) {
    return RefuseTerm(term.field, "is no text; * may not be used");
  }
  if (type == FilterType::kEnum) return BindEnum(term, names, bound);
  return BindPlainValue(term, type, bound);
}

FilterType TypeOf(const FieldDescriptor* field) {
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return FilterType::kString;
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return FilterType::kDouble;
    case FieldDescriptor::CPPTYPE_BOOL:
      return FilterType::kBool;
    case FieldDescriptor::CPPTYPE_ENUM:
      return FilterType::kEnum;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (field->message_type() == v1::Date::descriptor()) {
        return FilterType::kDate;
      }
      if (field->message_type() == google::protobuf::Timestamp::descriptor()) {
        return FilterType::kTime;
      }
      return FilterType::kMessage;
    default:
      return FilterType::kInt;
  }
}

bool IsSensitive(const FieldDescriptor* field) {
  return field->options().GetExtension(v1::rules).data_class() ==
             v1::DATA_CLASS_SENSITIVE ||
         field->containing_type()
                 ->options()
                 .GetExtension(v1::message_rules)
                 .data_class() == v1::DATA_CLASS_SENSITIVE;
}

absl::Status BindPath(const FilterTerm& term, const Descriptor* descriptor,
                      BoundTerm* bound, bool* in_list) {
  const Descriptor* within = descriptor;
  for (const absl::string_view part : absl::StrSplit(term.field, '.')) {
    const FieldDescriptor* field =
        within == nullptr ? nullptr
                          : within->FindFieldByName(std::string(part));
    if (field == nullptr || field->type() == FieldDescriptor::TYPE_BYTES) {
      return RefuseTerm(term.field,
                        absl::StrCat("is no field of ", descriptor->name()));
    }
    if (IsSensitive(field)) {
      return RefuseTerm(term.field, "is sensitive and can't be filtered by");
    }
    bound->path.push_back(field);
    *in_list = *in_list || field->is_repeated();
    // A day and a time are values; their parts are not fields of a filter.
    within =
        TypeOf(field) == FilterType::kMessage ? field->message_type() : nullptr;
  }
  return absl::OkStatus();
}

FilterType TypeOf(FilterField::Type type) {
  switch (type) {
    case FilterField::Type::kString:
      return FilterType::kString;
    case FilterField::Type::kInt:
      return FilterType::kInt;
    case FilterField::Type::kDate:
      return FilterType::kDate;
    case FilterField::Type::kBool:
      return FilterType::kBool;
    case FilterField::Type::kEnum:
      return FilterType::kEnum;
  }
  return FilterType::kString;
}

absl::Status UnknownColumn(absl::string_view name, const FieldTable& table) {
  std::vector<absl::string_view> names;
  for (const FilterField& field : table) names.push_back(field.name);
  return RefuseTerm(name, absl::StrCat("is no field that these rows can be "
                                       "filtered by; there are ",
                                       absl::StrJoin(names, ", ")));
}

}  // namespace

absl::StatusOr<Filter> Filter::Parse(absl::string_view text) {
  KUGGE_ASSIGN_OR_RETURN(internal::FilterSyntax syntax,
                         internal::ParseFilter(text));
  return Filter(
      std::make_shared<const internal::FilterSyntax>(std::move(syntax)));
}

absl::StatusOr<BoundFilter> Filter::Bind(const Descriptor* descriptor) const {
  auto program = std::make_shared<FilterProgram>();
  program->nodes = syntax_->nodes;
  program->root = syntax_->root;
  for (const FilterTerm& term : syntax_->terms) {
    BoundTerm bound;
    bool in_list = false;
    KUGGE_RETURN_IF_ERROR(BindPath(term, descriptor, &bound, &in_list));
    const FieldDescriptor* field = bound.path.back();
    const FilterType type = TypeOf(field);
    KUGGE_RETURN_IF_ERROR(BindValue(
        term, type,
        type == FilterType::kEnum ? NamesOf(field->enum_type()) : EnumNames(),
        in_list, &bound));
    program->terms.push_back(std::move(bound));
  }
  return BoundFilter(std::move(program));
}

absl::StatusOr<BoundRowFilter> Filter::BindFields(
    const FieldTable& table) const {
  auto program = std::make_shared<FilterProgram>();
  program->nodes = syntax_->nodes;
  program->root = syntax_->root;
  program->terms.reserve(syntax_->terms.size());
  for (const FilterTerm& term : syntax_->terms) {
    const auto found = std::find_if(
        table.begin(), table.end(),
        [&](const FilterField& field) { return field.name == term.field; });
    if (found == table.end()) return UnknownColumn(term.field, table);
    BoundTerm& bound = program->terms.emplace_back();
    bound.column = static_cast<int>(found - table.begin());
    KUGGE_RETURN_IF_ERROR(BindValue(term, TypeOf(found->type),
                                    found->enum_values, /*in_list=*/false,
                                    &bound));
    std::vector<int>& columns = program->columns;
    if (std::find(columns.begin(), columns.end(), bound.column) ==
        columns.end()) {
      columns.push_back(bound.column);
    }
  }
  std::sort(program->columns.begin(), program->columns.end());
  return BoundRowFilter(std::move(program));
}

}  // namespace kugge::rpc
