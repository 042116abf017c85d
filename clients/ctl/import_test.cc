// Imports through the whole program, against a server on loopback that answers
// as the API says and keeps what it got.
#include <unistd.h>

#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/ctl/run.h"
#include "gmock/gmock.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "gtest/gtest.h"
#include "kugge/v1/profile_service.grpc.pb.h"
#include "kugge/v1/tenant_service.grpc.pb.h"

namespace kugge::ctl {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

using RowStream = grpc::ServerReaderWriter<v1::ImportProfilesResponse,
                                           v1::ImportProfilesRequest>;

// Refuses rows without a kind; fails after `fail_after` rows.
class Profiles final : public v1::ProfileService::Service {
 public:
  grpc::Status ImportProfiles(grpc::ServerContext*,
                              RowStream* stream) override {
    v1::ImportProfilesRequest request;
    for (int count = 0; stream->Read(&request); ++count) {
      if (count == fail_after) {
        return grpc::Status(grpc::StatusCode::UNAVAILABLE, "stopping");
      }
      if (count == 0) {
        first = request;
      } else if (!request.parent().empty() || request.validate_only()) {
        options_repeated = true;
      }
      v1::ImportProfilesResponse response;
      response.set_row(request.row());
      if (request.profile().kind() == v1::PROFILE_KIND_UNSPECIFIED) {
        response.set_verdict(v1::IMPORT_VERDICT_REFUSED);
        auto* violation = response.add_violations();
        violation->set_field("kind");
        violation->set_description("is required");
      } else {
        response.set_name(request.profile().name());
        response.set_verdict(first.validate_only()
                                 ? v1::IMPORT_VERDICT_VALID
                                 : v1::IMPORT_VERDICT_CREATED);
      }
      stream->Write(response);
    }
    return grpc::Status::OK;
  }

  int fail_after = -1;
  v1::ImportProfilesRequest first;
  bool options_repeated = false;
};

class Tenants final : public v1::TenantService::Service {
 public:
  grpc::Status CreateTenant(grpc::ServerContext*,
                            const v1::CreateTenantRequest* request,
                            v1::Tenant* response) override {
    if (request->tenant().display_name().empty()) {
      return grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "no name");
    }
    if (kept.count(request->tenant_id()) > 0) {
      return grpc::Status(grpc::StatusCode::ALREADY_EXISTS, "it is there");
    }
    *response = request->tenant();
    response->set_name(absl::StrCat("tenants/", request->tenant_id()));
    kept[request->tenant_id()] = response->display_name();
    return grpc::Status::OK;
  }
  grpc::Status UpdateTenant(grpc::ServerContext*,
                            const v1::UpdateTenantRequest* request,
                            v1::Tenant* response) override {
    *response = request->tenant();
    kept[request->tenant().name().substr(8)] = response->display_name();
    masks.push_back(request->update_mask().paths(0));
    return grpc::Status::OK;
  }

  std::map<std::string, std::string> kept;
  std::vector<std::string> masks;
};

class ImportTest : public testing::Test {
 protected:
  void SetUp() override {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                             &port_);
    builder.RegisterService(&profiles_);
    builder.RegisterService(&tenants_);
    server_ = builder.BuildAndStart();
    ASSERT_NE(server_, nullptr);
  }

  std::string TempPath(const std::string& name) const {
    return absl::StrCat(testing::TempDir(), "/ctl_import_", getpid(), "_",
                        name);
  }

  std::string WriteLines(const std::string& text) const {
    const std::string path = TempPath("rows.jsonl");
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  int RunWords(std::vector<std::string> words, const std::string& in = "") {
    words.push_back(absl::StrCat("--address=127.0.0.1:", port_));
    std::istringstream input(in);
    std::ostringstream out, err;
    const int code = RunCommandLine(words, {input, out, err});
    out_ = out.str();
    err_ = err.str();
    return code;
  }

  Profiles profiles_;
  Tenants tenants_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
  std::string out_;
  std::string err_;
};

std::string Row(int i) {
  return absl::StrCat("{\"name\":\"tenants/demo/profiles/p", i,
                      "\",\"kind\":\"PROFILE_KIND_JOB_SEEKER\"}\n");
}

