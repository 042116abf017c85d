// Every kind of resource through its whole life.
#include <string>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "tests/integration/resource_kinds.h"

namespace kugge::integration {
namespace {

using ::google::protobuf::util::MessageDifferencer;

using ResourceLifeTest = ResourceTest;

TEST_P(ResourceLifeTest, IsCreatedReadAndDeleted) {
  const auto made = Parse(Do(kind_.Method("Create"), kind_.Create("x1")));
  EXPECT_EQ(Field(*made, "name"), kind_.Name("x1"));
  EXPECT_NE(Field(*made, "etag"), "");
  EXPECT_TRUE(MessageDifferencer::Equals(*Parse(Get("x1")), *made));
  const Reply again = Call(kind_.Method("Create"), kind_.Create("x1"));
  EXPECT_EQ(again.code, grpc::StatusCode::ALREADY_EXISTS) << again;
  EXPECT_EQ(again.reason, "RESOURCE_EXISTS");
  Do(kind_.Method("Delete"), absl::StrCat("name: '", kind_.Name("x1"), "'"));
  const Reply gone = Get("x1");
  EXPECT_EQ(gone.code, grpc::StatusCode::NOT_FOUND) << gone;
  EXPECT_EQ(gone.reason, "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Call(kind_.Method("Delete"),
                 absl::StrCat("name: '", kind_.Name("x1"), "'"))
                .code,
            grpc::StatusCode::NOT_FOUND);
}

TEST_P(ResourceLifeTest, GetsARandomIdWhereNoneIsGiven) {
  const auto one = Parse(Do(kind_.Method("Create"), kind_.Create("")));
  const auto other = Parse(Do(kind_.Method("Create"), kind_.Create("")));
  EXPECT_NE(Field(*one, "name"), Field(*other, "name"));
}

TEST_P(ResourceLifeTest, MaskChangesWhatItNamesAndNothingElse) {
  const auto made = Parse(Do(kind_.Method("Create"), kind_.Create("x1")));
  const auto changed =
      Parse(Do(kind_.Method("Update"),
               absl::StrCat(Change("x1", ""), " update_mask { paths: '",
                            kind_.field, "' }")));
  EXPECT_NE(Field(*changed, "etag"), Field(*made, "etag"));
  EXPECT_TRUE(MessageDifferencer::Equals(*Parse(Get("x1")), *changed));
  // But for the change and what the server sets, they are equal.
  MessageDifferencer but;
  for (const std::string& field :
       {std::string("etag"), std::string("update_time"), std::string("version"),
        kind_.field.substr(0, kind_.field.find('.'))}) {
    if (const auto* d = made->GetDescriptor()->FindFieldByName(field)) {
      but.IgnoreField(d);
    }
  }
  EXPECT_TRUE(but.Compare(*made, *changed));
  EXPECT_FALSE(MessageDifferencer::Equals(*made, *changed));
}

TEST_P(ResourceLifeTest, UnknownMaskPathIsRefused) {
  Do(kind_.Method("Create"), kind_.Create("x1"));
  const std::string before = Get("x1").answers.at(0);
  for (const char* path : {"no_such_field", "name.x", "", "display_name,"}) {
    const Reply refused = Call(
        kind_.Method("Update"),
        absl::StrCat(Change("x1", ""), " update_mask { paths: '", path, "' }"));
    EXPECT_EQ(refused.code, grpc::StatusCode::INVALID_ARGUMENT)
        << path << ": " << refused;
    EXPECT_FALSE(refused.fields.empty()) << path;
  }
  EXPECT_EQ(Get("x1").answers.at(0), before);
}

TEST_P(ResourceLifeTest, StaleEtagIsAborted) {
  const auto made = Parse(Do(kind_.Method("Create"), kind_.Create("x1")));
  const std::string etag = Field(*made, "etag");
  Do(kind_.Method("Update"), Change("x1", ""));
  const std::string before = Get("x1").answers.at(0);
  const Reply update = Call(kind_.Method("Update"),
                            Change("x1", absl::StrCat("etag: '", etag, "'")));
  const Reply removal =
      Call(kind_.Method("Delete"),
           absl::StrCat("name: '", kind_.Name("x1"), "' etag: '", etag, "'"));
  for (const Reply& stale : {update, removal}) {
    EXPECT_EQ(stale.code, grpc::StatusCode::ABORTED) << stale;
    EXPECT_EQ(stale.reason, "STALE_ETAG");
    EXPECT_TRUE(stale.has_precondition_failure);
  }
  const Reply made_up =
      Call(kind_.Method("Update"), Change("x1", "etag: 'no etag'"));
  EXPECT_EQ(made_up.code, grpc::StatusCode::INVALID_ARGUMENT) << made_up;
  EXPECT_EQ(Get("x1").answers.at(0), before);
  const std::string now = Field(*Parse(Get("x1")), "etag");
  Do(kind_.Method("Delete"),
     absl::StrCat("name: '", kind_.Name("x1"), "' etag: '", now, "'"));
}

TEST_P(ResourceLifeTest, ValidateOnlyWritesNothing) {
  const Reply checked =
      Do(kind_.Method("Create"), kind_.Create("x1", "validate_only: true"));
  EXPECT_EQ(Field(*Parse(checked), "name"), kind_.Name("x1"));
  EXPECT_EQ(Get("x1").code, grpc::StatusCode::NOT_FOUND);
  Do(kind_.Method("Create"), kind_.Create("x1"));
  const std::string before = Get("x1").answers.at(0);
  Do(kind_.Method("Update"),
     absl::StrCat(Change("x1", ""), " validate_only: true"));
  Do(kind_.Method("Delete"),
     absl::StrCat("name: '", kind_.Name("x1"), "' validate_only: true"));
  EXPECT_EQ(Get("x1").answers.at(0), before);
}

INSTANTIATE_TEST_SUITE_P(Kinds, ResourceLifeTest, testing::ValuesIn(Kinds()),
                         [](const auto& kind) { return kind.param.Singular; });

}  // namespace
}  // namespace kugge::integration
