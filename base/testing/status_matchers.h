// Matchers for absl::Status and absl::StatusOr, which Debian's Abseil lacks.
#ifndef KUGGE_BASE_TESTING_STATUS_MATCHERS_H_
#define KUGGE_BASE_TESTING_STATUS_MATCHERS_H_

#include <ostream>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"

namespace kugge {
namespace status_matchers_internal {

inline absl::Status StatusOf(const absl::Status& status) { return status; }
template <typename T>
absl::Status StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}

}  // namespace status_matchers_internal

// A status, or a result, that is OK.
MATCHER(IsOk, negation ? "is not OK" : "is OK") {
  const absl::Status& status = status_matchers_internal::StatusOf(arg);
  *result_listener << "which has status " << status.ToString();
  return status.ok();
}

// A result that is OK and whose value matches.
MATCHER_P(IsOkAndHolds, value_matcher, "is OK and holds a matching value") {
  if (!arg.ok()) {
    *result_listener << "which has status " << arg.status().ToString();
    return false;
  }
  return testing::ExplainMatchResult(value_matcher, *arg, result_listener);
}

// A status, or a result, with this code (StatusIs(code)), and a message that
// matches (StatusIs(code, message)).
MATCHER_P(StatusIs, code, "has status code " + absl::StatusCodeToString(code)) {
  const absl::Status& status = status_matchers_internal::StatusOf(arg);
  *result_listener << "which has status " << status.ToString();
  return status.code() == code;
}
MATCHER_P2(StatusIs, code, message_matcher,
           "has status code " + absl::StatusCodeToString(code) +
               " and a matching message") {
  const absl::Status& status = status_matchers_internal::StatusOf(arg);
  *result_listener << "which has status " << status.ToString() << ' ';
  return status.code() == code &&
         testing::ExplainMatchResult(
             message_matcher,
             std::string(status.message().data(), status.message().size()),
             result_listener);
}

}  // namespace kugge

#define KUGGE_EXPECT_OK(expression) EXPECT_THAT(expression, ::kugge::IsOk())
#define KUGGE_ASSERT_OK(expression) ASSERT_THAT(expression, ::kugge::IsOk())

// Declares or assigns `lhs` from a StatusOr, or fails the test.
#define KUGGE_ASSERT_OK_AND_ASSIGN(lhs, expression) \
  KUGGE_ASSERT_OK_AND_ASSIGN_IMPL_(                 \
      KUGGE_TEST_CONCAT_(kugge_result_, __LINE__), lhs, expression)
#define KUGGE_ASSERT_OK_AND_ASSIGN_IMPL_(temporary, lhs, expression) \
  auto temporary = (expression);                                     \
  ASSERT_THAT(temporary, ::kugge::IsOk());                           \
  lhs = std::move(temporary).value()
#define KUGGE_TEST_CONCAT_(a, b) KUGGE_TEST_CONCAT_INNER_(a, b)
#define KUGGE_TEST_CONCAT_INNER_(a, b) a##b

#endif  // KUGGE_BASE_TESTING_STATUS_MATCHERS_H_
