#include "clients/ctl/taxonomy_commands.h"

#include <fstream>
#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "base/status_macros.h"
#include "clients/ctl/command_context.h"
#include "clients/ctl/format_table.h"
#include "clients/ctl/json_lines.h"
#include "clients/ctl/rpc_errors.h"
#include "clients/ctl/taxonomy_files.h"
#include "clients/ctl/words.h"
#include "kugge/v1/taxonomy_service.grpc.pb.h"

namespace kugge::ctl {
namespace {

using TaxonomyStub = v1::TaxonomyService::Stub;
using ImportWriter = grpc::ClientWriter<v1::ImportTaxonomyRequest>;

// The server takes pieces of up to 200 KiB.
constexpr size_t kPieceBytes = 192 * 1024;

// Sends a file in pieces; an empty one as one empty piece, so that the server
// can say that it is empty. False: the server has ended the stream.
absl::StatusOr<bool> SendFile(const std::string& path,
                              v1::ImportTaxonomyRequest* request,
                              ImportWriter* writer) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  request->set_file(BaseName(path));
  std::string piece(kPieceBytes, '\0');
  bool is_first = true;
  while (file) {
    file.read(piece.data(), static_cast<std::streamsize>(kPieceBytes));
    const auto bytes = static_cast<size_t>(file.gcount());
    if (bytes == 0 && !is_first) break;
    is_first = false;
    request->set_data(piece.data(), bytes);
    if (!writer->Write(*request)) return false;
    // Id and options belong to the first message alone.
    request->clear_taxonomy_id();
    request->clear_validate_only();
  }
  if (file.bad()) {
    return absl::DataLossError(absl::StrCat("cannot read all of ", path));
  }
  return true;
}

absl::Status RunImport(const CommandContext& context, const ParsedArgs& args) {
  KUGGE_ASSIGN_OR_RETURN(const std::vector<std::string> files,
                         FindTaxonomyFiles(args.arguments()));
  const auto stub = v1::TaxonomyService::NewStub(context.channel);
  grpc::ClientContext call;
  if (context.timeout.has_value()) SetDeadline(context, &call);
  v1::ImportTaxonomyResponse response;
  const auto writer = stub->ImportTaxonomy(&call, &response);
  v1::ImportTaxonomyRequest request;
  request.set_taxonomy_id(args.Text("id", "jobtech-25"));
  request.set_validate_only(args.Has("dry-run"));
  for (const std::string& file : files) {
    const absl::StatusOr<bool> sent = SendFile(file, &request, writer.get());
    if (!sent.ok()) {
      // What was sent so far must not become a version.
      call.TryCancel();
      writer->Finish();
      return sent.status();
    }
    if (!*sent) break;
  }
  writer->WritesDone();
  KUGGE_RETURN_IF_ERROR(FromGrpc(writer->Finish()));
  if (context.output == OutputFormat::kJson) {
    *context.out << ToJsonLine(response) << "\n";
    return absl::OkStatus();
  }
  PrintTaxonomy(response.taxonomy(), *context.out);
  if (args.Has("dry-run")) *context.out << "valid; nothing was written\n";
  return absl::OkStatus();
}

absl::Status RunSearch(const CommandContext& context, const ParsedArgs& args) {
  v1::SearchConceptsRequest request;
  request.set_query(absl::StrJoin(args.arguments(), " "));
  request.set_page_size(args.Number("page-size"));
  for (absl::string_view type :
       absl::StrSplit(args.Text("type"), ',', absl::SkipWhitespace())) {
    request.add_types(std::string(type));
  }
  v1::SearchConceptsResponse response;
  KUGGE_RETURN_IF_ERROR(
      Call(context, Bind(&TaxonomyStub::SearchConcepts), request, &response));
  Table table({{.header = "id"},
               {.header = "type"},
               {.header = "code"},
               {.header = "label"},
               {.header = "", .max_width = 40}});
  for (const v1::Concept& found : response.concepts()) {
    if (context.output == OutputFormat::kJson) {
      *context.out << ToJsonLine(found) << "\n";
      continue;
    }
    table.AddRow({found.id(), found.type(), found.code(),
                  found.preferred_label(),
                  found.deprecated() ? "no longer in use" : ""});
  }
  if (context.output == OutputFormat::kTable) {
    if (table.empty()) {
      *context.out << "nothing found\n";
    } else {
      table.Print(*context.out);
    }
  }
  return absl::OkStatus();
}

void PrintConcept(const v1::Concept& found, std::ostream& out) {
  Table table({{.header = found.id()},
               {.header = found.preferred_label(), .max_width = 100}});
  table.AddRow({"type", found.type()});
  const auto add = [&table](const std::string& title, const std::string& text) {
    if (!text.empty()) table.AddRow({title, text});
  };
  add("code", found.code());
  add("English", found.preferred_label_en());
  add("also called", absl::StrJoin(found.alternative_labels(), ", "));
  add("definition", found.definition());
  add("broader", absl::StrJoin(found.broader(), ", "));
  add("legacy ids", absl::StrJoin(found.legacy_ids(), ", "));
  if (found.deprecated()) {
    add("no longer in use", found.replaced_by().empty()
                                ? "known by its last label"
                                : absl::StrCat("now ", found.replaced_by()));
  }
  table.Print(out);
}

absl::Status RunShow(const CommandContext& context, const ParsedArgs& args) {
  const std::string& id = args.arguments()[0];
  v1::ExpandConceptRequest request;
  request.set_name(absl::StrContains(id, '/')
                       ? id
                       : absl::StrCat("taxonomies/-/concepts/", id));
  v1::ExpandConceptResponse response;
  KUGGE_RETURN_IF_ERROR(
      Call(context, Bind(&TaxonomyStub::ExpandConcept), request, &response));
  if (context.output == OutputFormat::kJson) {
    *context.out << ToJsonLine(response) << "\n";
    return absl::OkStatus();
  }
  PrintConcept(response.expanded_concept(), *context.out);
  Table table({{.header = "credit", .right = true},
               {.header = "relation"},
               {.header = "id"},
               {.header = "whoever holds"}});
  for (const v1::RelatedConcept& related : response.relations()) {
    table.AddRow({Thousandths(related.credit()),
                  RelationWords(related.relation()), related.concept_id(),
                  related.label()});
  }
  *context.out << "\n";
  table.Print(*context.out);
  return absl::OkStatus();
}

}  // namespace

