// MatchAll over a socket: what MatchRequirements answers for each person, in a
// stream that can be cut off anywhere and gone on with.
#include <grpcpp/grpcpp.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "gtest/gtest.h"
#include "kugge/v1/match_service.grpc.pb.h"
#include "kugge/v1/profile.pb.h"
#include "kugge/v1/profile_service.pb.h"
#include "services/match/match_all_handler.h"
#include "services/server/server_for_test.h"
#include "tests/integration/market.h"

namespace kugge::integration {
namespace {

using ::google::protobuf::util::MessageDifferencer;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Parts = std::vector<v1::MatchAllResponse>;

constexpr char kMatchAll[] = "MatchService/MatchAll";
constexpr char kOfTenant[] = "parent: 'tenants/t' ";
constexpr char kMora[] = "home { municipality_code: '2062' } ";
constexpr char kUmea[] = "home { municipality_code: '2480' } ";

class MatchAllTest : public MarketTest {
 protected:
  Parts Ask(const std::string& more = "") const {
    const Reply reply =
        client().Stream(kMatchAll, {absl::StrCat(kOfTenant, more)});
    EXPECT_TRUE(reply.ok()) << reply;
    return reply.All<v1::MatchAllResponse>();
  }

  void ExpectRefused(const std::string& text, const std::string& field) const {
    const Reply reply = client().Stream(kMatchAll, {text});
    EXPECT_EQ(reply.code, grpc::StatusCode::INVALID_ARGUMENT) << reply;
    EXPECT_THAT(reply.fields, ElementsAre(field)) << text;
    EXPECT_THAT(reply.answers, IsEmpty());
  }

  // Some are perfect, some lack something, some live far away.
  void MakePeople(int count) const {
    std::vector<std::string> rows = {kOfTenant};
    for (int i = 0; i < count; ++i) {
      const char* home = i % 3 == 0 ? kMora : i % 3 == 1 ? kUmea : "";
      const std::string held = i % 4 == 0 ? Perfect()
                               : i % 4 == 1
                                   ? Skills({kGas}) + Licence(kLicenceB)
                                   : Skills({kDrawings}, i % 8 == 2);
      rows.push_back(absl::StrCat("profile { name: 'tenants/t/profiles/p", i,
                                  "' kind: PROFILE_KIND_JOB_SEEKER ", home,
                                  held, "}"));
    }
    const Reply reply = client().Stream("ProfileService/ImportProfiles", rows);
    ASSERT_TRUE(reply.ok()) << reply;
  }

