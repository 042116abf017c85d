// The stores that the contract suite runs on.
#ifndef KUGGE_TESTS_CONTRACT_STORES_H_
#define KUGGE_TESTS_CONTRACT_STORES_H_

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "storage/key_value_store.h"
#include "storage/repository.h"

namespace kugge::storage {

// One store under test, with a repository over it.
class StoreUnderTest {
 public:
  virtual ~StoreUnderTest() = default;
  // Null, with a failed expectation, when the store could not be opened.
  virtual KeyValueStore* store() = 0;
  // Where a test pauses: nothing of the store may be held. A store that is
  // reopened between steps is another object afterwards.
  virtual void BetweenSteps() {}
};

struct StoreKind {
  std::string name;
  std::function<std::unique_ptr<StoreUnderTest>()> make;
};

inline void PrintTo(const StoreKind& kind, std::ostream* out) {
  *out << kind.name;
}

// memory; rocksdb on disk; rocksdb closed and opened at every BetweenSteps.
std::vector<StoreKind> AllStores();

class ContractTest : public testing::TestWithParam<StoreKind> {
 protected:
  void SetUp() override;
  void TearDown() override { under_test_.reset(); }

  KeyValueStore& store() { return *under_test_->store(); }
  // Made anew after each BetweenSteps.
  Repository& repository();
  void BetweenSteps();

  // Commits and expects success.
  Revision Put(const std::string& key, const std::string& value);
  // The value, or "(absent)".
  std::string Read(const std::string& key, const Snapshot* snapshot = nullptr);
  // "key=value@revision key=value@revision", for short.
  std::string ReadRange(const KeyRange& range,
                        const Snapshot* snapshot = nullptr);

 private:
  std::unique_ptr<StoreUnderTest> under_test_;
  std::unique_ptr<Repository> repository_;
};

// For INSTANTIATE_TEST_SUITE_P.
std::string StoreKindName(const testing::TestParamInfo<StoreKind>& info);

}  // namespace kugge::storage

#endif  // KUGGE_TESTS_CONTRACT_STORES_H_
