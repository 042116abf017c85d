#include "clients/ctl/import_command.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "clients/ctl/json_lines.h"
#include "clients/ctl/resource_requests.h"

namespace kugge::ctl {
namespace {

// Longer than any resource the server takes (256 KiB a message): not worth
// parsing.
constexpr size_t kMaxLineBytes = 1024 * 1024;

absl::Status ParseLine(const std::string& line,
                       google::protobuf::Message* resource) {
  if (line.size() > kMaxLineBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("longer than ", kMaxLineBytes, " bytes"));
  }
  return ParseJson(line, resource);
}

// The parent of rows without a name; empty where it is not told.
absl::StatusOr<std::string> ImportParent(const CommandContext& context,
                                         const ResourceType& type,
                                         const ParsedArgs& args) {
  const bool is_below_tenant = type.collections.size() <= 2;
  if (!args.Has("parent") && !is_below_tenant) return std::string();
  return CompleteParent(type.collections, context.tenant, args.Text("parent"));
}

absl::Status RunImport(const CommandContext& context, const ResourceType& type,
                       const ParsedArgs& args) {
  const std::string& path = args.arguments().front();
  std::ifstream file;
  std::error_code no_size;
  uintmax_t bytes = 0;
  if (path != "-") {
    bytes = std::filesystem::file_size(path, no_size);
    if (!no_size) file.open(path, std::ios::binary);
    if (no_size || !file) {
      return absl::NotFoundError(absl::StrCat("cannot read ", path));
    }
  }
  std::istream& in = path == "-" ? *context.in : file;
  KUGGE_ASSIGN_OR_RETURN(const std::string parent,
                         ImportParent(context, type, args));
  KUGGE_ASSIGN_OR_RETURN(const std::unique_ptr<ImportReport> report,
                         ImportReport::Open(context, args.Text("verdicts")));
  const std::unique_ptr<RowSender> sender = MakeRowSender(
      context, type, {.parent = parent, .dry_run = args.Has("dry-run")},
      report.get());
  const absl::Status sent =
      SendLines(in, bytes, type, sender.get(), report.get());
  const absl::Status finished = sender->Finish();
  const absl::Status reported = report->Finish(path);
  KUGGE_RETURN_IF_ERROR(finished);
  KUGGE_RETURN_IF_ERROR(sent);
  KUGGE_RETURN_IF_ERROR(reported);
  const int64_t refused = report->counts().refused;
  if (refused > 0) {
    return absl::InvalidArgumentError(
        absl::StrCat(refused, refused == 1 ? " row was" : " rows were",
                     " refused; the others are ",
                     args.Has("dry-run") ? "valid" : "imported"));
  }
  return absl::OkStatus();
}

Command ImportCommand(const ResourceType& type) {
  Command command;
  command.path = absl::StrCat(type.noun, " import");
  command.arguments = "FILE";
  command.summary = absl::StrCat("create or replace each ", type.noun,
                                 " of a JSON Lines file");
  command.flags = {
      {"parent", Flag::Kind::kText, "NAME", "parent of rows without a name"},
      {"dry-run", Flag::Kind::kSwitch, "", "check every row, write nothing"},
      {"verdicts", Flag::Kind::kText, "FILE",
       "write each verdict there as soon as it arrives"}};
  command.min_arguments = command.max_arguments = 1;
  command.example = absl::StrCat("kuggectl ", type.noun, " import ", type.noun,
                                 "s.jsonl --dry-run");
  command.run = [&type](const CommandContext& context, const ParsedArgs& args) {
    return RunImport(context, type, args);
  };
  return command;
}

}  // namespace

absl::Status SendLines(std::istream& in, uintmax_t bytes,
                       const ResourceType& type, RowSender* sender,
                       ImportReport* report) {
  JsonLineReader lines(in);
  const MessagePtr resource = NewResource(type);
  while (lines.Next()) {
    if (bytes > 0) {
      report->SetFraction(static_cast<double>(lines.bytes()) /
                          static_cast<double>(bytes));
    }
    const absl::Status parsed = ParseLine(lines.line(), resource.get());
    if (parsed.ok()) {
      KUGGE_RETURN_IF_ERROR(sender->Send(lines.number(), resource.get()));
      continue;
    }
    RowVerdict verdict;
    verdict.set_row(lines.number());
    verdict.set_verdict(v1::IMPORT_VERDICT_REFUSED);
    verdict.set_message(std::string(parsed.message()));
    report->Add(verdict);
  }
  return absl::OkStatus();
}

std::vector<Command> ImportCommands() {
  std::vector<Command> commands;
  for (const ResourceType& type : ResourceTypes()) {
    commands.push_back(ImportCommand(type));
  }
  return commands;
}

}  // namespace kugge::ctl
