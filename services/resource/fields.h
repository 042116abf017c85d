// Fields of requests and resources by name. The names are those that every
// standard method has (api conventions); a wrong one is a programming error.
#ifndef KUGGE_SERVICES_RESOURCE_FIELDS_H_
#define KUGGE_SERVICES_RESOURCE_FIELDS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"

namespace kugge::resource {

using google::protobuf::Message;

// Null where the message has no such field.
const google::protobuf::FieldDescriptor* FindField(const Message& message,
                                                   absl::string_view name);

// The field's value; the type's default where the message lacks the field.
std::string GetString(const Message& message, absl::string_view field);
bool GetBool(const Message& message, absl::string_view field);
int32_t GetInt(const Message& message, absl::string_view field);
int GetEnum(const Message& message, absl::string_view field);
const Message& GetMessage(const Message& message, absl::string_view field);
int GetSize(const Message& message, absl::string_view field);
const Message& GetElement(const Message& message, absl::string_view field,
                          int index);

// Set nothing where the message lacks the field.
void SetString(Message* message, absl::string_view field, std::string value);
void SetInt(Message* message, absl::string_view field, int32_t value);
void SetTime(Message* message, absl::string_view field, absl::Time time);
void ClearField(Message* message, absl::string_view field);

// The message has the field.
Message* AddElement(Message* message, absl::string_view field);

// Microseconds since 1970 of a timestamp field; 0 where it is absent.
int64_t GetTimeMicros(const Message& message, absl::string_view field);

}  // namespace kugge::resource

#endif  // KUGGE_SERVICES_RESOURCE_FIELDS_H_
