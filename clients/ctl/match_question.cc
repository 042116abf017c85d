#include "clients/ctl/match_question.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/ctl/names.h"
#include "clients/ctl/resource_types.h"

namespace kugge::ctl {

absl::StatusOr<std::pair<std::string, std::string>> CompleteOrigin(
    absl::Span<const absl::string_view> nouns, absl::string_view tenant,
    absl::string_view text) {
  std::vector<std::string> forms;
  for (const absl::string_view noun : nouns) {
    const Collections& collections = FindResourceType(noun)->collections;
    const absl::StatusOr<std::string> name =
        CompleteName(collections, tenant, text);
    if (name.ok()) return std::make_pair(std::string(noun), *name);
    forms.push_back(ShortPattern(collections));
  }
  return UsageError(absl::StrCat("\"", text,
                                 "\" names nothing that can be asked "
                                 "about: write ",
                                 absl::StrJoin(forms, " or ")));
}

absl::StatusOr<std::string> NameOf(const CommandContext& context,
                                   absl::string_view noun,
                                   absl::string_view text) {
  return CompleteName(FindResourceType(noun)->collections, context.tenant,
                      text);
}

absl::StatusOr<std::string> StrategyName(const CommandContext& context,
                                         const ParsedArgs& args) {
  const std::string text = args.Text("strategy");
  if (text.empty() || text == "default") return std::string();
  return NameOf(context, "strategy", text);
}

absl::StatusOr<std::string> ParentName(const CommandContext& context,
                                       const ParsedArgs& args) {
  if (!args.Has("parent")) return std::string();
  return NameOf(context, "tenant", args.Text("parent"));
}

Flag StrategyFlag() {
  return {"strategy", Flag::Kind::kText, "ID",
          "weights to use (default: default)"};
}

Flag LanguageFlag() {
  return {"language", Flag::Kind::kText, "sv|en",
          "of the sentences under --explain and in JSON (default en)"};
}

std::vector<Flag> QuestionFlags() {
  return {
      {"page-size", Flag::Kind::kNumber, "N", "rows (default 10)"},
      {"page-token", Flag::Kind::kText, "TOKEN", "go on from an earlier page"},
      {"first-rank", Flag::Kind::kNumber, "N",
       "what the first row is numbered, on later pages"},
      {"filter", Flag::Kind::kText, "FILTER", "an AIP-160 filter"},
      StrategyFlag(),
      LanguageFlag(),
      {"explain", Flag::Kind::kSwitch, "", "what each row's score is made of"}};
}

std::vector<Flag> TowardFlags(absl::string_view condition) {
  return {{"toward-requirement", Flag::Kind::kText, "NAME",
           absl::StrCat(condition,
                        "only what leads to this requirement (EMPLOYER/ID)")},
          {"toward-occupation", Flag::Kind::kText, "CONCEPT",
           absl::StrCat(condition, "only toward this occupation")},
          {"toward-group", Flag::Kind::kText, "CONCEPT",
           absl::StrCat(condition, "only toward this SSYK-4 group")}};
}

absl::StatusOr<std::pair<std::string, std::string>> TowardOf(
    const CommandContext& context, const ParsedArgs& args) {
  std::string given;
  for (const Flag& flag : TowardFlags()) {
    if (!args.Has(flag.name)) continue;
    if (!given.empty()) {
      return UsageError(
          "only one of --toward-requirement, --toward-occupation "
          "and --toward-group can be given");
    }
    given = flag.name;
  }
  if (given != "toward-requirement") {
    return std::make_pair(given, args.Text(given));
  }
  KUGGE_ASSIGN_OR_RETURN(const std::string name,
                         NameOf(context, "requirement", args.Text(given)));
  return std::make_pair(given, name);
}

RowStyle StyleOf(const ParsedArgs& args) {
  return {.first_rank = args.Number("first-rank", 1),
          .explain = args.Has("explain")};
}

}  // namespace kugge::ctl
