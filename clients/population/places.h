// Where a population lives and works: municipalities weighed by their towns'
// size, grouped by local labour market.
#ifndef KUGGE_CLIENTS_POPULATION_PLACES_H_
#define KUGGE_CLIENTS_POPULATION_PLACES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/population/draw.h"

namespace kugge::population {

struct PopulatedPlace {
  std::string code;  // municipality code, four digits
  std::string name;  // of the municipality
};

class Places {
 public:
  // InvalidArgument naming the code that is no municipality's. No codes: all.
  static absl::StatusOr<Places> Build(const std::vector<std::string>& codes);

  // A local labour market by weight, then one of its municipalities.
  const PopulatedPlace& DrawPlace(Draw& draw) const;
  // A local labour market by weight, then its largest municipality.
  const PopulatedPlace& DrawCentre(Draw& draw) const;
  // One of the counties of those places, each as likely, such as
  // regions/county-20.
  const std::string& DrawCounty(Draw& draw) const;

 private:
  struct LabourMarket {
    std::vector<PopulatedPlace> places;
    WeightedPositions by_size;
    size_t largest = 0;
  };

  std::vector<LabourMarket> markets_;
  WeightedPositions markets_by_size_;
  std::vector<std::string> counties_;
};

}  // namespace kugge::population

#endif  // KUGGE_CLIENTS_POPULATION_PLACES_H_