void PrintTaxonomy(const v1::Taxonomy& taxonomy, std::ostream& out) {
  Table files({{.header = "file"},
               {.header = "read as"},
               {.header = "read", .right = true},
               {.header = "added", .right = true},
               {.header = "merged", .right = true},
               {.header = "relations", .right = true},
               {.header = "refused", .right = true}});
  for (const v1::ImportedFile& file : taxonomy.files()) {
    files.AddRow({file.file(), file.role(), absl::StrCat(file.read()),
                  absl::StrCat(file.added()), absl::StrCat(file.merged()),
                  absl::StrCat(file.relations()),
                  absl::StrCat(file.refused())});
  }
  files.Print(out);
  for (const v1::ImportedFile& file : taxonomy.files()) {
    for (const std::string& refusal : file.refusals()) {
      out << file.file() << ": " << refusal << "\n";
    }
  }
  Table types({{.header = "type"},
               {.header = "in use", .right = true},
               {.header = "no longer", .right = true}});
  int64_t active = 0;
  int64_t deprecated = 0;
  for (const v1::TypeCount& count : taxonomy.concept_counts()) {
    active += count.active();
    deprecated += count.deprecated();
    types.AddRow({count.type(), absl::StrCat(count.active()),
                  absl::StrCat(count.deprecated())});
  }
  types.AddRule();
  types.AddRow({"total", absl::StrCat(active), absl::StrCat(deprecated)});
  out << "\n";
  types.Print(out);
  out << taxonomy.name() << ": " << taxonomy.relations() << " relations, "
      << taxonomy.derived_relations() << " derived"
      << (taxonomy.in_force() ? "; in force" : "") << "\n";
}

std::vector<Command> TaxonomyCommands() {
  Command import{
      .path = "taxonomy import",
      .arguments = "PATH...",
      .summary = "make a new version of the taxonomy from files or folders",
      .example = "kuggectl taxonomy import jobtech/ --id jobtech-25",
      .flags = {{"id", Flag::Kind::kText, "ID",
                 "of the new version (default jobtech-25)"},
                {"dry-run", Flag::Kind::kSwitch, "",
                 "check every file, write nothing"}},
      .min_arguments = 1,
      .max_arguments = -1,
      .run = RunImport};
  Command search{.path = "taxonomy search",
                 .arguments = "TEXT...",
                 .summary = "find concepts by what somebody types",
                 .example = "kuggectl taxonomy search truck --type skill",
                 .flags = {{"type", Flag::Kind::kText, "TYPES",
                            "such as skill,occupation-name (default: all)"},
                           {"page-size", Flag::Kind::kNumber, "N",
                            "concepts wanted (default 10)"}},
                 .min_arguments = 1,
                 .max_arguments = -1,
                 .run = RunSearch};
  Command show{
      .path = "taxonomy show",
      .arguments = "ID",
      .summary = "one concept, and everything that gives credit toward it",
      .example = "kuggectl taxonomy show 8pHc_Lqc_QxD",
      .flags = {},
      .min_arguments = 1,
      .max_arguments = 1,
      .run = RunShow};
  return {import, search, show};
}

}  // namespace kugge::ctl
