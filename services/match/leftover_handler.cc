#include "services/match/leftover_handler.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "kugge/v1/employer.pb.h"
#include "kugge/v1/requirement.pb.h"
#include "matching/leftovers.h"
#include "services/features/extractor.h"
#include "services/match/region.h"
#include "services/match/row_source.h"
#include "services/match/rows.h"
#include "services/rpc/resource_name.h"

namespace kugge::match {
namespace {

using matching::Leftover;
using matching::LeftoverAnswer;
using matching::LeftoverRequest;
using storage::ResourceKind;
using LeftoverRows = google::protobuf::RepeatedPtrField<v1::Leftover>;

// The one row of what comes nearest, where there is any.
void TakeNearest(MatchRows nearest, v1::Leftover* row) {
  if (!nearest.empty()) row->mutable_nearest()->Swap(&nearest[0]);
}

std::vector<matching::Match> NearestOf(const Leftover& leftover) {
  if (!leftover.nearest.has_value()) return {};
  return {*leftover.nearest};
}

absl::Status AddPeople(const RowSource& source,
                       const std::vector<Leftover>& found, LeftoverRows* rows) {
  for (const Leftover& leftover : found) {
    const matching::PersonFeatures& person =
        *source.question.market().people().Find(leftover.id);
    v1::Leftover* row = rows->Add();
    row->set_name(leftover.reference);
    row->set_municipality_code(MunicipalityCodeOf(person.municipality));
    MatchRows nearest;
    KUGGE_RETURN_IF_ERROR(AddRequirementRows(
        source, matching::CompiledPerson(person, source.question.Scoring()),
        NearestOf(leftover), &nearest));
    TakeNearest(std::move(nearest), row);
  }
  return absl::OkStatus();
}

absl::Status AddRequirements(const RowSource& source,
                             const std::vector<Leftover>& found,
                             LeftoverRows* rows) {
  Names names;
  for (const Leftover& leftover : found) names.insert(leftover.reference);
  KUGGE_ASSIGN_OR_RETURN(auto titles,
                         ReadTexts(source, ResourceKind::kRequirement, names,
                                   &v1::Requirement::title));
  KUGGE_ASSIGN_OR_RETURN(
      auto employers,
      ReadParentNames<v1::Employer>(source, ResourceKind::kEmployer, names));
  for (const Leftover& leftover : found) {
    const matching::RequirementFeatures& requirement =
        *source.question.market().requirements().Find(leftover.id);
    v1::Leftover* row = rows->Add();
    row->set_name(leftover.reference);
    row->set_title(titles[leftover.reference]);
    row->set_employer_display_name(
        employers[std::string(rpc::ParentOf(leftover.reference))]);
    row->set_municipality_code(
        MunicipalityCodeOf(requirement.facts.municipality));
    row->set_positions(static_cast<int32_t>(requirement.positions));
    MatchRows nearest;
    AddPersonRows(
        source,
        matching::CompiledRequirement(requirement, source.question.Scoring()),
        NearestOf(leftover), &nearest);
    TakeNearest(std::move(nearest), row);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status LeftoverHandler::MatchLeftovers(
    const v1::MatchLeftoversRequest& request, rpc::RequestContext& call,
    v1::MatchLeftoversResponse* response) const {
  KUGGE_ASSIGN_OR_RETURN(Question question, asking_.Begin(call));
  KUGGE_RETURN_IF_ERROR(
      question.ChooseStrategy(request.parent(), request.strategy(), nullptr));
  LeftoverRequest ask;
  ask.tenant = question.TenantIndexOf(request.parent());
  ask.tenant_id = features::DocumentIdOf(request.parent());
  ask.today = question.today();
  KUGGE_ASSIGN_OR_RETURN(
      ask.municipalities,
      MunicipalitiesOfRegion(asking_.repository, question, request.region()));
  ask.k = PageSizeOf(request.page_size());
  ask.cancelled = call.cancelled;
  KUGGE_ASSIGN_OR_RETURN(
      const LeftoverAnswer answer,
      matching::FindLeftovers(question.market(), question.Scoring(), ask));
  asking_.CountScored("leftovers",
                      answer.people.in_area + answer.requirements.in_area);

  // What is nearest comes without its lines: ExplainMatch gives them.
  const RowSource source{asking_.repository, question, false};
  KUGGE_RETURN_IF_ERROR(
      AddPeople(source, answer.people.rows, response->mutable_profiles()));
  KUGGE_RETURN_IF_ERROR(AddRequirements(source, answer.requirements.rows,
                                        response->mutable_requirements()));
  response->set_leftover_profiles(static_cast<int64_t>(answer.people.total));
  response->set_profiles_total(static_cast<int64_t>(answer.people.in_area));
  response->set_leftover_requirements(
      static_cast<int64_t>(answer.requirements.total));
  response->set_requirements_total(
      static_cast<int64_t>(answer.requirements.in_area));
  question.FillContext(response->mutable_context());
  return absl::OkStatus();
}

}  // namespace kugge::match
