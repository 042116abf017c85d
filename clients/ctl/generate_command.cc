#include "clients/ctl/generate_command.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <system_error>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "base/status_macros.h"
#include "clients/ctl/command_context.h"
#include "clients/ctl/format_table.h"
#include "clients/ctl/json_lines.h"
#include "clients/ctl/taxonomy_files.h"
#include "clients/population/population.h"

namespace kugge::ctl {
namespace {

// The files of one run, opened when their first line comes.
class OutputFolder {
 public:
  explicit OutputFolder(std::string folder) : folder_(std::move(folder)) {}

  absl::Status Write(absl::string_view file, absl::string_view line) {
    Output& output = outputs_[std::string(file)];
    if (output.lines == 0) {
      output.stream.open(absl::StrCat(folder_, "/", file),
                         std::ios::binary | std::ios::trunc);
    }
    output.stream << line << '\n';
    ++output.lines;
    if (!output.stream) return CannotWrite(file);
    return absl::OkStatus();
  }

  absl::Status Close() {
    for (auto& [file, output] : outputs_) {
      output.stream.close();
      if (!output.stream) return CannotWrite(file);
    }
    return absl::OkStatus();
  }

  void PrintCounts(std::ostream& out) const {
    Table table({{.header = "file"}, {.header = "rows", .right = true}});
    for (const auto& [file, output] : outputs_) {
      table.AddRow(
          {absl::StrCat(folder_, "/", file), absl::StrCat(output.lines)});
    }
    table.Print(out);
  }

 private:
  struct Output {
    std::ofstream stream;
    int64_t lines = 0;
  };

  absl::Status CannotWrite(absl::string_view file) const {
    return absl::DataLossError(
        absl::StrCat("cannot write ", folder_, "/", file));
  }

  const std::string folder_;
  std::map<std::string, Output> outputs_;
};

absl::Status ReadTaxonomy(const CommandContext& context, const ParsedArgs& args,
                          population::Options* options) {
  KUGGE_ASSIGN_OR_RETURN(const std::vector<std::string> files,
                         FindTaxonomyFiles({args.Text("taxonomy")}));
  for (const std::string& file : files) {
    KUGGE_ASSIGN_OR_RETURN(std::string bytes, ReadAll(file, *context.in));
    options->taxonomy_files.emplace_back(BaseName(file), std::move(bytes));
  }
  return absl::OkStatus();
}

absl::StatusOr<population::Options> ReadOptions(const CommandContext& context,
                                                const ParsedArgs& args) {
  for (const char* flag : {"taxonomy", "out"}) {
    if (!args.Has(flag)) {
      return UsageError(absl::StrCat("--", flag, " is needed"));
    }
  }
  population::Options options;
  options.people = args.Number("people");
  options.requirements = args.Number("requirements");
  options.offerings = args.Number("offerings");
  options.tenant = context.tenant;
  if (args.Has("seed") && !absl::SimpleAtoi(args.Text("seed"), &options.seed)) {
    return UsageError("--seed is a whole number from 0");
  }
  options.today = absl::ToCivilDay(absl::Now(), absl::UTCTimeZone());
  if (args.Has("today") &&
      !absl::ParseCivilTime(args.Text("today"), &options.today)) {
    return UsageError("--today is a day such as 2026-03-01");
  }
  options.municipality_codes =
      absl::StrSplit(args.Text("municipalities"), ',', absl::SkipWhitespace());
  KUGGE_RETURN_IF_ERROR(ReadTaxonomy(context, args, &options));
  if (args.Has("ads")) {
    KUGGE_ASSIGN_OR_RETURN(options.ads_csv,
                           ReadAll(args.Text("ads"), *context.in));
  }
  return options;
}

absl::Status RunGenerate(const CommandContext& context,
                         const ParsedArgs& args) {
  KUGGE_ASSIGN_OR_RETURN(const population::Options options,
                         ReadOptions(context, args));
  const std::string folder = args.Text("out");
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return absl::PermissionDeniedError(
        absl::StrCat("cannot make ", folder, ": ", error.message()));
  }
  OutputFolder output(folder);
  KUGGE_RETURN_IF_ERROR(population::Generate(
      options, [&output](absl::string_view file, absl::string_view line) {
        return output.Write(file, line);
      }));
  KUGGE_RETURN_IF_ERROR(output.Close());
  output.PrintCounts(*context.out);
  return absl::OkStatus();
}

}  // namespace

Command GenerateCommand() {
  return {
      .path = "generate",
      .arguments = "",
      .summary = "write files of a made-up labour market, the same for a seed",
      .example =
          "kuggectl generate --people 2000 --requirements 300 "
          "--offerings 120 --taxonomy jobtech/ --out population/",
      .flags = {{"people", Flag::Kind::kNumber, "N", "people (default 0)"},
                {"requirements", Flag::Kind::kNumber, "N",
                 "requirements (default 0)"},
                {"offerings", Flag::Kind::kNumber, "N",
                 "offerings (default 0)"},
                {"seed", Flag::Kind::kText, "N",
                 "the same seed, the same bytes (default 1)"},
                {"today", Flag::Kind::kText, "DAY",
                 "day that dates are counted from (default: today)"},
                {"taxonomy", Flag::Kind::kText, "PATH",
                 "file or folder of the concepts to use"},
                {"ads", Flag::Kind::kText, "FILE",
                 "CSV of advertisements that say what is in demand"},
                {"municipalities", Flag::Kind::kText, "CODES",
                 "where all live and work (default: all 290)"},
                {"out", Flag::Kind::kText, "FOLDER",
                 "where the files are written"}},
      .min_arguments = 0,
      .max_arguments = 0,
      .run = RunGenerate};
}

}  // namespace kugge::ctl
