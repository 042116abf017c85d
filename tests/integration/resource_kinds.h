// Every kind of resource, so that the same steps can be taken with each.
#ifndef KUGGE_TESTS_INTEGRATION_RESOURCE_KINDS_H_
#define KUGGE_TESTS_INTEGRATION_RESOURCE_KINDS_H_

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "kugge/v1/employer_service.pb.h"
#include "kugge/v1/profile_service.pb.h"
#include "kugge/v1/tenant_service.pb.h"
#include "kugge/v1/training_service.pb.h"
#include "tests/integration/concepts.h"
#include "tests/integration/harness.h"

namespace kugge::integration {

inline constexpr char kSessionBody[] =
    "start_date { year: 2099 month: 3 day: 1 } "
    "end_date { year: 2099 month: 5 day: 1 } distance_learning: true seats: ";

struct Kind {
  std::string service;
  std::string singular;
  std::string Singular;
  std::string plural;
  std::string Plural;
  std::string parent;
  // A resource, and one text field of it with another value.
  std::string body;
  std::string field;
  std::string value;
  bool has_external_id = true;
  // Names of what must not be below it when it goes.
  std::string child;
  const Message* prototype = nullptr;

  friend void PrintTo(const Kind& kind, std::ostream* out) {
    *out << kind.singular;
  }
  std::string Name(const std::string& id) const {
    return absl::StrCat(parent, parent.empty() ? "" : "/", plural, "/", id);
  }
  std::string Create(const std::string& id, const std::string& more = "",
                     const std::string& in_body = "") const {
    return absl::StrCat(parent.empty() ? "" : "parent: '", parent,
                        parent.empty() ? "" : "' ", singular, "_id: '", id,
                        "' ", singular, " { ", body, " ", in_body, " } ", more);
  }
  std::string Method(const std::string& verb, bool many = false) const {
    return absl::StrCat(service, "/", verb, many ? Plural : Singular);
  }
};

inline std::vector<Kind> Kinds() {
  return {
      {"TenantService", "tenant", "Tenant", "tenants", "Tenants", "",
       "display_name: 'A'", "display_name", "'B'", false, "profiles",
       &v1::Tenant::default_instance()},
      {"TenantService", "region", "Region", "regions", "Regions", "tenants/t",
       "display_name: 'A' municipality_codes: '2062'", "display_name", "'B'",
       false, "", &v1::Region::default_instance()},
      {"TenantService", "strategy", "Strategy", "strategies", "Strategies",
       "tenants/t", "display_name: 'A'", "display_name", "'B'", false, "",
       &v1::Strategy::default_instance()},
      {"ProfileService", "profile", "Profile", "profiles", "Profiles",
       "tenants/t", "kind: PROFILE_KIND_JOB_SEEKER", "home.municipality_code",
       "'2062'", true, "", &v1::Profile::default_instance()},
      {"EmployerService", "employer", "Employer", "employers", "Employers",
       "tenants/t", "display_name: 'A'", "display_name", "'B'", true,
       "requirements", &v1::Employer::default_instance()},
      {"EmployerService", "requirement", "Requirement", "requirements",
       "Requirements", "tenants/t/employers/e",
       "title: 'A' origin: REQUIREMENT_ORIGIN_VACANCY", "title", "'B'", true,
       "", &v1::Requirement::default_instance()},
      {"TrainingService", "provider", "Provider", "providers", "Providers",
       "tenants/t", "display_name: 'A'", "display_name", "'B'", true,
       "offerings", &v1::Provider::default_instance()},
      {"TrainingService", "offering", "Offering", "offerings", "Offerings",
       "tenants/t/providers/p", "title: 'A' length_weeks: 10", "title", "'B'",
       true, "sessions", &v1::Offering::default_instance()},
      {"TrainingService", "session", "Session", "sessions", "Sessions",
       "tenants/t/providers/p/offerings/o", absl::StrCat(kSessionBody, "10"),
       "instruction_language", absl::StrCat("'", kSwedish, "'"), true, "",
       &v1::Session::default_instance()},
  };
}

class ResourceTest : public IntegrationTest,
                     public testing::WithParamInterface<Kind> {
 protected:
  ResourceTest() {
    EXPECT_TRUE(ImportTaxonomy("small", kSmallTaxonomy).ok());
    MakeTenant("t");
    Do("EmployerService/CreateEmployer",
       "parent: 'tenants/t' employer_id: 'e' employer { display_name: 'E' }");
    Do("TrainingService/CreateProvider",
       "parent: 'tenants/t' provider_id: 'p' provider { display_name: 'P' }");
    Do("TrainingService/CreateOffering",
       "parent: 'tenants/t/providers/p' offering_id: 'o' "
       "offering { title: 'O' length_weeks: 10 }");
  }

  std::unique_ptr<Message> New() const {
    return std::unique_ptr<Message>(kind_.prototype->New());
  }
  std::unique_ptr<Message> Parse(const Reply& reply) const {
    auto message = New();
    EXPECT_EQ(reply.answers.size(), 1u) << reply;
    if (!reply.answers.empty()) message->ParseFromString(reply.answers[0]);
    return message;
  }
  static std::string Field(const Message& message, const std::string& name) {
    const google::protobuf::FieldDescriptor* field =
        message.GetDescriptor()->FindFieldByName(name);
    return message.GetReflection()->GetString(message, field);
  }
  Reply Get(const std::string& id) const {
    return Call(kind_.Method("Get"),
                absl::StrCat("name: '", kind_.Name(id), "'"));
  }
  // The text of the changed field, set in a message.
  std::string Change(const std::string& id, const std::string& more) const {
    std::string change = absl::StrCat(kind_.field, ": ", kind_.value);
    if (const size_t dot = kind_.field.find('.'); dot != std::string::npos) {
      change =
          absl::StrCat(kind_.field.substr(0, dot), " { ",
                       kind_.field.substr(dot + 1), ": ", kind_.value, " }");
    }
    return absl::StrCat(kind_.singular, " { name: '", kind_.Name(id), "' ",
                        change, " ", more, " }");
  }

  const Kind kind_ = GetParam();
};

}  // namespace kugge::integration

#endif  // KUGGE_TESTS_INTEGRATION_RESOURCE_KINDS_H_
