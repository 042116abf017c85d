#include <algorithm>
#include <utility>

#include "tests/oracle/random_market.h"

namespace kugge::oracle {

using matching::Days;
using matching::Demand;
using matching::DemandKind;
using matching::Evidence;
using matching::Gain;
using matching::kDemandKindCount;
using matching::OfferingFeatures;
using matching::SessionFeatures;

void DocumentMaker::SetDays(SessionFeatures& session) {
  if (random_.Chance(character_.consecutive)) {
    // Short ones, some of which end just when another begins or a day later.
    session.start_day =
        character_.today + static_cast<Days>(random_.Below(4)) * 30;
    session.end_day =
        session.start_day +
        static_cast<Days>(random_.Of(std::vector<int>{0, 7, 30, 30, 31, 60}));
    return;
  }
  session.start_day =
      character_.today + static_cast<Days>(random_.Chance(character_.quantised)
                                               ? random_.Between(-1, 1)
                                               : random_.Between(-10, 200));
  if (random_.Chance(60)) {
    session.end_day = session.start_day +
                      static_cast<Days>(random_.Chance(character_.quantised)
                                            ? random_.Below(4) * 30
                                            : random_.Below(400));
  }
}

SessionFeatures DocumentMaker::Session() {
  SessionFeatures session;
  session.id = Id();
  session.reference = Reference();
  session.open = !random_.Chance(10);
  if (!random_.Chance(character_.untold / 3)) SetDays(session);
  session.distance_learning = random_.Chance(20);
  session.place = Place();
  session.seats = static_cast<uint32_t>(random_.Below(4));
  session.seats_taken = static_cast<uint32_t>(random_.Below(4));
  if (random_.Chance(50)) session.seats += 20;
  session.pace_percent = static_cast<uint8_t>(
      random_.Chance(character_.quantised) ? random_.Between(1, 4) * 25
                                           : random_.Between(1, 100));
  return session;
}

Gain DocumentMaker::SomeGain() {
  if (random_.Chance(character_.taught_gains)) {
    return random_.Of(character_.taught);
  }
  Gain gain;
  gain.section = static_cast<DemandKind>(random_.Below(kDemandKindCount));
  gain.concept_index = ConceptOf(gain.section);
  gain.level = LevelOf(gain.section);
  gain.evidence =
      random_.Chance(70) ? Evidence::kEvidenced : Evidence::kCertified;
  return gain;
}

Demand DocumentMaker::DemandFor(const Gain& taught) {
  Demand demand = SomeDemand();
  demand.kind = taught.section;
  demand.concept_index = taught.concept_index;
  demand.minimum_level = random_.Chance(50) ? matching::Level{0} : taught.level;
  demand.minimum_evidence =
      random_.Chance(50) ? Evidence::kClaimed : taught.evidence;
  demand.strength = matching::Strength::kHard;
  return demand;
}

OfferingFeatures DocumentMaker::Offering() {
  OfferingFeatures offering;
  offering.id = Id();
  offering.reference = Reference();
  offering.tenant = static_cast<uint32_t>(random_.Below(character_.tenants));
  offering.private_to_tenant = random_.Chance(15);
  offering.open = !random_.Chance(8);
  const size_t gains = random_.Chance(character_.narrow_courses)
                           ? 1 + random_.Below(2)
                           : random_.Below(10);
  for (size_t i = 0; i < gains; ++i) offering.gains.push_back(SomeGain());
  if (random_.Chance(character_.building_courses)) {
    const std::vector<Gain>& taught = character_.taught;
    const size_t step = random_.Below(taught.size());
    offering.prerequisites = {DemandFor(taught[step])};
    offering.gains.push_back(taught[(step + 1) % taught.size()]);
  } else {
    offering.prerequisites = Demands(random_.Chance(50) ? 0 : random_.Below(3));
  }
  std::stable_sort(offering.gains.begin(), offering.gains.end(),
                   [](const Gain& x, const Gain& y) {
                     return std::pair(x.section, x.concept_index) <
                            std::pair(y.section, y.concept_index);
                   });
  offering.weeks = static_cast<uint16_t>(random_.Chance(character_.untold) ? 0
                                         : random_.Chance(character_.quantised)
                                             ? 10
                                             : random_.Between(1, 80));
  const size_t sessions = random_.Below(5);
  for (size_t i = 0; i < sessions; ++i) {
    offering.sessions.push_back(Session());
    if (random_.Chance(25)) {
      // The same session under another id: a tie that only the key decides.
      offering.sessions.push_back(offering.sessions.back());
      offering.sessions.back().id = Id();
      offering.sessions.back().reference = Reference();
    }
  }
  offering.provider = static_cast<uint32_t>(random_.Below(4));
  offering.form = static_cast<uint8_t>(random_.Below(3));
  return offering;
}

}  // namespace kugge::oracle
