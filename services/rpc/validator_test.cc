#include "services/rpc/validator.h"

#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "kugge/v1/employer_service.pb.h"
#include "kugge/v1/field_rules.pb.h"
#include "kugge/v1/match_service.pb.h"
#include "kugge/v1/profile_service.pb.h"
#include "kugge/v1/taxonomy_service.pb.h"
#include "kugge/v1/tenant_service.pb.h"
#include "kugge/v1/training_service.pb.h"

namespace kugge::rpc {
namespace {

// Knows a handful of concepts by id.
class FewConcepts final : public ConceptChecker {
 public:
  Verdict Check(absl::string_view id,
                absl::Span<const std::string> types) const override {
    const auto found = types_.find(std::string(id));
    if (found == types_.end()) return Verdict::kUnknown;
    return std::find(types.begin(), types.end(), found->second) == types.end()
               ? Verdict::kWrongType
               : Verdict::kOk;
  }
  std::string TypeOf(absl::string_view id) const override {
    const auto found = types_.find(std::string(id));
    return found == types_.end() ? "" : found->second;
  }

 private:
  const std::map<std::string, std::string> types_ = {
      {"skil_001_001", "skill"},
      {"skil_001_002", "skill"},
      {"lang_001_001", "language"},
      {"occu_001_001", "occupation-name"},
      {"sunf_001_001", "sun-education-field-3"}};
};

class ValidatorTest : public testing::Test {
 protected:
  std::vector<FieldViolation> FaultsOf(
      const google::protobuf::Message& message) {
    Violations violations;
    validator_.Check(message, "", &violations);
    return violations.list();
  }

  template <typename T>
  T Parse(const std::string& text) {
    T message;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message))
        << text;
    return message;
  }

  void ExpectFine(const google::protobuf::Message& message) {
    for (const FieldViolation& fault : FaultsOf(message)) {
      ADD_FAILURE() << fault.path << ": " << fault.description << "\n"
                    << message.ShortDebugString();
    }
  }

  // Exactly one wrong field, this one, and its description holds `word`.
  void ExpectFault(const google::protobuf::Message& message,
                   const std::string& path, const std::string& word) {
    const std::vector<FieldViolation> faults = FaultsOf(message);
    ASSERT_EQ(faults.size(), 1) << message.ShortDebugString();
    EXPECT_EQ(faults[0].path, path);
    EXPECT_TRUE(absl::StrContains(faults[0].description, word))
        << faults[0].description;
  }

  template <typename T>
  void ExpectFine(const std::string& text) {
    ExpectFine(Parse<T>(text));
  }
  template <typename T>
  void ExpectFault(const std::string& text, const std::string& path,
                   const std::string& word) {
    ExpectFault(Parse<T>(text), path, word);
  }

  const FewConcepts concepts_;
  const Validator validator_{&concepts_, [](absl::string_view code) {
                               return code == "2062" || code == "2034";
                             }};
};

TEST_F(ValidatorTest, RequiredFieldsMustBeSet) {
  // A string, a number, an enum, a message and a list.
  ExpectFault<v1::GetProfileRequest>("", "name", "is required");
  ExpectFault<v1::Offering>("title: 'x'", "length_weeks", "is required");
  ExpectFault<v1::Profile>("", "kind", "is required");
  ExpectFault<v1::Site>("site_id: 'a'", "place", "is required");
  ExpectFault<v1::Region>("display_name: 'x'", "municipality_codes",
                          "is required");
  ExpectFine<v1::Profile>("kind: PROFILE_KIND_STUDENT");
}

TEST_F(ValidatorTest, PathsGoThroughMessagesAndLists) {
  ExpectFault<v1::Profile>(
      "kind: PROFILE_KIND_STUDENT skills { held { skill: 'skil_001_001' } "
      "held { skill: 'skil_001_002' level: 9 } }",
      "skills.held[1].level", "is 9; must be 0 to 5");
  ExpectFault<v1::BatchCreateProfilesRequest>(
      "parent: 'tenants/a' requests { parent: 'tenants/a' profile { kind: "
      "PROFILE_KIND_STUDENT home { municipality_code: '2062' point { "
      "latitude: 91 } } } }",
      "requests[0].profile.home.point.latitude", "must be -90 to 90");
  Violations violations;
  validator_.Check(v1::Profile(), "rows[4].profile", &violations);
  EXPECT_EQ(violations.list()[0].path, "rows[4].profile.kind");
}

