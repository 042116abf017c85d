#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/bench/report.h"
#include "tests/bench/skills_figures.h"

namespace kugge::bench {
namespace {

constexpr uint32_t kSizes[] = {200'000, 1'000'000, 5'000'000};
constexpr const char* kSizeNames[] = {"200k", "1M", "5M"};

struct Size {
  std::unique_ptr<EngineSide> engine;
  AskedList asked;
};

double Probe(const std::vector<Size>& sizes) {
  const double begin = NowMicros();
  for (const Size& size : sizes) {
    for (size_t i = 0; i < 3; ++i) {
      TopOf(size.engine->market(), *size.asked[i]);
    }
  }
  return (NowMicros() - begin) / 3;
}

// Each query on each size in turn; the least of several.
std::vector<double> MedianBySize(const Options& options,
                                 const std::vector<Size>& sizes) {
  const Plan plan = PlanFor(options, Probe(sizes), 5);
  std::vector<Least> least(sizes.size(), Least(plan.queries));
  for (size_t pass = 0; pass < plan.passes; ++pass) {
    for (size_t i = 0; i < plan.queries; ++i) {
      for (size_t s = 0; s < sizes.size(); ++s) {
        const double begin = NowMicros();
        TopOf(sizes[s].engine->market(), *sizes[s].asked[i]);
        least[s].Add(i, NowMicros() - begin);
      }
    }
  }
  std::vector<double> medians;
  for (const Least& one : least) medians.push_back(one.P50());
  return medians;
}

void PrintStep(Filter filter, size_t step, double ratio) {
  const std::string id = absl::StrCat("P6.", NameOf(filter));
  const std::string name =
      absl::StrCat(kSizeNames[step], "_over_", kSizeNames[step - 1]);
  if (filter == Filter::kNone && step == 1) {
    Figure(id, name, ratio, "x", Goal::kAtMost, 4.5);
  } else if (filter == Filter::kRegion) {
    Figure(id, name, ratio, "x", Goal::kAtMost, step == 1 ? 3 : 3.5);
  } else {
    Figure(id, name, ratio, "x");
  }
}

}  // namespace

void PrintGrowth(const Options& options) {
  const Workload workload;
  const std::vector<Query> queries = workload.Queries(options.queries);
  const size_t count = options.big ? 3 : 2;
  std::vector<Size> sizes(count);
  for (size_t s = 0; s < count; ++s) {
    sizes[s].engine = std::make_unique<EngineSide>(workload, kSizes[s]);
    Figure(absl::StrCat("P6.", kSizeNames[s]), "build",
           sizes[s].engine->build_seconds(), "s");
    Figure(absl::StrCat("P6.", kSizeNames[s]), "index",
           static_cast<double>(sizes[s].engine->index_bytes()) / 1e6, "MB");
  }
  for (const Filter filter : kFilters) {
    for (Size& size : sizes) size.asked = size.engine->Ask(queries, filter);
    const std::vector<double> medians = MedianBySize(options, sizes);
    for (size_t s = 0; s < count; ++s) {
      Figure(absl::StrCat("P6.", NameOf(filter)),
             absl::StrCat(kSizeNames[s], "_p50"), medians[s], "us");
    }
    for (size_t s = 1; s < count; ++s) {
      PrintStep(filter, s, medians[s] / medians[s - 1]);
    }
  }
}

}  // namespace kugge::bench
