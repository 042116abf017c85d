#include "services/resource/import_handler.h"

#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/mutex.h"
#include "base/status_macros.h"
#include "kugge/v1/import.pb.h"
#include "services/resource/fields.h"
#include "services/resource/rehearsal.h"
#include "services/rpc/errors.h"
#include "services/rpc/resource_name.h"
#include "storage/commit_conflict.h"

namespace kugge::resource {
namespace {

using google::protobuf::Message;
using storage::Revision;

// Rows of one commit, and rows read ahead of it.
constexpr size_t kRowsPerCommit = 500;
constexpr size_t kRowsAhead = 1000;

int64_t RowNumber(const Message& request) {
  return request.GetReflection()->GetInt64(request, FindField(request, "row"));
}

// Rows read from the stream by a thread of their own, so that what has arrived
// is written together and nothing waits for a batch to fill.
class RowQueue {
 public:
  explicit RowQueue(const ImportStream& stream)
      : stream_(stream), reader_([this] { Read(); }) {}

  // Lets the reader end: its stream must have ended or been given up.
  ~RowQueue() {
    {
      MutexLock lock(&mutex_);
      closed_ = true;
      room_.NotifyAll();
    }
    reader_.join();
  }

  // What has arrived, at most kRowsPerCommit; waits for the first row. Empty at
  // the end of the stream.
  std::vector<std::unique_ptr<Message>> Take() {
    MutexLock lock(&mutex_);
    while (rows_.empty() && !ended_) arrived_.Wait(&mutex_);
    std::vector<std::unique_ptr<Message>> taken;
    while (!rows_.empty() && taken.size() < kRowsPerCommit) {
      taken.push_back(std::move(rows_.front()));
      rows_.pop_front();
    }
    room_.NotifyAll();
    return taken;
  }

 private:
  void Read() {
    for (;;) {
      std::unique_ptr<Message> row(stream_.request->New());
      const bool more = stream_.read(row.get());
      MutexLock lock(&mutex_);
      if (!more || closed_) {
        ended_ = true;
        arrived_.NotifyAll();
        return;
      }
      while (rows_.size() >= kRowsAhead && !closed_) room_.Wait(&mutex_);
      rows_.push_back(std::move(row));
      arrived_.NotifyAll();
    }
  }

  const ImportStream& stream_;
  Mutex mutex_;
  CondVar arrived_;
  CondVar room_;
  std::deque<std::unique_ptr<Message>> rows_ ABSL_GUARDED_BY(mutex_);
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread reader_;
};

// What became of one row.
struct Verdict {
  int64_t row = 0;
  v1::ImportVerdict verdict = v1::IMPORT_VERDICT_UNSPECIFIED;
  std::string name;
  absl::Status refusal;
};

// One import from its first row to its last.
class Import {
 public:
  Import(const ResourceType& type, const ImportStream& stream,
         storage::Repository& repository, index::Index& index,
         const WritePlanner& planner, rpc::RequestContext& call)
      : type_(type),
        stream_(stream),
        repository_(repository),
        index_(index),
        planner_(planner),
        call_(call) {}

  absl::Status Run() {
    RowQueue queue(stream_);
    for (;;) {
      const std::vector<std::unique_ptr<Message>> rows = queue.Take();
      if (rows.empty()) return failure_;
      if (failure_.ok()) failure_ = WriteRows(rows);
      // The stream is read to its end in any case, and every row answered: a
      // client that waits for verdicts must not wait for ever.
      if (!failure_.ok()) RefuseUnanswered(rows);
    }
  }

 private:
  struct Planned {
    Verdict verdict;
    const Message* row = nullptr;
    PlannedWrite write;
  };

  absl::Status WriteRows(const std::vector<std::unique_ptr<Message>>& rows) {
    answered_ = 0;
    for (const auto& row : rows) KUGGE_RETURN_IF_ERROR(AddRow(*row));
    KUGGE_RETURN_IF_ERROR(Flush());
    if (call_.cancelled()) {
      return absl::CancelledError("the caller is gone or out of time");
    }
    return absl::OkStatus();
  }

  void RefuseUnanswered(const std::vector<std::unique_ptr<Message>>& rows) {
    planned_.clear();
    for (; answered_ < rows.size(); ++answered_) {
      Answer({RowNumber(*rows[answered_]), v1::IMPORT_VERDICT_REFUSED, "",
              absl::UnavailableError(
                  "the import stopped; not known to be written")});
    }
    answered_ = 0;
  }