TEST_F(ValidatorTest, NumbersStayWithinTheirBounds) {
  const auto session = [](const std::string& rest) {
    return "start_date { year: 2026 month: 3 day: 1 } "
           "end_date { year: 2026 month: 4 day: 1 } seats: 10 " +
           rest;
  };
  ExpectFine<v1::Session>(session("pace_percent: 100"));
  ExpectFine<v1::Session>(session("pace_percent: 0"));
  ExpectFault<v1::Session>(session("pace_percent: 101"), "pace_percent",
                           "is 101; must be 1 to 100");
  ExpectFault<v1::Session>(session("pace_percent: -1"), "pace_percent",
                           "is -1; must be 1 to 100");
  ExpectFault<v1::Session>(session("seats_taken: 2147483647"), "seats_taken",
                           "must be 0 to 10000");
  ExpectFault<v1::ListTenantsRequest>("page_size: -1", "page_size",
                                      "is -1; must be 0 or more");
  // An optional field that is set to 0 is set.
  ExpectFine<v1::Strategy>("not_asked_credit: 0");
  ExpectFault<v1::Strategy>("not_asked_credit: 1001", "not_asked_credit",
                            "0 to 1000");
}

TEST_F(ValidatorTest, NumbersAreFinite) {
  for (const double value :
       {std::nan(""), std::numeric_limits<double>::infinity(),
        -std::numeric_limits<double>::infinity()}) {
    v1::GeoPoint point;
    point.set_longitude(value);
    ExpectFault(point, "longitude", "not a finite number");
  }
  v1::GeoPoint point;
  point.set_latitude(-90);
  point.set_longitude(180);
  ExpectFine(point);
  point.set_longitude(180.00001);
  ExpectFault(point, "longitude", "must be -180 to 180");
}

TEST_F(ValidatorTest, StringsAreMeasuredInCharacters) {
  v1::Tenant tenant;
  std::string name;
  for (int i = 0; i < 200; ++i) name += "å";
  tenant.set_display_name(name);
  ExpectFine(tenant);
  tenant.set_display_name(name + "å");
  ExpectFault(tenant, "display_name",
              "has 201 characters; must have at most 200");
  // Without a length of its own: 1,000.
  v1::SearchConceptsRequest search;
  search.set_query("x");
  search.add_types(std::string(1001, 'x'));
  ExpectFault(search, "types[0]", "at most 1000");
}

TEST_F(ValidatorTest, ListsAreNotTooLong) {
  v1::BatchGetProfilesRequest request;
  request.set_parent("tenants/a");
  for (int i = 0; i < 1001; ++i) request.add_names("tenants/a/profiles/b");
  ExpectFault(request, "names", "has 1001 items; must have at most 1000");
  request.mutable_names()->RemoveLast();
  ExpectFine(request);
  // Without a length of its own: 100.
  v1::UpdateTenantRequest update;
  update.mutable_tenant();
  for (int i = 0; i < 101; ++i) update.mutable_update_mask()->add_paths("x");
  ExpectFault(update, "update_mask.paths", "at most 100");
}

TEST_F(ValidatorTest, EnumsAreKnownAndListsHoldNoUnspecified) {
  v1::Profile profile;
  profile.set_kind(static_cast<v1::ProfileKind>(77));
  ExpectFault(profile, "kind", "is 77, which is no ProfileKind");
  profile.set_kind(static_cast<v1::ProfileKind>(-1));
  ExpectFault(profile, "kind", "is -1");
  ExpectFault<v1::Requirement>(
      "title: 'x' origin: REQUIREMENT_ORIGIN_VACANCY shifts: SHIFT_DAY "
      "shifts: SHIFT_UNSPECIFIED",
      "shifts[1]", "unspecified");
  v1::Requirement requirement;
  requirement.set_title("x");
  requirement.set_origin(v1::REQUIREMENT_ORIGIN_VACANCY);
  requirement.add_shifts(static_cast<v1::Shift>(9));
  ExpectFault(requirement, "shifts[0]", "is 9, which is no Shift");
}

TEST_F(ValidatorTest, DaysAreInTheCalendar) {
  const auto expect = [&](int year, int month, int day, bool fine) {
    v1::WorkWishes wishes;
    wishes.mutable_earliest_start_date()->set_year(year);
    wishes.mutable_earliest_start_date()->set_month(month);
    wishes.mutable_earliest_start_date()->set_day(day);
    if (fine) {
      ExpectFine(wishes);
    } else {
      ExpectFault(wishes, "earliest_start_date", "must be a day");
    }
  };
  expect(2026, 3, 1, true);
  expect(2024, 2, 29, true);
  expect(2026, 2, 29, false);
  expect(2026, 0, 1, false);
  expect(2026, 3, 0, false);
  expect(0, 3, 1, false);
  expect(1899, 3, 1, false);
  expect(2201, 3, 1, false);
  expect(2026, -3, 1, false);
}

