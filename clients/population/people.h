// People: what they have, what they want. No protected attribute is drawn and
// none is guessed at from another.
#ifndef KUGGE_CLIENTS_POPULATION_PEOPLE_H_
#define KUGGE_CLIENTS_POPULATION_PEOPLE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "base/id_source.h"
#include "clients/population/draw.h"
#include "clients/population/run.h"
#include "kugge/v1/profile.pb.h"

namespace kugge::population {

class PeopleSource {
 public:
  // `employers` names those that may nominate; none: nobody is nominated. It
  // must outlive the source.
  PeopleSource(const Run& run, const std::vector<std::string>& employers);

  v1::Profile NextProfile();

 private:
  // The groups whose work the person can do: one, for a quarter two.
  struct Trade {
    const Group* first = nullptr;
    const Group* second = nullptr;
  };

  Trade DrawTrade();
  v1::EvidenceLevel DrawEvidence();
  v1::Completeness DrawCompleteness(int complete_percent);
  void SetKind(v1::Profile& profile);
  void SetOccupations(const Trade& trade, v1::Profile& profile);
  void SetSkills(const Trade& trade, v1::SkillSection& section);
  void SetLanguages(v1::LanguageSection& section);
  void SetLicences(const Trade& trade, v1::LicenceSection& section);
  void SetAuthorisations(const Trade& trade, v1::AuthorisationSection& section);
  void SetEducation(const Trade& trade, v1::EducationSection& section);
  void SetWishes(const Trade& trade, v1::Profile& profile);
  void SetMobility(v1::Mobility& mobility);
  void SetWorkingTime(v1::WorkingTime& working_time);

  const Run& run_;
  const std::vector<std::string>& employers_;
  Draw draw_;
  SeededIdSource ids_;
};

}  // namespace kugge::population

#endif  // KUGGE_CLIENTS_POPULATION_PEOPLE_H_
