#include "matching/geo/municipalities.h"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kugge::matching {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

MunicipalityIndex Named(absl::string_view name) {
  for (const Municipality& one : Municipalities()) {
    if (one.name == name) return *FindMunicipality(one.code);
  }
  ADD_FAILURE() << "no municipality is named " << name;
  return 0;
}

TEST(MunicipalitiesTest, AllAreThereWithEveryField) {
  EXPECT_THAT(Municipalities(), SizeIs(290));
  std::set<std::string> codes;
  std::set<std::string> concepts;
  for (const Municipality& one : Municipalities()) {
    codes.insert(std::string(one.code));
    concepts.insert(std::string(one.concept_id));
    EXPECT_THAT(one.code, SizeIs(4));
    EXPECT_EQ(one.code.substr(0, 2), one.county_code);
    EXPECT_THAT(one.concept_id, SizeIs(12));
    EXPECT_THAT(one.county, Not(IsEmpty())) << one.code;
    EXPECT_THAT(one.functional_area, Not(IsEmpty())) << one.code;
    EXPECT_THAT(one.labour_market, Not(IsEmpty())) << one.code;
    EXPECT_THAT(one.town, Not(IsEmpty())) << one.code;
    EXPECT_TRUE(IsValid(one.town_point));
  }
  EXPECT_THAT(codes, SizeIs(290));
  EXPECT_THAT(concepts, SizeIs(290));
}

TEST(MunicipalitiesTest, AreFoundByCodeAndByConcept) {
  const MunicipalityIndex mora = Named("Mora");
  EXPECT_EQ(FindMunicipality("2062"), mora);
  EXPECT_EQ(FindMunicipalityByConcept(Municipalities()[mora].concept_id), mora);
  EXPECT_EQ(Municipalities()[*FindMunicipality("0114")].name, "Upplands Väsby");
  EXPECT_EQ(FindMunicipality("114"), std::nullopt);
  EXPECT_EQ(FindMunicipality(""), std::nullopt);
  EXPECT_EQ(FindMunicipalityByConcept("none"), std::nullopt);
}

// Great-circle distances between towns that a map shows, in kilometres.
TEST(MunicipalitiesTest, TownsLieAsFarApartAsOnTheMap) {
  const struct {
    const char* a;
    const char* b;
    double km;
    double tolerance;
  } kPairs[] = {
      {"Mora", "Orsa", 14, 2},
      {"Mora", "Älvdalen", 37, 3},
      {"Mora", "Rättvik", 34, 3},
      {"Stockholm", "Uppsala", 64, 2},
      {"Stockholm", "Södertälje", 29, 2},
      {"Stockholm", "Göteborg", 397, 4},
      {"Stockholm", "Malmö", 513, 4},
      {"Göteborg", "Borås", 58, 2},
      {"Eskilstuna", "Västerås", 27, 2},
      {"Eskilstuna", "Strängnäs", 30, 2},
      {"Malmö", "Lund", 16, 2},
      {"Malmö", "Helsingborg", 53, 3},
      {"Linköping", "Norrköping", 38, 2},
      {"Falun", "Borlänge", 17, 2},
      {"Umeå", "Skellefteå", 108, 4},
      {"Luleå", "Piteå", 43, 3},
      {"Luleå", "Boden", 34, 2},
      {"Sundsvall", "Härnösand", 42, 3},
      {"Sundsvall", "Östersund", 162, 5},
      {"Gävle", "Sandviken", 21, 2},
      {"Örebro", "Karlskoga", 39, 2},
      {"Karlstad", "Kristinehamn", 35, 2},
      {"Trollhättan", "Vänersborg", 11, 2},
      {"Växjö", "Alvesta", 16, 2},
      {"Kalmar", "Nybro", 29, 2},
      {"Halmstad", "Falkenberg", 34, 2},
      {"Jönköping", "Nässjö", 35, 2},
      {"Kristianstad", "Hässleholm", 28, 2},
      {"Karlskrona", "Ronneby", 20, 2},
      {"Kiruna", "Gällivare", 82, 4},
      {"Kramfors", "Örnsköldsvik", 62, 4},
      {"Kramfors", "Sollefteå", 37, 4},
      {"Kramfors", "Härnösand", 34, 3},
      {"Nyköping", "Oxelösund", 11, 2},
      {"Köping", "Arboga", 16, 2},
  };
  for (const auto& pair : kPairs) {
    EXPECT_NEAR(MunicipalityDistanceHm(Named(pair.a), Named(pair.b)) / 10.0,
                pair.km, pair.tolerance)
        << pair.a << " to " << pair.b;
  }
}