std::vector<std::string> Lines(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

TEST_F(ImportTest, MalformedAndRefusedRowsAreNamedAndTheRestGoesOn) {
  const std::string path =
      WriteLines(absl::StrCat(Row(1), "{\"kind\":\n", "\n", "{}\n", Row(5)));
  EXPECT_EQ(RunWords({"profile", "import", path}), 1);
  EXPECT_THAT(out_, HasSubstr("line 2: not a Profile in JSON"));
  EXPECT_THAT(out_, HasSubstr("line 4: kind: is required\n"));
  EXPECT_THAT(out_, HasSubstr("2 created, 0 replaced, 2 refused"));
  EXPECT_THAT(err_, HasSubstr("2 rows were refused; the others are imported"));
  EXPECT_EQ(profiles_.first.parent(), "tenants/demo");
  EXPECT_FALSE(profiles_.options_repeated);
}

TEST_F(ImportTest, TheJournalHoldsEveryVerdict) {
  const std::string journal = TempPath("verdicts.jsonl");
  EXPECT_EQ(RunWords({"profile", "import", "-", "--verdicts", journal},
                     absl::StrCat(Row(1), Row(2))),
            0);
  EXPECT_THAT(
      Lines(journal),
      ElementsAre("{\"row\":\"1\",\"name\":\"tenants/demo/profiles/p1\","
                  "\"verdict\":\"IMPORT_VERDICT_CREATED\"}",
                  "{\"row\":\"2\",\"name\":\"tenants/demo/profiles/p2\","
                  "\"verdict\":\"IMPORT_VERDICT_CREATED\"}"));
}

TEST_F(ImportTest, MoreRowsThanTheWindowAllGetTheirVerdict) {
  std::string rows;
  for (int i = 0; i < 5000; ++i) rows += Row(i);
  EXPECT_EQ(RunWords({"profile", "import", "-", "--dry-run"}, rows), 0) << err_;
  EXPECT_TRUE(profiles_.first.validate_only());
  EXPECT_THAT(out_, HasSubstr("5000 valid, 0 created"));
}

TEST_F(ImportTest, AStreamThatFailsHalfwayIsAnErrorAndKeepsItsJournal) {
  std::string rows;
  for (int i = 0; i < 5000; ++i) rows += Row(i);
  profiles_.fail_after = 1500;
  const std::string journal = TempPath("half.jsonl");
  EXPECT_EQ(RunWords({"profile", "import", "-", "--verdicts", journal}, rows),
            1);
  EXPECT_THAT(err_, HasSubstr("error: UNAVAILABLE: stopping"));
  EXPECT_EQ(Lines(journal).size(), 1500u);
}

TEST_F(ImportTest, JsonOutputIsAVerdictALine) {
  EXPECT_EQ(
      RunWords({"profile", "import", "-", "--output", "json"}, Row(1) + "{}\n"),
      1);
  EXPECT_THAT(out_, HasSubstr("\"violations\":[{\"field\":\"kind\","));
  EXPECT_THAT(out_, Not(HasSubstr("line 2")));
}

TEST_F(ImportTest, TenantsAreCreatedOneByOneAndReplacedWhereTheyExist) {
  tenants_.kept["mora"] = "before";
  EXPECT_EQ(RunWords({"tenant", "import", "-"},
                     "{\"name\":\"tenants/mora\",\"displayName\":\"Mora\"}\n"
                     "{\"name\":\"tenants/orsa\",\"displayName\":\"Orsa\"}\n"
                     "{\"name\":\"tenants/empty\"}\n"),
            1);
  EXPECT_THAT(out_, HasSubstr("line 3: no name\n"));
  EXPECT_THAT(out_, HasSubstr("1 created, 1 replaced, 1 refused"));
  EXPECT_EQ(tenants_.kept["mora"], "Mora");
  EXPECT_THAT(tenants_.masks, ElementsAre("*"));
}

TEST_F(ImportTest, AServerThatIsNotThereIsAnError) {
  server_->Shutdown();
  EXPECT_EQ(RunWords({"profile", "import", "-"}, Row(1)), 1);
  EXPECT_THAT(err_, HasSubstr("error: UNAVAILABLE: "));
  EXPECT_EQ(RunWords({"tenant", "import", "-"}, "{\"name\":\"tenants/t\"}"), 1);
  EXPECT_THAT(err_, HasSubstr("error: UNAVAILABLE: "));
  EXPECT_EQ(RunWords({"profile", "import", "/nowhere.jsonl"}), 1);
  EXPECT_THAT(err_, HasSubstr("cannot read /nowhere.jsonl"));
}

}  // namespace
}  // namespace kugge::ctl
