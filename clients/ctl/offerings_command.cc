#include "clients/ctl/offerings_command.h"

#include <utility>

#include "base/status_macros.h"
#include "clients/ctl/command_context.h"
#include "clients/ctl/course_format.h"
#include "clients/ctl/json_lines.h"
#include "clients/ctl/match_question.h"
#include "clients/ctl/words.h"
#include "kugge/v1/match_service.grpc.pb.h"

namespace kugge::ctl {
namespace {

absl::Status RunMatchOfferings(const CommandContext& context,
                               const ParsedArgs& args) {
  if (!args.Has("for")) {
    return UsageError("--for is needed: the person or the requirement");
  }
  v1::MatchOfferingsRequest request;
  KUGGE_ASSIGN_OR_RETURN(const auto origin,
                         CompleteOrigin({"profile", "requirement"},
                                        context.tenant, args.Text("for")));
  if (origin.first == "profile") {
    request.set_profile(origin.second);
  } else {
    request.set_requirement(origin.second);
  }
  KUGGE_RETURN_IF_ERROR(FillToward(context, args, &request));
  KUGGE_RETURN_IF_ERROR(FillQuestion(context, args, &request));
  v1::MatchOfferingsResponse response;
  KUGGE_RETURN_IF_ERROR(Call(context,
                             Bind(&v1::MatchService::Stub::MatchOfferings),
                             request, &response));
  if (context.output == OutputFormat::kJson) {
    *context.out << ToJsonLine(response) << "\n";
    return absl::OkStatus();
  }
  if (!response.matches().empty()) {
    PrintOfferings(response.matches(),
                   request.has_profile() ? OfferingsFor::kPerson
                                         : OfferingsFor::kRequirement,
                   StyleOf(args), *context.out);
  }
  PrintNotCovered(response, *context.out);
  PrintFooter(context, response.matches_size(),
              NoMatchWords(response.no_match_reason()), response);
  return absl::OkStatus();
}

}  // namespace

Command OfferingsCommand() {
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
  for (Flag& flag : TowardFlags("of a person: ")) {
    offerings.flags.push_back(std::move(flag));
  }
  return offerings;
}

}  // namespace kugge::ctl
