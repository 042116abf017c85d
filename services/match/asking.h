// What the handlers of questions have in common: what they are made of, how
// they begin, and how a list that is counted to its end closes.
#ifndef KUGGE_SERVICES_MATCH_ASKING_H_
#define KUGGE_SERVICES_MATCH_ASKING_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/metrics.h"
#include "base/status_macros.h"
#include "matching/course_rank.h"
#include "matching/offerings.h"
#include "services/index/index.h"
#include "services/match/page.h"
#include "services/match/question.h"
#include "services/resource/resource_handler.h"
#include "services/rpc/page_token.h"
#include "services/rpc/request_context.h"
#include "storage/repository.h"

namespace kugge::match {

// What a handler of questions is made of. All outlive it; `metrics` may be
// null. Thread-safe.
struct Asking {
  const storage::Repository& repository;
  index::Index& index;
  const resource::ResourceHandler& resources;
  const rpc::PageTokens& tokens;
  Metrics* metrics = nullptr;

  // A question at the latest view that the call may see.
  absl::StatusOr<Question> Begin(rpc::RequestContext& call) const;
  void CountScored(absl::string_view question, size_t documents) const;
};

// Rows wanted, the default and the limit of the API applied.
size_t PageSizeOf(int32_t asked);

// `tenants/{tenant}` of a name below it.
std::string TenantNameOf(absl::string_view name);

// Where the page begins, checked against the question; nothing on the first.
// `decode`: the payload's form, one of page.h.
template <typename Key, typename Request, typename Decode>
absl::Status ReadPage(const rpc::PageTokens& tokens, const Request& request,
                      const Question& question, Decode decode,
                      std::optional<PageStart<Key>>* start) {
  if (request.page_token().empty()) return absl::OkStatus();
  KUGGE_ASSIGN_OR_RETURN(const std::string payload,
                         tokens.Decode(request.page_token(), request));
  KUGGE_ASSIGN_OR_RETURN(*start, decode(payload));
  return CheckBasis((*start)->basis, question.Basis());
}

// Whether the list goes on after the answer's rows.
inline bool GoesOn(const matching::OfferingAnswer& answer) {
  return answer.remaining > 0;
}
template <typename Row>
bool GoesOn(const matching::CourseAnswer<Row>& answer) {
  return answer.more;
}

// What an answer says beside its rows, where the engine counted them to the
// end: `answer` has rows with a key, and `total`.
template <typename Key, typename Request, typename Answer, typename Response>
void FinishCounted(const rpc::PageTokens& tokens, const Request& request,
                   const Question& question,
                   const std::optional<PageStart<Key>>& start,
                   const Answer& answer, Response* response) {
  const auto revision = static_cast<int64_t>(question.view().revision);
  response->set_revision_changed(start.has_value() &&
                                 start->revision != revision);
  response->set_total_size(static_cast<int32_t>(answer.total));
  if (GoesOn(answer) && !answer.rows.empty()) {
    response->set_next_page_token(
        tokens.Encode(EncodePage(PageStart<Key>{answer.rows.back().key,
                                                question.Basis(), revision}),
                      request));
  }
  question.FillContext(response->mutable_context());
}

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_ASKING_H_
