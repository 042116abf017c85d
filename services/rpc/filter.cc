// Evaluation of a bound filter.
#include "services/rpc/filter.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <string>
#include <type_traits>

#include "absl/strings/match.h"
#include "absl/types/span.h"
#include "kugge/v1/common.pb.h"
#include "services/rpc/filter_program.h"

namespace kugge::rpc {

namespace internal {

std::string FoldCase(absl::string_view text) {
  std::string folded(text);
  for (size_t i = 0; i < folded.size(); ++i) {
    const auto c = static_cast<unsigned char>(folded[i]);
    if (c >= 'A' && c <= 'Z') {
      folded[i] = static_cast<char>(c + 0x20);
    } else if (c == 0xc3 && i + 1 < folded.size()) {
      // U+00C0 to U+00DE are 0xC3 0x80 to 0x9E; U+00D7 is the sign x.
      const auto next = static_cast<unsigned char>(folded[++i]);
      if (next >= 0x80 && next <= 0x9e && next != 0x97) {
        folded[i] = static_cast<char>(next + 0x20);
      }
    }
  }
  return folded;
}

}  // namespace internal

namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using internal::BoundTerm;
using internal::FilterNode;
using internal::FilterOp;
using internal::FilterProgram;
using internal::FoldCase;
using internal::ValueHolds;

// --- values -----------------------------------------------------------------

template <typename T>
bool Holds(FilterOp op, const T& left, const T& right) {
  switch (op) {
    case FilterOp::kEqual:
    case FilterOp::kHas:
      return left == right;
    case FilterOp::kNotEqual:
      return left != right;
    case FilterOp::kLess:
      return left < right;
    case FilterOp::kLessOrEqual:
      return left <= right;
    case FilterOp::kGreater:
      return left > right;
    case FilterOp::kGreaterOrEqual:
      return left >= right;
  }
  return false;
}

bool TextHolds(const BoundTerm& term, absl::string_view text) {
  if (term.contains) return absl::StrContains(FoldCase(text), term.text);
  if (!term.prefix) return Holds(term.op, text, absl::string_view(term.text));
  return absl::StartsWith(text, term.text) != (term.op == FilterOp::kNotEqual);
}

// Whether a value that is there is not its type's default.
bool IsPresent(const FilterValue& value) {
  if (const auto* number = std::get_if<int64_t>(&value)) return *number != 0;
  if (const auto* number = std::get_if<double>(&value)) return *number != 0;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* text = std::get_if<absl::string_view>(&value)) {
    return !text->empty();
  }
  return !std::holds_alternative<std::monostate>(value);
}

}  // namespace

namespace internal {

bool ValueHolds(const BoundTerm& term, const FilterValue& value) {
  if (term.presence) return IsPresent(value);
  if (const auto* text = std::get_if<absl::string_view>(&value)) {
    return TextHolds(term, *text);
  }
  if (value.index() != term.value.index()) return false;
  return std::visit(
      [&](const auto& left) {
        using T = std::decay_t<decltype(left)>;
        if constexpr (std::is_same_v<T, std::monostate>) {
          return false;
        } else {
          return Holds(term.op, left, std::get<T>(term.value));
        }
      },
      value);
}

}  // namespace internal

