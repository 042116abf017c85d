#include "clients/ctl/match_commands.h"

#include <ostream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "clients/ctl/command_context.h"
#include "clients/ctl/json_lines.h"
#include "clients/ctl/match_all_command.h"
#include "clients/ctl/match_format.h"
#include "clients/ctl/resource_types.h"
#include "clients/ctl/words.h"
#include "kugge/v1/match_service.grpc.pb.h"

namespace kugge::ctl {
namespace {

using MatchStub = v1::MatchService::Stub;

absl::StatusOr<std::string> NameOf(const CommandContext& context,
                                   absl::string_view noun,
                                   absl::string_view text) {
  return CompleteName(FindResourceType(noun)->collections, context.tenant,
                      text);
}

// `default` is built in: asked for by leaving the field empty.
absl::StatusOr<std::string> StrategyName(const CommandContext& context,
                                         const ParsedArgs& args) {
  const std::string text = args.Text("strategy");
  if (text.empty() || text == "default") return std::string();
  return NameOf(context, "strategy", text);
}

// The fields that the three questions share.
template <typename Request>
absl::Status FillQuestion(const CommandContext& context, const ParsedArgs& args,
                          Request* request) {
  KUGGE_ASSIGN_OR_RETURN(const std::string strategy,
                         StrategyName(context, args));
  request->set_strategy(strategy);
  request->set_filter(args.Text("filter"));
  request->set_page_size(args.Number("page-size"));
  request->set_page_token(args.Text("page-token"));
  // Programs get every line; people those that they ask for.
  if (context.output == OutputFormat::kTable && !args.Has("explain")) {
    request->set_view(v1::RESOURCE_VIEW_BASIC);
  }
  return absl::OkStatus();
}

// What follows the rows of an answer.
template <typename Response>
void PrintFooter(const CommandContext& context, const ParsedArgs& args,
                 const Response& response) {
  std::ostream& out = *context.out;
  if (response.matches().empty()) {
    out << NoMatchWords(response.no_match_reason());
    if (response.no_match_reason() ==
            v1::NO_MATCH_REASON_HARD_DEMANDS_REFUSE_ALL &&
        !args.Has("near-misses")) {
      out << " --near-misses shows what is refused by a little.";
    }
    out << "\n";
  } else {
    out << response.matches_size();
    if (response.total_size() > 0) out << " of " << response.total_size();
    out << (std::max(response.matches_size(), response.total_size()) == 1
                ? " row"
                : " rows")
        << "; ";
  }
  PrintMatchContext(response.context(), out);
  if (response.revision_changed()) {
    out << "The data changed since the page before.\n";
  }
  if (!response.next_page_token().empty()) {
    *context.err << "more: --page-token " << response.next_page_token() << "\n";
  }
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
  PrintFooter(context, args, response);
  if (!response.near_misses().empty()) {
    out << "\nNear misses:\n";
    PrintMatches(response.near_misses(), 1, args.Has("explain"), out);
  }
  return absl::OkStatus();
}

absl::Status RunMatchRequirements(const CommandContext& context,
                                  const ParsedArgs& args) {
  v1::MatchRequirementsRequest request;
  KUGGE_ASSIGN_OR_RETURN(const std::string profile,
                         NameOf(context, "profile", args.arguments()[0]));
  request.set_profile(profile);
  request.set_include_near_misses(args.Has("near-misses"));
  request.set_eligible_only(args.Has("eligible-only"));
  request.set_count_total(args.Has("count"));
  KUGGE_RETURN_IF_ERROR(FillQuestion(context, args, &request));
  v1::MatchRequirementsResponse response;
  KUGGE_RETURN_IF_ERROR(
      Call(context, Bind(&MatchStub::MatchRequirements), request, &response));
  return PrintRankedPairs(context, args, response);
}

absl::Status RunMatchProfiles(const CommandContext& context,
                              const ParsedArgs& args) {
  v1::MatchProfilesRequest request;
  KUGGE_ASSIGN_OR_RETURN(const std::string requirement,
                         NameOf(context, "requirement", args.arguments()[0]));
  request.set_requirement(requirement);
  request.set_include_near_misses(args.Has("near-misses"));
  request.set_eligible_only(args.Has("eligible-only"));
  request.set_count_total(args.Has("count"));
  if (args.Has("parent")) {
    KUGGE_ASSIGN_OR_RETURN(const std::string parent,
                           NameOf(context, "tenant", args.Text("parent")));
    request.set_parent(parent);
  }
  KUGGE_RETURN_IF_ERROR(FillQuestion(context, args, &request));
  v1::MatchProfilesResponse response;
  KUGGE_RETURN_IF_ERROR(
      Call(context, Bind(&MatchStub::MatchProfiles), request, &response));
  return PrintRankedPairs(context, args, response);
}

absl::Status RunMatchOfferings(const CommandContext& context,
                               const ParsedArgs& args) {
  if (!args.Has("for")) {
    return UsageError("--for is needed: the person or the requirement");
  }
  v1::MatchOfferingsRequest request;
  KUGGE_ASSIGN_OR_RETURN(const auto origin,
                         CompleteOrigin(context.tenant, args.Text("for")));
  if (origin.first == "profile") {
    request.set_profile(origin.second);
  } else {
    request.set_requirement(origin.second);
  }
  KUGGE_RETURN_IF_ERROR(FillQuestion(context, args, &request));
  v1::MatchOfferingsResponse response;
  KUGGE_RETURN_IF_ERROR(
      Call(context, Bind(&MatchStub::MatchOfferings), request, &response));
  if (context.output == OutputFormat::kJson) {
    *context.out << ToJsonLine(response) << "\n";
    return absl::OkStatus();
  }
  if (!response.matches().empty()) {
    PrintOfferings(response.matches(), args.Number("first-rank", 1),
                   args.Has("explain"), *context.out);
  }
  PrintFooter(context, args, response);
  return absl::OkStatus();
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
  v1::ExplainMatchResponse response;
  KUGGE_RETURN_IF_ERROR(
      Call(context, Bind(&MatchStub::ExplainMatch), request, &response));
  if (context.output == OutputFormat::kJson) {
    *context.out << ToJsonLine(response) << "\n";
    return absl::OkStatus();
  }
  PrintPair(response.match(), *context.out);
  PrintMatchContext(response.context(), *context.out);
  return absl::OkStatus();
}

Flag StrategyFlag() {
  return {"strategy", Flag::Kind::kText, "ID",
          "weights to use (default: default)"};
}

std::vector<Flag> QuestionFlags() {
  return {
      {"page-size", Flag::Kind::kNumber, "N", "rows (default 10)"},
      {"page-token", Flag::Kind::kText, "TOKEN", "go on from an earlier page"},
      {"first-rank", Flag::Kind::kNumber, "N",
       "what the first row is numbered, on later pages"},
      {"filter", Flag::Kind::kText, "FILTER", "an AIP-160 filter"},
      StrategyFlag(),
      {"explain", Flag::Kind::kSwitch, "", "what each row's score is made of"}};
}

std::vector<Flag> PairFlags() {
  std::vector<Flag> flags = QuestionFlags();
  flags.push_back({"near-misses", Flag::Kind::kSwitch, "",
                   "also what is refused by a little"});
  flags.push_back({"eligible-only", Flag::Kind::kSwitch, "",
                   "leave out what is uncertain"});
  flags.push_back({"count", Flag::Kind::kSwitch, "",
                   "count the rows in all, which takes longer"});
  return flags;
}

}  // namespace

absl::StatusOr<std::pair<std::string, std::string>> CompleteOrigin(
    absl::string_view tenant, absl::string_view text) {
  for (const char* noun : {"profile", "requirement"}) {
    const absl::StatusOr<std::string> name =
        CompleteName(FindResourceType(noun)->collections, tenant, text);
    if (name.ok()) return std::make_pair(std::string(noun), *name);
  }
  return UsageError(absl::StrCat(
      "\"", text, "\" names neither a profile (ID) nor a requirement ",
      "(EMPLOYER/ID)"));
}

std::vector<Command> MatchCommands() {
  Command requirements{.path = "match requirements",
                       .arguments = "PROFILE",
                       .summary = "requirements for a person, best first",
                       .example = "kuggectl match requirements x1 --explain",
                       .flags = PairFlags(),
                       .min_arguments = 1,
                       .max_arguments = 1,
                       .run = RunMatchRequirements};
  Command profiles{.path = "match profiles",
                   .arguments = "EMPLOYER/REQUIREMENT",
                   .summary = "people for a requirement, best first",
                   .example = "kuggectl match profiles acme/r1 --near-misses",
                   .flags = PairFlags(),
                   .min_arguments = 1,
                   .max_arguments = 1,
                   .run = RunMatchProfiles};
  profiles.flags.push_back({"parent", Flag::Kind::kText, "TENANT",
                            "whose people (default: the requirement's)"});
  Command offerings{
      .path = "match offerings",
      .arguments = "",
      .summary = "trainings for a person or a requirement, best first",
      .example = "kuggectl match offerings --for acme/r1 --explain",
      .flags = QuestionFlags(),
      .min_arguments = 0,
      .max_arguments = 0,
      .run = RunMatchOfferings};
  offerings.flags.insert(offerings.flags.begin(),
                         {"for", Flag::Kind::kText, "NAME",
                          "the person (ID) or requirement (EMPLOYER/ID)"});
  Command explain{.path = "explain",
                  .arguments = "PROFILE EMPLOYER/REQUIREMENT",
                  .summary = "one pair with every demand of both sides",
                  .example = "kuggectl explain x1 acme/r1",
                  .flags = {StrategyFlag()},
                  .min_arguments = 2,
                  .max_arguments = 2,
                  .run = RunExplain};
  return {requirements, profiles, offerings, MatchAllCommand(), explain};
}

}  // namespace kugge::ctl
