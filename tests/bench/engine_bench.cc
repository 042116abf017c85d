// The engine alone: figures P1 to P4, P6, P7, P9, T1 and the memory of P10.
#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "tests/bench/options.h"
#include "tests/bench/report.h"
#include "tests/bench/skills_figures.h"

namespace kugge::bench {
namespace {

void PrintSkills(const Options& options) {
  SkillsBench bench(options);
  if (options.Wants("P10")) PrintMemory(bench);
  if (options.Wants("P1")) PrintExactness(bench);
  if (options.Wants("P2")) PrintBaseline(bench);
  if (options.Wants("P9")) PrintFreshness(bench);
  if (options.Wants("P4") || options.Wants("T1")) PrintFullScore(bench);
  if (options.Wants("P7")) PrintMatchAll(bench);
  const bool peers = options.quick ? options.Names("P3") : options.Wants("P3");
  if (peers) PrintPeers(bench);
}

}  // namespace

int Main(int argc, char** argv) {
  const Options options = ParseOptions(argc, argv);
  const auto wants = [&](const char* id) { return options.Wants(id); };
  if (std::ranges::any_of(
          std::initializer_list<const char*>{"P1", "P2", "P3", "P4", "P7", "P9",
                                             "P10", "T1"},
          wants)) {
    PrintSkills(options);
  }
  const bool growth = options.quick ? options.Names("P6") : wants("P6");
  if (growth) PrintGrowth(options);
  return ExitCode();
}

}  // namespace kugge::bench

int main(int argc, char** argv) { return kugge::bench::Main(argc, argv); }
