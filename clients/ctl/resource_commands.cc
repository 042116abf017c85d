#include "clients/ctl/resource_commands.h"

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/status_macros.h"
#include "clients/ctl/command_context.h"
#include "clients/ctl/format_table.h"
#include "clients/ctl/json_lines.h"
#include "clients/ctl/message_text.h"
#include "clients/ctl/resource_requests.h"
#include "clients/ctl/resource_types.h"

namespace kugge::ctl {
namespace {

using google::protobuf::Message;

// The name that an argument stands for; with --parent, an id below it.
absl::StatusOr<std::string> NameOf(const CommandContext& context,
                                   const ResourceType& type,
                                   const ParsedArgs& args,
                                   const std::string& text) {
  if (!args.Has("parent")) {
    return CompleteName(type.collections, context.tenant, text);
  }
  KUGGE_ASSIGN_OR_RETURN(
      const std::string parent,
      CompleteParent(type.collections, context.tenant, args.Text("parent")));
  return CompleteName(
      type.collections, context.tenant,
      absl::StrCat(parent, "/", type.collections.back(), "/", text));
}

absl::StatusOr<MessagePtr> ReadResource(const CommandContext& context,
                                        const ResourceType& type,
                                        const ParsedArgs& args) {
  if (!args.Has("file")) {
    return UsageError(absl::StrCat("--file FILE is needed: the ", type.noun,
                                   " as JSON; `-` reads standard input"));
  }
  KUGGE_ASSIGN_OR_RETURN(const std::string json,
                         ReadAll(args.Text("file"), *context.in));
  MessagePtr resource = NewResource(type);
  KUGGE_RETURN_IF_ERROR(ParseJson(json, resource.get()));
  return resource;
}

void PrintWritten(const CommandContext& context, const ParsedArgs& args,
                  absl::string_view what_happened, const Message& resource) {
  if (context.output == OutputFormat::kJson) {
    *context.out << ToJsonLine(resource) << "\n";
  } else if (args.Has("validate-only")) {
    *context.out << "valid; nothing was written\n";
  } else {
    *context.out << what_happened << " " << GetText(resource, "name") << "\n";
  }
}

absl::Status Create(const CommandContext& context, const ResourceType& type,
                    const ParsedArgs& args) {
  KUGGE_ASSIGN_OR_RETURN(const MessagePtr resource,
                         ReadResource(context, type, args));
  // The file's own name says where, unless the flags do.
  auto [parent, id] = SplitName(GetText(*resource, "name"));
  if (args.Has("parent") || id.empty()) {
    KUGGE_ASSIGN_OR_RETURN(
        parent,
        CompleteParent(type.collections, context.tenant, args.Text("parent")));
  }
  if (args.Has("id")) id = args.Text("id");
  const MessagePtr request = CreateRequest(
      type,
      {.parent = parent, .id = id, .validate_only = args.Has("validate-only")},
      *resource);
  const MessagePtr created = NewResource(type);
  KUGGE_RETURN_IF_ERROR(Call(context, type.create, *request, created.get()));
  PrintWritten(context, args, "created", *created);
  return absl::OkStatus();
}

absl::Status Get(const CommandContext& context, const ResourceType& type,
                 const ParsedArgs& args) {
  for (const std::string& text : args.arguments()) {
    KUGGE_ASSIGN_OR_RETURN(const std::string name,
                           NameOf(context, type, args, text));
    const MessagePtr request(type.get.request_prototype->New());
    SetText(request.get(), "name", name);
    const MessagePtr resource = NewResource(type);
    KUGGE_RETURN_IF_ERROR(Call(context, type.get, *request, resource.get()));
    if (context.output == OutputFormat::kJson) {
      *context.out << ToJsonLine(*resource) << "\n";
    } else {
      PrintFields(*resource, *context.out);
    }
  }
  return absl::OkStatus();
}

Table ListTable(const ResourceType& type) {
  std::vector<Column> columns = {{.header = "name", .max_width = 200}};
  for (const std::string& path : type.list_columns) {
    columns.push_back({.header = path, .max_width = 40});
  }
  return Table(std::move(columns));
}

void AddListRow(const ResourceType& type, const Message& resource,
                Table* table) {
  std::vector<std::string> cells = {GetText(resource, "name")};
  for (const std::string& path : type.list_columns) {
    cells.push_back(FieldText(resource, path));
  }
  table->AddRow(std::move(cells));
}

// What a list asks for: without --parent, everything of the tenant.
absl::StatusOr<std::string> ListParent(const CommandContext& context,
                                       const ResourceType& type,
                                       const ParsedArgs& args) {
  if (args.Has("parent") || type.collections.size() <= 2) {
    return CompleteParent(type.collections, context.tenant,
                          args.Text("parent"));
  }
  std::string parent = absl::StrCat("tenants/", context.tenant);
  for (size_t i = 1; i + 1 < type.collections.size(); ++i) {
    absl::StrAppend(&parent, "/", type.collections[i], "/-");
  }
  return parent;
}

absl::Status List(const CommandContext& context, const ResourceType& type,
                  const ParsedArgs& args) {
  KUGGE_ASSIGN_OR_RETURN(const std::string parent,
                         ListParent(context, type, args));
  const MessagePtr request(type.list.request_prototype->New());
  SetText(request.get(), "parent", parent);
  SetText(request.get(), "filter", args.Text("filter"));
  SetText(request.get(), "order_by", args.Text("order-by"));
  SetText(request.get(), "page_token", args.Text("page-token"));
  SetNumber(request.get(), "page_size", args.Number("page-size"));
  Table table = ListTable(type);
  std::string token;
  do {
    const MessagePtr response(type.list.response_prototype->New());
    KUGGE_RETURN_IF_ERROR(Call(context, type.list, *request, response.get()));
    for (const Message* resource : ListedResources(*response)) {
      if (context.output == OutputFormat::kJson) {
        *context.out << ToJsonLine(*resource) << "\n";
      } else {
        AddListRow(type, *resource, &table);
      }
    }
    token = GetText(*response, "next_page_token");
    SetText(request.get(), "page_token", token);
  } while (args.Has("all") && !token.empty());
  if (context.output == OutputFormat::kTable) {
    if (table.empty()) {
      *context.out << "none\n";
    } else {
      table.Print(*context.out);
    }
  }
  // Not on `out`: there the lines are resources.
  if (!token.empty()) {
    *context.err << "more: --page-token " << token << " or --all\n";
  }
  return absl::OkStatus();
}

absl::Status Update(const CommandContext& context, const ResourceType& type,
                    const ParsedArgs& args) {
  KUGGE_ASSIGN_OR_RETURN(const MessagePtr resource,
                         ReadResource(context, type, args));
  if (!args.arguments().empty()) {
    KUGGE_ASSIGN_OR_RETURN(
        const std::string name,
        NameOf(context, type, args, args.arguments().front()));
    SetText(resource.get(), "name", name);
  }
  if (args.Has("etag")) SetText(resource.get(), "etag", args.Text("etag"));
  const MessagePtr request = UpdateRequest(
      type,
      {.mask = absl::StrSplit(args.Text("mask"), ',', absl::SkipWhitespace()),
       .validate_only = args.Has("validate-only")},
      *resource);
  const MessagePtr updated = NewResource(type);
  KUGGE_RETURN_IF_ERROR(Call(context, type.update, *request, updated.get()));
  PrintWritten(context, args, "updated", *updated);
  return absl::OkStatus();
}

absl::Status Delete(const CommandContext& context, const ResourceType& type,
                    const ParsedArgs& args) {
  KUGGE_ASSIGN_OR_RETURN(const std::string name,
                         NameOf(context, type, args, args.arguments().front()));
  const MessagePtr request(type.remove.request_prototype->New());
  SetText(request.get(), "name", name);
  SetText(request.get(), "etag", args.Text("etag"));
  SetSwitch(request.get(), "validate_only", args.Has("validate-only"));
  const MessagePtr empty(type.remove.response_prototype->New());
  KUGGE_RETURN_IF_ERROR(Call(context, type.remove, *request, empty.get()));
  if (context.output == OutputFormat::kTable) {
    *context.out << (args.Has("validate-only") ? "valid; nothing was written"
                                               : absl::StrCat("deleted ", name))
                 << "\n";
  }
  return absl::OkStatus();
}

Flag FileFlag() {
  return {"file", Flag::Kind::kText, "FILE",
          "the resource as JSON; - reads standard input"};
}

Flag ValidateOnlyFlag() {
  return {"validate-only", Flag::Kind::kSwitch, "",
          "check everything, write nothing"};
}

Flag ParentFlag() {
  return {"parent", Flag::Kind::kText, "NAME", "what it stands below"};
}

Flag EtagFlag() {
  return {"etag", Flag::Kind::kText, "ETAG",
          "refuse where the resource has changed since"};
}

using Handler = absl::Status (*)(const CommandContext&, const ResourceType&,
                                 const ParsedArgs&);

Command MakeCommand(const ResourceType& type, absl::string_view verb,
                    Handler handler) {
  Command command;
  command.path = absl::StrCat(type.noun, " ", verb);
  command.run = [&type, handler](const CommandContext& context,
                                 const ParsedArgs& args) {
    return handler(context, type, args);
  };
  return command;
}

// What an id looks like for this type: `ID`, or `EMPLOYER/ID`.
std::string IdWord(const ResourceType& type) {
  return type.collections.size() > 2 ? "[PARENT/]ID" : "ID";
}

Command CreateCommand(const ResourceType& type) {
  Command command = MakeCommand(type, "create", Create);
  command.summary = absl::StrCat("create one ", type.noun);
  command.flags = {FileFlag(),
                   {"id", Flag::Kind::kText, "ID",
                    "last part of the name (default: the file's, or random)"},
                   ParentFlag(),
                   ValidateOnlyFlag()};
  command.example =
      absl::StrCat("kuggectl ", type.noun, " create --id x1 --file x1.json");
  return command;
}

Command GetCommand(const ResourceType& type) {
  Command command = MakeCommand(type, "get", Get);
  command.arguments = absl::StrCat(IdWord(type), "...");
  command.summary = absl::StrCat("show every field of one ", type.noun);
  command.flags = {ParentFlag()};
  command.min_arguments = 1;
  command.max_arguments = -1;
  command.example =
      absl::StrCat("kuggectl ", type.noun, " get x1 --output json");
  return command;
}

Command ListCommand(const ResourceType& type) {
  Command command = MakeCommand(type, "list", List);
  command.summary = "list them, by name unless --order-by says otherwise";
  command.flags = {
      ParentFlag(),
      {"filter", Flag::Kind::kText, "FILTER", "an AIP-160 filter"},
      {"order-by", Flag::Kind::kText, "FIELD",
       "name, create_time or update_time, with ` desc` if wanted"},
      {"page-size", Flag::Kind::kNumber, "N", "rows of a page (default 50)"},
      {"page-token", Flag::Kind::kText, "TOKEN", "go on from an earlier page"},
      {"all", Flag::Kind::kSwitch, "", "every page"}};
  command.example = absl::StrCat(
      "kuggectl ", type.noun, " list ",
      type.collections.size() > 2 ? "--parent acme " : "", "--all");
  return command;
}

Command UpdateCommand(const ResourceType& type) {
  Command command = MakeCommand(type, "update", Update);
  command.arguments = absl::StrCat("[", IdWord(type), "]");
  command.summary = absl::StrCat("change one ", type.noun);
  command.flags = {FileFlag(),
                   {"mask", Flag::Kind::kText, "FIELDS",
                    "fields to change, with commas (default: those set)"},
                   EtagFlag(),
                   ParentFlag(),
                   ValidateOnlyFlag()};
  command.max_arguments = 1;
  command.example = absl::StrCat("kuggectl ", type.noun, " update x1 --file - ",
                                 "--mask external_id");
  return command;
}

Command DeleteCommand(const ResourceType& type) {
  Command command = MakeCommand(type, "delete", Delete);
  command.arguments = IdWord(type);
  command.summary = absl::StrCat("delete one ", type.noun);
  command.flags = {EtagFlag(), ParentFlag(), ValidateOnlyFlag()};
  command.min_arguments = command.max_arguments = 1;
  command.example = absl::StrCat("kuggectl ", type.noun, " delete x1");
  return command;
}

}  // namespace

std::vector<Command> ResourceCommands() {
  std::vector<Command> commands;
  for (const ResourceType& type : ResourceTypes()) {
    commands.push_back(CreateCommand(type));
    commands.push_back(GetCommand(type));
    commands.push_back(ListCommand(type));
    commands.push_back(UpdateCommand(type));
    commands.push_back(DeleteCommand(type));
  }
  return commands;
}

}  // namespace kugge::ctl
