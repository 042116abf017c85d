#include "clients/ctl/message_text.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "clients/ctl/format_table.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/timestamp.pb.h"

namespace kugge::ctl {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Values sit in messages or in lists of them; index -1 means not in a list.
constexpr int kNotInList = -1;
// Wide enough for any free text that fits a terminal.
constexpr size_t kValueWidth = 100;

// SHIFT_DAY of enum Shift is `day`: what follows the value's number-0 prefix.
std::string EnumText(const EnumValueDescriptor& value) {
  absl::string_view zero = value.type()->value(0)->name();
  absl::string_view name = value.name();
  if (absl::ConsumeSuffix(&zero, "UNSPECIFIED")) {
    absl::ConsumePrefix(&name, zero);
  }
  return absl::AsciiStrToLower(name);
}

// Whether the message reads as one value.
bool IsValueMessage(const Message& message) {
  return message.GetDescriptor() == v1::Date::descriptor() ||
         message.GetDescriptor() == google::protobuf::Timestamp::descriptor();
}

std::string MessageText(const Message& message) {
  if (message.GetDescriptor() == v1::Date::descriptor()) {
    return DayText(static_cast<const v1::Date&>(message));
  }
  if (message.GetDescriptor() == google::protobuf::Timestamp::descriptor()) {
    const auto& time = static_cast<const google::protobuf::Timestamp&>(message);
    return absl::FormatTime("%Y-%m-%d %H:%M:%S UTC",
                            absl::FromUnixSeconds(time.seconds()),
                            absl::UTCTimeZone());
  }
  return message.ShortDebugString();
}

std::string ValueText(const Message& message, const FieldDescriptor* field,
                      int index) {
  const auto* reflection = message.GetReflection();
  const auto pick = [&](auto single, auto repeated) {
    return index == kNotInList ? (reflection->*single)(message, field)
                               : (reflection->*repeated)(message, field, index);
  };
  using R = google::protobuf::Reflection;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(pick(&R::GetInt32, &R::GetRepeatedInt32));
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StrCat(pick(&R::GetInt64, &R::GetRepeatedInt64));
    case FieldDescriptor::CPPTYPE_UINT32:
      return absl::StrCat(pick(&R::GetUInt32, &R::GetRepeatedUInt32));
    case FieldDescriptor::CPPTYPE_UINT64:
      return absl::StrCat(pick(&R::GetUInt64, &R::GetRepeatedUInt64));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return absl::StrCat(pick(&R::GetDouble, &R::GetRepeatedDouble));
    case FieldDescriptor::CPPTYPE_FLOAT:
      return absl::StrCat(pick(&R::GetFloat, &R::GetRepeatedFloat));
    case FieldDescriptor::CPPTYPE_BOOL:
      return pick(&R::GetBool, &R::GetRepeatedBool) ? "yes" : "no";
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumText(*pick(&R::GetEnum, &R::GetRepeatedEnum));
    case FieldDescriptor::CPPTYPE_STRING:
      return pick(&R::GetString, &R::GetRepeatedString);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageText(
          index == kNotInList
              ? reflection->GetMessage(message, field)
              : reflection->GetRepeatedMessage(message, field, index));
  }
  return "";
}

void AddFields(const Message& message, const std::string& prefix,
               Table* table) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const int count =
        field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      const int index = field->is_repeated() ? i : kNotInList;
      const std::string path =
          absl::StrCat(prefix, field->name(),
                       field->is_repeated() ? absl::StrCat("[", i, "]") : "");
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        const Message& below =
            field->is_repeated()
                ? reflection->GetRepeatedMessage(message, field, i)
                : reflection->GetMessage(message, field);
        if (!IsValueMessage(below)) {
          AddFields(below, absl::StrCat(path, "."), table);
          continue;
        }
      }
      table->AddRow({path, ValueText(message, field, index)});
    }
  }
}

}  // namespace

std::string DayText(const v1::Date& date) {
  if (date.year() == 0) return "";
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(),
                         date.day());
}

std::string FieldText(const Message& message, absl::string_view path) {
  const size_t dot = path.find('.');
  const std::string name(path.substr(0, dot));
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr) return "";
  const auto* reflection = message.GetReflection();
  if (field->is_repeated()) {
    std::vector<std::string> values;
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      values.push_back(ValueText(message, field, i));
    }
    return absl::StrJoin(values, ",");
  }
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    if (!reflection->HasField(message, field)) return "";
    if (dot != absl::string_view::npos) {
      return FieldText(reflection->GetMessage(message, field),
                       path.substr(dot + 1));
    }
  } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM &&
             reflection->GetEnumValue(message, field) == 0) {
    return "";
  }
  return ValueText(message, field, kNotInList);
}

void PrintFields(const Message& message, std::ostream& out) {
  Table table(
      {{.header = "field"}, {.header = "value", .max_width = kValueWidth}});
  AddFields(message, "", &table);
  table.Print(out);
}

}  // namespace kugge::ctl
