#include "services/resource/resource_type.h"

#include <algorithm>
#include <array>
#include <vector>

#include "kugge/v1/employer.pb.h"
#include "kugge/v1/offering.pb.h"
#include "kugge/v1/profile.pb.h"
#include "kugge/v1/provider.pb.h"
#include "kugge/v1/requirement.pb.h"
#include "kugge/v1/tenant.pb.h"
#include "services/rpc/resource_name.h"

namespace kugge::resource {
namespace {

using storage::ResourceKind;
using View = absl::string_view;

constexpr View kTitledBasic[] = {"name", "external_id", "display_name",
                                 "update_time", "etag"};
constexpr View kRegionBasic[] = {"name", "display_name", "municipality_codes",
                                 "etag"};
constexpr View kStrategyBasic[] = {"name", "display_name", "version", "etag"};
constexpr View kProfileBasic[] = {
    "name",        "external_id",     "kind", "home", "update_time",
    "expire_time", "graduation_date", "etag"};
constexpr View kRequirementBasic[] = {
    "name",       "external_id",    "title",      "origin",      "state",
    "visibility", "positions",      "place",      "urgency",     "horizon",
    "start_date", "end_start_date", "close_date", "update_time", "etag"};
constexpr View kOfferingBasic[] = {"name",       "external_id",  "title",
                                   "state",      "length_weeks", "form",
                                   "visibility", "update_time",  "etag"};
constexpr View kSessionBasic[] = {
    "name",  "external_id",       "state", "start_date",  "end_date",
    "place", "distance_learning", "seats", "seats_taken", "update_time",
    "etag"};

template <typename M>
ResourceType Make(ResourceKind kind, View singular, View plural,
                  std::span<const View> basic) {
  return {kind, &M::default_instance(), singular, plural, basic};
}

}  // namespace

const ResourceType kTenant =
    Make<v1::Tenant>(ResourceKind::kTenant, "tenant", "tenants", kTitledBasic);
const ResourceType kRegion =
    Make<v1::Region>(ResourceKind::kRegion, "region", "regions", kRegionBasic);
const ResourceType kStrategy = Make<v1::Strategy>(
    ResourceKind::kStrategy, "strategy", "strategies", kStrategyBasic);
const ResourceType kProfile = Make<v1::Profile>(
    ResourceKind::kProfile, "profile", "profiles", kProfileBasic);
const ResourceType kEmployer = Make<v1::Employer>(
    ResourceKind::kEmployer, "employer", "employers", kTitledBasic);
const ResourceType kRequirement =
    Make<v1::Requirement>(ResourceKind::kRequirement, "requirement",
                          "requirements", kRequirementBasic);
const ResourceType kProvider = Make<v1::Provider>(
    ResourceKind::kProvider, "provider", "providers", kTitledBasic);
const ResourceType kOffering = Make<v1::Offering>(
    ResourceKind::kOffering, "offering", "offerings", kOfferingBasic);
const ResourceType kSession = Make<v1::Session>(
    ResourceKind::kSession, "session", "sessions", kSessionBasic);

const ResourceType* TypeOfName(absl::string_view name) {
  static constexpr const ResourceType* kAll[] = {
      &kTenant,      &kRegion,   &kStrategy, &kProfile, &kEmployer,
      &kRequirement, &kProvider, &kOffering, &kSession};
  // `tenants/t/profiles/p`: the collection is the last part but one.
  const size_t id = name.rfind('/');
  if (id == View::npos) return nullptr;
  const View above = name.substr(0, id);
  const size_t slash = above.rfind('/');
  const View collection = slash == View::npos ? above : above.substr(slash + 1);
  const auto found = std::ranges::find(kAll, collection, &ResourceType::plural);
  return found == std::end(kAll) ? nullptr : *found;
}

void KeepBasicFields(const ResourceType& type,
                     google::protobuf::Message* resource) {
  const google::protobuf::Reflection& reflection = *resource->GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> set;
  reflection.ListFields(*resource, &set);
  for (const google::protobuf::FieldDescriptor* field : set) {
    const View name = field->name();
    if (std::ranges::find(type.basic_fields, name) == type.basic_fields.end()) {
      reflection.ClearField(resource, field);
    }
  }
}

}  // namespace kugge::resource
