#include "services/match/match_all_handler.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/ordered_workers.h"
#include "base/status_macros.h"
#include "kugge/v1/tenant.pb.h"
#include "matching/match_all.h"
#include "services/features/explainer.h"
#include "services/match/batch_priority.h"
#include "services/match/page.h"
#include "services/match/question.h"
#include "services/match/row_filter.h"
#include "services/rpc/errors.h"

namespace kugge::match {
namespace {

using matching::PeopleInOrder;
using matching::PersonKey;
using matching::RequirementFeatures;

constexpr int kDefaultRows = 10;
constexpr int kMaxRows = 100;
// Most people of a batch, and about how many rows it may have: a message stays
// below 600 kB with the longest names, and a stop waits for little.
constexpr size_t kMostPeople = 100;
constexpr size_t kRowsOfBatch = 2'000;
// Batches that wait for the client or are being made, for each thread: enough
// that none idles while a slow batch holds up those behind it.
constexpr size_t kAheadOfThread = 3;
constexpr absl::Duration kTryAgain = absl::Seconds(30);

// The same refusal of another field: the one that the client sent.
absl::Status AtField(absl::string_view field, const absl::Status& status) {
  const auto violations = rpc::ViolationsOf(status);
  if (violations.empty()) return status;
  return rpc::InvalidField(field, violations.front().description);
}

using Stopped = std::function<bool()>;

void AddRow(const matching::Match& row, v1::ProfileMatches* person) {
  v1::RankedRequirement* added = person->add_matches();
  added->set_requirement(row.reference);
  features::FillVerdict(row, added);
}

absl::Status Stopping() {
  return rpc::NotReady(absl::Seconds(5),
                       "The server is stopping; go on later with the last "
                       "resume_token that arrived");
}

// Counts a stream for as long as it lives.
class Running {
 public:
  explicit Running(std::atomic<int>& count)
      : count_(count), before_(count.fetch_add(1)) {}
  ~Running() { count_.fetch_sub(1); }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  int before() const { return before_; }

 private:
  std::atomic<int>& count_;
  const int before_;
};

}  // namespace

// People whose rows were computed together.
struct MatchAllHandler::Batch {
  v1::MatchAllResponse response;
  PersonKey last;
  size_t judged = 0;
};

// What a stream is computed with. It holds market and taxonomy and not the
// view: a snapshot of the store kept for hours would keep old records on disk.
struct MatchAllHandler::Job {
  std::shared_ptr<const matching::Market> market;
  // The scoring and the filters point into it.
  std::shared_ptr<const matching::Taxonomy> taxonomy;
  matching::Scoring scoring{};
  v1::MatchContext context{};
  // What a token of this stream says, but for its person.
  PageStart<PersonKey> here{};
  // Of the stream that this one goes on from.
  std::optional<PageStart<PersonKey>> start{};
  matching::PeopleRequest people{};
  matching::RankRequest<RequirementFeatures> rank{};

