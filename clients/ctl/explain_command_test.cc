// `explain` through the whole program, against a server on loopback that
// answers one line in the language that it is asked in.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/ctl/served_for_test.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kugge/v1/match_service.grpc.pb.h"

namespace kugge::ctl {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// Longer than a terminal is wide.
std::string LongSentence() {
  return absl::StrCat("TIG: ", std::string(300, 'x'), ". Ask: Since when?");
}

class Explainer final : public v1::MatchService::Service {
 public:
  grpc::Status ExplainMatch(grpc::ServerContext* context,
                            const v1::ExplainMatchRequest*,
                            v1::ExplainMatchResponse* response) override {
    const auto found = context->client_metadata().find("accept-language");
    language = found == context->client_metadata().end()
                   ? ""
                   : std::string(found->second.data(), found->second.size());
    v1::Match* match = response->mutable_match();
    match->set_score(900);
    v1::Contribution* line = match->add_contributions();
    line->set_kind(v1::DEMAND_KIND_SKILL);
    line->set_weight(3000);
    line->set_credit(300);
    line->set_contribution(900);
    line->set_outcome(v1::DEMAND_OUTCOME_PARTLY);
    line->set_sentence(LongSentence());
    return grpc::Status::OK;
  }

  std::string language;
};

class ExplainCommandTest : public ServedTest<Explainer> {
 protected:
  int RunExplain(std::vector<std::string> words) {
    words.insert(words.begin(), {"explain", "x", "e/r"});
    return Run(std::move(words));
  }
};

TEST_F(ExplainCommandTest, EachLineIsItsPointsAndTheWholeSentence) {
  EXPECT_EQ(RunExplain({}), 0) << err_;
  EXPECT_THAT(
      out_,
      AllOf(HasSubstr(absl::StrCat("9.00   30.00   0.300  partly   ",
                                   LongSentence(), "\n")),
            HasSubstr("  9.00   30.00          total"), Not(HasSubstr("…"))));
}

TEST_F(ExplainCommandTest, TheLanguageIsAskedFor) {
  EXPECT_EQ(RunExplain({}), 0) << err_;
  EXPECT_EQ(service_.language, "en");
  EXPECT_EQ(RunExplain({"--language=sv"}), 0) << err_;
  EXPECT_EQ(service_.language, "sv");
  EXPECT_EQ(RunExplain({"--language=fr"}), 2);
  EXPECT_THAT(err_, HasSubstr("--language is sv or en"));
}

}  // namespace
}  // namespace kugge::ctl
