// Resources in a repository over each store, for the suites that need them.
#ifndef KUGGE_TESTS_CONTRACT_REPOSITORY_FIXTURE_H_
#define KUGGE_TESTS_CONTRACT_REPOSITORY_FIXTURE_H_

#include <string>
#include <utility>
#include <vector>

#include "base/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kugge/v1/profile.pb.h"
#include "kugge/v1/tenant.pb.h"
#include "storage/commit_conflict.h"
#include "storage/repository.h"
#include "tests/contract/stores.h"

namespace kugge::storage {

using Cause = CommitConflict::Cause;

// A result whose status carries this conflict.
MATCHER_P2(ConflictIs, cause, name, "") {
  const auto conflict = GetCommitConflict(arg.status());
  *result_listener << "which has status " << arg.status().ToString();
  return conflict.has_value() && conflict->cause == cause &&
         conflict->name == name;
}

// A resource with nothing but its name and, where it has one, external id.
template <typename M>
M Named(const std::string& name, const std::string& external_id = "") {
  M message;
  message.set_name(name);
  if constexpr (requires { message.set_external_id(external_id); }) {
    message.set_external_id(external_id);
  }
  return message;
}

// Starts with tenants/t.
class RepositoryContractTest : public ContractTest {
 protected:
  void SetUp() override {
    ContractTest::SetUp();
    ASSERT_THAT(
        CreateOne(ResourceKind::kTenant, Named<v1::Tenant>("tenants/t")),
        IsOk());
  }

  template <typename M>
  absl::StatusOr<Revision> CreateOne(ResourceKind kind, const M& resource) {
    Transaction transaction = repository().Begin();
    const absl::Status staged = transaction.Create(kind, resource);
    if (!staged.ok()) return staged;
    return repository().Commit(std::move(transaction));
  }

  template <typename M>
  absl::StatusOr<Revision> UpdateOne(ResourceKind kind, const M& before,
                                     Revision revision, const M& after) {
    Transaction transaction = repository().Begin();
    const absl::Status staged =
        transaction.Update(kind, before, revision, after);
    if (!staged.ok()) return staged;
    return repository().Commit(std::move(transaction));
  }

  template <typename M>
  absl::StatusOr<Revision> DeleteOne(ResourceKind kind, const M& before,
                                     Revision revision) {
    Transaction transaction = repository().Begin();
    const absl::Status staged = transaction.Delete(kind, before, revision);
    if (!staged.ok()) return staged;
    return repository().Commit(std::move(transaction));
  }

  std::vector<std::string> Names(const std::string& parent,
                                 const std::string& start_after, size_t limit) {
    const auto listed = repository().List<v1::Profile>(
        ResourceKind::kProfile, {parent, start_after, limit}, nullptr);
    EXPECT_THAT(listed, IsOk());
    std::vector<std::string> names;
    if (!listed.ok()) return names;
    for (const auto& stored : *listed) names.push_back(stored.resource.name());
    return names;
  }
};

}  // namespace kugge::storage

#endif  // KUGGE_TESTS_CONTRACT_REPOSITORY_FIXTURE_H_
