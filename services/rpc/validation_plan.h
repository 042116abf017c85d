// The rules of a message type, read once from its descriptor into the form that
// the validator walks.
#ifndef KUGGE_SERVICES_RPC_VALIDATION_PLAN_H_
#define KUGGE_SERVICES_RPC_VALIDATION_PLAN_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "base/mutex.h"
#include "kugge/v1/field_rules.pb.h"

namespace kugge::rpc {

struct MessagePlan;

// One field's rules with the defaults filled in.
struct FieldPlan {
  const google::protobuf::FieldDescriptor* field = nullptr;
  // Of the message that has the field, asked for once: asking a message for it
  // costs as much as reading a field.
  const google::protobuf::Reflection* reflection = nullptr;
  google::protobuf::FieldDescriptor::CppType type =
      google::protobuf::FieldDescriptor::CPPTYPE_STRING;
  bool repeated = false;
  bool has_presence = false;
  bool is_bytes = false;
  bool required = false;
  // 0: any length (bytes without a rule).
  int max_length = 0;
  int max_items = 0;
  std::optional<int64_t> minimum;
  std::optional<int64_t> maximum;
  std::vector<std::string> concept_types;
  std::vector<std::string> resource_patterns;
  v1::Format format = v1::FORMAT_UNSPECIFIED;
  // Of a message field.
  const MessagePlan* message = nullptr;
};

struct MessagePlan {
  // Messages that are a value of their own have a check of their own.
  enum class Value { kNone, kDate, kTimestamp };
  Value value = Value::kNone;
  // Whether an update_mask says which part of a resource is held.
  bool is_partial = false;
  // Fields that are checked, in the proto's order.
  std::vector<FieldPlan> fields;
};

// Plans by message type, of generated types alone. Thread-safe; a plan lives as
// long as this.
class MessagePlans {
 public:
  const MessagePlan& For(const google::protobuf::Descriptor* descriptor);

 private:
  const MessagePlan* Make(const google::protobuf::Descriptor* descriptor)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  Mutex mutex_;
  absl::flat_hash_map<const google::protobuf::Descriptor*,
                      std::unique_ptr<MessagePlan>>
      plans_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace kugge::rpc

#endif  // KUGGE_SERVICES_RPC_VALIDATION_PLAN_H_
