#include "tests/bench/report.h"

#include <malloc.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace kugge::bench {
namespace {

int exit_code = 0;

// Three digits that count, and no more behind the point than that needs.
std::string Shown(double value) {
  const int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
  char text[64];
  std::snprintf(text, sizeof(text), "%.*f", decimals, value);
  return text;
}

std::string ShownGoal(double goal) {
  char text[64];
  std::snprintf(text, sizeof(text), "%g", goal);
  return text;
}

}  // namespace

void Figure(const std::string& id, const std::string& name, double value,
            const std::string& unit, Goal side, double goal) {
  const bool met = side == Goal::kAtLeast ? value >= goal : value <= goal;
  std::printf("%s %s %s %s goal %s %s\n", id.c_str(), name.c_str(),
              Shown(value).c_str(), unit.c_str(), ShownGoal(goal).c_str(),
              met ? "met" : "short");
  std::fflush(stdout);
}

void Figure(const std::string& id, const std::string& name, double value,
            const std::string& unit) {
  std::printf("%s %s %s %s\n", id.c_str(), name.c_str(), Shown(value).c_str(),
              unit.c_str());
  std::fflush(stdout);
}

void Check(const std::string& id, const std::string& name, bool holds,
           const std::string& words) {
  std::printf("%s %s %s %s\n", id.c_str(), name.c_str(), words.c_str(),
              holds ? "met" : "FAILED");
  std::fflush(stdout);
  if (!holds) exit_code = 1;
}

int ExitCode() { return exit_code; }

void Note(const std::string& words) {
  std::printf("# %s\n", words.c_str());
  std::fflush(stdout);
}

double Quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto rank = static_cast<size_t>(
      std::ceil(share * static_cast<double>(values.size())));
  const size_t place = std::clamp<size_t>(rank, 1, values.size()) - 1;
  std::ranges::nth_element(values,
                           values.begin() + static_cast<ptrdiff_t>(place));
  return values[place];
}

size_t AllocatedBytes() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

std::vector<double> Least::Values() const {
  std::vector<double> values;
  for (const double micros : micros_) {
    if (micros >= 0) values.push_back(micros);
  }
  return values;
}

void Latencies(const std::string& id, const std::string& name,
               const Least& least) {
  Figure(id, name + "_p50", least.P50(), "us");
  Figure(id, name + "_p95", least.P95(), "us");
  Figure(id, name + "_p99", least.P99(), "us");
}

}  // namespace kugge::bench
