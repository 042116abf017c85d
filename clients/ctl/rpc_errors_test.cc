#include "clients/ctl/rpc_errors.h"

#include <sstream>

#include "clients/ctl/args.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"

namespace kugge::ctl {
namespace {

using testing::ElementsAre;
using testing::Pair;

std::string Printed(const absl::Status& status) {
  std::ostringstream err;
  PrintError(status, err);
  return err.str();
}

TEST(RpcErrorsTest, EachWrongFieldHasItsLine) {
  google::rpc::BadRequest bad_request;
  for (const char* field : {"skills.held[2].level", "kind"}) {
    auto* violation = bad_request.add_field_violations();
    violation->set_field(field);
    violation->set_description("is wrong");
  }
  google::rpc::Status details;
  details.add_details()->PackFrom(bad_request);
  const absl::Status status =
      FromGrpc(grpc::Status(grpc::StatusCode::INVALID_ARGUMENT,
                            "2 fields are wrong", details.SerializeAsString()));
  EXPECT_EQ(Printed(status),
            "error: INVALID_ARGUMENT: 2 fields are wrong\n"
            "  skills.held[2].level: is wrong\n"
            "  kind: is wrong\n");
  EXPECT_THAT(FieldViolations(status),
              ElementsAre(Pair("skills.held[2].level", "is wrong"),
                          Pair("kind", "is wrong")));
  EXPECT_EQ(ExitCode(status), 1);
}

TEST(RpcErrorsTest, DetailsThatDoNotParseAreLeftOut) {
  EXPECT_EQ(Printed(FromGrpc(grpc::Status(grpc::StatusCode::NOT_FOUND,
                                          "no such profile", "\xff\xff"))),
            "error: NOT_FOUND: no such profile\n");
}

TEST(RpcErrorsTest, UsageErrorsShowNoCodeAndExitWithTwo) {
  const absl::Status status = UsageError("unknown flag --x");
  EXPECT_EQ(Printed(status), "error: unknown flag --x\n");
  EXPECT_EQ(ExitCode(status), 2);
  EXPECT_EQ(ExitCode(absl::OkStatus()), 0);
  EXPECT_EQ(ExitCode(absl::InvalidArgumentError("row")), 1);
}

}  // namespace
}  // namespace kugge::ctl
