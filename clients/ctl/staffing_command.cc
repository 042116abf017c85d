#include "clients/ctl/staffing_command.h"

#include <ostream>
#include <string>

#include "absl/time/civil_time.h"
#include "base/status_macros.h"
#include "clients/ctl/command_context.h"
#include "clients/ctl/json_lines.h"
#include "clients/ctl/match_format.h"
#include "clients/ctl/match_question.h"
#include "clients/ctl/names.h"
#include "clients/ctl/staffing_format.h"
#include "kugge/v1/match_service.grpc.pb.h"

namespace kugge::ctl {
namespace {

// --by, where it is given.
absl::Status FillByDate(const ParsedArgs& args,
                        v1::AssessStaffingRequest* request) {
  if (!args.Has("by")) return absl::OkStatus();
  absl::CivilDay day;
  if (!absl::ParseCivilTime(args.Text("by"), &day)) {
    return UsageError("--by is a day such as 2026-03-01");
  }
  v1::Date* date = request->mutable_by_date();
  date->set_year(static_cast<int32_t>(day.year()));
  date->set_month(day.month());
  date->set_day(day.day());
  return absl::OkStatus();
}

absl::StatusOr<v1::AssessStaffingRequest> StaffingRequestOf(
    const CommandContext& context, const ParsedArgs& args) {
  v1::AssessStaffingRequest request;
  KUGGE_ASSIGN_OR_RETURN(const std::string requirement,
                         NameOf(context, "requirement", args.arguments()[0]));
  KUGGE_ASSIGN_OR_RETURN(
      const std::string parent,
      NameOf(context, "tenant", args.Text("parent", context.tenant)));
  KUGGE_ASSIGN_OR_RETURN(const std::string strategy,
                         StrategyName(context, args));
  KUGGE_RETURN_IF_ERROR(FillByDate(args, &request));
  if (args.Has("region")) {
    KUGGE_ASSIGN_OR_RETURN(const std::string region,
                           NameOf(context, "region", args.Text("region")));
    request.set_region(region);
  }
  request.set_parent(parent);
  request.set_requirement(requirement);
  request.set_strategy(strategy);
  request.set_radius_km(args.Number("radius"));
  request.set_positions(args.Number("positions"));
  request.set_maximum_trainings(args.Number("maximum-trainings"));
  return request;
}

absl::Status RunMatchStaffing(const CommandContext& context,
                              const ParsedArgs& args) {
  KUGGE_ASSIGN_OR_RETURN(const v1::AssessStaffingRequest request,
                         StaffingRequestOf(context, args));
  v1::AssessStaffingResponse response;
  KUGGE_RETURN_IF_ERROR(Call(context,
                             Bind(&v1::MatchService::Stub::AssessStaffing),
                             request, &response));
  std::ostream& out = *context.out;
  if (context.output == OutputFormat::kJson) {
    out << ToJsonLine(response) << "\n";
    return absl::OkStatus();
  }
  PrintStaffing(response, out);
  PrintMatchContext(response.context(), out);
  return absl::OkStatus();
}

}  // namespace

Command StaffingCommand() {
  return {
      .path = "match staffing",
      .arguments = "EMPLOYER/REQUIREMENT",
      .summary = "whether an area's people can staff a requirement",
      .example = "kuggectl match staffing acme/r1 --radius 50 --positions 3",
      .flags = {{"region", Flag::Kind::kText, "REGION",
                 "only people whose municipality is in it"},
                {"radius", Flag::Kind::kNumber, "KM",
                 "only people whose home is so near to the workplace"},
                {"positions", Flag::Kind::kNumber, "N",
                 "how many are needed (default: the requirement's)"},
                {"by", Flag::Kind::kText, "DAY",
                 "the last day on which a training may end"},
                {"maximum-trainings", Flag::Kind::kNumber, "N",
                 "most trainings in the plan (default 10, at most 100)"},
                {"parent", Flag::Kind::kText, "TENANT",
                 "whose people (default: the tenant)"},
                StrategyFlag(),
                LanguageFlag()},
      .min_arguments = 1,
      .max_arguments = 1,
      .run = RunMatchStaffing};
}

}  // namespace kugge::ctl
