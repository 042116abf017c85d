#include "services/resource/references.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "kugge/v1/employer.pb.h"
#include "kugge/v1/field_rules.pb.h"
#include "kugge/v1/requirement.pb.h"
#include "matching/geo/municipalities.h"
#include "services/resource/resource_type.h"
#include "services/rpc/resource_name.h"

namespace kugge::resource {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

class Walk {
 public:
  Walk(const storage::Repository& repository, const storage::Snapshot* snapshot,
       absl::string_view name, rpc::Violations* violations)
      : repository_(repository),
        snapshot_(snapshot),
        tenant_(name.substr(0, name.find('/', name.find('/') + 1))),
        violations_(violations) {}

  absl::Status Check(const Message& message, absl::string_view path) {
    std::vector<const FieldDescriptor*> set;
    const Reflection& reflection = *message.GetReflection();
    reflection.ListFields(message, &set);
    for (const FieldDescriptor* field : set) {
      const std::string field_path = absl::StrCat(path, ".", field->name());
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        KUGGE_RETURN_IF_ERROR(CheckNested(message, *field, field_path));
      } else if (IsReference(*field)) {
        KUGGE_RETURN_IF_ERROR(CheckNames(message, *field, field_path));
      }
    }
    return absl::OkStatus();
  }

 private:
  static bool IsReference(const FieldDescriptor& field) {
    return field.name() != "name" &&
           field.options().GetExtension(v1::rules).resource_patterns_size() > 0;
  }

  absl::Status CheckNested(const Message& message, const FieldDescriptor& field,
                           absl::string_view path) {
    const Reflection& reflection = *message.GetReflection();
    if (!field.is_repeated()) {
      return Check(reflection.GetMessage(message, &field), path);
    }
    for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
      KUGGE_RETURN_IF_ERROR(
          Check(reflection.GetRepeatedMessage(message, &field, i),
                absl::StrCat(path, "[", i, "]")));
    }
    return absl::OkStatus();
  }

  absl::Status CheckNames(const Message& message, const FieldDescriptor& field,
                          absl::string_view path) {
    const Reflection& reflection = *message.GetReflection();
    if (!field.is_repeated()) {
      return CheckName(reflection.GetString(message, &field), path);
    }
    for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
      KUGGE_RETURN_IF_ERROR(
          CheckName(reflection.GetRepeatedString(message, &field, i),
                    absl::StrCat(path, "[", i, "]")));
    }
    return absl::OkStatus();
  }

  absl::Status CheckName(absl::string_view name, absl::string_view path) {
    constexpr absl::string_view kOfficial = "regions/";
    if (absl::StartsWith(name, kOfficial)) {
      if (matching::FindOfficialRegion(name.substr(kOfficial.size())) ==
          nullptr) {
        AddMissing(name, path);
      }
      return absl::OkStatus();
    }
    const ResourceType* type = TypeOfName(name);
    // Another tenant's resource and none at all answer the same.
    if (type == nullptr || !rpc::IsWithin(name, tenant_)) {
      AddMissing(name, path);
      return absl::OkStatus();
    }
    const auto message = type->New();
    const auto found =
        repository_.Get(type->kind, name, snapshot_, message.get());
    if (absl::IsNotFound(found.status())) {
      AddMissing(name, path);
      return absl::OkStatus();
    }
    return found.status();
  }

  void AddMissing(absl::string_view name, absl::string_view path) {
    violations_->Add(path, absl::StrCat("is ", rpc::Quoted(name),
                                        "; must exist in the same tenant"));
  }

  const storage::Repository& repository_;
  const storage::Snapshot* const snapshot_;
  const std::string tenant_;
  rpc::Violations* const violations_;
};

absl::Status CheckSite(const storage::Repository& repository,
                       const storage::Snapshot* snapshot,
                       const v1::Requirement& requirement,
                       absl::string_view name, absl::string_view path,
                       rpc::Violations* violations) {
  if (requirement.site_id().empty()) return absl::OkStatus();
  const auto employer = repository.Get<v1::Employer>(
      storage::ResourceKind::kEmployer, rpc::ParentOf(name), snapshot);
  // A missing employer is the commit's to refuse.
  if (absl::IsNotFound(employer.status())) return absl::OkStatus();
  KUGGE_RETURN_IF_ERROR(employer.status());
  for (const v1::Site& site : employer->resource.sites()) {
    if (site.site_id() == requirement.site_id()) return absl::OkStatus();
  }
  violations->Add(absl::StrCat(path, ".site_id"),
                  absl::StrCat("is ", rpc::Quoted(requirement.site_id()),
                               "; must be the site_id of one of the "
                               "employer's sites"));
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckReferences(const storage::Repository& repository,
                             const storage::Snapshot* snapshot,
                             const Message& resource, absl::string_view name,
                             absl::string_view path,
                             rpc::Violations* violations) {
  KUGGE_RETURN_IF_ERROR(
      Walk(repository, snapshot, name, violations).Check(resource, path));
  if (resource.GetDescriptor() == v1::Requirement::descriptor()) {
    return CheckSite(
        repository, snapshot,
        *google::protobuf::down_cast<const v1::Requirement*>(&resource), name,
        path, violations);
  }
  return absl::OkStatus();
}

}  // namespace kugge::resource
