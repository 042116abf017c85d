#include "services/rpc/field_mask.h"

#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "kugge/v1/profile.pb.h"
#include "services/rpc/errors.h"

namespace kugge::rpc {
namespace {

v1::Profile ParseProfile(const std::string& text) {
  v1::Profile profile;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &profile));
  return profile;
}

v1::Profile StoredProfile() {
  return ParseProfile(R"pb(
    name: "tenants/a/profiles/b"
    external_id: "case-1"
    kind: PROFILE_KIND_JOB_SEEKER
    home {
      municipality_code: "2062"
      point { latitude: 61 longitude: 14 }
    }
    skills {
      held { skill: "one1_one_one" level: 1 }
      held { skill: "two2_two_two" level: 2 }
      completeness: COMPLETENESS_OPEN
    }
    create_time { seconds: 5 }
    etag: "e1"
  )pb");
}

google::protobuf::FieldMask Mask(const std::vector<std::string>& paths) {
  google::protobuf::FieldMask mask;
  for (const std::string& path : paths) mask.add_paths(path);
  return mask;
}

// What is stored after an update with `source`.
void ExpectAfter(const std::vector<std::string>& paths,
                 const std::string& source, const std::string& wanted) {
  v1::Profile target = StoredProfile();
  const absl::Status status =
      ApplyMask(Mask(paths), ParseProfile(source), &target);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(
      target, ParseProfile(wanted)))
      << target.DebugString();
}

void ExpectRefused(const std::vector<std::string>& paths,
                   const std::string& word) {
  v1::Profile target = StoredProfile();
  const v1::Profile source =
      ParseProfile("external_id: 'other' home { municipality_code: '2034' }");
  const absl::Status status = ApplyMask(Mask(paths), source, &target);
  ASSERT_EQ(ViolationsOf(status).size(), 1) << word;
  EXPECT_EQ(ViolationsOf(status)[0].path, "update_mask");
  EXPECT_TRUE(absl::StrContains(ViolationsOf(status)[0].description, word))
      << status;
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(
      target, StoredProfile()));
}

TEST(FieldMaskTest, WithoutAMaskTheSetFieldsAreCopiedWhole) {
  ExpectAfter({}, R"pb(
                name: "tenants/x/profiles/y"
                kind: PROFILE_KIND_STUDENT
                skills { held { skill: "thr3_thr_thr" } }
                create_time { seconds: 9 }
                etag: "e0"
              )pb",
              R"pb(
                name: "tenants/a/profiles/b"
                external_id: "case-1"
                kind: PROFILE_KIND_STUDENT
                home {
                  municipality_code: "2062"
                  point { latitude: 61 longitude: 14 }
                }
                skills { held { skill: "thr3_thr_thr" } }
                create_time { seconds: 5 }
                etag: "e1"
              )pb");
}

TEST(FieldMaskTest, AStarCopiesAndClearsAllButWhatTheServerSets) {
  ExpectAfter({"*"}, "kind: PROFILE_KIND_STUDENT create_time { seconds: 9 }",
              R"pb(
                name: "tenants/a/profiles/b"
                kind: PROFILE_KIND_STUDENT
                create_time { seconds: 5 }
                etag: "e1"
              )pb");
}

TEST(FieldMaskTest, NamedFieldsAreCopiedOrCleared) {
  ExpectAfter({"external_id", "home", "skills.held", "kind"}, R"pb(
                kind: PROFILE_KIND_EMPLOYEE
                nominating_employer: "tenants/a/employers/c"
                skills {
                  held { skill: "thr3_thr_thr" }
                  completeness: COMPLETENESS_COMPLETE
                }
              )pb",
              R"pb(
                name: "tenants/a/profiles/b"
                kind: PROFILE_KIND_EMPLOYEE
                skills {
                  held { skill: "thr3_thr_thr" }
                  completeness: COMPLETENESS_OPEN
                }
                create_time { seconds: 5 }
                etag: "e1"
              )pb");
}

TEST(FieldMaskTest, NestedPathsChangeOnlyTheirEnd) {
  const std::string rest = R"pb(
    name: "tenants/a/profiles/b"
    external_id: "case-1"
    kind: PROFILE_KIND_JOB_SEEKER
    skills {
      held { skill: "one1_one_one" level: 1 }
      held { skill: "two2_two_two" level: 2 }
      completeness: COMPLETENESS_OPEN
    }
    create_time { seconds: 5 }
    etag: "e1"
  )pb";
  ExpectAfter({"home.point.latitude"},
              "home { municipality_code: '2034' point { latitude: 60 } }",
              rest +
                  "home { municipality_code: '2062' "
                  "point { latitude: 60 longitude: 14 } }");
  // The source lacks the way: the end is cleared.
  ExpectAfter({"home.point"}, "", rest + "home { municipality_code: '2062' }");
  // Both lack the way: nothing is made.
  v1::Profile target = StoredProfile();
  ASSERT_TRUE(
      ApplyMask(Mask({"wishes.mobility.strength"}), v1::Profile(), &target)
          .ok());
  EXPECT_FALSE(target.has_wishes());
}

TEST(FieldMaskTest, OverlappingAndRepeatedPathsAreHarmless) {
  v1::Profile target = StoredProfile();
  const v1::Profile source =
      ParseProfile("external_id: 'c2' home { municipality_code: '2034' }");
  ASSERT_TRUE(
      ApplyMask(Mask({"home", "home.point", "external_id", "external_id"}),
                source, &target)
          .ok());
  EXPECT_EQ(target.external_id(), "c2");
  EXPECT_EQ(target.home().municipality_code(), "2034");
  EXPECT_FALSE(target.home().has_point());
}

TEST(FieldMaskTest, WhatTheServerSetsIsIgnoredInAMask) {
  v1::Profile target = StoredProfile();
  const v1::Profile source =
      ParseProfile("create_time { seconds: 9 } etag: 'e9'");
  ASSERT_TRUE(ApplyMask(Mask({"create_time", "create_time.seconds", "etag"}),
                        source, &target)
                  .ok());
  EXPECT_EQ(target.create_time().seconds(), 5);
  EXPECT_EQ(target.etag(), "e1");
}

TEST(FieldMaskTest, WrongPathsAreNamedAndNothingIsCopied) {
  ExpectRefused({"external_id", "skils"}, "skils");
  ExpectRefused({"external_id", ""}, "\"\"");
  ExpectRefused({"home.street"}, "home.street");
  ExpectRefused({"home."}, "home.");
  ExpectRefused({".home"}, ".home");
  ExpectRefused({"external_id.x"}, "external_id.x");
  ExpectRefused({"externalId"}, "externalId");
  ExpectRefused({"skills.held.level"}, "list");
  ExpectRefused({"external_id", "*"}, "alone");
  ExpectRefused({"external_id", "name"}, "can't be changed");
}

}  // namespace
}  // namespace kugge::rpc
