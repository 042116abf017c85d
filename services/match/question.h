// What every question starts with: the view, the member it starts from, the
// strategy.
#ifndef KUGGE_SERVICES_MATCH_QUESTION_H_
#define KUGGE_SERVICES_MATCH_QUESTION_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "kugge/v1/match.pb.h"
#include "kugge/v1/tenant.pb.h"
#include "matching/compiled_person.h"
#include "matching/features.h"
#include "services/features/sentence_words.h"
#include "services/index/index.h"
#include "services/match/page.h"
#include "services/rpc/request_context.h"
#include "storage/repository.h"

namespace kugge::match {

// One question's world: everything is read at its view.
class Question {
 public:
  // All outlive the question. `view` is held by it. `call`: when it is asked,
  // and in which language it is answered.
  Question(const storage::Repository& repository, index::Index& index,
           std::shared_ptr<const index::PublishedView> view,
           const rpc::RequestContext& call);

  // Takes a stored strategy of `tenant` (`tenants/{tenant}`), the ad-hoc one,
  // or `default` where neither is given. InvalidArgument where both are or the
  // strategy is another tenant's; NotFound where it doesn't exist.
  absl::Status ChooseStrategy(absl::string_view tenant, absl::string_view name,
                              const v1::Strategy* adhoc);

  // NotFound where it isn't stored; of what a tenant may keep to itself also
  // where `tenant` may not see it: the same bytes either way.
  absl::StatusOr<const matching::PersonFeatures*> Person(
      absl::string_view name) const;
  absl::StatusOr<const matching::RequirementFeatures*> Requirement(
      absl::string_view name, absl::string_view tenant) const;
  absl::StatusOr<const matching::OfferingFeatures*> Offering(
      absl::string_view name, absl::string_view tenant) const;
  // With its offering.
  struct OfferedSession {
    const matching::OfferingFeatures* offering = nullptr;
    const matching::SessionFeatures* session = nullptr;
  };
  absl::StatusOr<OfferedSession> Session(absl::string_view name,
                                         absl::string_view tenant) const;

  const index::PublishedView& view() const { return *view_; }
  const matching::Market& market() const { return *view_->market; }
  const matching::Taxonomy& taxonomy() const { return *view_->taxonomy; }
  matching::Days today() const { return today_; }
  // Of the texts for people.
  features::Language language() const { return language_; }
  // `tenant`: `tenants/{tenant}` or a name below it.
  matching::TenantIndex TenantIndexOf(absl::string_view tenant) const;

  // What to compile the asking member with.
  matching::Scoring Scoring() const;
  PageBasis Basis() const;
  void FillContext(v1::MatchContext* context) const;

 private:
  // Of a requirement or an offering.
  template <typename Features>
  bool IsSeenBy(const Features& features, absl::string_view tenant) const {
    return !features.private_to_tenant ||
           features.tenant == TenantIndexOf(tenant);
  }

  const storage::Repository& repository_;
  index::Index& index_;
  // Shared: the market and the snapshot must outlive the answer.
  const std::shared_ptr<const index::PublishedView> view_;
  const matching::Days today_;
  const features::Language language_;
  matching::Strategy strategy_;
};

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_QUESTION_H_
