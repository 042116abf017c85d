#include "storage/records.h"

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
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

TEST(Crc32cTest, IsTheSameWithAndWithoutAnInstructionForIt) {
  std::string text;
  for (uint32_t i = 0; i < 300; ++i) {
    EXPECT_EQ(Crc32cByTable(text, i), Crc32c(text, i)) << i;
    text.push_back(static_cast<char>(i * 37));
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

TEST(RecordsTest, FieldsComeBackAlone) {
  v1::RequestEntry message;
  message.set_request_digest("digest");
  message.add_resource_names("tenants/t/profiles/p");
  message.add_resource_names("tenants/t/profiles/q");
  message.mutable_commit_time()->set_seconds(5);
  const std::string bytes = EncodeRecord(message);
  v1::RequestEntry names;
  names.set_request_digest("from before");
  ASSERT_THAT(DecodeRecordFields(
                  bytes, {v1::RequestEntry::kResourceNamesFieldNumber}, &names),
              IsOk());
  v1::RequestEntry wanted;
  *wanted.mutable_resource_names() = message.resource_names();
  EXPECT_EQ(names.SerializeAsString(), wanted.SerializeAsString());
  v1::RequestEntry others;
  ASSERT_THAT(DecodeRecordFields(bytes,
                                 {v1::RequestEntry::kRequestDigestFieldNumber,
                                  v1::RequestEntry::kCommitTimeFieldNumber},
                                 &others),
              IsOk());
  others.MergeFrom(names);
  EXPECT_EQ(others.SerializeAsString(), message.SerializeAsString());
  v1::RequestEntry none;
  ASSERT_THAT(DecodeRecordFields(bytes, {}, &none), IsOk());
  EXPECT_EQ(none.ByteSizeLong(), 0u);
}

// A record of these bytes, whatever they say.
std::string RecordOf(absl::string_view payload) {
  const std::string version("\x01");
  const uint32_t checksum = Crc32c(payload, Crc32c(version));
  std::string bytes = version;
  for (int i = 0; i < 4; ++i) {
    bytes.push_back(static_cast<char>((checksum >> (8 * i)) & 0xff));
  }
  return absl::StrCat(bytes, payload);
}

TEST(RecordsTest, FieldsOfEveryTypeAreSteppedOver) {
  const std::string bytes =
      RecordOf(absl::string_view("\x28\xac\x02"  // 5: a varint
                                 "\x31\x12\x12"  // 6: eight bytes
                                 "\x12\x12\x12\x12\x12\x12"
                                 "\x12\x01"
                                 "a"                     // 2
                                 "\x3d\x12\x12\x12\x12"  // 7: four bytes
                                 "\x42\x02\x12\x00",     // 8: a string
                                 24));
  v1::RequestEntry names;
  ASSERT_THAT(DecodeRecordFields(
                  bytes, {v1::RequestEntry::kResourceNamesFieldNumber}, &names),
              IsOk());
  EXPECT_THAT(names.resource_names(), testing::ElementsAre("a"));
  EXPECT_EQ(names.ByteSizeLong(), 3u);
}

TEST(RecordsTest, FieldsOfBytesThatAreNoMessageAreRefused) {
  for (const absl::string_view payload :
       {absl::string_view("\x12"),
        absl::string_view("\x12\x03"
                          "ab"),
        absl::string_view("\x00\x01", 2), absl::string_view("\x28"),
        absl::string_view("\x31\x01\x02"), absl::string_view("\x3d\x01"),
        absl::string_view("\x2b"), absl::string_view("\x2e"),
        absl::string_view("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")}) {
    v1::RequestEntry decoded;
    EXPECT_THAT(DecodeRecordFields(RecordOf(payload), {2}, &decoded),
                StatusIs(absl::StatusCode::kDataLoss))
        << absl::BytesToHexString(payload);
  }
  v1::RequestEntry decoded;
  EXPECT_THAT(DecodeRecordFields(RecordOf("\x12\x01"
                                          "a")
                                     .substr(1),
                                 {2}, &decoded),
              StatusIs(absl::StatusCode::kDataLoss));
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
