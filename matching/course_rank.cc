#include "matching/course_rank.h"

#include <algorithm>
#include <optional>

#include "absl/status/statusor.h"
#include "matching/helping.h"
#include "matching/serving.h"

namespace kugge::matching {
namespace {

// The usable session that is asked about; null where it can't be used.
const SessionFeatures* UsableSession(const CompiledCourse& course,
                                     const DocumentId& id, TenantIndex tenant,
                                     Days today) {
  const OfferingFeatures& offering = course.offering();
  if (!IsCandidate(offering, tenant)) return nullptr;
  const auto session =
      std::ranges::find(offering.sessions, id, &SessionFeatures::id);
  return session != offering.sessions.end() && IsUsable(*session, today)
             ? &*session
             : nullptr;
}

bool AnyUsable(const OfferingFeatures& offering, TenantIndex tenant,
               Days today) {
  return IsCandidate(offering, tenant) &&
         std::ranges::any_of(offering.sessions,
                             [&](const SessionFeatures& session) {
                               return IsUsable(session, today);
                             });
}

}  // namespace

absl::StatusOr<CourseAnswer<ServedRequirement>> TopRequirements(
    const Market& market, const CompiledCourse& course,
    const std::optional<DocumentId>& session,
    const CourseRequest<RequirementFeatures>& request) {
  CourseAnswer<ServedRequirement> none;
  none.no_session = true;
  if (!session.has_value()) {
    if (!AnyUsable(course.offering(), request.tenant, request.today)) {
      return none;
    }
    return RequirementsServed(market, course, nullptr, request);
  }
  const SessionFeatures* const usable =
      UsableSession(course, *session, request.tenant, request.today);
  if (usable == nullptr) return none;
  return RequirementsServed(market, course, usable, request);
}

absl::StatusOr<CourseAnswer<HelpedPerson>> TopPeople(
    const Market& market, const CompiledCourse& course,
    const DocumentId& session, const CourseRequest<PersonFeatures>& request) {
  const SessionFeatures* const usable =
      UsableSession(course, session, request.tenant, request.today);
  if (usable == nullptr) {
    CourseAnswer<HelpedPerson> none;
    none.no_session = true;
    return none;
  }
  return PeopleHelped(market, course, *usable, request);
}

}  // namespace kugge::matching
