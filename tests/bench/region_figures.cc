#include "tests/bench/region_figures.h"

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "kugge/v1/match_service.pb.h"
#include "matching/geo/municipalities.h"
#include "tests/bench/names.h"
#include "tests/bench/random.h"
#include "tests/bench/report.h"
#include "tests/bench/timed_method.h"

namespace kugge::bench {
namespace {

constexpr size_t kFewestMunicipalities = 2;
constexpr size_t kMostMunicipalities = 6;
constexpr uint32_t kFewestChosen = 4;
constexpr uint32_t kMostChosen = 8;
constexpr uint64_t kChoices = 23ull << 40;

// A local labour market, and the requirements there that insist on something
// that can be learnt.
struct LabourMarket {
  std::string name;
  std::vector<uint64_t> requirements{};
};

// Those of a few municipalities that have something to choose from.
std::vector<LabourMarket> LabourMarkets(const CourseMarket& market) {
  const std::vector<std::vector<uint64_t>> by_place = market.InsistentByPlace();
  std::vector<LabourMarket> markets;
  for (const matching::OfficialRegion& region : matching::OfficialRegions()) {
    if (region.kind != matching::RegionKind::kLabourMarket ||
        region.municipalities.size() < kFewestMunicipalities ||
        region.municipalities.size() > kMostMunicipalities) {
      continue;
    }
    LabourMarket one{.name = absl::StrCat("regions/", region.id)};
    for (const matching::MunicipalityIndex place : region.municipalities) {
      one.requirements.insert(one.requirements.end(), by_place[place].begin(),
                              by_place[place].end());
    }
    if (one.requirements.size() >= kMostChosen) {
      markets.push_back(std::move(one));
    }
  }
  return markets;
}

// What four to eight needs of the region's people have in common, in three to
// ten weeks.
std::string Proposal(const CourseMarket& market, const LabourMarket& region,
                     size_t i) {
  Random random(0, kChoices + i);
  v1::ProposeOfferingRequest request;
  request.set_parent(kTenant);
  request.set_region(region.name);
  const uint32_t chosen = random.Between(kFewestChosen, kMostChosen);
  for (uint32_t n = 0; n < chosen; ++n) {
    request.add_requirements(market.Requirement(
        region.requirements[random.Below(region.requirements.size())]));
  }
  request.set_budget_weeks(static_cast<int32_t>(random.Between(3, 10)));
  return request.SerializeAsString();
}

void PrintProposals(const Options& options, const std::string& address,
                    const CourseMarket& market,
                    const std::vector<LabourMarket>& regions) {
  const std::string id = "G10.propose_offering";
  std::vector<double> modules;
  std::vector<double> people;
  PrintMethod(options, address,
              {.id = id,
               .name = "ProposeOffering",
               .ask =
                   [&](size_t i) {
                     return Proposal(market, regions[i % regions.size()], i);
                   },
               .look =
                   [&](const std::string& bytes) {
                     const auto answer =
                         Parsed<v1::ProposeOfferingResponse>(bytes);
                     modules.push_back(answer.modules_size());
                     people.push_back(static_cast<double>(answer.people()));
                   }});
  Figure(id, "modules_p50", Quantile(modules, 0.5), "modules");
  Figure(id, "modules_p90", Quantile(modules, 0.9), "modules");
  Figure(id, "people_p50", Quantile(people, 0.5), "people");
}

void PrintLeftovers(const Options& options, const std::string& address,
                    const std::vector<LabourMarket>& regions) {
  const std::string id = "G11.match_leftovers";
  std::vector<double> people;
  std::vector<double> left;
  std::vector<double> requirements;
  PrintMethod(
      options, address,
      {.id = id,
       .name = "MatchLeftovers",
       .ask =
           [&](size_t i) {
             v1::MatchLeftoversRequest request;
             request.set_parent(kTenant);
             request.set_region(regions[i % regions.size()].name);
             return request.SerializeAsString();
           },
       .look =
           [&](const std::string& bytes) {
             const auto answer = Parsed<v1::MatchLeftoversResponse>(bytes);
             people.push_back(static_cast<double>(answer.profiles_total()));
             left.push_back(static_cast<double>(answer.leftover_profiles()));
             requirements.push_back(
                 static_cast<double>(answer.requirements_total()));
           }});
  Figure(id, "people_p50", Quantile(people, 0.5), "people");
  Figure(id, "leftover_people_p50", Quantile(left, 0.5), "people");
  Figure(id, "requirements_p50", Quantile(requirements, 0.5), "requirements");
}

}  // namespace

void PrintRegions(const Options& options, const std::string& address,
                  const CourseMarket& market) {
  if (!options.Wants("G10") && !options.Wants("G11")) return;
  const std::vector<LabourMarket> regions = LabourMarkets(market);
  Note(absl::StrCat(regions.size(), " local labour markets of ",
                    kFewestMunicipalities, " to ", kMostMunicipalities,
                    " municipalities"));
  if (options.Wants("G10")) PrintProposals(options, address, market, regions);
  if (options.Wants("G11")) PrintLeftovers(options, address, regions);
}

}  // namespace kugge::bench
