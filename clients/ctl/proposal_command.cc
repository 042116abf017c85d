#include "clients/ctl/proposal_command.h"

#include <ostream>
#include <string>

#include "absl/time/civil_time.h"
#include "base/status_macros.h"
#include "clients/ctl/command_context.h"
#include "clients/ctl/json_lines.h"
#include "clients/ctl/match_format.h"
#include "clients/ctl/match_question.h"
#include "clients/ctl/proposal_format.h"
#include "kugge/v1/match_service.grpc.pb.h"

namespace kugge::ctl {
namespace {

// --start, where it is given.
absl::Status FillStartDate(const ParsedArgs& args,
                           v1::ProposeOfferingRequest* request) {
  if (!args.Has("start")) return absl::OkStatus();
  absl::CivilDay day;
  if (!absl::ParseCivilTime(args.Text("start"), &day)) {
    return UsageError("--start is a day such as 2026-03-01");
  }
  v1::Date* date = request->mutable_start_date();
  date->set_year(static_cast<int32_t>(day.year()));
  date->set_month(day.month());
  date->set_day(day.day());
  return absl::OkStatus();
}

// --region and --work-region, where they are given.
absl::Status FillRegions(const CommandContext& context, const ParsedArgs& args,
                         v1::ProposeOfferingRequest* request) {
  if (args.Has("region")) {
    KUGGE_ASSIGN_OR_RETURN(const std::string region,
                           NameOf(context, "region", args.Text("region")));
    request->set_region(region);
  }
  if (args.Has("work-region")) {
    KUGGE_ASSIGN_OR_RETURN(const std::string region,
                           NameOf(context, "region", args.Text("work-region")));
    request->set_work_region(region);
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::ProposeOfferingRequest> ProposalRequestOf(
    const CommandContext& context, const ParsedArgs& args) {
  v1::ProposeOfferingRequest request;
  if (!args.Has("weeks")) {
    return UsageError("--weeks is required: most weeks of the training");
  }
  KUGGE_ASSIGN_OR_RETURN(
      const std::string parent,
      NameOf(context, "tenant", args.Text("parent", context.tenant)));
  KUGGE_ASSIGN_OR_RETURN(const std::string strategy,
                         StrategyName(context, args));
  KUGGE_RETURN_IF_ERROR(FillStartDate(args, &request));
  KUGGE_RETURN_IF_ERROR(FillRegions(context, args, &request));
  for (const std::string& text : args.arguments()) {
    KUGGE_ASSIGN_OR_RETURN(const std::string requirement,
                           NameOf(context, "requirement", text));
    request.add_requirements(requirement);
  }
  request.set_parent(parent);
  request.set_strategy(strategy);
  request.set_filter(args.Text("filter"));
  request.set_budget_weeks(args.Number("weeks"));
  return request;
}

absl::Status RunMatchProposal(const CommandContext& context,
                              const ParsedArgs& args) {
  KUGGE_ASSIGN_OR_RETURN(const v1::ProposeOfferingRequest request,
                         ProposalRequestOf(context, args));
  v1::ProposeOfferingResponse response;
  KUGGE_RETURN_IF_ERROR(Call(context,
                             Bind(&v1::MatchService::Stub::ProposeOffering),
                             request, &response));
  std::ostream& out = *context.out;
  if (context.output == OutputFormat::kJson) {
    out << ToJsonLine(response) << "\n";
    return absl::OkStatus();
  }
  PrintProposal(response, out);
  PrintMatchContext(response.context(), out);
  return absl::OkStatus();
}

}  // namespace

Command ProposalCommand() {
  return {
      .path = "match proposal",
      .arguments = "[EMPLOYER/REQUIREMENT...]",
      .summary = "what a short training should teach to fill requirements",
      .example = "kuggectl match proposal --weeks 8 --region regions/county-20",
      .flags = {{"weeks", Flag::Kind::kNumber, "N",
                 "most weeks of the training, 1 to 104 (required)"},
                {"start", Flag::Kind::kText, "DAY",
                 "its first day (default: today)"},
                {"region", Flag::Kind::kText, "REGION",
                 "only people whose municipality is in it"},
                {"work-region", Flag::Kind::kText, "REGION",
                 "where none is named: only requirements in it"},
                {"filter", Flag::Kind::kText, "FILTER",
                 "where none is named: an AIP-160 filter over requirements"},
                {"parent", Flag::Kind::kText, "TENANT",
                 "whose people (default: the tenant)"},
                StrategyFlag(),
                LanguageFlag()},
      .min_arguments = 0,
      .max_arguments = -1,
      .run = RunMatchProposal};
}

}  // namespace kugge::ctl
