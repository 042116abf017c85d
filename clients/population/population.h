// A labour market drawn from a seed: people, employers with requirements,
// providers with offerings and sessions, in the proportions of real data. For
// demos, tests and benchmarks; nobody in it exists.
//
// Occupations are asked for as often as in real advertisements, and held to the
// power 0.7 of that, so that shortages exist. Skills come from the lists of the
// SSYK groups, common ones first. Same options, same bytes, on every machine.
#ifndef KUGGE_CLIENTS_POPULATION_POPULATION_H_
#define KUGGE_CLIENTS_POPULATION_POPULATION_H_

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace kugge::population {

struct Options {
  int people = 0;
  int requirements = 0;
  int offerings = 0;
  uint64_t seed = 1;
  // The id of the tenant that owns everything.
  std::string tenant;
  // Dates are counted from this day.
  absl::CivilDay today;
  // Name and bytes: official JobTech files, or the project's own format (names
  // that end in .jsonl).
  std::vector<std::pair<std::string, std::string>> taxonomy_files;
  // Bytes of a CSV file of advertisements, which say what is in demand. Empty:
  // every occupation group is as much in demand.
  std::string ads_csv;
  // Where everyone lives and works, by four-digit code. Empty: all 290.
  std::vector<std::string> municipality_codes;
};

// Hands the lines of employers.jsonl, requirements.jsonl, providers.jsonl,
// offerings.jsonl, sessions.jsonl and profiles.jsonl to `write`, one resource
// with its name a line in protobuf's JSON mapping, parents before children. A
// line carries no line end. Memory grows with employers and providers alone.
// There are two employers for five requirements and a provider for six
// offerings, at least one of each where it has any.
// InvalidArgument naming the option that is wrong; or what `write` returned,
// which ends the run.
absl::Status Generate(
    const Options& options,
    const std::function<absl::Status(absl::string_view file,
                                     absl::string_view json_line)>& write);

}  // namespace kugge::population

#endif  // KUGGE_CLIENTS_POPULATION_POPULATION_H_