TEST_F(ValidatorTest, TimesAreInRange) {
  const auto profile = [](const std::string& time) {
    return "kind: PROFILE_KIND_STUDENT expire_time { " + time + " }";
  };
  ExpectFine<v1::Profile>(profile("seconds: 253402300799 nanos: 999999999"));
  ExpectFault<v1::Profile>(profile("seconds: 253402300800"), "expire_time",
                           "out of range");
  ExpectFault<v1::Profile>(profile("nanos: -1"), "expire_time", "out of range");
}

TEST_F(ValidatorTest, ConceptsAreKnownAndOfTheirType) {
  const auto profile = [](const std::string& skill) {
    return "kind: PROFILE_KIND_STUDENT skills { held { skill: '" + skill +
           "' } }";
  };
  ExpectFine<v1::Profile>(profile("skil_001_001"));
  ExpectFault<v1::Profile>(profile("skil_999_999"), "skills.held[0].skill",
                           "is \"skil_999_999\", which the taxonomy does not "
                           "have; must be a concept id of type skill");
  ExpectFault<v1::Profile>(profile("lang_001_001"), "skills.held[0].skill",
                           "a concept of type language; must be of type skill");
  ExpectFault<v1::Profile>(profile("welding"), "skills.held[0].skill",
                           "must be a concept id of type skill");
  ExpectFault<v1::Profile>(
      "kind: PROFILE_KIND_STUDENT skills { lacking: 'lang_001_001' }",
      "skills.lacking[0]", "must be of type skill");
  ExpectFine<v1::EducationDemand>("field: 'sunf_001_001'");
  // No taxonomy: the form alone.
  const Validator alone(nullptr);
  Violations violations;
  alone.Check(Parse<v1::Profile>(profile("skil_999_999")), "", &violations);
  EXPECT_TRUE(violations.empty());
  alone.Check(Parse<v1::Profile>(profile("welding")), "", &violations);
  EXPECT_EQ(violations.total(), 1);
}

TEST_F(ValidatorTest, NamesHaveTheirPattern) {
  ExpectFine<v1::GetProfileRequest>("name: 'tenants/a/profiles/b'");
  ExpectFault<v1::GetProfileRequest>(
      "name: 'tenants/a/employers/b'", "name",
      "must have the form tenants/{tenant}/profiles/{profile}");
  ExpectFault<v1::GetProfileRequest>("name: 'tenants/-/profiles/b'", "name",
                                     "must have the form");
  ExpectFault<v1::GetProfileRequest>("name: 'tenants/a/profiles/p811218-9876'",
                                     "name", "personal number");
  ExpectFine<v1::Mobility>(
      "relocation_regions: 'regions/fa-mora' "
      "relocation_regions: 'tenants/a/regions/ovansiljan'");
  ExpectFault<v1::Mobility>("relocation_regions: 'mora'",
                            "relocation_regions[0]",
                            "regions/{region} or tenants/{tenant}/regions/");
  ExpectFine<v1::GetTaxonomyRequest>("name: 'taxonomies/-'");
  // A field of a oneof is there even when it is empty.
  ExpectFault<v1::MatchOfferingsRequest>("profile: ''", "profile", "is empty");
}

