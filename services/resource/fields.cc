#include "services/resource/fields.h"

#include <utility>

#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/time_util.h"

namespace kugge::resource {

using google::protobuf::FieldDescriptor;
using google::protobuf::Reflection;

const FieldDescriptor* FindField(const Message& message,
                                 absl::string_view name) {
  return message.GetDescriptor()->FindFieldByName(std::string(name));
}

std::string GetString(const Message& message, absl::string_view field) {
  const FieldDescriptor* f = FindField(message, field);
  return f == nullptr ? "" : message.GetReflection()->GetString(message, f);
}

bool GetBool(const Message& message, absl::string_view field) {
  const FieldDescriptor* f = FindField(message, field);
  return f != nullptr && message.GetReflection()->GetBool(message, f);
}

int32_t GetInt(const Message& message, absl::string_view field) {
  const FieldDescriptor* f = FindField(message, field);
  return f == nullptr ? 0 : message.GetReflection()->GetInt32(message, f);
}

int GetEnum(const Message& message, absl::string_view field) {
  const FieldDescriptor* f = FindField(message, field);
  return f == nullptr ? 0 : message.GetReflection()->GetEnumValue(message, f);
}

const Message& GetMessage(const Message& message, absl::string_view field) {
  return message.GetReflection()->GetMessage(message,
                                             FindField(message, field));
}

int GetSize(const Message& message, absl::string_view field) {
  const FieldDescriptor* f = FindField(message, field);
  return f == nullptr ? 0 : message.GetReflection()->FieldSize(message, f);
}

const Message& GetElement(const Message& message, absl::string_view field,
                          int index) {
  return message.GetReflection()->GetRepeatedMessage(
      message, FindField(message, field), index);
}

void SetString(Message* message, absl::string_view field, std::string value) {
  if (const FieldDescriptor* f = FindField(*message, field)) {
    message->GetReflection()->SetString(message, f, std::move(value));
  }
}

void SetInt(Message* message, absl::string_view field, int32_t value) {
  if (const FieldDescriptor* f = FindField(*message, field)) {
    message->GetReflection()->SetInt32(message, f, value);
  }
}

void SetTime(Message* message, absl::string_view field, absl::Time time) {
  const FieldDescriptor* f = FindField(*message, field);
  if (f == nullptr) return;
  *google::protobuf::down_cast<google::protobuf::Timestamp*>(
      message->GetReflection()->MutableMessage(message, f)) =
      google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(
          absl::ToUnixMicros(time));
}

void ClearField(Message* message, absl::string_view field) {
  if (const FieldDescriptor* f = FindField(*message, field)) {
    message->GetReflection()->ClearField(message, f);
  }
}

Message* AddElement(Message* message, absl::string_view field) {
  return message->GetReflection()->AddMessage(message,
                                              FindField(*message, field));
}

int64_t GetTimeMicros(const Message& message, absl::string_view field) {
  const FieldDescriptor* f = FindField(message, field);
  if (f == nullptr || !message.GetReflection()->HasField(message, f)) return 0;
  return google::protobuf::util::TimeUtil::TimestampToMicroseconds(
      *google::protobuf::down_cast<const google::protobuf::Timestamp*>(
          &message.GetReflection()->GetMessage(message, f)));
}

}  // namespace kugge::resource
