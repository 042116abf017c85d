#include "storage/rocksdb/log_tail.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/testing/status_matchers.h"
#include "base/testing/temp_folder.h"
#include "gtest/gtest.h"
#include "storage/rocksdb/rocksdb_store.h"

namespace kugge::storage {
namespace {

constexpr size_t kBlock = size_t{32} << 10;
constexpr size_t kSector = 512;

// The log of a store that wrote values of these sizes, in a folder of its own.
class LogTailTest : public testing::Test {
 protected:
  void Write(const std::vector<size_t>& sizes) {
    auto store = OpenRocksDbStore(folder_.path(), {});
    ASSERT_THAT(store, IsOk());
    for (size_t i = 0; i < sizes.size(); ++i) {
      WriteSet writes;
      writes.Put(absl::StrCat("z", i), std::string(sizes[i], 'v'));
      ends_.push_back(BytesWritten());
      ASSERT_THAT((*store)->Commit(writes, {}), IsOk());
    }
    ends_.push_back(BytesWritten());
    store->reset();
    log_ = Bytes();
  }

  // Opens a store on a copy with such a log, and counts its commits.
  absl::StatusOr<int> CommitsOf(const std::string& log) const {
    const TempFolder copy;
    std::filesystem::copy(folder_.path(), copy.path(),
                          std::filesystem::copy_options::recursive);
    std::ofstream(LogFile(copy.path()), std::ios::binary | std::ios::trunc)
        << log;
    const auto store = OpenRocksDbStore(copy.path(), {});
    if (!store.ok()) return store.status();
    int count = 0;
    while ((*store)->Get(absl::StrCat("z", count), nullptr)->has_value()) {
      ++count;
    }
    return count;
  }

  // As the disk holds it after a kill: zeros follow.
  std::string WithTail(std::string log) const {
    log.resize(log.size() / kBlock * kBlock + 3 * kBlock, '\0');
    return log;
  }

  const std::string& log() const { return log_; }
  // Where commit `i` begins; the end, for the number of commits.
  size_t begin(size_t i) const { return ends_[i]; }

 private:
  static std::string LogFile(const std::string& folder) {
    std::string newest;
    for (const auto& entry :
         std::filesystem::directory_iterator(folder + "/rocksdb")) {
      if (entry.path().extension() != ".log") continue;
      newest = std::max(newest, entry.path().string());
    }
    return newest;
  }
  std::string Bytes() const {
    std::ifstream file(LogFile(folder_.path()), std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }
  size_t BytesWritten() const { return Bytes().find_last_not_of('\0') + 1; }

  const TempFolder folder_;
  std::vector<size_t> ends_;
  std::string log_;
};

constexpr int kWritten = 6;

TEST_F(LogTailTest, AStoreThatWasKilledHasZerosAfterItsCommits) {
  Write({300, 40'000, 300, 5'000, 70'000, 9'000});
  // Closed: the log is as long as what is in it.
  EXPECT_EQ(log().size(), begin(kWritten));
  EXPECT_EQ(log().back(), kEndOfCommit);
  const auto end = EndOfLog(WithTail(log()));
  ASSERT_THAT(end, IsOk());
  EXPECT_EQ(*end, log().size());
  const auto found = CommitsOf(WithTail(log()));
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(*found, kWritten);
}

TEST_F(LogTailTest, ALastCommitCutOffAnywhereIsDropped) {
  Write({300, 40'000, 300, 5'000, 300, 70'000});
  const size_t last = begin(kWritten - 1);
  for (size_t at = last; at < log().size(); at += at < last + 20 ? 1 : 4'999) {
    const auto end = EndOfLog(WithTail(log().substr(0, at)));
    ASSERT_THAT(end, IsOk()) << at - last;
    EXPECT_EQ(*end, last) << at - last;
  }
  for (const size_t cut : {1, 8, 300, 40'000}) {
    const auto found = CommitsOf(WithTail(log().substr(0, log().size() - cut)));
    ASSERT_THAT(found, IsOk()) << cut;
    EXPECT_EQ(*found, kWritten - 1) << cut;
  }
}

TEST_F(LogTailTest, ALastCommitThatLacksSectorsIsDropped) {
  Write({300, 40'000, 300, 5'000, 300, 70'000});
  const size_t last = begin(kWritten - 1);
  for (size_t at = (last / kSector + 1) * kSector; at + kSector < log().size();
       at += 23 * kSector) {
    std::string torn = log();
    // The first sectors as well, where its header stands.
    const size_t begin = at < last + 8 * kSector ? last : at;
    std::fill(torn.begin() + static_cast<std::ptrdiff_t>(begin),
              torn.begin() + static_cast<std::ptrdiff_t>(at + kSector), '\0');
    const auto end = EndOfLog(WithTail(torn));
    ASSERT_THAT(end, IsOk()) << at - last;
    EXPECT_EQ(*end, last) << at - last;
  }
}

TEST_F(LogTailTest, AFlippedBitIsDamageInTheLastCommitToo) {
  Write({300, 40'000, 300, 5'000, 300, 900});
  for (size_t at = 0; at < log().size(); at += at < 60 ? 1 : 1'009) {
    // A length that is wrong looks like a commit that was cut off; RocksDB
    // drops that too.
    const size_t last = begin(kWritten - 1);
    if (at == last + 4 || at == last + 5) continue;
    for (const int bit : {0, 7}) {
      std::string damaged = log();
      damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
      EXPECT_THAT(EndOfLog(WithTail(damaged)),
                  StatusIs(absl::StatusCode::kDataLoss))
          << at << " bit " << bit;
    }
  }
  std::string damaged = log();
  damaged[log().size() - 30] ^= 0x10;
  EXPECT_THAT(CommitsOf(WithTail(damaged)),
              StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(LogTailTest, SectorsLostFromAnEarlierCommitAreDamage) {
  Write({300, 40'000, 300, 5'000, 300, 900});
  const size_t last = begin(kWritten - 1);
  for (size_t at = 0; at + kSector < last; at += 9 * kSector) {
    std::string damaged = log();
    std::fill_n(damaged.begin() + static_cast<std::ptrdiff_t>(at), kSector,
                '\0');
    EXPECT_THAT(EndOfLog(WithTail(damaged)),
                StatusIs(absl::StatusCode::kDataLoss))
        << at;
  }
}

TEST_F(LogTailTest, AnEmptyLogHasNothingInIt) {
  const auto end = EndOfLog(std::string(2 * kBlock, '\0'));
  ASSERT_THAT(end, IsOk());
  EXPECT_EQ(*end, 0u);
  EXPECT_THAT(TrimLogs("/nowhere"), IsOk());
}

}  // namespace
}  // namespace kugge::storage
