#include "clients/ctl/pathways_command.h"

#include <ostream>
#include <string>
#include <utility>

#include "base/status_macros.h"
#include "clients/ctl/command_context.h"
#include "clients/ctl/json_lines.h"
#include "clients/ctl/match_format.h"
#include "clients/ctl/match_question.h"
#include "clients/ctl/pathway_format.h"
#include "clients/ctl/words.h"
#include "kugge/v1/match_service.grpc.pb.h"

namespace kugge::ctl {
namespace {

absl::StatusOr<v1::PlanPathwaysRequest> PlanRequestOf(
    const CommandContext& context, const ParsedArgs& args) {
  v1::PlanPathwaysRequest request;
  KUGGE_ASSIGN_OR_RETURN(const std::string profile,
                         NameOf(context, "profile", args.arguments()[0]));
  KUGGE_ASSIGN_OR_RETURN(const std::string strategy,
                         StrategyName(context, args));
  KUGGE_RETURN_IF_ERROR(FillToward(context, args, &request));
  request.set_profile(profile);
  request.set_strategy(strategy);
  request.set_filter(args.Text("filter"));
  request.set_maximum_steps(args.Number("maximum-steps"));
  request.set_maximum_weeks(args.Number("maximum-weeks"));
  request.set_maximum_pace_percent(args.Number("maximum-pace"));
  request.set_page_size(args.Number("page-size"));
  return request;
}

absl::Status RunMatchPathways(const CommandContext& context,
                              const ParsedArgs& args) {
  KUGGE_ASSIGN_OR_RETURN(const v1::PlanPathwaysRequest request,
                         PlanRequestOf(context, args));
  v1::PlanPathwaysResponse response;
  KUGGE_RETURN_IF_ERROR(Call(context,
                             Bind(&v1::MatchService::Stub::PlanPathways),
                             request, &response));
  std::ostream& out = *context.out;
  if (context.output == OutputFormat::kJson) {
    out << ToJsonLine(response) << "\n";
    return absl::OkStatus();
  }
  PrintPathways(response.pathways(), out);
  if (response.pathways().empty()) {
    out << NoPathwayWords(response.no_match_reason()) << "\n";
  } else {
    out << response.pathways_size() << " of "
        << Counted(response.total_size(), "pathway") << ", put together from "
        << Counted(response.offerings_considered(), "training") << " toward "
        << Counted(response.requirements_within_reach(), "requirement") << "; ";
  }
  PrintMatchContext(response.context(), out);
  return absl::OkStatus();
}

}  // namespace

Command PathwaysCommand() {
  Command pathways{
      .path = "match pathways",
      .arguments = "PROFILE",
      .summary = "dated trainings in a row, and the requirements they lead to",
      .example = "kuggectl match pathways x1 --maximum-weeks 20",
      .flags = {{"maximum-steps", Flag::Kind::kNumber, "N",
                 "most trainings in a row, 1 to 3 (default 3)"},
                {"maximum-weeks", Flag::Kind::kNumber, "N",
                 "most weeks of all trainings of a way together"},
                {"maximum-pace", Flag::Kind::kNumber, "PERCENT",
                 "highest pace of a training in percent of full time"},
                {"page-size", Flag::Kind::kNumber, "N",
                 "ways (default 10, at most 100)"},
                {"filter", Flag::Kind::kText, "FILTER",
                 "an AIP-160 filter over the trainings"},
                StrategyFlag()},
      .min_arguments = 1,
      .max_arguments = 1,
      .run = RunMatchPathways};
  for (Flag& flag : TowardFlags()) pathways.flags.push_back(std::move(flag));
  return pathways;
}

}  // namespace kugge::ctl
