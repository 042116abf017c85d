// Employers and what they need.
#ifndef KUGGE_CLIENTS_POPULATION_NEEDS_H_
#define KUGGE_CLIENTS_POPULATION_NEEDS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "base/id_source.h"
#include "clients/population/draw.h"
#include "clients/population/run.h"
#include "kugge/v1/employer.pb.h"
#include "kugge/v1/requirement.pb.h"

namespace kugge::population {

// Draws employers first, then requirements of those. Keeps of each employer
// only its name, group and place.
class NeedSource {
 public:
  explicit NeedSource(const Run& run);

  v1::Employer NextEmployer();
  // Some employer must have been drawn.
  v1::Requirement NextRequirement();

  // Names of the employers drawn so far.
  const std::vector<std::string>& employers() const { return names_; }

 private:
  struct Employer {
    size_t group = 0;
    size_t size = 1;  // how much it recruits, in relation to others
    std::string municipality_code;
  };

  size_t DrawGroup(const Employer& employer);
  void SetOrigin(v1::Requirement& requirement);
  void SetTimes(v1::Requirement& requirement);
  void SetConditions(const Group& group, v1::Requirement& requirement);
  void SetDemands(const Group& group, const Named& occupation,
                  v1::Requirement& requirement);
  void AddSkills(const Group& group, v1::Demands& demands);
  void AddOtherDemands(const Group& group, v1::Demands& demands);

  const Run& run_;
  Draw draw_;
  SeededIdSource employer_ids_;
  SeededIdSource requirement_ids_;
  std::vector<std::string> names_;
  std::vector<Employer> employers_;
  WeightedPositions employers_by_size_;
};

}  // namespace kugge::population

#endif  // KUGGE_CLIENTS_POPULATION_NEEDS_H_
