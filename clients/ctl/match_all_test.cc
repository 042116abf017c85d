// `match all` through the whole program, against a server on loopback that
// answers as the API says and can be cut off.
#include <signal.h>

#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/ctl/match_all_command.h"
#include "clients/ctl/run.h"
#include "gmock/gmock.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "gtest/gtest.h"
#include "kugge/v1/match_service.grpc.pb.h"

namespace kugge::ctl {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// Answers about six people, two a batch.
class Matches final : public v1::MatchService::Service {
 public:
  grpc::Status MatchAll(
      grpc::ServerContext* context, const v1::MatchAllRequest* request,
      grpc::ServerWriter<v1::MatchAllResponse>* writer) override {
    asked = *request;
    v1::MatchAllResponse part;
    part.set_profiles_total(6);
    part.mutable_context()->set_strategy("default");
    part.set_revision_changed(!request->resume_token().empty());
    writer->Write(part);
    const int begin = request->resume_token().empty()
                          ? 0
                          : std::stoi(request->resume_token());
    for (int done = begin; done < 6; done += 2) {
      if (done == fail_at) return {grpc::StatusCode::UNAVAILABLE, "stopping"};
      while (done == wait_at && !context->IsCancelled()) {
      }
      part.Clear();
      part.set_profiles_total(6);
      part.set_profiles_done(done + 2);
      part.set_resume_token(absl::StrCat(done + 2));
      for (int i = done; i < done + 2; ++i) AddPerson(i, &part);
      writer->Write(part);
    }
    part.Clear();
    part.set_profiles_total(6);
    part.set_profiles_done(6);
    part.set_complete(!ends_early);
    writer->Write(part);
    return grpc::Status::OK;
  }

  v1::MatchAllRequest asked;
  int fail_at = -1;
  // Waits there for the client to be gone.
  int wait_at = -1;
  bool ends_early = false;

 private:
  // The odd ones fit nowhere.
  static void AddPerson(int i, v1::MatchAllResponse* part) {
    v1::ProfileMatches* one = part->add_profiles();
    one->set_profile(absl::StrCat("tenants/demo/profiles/p", i));
    if (i % 2 == 1) return;
    v1::RankedRequirement* row = one->add_matches();
    row->set_requirement("tenants/demo/employers/e/requirements/r");
    row->set_eligibility(v1::ELIGIBILITY_UNCERTAIN);
    row->set_score(8734);
  }
};

// Somebody presses Ctrl-C when the first batch has been written.
class InterruptedOutput : public std::stringbuf {
 protected:
  int sync() override {
    if (!pressed_) raise(SIGINT);
    pressed_ = true;
    return 0;
  }

 private:
  bool pressed_ = false;
};

class MatchAllTest : public testing::Test {
 protected:
  void SetUp() override {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                             &port_);
    builder.RegisterService(&matches_);
    server_ = builder.BuildAndStart();
    ASSERT_NE(server_, nullptr);
  }

  int RunWords(std::vector<std::string> words) {
    std::stringbuf buffer;
    const int code = RunWords(std::move(words), &buffer);
    out_ = buffer.str();
    return code;
  }
  int RunWords(std::vector<std::string> words, std::stringbuf* buffer) {
    words.insert(words.begin(), {"match", "all"});
    words.push_back(absl::StrCat("--address=127.0.0.1:", port_));
    std::istringstream in;
    std::ostream out(buffer);
    std::ostringstream err;
    const int code = RunCommandLine(words, {in, out, err});
    err_ = err.str();
    return code;
  }

  Matches matches_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
  std::string out_;
  std::string err_;
};

TEST_F(MatchAllTest, AsksWhatItsFlagsSay) {
  EXPECT_EQ(RunWords({"--parent=mora", "--rows=3", "--filter=positions > 2",
                      "--profile-filter=kind = STUDENT", "--strategy=s",
                      "--eligible-only", "--resume=4"}),
            0)
      << err_;
  EXPECT_EQ(matches_.asked.parent(), "tenants/mora");
  EXPECT_EQ(matches_.asked.rows_per_profile(), 3);
  EXPECT_EQ(matches_.asked.filter(), "positions > 2");
  EXPECT_EQ(matches_.asked.profile_filter(), "kind = STUDENT");
  EXPECT_EQ(matches_.asked.strategy(), "tenants/mora/strategies/s");
  EXPECT_TRUE(matches_.asked.eligible_only());
  EXPECT_EQ(matches_.asked.resume_token(), "4");
  EXPECT_THAT(err_, HasSubstr("The data changed"));
}

TEST_F(MatchAllTest, ATableHasALineForEachRow) {
  EXPECT_EQ(RunWords({}), 0) << err_;
  EXPECT_EQ(matches_.asked.parent(), "tenants/demo");
  EXPECT_THAT(
      out_,
      AllOf(HasSubstr("person"),
            HasSubstr("tenants/demo/profiles/p4  1  uncertain     87.34"),
            HasSubstr("tenants/demo/profiles/p5     nothing fits"),
            HasSubstr("6 people, 3 rows in "), HasSubstr("strategy default")));
}

TEST_F(MatchAllTest, JsonIsAPersonALineAndNothingElse) {
  EXPECT_EQ(RunWords({"--output=json"}), 0) << err_;
  EXPECT_THAT(out_,
              AllOf(HasSubstr("{\"profile\":\"tenants/demo/profiles/p1\"}\n"),
                    HasSubstr("\"eligibility\":\"ELIGIBILITY_UNCERTAIN\""),
                    Not(HasSubstr("people"))));
  EXPECT_THAT(err_, AllOf(HasSubstr("6 people, 3 rows in "),
                          Not(HasSubstr("--resume"))));
}

TEST_F(MatchAllTest, AStreamThatIsCutOffSaysHowToGoOn) {
  matches_.fail_at = 4;
  EXPECT_EQ(RunWords({"--output=json"}), 1);
  EXPECT_THAT(err_, AllOf(HasSubstr("4 of 6 people are done"),
                          HasSubstr("--resume 4\n"),
                          HasSubstr("error: UNAVAILABLE: stopping")));
  const std::string first = out_;
  matches_.fail_at = -1;
  EXPECT_EQ(RunWords({"--output=json", "--resume=4"}), 0) << err_;
  const std::string both = first + out_;
  EXPECT_EQ(RunWords({"--output=json"}), 0) << err_;
  EXPECT_EQ(both, out_);
}

TEST_F(MatchAllTest, AnInterruptionSaysHowToGoOn) {
  matches_.wait_at = 2;
  InterruptedOutput output;
  EXPECT_EQ(RunWords({}, &output), 1);
  EXPECT_THAT(err_, AllOf(HasSubstr("2 of 6 people are done"),
                          HasSubstr("--resume 2\n"), HasSubstr("interrupted")));
}

TEST_F(MatchAllTest, AStreamThatDoesNotSayItIsCompleteIsNot) {
  matches_.ends_early = true;
  EXPECT_EQ(RunWords({}), 1);
  EXPECT_THAT(err_, HasSubstr("ended before everybody"));
}

TEST(ProgressTextTest, ShowsShareRateAndTimeLeft) {
  EXPECT_EQ(
      ProgressText({.done = 500'000, .total = 1'000'000, .answered = 420'000},
                   absl::Seconds(20)),
      "[###############...............]  50 %  500000 of 1000000 people"
      "  21000 people/s  24 s left");
  EXPECT_EQ(
      ProgressText({}, absl::ZeroDuration()),
      "[##############################] 100 %  0 of 0 people  0 people/s");
}

}  // namespace
}  // namespace kugge::ctl
