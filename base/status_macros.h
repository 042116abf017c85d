// Early return for absl::Status and absl::StatusOr.
#ifndef KUGGE_BASE_STATUS_MACROS_H_
#define KUGGE_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Returns from the current function when `expression` (an absl::Status) is not
// OK.
#define KUGGE_RETURN_IF_ERROR(expression)                                 \
  do {                                                                    \
    if (absl::Status kugge_status_ = (expression); !kugge_status_.ok()) { \
      return kugge_status_;                                               \
    }                                                                     \
  } while (false)

// Declares or assigns `lhs` from `expression` (an absl::StatusOr<T>), or
// returns its status.
#define KUGGE_ASSIGN_OR_RETURN(lhs, expression)                                \
  KUGGE_ASSIGN_OR_RETURN_IMPL_(KUGGE_CONCAT_(kugge_status_or_, __LINE__), lhs, \
                               expression)

#define KUGGE_ASSIGN_OR_RETURN_IMPL_(temporary, lhs, expression) \
  auto temporary = (expression);                                 \
  if (!temporary.ok()) return std::move(temporary).status();     \
  lhs = std::move(temporary).value()

#define KUGGE_CONCAT_(a, b) KUGGE_CONCAT_INNER_(a, b)
#define KUGGE_CONCAT_INNER_(a, b) a##b

#endif  // KUGGE_BASE_STATUS_MACROS_H_
