#include "clients/ctl/match_all_command.h"

#include <algorithm>
#include <memory>
#include <ostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "base/status_macros.h"
#include "clients/ctl/command_context.h"
#include "clients/ctl/interruption.h"
#include "clients/ctl/json_lines.h"
#include "clients/ctl/match_format.h"
#include "clients/ctl/names.h"
#include "clients/ctl/progress_bar.h"
#include "clients/ctl/resource_types.h"
#include "clients/ctl/rpc_errors.h"
#include "kugge/v1/match_service.grpc.pb.h"

namespace kugge::ctl {
namespace {

double PeoplePerSecond(int64_t people, absl::Duration elapsed) {
  return static_cast<double>(people) /
         std::max(absl::ToDoubleSeconds(elapsed), 0.001);
}

// What arrived, on its way to the terminal or the file.
class MatchAllOutput {
 public:
  MatchAllOutput(const CommandContext& context, std::string resume_token)
      : context_(context),
        start_(absl::Now()),
        resume_token_(std::move(resume_token)) {}

  void Add(const v1::MatchAllResponse& part) {
    if (part.has_context()) context_of_stream_ = part.context();
    if (part.revision_changed()) {
      ClearProgress();
      *context_.err << "The data changed since the stream before.\n";
    }
    progress_.done = part.profiles_done();
    progress_.total = part.profiles_total();
    progress_.answered += part.profiles_size();
    complete_ = part.complete();
    if (part.profiles().empty()) return;
    Print(part.profiles());
    // A token stands for rows that were written.
    context_.out->flush();
    if (context_.out->good()) resume_token_ = part.resume_token();
    DrawProgress(absl::Now());
  }

  bool complete() const { return complete_; }

  // The last words, whichever way it ended.
  void Finish() {
    ClearProgress();
    const absl::Duration elapsed = absl::Now() - start_;
    std::ostream& stream =
        context_.output == OutputFormat::kJson ? *context_.err : *context_.out;
    stream << absl::StrFormat("%d people, %d rows in %.1f s (%.0f people/s); ",
                              progress_.answered, rows_,
                              absl::ToDoubleSeconds(elapsed),
                              PeoplePerSecond(progress_.answered, elapsed));
    PrintMatchContext(context_of_stream_, stream);
    if (complete_ || resume_token_.empty()) return;
    stream.flush();
    *context_.err << progress_.done << " of " << progress_.total
                  << " people are done; the same command goes on with: "
                  << "--resume " << resume_token_ << "\n";
  }

 private:
  using People = google::protobuf::RepeatedPtrField<v1::ProfileMatches>;

  void Print(const People& people) {
    for (const v1::ProfileMatches& one : people) rows_ += one.matches_size();
    if (context_.output == OutputFormat::kTable) {
      // A table is read where the progress is shown; JSON mostly goes
      // elsewhere.
      ClearProgress();
      PrintProfileMatches(people, first_batch_, *context_.out);
      first_batch_ = false;
      return;
    }
    for (const v1::ProfileMatches& one : people) {
      *context_.out << ToJsonLine(one) << "\n";
    }
  }

  void DrawProgress(absl::Time now) {
    if (!context_.err_is_terminal || now - last_drawn_ < kRedrawEvery) return;
    last_drawn_ = now;
    bar_is_shown_ = true;
    *context_.err << "\r\033[K" << ProgressText(progress_, now - start_)
                  << std::flush;
  }

  void ClearProgress() {
    if (!bar_is_shown_) return;
    bar_is_shown_ = false;
    last_drawn_ = absl::InfinitePast();
    *context_.err << "\r\033[K" << std::flush;
  }

