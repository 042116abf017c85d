#include "services/rpc/validator.h"

#include <google/protobuf/message.h>
#include <google/protobuf/timestamp.pb.h>

#include <cmath>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "kugge/v1/common.pb.h"
#include "services/rpc/format_rules.h"
#include "services/rpc/formats.h"
#include "services/rpc/resource_name.h"
#include "services/rpc/validation_plan.h"

namespace kugge::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Where the walk stands: rendered only for what is wrong.
struct Place {
  const Place* parent = nullptr;
  const FieldDescriptor* field = nullptr;
  int index = -1;
};

std::string PathOf(const Place& place, absl::string_view prefix) {
  std::string path = place.parent == nullptr || place.parent->field == nullptr
                         ? std::string(prefix)
                         : PathOf(*place.parent, prefix);
  if (place.field == nullptr) return path;
  absl::StrAppend(&path, path.empty() ? "" : ".", place.field->name());
  if (place.index >= 0) absl::StrAppend(&path, "[", place.index, "]");
  return path;
}

// The bounds in words.
std::string Range(const FieldPlan& plan) {
  if (plan.minimum.has_value() && plan.maximum.has_value()) {
    return absl::StrCat(*plan.minimum, " to ", *plan.maximum);
  }
  if (plan.minimum.has_value()) {
    return absl::StrCat(*plan.minimum, " or more");
  }
  return absl::StrCat("at most ", *plan.maximum);
}

}  // namespace

class Validator::Plans {
 public:
  MessagePlans by_type;
};

// One walk over one message.
class Validator::Walk {
 public:
  Walk(const Validator& validator, absl::string_view prefix,
       Violations* violations)
      : validator_(validator), prefix_(prefix), violations_(violations) {}

  // `partial`: the message may lack what is required.
  void CheckMessage(const Message& message, const MessagePlan& plan,
                    const Place& place, bool partial) {
    if (plan.value != MessagePlan::Value::kNone) {
      CheckValue(message, plan, place);
      return;
    }
    for (const FieldPlan& field : plan.fields) {
      if (violations_->full()) return;
      if (field.repeated) {
        CheckList(message, field, place, partial);
      } else {
        CheckSingle(message, field, place, partial, partial || plan.is_partial);
      }
    }
  }

 private:
  void Add(const Place& place, absl::string_view description) {
    violations_->Add(PathOf(place, prefix_), description);
  }

  void CheckValue(const Message& message, const MessagePlan& plan,
                  const Place& place) {
    // Requests are of generated types, never DynamicMessage.
    if (plan.value == MessagePlan::Value::kDate) {
      const auto& date = static_cast<const v1::Date&>(message);
      if (date.year() >= 1900 && date.year() <= 2200 &&
          IsCalendarDay(date.year(), date.month(), date.day())) {
        return;
      }
      Add(place,
          absl::StrCat("is ", date.year(), "-", date.month(), "-", date.day(),
                       "; must be a day of the calendar, with year "
                       "(1900 to 2200), month and day"));
      return;
    }
    const auto& time = static_cast<const google::protobuf::Timestamp&>(message);
    // 0001-01-01 to 9999-12-31, as the type's own comment says.
    if (time.seconds() < -62135596800 || time.seconds() > 253402300799 ||
        time.nanos() < 0 || time.nanos() > 999'999'999) {
      Add(place, "is out of range; must be in the years 1 to 9999");
    }
  }

  void CheckList(const Message& message, const FieldPlan& plan,
                 const Place& parent, bool partial) {
    const int size = plan.reflection->FieldSize(message, plan.field);
    Place place{&parent, plan.field};
    if (size == 0) {
      if (plan.required && !partial) Add(place, "is required");
      return;
    }
    if (size > plan.max_items) {
      Add(place, absl::StrCat("has ", size, " items; must have at most ",
                              plan.max_items));
      return;
    }
    for (int i = 0; i < size && !violations_->full(); ++i) {
      place.index = i;
      CheckElement(message, plan, place, i);
    }
  }

