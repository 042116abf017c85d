// Takes the value out of a status, or ends the program: where nothing a
// benchmark does can make an error, one is a broken benchmark.
#ifndef KUGGE_TESTS_BENCH_MUST_H_
#define KUGGE_TESTS_BENCH_MUST_H_

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace kugge::bench {

inline void Must(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::abort();
}

template <typename T>
T Must(absl::StatusOr<T> value) {
  Must(value.status());
  return *std::move(value);
}

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_MUST_H_
