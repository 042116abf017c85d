#include "clients/ctl/match_commands.h"

#include <ostream>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "clients/ctl/absence_command.h"
#include "clients/ctl/command_context.h"
#include "clients/ctl/course_format.h"
#include "clients/ctl/json_lines.h"
#include "clients/ctl/leftovers_command.h"
#include "clients/ctl/match_all_command.h"
#include "clients/ctl/match_format.h"
#include "clients/ctl/match_question.h"
#include "clients/ctl/offerings_command.h"
#include "clients/ctl/pathways_command.h"
#include "clients/ctl/proposal_command.h"
#include "clients/ctl/staffing_command.h"
#include "clients/ctl/staffing_format.h"
#include "clients/ctl/words.h"
#include "kugge/v1/match_service.grpc.pb.h"

namespace kugge::ctl {
namespace {

using MatchStub = v1::MatchService::Stub;

std::string NoPairsWords(const ParsedArgs& args, v1::NoMatchReason reason) {
  std::string words = NoMatchWords(reason);
  if (reason == v1::NO_MATCH_REASON_HARD_DEMANDS_REFUSE_ALL &&
      !args.Has("near-misses")) {
    absl::StrAppend(&words,
                    " --near-misses shows what is refused by a little.");
  }
  return words;
}

// Rows of a training's question, printed by `print`.
template <typename Rows, typename Response>
absl::Status PrintCourseRows(const CommandContext& context,
                             const ParsedArgs& args, const Rows& rows,
                             void (*print)(const Rows&, const RowStyle&,
                                           std::ostream&),
                             const Response& response) {
  if (context.output == OutputFormat::kJson) {
    *context.out << ToJsonLine(response) << "\n";
    return absl::OkStatus();
  }
  if (!rows.empty()) print(rows, StyleOf(args), *context.out);
  PrintFooter(context, rows.size(),
              CourseNoMatchWords(response.no_match_reason()), response);
  return absl::OkStatus();
}

template <typename Response>
absl::Status PrintRankedPairs(const CommandContext& context,
                              const ParsedArgs& args,
                              const Response& response) {
  std::ostream& out = *context.out;
  if (context.output == OutputFormat::kJson) {
    out << ToJsonLine(response) << "\n";
    return absl::OkStatus();
  }
  const int first = args.Number("first-rank", 1);
  if (!response.matches().empty()) {
    PrintMatches(response.matches(), first, args.Has("explain"), out);
  }
  PrintFooter(context, response.matches_size(),
              NoPairsWords(args, response.no_match_reason()), response);
  if (!response.near_misses().empty()) {
    out << "\nNear misses:\n";
    PrintMatches(response.near_misses(), 1, args.Has("explain"), out);
  }
  if (!response.bridge_matches().empty()) {
    out << "\nBridges:\n";
    PrintBridges(response.bridge_matches(), args.Has("explain"), out);
  }
  return absl::OkStatus();
}

absl::Status RunMatchRequirements(const CommandContext& context,
                                  const ParsedArgs& args) {
  v1::MatchRequirementsRequest request;
  KUGGE_ASSIGN_OR_RETURN(const auto origin,
                         CompleteOrigin({"profile", "offering", "session"},
                                        context.tenant, args.arguments()[0]));
  if (origin.first == "profile") {
    request.set_profile(origin.second);
  } else if (origin.first == "offering") {
    request.set_offering(origin.second);
  } else {
    request.set_session(origin.second);
  }
  KUGGE_ASSIGN_OR_RETURN(const std::string parent, ParentName(context, args));
  request.set_parent(parent);
  request.set_include_near_misses(args.Has("near-misses"));
  request.set_include_bridge_matches(args.Has("bridges"));
  request.set_eligible_only(args.Has("eligible-only"));
  request.set_count_total(args.Has("count"));
  KUGGE_RETURN_IF_ERROR(FillQuestion(context, args, &request));
  v1::MatchRequirementsResponse response;
  KUGGE_RETURN_IF_ERROR(
      Call(context, Bind(&MatchStub::MatchRequirements), request, &response));
  if (!request.has_profile()) {
    return PrintCourseRows(context, args, response.served_requirements(),
                           PrintServed, response);
  }
  return PrintRankedPairs(context, args, response);
}

absl::Status RunMatchProfiles(const CommandContext& context,
                              const ParsedArgs& args) {
  v1::MatchProfilesRequest request;
  KUGGE_ASSIGN_OR_RETURN(const auto origin,
                         CompleteOrigin({"requirement", "session"},
                                        context.tenant, args.arguments()[0]));
  if (origin.first == "requirement") {
    request.set_requirement(origin.second);
  } else {
    request.set_session(origin.second);
  }
  KUGGE_ASSIGN_OR_RETURN(const std::string parent, ParentName(context, args));
  request.set_parent(parent);
  request.set_include_near_misses(args.Has("near-misses"));
  request.set_include_bridge_matches(args.Has("bridges"));
  request.set_eligible_only(args.Has("eligible-only"));
  request.set_count_total(args.Has("count"));
  KUGGE_RETURN_IF_ERROR(FillQuestion(context, args, &request));
  v1::MatchProfilesResponse response;
  KUGGE_RETURN_IF_ERROR(
      Call(context, Bind(&MatchStub::MatchProfiles), request, &response));
  if (request.has_session()) {
    return PrintCourseRows(context, args, response.helped_profiles(),
                           PrintHelped, response);
  }
  return PrintRankedPairs(context, args, response);
}

absl::Status RunExplain(const CommandContext& context, const ParsedArgs& args) {
  v1::ExplainMatchRequest request;
  KUGGE_ASSIGN_OR_RETURN(const std::string profile,
                         NameOf(context, "profile", args.arguments()[0]));
  KUGGE_ASSIGN_OR_RETURN(const std::string requirement,
                         NameOf(context, "requirement", args.arguments()[1]));
  KUGGE_ASSIGN_OR_RETURN(const std::string strategy,
                         StrategyName(context, args));
  request.set_profile(profile);
  request.set_requirement(requirement);
  request.set_strategy(strategy);
  request.set_include_what_would_help(args.Has("what-would-help"));
  v1::ExplainMatchResponse response;
  KUGGE_RETURN_IF_ERROR(
      Call(context, Bind(&MatchStub::ExplainMatch), request, &response));
  if (context.output == OutputFormat::kJson) {
    *context.out << ToJsonLine(response) << "\n";
    return absl::OkStatus();
  }
  PrintPair(response.match(), *context.out);
  if (request.include_what_would_help()) PrintHelp(response, *context.out);
  PrintMatchContext(response.context(), *context.out);
  return absl::OkStatus();
}

std::vector<Flag> PairFlags() {
  std::vector<Flag> flags = QuestionFlags();
  flags.push_back({"near-misses", Flag::Kind::kSwitch, "",
                   "also what is refused by a little"});
  flags.push_back({"bridges", Flag::Kind::kSwitch, "",
                   "also what an adjacent occupation carries"});
  flags.push_back({"eligible-only", Flag::Kind::kSwitch, "",
                   "leave out what is uncertain"});
  flags.push_back({"count", Flag::Kind::kSwitch, "",
                   "count the rows in all, which takes longer"});
  return flags;
}

}  // namespace

std::vector<Command> MatchCommands() {
  Command requirements{.path = "match requirements",
                       .arguments = "PROFILE|PROVIDER/OFFERING[/SESSION]",
                       .summary =
                           "requirements for a person, or those that a "
                           "training serves, best first",
                       .example = "kuggectl match requirements x1 --explain",
                       .flags = PairFlags(),
                       .min_arguments = 1,
                       .max_arguments = 1,
                       .run = RunMatchRequirements};
  requirements.flags.push_back(
      {"parent", Flag::Kind::kText, "TENANT",
       "of a training: whose people are counted (default: the training's)"});
  Command profiles{
      .path = "match profiles",
      .arguments = "EMPLOYER/REQUIREMENT|PROVIDER/OFFERING/SESSION",
      .summary = "people for a requirement, or whom a session helps most",
      .example = "kuggectl match profiles acme/r1 --near-misses",
      .flags = PairFlags(),
      .min_arguments = 1,
      .max_arguments = 1,
      .run = RunMatchProfiles};
  profiles.flags.push_back(
      {"parent", Flag::Kind::kText, "TENANT",
       "whose people (default: the requirement's or session's)"});
  Command explain{.path = "explain",
                  .arguments = "PROFILE EMPLOYER/REQUIREMENT",
                  .summary = "one pair with every demand of both sides",
                  .example = "kuggectl explain x1 acme/r1",
                  .flags = {{"what-would-help", Flag::Kind::kSwitch, "",
                             "also the rank, the changes that would better it, "
                             "and the rank that each answer would give"},
                            StrategyFlag(),
                            LanguageFlag()},
                  .min_arguments = 2,
                  .max_arguments = 2,
                  .run = RunExplain};
  return {requirements,       profiles,
          OfferingsCommand(), PathwaysCommand(),
          AbsenceCommand(),   StaffingCommand(),
          LeftoversCommand(), ProposalCommand(),
          MatchAllCommand(),  explain};
}

}  // namespace kugge::ctl