TEST_F(ValidatorTest, Formats) {
  const auto employer = [](const std::string& rest) {
    return "display_name: 'x' " + rest;
  };
  ExpectFine<v1::Employer>(employer("organisation_number: '556036-0793'"));
  ExpectFault<v1::Employer>(employer("organisation_number: '5560360794'"),
                            "organisation_number", "check digit");
  ExpectFine<v1::Place>("municipality_code: '2062'");
  ExpectFault<v1::Place>("municipality_code: '9999'", "municipality_code",
                         "no municipality in force");
  ExpectFault<v1::Place>("municipality_code: 'Mora'", "municipality_code",
                         "four digits");
  ExpectFine<v1::Employer>(
      employer("industry_codes: '25' industry_codes: 'C'"));
  ExpectFault<v1::Employer>(employer("industry_codes: 'C25'"),
                            "industry_codes[0]", "SNI code");
  ExpectFine<v1::Employer>(employer("external_id: 'case 17/2026'"));
  ExpectFault<v1::Employer>(employer("external_id: '19811218-9876'"),
                            "external_id", "personal number");
  ExpectFault<v1::Employer>(employer("external_id: 'a\\nb'"), "external_id",
                            "control character");
  ExpectFault<v1::DeleteTenantRequest>("name: 'tenants/a' request_id: '7'",
                                       "request_id", "must be a UUID");
  ExpectFault<v1::CreateTenantRequest>(
      "tenant { display_name: 'x' } tenant_id: 'Mora'", "tenant_id",
      "1 to 63 of a-z");
  ExpectFault<v1::CreateTenantRequest>(
      "tenant { display_name: 'x' } tenant_id: 'a-811218-9876'", "tenant_id",
      "personal number");
}

TEST_F(ValidatorTest, TextsAreClean) {
  ExpectFine<v1::Tenant>("display_name: 'Mora\\tkommun\\nÖvdalsvägen'");
  ExpectFault<v1::Tenant>("display_name: 'Mora\\001'", "display_name",
                          "control character");
  ExpectFault<v1::Tenant>("display_name: 'ask 811218-9876'", "display_name",
                          "personal number");
  ExpectFault<v1::ListTenantsRequest>("filter: 'a\\nb'", "filter",
                                      "control character");
  v1::Tenant tenant;
  tenant.set_display_name("\xff");
  ExpectFault(tenant, "display_name", "UTF-8");
}

TEST_F(ValidatorTest, APersonalNumberIsNotRepeatedInTheError) {
  const auto faults = FaultsOf(
      Parse<v1::Employer>("display_name: 'x' external_id: '811218-9876' "
                          "organisation_number: '8112189876'"));
  ASSERT_EQ(faults.size(), 2);
  for (const FieldViolation& fault : faults) {
    EXPECT_FALSE(absl::StrContains(fault.description, "9876"));
  }
}

TEST_F(ValidatorTest, WhatTheServerSetsAndWhatIsUnknownIsNotLookedAt) {
  ExpectFine<v1::Tenant>("display_name: 'x' create_time { nanos: -1 }");
  v1::Tenant tenant;
  tenant.set_display_name("x");
  tenant.GetReflection()->MutableUnknownFields(&tenant)->AddVarint(9999, 1);
  ExpectFine(tenant);
}

TEST_F(ValidatorTest, AnUpdateMayHoldPartOfAResource) {
  ExpectFine<v1::UpdateProfileRequest>(
      "profile { name: 'tenants/a/profiles/b' home { point { latitude: 61 } } "
      "}");
  ExpectFault<v1::UpdateProfileRequest>("", "profile", "is required");
  // Elements of lists are whole, and what is set is checked.
  ExpectFault<v1::UpdateProfileRequest>(
      "profile { skills { held { level: 2 } } }",
      "profile.skills.held[0].skill", "is required");
  ExpectFault<v1::BatchUpdateProfilesRequest>(
      "parent: 'tenants/a' requests { profile { home { municipality_code: "
      "'x' } } }",
      "requests[0].profile.home.municipality_code", "four digits");
  ExpectFault<v1::BatchUpdateProfilesRequest>(
      "parent: 'tenants/a' requests { }", "requests[0].profile", "is required");
  // Creation holds all of it.
  ExpectFault<v1::CreateProfileRequest>(
      "parent: 'tenants/a' profile { kind: PROFILE_KIND_STUDENT home { } }",
      "profile.home.municipality_code", "is required");
}

TEST_F(ValidatorTest, FaultsAreBounded) {
  v1::Profile profile;
  profile.set_kind(v1::PROFILE_KIND_STUDENT);
  for (int i = 0; i < 400; ++i) profile.mutable_skills()->add_held();
  EXPECT_EQ(FaultsOf(profile).size(), Violations::kMost);
}

// --- the rules themselves ----------------------------------------------------

