#include "services/rpc/field_mask.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/message.h>
#include <google/protobuf/util/field_mask_util.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/status_macros.h"
#include "kugge/v1/field_rules.pb.h"
#include "services/rpc/errors.h"

namespace kugge::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::util::FieldMaskUtil;

using Path = std::vector<const FieldDescriptor*>;

bool IsSetByServer(const FieldDescriptor& field) {
  return field.options().GetExtension(v1::rules).output_only() ||
         field.name() == "etag";
}

bool IsImmutable(const FieldDescriptor& field) {
  return field.options().GetExtension(v1::rules).immutable();
}

bool IsSet(const Message& message, const FieldDescriptor* field) {
  const Reflection* reflection = message.GetReflection();
  return field->is_repeated() ? reflection->FieldSize(message, field) > 0
                              : reflection->HasField(message, field);
}

// Copies one field as a whole, or clears it where the source lacks it.
void CopyField(const Message& source, const FieldDescriptor* field,
               Message* target) {
  FieldMask one;
  one.add_paths(field->name());
  FieldMaskUtil::MergeOptions options;
  options.set_replace_message_fields(true);
  options.set_replace_repeated_fields(true);
  FieldMaskUtil::MergeMessageTo(source, one, options, target);
}

void CopyPath(const Message& source, const Path& path, Message* target) {
  const Message* from = &source;
  for (size_t i = 0; i + 1 < path.size(); ++i) {
    const bool here = IsSet(*from, path[i]);
    if (!here && !IsSet(*target, path[i])) return;
    // A field that is absent reads as the empty message: its end is cleared.
    from = &from->GetReflection()->GetMessage(*from, path[i]);
    target = target->GetReflection()->MutableMessage(target, path[i]);
  }
  CopyField(*from, path.back(), target);
}

absl::Status RefusePath(absl::string_view path, absl::string_view why) {
  return InvalidField("update_mask",
                      absl::StrCat("names ", Quoted(path), ", ", why));
}

absl::StatusOr<Path> FindPath(const Descriptor* descriptor,
                              absl::string_view text) {
  Path path;
  for (const absl::string_view part : absl::StrSplit(text, '.')) {
    if (!path.empty()) {
      if (path.back()->is_repeated()) {
        return RefusePath(text,
                          absl::StrCat("but ", path.back()->name(),
                                       " is a list, which is replaced as a "
                                       "whole"));
      }
      descriptor = path.back()->message_type();
    }
    const FieldDescriptor* field =
        descriptor == nullptr ? nullptr
                              : descriptor->FindFieldByName(std::string(part));
    if (field == nullptr) {
      return RefusePath(text, absl::StrCat("which ",
                                           path.empty() ? descriptor->name()
                                                        : path.back()->name(),
                                           " does not have"));
    }
    path.push_back(field);
  }
  return path;
}

void CopyAll(const Message& source, bool set_ones_only, Message* target) {
  const Descriptor* descriptor = source.GetDescriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor* field = descriptor->field(i);
    if (IsSetByServer(*field) || IsImmutable(*field)) continue;
    if (set_ones_only && !IsSet(source, field)) continue;
    CopyField(source, field, target);
  }
}

}  // namespace

absl::Status ApplyMask(const FieldMask& mask, const Message& source,
                       Message* target) {
  if (mask.paths().empty() ||
      (mask.paths_size() == 1 && mask.paths(0) == "*")) {
    CopyAll(source, mask.paths().empty(), target);
    return absl::OkStatus();
  }
  std::vector<Path> paths;
  for (const std::string& text : mask.paths()) {
    if (text == "*") return RefusePath(text, "which must stand alone");
    KUGGE_ASSIGN_OR_RETURN(Path path, FindPath(source.GetDescriptor(), text));
    bool set_by_server = false;
    for (const FieldDescriptor* field : path) {
      if (IsImmutable(*field)) {
        return RefusePath(text, "which can't be changed");
      }
      set_by_server = set_by_server || IsSetByServer(*field);
    }
    if (!set_by_server) paths.push_back(std::move(path));
  }
  for (const Path& path : paths) CopyPath(source, path, target);
  return absl::OkStatus();
}

}  // namespace kugge::rpc