  absl::Status MakeShared(const Stopped& stopped) const;
  v1::MatchAllResponse First() const;
  PageStart<PersonKey> After(const PersonKey& key) const {
    return {.key = key, .basis = here.basis, .revision = here.revision};
  }
  // People of the next batch; nothing at the end.
  std::optional<PeopleInOrder::People> Cut(PeopleInOrder& walk) const {
    auto next = walk.Next(std::min(kMostPeople, kRowsOfBatch / rank.k));
    if (next.empty()) return std::nullopt;
    return next;
  }
  absl::StatusOr<Batch> Match(const PeopleInOrder::People& piece,
                              const Stopped& stopped) const;
};

// A strategy's first question makes what all of its questions need, under a
// lock that calls may wait for: not to be left to a thread of low priority.
absl::Status MatchAllHandler::Job::MakeShared(const Stopped& stopped) const {
  return matching::TopRequirements(
             *market, matching::CompiledPerson({}, scoring),
             {.today = rank.today, .k = 1, .cancelled = stopped})
      .status();
}

v1::MatchAllResponse MatchAllHandler::Job::First() const {
  v1::MatchAllResponse first;
  *first.mutable_context() = context;
  first.set_revision_changed(start.has_value() &&
                             start->revision != here.revision);
  return first;
}

absl::StatusOr<MatchAllHandler::Batch> MatchAllHandler::Job::Match(
    const PeopleInOrder::People& piece, const Stopped& stopped) const {
  matching::RankRequest<RequirementFeatures> stoppable = rank;
  stoppable.cancelled = stopped;
  KUGGE_ASSIGN_OR_RETURN(
      const matching::PeopleRows all,
      matching::MatchPeople(*market, piece, scoring, stoppable));
  Batch batch;
  batch.last = matching::KeyOf(*piece.back());
  batch.judged = all.judged;
  for (const matching::PersonRows& one : all.people) {
    v1::ProfileMatches* person = batch.response.add_profiles();
    person->set_profile(one.person->reference);
    for (const matching::Match& row : one.rows) AddRow(row, person);
  }
  return batch;
}

absl::StatusOr<MatchAllHandler::Job> MatchAllHandler::Prepare(
    const v1::MatchAllRequest& request, rpc::RequestContext& call) const {
  KUGGE_ASSIGN_OR_RETURN(const auto view, resources_.View(call));
  const absl::Status tenant =
      repository_
          .Get<v1::Tenant>(storage::ResourceKind::kTenant, request.parent(),
                           view->snapshot.get())
          .status();
  if (absl::IsNotFound(tenant)) return rpc::NotFound(request.parent());
  KUGGE_RETURN_IF_ERROR(tenant);
  Question question(repository_, index_, view, call);
  KUGGE_RETURN_IF_ERROR(question.ChooseStrategy(
      request.parent(), request.strategy(),
      request.has_adhoc_strategy() ? &request.adhoc_strategy() : nullptr));
  Job job{.market = view->market,
          .taxonomy = view->taxonomy,
          .scoring = question.Scoring()};
  question.FillContext(&job.context);
  job.here.basis = question.Basis();
  job.here.revision = static_cast<int64_t>(view->revision);
  job.rank.tenant = job.people.tenant =
      question.TenantIndexOf(request.parent());
  job.rank.today = job.people.today = question.today();
  KUGGE_RETURN_IF_ERROR(ReadToken(request, &job));
  KUGGE_RETURN_IF_ERROR(FillRequests(request, &job));
  return job;
}

absl::Status MatchAllHandler::ReadToken(const v1::MatchAllRequest& request,
                                        Job* job) const {
  if (request.resume_token().empty()) return absl::OkStatus();
  const auto read = [&]() -> absl::Status {
    KUGGE_ASSIGN_OR_RETURN(const std::string payload,
                           tokens_.Decode(request.resume_token(), request));
    KUGGE_ASSIGN_OR_RETURN(job->start, DecodePersonPage(payload));
    return CheckBasis(job->start->basis, job->here.basis);
  };
  return AtField("resume_token", read());
}

absl::Status MatchAllHandler::FillRequests(const v1::MatchAllRequest& request,
                                           Job* job) {
  KUGGE_ASSIGN_OR_RETURN(auto rows,
                         RequirementFilter(request.filter(), *job->taxonomy));
  job->rank.municipalities = std::move(rows.municipalities);
  job->rank.filter = std::move(rows.matches);
  auto people = PersonFilter(request.profile_filter());
  if (!people.ok()) return AtField("profile_filter", people.status());
  job->people.municipalities = std::move(people->municipalities);
  job->people.filter = std::move(people->matches);
  const int32_t asked = request.rows_per_profile();
  job->rank.k = static_cast<size_t>(asked == 0 ? kDefaultRows
                                               : std::min(asked, kMaxRows));
  job->rank.uncertain = !request.eligible_only();
  return absl::OkStatus();
}

absl::Status MatchAllHandler::MatchAll(const v1::MatchAllRequest& request,
                                       rpc::RequestContext& call,
                                       Write write) const {
  KUGGE_ASSIGN_OR_RETURN(const Job job, Prepare(request, call));
  const Running running(running_);
  if (running.before() >= kMostMatchAllsAtOnce) {
    return rpc::Overloaded(kTryAgain);
  }
  KUGGE_RETURN_IF_ERROR(job.MakeShared(call.cancelled));
  return Run(request, job, call, write);
}

void MatchAllHandler::Count(const Batch& batch) const {
  if (metrics_ == nullptr) return;
  metrics_->CountDocumentsScored("all", static_cast<double>(batch.judged));
  metrics_->CountMatchAllPeople(batch.response.profiles_size());
}

absl::Status MatchAllHandler::Run(const v1::MatchAllRequest& request,
                                  const Job& job, rpc::RequestContext& call,
                                  Write write) const {
  std::optional<PersonKey> after;
  if (job.start.has_value()) after = job.start->key;
  PeopleInOrder people(*job.market, job.people, after);
  const auto total = static_cast<int64_t>(people.total());
  auto done = static_cast<int64_t>(people.passed());
  const auto send = [&](v1::MatchAllResponse& response) -> absl::Status {
    response.set_profiles_done(done);
    response.set_profiles_total(total);
    if (write(response)) return absl::OkStatus();
    return absl::CancelledError("the caller is gone");
  };

  v1::MatchAllResponse first = job.First();
  KUGGE_RETURN_IF_ERROR(send(first));

  OrderedWorkers<PeopleInOrder::People, Batch> workers(
      {.threads = threads_,
       .ahead = kAheadOfThread * threads_,
       .prepare = YieldToCalls},
      [&people, &job] { return job.Cut(people); },
      [&job](const PeopleInOrder::People& piece, const Stopped& stopped) {
        return job.Match(piece, stopped);
      });
  const auto cancelled = [&] { return stopping_ || call.cancelled(); };
  for (;;) {
    absl::StatusOr<std::optional<Batch>> next = workers.Next(cancelled);
    if (stopping_) return Stopping();
    KUGGE_RETURN_IF_ERROR(next.status());
    if (!next->has_value()) break;
    Batch& batch = **next;
    done += batch.response.profiles_size();
    Count(batch);
    batch.response.set_resume_token(
        tokens_.Encode(EncodePage(job.After(batch.last)), request));
    KUGGE_RETURN_IF_ERROR(send(batch.response));
  }
  v1::MatchAllResponse last;
  last.set_complete(true);
  return send(last);
}

}  // namespace kugge::match
