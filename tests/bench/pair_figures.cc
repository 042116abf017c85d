#include "tests/bench/pair_figures.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "kugge/v1/match_service.pb.h"
#include "tests/bench/load.h"
#include "tests/bench/report.h"
#include "tests/bench/timed_method.h"

namespace kugge::bench {
namespace {

// Others than those of the other figures.
constexpr uint64_t kFirstPerson = 200'000;
constexpr uint64_t kFirstRequirement = 100'000;

// Whom a question about one pair is about.
struct Pair {
  std::string profile;
  std::string requirement;
};

// In turn a person with one of their best requirements, and any two.
std::vector<Pair> PairsOf(const std::string& address,
                          const CourseMarket& market, size_t count) {
  Caller caller(address);
  double micros = 0;
  std::vector<Pair> pairs;
  for (size_t i = 0; i < count; ++i) {
    Pair pair{.profile = market.Person(kFirstPerson + i),
              .requirement = market.Requirement(kFirstRequirement + i)};
    if (i % 2 == 0) {
      v1::MatchRequirementsRequest request;
      request.set_profile(pair.profile);
      request.set_view(v1::RESOURCE_VIEW_BASIC);
      const auto answer = Parsed<v1::MatchRequirementsResponse>(caller.Call(
          PathOf("MatchRequirements"), request.SerializeAsString(), &micros));
      if (const int rows = answer.matches_size(); rows > 0) {
        const int row = static_cast<int>(i / 2) % rows;
        pair.requirement = answer.matches(row).name();
      }
    }
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

void PrintExplain(const Options& options, const std::string& address,
                  const std::vector<Pair>& pairs, bool help) {
  const std::string id =
      help ? "G5.explain_match_what_would_help" : "G4.explain_match";
  std::vector<double> changes;
  PrintMethod(options, address,
              {.id = id,
               .name = "ExplainMatch",
               .goal_ms = help ? 60.0 : 5.0,
               .ask =
                   [&](size_t i) {
                     v1::ExplainMatchRequest request;
                     request.set_profile(pairs[i].profile);
                     request.set_requirement(pairs[i].requirement);
                     request.set_include_what_would_help(help);
                     return request.SerializeAsString();
                   },
               .look =
                   [&](const std::string& bytes) {
                     changes.push_back(Parsed<v1::ExplainMatchResponse>(bytes)
                                           .what_would_help_size());
                   }});
  if (help) Figure(id, "changes_p50", Quantile(changes, 0.5), "changes");
}

void PrintAbsence(const Options& options, const std::string& address,
                  const std::vector<Pair>& pairs) {
  const std::string id = "G6.explain_absence";
  double asked = 0;
  double beaten = 0;
  PrintMethod(
      options, address,
      {.id = id,
       .name = "ExplainAbsence",
       .goal_ms = 25,
       .ask =
           [&](size_t i) {
             v1::ExplainAbsenceRequest request;
             request.set_profile(pairs[i].profile);
             request.set_requirement(pairs[i].requirement);
             request.set_list(i / 2 % 2 == 0 ? v1::ABSENCE_LIST_REQUIREMENTS
                                             : v1::ABSENCE_LIST_PROFILES);
             return request.SerializeAsString();
           },
       .look =
           [&](const std::string& bytes) {
             const auto answer = Parsed<v1::ExplainAbsenceResponse>(bytes);
             ++asked;
             beaten += answer.reason() == v1::ABSENCE_REASON_BEATEN;
           }});
  Figure(id, "beaten", 100 * beaten / std::max(asked, 1.0), "%");
}

}  // namespace

void PrintPairs(const Options& options, const std::string& address,
                const CourseMarket& market) {
  if (!options.Wants("G4") && !options.Wants("G5") && !options.Wants("G6")) {
    return;
  }
  const double begin = NowMicros();
  const std::vector<Pair> pairs =
      PairsOf(address, market, options.queries + kWarmUp);
  Note(absl::StrCat(pairs.size(), " pairs, half of them found in ",
                    (NowMicros() - begin) / 1e6, " s"));
  if (options.Wants("G4")) PrintExplain(options, address, pairs, false);
  if (options.Wants("G5")) PrintExplain(options, address, pairs, true);
  if (options.Wants("G6")) PrintAbsence(options, address, pairs);
}

}  // namespace kugge::bench
