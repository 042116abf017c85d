#include "clients/population/population.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "clients/population/market.h"
#include "clients/population/needs.h"
#include "clients/population/people.h"
#include "clients/population/places.h"
#include "clients/population/run.h"
#include "clients/population/taxonomy_files.h"
#include "clients/population/trainings.h"
#include "matching/taxonomy/taxonomy.h"

namespace kugge::population {
namespace {

using Write = std::function<absl::Status(absl::string_view, absl::string_view)>;

absl::Status Check(const Options& options) {
  const std::pair<absl::string_view, int> counts[] = {
      {"people", options.people},
      {"requirements", options.requirements},
      {"offerings", options.offerings},
  };
  for (const auto& [name, count] : counts) {
    if (count < 0) {
      return absl::InvalidArgumentError(
          absl::StrCat(name, " is ", count, "; it must be 0 or more"));
    }
  }
  if (options.tenant.empty()) {
    return absl::InvalidArgumentError("tenant is empty; it must be an id");
  }
  if (options.taxonomy_files.empty()) {
    return absl::InvalidArgumentError(
        "taxonomy_files is empty: skills and occupations are drawn from them");
  }
  return absl::OkStatus();
}

class LineWriter {
 public:
  explicit LineWriter(const Write& write) : write_(write) {}

  absl::Status Add(absl::string_view file,
                   const google::protobuf::Message& message) {
    line_.clear();
    const auto printed =
        google::protobuf::util::MessageToJsonString(message, &line_);
    if (!printed.ok()) {
      return absl::InternalError(
          absl::StrCat("cannot print ", message.GetTypeName(), " as JSON"));
    }
    return write_(file, line_);
  }

 private:
  const Write& write_;
  std::string line_;
};

absl::Status WriteNeeds(const Options& options, NeedSource& needs,
                        LineWriter& lines) {
  const int employers =
      options.requirements == 0 ? 0 : std::max(1, options.requirements / 5 * 2);
  for (int i = 0; i < employers; ++i) {
    KUGGE_RETURN_IF_ERROR(lines.Add("employers.jsonl", needs.NextEmployer()));
  }
  for (int i = 0; i < options.requirements; ++i) {
    KUGGE_RETURN_IF_ERROR(
        lines.Add("requirements.jsonl", needs.NextRequirement()));
  }
  return absl::OkStatus();
}

absl::Status WriteTrainings(const Options& options, TrainingSource& trainings,
                            LineWriter& lines) {
  const int providers =
      options.offerings == 0 ? 0 : std::max(1, options.offerings / 6);
  for (int i = 0; i < providers; ++i) {
    KUGGE_RETURN_IF_ERROR(
        lines.Add("providers.jsonl", trainings.NextProvider()));
  }
  std::vector<v1::Session> sessions;
  for (int i = 0; i < options.offerings; ++i) {
    KUGGE_RETURN_IF_ERROR(
        lines.Add("offerings.jsonl", trainings.NextOffering(sessions)));
    for (const v1::Session& session : sessions) {
      KUGGE_RETURN_IF_ERROR(lines.Add("sessions.jsonl", session));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Generate(const Options& options, const Write& write) {
  KUGGE_RETURN_IF_ERROR(Check(options));
  KUGGE_ASSIGN_OR_RETURN(
      const std::unique_ptr<const matching::Taxonomy> taxonomy,
      ReadTaxonomy(options.taxonomy_files));
  KUGGE_ASSIGN_OR_RETURN(const Market market,
                         BuildMarket(*taxonomy, options.ads_csv));
  KUGGE_ASSIGN_OR_RETURN(const Places places,
                         Places::Build(options.municipality_codes));
  const Run run{.market = market,
                .places = places,
                .tenant = options.tenant,
                .today = options.today,
                .seed = options.seed};
  LineWriter lines(write);
  NeedSource needs(run);
  KUGGE_RETURN_IF_ERROR(WriteNeeds(options, needs, lines));
  TrainingSource trainings(run);
  KUGGE_RETURN_IF_ERROR(WriteTrainings(options, trainings, lines));
  PeopleSource people(run, needs.employers());
  for (int i = 0; i < options.people; ++i) {
    KUGGE_RETURN_IF_ERROR(lines.Add("profiles.jsonl", people.NextProfile()));
  }
  return absl::OkStatus();
}

}  // namespace kugge::population
