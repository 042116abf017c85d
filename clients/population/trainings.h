// Training providers, what they teach, and when.
#ifndef KUGGE_CLIENTS_POPULATION_TRAININGS_H_
#define KUGGE_CLIENTS_POPULATION_TRAININGS_H_

#include <string>
#include <vector>

#include "base/id_source.h"
#include "clients/population/draw.h"
#include "clients/population/run.h"
#include "kugge/v1/offering.pb.h"
#include "kugge/v1/provider.pb.h"

namespace kugge::population {

// Draws providers first, then offerings of those, each with its sessions.
class TrainingSource {
 public:
  explicit TrainingSource(const Run& run);

  v1::Provider NextProvider();
  // Some provider must have been drawn. `sessions` gets the 1 to 6 sessions.
  v1::Offering NextOffering(std::vector<v1::Session>& sessions);

 private:
  struct Provider {
    std::string name;
    std::string municipality_code;
  };

  void SetTaught(const Group& group, v1::Offering& offering);
  void AddSessions(const Provider& provider, const v1::Offering& offering,
                   std::vector<v1::Session>& sessions);

  const Run& run_;
  Draw draw_;
  SeededIdSource provider_ids_;
  SeededIdSource offering_ids_;
  SeededIdSource session_ids_;
  std::vector<Provider> providers_;
};

}  // namespace kugge::population

#endif  // KUGGE_CLIENTS_POPULATION_TRAININGS_H_
