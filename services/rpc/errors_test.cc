#include "services/rpc/errors.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "services/rpc/order_by.h"
#include "services/rpc/status.h"

namespace kugge::rpc {
namespace {

template <typename Detail>
Detail DetailOf(const grpc::Status& status) {
  google::rpc::Status rich;
  EXPECT_TRUE(rich.ParseFromString(status.error_details()));
  Detail detail;
  for (const auto& any : rich.details()) {
    if (any.UnpackTo(&detail)) return detail;
  }
  ADD_FAILURE() << "no " << Detail::descriptor()->full_name();
  return detail;
}

TEST(ErrorsTest, NoViolationIsOk) { EXPECT_TRUE(Violations().ToStatus().ok()); }

TEST(ErrorsTest, TheFirstViolationIsTheTextAndAllAreDetails) {
  Violations violations;
  violations.Add("skills.held[2].level", "is 9; must be 0 to 5");
  violations.Add("kind", "is required");
  const absl::Status status = violations.ToStatus();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(),
            "skills.held[2].level: is 9; must be 0 to 5, and 1 more");
  EXPECT_EQ(ReasonOf(status), "INVALID_FIELD");
  ASSERT_EQ(ViolationsOf(status).size(), 2);
  EXPECT_EQ(ViolationsOf(status)[1].path, "kind");
  EXPECT_EQ(ViolationsOf(status)[1].description, "is required");
}

TEST(ErrorsTest, ViolationsAreBounded) {
  Violations violations;
  for (int i = 0; i < 100; ++i) violations.Add(absl::StrCat("f", i), "is bad");
  EXPECT_TRUE(violations.full());
  EXPECT_EQ(violations.list().size(), Violations::kMost);
  EXPECT_EQ(violations.total(), 100);
  EXPECT_TRUE(
      absl::StrContains(violations.ToStatus().message(), "and 99 more"));
}

// gRPC's default limit of metadata is 8 KiB; a client that sees more refuses
// the whole answer.
TEST(ErrorsTest, AnAnswerFitsInTrailingMetadata) {
  Violations violations;
  for (int i = 0; i < 20; ++i) {
    violations.Add(std::string(1000, 'p'), std::string(1000, 'd'));
  }
  const grpc::Status status = ToGrpcStatus(violations.ToStatus());
  // Details go as base64; a text of å grows threefold in percent encoding.
  EXPECT_LT(
      status.error_details().size() * 4 / 3 + status.error_message().size(),
      7500);
  EXPECT_GE(DetailOf<google::rpc::BadRequest>(status).field_violations_size(),
            1);
  const grpc::Status longest =
      ToGrpcStatus(absl::InvalidArgumentError(std::string(100'000, 'x')));
  EXPECT_LE(longest.error_message().size(), 1000);
}

TEST(ErrorsTest, DetailsReachGrpc) {
  const grpc::Status status =
      ToGrpcStatus(InvalidField("title", "is required"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(status.error_message(), "title: is required");
  google::rpc::Status rich;
  ASSERT_TRUE(rich.ParseFromString(status.error_details()));
  EXPECT_EQ(rich.code(), 3);
  EXPECT_EQ(rich.message(), "title: is required");
  const auto info = DetailOf<google::rpc::ErrorInfo>(status);
  EXPECT_EQ(info.domain(), "kugge.v1");
  EXPECT_EQ(info.reason(), "INVALID_FIELD");
  const auto bad = DetailOf<google::rpc::BadRequest>(status);
  ASSERT_EQ(bad.field_violations_size(), 1);
  EXPECT_EQ(bad.field_violations(0).field(), "title");
}

TEST(ErrorsTest, AStaleEtagIsAborted) {
  const grpc::Status status = ToGrpcStatus(StaleEtag("tenants/a/profiles/b"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::ABORTED);
  const auto failure = DetailOf<google::rpc::PreconditionFailure>(status);
  ASSERT_EQ(failure.violations_size(), 1);
  EXPECT_EQ(failure.violations(0).type(), "STALE_ETAG");
  EXPECT_EQ(failure.violations(0).subject(), "tenants/a/profiles/b");
}

TEST(ErrorsTest, OverloadSaysWhenToTryAgain) {
  const grpc::Status status =
      ToGrpcStatus(Overloaded(absl::Milliseconds(1500)));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  const auto retry = DetailOf<google::rpc::RetryInfo>(status);
  EXPECT_EQ(retry.retry_delay().seconds(), 1);
  EXPECT_EQ(retry.retry_delay().nanos(), 500'000'000);
}

TEST(ErrorsTest, ReasonsAndCodes) {
  EXPECT_EQ(NotFound("tenants/a").code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(NotFound("tenants/a")), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(AlreadyExists("tenants/a").code(),
            absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(PreconditionFailed("HAS_CHILDREN", "tenants/a", "no").code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(NotReady(absl::Seconds(1), "not yet").code(),
            absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(absl::NotFoundError("plain")), "");
  EXPECT_TRUE(ViolationsOf(absl::NotFoundError("plain")).empty());
}

TEST(ErrorsTest, TextsAboutOurInsideStayInside) {
  for (const absl::Status& inside :
       {absl::InternalError("key 0x17 of cf"), absl::DataLossError("key 0x17"),
        absl::UnknownError("key 0x17")}) {
    testing::internal::CaptureStderr();
    const grpc::Status status = ToGrpcStatus(inside);
    EXPECT_FALSE(absl::StrContains(status.error_message(), "0x17"));
    EXPECT_TRUE(status.error_details().empty());
    EXPECT_EQ(static_cast<int>(status.error_code()),
              static_cast<int>(inside.code()));
    EXPECT_TRUE(
        absl::StrContains(testing::internal::GetCapturedStderr(), "0x17"));
  }
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok());
}

TEST(ErrorsTest, QuotedValuesAreEscapedAndCut) {
  EXPECT_EQ(Quoted("a\nb\"c"), "\"a\\nb\\\"c\"");
  EXPECT_EQ(Quoted("Älvdalen"), "\"Älvdalen\"");
  EXPECT_LT(Quoted(std::string(1000, 'x')).size(), 70);
}

TEST(OrderByTest, ReadsTheThreeFields) {
  using Field = OrderBy::Field;
  EXPECT_EQ(*ParseOrderBy(""), OrderBy());
  EXPECT_EQ(*ParseOrderBy("name"), (OrderBy{Field::kName, false}));
  EXPECT_EQ(*ParseOrderBy("name desc"), (OrderBy{Field::kName, true}));
  EXPECT_EQ(*ParseOrderBy(" create_time  desc "),
            (OrderBy{Field::kCreateTime, true}));
  EXPECT_EQ(*ParseOrderBy("update_time"), (OrderBy{Field::kUpdateTime, false}));
}

TEST(OrderByTest, RefusesTheRest) {
  for (const char* text : {"desc", "title", "name asc", "name DESC",
                           "name,create_time", "name desc desc", "Name"}) {
    const absl::Status status = ParseOrderBy(text).status();
    ASSERT_EQ(ViolationsOf(status).size(), 1) << text;
    EXPECT_EQ(ViolationsOf(status)[0].path, "order_by");
  }
}

TEST(ErrorsTest, TextsThatAreNoUtf8AreEscapedOnTheirWayOut) {
  const grpc::Status status =
      ToGrpcStatus(absl::InvalidArgumentError("line 3: \xff\xfe isn't JSON"));
  EXPECT_EQ(status.error_message(), "line 3: \\xff\\xfe isn\\'t JSON");
  google::rpc::Status rich;
  EXPECT_TRUE(rich.ParseFromString(status.error_details()));
}

}  // namespace
}  // namespace kugge::rpc
