#include "services/rpc/validation_plan.h"

#include <utility>

namespace kugge::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MessageFactory;
using google::protobuf::Reflection;

constexpr int kDefaultMaxLength = 1000;
constexpr int kDefaultMaxItems = 100;

FieldPlan PlanOf(const FieldDescriptor* field, const v1::FieldRules& rules) {
  FieldPlan plan;
  plan.field = field;
  plan.type = field->cpp_type();
  plan.repeated = field->is_repeated();
  plan.has_presence = field->has_presence();
  plan.is_bytes = field->type() == FieldDescriptor::TYPE_BYTES;
  plan.required = rules.required();
  plan.max_length = static_cast<int>(rules.max_length());
  if (plan.max_length == 0 && !plan.is_bytes) {
    plan.max_length = kDefaultMaxLength;
  }
  plan.max_items = static_cast<int>(rules.max_items());
  if (plan.max_items == 0) plan.max_items = kDefaultMaxItems;
  if (rules.has_minimum()) plan.minimum = rules.minimum();
  if (rules.has_maximum()) plan.maximum = rules.maximum();
  plan.concept_types.assign(rules.concept_types().begin(),
                            rules.concept_types().end());
  plan.resource_patterns.assign(rules.resource_patterns().begin(),
                                rules.resource_patterns().end());
  plan.format = rules.format();
  return plan;
}

MessagePlan::Value ValueOf(const Descriptor* descriptor) {
  if (descriptor->full_name() == "kugge.v1.Date") {
    return MessagePlan::Value::kDate;
  }
  if (descriptor->full_name() == "google.protobuf.Timestamp") {
    return MessagePlan::Value::kTimestamp;
  }
  return MessagePlan::Value::kNone;
}

}  // namespace

const MessagePlan& MessagePlans::For(const Descriptor* descriptor) {
  MutexLock lock(&mutex_);
  return *Make(descriptor);
}

const MessagePlan* MessagePlans::Make(const Descriptor* descriptor) {
  const auto [place, is_new] = plans_.try_emplace(descriptor);
  if (!is_new) return place->second.get();
  // Kept before its fields are read: a message may hold its own type.
  place->second = std::make_unique<MessagePlan>();
  MessagePlan* const plan = place->second.get();
  plan->value = ValueOf(descriptor);
  plan->is_partial = descriptor->FindFieldByName("update_mask") != nullptr;
  const Reflection* reflection = MessageFactory::generated_factory()
                                     ->GetPrototype(descriptor)
                                     ->GetReflection();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor* field = descriptor->field(i);
    const v1::FieldRules& rules = field->options().GetExtension(v1::rules);
    if (rules.output_only()) continue;
    FieldPlan entry = PlanOf(field, rules);
    entry.reflection = reflection;
    if (entry.type == FieldDescriptor::CPPTYPE_MESSAGE) {
      entry.message = Make(field->message_type());
    }
    plan->fields.push_back(std::move(entry));
  }
  return plan;
}

}  // namespace kugge::rpc
