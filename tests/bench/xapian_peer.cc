// Xapian with one term a skill and one a municipality. A held skill pays its
// weight whatever else is known of it: OP_SCALE_WEIGHT over CoordWeight.
// Documents stand in the order in which they came.
#include <xapian.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/bench/peer.h"

namespace kugge::bench {
namespace {

std::string SkillTerm(uint32_t skill) { return absl::StrCat("S", skill); }
std::string PlaceTerm(uint32_t municipality) {
  return absl::StrCat("M", municipality);
}

void Load(const Workload& workload, uint32_t people, const std::string& path) {
  // Written at once: several rounds of merging take the longer.
  setenv("XAPIAN_FLUSH_THRESHOLD", "2000000", 1);
  Xapian::WritableDatabase database(path, Xapian::DB_CREATE_OR_OVERWRITE |
                                              Xapian::DB_NO_SYNC |
                                              Xapian::DB_DANGEROUS);
  for (uint32_t index = 0; index < people; ++index) {
    const Person person = workload.PersonAt(index);
    Xapian::Document document;
    for (const uint32_t skill : person.skills) {
      document.add_term(SkillTerm(skill));
    }
    document.add_boolean_term(PlaceTerm(person.municipality));
    database.add_document(document);
  }
  database.commit();
}

Xapian::Query ToXapian(const Query& query,
                       const std::vector<matching::Bp>& weights,
                       Filter filter) {
  std::vector<Xapian::Query> terms;
  for (size_t i = 0; i < query.terms.size(); ++i) {
    terms.emplace_back(Xapian::Query::OP_SCALE_WEIGHT,
                       Xapian::Query(SkillTerm(query.terms[i].skill)),
                       static_cast<double>(weights[i]));
  }
  Xapian::Query asked(Xapian::Query::OP_OR, terms.begin(), terms.end());
  if (filter == Filter::kNone) return asked;
  std::vector<Xapian::Query> places;
  for (const auto municipality : query.region) {
    places.emplace_back(PlaceTerm(municipality));
  }
  Xapian::Query within(Xapian::Query::OP_OR, places.begin(), places.end());
  if (filter == Filter::kRegionAndMust) {
    within =
        Xapian::Query(Xapian::Query::OP_AND, within,
                      Xapian::Query(SkillTerm(query.terms[query.must].skill)));
  }
  return Xapian::Query(Xapian::Query::OP_FILTER, asked, within);
}

class XapianPeer : public Peer {
 public:
  explicit XapianPeer(const std::string& path) : database_(path) {}

  const char* name() const override { return "xapian"; }

  TopScores Top(const Query& query, const std::vector<matching::Bp>& weights,
                Filter filter) override {
    Xapian::Enquire enquire(database_);
    enquire.set_weighting_scheme(Xapian::CoordWeight());
    enquire.set_query(ToXapian(query, weights, filter));
    TopScores scores;
    const Xapian::MSet rows = enquire.get_mset(0, kTop);
    for (auto row = rows.begin(); row != rows.end(); ++row) {
      scores.push_back(
          {.score = static_cast<uint32_t>(std::lround(row.get_weight()))});
    }
    return scores;
  }

  std::string Shown(const Query& query,
                    const std::vector<matching::Bp>& weights,
                    Filter filter) const override {
    return ToXapian(query, weights, filter).get_description();
  }

 private:
  Xapian::Database database_;
};

}  // namespace

std::unique_ptr<Peer> MakeXapian(const Workload& workload,
                                 const Options& options, std::string* why) {
  const std::string path = absl::StrCat(options.folder, "/xapian");
  try {
    Load(workload, options.people, path);
    return std::make_unique<XapianPeer>(path);
  } catch (const Xapian::Error& error) {
    *why = error.get_description();
    return nullptr;
  }
}

}  // namespace kugge::bench
