// MatchAll: every person's best requirements, computed in batches on threads of
// their own and streamed in order.
#ifndef KUGGE_SERVICES_MATCH_MATCH_ALL_HANDLER_H_
#define KUGGE_SERVICES_MATCH_MATCH_ALL_HANDLER_H_

#include <atomic>
#include <cstddef>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/metrics.h"
#include "kugge/v1/match_service.pb.h"
#include "services/index/index.h"
#include "services/resource/resource_handler.h"
#include "services/rpc/page_token.h"
#include "services/rpc/request_context.h"
#include "storage/repository.h"

namespace kugge::match {

// Streams that run at once; more get RESOURCE_EXHAUSTED. One uses all cores, so
// more would only wait for each other; the second is for a client that reads
// slowly.
inline constexpr int kMostMatchAllsAtOnce = 2;

// Thread-safe.
class MatchAllHandler {
 public:
  // All outlive the handler; `metrics` may be null. `threads`: of each stream,
  // beside its own.
  MatchAllHandler(const storage::Repository& repository, index::Index& index,
                  const resource::ResourceHandler& resources,
                  const rpc::PageTokens& tokens, Metrics* metrics,
                  size_t threads)
      : repository_(repository),
        index_(index),
        resources_(resources),
        tokens_(tokens),
        metrics_(metrics),
        threads_(threads) {}

  // `write` blocks while the client doesn't read; false once it is gone.
  using Write = absl::FunctionRef<bool(const v1::MatchAllResponse& response)>;
  absl::Status MatchAll(const v1::MatchAllRequest& request,
                        rpc::RequestContext& call, Write write) const;

  // From now on streams end, and new ones are refused, as UNAVAILABLE.
  void Stop() { stopping_ = true; }

 private:
  struct Batch;
  struct Job;

  // Everything that can be refused is refused here.
  absl::StatusOr<Job> Prepare(const v1::MatchAllRequest& request,
                              rpc::RequestContext& call) const;
  absl::Status ReadToken(const v1::MatchAllRequest& request, Job* job) const;
  static absl::Status FillRequests(const v1::MatchAllRequest& request,
                                   Job* job);
  absl::Status Run(const v1::MatchAllRequest& request, const Job& job,
                   rpc::RequestContext& call, Write write) const;
  void Count(const Batch& batch) const;

  const storage::Repository& repository_;
  index::Index& index_;
  const resource::ResourceHandler& resources_;
  const rpc::PageTokens& tokens_;
  Metrics* const metrics_;
  const size_t threads_;
  mutable std::atomic<int> running_ = 0;
  std::atomic<bool> stopping_ = false;
};

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_MATCH_ALL_HANDLER_H_