namespace {

// --- messages ---------------------------------------------------------------

FilterValue MessageValue(const Message& message) {
  if (const auto* date =
          google::protobuf::DynamicCastToGenerated<v1::Date>(&message)) {
    return absl::CivilDay(date->year(), date->month(), date->day());
  }
  if (const auto* time =
          google::protobuf::DynamicCastToGenerated<google::protobuf::Timestamp>(
              &message)) {
    return absl::FromUnixSeconds(time->seconds()) +
           absl::Nanoseconds(time->nanos());
  }
  // Any other message only is or is not there.
  return true;
}

// The field, or element `i` of a list. Texts live as long as the message.
FilterValue ValueOf(const Message& message, const FieldDescriptor* field,
                    int i) {
  const Reflection* r = message.GetReflection();
  const bool list = field->is_repeated();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return int64_t{list ? r->GetRepeatedInt32(message, field, i)
                          : r->GetInt32(message, field)};
    case FieldDescriptor::CPPTYPE_INT64:
      return int64_t{list ? r->GetRepeatedInt64(message, field, i)
                          : r->GetInt64(message, field)};
    case FieldDescriptor::CPPTYPE_UINT32:
      return int64_t{list ? r->GetRepeatedUInt32(message, field, i)
                          : r->GetUInt32(message, field)};
    case FieldDescriptor::CPPTYPE_UINT64:
      return static_cast<int64_t>(list ? r->GetRepeatedUInt64(message, field, i)
                                       : r->GetUInt64(message, field));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return list ? r->GetRepeatedDouble(message, field, i)
                  : r->GetDouble(message, field);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return double{list ? r->GetRepeatedFloat(message, field, i)
                         : r->GetFloat(message, field)};
    case FieldDescriptor::CPPTYPE_BOOL:
      return list ? r->GetRepeatedBool(message, field, i)
                  : r->GetBool(message, field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return int64_t{list ? r->GetRepeatedEnumValue(message, field, i)
                          : r->GetEnumValue(message, field)};
    case FieldDescriptor::CPPTYPE_STRING: {
      // Unused: plain strings are answered by reference.
      std::string scratch;
      return absl::string_view(
          list ? r->GetRepeatedStringReference(message, field, i, &scratch)
               : r->GetStringReference(message, field, &scratch));
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageValue(list ? r->GetRepeatedMessage(message, field, i)
                               : r->GetMessage(message, field));
  }
  return std::monostate();
}

// Whether the term holds of what its path leads to from `message` on, or, in
// lists, of any of it.
bool PathHolds(const BoundTerm& term, const Message& message, size_t step) {
  const FieldDescriptor* field = term.path[step];
  const Reflection* reflection = message.GetReflection();
  const bool last = step + 1 == term.path.size();
  if (field->is_repeated()) {
    const int size = reflection->FieldSize(message, field);
    if (last && term.presence) return size > 0;
    for (int i = 0; i < size; ++i) {
      if (last ? ValueHolds(term, ValueOf(message, field, i))
               : PathHolds(term,
                           reflection->GetRepeatedMessage(message, field, i),
                           step + 1)) {
        return true;
      }
    }
    return false;
  }
  if (field->has_presence() && !reflection->HasField(message, field)) {
    return false;
  }
  if (!last) {
    return PathHolds(term, reflection->GetMessage(message, field), step + 1);
  }
  // A field that knows whether it is set is present even at its default.
  if (term.presence && field->has_presence()) return true;
  return ValueHolds(term, ValueOf(message, field, 0));
}

// --- evaluation -------------------------------------------------------------

template <typename TermHolds>
bool NodeHolds(const FilterProgram& program, int place,
               const TermHolds& term_holds) {
  const FilterNode& node = program.nodes[place];
  const auto child_holds = [&](int child) {
    return NodeHolds(program, child, term_holds);
  };
  switch (node.kind) {
    case FilterNode::Kind::kAnd:
      return std::all_of(node.children.begin(), node.children.end(),
                         child_holds);
    case FilterNode::Kind::kOr:
      return std::any_of(node.children.begin(), node.children.end(),
                         child_holds);
    case FilterNode::Kind::kNot:
      return !child_holds(node.children[0]);
    case FilterNode::Kind::kTerm:
      return term_holds(program.terms[node.term]);
  }
  return false;
}

}  // namespace

bool BoundFilter::empty() const { return program_->root < 0; }

bool BoundFilter::Matches(const Message& message) const {
  return empty() ||
         NodeHolds(*program_, program_->root, [&](const BoundTerm& term) {
           return PathHolds(term, message, 0);
         });
}

bool BoundRowFilter::empty() const { return program_->root < 0; }

bool BoundRowFilter::Matches(
    const std::function<FilterValue(int field_index)>& get) const {
  return empty() ||
         NodeHolds(*program_, program_->root, [&](const BoundTerm& term) {
           return ValueHolds(term, get(term.column));
         });
}

absl::Span<const int> BoundRowFilter::fields() const {
  return program_->columns;
}

}  // namespace kugge::rpc
