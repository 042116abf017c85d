#include "tests/bench/region_figures.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "kugge/v1/match_service.pb.h"
#include "matching/geo/municipalities.h"
#include "tests/bench/load.h"
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

// A local labour market, and requirements there that nobody is ELIGIBLE for.
struct LabourMarket {
  std::string name;
  std::vector<std::string> unfilled{};
};

// Those of a few municipalities.
std::vector<LabourMarket> LabourMarkets() {
  std::vector<LabourMarket> markets;
  for (const matching::OfficialRegion& region : matching::OfficialRegions()) {
    if (region.kind == matching::RegionKind::kLabourMarket &&
        region.municipalities.size() >= kFewestMunicipalities &&
        region.municipalities.size() <= kMostMunicipalities) {
      markets.push_back({.name = absl::StrCat("regions/", region.id)});
    }
  }
  return markets;
}

std::string LeftoversOf(const LabourMarket& region) {
  v1::MatchLeftoversRequest request;
  request.set_parent(kTenant);
  request.set_region(region.name);
  return request.SerializeAsString();
}

// Those that have something to choose from.
std::vector<LabourMarket> WithUnfilled(const std::string& address,
                                       std::vector<LabourMarket> regions) {
  Caller caller(address);
  double micros = 0;
  for (LabourMarket& region : regions) {
    const auto answer = Parsed<v1::MatchLeftoversResponse>(
        caller.Call(PathOf("MatchLeftovers"), LeftoversOf(region), &micros));
    for (const auto& requirement : answer.requirements()) {
      region.unfilled.push_back(requirement.name());
    }
  }
  std::erase_if(regions, [](const LabourMarket& region) {
    return region.unfilled.size() < kFewestChosen;
  });
  return regions;
}

// What four to eight needs that nobody can fill have in common, in four to
// twelve weeks, for the region's people.
std::string Proposal(const LabourMarket& region, size_t i) {
  Random random(0, kChoices + i);
  v1::ProposeOfferingRequest request;
  request.set_parent(kTenant);
  request.set_region(region.name);
  const size_t chosen = std::min<size_t>(
      random.Between(kFewestChosen, kMostChosen), region.unfilled.size());
  const size_t first = random.Below(region.unfilled.size());
  for (size_t n = 0; n < chosen; ++n) {
    request.add_requirements(
        region.unfilled[(first + n) % region.unfilled.size()]);
  }
  request.set_budget_weeks(static_cast<int32_t>(random.Between(4, 12)));
  return request.SerializeAsString();
}

void PrintProposals(const Options& options, const std::string& address,
                    const std::vector<LabourMarket>& regions) {
  if (regions.empty()) return;
  const std::string id = "G10.propose_offering";
  std::vector<double> modules;
  std::vector<double> people;
  PrintMethod(
      options, address,
      {.id = id,
       .name = "ProposeOffering",
       .ask =
           [&](size_t i) { return Proposal(regions[i % regions.size()], i); },
       .look =
           [&](const std::string& bytes) {
             const auto answer = Parsed<v1::ProposeOfferingResponse>(bytes);
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
           [&](size_t i) { return LeftoversOf(regions[i % regions.size()]); },
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

void PrintRegions(const Options& options, const std::string& address) {
  if (!options.Wants("G10") && !options.Wants("G11")) return;
  const std::vector<LabourMarket> regions = LabourMarkets();
  Note(absl::StrCat(regions.size(), " local labour markets of ",
                    kFewestMunicipalities, " to ", kMostMunicipalities,
                    " municipalities"));
  if (options.Wants("G10")) {
    PrintProposals(options, address, WithUnfilled(address, regions));
  }
  if (options.Wants("G11")) PrintLeftovers(options, address, regions);
}

}  // namespace kugge::bench
