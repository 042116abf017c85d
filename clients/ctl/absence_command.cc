#include "clients/ctl/absence_command.h"

#include <ostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "clients/ctl/command_context.h"
#include "clients/ctl/json_lines.h"
#include "clients/ctl/match_format.h"
#include "clients/ctl/match_question.h"
#include "clients/ctl/words.h"
#include "kugge/v1/match_service.grpc.pb.h"

namespace kugge::ctl {
namespace {

// --list: the list that the row was missed in.
absl::StatusOr<v1::AbsenceList> ListOf(const ParsedArgs& args) {
  const std::string list = args.Text("list", "profiles");
  if (list == "profiles") return v1::ABSENCE_LIST_PROFILES;
  if (list == "requirements") return v1::ABSENCE_LIST_REQUIREMENTS;
  return UsageError(
      absl::StrCat("--list is profiles or requirements, not \"", list, "\""));
}

absl::StatusOr<v1::ExplainAbsenceRequest> AbsenceRequestOf(
    const CommandContext& context, const ParsedArgs& args) {
  v1::ExplainAbsenceRequest request;
  KUGGE_ASSIGN_OR_RETURN(const std::string profile,
                         NameOf(context, "profile", args.arguments()[0]));
  KUGGE_ASSIGN_OR_RETURN(const std::string requirement,
                         NameOf(context, "requirement", args.arguments()[1]));
  KUGGE_ASSIGN_OR_RETURN(const v1::AbsenceList list, ListOf(args));
  KUGGE_ASSIGN_OR_RETURN(const std::string strategy,
                         StrategyName(context, args));
  request.set_profile(profile);
  request.set_requirement(requirement);
  request.set_list(list);
  request.set_strategy(strategy);
  request.set_filter(args.Text("filter"));
  request.set_eligible_only(args.Has("eligible-only"));
  return request;
}

absl::Status RunMatchAbsence(const CommandContext& context,
                             const ParsedArgs& args) {
  KUGGE_ASSIGN_OR_RETURN(const v1::ExplainAbsenceRequest request,
                         AbsenceRequestOf(context, args));
  v1::ExplainAbsenceResponse response;
  KUGGE_RETURN_IF_ERROR(Call(context,
                             Bind(&v1::MatchService::Stub::ExplainAbsence),
                             request, &response));
  std::ostream& out = *context.out;
  if (context.output == OutputFormat::kJson) {
    out << ToJsonLine(response) << "\n";
    return absl::OkStatus();
  }
  out << AbsenceWords(response.reason(), response.rank()) << "\n";
  PrintPair(response.match(), out);
  PrintMatchContext(response.context(), out);
  return absl::OkStatus();
}

}  // namespace

Command AbsenceCommand() {
  return {.path = "match absence",
          .arguments = "PROFILE EMPLOYER/REQUIREMENT",
          .summary = "why a person or a requirement isn't in a list",
          .example = "kuggectl match absence x1 acme/r1 --list requirements",
          .flags = {{"list", Flag::Kind::kText, "profiles|requirements",
                     "the list: people for the requirement (the default), or "
                     "requirements for the person"},
                    {"filter", Flag::Kind::kText, "FILTER",
                     "the filter that the list was asked for with"},
                    {"eligible-only", Flag::Kind::kSwitch, "",
                     "the list left out what is uncertain"},
                    StrategyFlag(),
                    LanguageFlag()},
          .min_arguments = 2,
          .max_arguments = 2,
          .run = RunMatchAbsence};
}

}  // namespace kugge::ctl
