#include "services/match/course_handler.h"

#include <optional>
#include <string>
#include <utility>

#include "base/status_macros.h"
#include "matching/course.h"
#include "matching/course_rank.h"
#include "matching/rank.h"
#include "services/match/course_rows.h"
#include "services/match/row_filter.h"
#include "services/rpc/errors.h"

namespace kugge::match {
namespace {

using matching::CompiledCourse;
using matching::CourseAnswer;
using matching::CourseKey;
using matching::CourseRequest;
using matching::HelpedPerson;
using matching::OfferingFeatures;
using matching::PersonFeatures;
using matching::RequirementFeatures;
using matching::ServedRequirement;

// What means something of a pair's score alone.
template <typename Request>
absl::Status RefusePairFields(const Request& request) {
  const std::pair<const char*, bool> fields[] = {
      {"include_near_misses", request.include_near_misses()},
      {"include_bridge_matches", request.include_bridge_matches()},
      {"eligible_only", request.eligible_only()},
      {"count_total", request.count_total()}};
  for (const auto& [field, set] : fields) {
    if (!set) continue;
    return rpc::InvalidField(field,
                             "can't be given with an offering or session");
  }
  return absl::OkStatus();
}

// The asking tenant.
template <typename Request>
std::string TenantOfCourse(const Request& request, const std::string& course) {
  return request.parent().empty() ? TenantNameOf(course) : request.parent();
}

// The course that requirements are asked for.
struct CourseOrigin {
  const OfferingFeatures* offering = nullptr;
  // That one alone; absent: of each requirement the offering's best.
  std::optional<matching::DocumentId> session{};
};

absl::StatusOr<CourseOrigin> CourseOriginOf(
    const v1::MatchRequirementsRequest& request, const Question& question,
    absl::string_view tenant) {
  if (request.has_session()) {
    KUGGE_ASSIGN_OR_RETURN(const Question::OfferedSession found,
                           question.Session(request.session(), tenant));
    return CourseOrigin{found.offering, found.session->id};
  }
  KUGGE_ASSIGN_OR_RETURN(const OfferingFeatures* offering,
                         question.Offering(request.offering(), tenant));
  return CourseOrigin{offering};
}

template <typename Document, typename Request>
CourseRequest<Document> CourseRequestOf(
    const Request& request, const Question& question,
    const std::optional<PageStart<CourseKey>>& start,
    RowFilter<Document> filter, const rpc::RequestContext& call) {
  CourseRequest<Document> ask;
  ask.today = question.today();
  ask.k = PageSizeOf(request.page_size());
  if (start.has_value()) ask.after = start->key;
  ask.municipalities = std::move(filter.municipalities);
  ask.filter = std::move(filter.matches);
  ask.cancelled = call.cancelled;
  return ask;
}

// Whether anything could be a row before the request's filter.
template <typename Document>
bool AnyWithoutFilter(const matching::Market& market,
                      const CourseRequest<Document>& ask) {
  return matching::AnyCandidate(
      market, matching::RankRequest<Document>{.tenant = ask.tenant,
                                              .today = ask.today});
}

// Why a first page of requirements is empty.
v1::NoMatchReason ReasonOfNoRequirements(
    const matching::Market& market,
    const CourseRequest<RequirementFeatures>& ask,
    const CourseAnswer<ServedRequirement>& answer) {
  if (answer.no_session) return v1::NO_MATCH_REASON_NO_USABLE_SESSION;
  if (answer.requirements_touched > 0) {
    return v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL;
  }
  return AnyWithoutFilter(market, ask) ? v1::NO_MATCH_REASON_NOTHING_COVERED
                                       : v1::NO_MATCH_REASON_NOTHING_STORED;
}

// Why a first page of people is empty. Asks once more without the filter where
// there is one.
absl::StatusOr<v1::NoMatchReason> ReasonOfNoPeople(
    const matching::Market& market, const CompiledCourse& course,
    const matching::DocumentId& session, CourseRequest<PersonFeatures> ask,
    const CourseAnswer<HelpedPerson>& answer) {
  if (answer.no_session) return v1::NO_MATCH_REASON_NO_USABLE_SESSION;
  if (answer.requirements_touched == 0) {
    return v1::NO_MATCH_REASON_NOTHING_COVERED;
  }
  if (!AnyWithoutFilter(market, ask)) {
    return v1::NO_MATCH_REASON_NOTHING_STORED;
  }
  if (ask.filter || ask.municipalities.has_value()) {
    ask.filter = nullptr;
    ask.municipalities.reset();
    ask.k = 1;
    KUGGE_ASSIGN_OR_RETURN(const CourseAnswer<HelpedPerson> all,
                           matching::TopPeople(market, course, session, ask));
    if (all.total > 0) return v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL;
  }
  return v1::NO_MATCH_REASON_HARD_DEMANDS_REFUSE_ALL;
}

}  // namespace

absl::Status CourseHandler::MatchRequirements(
    const v1::MatchRequirementsRequest& request, rpc::RequestContext& call,
    v1::MatchRequirementsResponse* response) const {
  KUGGE_RETURN_IF_ERROR(RefusePairFields(request));
  KUGGE_ASSIGN_OR_RETURN(Question question, asking_.Begin(call));
  const std::string tenant = TenantOfCourse(
      request, request.has_session() ? request.session() : request.offering());
  KUGGE_RETURN_IF_ERROR(
      question.ChooseStrategy(tenant, request.strategy(), nullptr));
  KUGGE_ASSIGN_OR_RETURN(const CourseOrigin origin,
                         CourseOriginOf(request, question, tenant));
  std::optional<PageStart<CourseKey>> start;
  KUGGE_RETURN_IF_ERROR(
      ReadPage(asking_.tokens, request, question, DecodeCoursePage, &start));
  KUGGE_ASSIGN_OR_RETURN(
      auto filter, RequirementFilter(request.filter(), question.taxonomy()));
  auto ask = CourseRequestOf(request, question, start, std::move(filter), call);
  ask.tenant = question.TenantIndexOf(tenant);

  const CompiledCourse course(*origin.offering, question.Scoring());
  KUGGE_ASSIGN_OR_RETURN(const CourseAnswer<ServedRequirement> answer,
                         matching::TopRequirements(question.market(), course,
                                                   origin.session, ask));
  asking_.CountScored("course_requirements", answer.requirements_touched);
  KUGGE_RETURN_IF_ERROR(AddServedRows(
      {asking_.repository, question, request.view() != v1::RESOURCE_VIEW_BASIC},
      course, answer.rows, response->mutable_served_requirements()));
  if (answer.rows.empty()) {
    response->set_no_match_reason(
        start.has_value()
            ? v1::NO_MATCH_REASON_END_OF_LIST
            : ReasonOfNoRequirements(question.market(), ask, answer));
  }
  FinishCounted(asking_.tokens, request, question, start, answer, response);
  return absl::OkStatus();
}

absl::Status CourseHandler::MatchProfiles(
    const v1::MatchProfilesRequest& request, rpc::RequestContext& call,
    v1::MatchProfilesResponse* response) const {
  KUGGE_RETURN_IF_ERROR(RefusePairFields(request));
  if (request.has_adhoc_strategy()) {
    return rpc::InvalidField("adhoc_strategy",
                             "can't be given with a session, whose question is "
                             "about many requirements");
  }
  KUGGE_ASSIGN_OR_RETURN(Question question, asking_.Begin(call));
  const std::string tenant = TenantOfCourse(request, request.session());
  KUGGE_RETURN_IF_ERROR(
      question.ChooseStrategy(tenant, request.strategy(), nullptr));
  KUGGE_ASSIGN_OR_RETURN(const Question::OfferedSession found,
                         question.Session(request.session(), tenant));
  std::optional<PageStart<CourseKey>> start;
  KUGGE_RETURN_IF_ERROR(
      ReadPage(asking_.tokens, request, question, DecodeCoursePage, &start));
  KUGGE_ASSIGN_OR_RETURN(auto filter, PersonFilter(request.filter()));
  auto ask = CourseRequestOf(request, question, start, std::move(filter), call);
  ask.tenant = question.TenantIndexOf(tenant);

  const CompiledCourse course(*found.offering, question.Scoring());
  KUGGE_ASSIGN_OR_RETURN(
      const CourseAnswer<HelpedPerson> answer,
      matching::TopPeople(question.market(), course, found.session->id, ask));
  asking_.CountScored("course_profiles", answer.requirements_touched);
  AddHelpedRows({asking_.repository, question, false}, answer.rows,
                response->mutable_helped_profiles());
  if (answer.rows.empty()) {
    v1::NoMatchReason reason = v1::NO_MATCH_REASON_END_OF_LIST;
    if (!start.has_value()) {
      KUGGE_ASSIGN_OR_RETURN(
          reason, ReasonOfNoPeople(question.market(), course, found.session->id,
                                   ask, answer));
    }
    response->set_no_match_reason(reason);
  }
  FinishCounted(asking_.tokens, request, question, start, answer, response);
  return absl::OkStatus();
}

}  // namespace kugge::match