TEST(MunicipalitiesTest, TheNearestTownIsFound) {
  EXPECT_EQ(NearestMunicipality({6'100'500, 1'453'700}), Named("Mora"));
  EXPECT_EQ(NearestMunicipality({5'937'000, 1'652'000}), Named("Eskilstuna"));
}

TEST(OfficialRegionsTest, EachKindDividesTheWholeCountry) {
  size_t members[3] = {0, 0, 0};
  size_t counties = 0;
  std::set<std::string> ids;
  for (const OfficialRegion& region : OfficialRegions()) {
    EXPECT_THAT(region.municipalities, Not(IsEmpty())) << region.id;
    EXPECT_THAT(region.name, Not(IsEmpty())) << region.id;
    members[static_cast<size_t>(region.kind)] += region.municipalities.size();
    counties += region.kind == RegionKind::kCounty ? 1 : 0;
    ids.insert(region.id);
  }
  for (size_t count : members) EXPECT_EQ(count, 290u);
  EXPECT_EQ(counties, 21u);
  EXPECT_THAT(ids, SizeIs(OfficialRegions().size()));
}

TEST(OfficialRegionsTest, AreFoundByIdAndCountiesByConcept) {
  const OfficialRegion* dalarna = FindOfficialRegion("county-20");
  ASSERT_NE(dalarna, nullptr);
  EXPECT_THAT(dalarna->municipalities, SizeIs(15));
  EXPECT_EQ(FindOfficialRegion("oDpK_oZ2_WYt"), dalarna);
  ASSERT_NE(FindOfficialRegion("la-2401"), nullptr);
  ASSERT_NE(FindOfficialRegion("fa-1"), nullptr);
  EXPECT_EQ(FindOfficialRegion(""), nullptr);
  EXPECT_EQ(FindOfficialRegion("county-2"), nullptr);
}

// A slip in a coordinate shows against the municipality's interior point: the
// town lies within the municipality, hence within a few times the root of its
// area.
TEST(MunicipalitiesTest, TownsLieWithinReachOfTheirAreas) {
  const char* told = std::getenv("KUGGE_SHARED");
  const std::filesystem::path path =
      std::filesystem::path(told != nullptr ? told : "../shared") / "data" /
      "geo" / "municipalities.csv";
  std::ifstream in(path);
  if (!in) {
    std::cout << "missing: " << path << "\n";
    GTEST_SKIP() << "no area points at " << path << "; set KUGGE_SHARED";
  }
  std::string line;
  std::getline(in, line);
  size_t rows = 0;
  while (std::getline(in, line)) {
    const std::vector<std::string> row = absl::StrSplit(line, ',');
    ASSERT_GE(row.size(), 14u) << line;
    const std::optional<MunicipalityIndex> index = FindMunicipality(row[0]);
    ASSERT_TRUE(index.has_value()) << line;
    const Municipality& one = Municipalities()[*index];
    EXPECT_EQ(one.name, row[1]);
    EXPECT_EQ(one.concept_id, row[2]);
    EXPECT_EQ(one.county, row[4]);
    EXPECT_EQ(one.functional_area, row[6]);
    EXPECT_EQ(one.labour_market_code, row[9]);
    double lat = 0;
    double lon = 0;
    double area = 0;
    ASSERT_TRUE(absl::SimpleAtod(row[11], &lat) &&
                absl::SimpleAtod(row[12], &lon) &&
                absl::SimpleAtod(row[13], &area))
        << line;
    const Point middle = {static_cast<int32_t>(std::lround(lat * 1e5)),
                          static_cast<int32_t>(std::lround(lon * 1e5))};
    EXPECT_LE(DistanceHm(middle, one.town_point) / 10.0,
              4 + 0.85 * std::sqrt(area))
        << one.name << ", " << one.town;
    ++rows;
  }
  EXPECT_EQ(rows, 290u);
}

}  // namespace
}  // namespace kugge::matching