  const CommandContext& context_;
  const absl::Time start_;
  // Of the rows that were written.
  std::string resume_token_;
  v1::MatchContext context_of_stream_;
  MatchAllProgress progress_;
  int64_t rows_ = 0;
  bool first_batch_ = true;
  bool complete_ = false;
  bool bar_is_shown_ = false;
  absl::Time last_drawn_ = absl::InfinitePast();
};

absl::StatusOr<v1::MatchAllRequest> MakeMatchAllRequest(
    const CommandContext& context, const ParsedArgs& args) {
  v1::MatchAllRequest request;
  KUGGE_ASSIGN_OR_RETURN(
      *request.mutable_parent(),
      CompleteName(FindResourceType("tenant")->collections, context.tenant,
                   args.Text("parent", context.tenant)));
  const std::string strategy = args.Text("strategy");
  // `default` is built in: asked for by leaving the field empty.
  if (!strategy.empty() && strategy != "default") {
    KUGGE_ASSIGN_OR_RETURN(
        *request.mutable_strategy(),
        CompleteName(FindResourceType("strategy")->collections,
                     SplitName(request.parent()).second, strategy));
  }
  request.set_filter(args.Text("filter"));
  request.set_profile_filter(args.Text("profile-filter"));
  request.set_rows_per_profile(args.Number("rows"));
  request.set_eligible_only(args.Has("eligible-only"));
  request.set_resume_token(args.Text("resume"));
  return request;
}

absl::Status RunMatchAll(const CommandContext& context,
                         const ParsedArgs& args) {
  KUGGE_ASSIGN_OR_RETURN(const v1::MatchAllRequest request,
                         MakeMatchAllRequest(context, args));
  grpc::ClientContext call;
  if (context.timeout.has_value()) SetDeadline(context, &call);
  Interruption interruption([&call] { call.TryCancel(); });
  v1::MatchService::Stub stub(context.channel);
  const auto reader = stub.MatchAll(&call, request);
  MatchAllOutput output(context, request.resume_token());
  v1::MatchAllResponse part;
  bool any = false;
  while (context.out->good() && reader->Read(&part)) {
    any = true;
    output.Add(part);
  }
  // Whoever can't write any more wants no more.
  if (!context.out->good()) call.TryCancel();
  const absl::Status status = FromGrpc(reader->Finish());
  if (any) output.Finish();
  if (!context.out->good()) {
    return absl::DataLossError("the output can't be written to");
  }
  if (interruption.happened() && !output.complete()) {
    return absl::CancelledError("interrupted");
  }
  KUGGE_RETURN_IF_ERROR(status);
  if (output.complete()) return absl::OkStatus();
  return absl::DataLossError("the stream ended before everybody was answered");
}

}  // namespace

std::string ProgressText(const MatchAllProgress& progress,
                         absl::Duration elapsed) {
  const double share = progress.total == 0
                           ? 1
                           : static_cast<double>(progress.done) /
                                 static_cast<double>(progress.total);
  const double rate = PeoplePerSecond(progress.answered, elapsed);
  std::string text =
      absl::StrFormat("%s  %d of %d people  %.0f people/s", ProgressBar(share),
                      progress.done, progress.total, rate);
  if (progress.answered > 0) {
    absl::StrAppendFormat(
        &text, "  %.0f s left",
        static_cast<double>(progress.total - progress.done) / rate);
  }
  return text;
}

Command MatchAllCommand() {
  return {.path = "match all",
          .arguments = "",
          .summary = "requirements for every person, as a stream",
          .example = "kuggectl match all --rows 5 --output json",
          .flags = {{"parent", Flag::Kind::kText, "TENANT",
                     "whose people (default: --tenant)"},
                    {"rows", Flag::Kind::kNumber, "N",
                     "most rows of one person (default 10, at most 100)"},
                    {"filter", Flag::Kind::kText, "FILTER",
                     "an AIP-160 filter over the requirements"},
                    {"profile-filter", Flag::Kind::kText, "FILTER",
                     "an AIP-160 filter over the people"},
                    {"strategy", Flag::Kind::kText, "ID",
                     "weights to use (default: default)"},
                    {"eligible-only", Flag::Kind::kSwitch, "",
                     "leave out what is uncertain"},
                    {"resume", Flag::Kind::kText, "TOKEN",
                     "go on where an earlier stream was cut off"}},
          .min_arguments = 0,
          .max_arguments = 0,
          .run = RunMatchAll};
}

}  // namespace kugge::ctl
