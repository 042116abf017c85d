// Questions that go through a training and about why and what would help, over
// gRPC, one at a time, beside an empty echo: figures G1 to G11.
#include <numeric>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/log.h"
#include "kugge/v1/match_service.pb.h"
#include "tests/bench/course_market.h"
#include "tests/bench/names.h"
#include "tests/bench/options.h"
#include "tests/bench/pair_figures.h"
#include "tests/bench/region_figures.h"
#include "tests/bench/report.h"
#include "tests/bench/timed_method.h"

namespace kugge::bench {
namespace {

// So that no two figures are about the same people.
constexpr uint64_t kApart = 100'003;
constexpr int32_t kRadiusKm = 50;

void PrintOfferings(const Options& options, const std::string& address,
                    const CourseMarket& market) {
  const std::string id = "G1.match_offerings";
  std::vector<double> rows;
  std::vector<double> gained;
  PrintMethod(options, address,
              {.id = id,
               .name = "MatchOfferings",
               .goal_ms = 60,
               .ask =
                   [&](size_t i) {
                     v1::MatchOfferingsRequest request;
                     request.set_profile(market.Person(i));
                     return request.SerializeAsString();
                   },
               .look =
                   [&](const std::string& bytes) {
                     const auto answer =
                         Parsed<v1::MatchOfferingsResponse>(bytes);
                     rows.push_back(answer.total_size());
                     if (answer.matches_size() == 0) return;
                     gained.push_back(answer.matches(0).gain_requirements());
                   }});
  Figure(id, "rows_p50", Quantile(rows, 0.5), "offerings");
  Figure(id, "gained_p50", Quantile(gained, 0.5), "requirements");
}

// `offerings` are asked about in turn.
void PrintRequirements(const Options& options, const std::string& address,
                       const std::string& id,
                       const std::vector<uint64_t>& offerings) {
  std::vector<double> touched;
  std::vector<double> unlocked;
  PrintMethod(
      options, address,
      {.id = id,
       .name = "MatchRequirements",
       .goal_ms = 150,
       .ask =
           [&](size_t i) {
             v1::MatchRequirementsRequest request;
             request.set_offering(
                 CourseMarket::Offering(offerings[i % offerings.size()]));
             return request.SerializeAsString();
           },
       .look =
           [&](const std::string& bytes) {
             const auto answer = Parsed<v1::MatchRequirementsResponse>(bytes);
             touched.push_back(answer.total_size());
             for (const auto& row : answer.served_requirements()) {
               unlocked.push_back(row.unlocked_people());
             }
           }});
  Figure(id, "touched_p50", Quantile(touched, 0.5), "requirements");
  Figure(id, "touched_p90", Quantile(touched, 0.9), "requirements",
         Goal::kAtLeast, 2'000);
  Figure(id, "unlocked_p50", Quantile(unlocked, 0.5), "people", Goal::kAtLeast,
         20);
}

void PrintPathways(const Options& options, const std::string& address,
                   const CourseMarket& market) {
  const std::string id = "G3.plan_pathways";
  std::vector<double> ways;
  std::vector<double> within_reach;
  PrintMethod(options, address,
              {.id = id,
               .name = "PlanPathways",
               .goal_ms = 250,
               .ask =
                   [&](size_t i) {
                     v1::PlanPathwaysRequest request;
                     request.set_profile(market.Person(kApart + i));
                     return request.SerializeAsString();
                   },
               .look =
                   [&](const std::string& bytes) {
                     const auto answer =
                         Parsed<v1::PlanPathwaysResponse>(bytes);
                     ways.push_back(answer.total_size());
                     within_reach.push_back(answer.requirements_within_reach());
                   }});
  Figure(id, "ways_p50", Quantile(ways, 0.5), "ways");
  Figure(id, "within_reach_p50", Quantile(within_reach, 0.5), "requirements");
}

// In turn the municipality of the work, its county, and so many kilometres
// around.
std::string StaffingQuestion(const CourseMarket& market, size_t i) {
  const uint64_t requirement = 3 * kApart + i;
  const matching::MunicipalityIndex place = market.PlaceOf(requirement);
  v1::AssessStaffingRequest request;
  request.set_parent(kTenant);
  request.set_requirement(market.Requirement(requirement));
  switch (i % 3) {
    case 0:
      request.set_region(RegionName(place));
      break;
    case 1:
      request.set_region(absl::StrCat(
          "regions/county-", matching::Municipalities()[place].county_code));
      break;
    default:
      request.set_radius_km(kRadiusKm);
      break;
  }
  return request.SerializeAsString();
}

void PrintStaffing(const Options& options, const std::string& address,
                   const CourseMarket& market) {
  const std::string id = "G7.assess_staffing";
  std::vector<double> people;
  std::vector<double> trainings;
  PrintMethod(options, address,
              {.id = id,
               .name = "AssessStaffing",
               .goal_ms = 200,
               .ask = [&](size_t i) { return StaffingQuestion(market, i); },
               .look =
                   [&](const std::string& bytes) {
                     const auto answer =
                         Parsed<v1::AssessStaffingResponse>(bytes);
                     people.push_back(static_cast<double>(answer.people()));
                     trainings.push_back(answer.trainings());
                   }});
  Figure(id, "people_p50", Quantile(people, 0.5), "people");
  Figure(id, "trainings_p50", Quantile(trainings, 0.5), "trainings");
}

void PrintPeople(const Options& options, const std::string& address,
                 const CourseMarket& market) {
  const std::string id = "G8.match_profiles_of_session";
  std::vector<double> helped;
  std::vector<double> gained;
  PrintMethod(
      options, address,
      {.id = id,
       .name = "MatchProfiles",
       .ask =
           [&](size_t i) {
             v1::MatchProfilesRequest request;
             request.set_session(market.Session(7 * i));
             return request.SerializeAsString();
           },
       .look =
           [&](const std::string& bytes) {
             const auto answer = Parsed<v1::MatchProfilesResponse>(bytes);
             helped.push_back(answer.total_size());
             if (answer.helped_profiles_size() == 0) return;
             gained.push_back(answer.helped_profiles(0).gain_requirements());
           }});
  Figure(id, "helped_p50", Quantile(helped, 0.5), "people");
  Figure(id, "gained_p50", Quantile(gained, 0.5), "requirements");
  Figure(id, "gained_p99", Quantile(gained, 0.99), "requirements");
}

void PrintOfferingsForRequirement(const Options& options,
                                  const std::string& address,
                                  const CourseMarket& market) {
  const std::string id = "G9.match_offerings_for_requirement";
  std::vector<double> rows;
  std::vector<double> unlocked;
  PrintMethod(
      options, address,
      {.id = id,
       .name = "MatchOfferings",
       .ask =
           [&](size_t i) {
             v1::MatchOfferingsRequest request;
             request.set_requirement(market.Requirement(5 * kApart + i));
             return request.SerializeAsString();
           },
       .look =
           [&](const std::string& bytes) {
             const auto answer = Parsed<v1::MatchOfferingsResponse>(bytes);
             rows.push_back(answer.total_size());
             if (answer.matches_size() == 0) return;
             unlocked.push_back(answer.matches(0).unlocked_people());
           }});
  Figure(id, "rows_p50", Quantile(rows, 0.5), "offerings");
  Figure(id, "unlocked_p50", Quantile(unlocked, 0.5), "people");
}

std::string SecondsSince(double micros) {
  return absl::StrCat((NowMicros() - micros) / 1e6, " s");
}

void Fill(const Options& options, const CourseMarket& market) {
  double begin = NowMicros();
  market.AddPeople();
  Note(absl::StrCat(options.people, " people in ", SecondsSince(begin)));
  begin = NowMicros();
  market.AddRequirements();
  Note(absl::StrCat(options.requirements, " requirements in ",
                    SecondsSince(begin)));
  begin = NowMicros();
  market.AddOfferings();
  Note(absl::StrCat(kOfferings, " offerings in ", SecondsSince(begin)));
}

void PrintAll(const Options& options) {
  const double begin = NowMicros();
  const CourseMarket market(absl::StrCat(options.folder, "/courses"),
                            options.people, options.requirements);
  Note(absl::StrCat("courses over gRPC: taxonomy, employers and providers in ",
                    SecondsSince(begin)));
  Fill(options, market);
  double seconds = 0;
  const auto server = market.Start(&seconds);
  Note(absl::StrCat("ready in ", seconds, " s, ", AllocatedBytes() >> 20,
                    " MiB"));
  const std::string address = server->addresses().api;
  if (options.Wants("G1")) PrintOfferings(options, address, market);
  if (options.Wants("G2")) {
    const size_t asked = options.queries + kWarmUp;
    PrintRequirements(options, address, "G2.match_requirements",
                      market.WideOfferings(asked));
    std::vector<uint64_t> any(asked);
    std::iota(any.begin(), any.end(), uint64_t{0});
    PrintRequirements(options, address, "G2.match_requirements_any", any);
  }
  if (options.Wants("G3")) PrintPathways(options, address, market);
  PrintPairs(options, address, market);
  if (options.Wants("G7")) PrintStaffing(options, address, market);
  if (options.Wants("G8")) PrintPeople(options, address, market);
  if (options.Wants("G9")) {
    PrintOfferingsForRequirement(options, address, market);
  }
  PrintRegions(options, address);
}

}  // namespace

int Main(int argc, char** argv) {
  const Options options = ParseOptions(argc, argv);
  SetMinimumLogLevel(LogLevel::kWarning);
  PrintAll(options);
  return ExitCode();
}

}  // namespace kugge::bench

int main(int argc, char** argv) { return kugge::bench::Main(argc, argv); }
