#include "tests/bench/options.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace kugge::bench {
namespace {

constexpr size_t kFewestQueries = 20;

[[noreturn]] void Usage() {
  std::fprintf(stderr,
               "usage: [--only P2,P3] [--people N] [--requirements N]\n"
               "       [--queries N] [--seconds S] [--quick] [--big]\n"
               "       [--postgres CONNINFO] [--folder DIR]\n");
  std::exit(2);
}

template <typename Number>
Number MustNumber(const std::string& text) {
  Number number = 0;
  if (!absl::SimpleAtoi(text, &number) || number == 0) Usage();
  return number;
}

}  // namespace

bool Options::Names(const std::string& id) const {
  return std::ranges::find(only, id) != only.end();
}

bool Options::Wants(const std::string& id) const {
  return only.empty() || Names(id);
}

Options ParseOptions(int argc, char** argv) {
  Options options;
  bool people_told = false;
  const std::vector<std::string> words(argv + 1, argv + argc);
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--quick") {
      options.quick = true;
      continue;
    }
    if (word == "--big") {
      options.big = true;
      continue;
    }
    if (i + 1 == words.size()) Usage();
    const std::string& value = words[++i];
    if (word == "--only") {
      options.only = absl::StrSplit(value, ',');
    } else if (word == "--people") {
      options.people = MustNumber<uint32_t>(value);
      people_told = true;
    } else if (word == "--requirements") {
      options.requirements = MustNumber<uint32_t>(value);
    } else if (word == "--queries") {
      options.queries = MustNumber<size_t>(value);
    } else if (word == "--seconds") {
      options.seconds = MustNumber<uint32_t>(value);
    } else if (word == "--postgres") {
      options.postgres = value;
    } else if (word == "--folder") {
      options.folder = value;
    } else {
      Usage();
    }
  }
  if (options.quick) {
    if (!people_told) options.people = 200'000;
    options.requirements = std::min(options.requirements, 40'000u);
    options.seconds = std::min(options.seconds, 2.0);
  }
  return options;
}

Plan PlanFor(const Options& options, double micros, size_t most_passes) {
  const double budget = options.seconds * 1e6 / std::max(micros, 0.1);
  const auto runs = static_cast<size_t>(std::min(budget, 1e9));
  Plan plan;
  plan.queries = std::clamp(runs / 2, std::min(kFewestQueries, options.queries),
                            options.queries);
  plan.passes = std::clamp<size_t>(runs / plan.queries, 1, most_passes);
  return plan;
}

}  // namespace kugge::bench
