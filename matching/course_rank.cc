#include "matching/course_rank.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "matching/crowd.h"
#include "matching/relations.h"
#include "matching/rows.h"
#include "matching/top_k.h"
#include "matching/unlocks.h"
#include "matching/weights.h"

namespace kugge::matching {
namespace {

// Requirements held against a crowd between two looks at the caller's
// cancellation.
constexpr size_t kRequirementsPerPoll = 16;

absl::Status CourseCancelled() {
  return absl::CancelledError("the match was cancelled");
}

bool InFilter(const CourseRequest<RequirementFeatures>& request,
              const RequirementFeatures& requirement) {
  return (!request.municipalities.has_value() ||
          std::ranges::binary_search(*request.municipalities,
                                     MunicipalityOf(requirement))) &&
         (!request.filter || request.filter(requirement));
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

// Calls visit(requirement) once for each requirement that something the course
// gives could satisfy a demand of, and for some others.
template <typename Visit>
void ForEachTouched(const Market& market, const CompiledCourse& course,
                    Visit visit) {
  for (const auto& part : market.requirement_index().parts()) {
    const RequirementSegment& segment = *part.segment;
    std::vector<uint64_t> touched((segment.size() + 63) / 64, 0);
    const auto touch = [&](DemandKind kind, ConceptIndex wanted) {
      const PostingLists::List list =
          segment.demanded().Find(PostingKey::Of(kind, wanted));
      for (const DocNumber n : list.documents) {
        touched[n / 64] |= uint64_t{1} << (n % 64);
      }
    };
    for (const Gain& gain : course.offering().gains) {
      ForEachFrom(course.graph(), gain.concept_index,
                  course.strategy().Satisfying(),
                  [&](ConceptIndex wanted, const Relation& relation) {
                    if (relation.satisfying) touch(gain.section, wanted);
                  });
      if (gain.section == DemandKind::kEducation) {
        touch(gain.section, kNoConcept);
      }
    }
    for (size_t word = 0; word < touched.size(); ++word) {
      for (uint64_t left = touched[word] & ~part.gone.Word(word); left != 0;
           left &= left - 1) {
        visit(segment.documents()[static_cast<DocNumber>(
            word * 64 + static_cast<size_t>(std::countr_zero(left)))]);
      }
    }
  }
  for (const auto& requirement : market.requirement_index().head()) {
    visit(*requirement);
  }
}

// A requirement that the course covers something of.
struct Touched {
  const RequirementFeatures* requirement = nullptr;
  const SessionFeatures* session = nullptr;
  RequirementCoverage coverage{};
  // No key of it is smaller: no more people can be unlocked, no more positions
  // filled.
  std::array<int64_t, 3> bound{};
};

struct ServedRow {
  ServedRequirement served;
  Touched* touched = nullptr;
  friend bool operator<(const ServedRow& a, const ServedRow& b) {
    return a.served.key < b.served.key;
  }
};

// The question "which requirements does this training serve".
class Serving {
 public:
  Serving(const Market& market, const CompiledCourse& course,
          const SessionFeatures* session,
          const CourseRequest<RequirementFeatures>& request)
      : market_(market),
        course_(course),
        session_(session),
        request_(request),
        from_(session != nullptr ? session->id : course.offering().id),
        crowd_(market, request.tenant, request.today, course.scoring()),
        counter_(crowd_),
        unlocking_(course, crowd_) {}

  absl::StatusOr<CourseAnswer<ServedRequirement>> Answer() {
    ForEachTouched(market_, course_, [&](const RequirementFeatures& one) {
      if (IsCandidate(one, request_.tenant, request_.today)) Touch(one);
    });
    answer_.total = touched_.size();
    std::vector<Touched*> by_bound;
    by_bound.reserve(touched_.size());
    for (Touched& touched : touched_) {
      Bound(touched);
      by_bound.push_back(&touched);
    }
    std::ranges::sort(by_bound, {}, &Touched::bound);
    TopK<ServedRow> top(request_.k);
    size_t looked_at = 0;
    for (Touched* const touched : by_bound) {
      // From here on nobody can come before the last of the rows.
      if (top.k() > 0 && top.full() &&
          touched->bound > top.last().served.key.criteria) {
        answer_.more = true;
        break;
      }
      if (looked_at++ % kRequirementsPerPoll == 0 && request_.cancelled &&
          request_.cancelled()) {
        return CourseCancelled();
      }
      ServedRow row{.served = Serve(*touched), .touched = touched};
      if (request_.after.has_value() && row.served.key <= *request_.after) {
        continue;
      }
      answer_.more |= top.full();
      top.Add(std::move(row));
    }
    for (ServedRow& row : top.Take()) {
      Complete(*row.touched, row.served);
      answer_.rows.push_back(std::move(row.served));
    }
    return std::move(answer_);
  }

 private:
  void Touch(const RequirementFeatures& requirement) {
    ShareWeights(requirement.demands, course_.strategy().demand_weights,
                 weights_);
    Touched touched{
        .requirement = &requirement,
        .session = session_,
        .coverage = CoverageOf(course_, requirement.demands, weights_)};
    if (touched.coverage.coverage == 0) return;
    if (session_ == nullptr) {
      touched.session = SessionSeeker(requirement, course_.scoring().tie_key)
                            .Best(course_.offering(), request_.today)
                            ->session;
    }
    ++answer_.requirements_touched;
    if (InFilter(request_, requirement)) touched_.push_back(std::move(touched));
  }

  void Bound(Touched& touched) {
    const RequirementFeatures& requirement = *touched.requirement;
    const auto& closes = touched.coverage.closes;
    const std::optional<CrowdSelection> lacking =
        unlocking_.Lacking(requirement, closes, *touched.session);
    const uint64_t unlocked =
        lacking.has_value()
            ? std::min(counter_.AtMost(*lacking),
                       unlocking_.HavingTheRestAtMost(requirement, closes))
            : 0;
    touched.bound =
        Criteria(MostFillable(touched, unlocked), unlocked, touched);
  }

  static uint64_t MostFillable(const Touched& touched, uint64_t unlocked) {
    return std::min(
        {unlocked, uint64_t{touched.requirement->positions},
         uint64_t{touched.session->seats - touched.session->seats_taken}});
  }

  static std::array<int64_t, 3> Criteria(uint64_t fillable, uint64_t unlocked,
                                         const Touched& touched) {
    return {-static_cast<int64_t>(fillable), -static_cast<int64_t>(unlocked),
            int64_t{kFullBp} - touched.coverage.coverage};
  }

  // All that the order needs.
  ServedRequirement Serve(const Touched& touched) {
    const RequirementFeatures& requirement = *touched.requirement;
    ServedRequirement served{.requirement = requirement.id};
    // Who can't be unlocked has a bound of nobody.
    if (touched.bound[1] != 0) {
      served.unlocked_people = counter_.Count(*unlocking_.Unlocked(
          requirement, touched.coverage.closes, *touched.session));
    }
    const uint64_t most = MostFillable(touched, served.unlocked_people);
    if (most > 0) {
      const uint64_t eligible =
          counter_.Count(EligiblePeople(requirement, crowd_));
      const uint64_t vacant = requirement.positions > eligible
                                  ? requirement.positions - eligible
                                  : 0;
      served.fillable = static_cast<uint32_t>(std::min(most, vacant));
    }
    served.key = {
        .criteria = Criteria(served.fillable, served.unlocked_people, touched),
        .tie = TieOf(course_.scoring().tie_key, from_, requirement.id),
        .to = requirement.id};
    return served;
  }

  void Complete(Touched& touched, ServedRequirement& served) {
    const RequirementFeatures& requirement = *touched.requirement;
    const SessionFeatures& session = *touched.session;
    const Days latest = requirement.facts.latest_start;
    served.requirement_reference = requirement.reference;
    served.session = session.id;
    served.session_reference = session.reference;
    served.end_day = EndOf(course_.offering(), session);
    served.in_time = latest == kNoDay || served.end_day < latest;
    served.positions = requirement.positions;
    served.seats_left = session.seats - session.seats_taken;
    served.eligible_people =
        counter_.Count(EligiblePeople(requirement, crowd_));
    served.possibly_unlocked_people = unlocking_.PossiblyUnlocked(
        requirement, touched.coverage.closes, session);
    served.coverage = touched.coverage.coverage;
    served.closes = std::move(touched.coverage.closes);
  }

  const Market& market_;
  const CompiledCourse& course_;
  // Null: of each requirement the offering's best.
  const SessionFeatures* const session_;
  const CourseRequest<RequirementFeatures>& request_;
  const DocumentId from_;
  Crowd crowd_;
  CrowdCounter counter_;
  Unlocking unlocking_;
  std::vector<Touched> touched_;
  CourseAnswer<ServedRequirement> answer_;
  std::vector<Bp> weights_;
};

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
  std::vector<Bp> weights;
  size_t visited = 0;
  bool cancelled = false;
  ForEachTouched(market, course, [&](const RequirementFeatures& requirement) {
    if (cancelled || !IsCandidate(requirement, request.tenant, request.today)) {
      return;
    }
    if (visited++ % kRequirementsPerPoll == 0 && request.cancelled) {
      cancelled = request.cancelled();
    }
    ShareWeights(requirement.demands, course.strategy().demand_weights,
                 weights);
    const RequirementCoverage coverage =
        CoverageOf(course, requirement.demands, weights);
    if (coverage.closes.empty()) return;
    if (coverage.coverage > 0) ++gains.touched;
    const auto unlocked =
        unlocking.Unlocked(requirement, coverage.closes, session);
    if (!unlocked.has_value()) return;
    crowd.Select(*unlocked).ForEach([&](CrowdNumber n) {
      gains.positions[n] += requirement.positions;
      ++gains.requirements[n];
    });
  });
  if (cancelled) return CourseCancelled();
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
    return Serving(market, course, nullptr, request).Answer();
  }
  const SessionFeatures* const usable =
      UsableSession(course, *session, request.tenant, request.today);
  if (usable == nullptr) return none;
  return Serving(market, course, usable, request).Answer();
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
