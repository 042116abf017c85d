#include "clients/ctl/resource_requests.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/field_mask.pb.h"

namespace kugge::ctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const FieldDescriptor* Field(const Message& message, absl::string_view name) {
  return message.GetDescriptor()->FindFieldByName(std::string(name));
}

void SetResource(Message* request, const ResourceType& type,
                 const Message& resource) {
  const FieldDescriptor* field = Field(*request, type.noun);
  request->GetReflection()->MutableMessage(request, field)->CopyFrom(resource);
}

}  // namespace

MessagePtr NewResource(const ResourceType& type) {
  return MessagePtr(type.get.response_prototype->New());
}

void SetText(Message* message, absl::string_view field,
             absl::string_view value) {
  if (const FieldDescriptor* found = Field(*message, field)) {
    message->GetReflection()->SetString(message, found, std::string(value));
  }
}

void SetSwitch(Message* message, absl::string_view field, bool value) {
  if (const FieldDescriptor* found = Field(*message, field)) {
    message->GetReflection()->SetBool(message, found, value);
  }
}

void SetNumber(Message* message, absl::string_view field, int value) {
  if (const FieldDescriptor* found = Field(*message, field)) {
    message->GetReflection()->SetInt32(message, found, value);
  }
}

std::string GetText(const Message& message, absl::string_view field) {
  const FieldDescriptor* found = Field(message, field);
  return found == nullptr ? ""
                          : message.GetReflection()->GetString(message, found);
}

MessagePtr CreateRequest(const ResourceType& type, CreateArguments arguments,
                         const Message& resource) {
  MessagePtr request(type.create.request_prototype->New());
  SetText(request.get(), "parent", arguments.parent);
  SetText(request.get(), absl::StrCat(type.noun, "_id"), arguments.id);
  SetSwitch(request.get(), "validate_only", arguments.validate_only);
  SetResource(request.get(), type, resource);
  return request;
}

MessagePtr UpdateRequest(const ResourceType& type, UpdateArguments arguments,
                         const Message& resource) {
  MessagePtr request(type.update.request_prototype->New());
  SetSwitch(request.get(), "validate_only", arguments.validate_only);
  SetResource(request.get(), type, resource);
  if (!arguments.mask.empty()) {
    google::protobuf::FieldMask mask;
    for (const std::string& path : arguments.mask) mask.add_paths(path);
    const FieldDescriptor* field = Field(*request, "update_mask");
    request->GetReflection()
        ->MutableMessage(request.get(), field)
        ->CopyFrom(mask);
  }
  return request;
}

std::vector<const Message*> ListedResources(const Message& response) {
  std::vector<const Message*> resources;
  const auto* descriptor = response.GetDescriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor* field = descriptor->field(i);
    if (!field->is_repeated() ||
        field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      continue;
    }
    const auto* reflection = response.GetReflection();
    for (int row = 0; row < reflection->FieldSize(response, field); ++row) {
      resources.push_back(
          &reflection->GetRepeatedMessage(response, field, row));
    }
  }
  return resources;
}

}  // namespace kugge::ctl
