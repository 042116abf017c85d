// What holds for every kind of resource: repeats, keys, parents and children.
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/integration/resource_kinds.h"

namespace kugge::integration {
namespace {

using ResourceRuleTest = ResourceTest;

constexpr char kRequestId[] =
    "request_id: '0a7c3a2e-6f1b-4d5e-8c9d-1e2f3a4b5c6d'";

TEST_P(ResourceRuleTest, RepeatedRequestIdAnswersTheFirstResult) {
  const Reply first = Do(kind_.Method("Create"), kind_.Create("", kRequestId));
  const Reply repeat = Do(kind_.Method("Create"), kind_.Create("", kRequestId));
  EXPECT_EQ(first.answers, repeat.answers);
  const Reply other =
      Call(kind_.Method("Create"), kind_.Create("x2", kRequestId));
  EXPECT_EQ(other.code, grpc::StatusCode::ALREADY_EXISTS) << other;
  EXPECT_EQ(other.reason, "REQUEST_ID_REUSED");
  EXPECT_EQ(Get("x2").code, grpc::StatusCode::NOT_FOUND);
}

TEST_P(ResourceRuleTest, ExternalIdIsUniqueBelowItsParent) {
  if (!kind_.has_external_id) {
    EXPECT_EQ(New()->GetDescriptor()->FindFieldByName("external_id"), nullptr);
    return;
  }
  Do(kind_.Method("Create"), kind_.Create("x1", "", "external_id: 'k'"));
  const Reply taken =
      Call(kind_.Method("Create"), kind_.Create("x2", "", "external_id: 'k'"));
  EXPECT_EQ(taken.code, grpc::StatusCode::ALREADY_EXISTS) << taken;
  EXPECT_EQ(taken.reason, "EXTERNAL_ID_TAKEN");
  EXPECT_EQ(Get("x2").code, grpc::StatusCode::NOT_FOUND);
  Do(kind_.Method("Delete"), absl::StrCat("name: '", kind_.Name("x1"), "'"));
  Do(kind_.Method("Create"), kind_.Create("x2", "", "external_id: 'k'"));
}

TEST_P(ResourceRuleTest, DoesNotGoWhileSomethingIsBelowIt) {
  if (kind_.child.empty()) return;
  Do(kind_.Method("Create"), kind_.Create("x1"));
  for (const Kind& below : Kinds()) {
    if (below.plural != kind_.child) continue;
    Kind child = below;
    child.parent = kind_.Name("x1");
    Do(child.Method("Create"), child.Create("y1"));
    const Reply refused = Call(kind_.Method("Delete"),
                               absl::StrCat("name: '", kind_.Name("x1"), "'"));
    EXPECT_EQ(refused.code, grpc::StatusCode::FAILED_PRECONDITION) << refused;
    EXPECT_EQ(refused.reason, "HAS_CHILDREN");
    EXPECT_TRUE(refused.has_precondition_failure);
    EXPECT_EQ(
        Call(kind_.Method("Delete"),
             absl::StrCat("name: '", kind_.Name("x1"), "' validate_only: true"))
            .reason,
        "HAS_CHILDREN");
    Do(child.Method("Delete"), absl::StrCat("name: '", child.Name("y1"), "'"));
    Do(kind_.Method("Delete"), absl::StrCat("name: '", kind_.Name("x1"), "'"));
  }
}

TEST_P(ResourceRuleTest, ParentMustExist) {
  if (kind_.parent.empty()) return;
  Kind orphan = kind_;
  orphan.parent =
      absl::StrCat(kind_.parent.substr(0, kind_.parent.rfind('/')), "/none");
  const Reply refused = Call(orphan.Method("Create"), orphan.Create("x1"));
  EXPECT_EQ(refused.code, grpc::StatusCode::NOT_FOUND) << refused;
  const Reply list = Call(orphan.Method("List", true),
                          absl::StrCat("parent: '", orphan.parent, "'"));
  EXPECT_EQ(list.code, grpc::StatusCode::NOT_FOUND) << list;
}

TEST_P(ResourceRuleTest, ValidateOnlyTellsWhatACommitWouldRefuse) {
  Do(kind_.Method("Create"), kind_.Create("x1"));
  const Reply taken =
      Call(kind_.Method("Create"), kind_.Create("x1", "validate_only: true"));
  EXPECT_EQ(taken.code, grpc::StatusCode::ALREADY_EXISTS) << taken;
  if (kind_.has_external_id) {
    Do(kind_.Method("Create"), kind_.Create("x2", "", "external_id: 'k'"));
    const Reply key =
        Call(kind_.Method("Create"),
             kind_.Create("x3", "validate_only: true", "external_id: 'k'"));
    EXPECT_EQ(key.reason, "EXTERNAL_ID_TAKEN") << key;
  }
  if (!kind_.parent.empty()) {
    Kind orphan = kind_;
    orphan.parent =
        absl::StrCat(kind_.parent.substr(0, kind_.parent.rfind('/')), "/none");
    EXPECT_EQ(Call(orphan.Method("Create"),
                   orphan.Create("x1", "validate_only: true"))
                  .code,
              grpc::StatusCode::NOT_FOUND);
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, ResourceRuleTest, testing::ValuesIn(Kinds()),
                         [](const auto& kind) { return kind.param.Singular; });

}  // namespace
}  // namespace kugge::integration
