#include "services/rpc/resource_rules.h"

#include <google/protobuf/message.h>

#include <cstdint>
#include <string>
#include <tuple>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "kugge/v1/common.pb.h"
#include "kugge/v1/employer.pb.h"
#include "kugge/v1/offering.pb.h"
#include "kugge/v1/profile.pb.h"
#include "kugge/v1/requirement.pb.h"
#include "kugge/v1/taxonomy.pb.h"
#include "kugge/v1/tenant.pb.h"

namespace kugge::rpc {
namespace {

using google::protobuf::Message;

constexpr int kWholeWeight = 10000;

std::string Join(absl::string_view path, absl::string_view field) {
  return path.empty() ? std::string(field) : absl::StrCat(path, ".", field);
}

auto DayOf(const v1::Date& date) {
  return std::make_tuple(date.year(), date.month(), date.day());
}

// Each element's key may stand once. `field` is appended to the element's path
// where the key is one of its fields.
template <typename List, typename KeyOf>
void CheckDistinct(const List& list, absl::string_view path,
                   absl::string_view field, KeyOf key_of,
                   Violations* violations) {
  absl::flat_hash_set<std::decay_t<decltype(key_of(list[0]))>> seen;
  for (int i = 0; i < list.size(); ++i) {
    if (seen.insert(key_of(list[i])).second) continue;
    const std::string element = absl::StrCat(path, "[", i, "]");
    violations->Add(field.empty() ? element : Join(element, field),
                    "stands in the list already");
  }
}

template <typename List>
void CheckDistinctValues(const List& list, absl::string_view path,
                         Violations* violations) {
  CheckDistinct(
      list, path, "", [](const auto& value) { return value; }, violations);
}

void CheckNotBelow(int least, int greatest, absl::string_view path,
                   absl::string_view least_field, Violations* violations) {
  if (greatest >= least) return;
  violations->Add(path, absl::StrCat("is ", greatest, "; must not be below ",
                                     least_field, ", ", least));
}

// What is held and what is lacking: each concept once in all.
template <typename Section, typename ConceptOf>
void CheckSection(const Section& section, absl::string_view path,
                  absl::string_view field, ConceptOf concept_of,
                  Violations* violations) {
  CheckDistinct(section.held(), Join(path, "held"), field, concept_of,
                violations);
  CheckDistinctValues(section.lacking(), Join(path, "lacking"), violations);
  absl::flat_hash_set<std::string> held;
  for (const auto& entry : section.held()) held.insert(concept_of(entry));
  for (int i = 0; i < section.lacking_size(); ++i) {
    if (!held.contains(section.lacking(i))) continue;
    violations->Add(absl::StrCat(Join(path, "lacking"), "[", i, "]"),
                    "stands among the held too");
  }
}

void CheckMobility(const v1::Mobility& mobility, absl::string_view path,
                   Violations* violations) {
  CheckNotBelow(mobility.easy_distance_km(), mobility.maximum_distance_km(),
                Join(path, "maximum_distance_km"), "easy_distance_km",
                violations);
  CheckDistinctValues(mobility.relocation_regions(),
                      Join(path, "relocation_regions"), violations);
  CheckDistinctValues(mobility.relocation_barriers(),
                      Join(path, "relocation_barriers"), violations);
}

void CheckWishes(const v1::WorkWishes& wishes, absl::string_view path,
                 Violations* violations) {
  CheckDistinct(
      wishes.occupations(), Join(path, "occupations"), "occupation",
      [](const auto& wanted) { return wanted.occupation(); }, violations);
  CheckMobility(wishes.mobility(), Join(path, "mobility"), violations);
  const std::string time_path = Join(path, "working_time");
  const v1::WorkingTime& time = wishes.working_time();
  CheckNotBelow(time.minimum_hours_percent(), time.maximum_hours_percent(),
                Join(time_path, "maximum_hours_percent"),
                "minimum_hours_percent", violations);
  CheckDistinctValues(time.shifts(), Join(time_path, "shifts"), violations);
}

void CheckHeld(const v1::Profile& profile, absl::string_view path,
               Violations* violations) {
  CheckSection(
      profile.occupations(), Join(path, "occupations"), "occupation",
      [](const auto& held) { return held.occupation(); }, violations);
  CheckSection(
      profile.skills(), Join(path, "skills"), "skill",
      [](const auto& held) { return held.skill(); }, violations);
  CheckSection(
      profile.languages(), Join(path, "languages"), "language",
      [](const auto& held) { return held.language(); }, violations);
  CheckSection(
      profile.licences(), Join(path, "licences"), "licence",
      [](const auto& held) { return held.licence(); }, violations);
  CheckSection(
      profile.authorisations(), Join(path, "authorisations"), "authorisation",
      [](const auto& held) { return held.authorisation(); }, violations);
  CheckSection(
      profile.education(), Join(path, "education"), "field",
      [](const auto& held) { return held.field(); }, violations);
}

void CheckProfile(const v1::Profile& profile, absl::string_view path,
                  Violations* violations) {
  if (!profile.nominating_employer().empty() &&
      profile.kind() != v1::PROFILE_KIND_EMPLOYEE) {
    violations->Add(Join(path, "nominating_employer"),
                    "is set; only a profile of kind EMPLOYEE may have one");
  }
  if (profile.has_graduation_date() &&
      profile.kind() != v1::PROFILE_KIND_STUDENT) {
    violations->Add(Join(path, "graduation_date"),
                    "is set; only a profile of kind STUDENT may have one");
  }
  CheckHeld(profile, path, violations);
  CheckWishes(profile.wishes(), Join(path, "wishes"), violations);
  CheckDistinctValues(profile.accommodations_needed(),
                      Join(path, "accommodations_needed"), violations);
}

void CheckDemands(const v1::Demands& demands, absl::string_view path,
                  Violations* violations) {
  CheckDistinct(
      demands.occupations(), Join(path, "occupations"), "occupation",
      [](const auto& demand) { return demand.occupation(); }, violations);
  CheckDistinct(
      demands.skills(), Join(path, "skills"), "skill",
      [](const auto& demand) { return demand.skill(); }, violations);
  CheckDistinct(
      demands.languages(), Join(path, "languages"), "language",
      [](const auto& demand) { return demand.language(); }, violations);
  CheckDistinct(
      demands.licences(), Join(path, "licences"), "licence",
      [](const auto& demand) { return demand.licence(); }, violations);
  CheckDistinct(
      demands.authorisations(), Join(path, "authorisations"), "authorisation",
      [](const auto& demand) { return demand.authorisation(); }, violations);
  CheckDistinct(
      demands.education(), Join(path, "education"), "field",
      [](const auto& demand) { return demand.field(); }, violations);
  for (int i = 0; i < demands.education_size(); ++i) {
    const v1::EducationDemand& demand = demands.education(i);
    if (!demand.field().empty() || demand.minimum_eqf_level() != 0) continue;
    violations->Add(absl::StrCat(Join(path, "education"), "[", i, "]"),
                    "asks for nothing; must have field, minimum_eqf_level or "
                    "both");
  }
}

void CheckRequirement(const v1::Requirement& requirement,
                      absl::string_view path, Violations* violations) {
  const bool told_in_interview =
      requirement.origin() == v1::REQUIREMENT_ORIGIN_INTERVIEW;
  if (told_in_interview && !requirement.has_interview()) {
    violations->Add(Join(path, "interview"),
                    "is required where origin is INTERVIEW");
  } else if (!told_in_interview && requirement.has_interview()) {
    violations->Add(Join(path, "interview"),
                    "is set; only a requirement of origin INTERVIEW may have "
                    "one");
  }
  CheckDemands(requirement.demands(), Join(path, "demands"), violations);
  CheckNotBelow(
      requirement.minimum_hours_percent(), requirement.maximum_hours_percent(),
      Join(path, "maximum_hours_percent"), "minimum_hours_percent", violations);
  CheckDistinctValues(requirement.shifts(), Join(path, "shifts"), violations);
  if (requirement.has_start_date() && requirement.has_end_start_date() &&
      DayOf(requirement.end_start_date()) <= DayOf(requirement.start_date())) {
    violations->Add(Join(path, "end_start_date"),
                    "must be later than start_date: it is the first day after "
                    "the start window");
  }
}

void CheckOffering(const v1::Offering& offering, absl::string_view path,
                   Violations* violations) {
  CheckDistinct(
      offering.taught_skills(), Join(path, "taught_skills"), "skill",
      [](const auto& taught) { return taught.skill(); }, violations);
  CheckDistinct(
      offering.taught_languages(), Join(path, "taught_languages"), "language",
      [](const auto& taught) { return taught.language(); }, violations);
  CheckDistinctValues(offering.awarded_licences(),
                      Join(path, "awarded_licences"), violations);
  CheckDistinctValues(offering.awarded_authorisations(),
                      Join(path, "awarded_authorisations"), violations);
  CheckDistinct(
      offering.awarded_education(), Join(path, "awarded_education"), "field",
      [](const auto& awarded) { return awarded.field(); }, violations);
  CheckDemands(offering.prerequisites(), Join(path, "prerequisites"),
               violations);
}

void CheckSession(const v1::Session& session, absl::string_view path,
                  Violations* violations) {
  if (session.has_start_date() && session.has_end_date() &&
      DayOf(session.end_date()) <= DayOf(session.start_date())) {
    violations->Add(Join(path, "end_date"),
                    "must be later than start_date: it is the first day after "
                    "the session");
  }
  if (!session.has_place() && !session.distance_learning()) {
    violations->Add(Join(path, "place"),
                    "is required unless distance_learning is set");
  }
  if (session.seats_taken() > session.seats()) {
    violations->Add(
        Join(path, "seats_taken"),
        absl::StrCat("is ", session.seats_taken(),
                     "; must not be above seats, ", session.seats()));
  }
  CheckDistinctValues(session.accommodations_offered(),
                      Join(path, "accommodations_offered"), violations);
}

void CheckEmployer(const v1::Employer& employer, absl::string_view path,
                   Violations* violations) {
  if (employer.member_employers_size() > 0 &&
      !employer.organisation_number().empty()) {
    violations->Add(Join(path, "organisation_number"),
                    "is set; a consortium, with member_employers, has none");
  }
  CheckDistinctValues(employer.industry_codes(), Join(path, "industry_codes"),
                      violations);
  CheckDistinct(
      employer.sites(), Join(path, "sites"), "site_id",
      [](const auto& site) { return site.site_id(); }, violations);
  CheckDistinctValues(employer.member_employers(),
                      Join(path, "member_employers"), violations);
  const v1::WorkforceComposition& workforce = employer.workforce();
  const int64_t counted = int64_t{workforce.women()} + workforce.men();
  if (counted > workforce.employees()) {
    violations->Add(
        Join(path, "workforce.employees"),
        absl::StrCat("is ", workforce.employees(),
                     "; must be at least women and men together, ", counted));
  }
}

void CheckWhole(absl::string_view path, int64_t sum, Violations* violations) {
  if (sum == kWholeWeight) return;
  violations->Add(path, absl::StrCat("sums to ", sum, "; must sum to ",
                                     kWholeWeight, ", or be absent"));
}

void CheckStrategy(const v1::Strategy& strategy, absl::string_view path,
                   Violations* violations) {
  if (strategy.has_requirement_weights()) {
    const v1::RequirementWeights& w = strategy.requirement_weights();
    CheckWhole(Join(path, "requirement_weights"),
               int64_t{w.occupation()} + w.skill() + w.language() +
                   w.licence() + w.authorisation() + w.education(),
               violations);
  }
  if (strategy.has_person_weights()) {
    const v1::PersonWeights& w = strategy.person_weights();
    CheckWhole(Join(path, "person_weights"),
               int64_t{w.occupation()} + w.distance() + w.hours() + w.shifts() +
                   w.start() + w.remote(),
               violations);
  }
  const std::string relations = Join(path, "satisfying_relations");
  CheckDistinctValues(strategy.satisfying_relations(), relations, violations);
  for (int i = 0; i < strategy.satisfying_relations_size(); ++i) {
    if (strategy.satisfying_relations(i) != v1::CONCEPT_RELATION_RELATED) {
      continue;
    }
    violations->Add(absl::StrCat(relations, "[", i, "]"),
                    "is RELATED, which never satisfies a hard demand");
  }
}

void CheckConcept(const v1::Concept& concept_message, absl::string_view path,
                  Violations* violations) {
  const std::string substitutes = Join(path, "substitutes");
  for (int i = 0; i < concept_message.substitutes_size(); ++i) {
    const int grade = concept_message.substitutes(i).grade();
    if (grade == 25 || grade == 75) continue;
    violations->Add(absl::StrCat(substitutes, "[", i, "].grade"),
                    absl::StrCat("is ", grade, "; must be 25 or 75"));
  }
  CheckDistinct(
      concept_message.substitutes(), substitutes, "concept_id",
      [](const auto& substitute) { return substitute.concept_id(); },
      violations);
}

// Runs `check` if the message is of its type.
template <typename T>
bool CheckIfA(const Message& message, absl::string_view path,
              void (*check)(const T&, absl::string_view, Violations*),
              Violations* violations) {
  if (message.GetDescriptor() != T::descriptor()) return false;
  check(static_cast<const T&>(message), path, violations);
  return true;
}

void CheckRegion(const v1::Region& region, absl::string_view path,
                 Violations* violations) {
  CheckDistinctValues(region.municipality_codes(),
                      Join(path, "municipality_codes"), violations);
}

}  // namespace

void CheckResource(const Message& resource, absl::string_view path,
                   Violations* violations) {
  CheckIfA(resource, path, &CheckProfile, violations) ||
      CheckIfA(resource, path, &CheckRequirement, violations) ||
      CheckIfA(resource, path, &CheckSession, violations) ||
      CheckIfA(resource, path, &CheckOffering, violations) ||
      CheckIfA(resource, path, &CheckEmployer, violations) ||
      CheckIfA(resource, path, &CheckStrategy, violations) ||
      CheckIfA(resource, path, &CheckRegion, violations) ||
      CheckIfA(resource, path, &CheckConcept, violations);
}

}  // namespace kugge::rpc