  // As many more as a batch may make.
  void MakeRequirements(int count) const {
    std::string batch = "parent: 'tenants/t/employers/e' ";
    for (int i = 0; i < count; ++i) {
      absl::StrAppend(&batch, "requests { parent: 'tenants/t/employers/e' ",
                      "requirement_id: 'more-", i, "' requirement { ",
                      RequirementBody(absl::StrCat("positions: ", i + 1)),
                      "} } ");
    }
    Do("EmployerService/BatchCreateRequirements", batch);
  }
};

// Everybody's rows, in order, and what frames them.
std::vector<v1::ProfileMatches> Everybody(const Parts& parts) {
  std::vector<v1::ProfileMatches> all;
  for (const v1::MatchAllResponse& part : parts) {
    all.insert(all.end(), part.profiles().begin(), part.profiles().end());
  }
  return all;
}

std::vector<std::string> TextsOf(const std::vector<v1::ProfileMatches>& all) {
  std::vector<std::string> texts;
  for (const v1::ProfileMatches& one : all) {
    texts.push_back(one.ShortDebugString());
  }
  return texts;
}

void ExpectFramed(const Parts& parts, int64_t before, int64_t total) {
  ASSERT_GE(parts.size(), 2u);
  EXPECT_GT(parts.front().context().revision(), 0);
  EXPECT_THAT(parts.front().profiles(), IsEmpty());
  EXPECT_EQ(parts.front().profiles_done(), before);
  int64_t done = before;
  for (size_t i = 0; i < parts.size(); ++i) {
    const v1::MatchAllResponse& part = parts[i];
    done += part.profiles_size();
    EXPECT_EQ(part.profiles_done(), done);
    EXPECT_EQ(part.profiles_total(), total);
    EXPECT_LE(part.profiles_size(), 100);
    EXPECT_EQ(part.has_context(), i == 0);
    EXPECT_EQ(part.complete(), i + 1 == parts.size());
    EXPECT_EQ(part.resume_token().empty(), part.profiles().empty());
  }
  EXPECT_EQ(done, total);
}

TEST_F(MatchAllTest, EachPersonHasTheRowsOfMatchRequirements) {
  MakePeople(130);
  MakeRequirements(20);
  for (const std::string& more : std::vector<std::string>{
           "", "eligible_only: true ", "filter: 'positions > 7' ",
           "filter: 'municipality_code = 2062'"}) {
    const Parts parts = Ask(more);
    ExpectFramed(parts, 0, 130);
    std::set<std::string> seen;
    for (const v1::ProfileMatches& one : Everybody(parts)) {
      EXPECT_TRUE(seen.insert(one.profile()).second) << one.profile();
      const auto alone = Do<v1::MatchRequirementsResponse>(
          "MatchService/MatchRequirements",
          absl::StrCat("profile: '", one.profile(), "' ", more));
      ASSERT_EQ(one.matches_size(), alone.matches_size()) << one.profile();
      for (int i = 0; i < one.matches_size(); ++i) {
        const v1::RankedRequirement& row = one.matches(i);
        const v1::Match& expected = alone.matches(i);
        EXPECT_EQ(row.requirement(), expected.name());
        EXPECT_EQ(row.eligibility(), expected.eligibility());
        EXPECT_EQ(row.score(), expected.score());
        EXPECT_EQ(row.potential_score(), expected.potential_score());
        EXPECT_EQ(row.reverse_score(), expected.reverse_score());
        EXPECT_EQ(row.order_key(), expected.order_key());
      }
      EXPECT_TRUE(
          MessageDifferencer::Equals(parts.front().context(), alone.context()));
    }
    EXPECT_EQ(seen.size(), 130u);
  }
}

TEST_F(MatchAllTest, NumbersAreThoseOfTheDocument) {
  MakePerson("perfect", Perfect());
  MakePerson("unfit", Skills({kDrawings}, true));
  const auto all = Everybody(Ask());
  ASSERT_EQ(all.size(), 2u);
  std::map<std::string, std::string> rows;
  for (const auto& one : all) {
    rows[one.profile()] =
        one.matches().empty() ? "" : one.matches(0).ShortDebugString();
  }
  EXPECT_THAT(
      rows,
      ElementsAre(std::pair("tenants/t/profiles/perfect",
                            absl::Substitute("requirement: \"$0\" "
                                             "eligibility: "
                                             "ELIGIBILITY_ELIGIBLE score: "
                                             "8500 potential_score: 8500 "
                                             "order_key: 85000",
                                             kRequirement)),
                  std::pair("tenants/t/profiles/unfit", "")));
}

TEST_F(MatchAllTest, NobodyIsACompleteStream) {
  const Parts parts = Ask();
  ExpectFramed(parts, 0, 0);
  EXPECT_EQ(parts.size(), 2u);
}

TEST_F(MatchAllTest, APersonAloneIsOneBatch) {
  MakePerson("p", Perfect());
  const Parts parts = Ask();
  ExpectFramed(parts, 0, 1);
  EXPECT_EQ(parts.size(), 3u);
}

TEST_F(MatchAllTest, RowsAreAsManyAsAskedAndAtMostAHundred) {
  MakePeople(5);
  MakeRequirements(130);
  for (const auto& [asked, rows] :
       std::map<int, int>{{0, 10}, {1, 1}, {100, 100}, {101, 100}}) {
    for (const auto& one :
         Everybody(Ask(absl::StrCat("rows_per_profile: ", asked)))) {
      if (one.matches().empty()) continue;
      EXPECT_EQ(one.matches_size(), rows);
    }
  }
}

TEST_F(MatchAllTest, PeopleAreFilteredAndOtherTenantsLeftOut) {
  MakeTenant("u");
  MakePerson("theirs", Perfect(), "u");
  MakePeople(30);
  EXPECT_EQ(Everybody(Ask()).size(), 30u);
  const std::string mora = "profile_filter: 'municipality_code = 2062' ";
  ExpectFramed(Ask(mora), 0, 10);
  for (const auto& one : Everybody(Ask(mora))) {
    EXPECT_EQ(Do<v1::Profile>("ProfileService/GetProfile",
                              absl::StrCat("name: '", one.profile(), "'"))
                  .home()
                  .municipality_code(),
              "2062");
  }
  ExpectFramed(Ask("profile_filter: 'kind = STUDENT'"), 0, 0);
}

// 100 rows a person make batches of 20 people.
TEST_F(MatchAllTest, GoingOnAfterAnyBatchGivesTheRest) {
  MakePeople(70);
  MakeRequirements(5);
  const std::string question = "rows_per_profile: 100 ";
  const Parts parts = Ask(question);
  const std::vector<std::string> all = TextsOf(Everybody(parts));
  ASSERT_EQ(parts.size(), 6u);
  for (size_t cut = 1; cut + 1 < parts.size(); ++cut) {
    const int64_t done = parts[cut].profiles_done();
    const Parts rest = Ask(absl::StrCat(question, "resume_token: '",
                                        parts[cut].resume_token(), "'"));
    ExpectFramed(rest, done, 70);
    EXPECT_FALSE(rest.front().revision_changed());
    EXPECT_EQ(TextsOf(Everybody(rest)),
              std::vector(all.begin() + done, all.end()));
  }
}

TEST_F(MatchAllTest, AResumedStreamSeesWhatChangedAndSaysSo) {
  MakePeople(70);
  const std::string question = "rows_per_profile: 100 ";
  const Parts before = Ask(question);
  const std::string token = before[1].resume_token();
  // One who was answered, one who wasn't, and one who is new.
  const std::string answered = before[1].profiles(3).profile();
  const std::string next = before[2].profiles(0).profile();
  Do("ProfileService/DeleteProfile", absl::StrCat("name: '", answered, "'"));
  Do("ProfileService/DeleteProfile", absl::StrCat("name: '", next, "'"));
  MakeRequirement("newer", RequirementBody());
  const Parts after =
      Ask(absl::StrCat(question, "resume_token: '", token, "'"));
  ExpectFramed(after, 19, 68);
  EXPECT_TRUE(after.front().revision_changed());
  EXPECT_GT(after.front().context().revision(),
            before.front().context().revision());
  EXPECT_EQ(after[1].profiles(0).profile(), before[2].profiles(1).profile());
  for (const auto& one : Everybody(after)) {
    EXPECT_TRUE(one.matches_size() == 0 || one.matches_size() == 2)
        << one.ShortDebugString();
  }
}

TEST_F(MatchAllTest, AnyNumberOfThreadsAndARestartGiveTheSameStream) {
  MakePeople(250);
  MakeRequirements(10);
  const std::vector<std::string> expected = TextsOf(Everybody(Ask()));
  for (const int threads : {1, 5}) {
    Restart([&](config::v1::ServerConfig& config) {
      config.set_batch_threads(threads);
    });
    EXPECT_EQ(TextsOf(Everybody(Ask())), expected);
  }
}

TEST_F(MatchAllTest, WrongArgumentsAreNamed) {
  MakePeople(3);
  MakeTenant("u");
  Do("TenantService/CreateStrategy",
     "parent: 'tenants/u' strategy_id: 's' strategy { }");
  ExpectRefused("", "parent");
  ExpectRefused("parent: 'tenants/t/profiles/p'", "parent");
  const auto refused = [&](const std::string& more, const std::string& field) {
    ExpectRefused(absl::StrCat(kOfTenant, more), field);
  };
  refused("strategy: 'tenants/u/strategies/s'", "strategy");
  refused("filter: 'wage > 3'", "filter");
  refused("profile_filter: 'positions > 3'", "profile_filter");
  refused("rows_per_profile: -1", "rows_per_profile");
  refused("resume_token: 'nonsense'", "resume_token");
  const std::string token = Ask()[1].resume_token();
  // Of another question, and of another method.
  refused(absl::StrCat("rows_per_profile: 3 resume_token: '", token, "'"),
          "resume_token");
  refused(absl::StrCat("eligible_only: true resume_token: '", token, "'"),
          "resume_token");
  const std::string page =
      Do<v1::ListProfilesResponse>("ProfileService/ListProfiles",
                                   absl::StrCat(kOfTenant, "page_size: 1"))
          .next_page_token();
  refused(absl::StrCat("resume_token: '", page, "'"), "resume_token");
  EXPECT_EQ(client().Stream(kMatchAll, {"parent: 'tenants/nobody'"}).code,
            grpc::StatusCode::NOT_FOUND);
}

TEST_F(MatchAllTest, ATokenOfOtherWeightsIsRefused) {
  MakePeople(3);
  Do("TenantService/CreateStrategy",
     absl::StrCat(kOfTenant, "strategy_id: 's' strategy { }"));
  const std::string question = "strategy: 'tenants/t/strategies/s' ";
  const Parts parts = Ask(question);
  EXPECT_EQ(parts.front().context().strategy(), "tenants/t/strategies/s");
  const std::string go_on =
      absl::StrCat(question, "resume_token: '", parts[1].resume_token(), "'");
  ExpectFramed(Ask(go_on), 3, 3);
  Do("TenantService/UpdateStrategy",
     "strategy { name: 'tenants/t/strategies/s' maximum_near_misses: 2 } "
     "update_mask { paths: 'maximum_near_misses' }");
  ExpectRefused(absl::StrCat(kOfTenant, go_on), "resume_token");
}

// A stream whose client read its first message and nothing more. The rest is
// more than its window holds, so it waits.
class OpenStream {
 public:
  explicit OpenStream(const std::string& address)
      : stub_(v1::MatchService::NewStub(server::ChannelTo(address))) {
    server::SetDeadline(&context_);
    reader_ =
        stub_->MatchAll(&context_, Text<v1::MatchAllRequest>(absl::StrCat(
                                       kOfTenant, "rows_per_profile: 100")));
  }

