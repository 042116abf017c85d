// PostgreSQL with one row a held skill, read from a covering b-tree alone.
#include <libpq-fe.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/bench/peer.h"

namespace kugge::bench {
namespace {

using Connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;
using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

// False, with the server's words in `why`, where a statement fails.
bool Run(PGconn* connection, const std::string& statement, std::string* why) {
  const Result result(PQexec(connection, statement.c_str()), PQclear);
  const ExecStatusType status = PQresultStatus(result.get());
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
      status == PGRES_COPY_IN) {
    return true;
  }
  *why = PQerrorMessage(connection);
  return false;
}

bool CopyRows(PGconn* connection, const Workload& workload, uint32_t people,
              std::string* why) {
  if (!Run(connection, "COPY posting FROM STDIN", why)) return false;
  constexpr size_t kChunk = 1 << 20;
  std::string rows;
  for (uint32_t doc = 0; doc < people; ++doc) {
    const Person person = workload.PersonAt(doc);
    for (const uint32_t skill : person.skills) {
      absl::StrAppend(&rows, skill, "\t", person.municipality, "\t", doc, "\n");
    }
    if (rows.size() < kChunk && doc + 1 < people) continue;
    if (PQputCopyData(connection, rows.data(), static_cast<int>(rows.size())) !=
        1) {
      break;
    }
    rows.clear();
  }
  PQputCopyEnd(connection, nullptr);
  const Result result(PQgetResult(connection), PQclear);
  if (PQresultStatus(result.get()) == PGRES_COMMAND_OK) {
    // The end of the command, without which none can follow.
    while (PGresult* rest = PQgetResult(connection)) PQclear(rest);
    return true;
  }
  *why = PQerrorMessage(connection);
  return false;
}

bool Load(PGconn* connection, const Workload& workload, uint32_t people,
          std::string* why) {
  for (const char* statement :
       {"SET client_min_messages = warning",
        "SET max_parallel_workers_per_gather = 0", "SET jit = off",
        "SET work_mem = '256MB'", "SET maintenance_work_mem = '1GB'",
        "DROP TABLE IF EXISTS posting",
        "CREATE UNLOGGED TABLE posting (skill int, municipality smallint, "
        "doc int)"}) {
    if (!Run(connection, statement, why)) return false;
  }
  return CopyRows(connection, workload, people, why) &&
         Run(connection,
             "CREATE UNIQUE INDEX posting_skill ON posting (skill, doc) "
             "INCLUDE (municipality)",
             why) &&
         Run(connection, "VACUUM ANALYZE posting", why) &&
         // Everything it may want to read, once.
         Run(connection,
             "SELECT count(*) FROM (SELECT skill, municipality, doc FROM "
             "posting ORDER BY skill, municipality, doc) AS everything",
             why);
}

std::string ToSql(const Query& query, const std::vector<matching::Bp>& weights,
                  Filter filter) {
  std::vector<std::string> asked;
  for (size_t i = 0; i < query.terms.size(); ++i) {
    asked.push_back(
        absl::StrCat("(", query.terms[i].skill, ",", weights[i], ")"));
  }
  std::string sql = absl::StrCat(
      "SELECT p.doc, sum(q.weight) AS score FROM (VALUES ",
      absl::StrJoin(asked, ","),
      ") AS q (skill, weight) JOIN posting p ON p.skill = q.skill");
  if (filter != Filter::kNone) {
    const std::string region =
        absl::StrCat("= ANY ('{", absl::StrJoin(query.region, ","), "}')");
    if (filter == Filter::kRegionAndMust) {
      absl::StrAppend(&sql, " JOIN posting m ON m.doc = p.doc AND m.skill = ",
                      query.terms[query.must].skill, " AND m.municipality ",
                      region);
    }
    absl::StrAppend(&sql, " WHERE p.municipality ", region);
  }
  absl::StrAppend(&sql, " GROUP BY p.doc ORDER BY score DESC LIMIT ", kTop);
  return sql;
}

class PostgresPeer : public Peer {
 public:
  explicit PostgresPeer(Connection connection)
      : connection_(std::move(connection)) {}

  const char* name() const override { return "postgres"; }

  TopScores Top(const Query& query, const std::vector<matching::Bp>& weights,
                Filter filter) override {
    const Result result(
        PQexec(connection_.get(), ToSql(query, weights, filter).c_str()),
        PQclear);
    TopScores scores;
    for (int row = 0; row < PQntuples(result.get()); ++row) {
      uint32_t score = 0;
      (void)absl::SimpleAtoi(PQgetvalue(result.get(), row, 1), &score);
      scores.push_back({.score = score});
    }
    return scores;
  }

  std::string Shown(const Query& query,
                    const std::vector<matching::Bp>& weights,
                    Filter filter) const override {
    return ToSql(query, weights, filter);
  }

 private:
  Connection connection_;
};

}  // namespace

std::unique_ptr<Peer> MakePostgres(const Workload& workload,
                                   const Options& options, std::string* why) {
  if (options.postgres.empty()) {
    *why = "no --postgres: tests/bench/run starts one";
    return nullptr;
  }
  Connection connection(PQconnectdb(options.postgres.c_str()), PQfinish);
  if (PQstatus(connection.get()) != CONNECTION_OK) {
    *why = PQerrorMessage(connection.get());
    return nullptr;
  }
  if (!Load(connection.get(), workload, options.people, why)) return nullptr;
  return std::make_unique<PostgresPeer>(std::move(connection));
}

}  // namespace kugge::bench
