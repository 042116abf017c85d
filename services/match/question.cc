#include "services/match/question.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "services/features/calendar.h"
#include "services/features/extractor.h"
#include "services/rpc/errors.h"
#include "services/rpc/resource_name.h"
#include "services/rpc/resource_rules.h"

namespace kugge::match {

using storage::ResourceKind;

Question::Question(const storage::Repository& repository, index::Index& index,
                   std::shared_ptr<const index::PublishedView> view,
                   const rpc::RequestContext& call)
    : repository_(repository),
      index_(index),
      view_(std::move(view)),
      today_(features::DayInSweden(call.now)),
      language_(features::LanguageOf(call.language)),
      strategy_(matching::DefaultStrategy()) {}

absl::Status Question::ChooseStrategy(absl::string_view tenant,
                                      absl::string_view name,
                                      const v1::Strategy* adhoc) {
  if (adhoc != nullptr) {
    if (!name.empty()) {
      return rpc::InvalidField("adhoc_strategy",
                               "is given beside strategy; only one may be");
    }
    rpc::Violations violations;
    rpc::CheckResource(*adhoc, "adhoc_strategy", &violations);
    KUGGE_RETURN_IF_ERROR(violations.ToStatus());
    v1::Strategy unnamed = *adhoc;
    unnamed.set_name("adhoc");
    unnamed.set_version(1);
    strategy_ = features::StrategyOf(unnamed);
    const absl::Status valid = matching::Validate(strategy_);
    return valid.ok() ? valid
                      : rpc::InvalidField("adhoc_strategy", valid.message());
  }
  if (name.empty()) return absl::OkStatus();
  if (!rpc::IsWithin(name, tenant)) {
    return rpc::InvalidField("strategy",
                             absl::StrCat("is ", rpc::Quoted(name),
                                          "; must be a strategy of ", tenant));
  }
  const auto stored = repository_.Get<v1::Strategy>(
      ResourceKind::kStrategy, name, view_->snapshot.get());
  if (absl::IsNotFound(stored.status())) return rpc::NotFound(name);
  KUGGE_RETURN_IF_ERROR(stored.status());
  strategy_ = features::StrategyOf(stored->resource);
  return matching::Validate(strategy_);
}

absl::StatusOr<const matching::PersonFeatures*> Question::Person(
    absl::string_view name) const {
  const matching::PersonFeatures* person =
      market().people().Find(features::DocumentIdOf(name));
  if (person == nullptr) return rpc::NotFound(name);
  return person;
}

absl::StatusOr<const matching::RequirementFeatures*> Question::Requirement(
    absl::string_view name, absl::string_view tenant) const {
  const matching::RequirementFeatures* requirement =
      market().requirements().Find(features::DocumentIdOf(name));
  if (requirement == nullptr || !IsSeenBy(*requirement, tenant)) {
    return rpc::NotFound(name);
  }
  return requirement;
}

absl::StatusOr<const matching::OfferingFeatures*> Question::Offering(
    absl::string_view name, absl::string_view tenant) const {
  const matching::OfferingFeatures* offering =
      market().offerings().Find(features::DocumentIdOf(name));
  if (offering == nullptr || !IsSeenBy(*offering, tenant)) {
    return rpc::NotFound(name);
  }
  return offering;
}

absl::StatusOr<Question::OfferedSession> Question::Session(
    absl::string_view name, absl::string_view tenant) const {
  // Not Offering(): a refusal names what was asked for.
  const matching::OfferingFeatures* offering =
      market().offerings().Find(features::DocumentIdOf(rpc::ParentOf(name)));
  if (offering == nullptr || !IsSeenBy(*offering, tenant)) {
    return rpc::NotFound(name);
  }
  const auto session =
      std::ranges::find(offering->sessions, features::DocumentIdOf(name),
                        &matching::SessionFeatures::id);
  if (session == offering->sessions.end()) return rpc::NotFound(name);
  return OfferedSession{offering, &*session};
}

matching::TenantIndex Question::TenantIndexOf(absl::string_view tenant) const {
  // A tenant that nothing was ever kept for matches nobody's documents.
  constexpr matching::TenantIndex kNobody = 0xFFFFFFFF;
  return index_.interners()
      .tenants.Find(features::TenantOf(tenant))
      .value_or(kNobody);
}

matching::Scoring Question::Scoring() const {
  matching::TieKey tie_key;
  const std::string& bytes = repository_.meta().tie_key;
  std::copy_n(bytes.begin(), std::min(bytes.size(), tie_key.bytes.size()),
              tie_key.bytes.begin());
  return {
      .graph = &taxonomy().graph(), .strategy = strategy_, .tie_key = tie_key};
}

PageBasis Question::Basis() const {
  return {view_->taxonomy_name, strategy_.name, strategy_.version};
}

void Question::FillContext(v1::MatchContext* context) const {
  context->set_taxonomy(view_->taxonomy_name);
  context->set_strategy(strategy_.name);
  context->set_strategy_version(static_cast<int32_t>(strategy_.version));
  context->set_tie_key_id(repository_.meta().tie_key_id);
  context->set_revision(static_cast<int64_t>(view_->revision));
}

}  // namespace kugge::match
