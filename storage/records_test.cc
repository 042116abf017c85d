#include "storage/records.h"

#include <string>

#include "absl/strings/escaping.h"
#include "base/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kugge/storage/v1/record.pb.h"
#include "storage/crc32c.h"

namespace kugge::storage {
namespace {

v1::ChangeSet Example() {
  v1::ChangeSet message;
  v1::ChangeEntry* entry = message.add_entries();
  entry->set_kind(4);
  entry->set_name("tenants/t/profiles/p");
  entry->set_operation(v1::ChangeEntry::OPERATION_PUT);
  return message;
}

TEST(Crc32cTest, GivesThePublishedCheckValues) {
  // RFC 3720 appendix B.4, and the check value of the CRC catalogues.
  EXPECT_EQ(Crc32c("123456789"), 0xe3069283u);
  EXPECT_EQ(Crc32c(std::string(32, '\0')), 0x8a9136aau);
  EXPECT_EQ(Crc32c(std::string(32, '\xff')), 0x62a8ab43u);
  EXPECT_EQ(Crc32c(""), 0u);
}

TEST(Crc32cTest, ContinuesWhereItStopped) {
  const std::string text = "the quick brown fox";
  for (size_t cut = 0; cut <= text.size(); ++cut) {
    EXPECT_EQ(Crc32c(text.substr(cut), Crc32c(text.substr(0, cut))),
              Crc32c(text));
  }
}

// docs/formats/records.md: a change here needs a migration.
TEST(RecordsTest, TheBytesOnDiskAreTheDocumentedOnes) {
  v1::TaxonomyInForce message;
  message.set_name("taxonomy1");
  EXPECT_EQ(absl::BytesToHexString(EncodeRecord(message)),
            "019aa8121a0a097461786f6e6f6d7931");
}

TEST(RecordsTest, AMessageComesBack) {
  const std::string bytes = EncodeRecord(Example());
  v1::ChangeSet decoded;
  ASSERT_THAT(DecodeRecord(bytes, &decoded), IsOk());
  EXPECT_EQ(decoded.SerializeAsString(), Example().SerializeAsString());
  EXPECT_EQ(EncodeRecord(decoded), bytes);
}

TEST(RecordsTest, AnEmptyMessageComesBack) {
  v1::ChangeSet decoded = Example();
  ASSERT_THAT(DecodeRecord(EncodeRecord(v1::ChangeSet()), &decoded), IsOk());
  EXPECT_EQ(decoded.entries_size(), 0);
}

TEST(RecordsTest, EveryFlippedBitIsNoticed) {
  const std::string bytes = EncodeRecord(Example());
  for (size_t i = 0; i < bytes.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string damaged = bytes;
      damaged[i] = static_cast<char>(damaged[i] ^ (1 << bit));
      v1::ChangeSet decoded;
      EXPECT_THAT(DecodeRecord(damaged, &decoded),
                  StatusIs(absl::StatusCode::kDataLoss))
          << "byte " << i << " bit " << bit;
    }
  }
}

TEST(RecordsTest, EveryCutAndEveryExtraByteIsNoticed) {
  const std::string bytes = EncodeRecord(Example());
  v1::ChangeSet decoded;
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THAT(DecodeRecord(bytes.substr(0, size), &decoded),
                StatusIs(absl::StatusCode::kDataLoss));
  }
  EXPECT_THAT(DecodeRecord(bytes + '\0', &decoded),
              StatusIs(absl::StatusCode::kDataLoss));
}

TEST(RecordsTest, BytesThatAreNotTheMessageAreNoticed) {
  // Tag 1 with a length, but the string in it is no ChangeEntry.
  v1::StoreKey other;
  other.set_key("\xff\xff\xff");
  v1::ChangeSet decoded;
  EXPECT_THAT(DecodeRecord(EncodeRecord(other), &decoded),
              StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace kugge::storage
