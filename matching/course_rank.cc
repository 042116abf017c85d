#include "matching/course_rank.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "matching/crowd.h"
#include "matching/rows.h"
#include "matching/serving.h"
#include "matching/top_k.h"
#include "matching/touched.h"
#include "matching/unlocks.h"

namespace kugge::matching {
namespace {

// Requirements held against a crowd between two looks at the caller's
// cancellation.
constexpr size_t kRequirementsPerPoll = 16;

absl::Status CourseCancelled() {
  return absl::CancelledError("the match was cancelled");
}

bool InFilter(const CourseRequest<PersonFeatures>& request,
              const PersonFeatures& person) {
  return (!request.municipalities.has_value() ||
          std::ranges::binary_search(*request.municipalities,
                                     MunicipalityOf(person))) &&
         (!request.filter || request.filter(person));
}

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

struct HelpedRow {
  HelpedPerson helped;
  CrowdNumber number = 0;
  friend bool operator<(const HelpedRow& a, const HelpedRow& b) {
    return a.helped.key < b.helped.key;
  }
};

// What a session unlocks for each of a crowd.
struct CrowdGains {
  std::vector<uint64_t> positions;
  std::vector<uint32_t> requirements;
  size_t touched = 0;
};

absl::StatusOr<CrowdGains> GainsOf(
    const Market& market, const CompiledCourse& course,
    const SessionFeatures& session, Crowd& crowd,
    const CourseRequest<PersonFeatures>& request) {
  CrowdGains gains{.positions = std::vector<uint64_t>(crowd.size()),
                   .requirements = std::vector<uint32_t>(crowd.size())};
  Unlocking unlocking(course, crowd);
  std::vector<uint32_t> closes;
  size_t visited = 0;
  for (const TouchedRequirement& touched :
       TouchedRequirements(market, course, request.tenant, request.today)) {
    if (touched.coverage_at_most > 0) ++gains.touched;
    if (!touched.closes_hard) continue;
    if (visited++ % kRequirementsPerPoll == 0 && request.cancelled &&
        request.cancelled()) {
      return CourseCancelled();
    }
    const RequirementFeatures& requirement = *touched.requirement;
    closes.clear();
    for (uint32_t i = 0; i < requirement.demands.size(); ++i) {
      if (course.WouldSatisfy(requirement.demands[i])) closes.push_back(i);
    }
    const auto unlocked = unlocking.Unlocked(requirement, closes, session);
    if (!unlocked.has_value()) continue;
    crowd.Select(*unlocked).ForEach([&](CrowdNumber n) {
      gains.positions[n] += requirement.positions;
      ++gains.requirements[n];
    });
  }
  return gains;
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
  CourseAnswer<HelpedPerson> answer;
  const SessionFeatures* const usable =
      UsableSession(course, session, request.tenant, request.today);
  if (usable == nullptr) {
    answer.no_session = true;
    return answer;
  }
  Crowd crowd(market, request.tenant, request.today, course.scoring());
  const absl::StatusOr<CrowdGains> gains =
      GainsOf(market, course, *usable, crowd, request);
  if (!gains.ok()) return gains.status();
  answer.requirements_touched = gains->touched;
  TopK<HelpedRow> top(request.k);
  for (CrowdNumber n = 0; n < crowd.size(); ++n) {
    if (gains->requirements[n] == 0) continue;
    const PersonFeatures& person = crowd[n];
    if (!InFilter(request, person)) continue;
    ++answer.total;
    HelpedPerson helped{.person = person.id,
                        .gain_positions = gains->positions[n],
                        .gain_requirements = gains->requirements[n]};
    helped.key = {
        .criteria = {-static_cast<int64_t>(helped.gain_positions),
                     -static_cast<int64_t>(helped.gain_requirements), 0},
        .tie = TieOf(course.scoring().tie_key, session, person.id),
        .to = person.id};
    if (request.after.has_value() && helped.key <= *request.after) continue;
    answer.more |= top.full();
    top.Add({.helped = std::move(helped), .number = n});
  }
  for (HelpedRow& row : top.Take()) {
    row.helped.person_reference = crowd[row.number].reference;
    answer.rows.push_back(std::move(row.helped));
  }
  return answer;
}

}  // namespace kugge::matching
