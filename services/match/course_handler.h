// The questions that start from a training: which requirements an offering or
// one session of it serves, and whom a session helps most.
#ifndef KUGGE_SERVICES_MATCH_COURSE_HANDLER_H_
#define KUGGE_SERVICES_MATCH_COURSE_HANDLER_H_

#include "absl/status/status.h"
#include "kugge/v1/match_service.pb.h"
#include "services/match/asking.h"
#include "services/rpc/request_context.h"

namespace kugge::match {

// Which of its origins a question has.
inline bool StartsFromCourse(const v1::MatchRequirementsRequest& request) {
  return request.has_offering() || request.has_session();
}
inline bool StartsFromCourse(const v1::MatchProfilesRequest& request) {
  return request.has_session();
}

// Takes requests that start from a course. Thread-safe.
class CourseHandler {
 public:
  explicit CourseHandler(const Asking& asking) : asking_(asking) {}

  absl::Status MatchRequirements(const v1::MatchRequirementsRequest& request,
                                 rpc::RequestContext& call,
                                 v1::MatchRequirementsResponse* response) const;
  absl::Status MatchProfiles(const v1::MatchProfilesRequest& request,
                             rpc::RequestContext& call,
                             v1::MatchProfilesResponse* response) const;

 private:
  const Asking asking_;
};

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_COURSE_HANDLER_H_