  bool Read() { return reader_->Read(&part_); }
  const v1::MatchAllResponse& part() const { return part_; }
  grpc::Status Finish() {
    while (Read()) {
    }
    return reader_->Finish();
  }
  void Cancel() { context_.TryCancel(); }

 private:
  grpc::ClientContext context_;
  const std::unique_ptr<v1::MatchService::Stub> stub_;
  std::unique_ptr<grpc::ClientReader<v1::MatchAllResponse>> reader_;
  v1::MatchAllResponse part_;
};

class LongMatchAllTest : public MatchAllTest {
 protected:
  // About 3 MB of rows.
  LongMatchAllTest() {
    MakePeople(800);
    MakeRequirements(100);
  }
  std::unique_ptr<OpenStream> Open() {
    auto stream = std::make_unique<OpenStream>(server().addresses().api);
    EXPECT_TRUE(stream->Read());
    return stream;
  }
};

TEST_F(LongMatchAllTest, AThirdStreamIsToldWhenToTryAgain) {
  std::vector<std::unique_ptr<OpenStream>> streams;
  for (int i = 0; i < match::kMostMatchAllsAtOnce; ++i) {
    streams.push_back(Open());
  }
  OpenStream third(server().addresses().api);
  EXPECT_FALSE(third.Read());
  const grpc::Status refused = third.Finish();
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  google::rpc::Status rich;
  ASSERT_TRUE(rich.ParseFromString(refused.error_details()));
  bool says_when = false;
  for (const auto& detail : rich.details()) {
    says_when = says_when || detail.Is<google::rpc::RetryInfo>();
  }
  EXPECT_TRUE(says_when);
  // Calls are answered meanwhile, and there is room again after one.
  EXPECT_EQ(Requirements("p0").matches_size(), 10);
  EXPECT_TRUE(streams.front()->Finish().ok());
  EXPECT_TRUE(streams.front()->part().complete());
  ExpectFramed(Ask(), 0, 800);
}

TEST_F(LongMatchAllTest, AClientThatIsGoneMakesRoom) {
  for (int i = 0; i < match::kMostMatchAllsAtOnce; ++i) {
    const auto stream = Open();
    stream->Cancel();
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  // The news takes a moment to reach the server.
  Reply reply;
  do {
    reply = client().Stream(kMatchAll, {kOfTenant});
  } while (reply.code == grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_TRUE(reply.ok()) << reply;
}

TEST_F(LongMatchAllTest, AStopEndsTheStreamAndItCanBeGoneOnWith) {
  const auto health = grpc::health::v1::Health::NewStub(
      server::ChannelTo(server().addresses().health));
  grpc::ClientContext context;
  server::SetDeadline(&context);
  grpc::health::v1::HealthCheckRequest ready;
  ready.set_service("kugge.ready");
  const auto watch = health->Watch(&context, ready);
  grpc::health::v1::HealthCheckResponse response;
  ASSERT_TRUE(watch->Read(&response));

  const auto stream = Open();
  ASSERT_TRUE(stream->Read());
  std::thread stop([this] { server().Stop(); });
  ASSERT_TRUE(watch->Read(&response));
  std::vector<std::string> all;
  std::string token;
  do {
    for (const v1::ProfileMatches& one : stream->part().profiles()) {
      all.push_back(one.ShortDebugString());
    }
    token = stream->part().resume_token();
  } while (stream->Read());
  const grpc::Status ended = stream->Finish();
  EXPECT_EQ(ended.error_code(), grpc::StatusCode::UNAVAILABLE)
      << ended.error_message();
  stop.join();

  Restart();
  EXPECT_LT(all.size(), 800u);
  const std::string question = "rows_per_profile: 100 ";
  for (const v1::ProfileMatches& one :
       Everybody(Ask(absl::StrCat(question, "resume_token: '", token, "'")))) {
    all.push_back(one.ShortDebugString());
  }
  EXPECT_EQ(all, TextsOf(Everybody(Ask(question))));
}

}  // namespace
}  // namespace kugge::integration