  absl::Status AddRow(const Message& row) {
    if (first_) {
      parent_ = GetString(row, "parent");
      validate_only_ = GetBool(row, "validate_only");
      first_ = false;
      // The options may come before any row.
      if (!HasResource(row)) {
        ++answered_;
        return absl::OkStatus();
      }
    }
    // A second row for one resource has to find the first one written.
    const Message& resource = GetMessage(row, type_.singular);
    for (const absl::string_view field : {"name", "external_id"}) {
      const std::string key = GetString(resource, field);
      if (!key.empty() && !keys_.insert(absl::StrCat(field, key)).second) {
        KUGGE_RETURN_IF_ERROR(Flush());
        keys_.insert(absl::StrCat(field, key));
      }
    }
    Planned planned;
    planned.verdict.row = RowNumber(row);
    planned.row = &row;
    absl::StatusOr<PlannedWrite> write = PlanRow(row);
    if (write.ok() && validate_only_) {
      const absl::Status refused =
          Rehearse(repository_, index_.Latest()->snapshot.get(), {&*write, 1});
      if (!refused.ok()) write = refused;
    }
    if (write.ok()) {
      planned.write = *std::move(write);
    } else if (IsRowsFault(write.status())) {
      planned.verdict.verdict = v1::IMPORT_VERDICT_REFUSED;
      planned.verdict.refusal = write.status();
    } else {
      return write.status();
    }
    planned_.push_back(std::move(planned));
    return absl::OkStatus();
  }

  bool HasResource(const Message& row) const {
    return row.GetReflection()->HasField(row, FindField(row, type_.singular));
  }

  // Errors of the store end the import; others refuse a row.
  static bool IsRowsFault(const absl::Status& status) {
    switch (status.code()) {
      case absl::StatusCode::kInvalidArgument:
      case absl::StatusCode::kNotFound:
      case absl::StatusCode::kAlreadyExists:
      case absl::StatusCode::kFailedPrecondition:
      case absl::StatusCode::kAborted:
        return true;
      default:
        return false;
    }
  }

  absl::StatusOr<PlannedWrite> PlanRow(const Message& row) const {
    const std::shared_ptr<const index::PublishedView> view = index_.Latest();
    const WriteScope scope{type_, *view, call_.now,
                           std::string(type_.singular)};
    if (!HasResource(row)) {
      return rpc::InvalidField(type_.singular, "is absent; every row has one");
    }
    const Message& resource = GetMessage(row, type_.singular);
    const std::string name = GetString(resource, "name");
    if (!name.empty()) {
      if (!parent_.empty() && !rpc::IsWithin(name, parent_)) {
        return rpc::InvalidField(
            absl::StrCat(type_.singular, ".name"),
            absl::StrCat("is ", rpc::Quoted(name), "; must be below ",
                         rpc::Quoted(parent_)));
      }
      const absl::Status form = storage::CheckName(type_.kind, name);
      if (!form.ok()) {
        return rpc::InvalidField(absl::StrCat(type_.singular, ".name"),
                                 form.message());
      }
      return planner_.Replace(scope, name, resource);
    }
    if (parent_.empty()) {
      return rpc::InvalidField(
          "parent", "is empty; must be told for rows without a name");
    }
    if (!storage::NamePrefix(type_.kind, parent_).ok() ||
        absl::StrCat("/", parent_, "/").find("/-/") != std::string::npos) {
      return rpc::InvalidField(
          "parent", absl::StrCat("is ", rpc::Quoted(parent_), "; can't hold ",
                                 type_.plural));
    }
    const std::string external_id = GetString(resource, "external_id");
    if (!external_id.empty()) {
      const absl::StatusOr<std::string> known = repository_.FindByExternalId(
          type_.kind, parent_, external_id, view->snapshot.get());
      if (known.ok()) return planner_.Replace(scope, *known, resource);
      if (!absl::IsNotFound(known.status())) return known.status();
    }
    return planner_.Create(scope, parent_, "", resource);
  }

