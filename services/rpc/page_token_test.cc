#include "services/rpc/page_token.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "kugge/v1/employer_service.pb.h"
#include "kugge/v1/profile_service.pb.h"
#include "services/rpc/errors.h"

namespace kugge::rpc {
namespace {

constexpr char kPayload[] = "tenants/mora/profiles/secret-id";

PageTokens::Key KeyOf(uint8_t seed) {
  PageTokens::Key key;
  key.fill(seed);
  return key;
}

v1::ListProfilesRequest Request() {
  v1::ListProfilesRequest request;
  request.set_parent("tenants/mora");
  request.set_filter("kind = STUDENT");
  request.set_page_size(10);
  return request;
}

void ExpectRefused(const absl::StatusOr<std::string>& answer) {
  ASSERT_EQ(answer.status().code(), absl::StatusCode::kInvalidArgument);
  ASSERT_EQ(ViolationsOf(answer.status()).size(), 1);
  EXPECT_EQ(ViolationsOf(answer.status())[0].path, "page_token");
}

TEST(PageTokenTest, ATokenComesBackAsItsPayload) {
  const PageTokens tokens(KeyOf(1));
  for (const std::string& payload :
       {std::string(), std::string(kPayload), std::string("\0\xff", 2)}) {
    const auto answer =
        tokens.Decode(tokens.Encode(payload, Request()), Request());
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(*answer, payload);
  }
}

TEST(PageTokenTest, TheNextPageMayHaveAnotherSize) {
  const PageTokens tokens(KeyOf(1));
  v1::ListProfilesRequest next = Request();
  next.set_page_size(500);
  next.set_page_token(tokens.Encode(kPayload, Request()));
  const auto answer = tokens.Decode(next.page_token(), next);
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(*answer, kPayload);
}

TEST(PageTokenTest, OtherArgumentsOrMethodsAreRefused) {
  const PageTokens tokens(KeyOf(1));
  const std::string token = tokens.Encode(kPayload, Request());
  v1::ListProfilesRequest other = Request();
  other.set_parent("tenants/orsa");
  ExpectRefused(tokens.Decode(token, other));
  other = Request();
  other.set_filter("");
  ExpectRefused(tokens.Decode(token, other));
  // The same bytes as another method's request.
  v1::ListEmployersRequest twin;
  ASSERT_TRUE(twin.ParseFromString(Request().SerializeAsString()));
  ExpectRefused(tokens.Decode(token, twin));
}

// As a newer client sends: so many groups within each other, of a field that
// no request has, and one in the innermost.
std::string UnknownGroups(size_t depth, char innermost) {
  constexpr char kBegin[] = "\xa3\x3e";  // field 996, wire type 3
  constexpr char kEnd[] = "\xa4\x3e";    // field 996, wire type 4
  std::string bytes;
  for (size_t i = 0; i < depth; ++i) bytes += kBegin;
  bytes += std::string("\xa0\x3e") + innermost;  // field 996, a number
  for (size_t i = 0; i < depth; ++i) bytes += kEnd;
  return bytes;
}

TEST(PageTokenTest, UnknownArgumentsCountHoweverDeep) {
  const PageTokens tokens(KeyOf(1));
  size_t deepest = 0;
  for (size_t depth = 0; depth < 200; ++depth) {
    v1::ListProfilesRequest request = Request();
    v1::ListProfilesRequest other = Request();
    if (!request.MergeFromString(UnknownGroups(depth, 1))) break;
    ASSERT_TRUE(other.MergeFromString(UnknownGroups(depth, 2)));
    deepest = depth;
    const std::string token = tokens.Encode(kPayload, request);
    EXPECT_TRUE(tokens.Decode(token, request).ok()) << depth;
    ExpectRefused(tokens.Decode(token, other));
    ExpectRefused(tokens.Decode(token, Request()));
    request.set_page_size(500);
    EXPECT_TRUE(tokens.Decode(token, request).ok()) << depth;
  }
  EXPECT_GT(deepest, 50);
}

TEST(PageTokenTest, AnotherKeyRefusesIt) {
  const std::string token = PageTokens(KeyOf(1)).Encode(kPayload, Request());
  ExpectRefused(PageTokens(KeyOf(2)).Decode(token, Request()));
}

TEST(PageTokenTest, EveryBitAndEveryCharacterCounts) {
  const PageTokens tokens(KeyOf(1));
  const std::string token = tokens.Encode(kPayload, Request());
  std::string bytes;
  ASSERT_TRUE(absl::WebSafeBase64Unescape(token, &bytes));
  for (size_t i = 0; i < bytes.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = bytes;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      ExpectRefused(
          tokens.Decode(absl::WebSafeBase64Escape(changed), Request()));
    }
  }
  for (size_t i = 0; i < token.size(); ++i) {
    for (int c = 1; c < 256; ++c) {
      std::string changed = token;
      changed[i] = static_cast<char>(changed[i] ^ c);
      ASSERT_FALSE(tokens.Decode(changed, Request()).ok()) << changed;
    }
    ExpectRefused(tokens.Decode(token.substr(0, i), Request()));
  }
  ExpectRefused(tokens.Decode(token + "A", Request()));
  ExpectRefused(tokens.Decode(token + "=", Request()));
  ExpectRefused(tokens.Decode(token + " ", Request()));
}

TEST(PageTokenTest, RandomTextsAreRefused) {
  const PageTokens tokens(KeyOf(1));
  std::mt19937 random(7);
  for (int round = 0; round < 10'000; ++round) {
    std::string text(random() % 120, '\0');
    for (char& c : text) c = static_cast<char>(random());
    ASSERT_FALSE(tokens.Decode(text, Request()).ok());
    ASSERT_FALSE(
        tokens.Decode(absl::WebSafeBase64Escape(text), Request()).ok());
  }
}

TEST(PageTokenTest, ATokenIsUnreadableAndNeverTheSame) {
  const PageTokens tokens(KeyOf(1));
  const std::string token = tokens.Encode(kPayload, Request());
  std::string bytes;
  ASSERT_TRUE(absl::WebSafeBase64Unescape(token, &bytes));
  EXPECT_FALSE(absl::StrContains(bytes, "secret"));
  EXPECT_FALSE(absl::StrContains(bytes, "mora"));
  EXPECT_NE(token, tokens.Encode(kPayload, Request()));
}

}  // namespace
}  // namespace kugge::rpc