// Every message type of package kugge.v1 that the services reach.
std::vector<const google::protobuf::Descriptor*> AllMessages() {
  std::vector<const google::protobuf::FileDescriptor*> files = {
      v1::ListTenantsRequest::descriptor()->file(),
      v1::ListProfilesRequest::descriptor()->file(),
      v1::ListEmployersRequest::descriptor()->file(),
      v1::ListProvidersRequest::descriptor()->file(),
      v1::ListTaxonomiesRequest::descriptor()->file(),
      v1::ExplainMatchRequest::descriptor()->file()};
  std::set<const google::protobuf::FileDescriptor*> seen;
  std::vector<const google::protobuf::Descriptor*> messages;
  while (!files.empty()) {
    const auto* file = files.back();
    files.pop_back();
    if (file->package() != "kugge.v1" || !seen.insert(file).second) continue;
    for (int i = 0; i < file->dependency_count(); ++i) {
      files.push_back(file->dependency(i));
    }
    // The rules' own messages hold nobody's data.
    if (file == v1::FieldRules::descriptor()->file()) continue;
    for (int i = 0; i < file->message_type_count(); ++i) {
      messages.push_back(file->message_type(i));
      EXPECT_EQ(file->message_type(i)->nested_type_count(), 0)
          << file->message_type(i)->full_name();
    }
  }
  return messages;
}

TEST(FieldRulesTest, EveryFieldHasADataClass) {
  int fields = 0;
  for (const auto* message : AllMessages()) {
    const auto whole =
        message->options().GetExtension(v1::message_rules).data_class();
    for (int i = 0; i < message->field_count(); ++i, ++fields) {
      const auto own =
          message->field(i)->options().GetExtension(v1::rules).data_class();
      EXPECT_TRUE(whole != v1::DATA_CLASS_UNSPECIFIED ||
                  own != v1::DATA_CLASS_UNSPECIFIED)
          << message->field(i)->full_name();
    }
  }
  EXPECT_GT(fields, 300);
}

// A rule on a field of a type it says nothing about would be lost in silence.
TEST(FieldRulesTest, EveryRuleFitsItsField) {
  using google::protobuf::FieldDescriptor;
  for (const auto* message : AllMessages()) {
    for (int i = 0; i < message->field_count(); ++i) {
      const FieldDescriptor* field = message->field(i);
      const v1::FieldRules& rules = field->options().GetExtension(v1::rules);
      const bool text = field->type() == FieldDescriptor::TYPE_STRING;
      const bool number = field->cpp_type() == FieldDescriptor::CPPTYPE_INT32 ||
                          field->cpp_type() == FieldDescriptor::CPPTYPE_INT64 ||
                          field->cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE;
      const std::string& name = field->full_name();
      EXPECT_TRUE(text || (rules.format() == v1::FORMAT_UNSPECIFIED &&
                           rules.concept_types().empty() &&
                           rules.resource_patterns().empty()))
          << name;
      EXPECT_TRUE(text || field->type() == FieldDescriptor::TYPE_BYTES ||
                  rules.max_length() == 0)
          << name;
      EXPECT_TRUE(number || (!rules.has_minimum() && !rules.has_maximum()))
          << name;
      EXPECT_TRUE(field->is_repeated() || rules.max_items() == 0) << name;
      EXPECT_FALSE(field->is_map()) << name;
      if (rules.has_minimum() && rules.has_maximum()) {
        EXPECT_LE(rules.minimum(), rules.maximum()) << name;
      }
    }
  }
}

// The cost grows with the message and no faster: ten times the skills are held
// against the rules in about ten times the time, on any machine.
TEST_F(ValidatorTest, ACheckCostsWhatItsMessageIsLong) {
  const auto profile_of = [](int skills) {
    v1::Profile profile;
    profile.set_kind(v1::PROFILE_KIND_STUDENT);
    for (int i = 0; i < skills; ++i) {
      auto* held = profile.mutable_skills()->add_held();
      held->set_skill(i % 2 == 0 ? "skil_001_001" : "skil_001_002");
      held->set_level(3);
      held->set_evidence(v1::EVIDENCE_LEVEL_CLAIMED);
    }
    return profile;
  };
  const v1::Profile small = profile_of(10);
  const v1::Profile large = profile_of(100);
  ExpectFine(large);
  const auto time_of = [&](const v1::Profile& profile) {
    const auto start = std::chrono::steady_clock::now();
    Violations violations;
    validator_.Check(profile, "", &violations);
    return std::chrono::steady_clock::now() - start;
  };
  // The least of many: what the machine does besides is in the others.
  auto small_took = time_of(small);
  auto large_took = time_of(large);
  for (int i = 0; i < 200; ++i) {
    small_took = std::min(small_took, time_of(small));
    large_took = std::min(large_took, time_of(large));
  }
  EXPECT_LT(large_took, 40 * small_took);
}

}  // namespace
}  // namespace kugge::rpc