  // Writes what is planned, then answers it.
  absl::Status Flush() {
    keys_.clear();
    if (planned_.empty()) return absl::OkStatus();
    if (!validate_only_) KUGGE_RETURN_IF_ERROR(CommitPlanned());
    for (Planned& planned : planned_) {
      if (planned.verdict.refusal.ok()) {
        planned.verdict.name = planned.write.name;
        planned.verdict.verdict = validate_only_ ? v1::IMPORT_VERDICT_VALID
                                  : planned.write.before == nullptr
                                      ? v1::IMPORT_VERDICT_CREATED
                                      : v1::IMPORT_VERDICT_REPLACED;
      }
      if (!Answer(planned.verdict)) {
        return absl::CancelledError("the caller is gone");
      }
      ++answered_;
    }
    planned_.clear();
    return absl::OkStatus();
  }

  absl::Status CommitPlanned() {
    storage::Transaction transaction = repository_.Begin();
    bool any = false;
    absl::Status staged;
    for (const Planned& planned : planned_) {
      if (!planned.verdict.refusal.ok()) continue;
      any = true;
      staged.Update(planned.write.Stage(&transaction));
    }
    if (!any) return absl::OkStatus();
    if (staged.ok()) {
      const absl::StatusOr<Revision> revision =
          repository_.Commit(std::move(transaction));
      if (revision.ok()) return index_.CatchUp(*revision);
      staged = revision.status();
    }
    if (!IsRowsFault(staged)) return staged;
    // Some row is at fault: each on its own, planned at what is there now.
    KUGGE_RETURN_IF_ERROR(index_.CatchUp(repository_.store().LatestRevision()));
    for (Planned& planned : planned_) {
      if (!planned.verdict.refusal.ok()) continue;
      const absl::Status alone = CommitAlone(&planned);
      if (alone.ok()) continue;
      if (!IsRowsFault(alone)) return alone;
      planned.verdict.verdict = v1::IMPORT_VERDICT_REFUSED;
      planned.verdict.refusal = alone;
    }
    return absl::OkStatus();
  }

  absl::Status CommitAlone(Planned* planned) {
    KUGGE_ASSIGN_OR_RETURN(planned->write, PlanRow(*planned->row));
    storage::Transaction transaction = repository_.Begin();
    KUGGE_RETURN_IF_ERROR(planned->write.Stage(&transaction));
    const absl::StatusOr<Revision> revision =
        repository_.Commit(std::move(transaction));
    if (!revision.ok()) return CommitError(revision.status());
    return index_.CatchUp(*revision);
  }

  bool Answer(const Verdict& verdict) const {
    const std::unique_ptr<Message> response(stream_.response->New());
    const google::protobuf::Reflection& reflection = *response->GetReflection();
    reflection.SetInt64(response.get(), FindField(*response, "row"),
                        verdict.row);
    reflection.SetEnumValue(response.get(), FindField(*response, "verdict"),
                            verdict.verdict);
    SetString(response.get(), "name", verdict.name);
    if (!verdict.refusal.ok()) {
      for (const rpc::FieldViolation& wrong :
           rpc::ViolationsOf(verdict.refusal)) {
        Message* added = AddElement(response.get(), "violations");
        SetString(added, "field", wrong.path);
        SetString(added, "description", wrong.description);
      }
      SetString(response.get(), "message",
                std::string(verdict.refusal.message()));
    }
    return stream_.write(*response);
  }

  const ResourceType& type_;
  const ImportStream& stream_;
  storage::Repository& repository_;
  index::Index& index_;
  const WritePlanner& planner_;
  rpc::RequestContext& call_;

  bool first_ = true;
  bool validate_only_ = false;
  std::string parent_;
  // Of the rows taken together: how many have had their verdict.
  size_t answered_ = 0;
  absl::Status failure_;
  // Names and external ids of the rows that are planned.
  std::set<std::string> keys_;
  std::vector<Planned> planned_;
};

}  // namespace

absl::Status ImportHandler::Import(const ResourceType& type,
                                   const ImportStream& stream,
                                   rpc::RequestContext& call) const {
  // Counts this import until it ends, however it ends.
  struct Running {
    explicit Running(std::atomic<int>& running)
        : count(running), before(count.fetch_add(1)) {}
    ~Running() { count.fetch_sub(1); }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    std::atomic<int>& count;
    const int before;
  };
  const Running running(running_);
  if (running.before >= kMostImportsAtOnce) {
    return rpc::Overloaded(absl::Seconds(10));
  }
  return resource::Import(type, stream, repository_, index_, planner_, call)
      .Run();
}

}  // namespace kugge::resource
