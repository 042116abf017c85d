#include "matching/helping.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/status_macros.h"
#include "matching/crowd.h"
#include "matching/crowd_gains.h"
#include "matching/gains.h"
#include "matching/top_k.h"
#include "matching/touched.h"
#include "matching/unlocks.h"

namespace kugge::matching {
namespace {

// Requirements held against a crowd between two looks at the caller's
// cancellation.
constexpr size_t kRequirementsPerPoll = 16;

using Mask = CrowdGains::Mask;

template <typename Visit>
void ForEach(const Mask& mask, Visit visit) {
  for (size_t word = 0; word < mask.size(); ++word) {
    for (uint64_t left = mask[word]; left != 0; left &= left - 1) {
      visit(word * 64 + static_cast<size_t>(std::countr_zero(left)));
    }
  }
}

struct HelpedRow {
  HelpedPerson helped;
  CrowdNumber number = 0;
  friend bool operator<(const HelpedRow& a, const HelpedRow& b) {
    return a.helped.key < b.helped.key;
  }
};

std::array<int64_t, 3> CriteriaOf(const Gained& gained) {
  return {-static_cast<int64_t>(gained.positions),
          -static_cast<int64_t>(gained.requirements), 0};
}

// The question "whom does this session help most".
class Helping {
 public:
  Helping(const Market& market, const CompiledCourse& course,
          const SessionFeatures& session,
          const CourseRequest<PersonFeatures>& request)
      : market_(market),
        course_(course),
        session_(session),
        request_(request),
        crowd_(market, request.tenant, request.today, course.scoring()),
        unlocking_(course, crowd_),
        gains_(crowd_),
        asked_for_(crowd_.In({.municipalities = request.municipalities})),
        rows_(request.k) {}

  absl::StatusOr<CourseAnswer<HelpedPerson>> Answer() {
    KUGGE_RETURN_IF_ERROR(Gather());
    KUGGE_RETURN_IF_ERROR(CheckCancelled());
    gains_.Prepare();
    for (size_t first = 0; first < asked_for_.size();
         first += CrowdGains::kPieceWords) {
      KUGGE_RETURN_IF_ERROR(CheckCancelled());
      gains_.SumPiece(first);
      ListPiece(CrowdGains::PieceOf(asked_for_, first));
    }
    for (HelpedRow& row : rows_.Take()) {
      row.helped.person_reference = crowd_[row.number].reference;
      answer_.rows.push_back(std::move(row.helped));
    }
    return std::move(answer_);
  }

 private:
  absl::Status CheckCancelled() const {
    return request_.cancelled && request_.cancelled()
               ? absl::CancelledError("the match was cancelled")
               : absl::OkStatus();
  }

  absl::Status Gather() {
    std::vector<uint32_t> closes;
    size_t visited = 0;
    for (const TouchedRequirement& touched : TouchedRequirements(
             market_, course_, request_.tenant, request_.today)) {
      if (touched.coverage_at_most > 0) ++answer_.requirements_touched;
      if (!touched.closes_hard) continue;
      if (visited++ % kRequirementsPerPoll == 0) {
        KUGGE_RETURN_IF_ERROR(CheckCancelled());
      }
      const RequirementFeatures& requirement = *touched.requirement;
      closes.clear();
      for (uint32_t i = 0; i < requirement.demands.size(); ++i) {
        if (course_.WouldSatisfy(requirement.demands[i])) closes.push_back(i);
      }
      auto unlocked = unlocking_.Unlocked(requirement, closes, session_);
      if (unlocked.has_value()) {
        gains_.Add(*std::move(unlocked), requirement.positions);
      }
    }
    return absl::OkStatus();
  }

  void ListPiece(const Mask& asked_for) {
    Mask helped = gains_.Gaining();
    for (size_t i = 0; i < helped.size(); ++i) helped[i] &= asked_for[i];
    if (request_.filter) {
      ForEach(helped, [&](size_t i) {
        if (!request_.filter(crowd_[gains_.NumberOf(i)])) {
          helped[i / 64] &= ~(uint64_t{1} << (i % 64));
        }
      });
    }
    for (const uint64_t word : helped) {
      answer_.total += static_cast<size_t>(std::popcount(word));
    }
    if (rows_.full() && rows_.k() > 0) {
      // The others stand behind the last of the rows.
      const Mask may_be_rows = gains_.MayGain(
          static_cast<uint64_t>(-rows_.last().helped.key.criteria[0]));
      for (size_t i = 0; i < helped.size(); ++i) {
        answer_.more |= (helped[i] & ~may_be_rows[i]) != 0;
        helped[i] &= may_be_rows[i];
      }
    }
    ForEach(helped, [&](size_t i) { Offer(gains_.NumberOf(i), gains_.Of(i)); });
  }

  void Offer(CrowdNumber n, const Gained& gained) {
    const std::array<int64_t, 3> criteria = CriteriaOf(gained);
    if (rows_.full() && rows_.k() > 0 &&
        criteria > rows_.last().helped.key.criteria) {
      answer_.more = true;
      return;
    }
    const DocumentId& id = crowd_[n].id;
    HelpedPerson helped{
        .key = {.criteria = criteria,
                .tie = TieOf(course_.scoring().tie_key, session_.id, id),
                .to = id},
        .person = id,
        .gain_positions = gained.positions,
        .gain_requirements = gained.requirements};
    if (request_.after.has_value() && helped.key <= *request_.after) return;
    answer_.more |= rows_.full();
    rows_.Add({.helped = std::move(helped), .number = n});
  }

  const Market& market_;
  const CompiledCourse& course_;
  const SessionFeatures& session_;
  const CourseRequest<PersonFeatures>& request_;
  Crowd crowd_;
  Unlocking unlocking_;
  CrowdGains gains_;
  const CrowdBits asked_for_;
  TopK<HelpedRow> rows_;
  CourseAnswer<HelpedPerson> answer_;
};

}  // namespace

absl::StatusOr<CourseAnswer<HelpedPerson>> PeopleHelped(
    const Market& market, const CompiledCourse& course,
    const SessionFeatures& session,
    const CourseRequest<PersonFeatures>& request) {
  return Helping(market, course, session, request).Answer();
}

}  // namespace kugge::matching
