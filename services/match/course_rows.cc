#include "services/match/course_rows.h"

#include <cstdint>
#include <string>

#include "base/status_macros.h"
#include "kugge/v1/employer.pb.h"
#include "kugge/v1/requirement.pb.h"
#include "matching/weights.h"
#include "services/features/calendar.h"
#include "services/match/coverage_lines.h"
#include "services/rpc/resource_name.h"

namespace kugge::match {
namespace {

using storage::ResourceKind;

void FillFigures(const matching::ServedRequirement& row,
                 v1::ServedRequirement* served) {
  served->set_session(row.session_reference);
  *served->mutable_session_end_date() = features::ToDate(row.end_day);
  served->set_in_time(row.in_time);
  served->set_coverage(static_cast<int32_t>(row.coverage));
  served->set_positions(static_cast<int32_t>(row.positions));
  served->set_seats_left(static_cast<int32_t>(row.seats_left));
  served->set_eligible_people(static_cast<int32_t>(row.eligible_people));
  served->set_unlocked_people(static_cast<int32_t>(row.unlocked_people));
  served->set_possibly_unlocked_people(
      static_cast<int32_t>(row.possibly_unlocked_people));
  served->set_fillable_positions(static_cast<int32_t>(row.fillable));
}

}  // namespace

absl::Status AddServedRows(
    const RowSource& source, const matching::CompiledCourse& course,
    const std::vector<matching::ServedRequirement>& found,
    google::protobuf::RepeatedPtrField<v1::ServedRequirement>* rows) {
  Names names;
  for (const matching::ServedRequirement& row : found) {
    names.insert(row.requirement_reference);
  }
  KUGGE_ASSIGN_OR_RETURN(auto titles,
                         ReadTexts(source, ResourceKind::kRequirement, names,
                                   &v1::Requirement::title));
  KUGGE_ASSIGN_OR_RETURN(
      auto employers,
      ReadParentNames<v1::Employer>(source, ResourceKind::kEmployer, names));
  std::vector<matching::Bp> weights;
  for (const matching::ServedRequirement& row : found) {
    const matching::RequirementFeatures& requirement =
        *source.question.market().requirements().Find(row.requirement);
    v1::ServedRequirement* served = rows->Add();
    served->set_requirement(row.requirement_reference);
    served->set_title(titles[row.requirement_reference]);
    served->set_employer_display_name(
        employers[std::string(rpc::ParentOf(row.requirement_reference))]);
    served->set_municipality_code(
        MunicipalityCodeOf(requirement.facts.municipality));
    FillFigures(row, served);
    if (!source.explain) continue;
    matching::ShareWeights(requirement.demands,
                           course.strategy().demand_weights, weights);
    CoverDemands(source.question, {requirement.demands, weights}, row.closes,
                 served->mutable_demands());
  }
  return absl::OkStatus();
}

void AddHelpedRows(
    const RowSource& source, const std::vector<matching::HelpedPerson>& found,
    google::protobuf::RepeatedPtrField<v1::HelpedProfile>* rows) {
  for (const matching::HelpedPerson& row : found) {
    const matching::PersonFeatures& person =
        *source.question.market().people().Find(row.person);
    v1::HelpedProfile* helped = rows->Add();
    helped->set_profile(row.person_reference);
    helped->set_municipality_code(MunicipalityCodeOf(person.municipality));
    helped->set_gain_positions(static_cast<int64_t>(row.gain_positions));
    helped->set_gain_requirements(static_cast<int32_t>(row.gain_requirements));
  }
}

}  // namespace kugge::match