  void CheckElement(const Message& message, const FieldPlan& plan,
                    const Place& place, int i) {
    const Reflection* reflection = plan.reflection;
    const FieldDescriptor* field = plan.field;
    switch (plan.type) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        CheckMessage(reflection->GetRepeatedMessage(message, field, i),
                     *plan.message, place, /*partial=*/false);
        break;
      case FieldDescriptor::CPPTYPE_STRING: {
        const std::string& text = reflection->GetRepeatedStringReference(
            message, field, i, &scratch_);
        if (text.empty() && !plan.is_bytes) {
          Add(place, "is empty");
        } else {
          CheckText(text, plan, place);
        }
        break;
      }
      case FieldDescriptor::CPPTYPE_ENUM: {
        const int number = reflection->GetRepeatedEnumValue(message, field, i);
        if (number == 0) {
          Add(place, "is unspecified, which a list can't hold");
        } else {
          CheckEnum(number, plan, place);
        }
        break;
      }
      case FieldDescriptor::CPPTYPE_INT32:
        CheckInt(reflection->GetRepeatedInt32(message, field, i), plan, place);
        break;
      case FieldDescriptor::CPPTYPE_INT64:
        CheckInt(reflection->GetRepeatedInt64(message, field, i), plan, place);
        break;
      case FieldDescriptor::CPPTYPE_UINT32:
        CheckInt(reflection->GetRepeatedUInt32(message, field, i), plan, place);
        break;
      case FieldDescriptor::CPPTYPE_UINT64:
        CheckUint64(reflection->GetRepeatedUInt64(message, field, i), plan,
                    place);
        break;
      case FieldDescriptor::CPPTYPE_DOUBLE:
        CheckDouble(reflection->GetRepeatedDouble(message, field, i), plan,
                    place);
        break;
      case FieldDescriptor::CPPTYPE_FLOAT:
        CheckDouble(reflection->GetRepeatedFloat(message, field, i), plan,
                    place);
        break;
      case FieldDescriptor::CPPTYPE_BOOL:
        break;
    }
  }

  // Without presence a default of 0 or empty is the same as not set. The common
  // types are read straight: HasField costs as much again.
  bool IsSet(const Message& message, const FieldPlan& plan) {
    if (!plan.has_presence) {
      switch (plan.type) {
        case FieldDescriptor::CPPTYPE_STRING:
          return !plan.reflection
                      ->GetStringReference(message, plan.field, &scratch_)
                      .empty();
        case FieldDescriptor::CPPTYPE_INT32:
          return plan.reflection->GetInt32(message, plan.field) != 0;
        case FieldDescriptor::CPPTYPE_ENUM:
          return plan.reflection->GetEnumValue(message, plan.field) != 0;
        default:
          break;
      }
    }
    return plan.reflection->HasField(message, plan.field);
  }

  // `partial` of this field, `inner_partial` of what is in it.
  void CheckSingle(const Message& message, const FieldPlan& plan,
                   const Place& parent, bool partial, bool inner_partial) {
    const Reflection* reflection = plan.reflection;
    const FieldDescriptor* field = plan.field;
    const Place place{&parent, field};
    if (!IsSet(message, plan)) {
      if (plan.required && !partial) Add(place, "is required");
      return;
    }
    switch (plan.type) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        CheckMessage(reflection->GetMessage(message, field), *plan.message,
                     place, inner_partial);
        break;
      case FieldDescriptor::CPPTYPE_STRING: {
        const std::string& text =
            reflection->GetStringReference(message, field, &scratch_);
        // A set but empty text of a oneof or an optional field.
        if (!text.empty()) {
          CheckText(text, plan, place);
        } else if (plan.required && !partial) {
          Add(place, "is required");
        } else if (!plan.resource_patterns.empty()) {
          Add(place, "is empty");
        }
        break;
      }
      case FieldDescriptor::CPPTYPE_ENUM:
        CheckEnum(reflection->GetEnumValue(message, field), plan, place);
        break;
      case FieldDescriptor::CPPTYPE_INT32:
        CheckInt(reflection->GetInt32(message, field), plan, place);
        break;
      case FieldDescriptor::CPPTYPE_INT64:
        CheckInt(reflection->GetInt64(message, field), plan, place);
        break;
      case FieldDescriptor::CPPTYPE_UINT32:
        CheckInt(reflection->GetUInt32(message, field), plan, place);
        break;
      case FieldDescriptor::CPPTYPE_UINT64:
        CheckUint64(reflection->GetUInt64(message, field), plan, place);
        break;
      case FieldDescriptor::CPPTYPE_DOUBLE:
        CheckDouble(reflection->GetDouble(message, field), plan, place);
        break;
      case FieldDescriptor::CPPTYPE_FLOAT:
        CheckDouble(reflection->GetFloat(message, field), plan, place);
        break;
      case FieldDescriptor::CPPTYPE_BOOL:
        break;
    }
  }

  void CheckInt(int64_t value, const FieldPlan& plan, const Place& place) {
    if ((plan.minimum.has_value() && value < *plan.minimum) ||
        (plan.maximum.has_value() && value > *plan.maximum)) {
      Add(place, absl::StrCat("is ", value, "; must be ", Range(plan)));
    }
  }

  void CheckUint64(uint64_t value, const FieldPlan& plan, const Place& place) {
    if (value <= static_cast<uint64_t>(INT64_MAX)) {
      CheckInt(static_cast<int64_t>(value), plan, place);
    } else if (plan.maximum.has_value()) {
      Add(place, absl::StrCat("is ", value, "; must be ", Range(plan)));
    }
  }

  void CheckDouble(double value, const FieldPlan& plan, const Place& place) {
    if (!std::isfinite(value)) {
      Add(place, "is not a finite number");
    } else if ((plan.minimum.has_value() &&
                value < static_cast<double>(*plan.minimum)) ||
               (plan.maximum.has_value() &&
                value > static_cast<double>(*plan.maximum))) {
      Add(place, absl::StrCat("is ", value, "; must be ", Range(plan)));
    }
  }

  void CheckEnum(int number, const FieldPlan& plan, const Place& place) {
    if (plan.field->enum_type()->FindValueByNumber(number) == nullptr) {
      Add(place, absl::StrCat("is ", number, ", which is no ",
                              plan.field->enum_type()->name()));
    }
  }

  void CheckText(const std::string& text, const FieldPlan& plan,
                 const Place& place) {
    if (plan.is_bytes) {
      if (plan.max_length > 0 && text.size() > size_t(plan.max_length)) {
        Add(place, absl::StrCat("has ", text.size(),
                                " bytes; must have at most ", plan.max_length));
      }
      return;
    }
    const TextFacts facts = LookAtText(text);
    if (!facts.valid_utf8) {
      Add(place, "is not valid UTF-8");
    } else if (facts.code_points > plan.max_length) {
      Add(place,
          absl::StrCat("has ", facts.code_points,
                       " characters; must have at most ", plan.max_length));
    } else if (facts.has_control ||
               (facts.has_line_ends && plan.format != v1::FORMAT_TEXT)) {
      Add(place, "holds a control character");
    } else {
      CheckForm(text, plan, place);
    }
  }

  void CheckForm(const std::string& text, const FieldPlan& plan,
                 const Place& place) {
    if (plan.format != v1::FORMAT_UNSPECIFIED) {
      const std::string fault =
          FormatFault(plan.format, text, validator_.is_municipality_);
      if (!fault.empty()) Add(place, fault);
    }
    if (!plan.concept_types.empty()) CheckConcept(text, plan, place);
    if (!plan.resource_patterns.empty()) CheckResourceName(text, plan, place);
  }

  void CheckConcept(const std::string& id, const FieldPlan& plan,
                    const Place& place) {
    using Verdict = ConceptChecker::Verdict;
    const auto types = [&] {
      return absl::StrJoin(plan.concept_types, " or ");
    };
    if (!IsConceptId(id)) {
      Add(place, absl::StrCat("is ", Quoted(id),
                              "; must be a concept id of type ", types()));
      return;
    }
    if (validator_.concepts_ == nullptr) return;
    switch (validator_.concepts_->Check(id, plan.concept_types)) {
      case Verdict::kOk:
        break;
      case Verdict::kUnknown:
        Add(place, absl::StrCat("is ", Quoted(id),
                                ", which the taxonomy does "
                                "not have; must be a concept id of type ",
                                types()));
        break;
      case Verdict::kWrongType:
        Add(place, absl::StrCat("is ", Quoted(id), ", a concept of type ",
                                validator_.concepts_->TypeOf(id),
                                "; must be of type ", types()));
        break;
    }
  }

  void CheckResourceName(const std::string& name, const FieldPlan& plan,
                         const Place& place) {
    if (HoldsPersonalNumber(name)) {
      Add(place, "holds what is shaped like a personal number; leave it out");
      return;
    }
    for (const std::string& pattern : plan.resource_patterns) {
      if (NameMatches(pattern, name)) return;
    }
    Add(place, absl::StrCat("is ", Quoted(name), "; must have the form ",
                            absl::StrJoin(plan.resource_patterns, " or ")));
  }

  const Validator& validator_;
  const absl::string_view prefix_;
  Violations* const violations_;
  std::string scratch_;
};

Validator::Validator(const ConceptChecker* concepts,
                     MunicipalityTest is_municipality)
    : concepts_(concepts),
      is_municipality_(std::move(is_municipality)),
      plans_(std::make_unique<Plans>()) {}

Validator::~Validator() = default;

void Validator::Check(const Message& message, absl::string_view path_prefix,
                      Violations* violations) const {
  Walk(*this, path_prefix, violations)
      .CheckMessage(message, plans_->by_type.For(message.GetDescriptor()),
                    Place{}, /*partial=*/false);
}

}  // namespace kugge::rpc
