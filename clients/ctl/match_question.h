// What the commands that ask share: what a question starts from, its flags, and
// what follows the rows of an answer.
#ifndef KUGGE_CLIENTS_CTL_MATCH_QUESTION_H_
#define KUGGE_CLIENTS_CTL_MATCH_QUESTION_H_

#include <algorithm>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/status_macros.h"
#include "clients/ctl/args.h"
#include "clients/ctl/command_context.h"
#include "clients/ctl/course_format.h"
#include "clients/ctl/match_format.h"
#include "kugge/v1/common.pb.h"

namespace kugge::ctl {

// What a question starts from, by how its name is written: one of `nouns`
// (`profile`, `requirement`, `offering`, `session`) and the full name. A bare
// id is a profile's. The first noun whose form fits is taken.
absl::StatusOr<std::pair<std::string, std::string>> CompleteOrigin(
    absl::Span<const absl::string_view> nouns, absl::string_view tenant,
    absl::string_view text);

// The full name of what `text` names among resources of the noun.
absl::StatusOr<std::string> NameOf(const CommandContext& context,
                                   absl::string_view noun,
                                   absl::string_view text);
// --strategy; empty for `default`, which is built in and asked for so.
absl::StatusOr<std::string> StrategyName(const CommandContext& context,
                                         const ParsedArgs& args);
// --parent; empty where it isn't given.
absl::StatusOr<std::string> ParentName(const CommandContext& context,
                                       const ParsedArgs& args);

Flag StrategyFlag();
Flag LanguageFlag();
// Those that every question has.
std::vector<Flag> QuestionFlags();
RowStyle StyleOf(const ParsedArgs& args);

// Those of what a person's trainings are to lead to; each help begins with
// `condition`.
std::vector<Flag> TowardFlags(absl::string_view condition = "");

// The one of TowardFlags() that is given, and its value, a full name where it
// is a name; both empty where none is. A usage error where several are.
absl::StatusOr<std::pair<std::string, std::string>> TowardOf(
    const CommandContext& context, const ParsedArgs& args);

// Into the request's oneof `toward`.
template <typename Request>
absl::Status FillToward(const CommandContext& context, const ParsedArgs& args,
                        Request* request) {
  KUGGE_ASSIGN_OR_RETURN(const auto toward, TowardOf(context, args));
  if (toward.first == "toward-requirement") {
    request->set_toward_requirement(toward.second);
  } else if (toward.first == "toward-occupation") {
    request->set_toward_occupation(toward.second);
  } else if (toward.first == "toward-group") {
    request->set_toward_occupation_group(toward.second);
  }
  return absl::OkStatus();
}

// The fields that the questions share.
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

// What follows the rows of an answer. `nothing`: said where there are none.
template <typename Response>
void PrintFooter(const CommandContext& context, int rows,
                 const std::string& nothing, const Response& response) {
  std::ostream& out = *context.out;
  if (rows == 0) {
    out << nothing << "\n";
  } else {
    out << rows;
    if (response.total_size() > 0) out << " of " << response.total_size();
    out << (std::max(rows, response.total_size()) == 1 ? " row" : " rows")
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

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_MATCH_QUESTION_H_
