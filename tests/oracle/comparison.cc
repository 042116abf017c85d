#include "tests/oracle/comparison.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "matching/compiled_person.h"
#include "matching/compiled_requirement.h"
#include "matching/explanation.h"
#include "matching/index/block.h"
#include "matching/market.h"
#include "matching/rank.h"
#include "tests/oracle/asker.h"
#include "tests/oracle/course_comparison.h"
#include "tests/oracle/describe.h"
#include "tests/oracle/differences.h"
#include "tests/oracle/oracle.h"

namespace kugge::oracle {

using matching::CompiledPerson;
using matching::CompiledRequirement;
using matching::DemandLine;
using matching::Eligibility;
using matching::Explanation;
using matching::Match;
using matching::PersonFeatures;
using matching::RankAnswer;
using matching::RankRequest;
using matching::RequirementFeatures;
using matching::Scoring;
using matching::WishLine;

namespace {

// Pairs explained from each question.
constexpr size_t kExplained = 12;

class Comparison {
 public:
  Comparison(const RandomMarket& random_market, Tally& tally)
      : random_market_(random_market),
        tally_(tally),
        asker_(random_market, tally),
        random_(asker_.random()) {}

  std::string Run();

 private:
  std::string AskAll(const State& state);
  std::string AskFrom(const State& state, const CompiledPerson& person);
  std::string AskFrom(const State& state,
                      const CompiledRequirement& requirement);
  template <typename Document, typename Ask>
  std::string ComparePages(const Answer& expected,
                           RankRequest<Document> request, const Ask& ask);
  template <typename Document, typename Ask>
  std::string CompareCounts(const Answer& expected,
                            RankRequest<Document> request, const Ask& ask);
  std::string CompareExplanation(const Explanation& expected,
                                 const Explanation& actual);

  template <typename Document>
  void SettleRank(RankRequest<Document>& request);
  void Count(const Answer& answer);

  const RandomMarket& random_market_;
  Tally& tally_;
  Asker asker_;
  Random& random_;
};

template <typename Document>
void Comparison::SettleRank(RankRequest<Document>& request) {
  request.uncertain = !random_.Chance(20);
  request.near_misses =
      random_.Of(std::vector<size_t>{0, 1, 5, 30, kEverything});
  request.learnable_near_misses_only = random_.Chance(30);
  request.municipalities = asker_.SomeMunicipalities();
}

void Comparison::Count(const Answer& answer) {
  for (size_t i = 0; i < answer.counts.size(); ++i) {
    tally_.eligibility[i] += answer.counts[i];
  }
  tally_.near_misses += answer.near_misses.size();
  tally_.rows += answer.rows.size();
  const auto same = [](const Match& x, const Match& y) {
    return x.eligibility == y.eligibility && x.order == y.order;
  };
  for (size_t i = 0; i < answer.rows.size(); ++i) {
    const bool tied = (i > 0 && same(answer.rows[i - 1], answer.rows[i])) ||
                      (i + 1 < answer.rows.size() &&
                       same(answer.rows[i], answer.rows[i + 1]));
    if (tied) ++tally_.tied_rows;
  }
}

// Every page of the list, its totals and the near misses, which come with every
// page; and a page from a place where no row is.
template <typename Document, typename Ask>
std::string Comparison::ComparePages(const Answer& expected,
                                     RankRequest<Document> request,
                                     const Ask& ask) {
  const std::vector<Match> near_misses =
      Part(expected.near_misses, 0, request.near_misses);
  size_t read = 0;
  for (size_t page = 0; page < kPages; ++page) {
    request.k = page + 1 == kPages
                    ? kEverything
                    : random_.Below(expected.rows.size() / 3 + 3);
    const absl::StatusOr<RankAnswer> answer = ask(request);
    if (!answer.ok()) return absl::StrCat(answer.status().ToString(), "\n");
    const std::vector<Match> rows = Part(expected.rows, read, request.k);
    read += rows.size();
    std::string difference = absl::StrCat(
        FirstDifference(absl::StrCat("page ", page, " row"), rows,
                        answer->rows),
        FirstDifference("near miss", near_misses, answer->near_misses),
        CountDifference("more", expected.rows.size() > read ? 1 : 0,
                        answer->more ? 1 : 0));
    if (!difference.empty()) return difference;
    if (read > 0) request.after = matching::KeyOf(expected.rows[read - 1]);
  }
  const std::string difference = CompareCounts(expected, request, ask);
  if (!difference.empty()) return difference;
  if (expected.rows.empty()) return "";

  Match cursor = random_.Of(expected.rows);
  if (random_.Chance(50)) {
    cursor.tie.bytes[random_.Below(16)] ^= 1;
  } else {
    cursor.order += 1;
  }
  request.after = matching::KeyOf(cursor);
  request.k = kEverything;
  std::vector<Match> after;
  for (const Match& row : expected.rows) {
    if (RowBefore(cursor, row)) after.push_back(row);
  }
  const absl::StatusOr<RankAnswer> answer = ask(request);
  if (!answer.ok()) return absl::StrCat(answer.status().ToString(), "\n");
  return FirstDifference("after a row that isn't there, row", after,
                         answer->rows);
}

// The first rows again, or those after some row, now with their totals.
template <typename Document, typename Ask>
std::string Comparison::CompareCounts(const Answer& expected,
                                      RankRequest<Document> request,
                                      const Ask& ask) {
  size_t read = 0;
  request.after.reset();
  if (!expected.rows.empty() && random_.Chance(30)) {
    read = 1 + random_.Below(expected.rows.size());
    request.after = matching::KeyOf(expected.rows[read - 1]);
  }
  request.count = true;
  request.k = random_.Below(expected.rows.size() + 2);
  const absl::StatusOr<RankAnswer> answer = ask(request);
  if (!answer.ok()) return absl::StrCat(answer.status().ToString(), "\n");
  const auto expected_of = [&](Eligibility eligibility) {
    return static_cast<size_t>(
        std::ranges::count(expected.rows, eligibility, &Match::eligibility));
  };
  return absl::StrCat(
      FirstDifference("counted row", Part(expected.rows, read, request.k),
                      answer->rows),
      CountDifference("eligible", expected_of(Eligibility::kEligible),
                      answer->counts->eligible),
      CountDifference("uncertain", expected_of(Eligibility::kUncertain),
                      answer->counts->uncertain));
}

std::string Comparison::CompareExplanation(const Explanation& expected,
                                           const Explanation& actual) {
  ++tally_.explained;
  for (const DemandLine& line : expected.demands) {
    ++tally_.demand_reasons[static_cast<size_t>(line.reason)];
    if (line.held >= 0) ++tally_.relations[static_cast<size_t>(line.relation)];
  }
  for (const WishLine& line : expected.wishes) {
    ++tally_.wish_reasons[static_cast<size_t>(line.reason)];
  }
  const std::string difference = absl::StrCat(
      FirstDifference("match", std::vector<Match>{expected.match},
                      std::vector<Match>{actual.match}),
      FirstDifference("demand line", expected.demands, actual.demands),
      FirstDifference("wish line", expected.wishes, actual.wishes));
  if (difference.empty()) return "";
  return absl::StrCat("explained pair:\n", difference);
}

std::string Comparison::AskFrom(const State& state,
                                const CompiledPerson& person) {
  RankRequest<RequirementFeatures> request;
  const Question question = asker_.Settle(request, person.strategy());
  SettleRank(request);
  request.filter = asker_.SomeRequirementFilter();
  Answer expected = state.oracle.TopRequirements(question, person.person(),
                                                 FilterOf(request));
  Count(expected);
  const PairScorer scorer(asker_.relations(), person.strategy());
  if (!request.uncertain) {
    std::erase_if(expected.rows, [](const Match& row) {
      return row.eligibility == Eligibility::kUncertain;
    });
  }
  if (request.learnable_near_misses_only) {
    std::erase_if(expected.near_misses, [&](const Match& row) {
      return !RefusedByDemandsOnly(scorer.Score(
          person.person(), state.documents.requirements.at(row.to)));
    });
  }
  std::string difference = ComparePages(
      expected, request, [&](const RankRequest<RequirementFeatures>& page) {
        return TopRequirements(state.market, person, page);
      });
  for (size_t i = 0; i < kExplained && difference.empty(); ++i) {
    const RequirementFeatures requirement =
        asker_.Some(state.documents.requirements, asker_.maker().Requirement());
    Explanation pair = scorer.Score(person.person(), requirement);
    pair.match.to = requirement.id;
    pair.match.reference = requirement.reference;
    pair.match.municipality = requirement.facts.municipality;
    pair.match.tie = state.oracle.TieOf(person.person().id, requirement.id);
    difference = CompareExplanation(pair, Explain(person, requirement));
  }
  if (difference.empty()) return "";
  return absl::StrCat("requirements for person ", Describe(person.person().id),
                      "\n", difference);
}

std::string Comparison::AskFrom(const State& state,
                                const CompiledRequirement& requirement) {
  RankRequest<PersonFeatures> request;
  const Question question = asker_.Settle(request, requirement.strategy());
  SettleRank(request);
  request.filter = asker_.SomePersonFilter();
  Answer expected = state.oracle.TopPeople(question, requirement.requirement(),
                                           FilterOf(request));
  Count(expected);
  const PairScorer scorer(asker_.relations(), requirement.strategy());
  if (!request.uncertain) {
    std::erase_if(expected.rows, [](const Match& row) {
      return row.eligibility == Eligibility::kUncertain;
    });
  }
  if (request.learnable_near_misses_only) {
    std::erase_if(expected.near_misses, [&](const Match& row) {
      return !RefusedByDemandsOnly(scorer.Score(
          state.documents.people.at(row.to), requirement.requirement()));
    });
  }
  std::string difference = ComparePages(
      expected, request, [&](const RankRequest<PersonFeatures>& page) {
        return TopPeople(state.market, requirement, page);
      });
  for (size_t i = 0; i < kExplained && difference.empty(); ++i) {
    const PersonFeatures person =
        asker_.Some(state.documents.people, asker_.maker().Person());
    Explanation pair = scorer.Score(person, requirement.requirement());
    pair.match.to = person.id;
    pair.match.reference = person.reference;
    pair.match.municipality = person.municipality;
    pair.match.tie =
        state.oracle.TieOf(requirement.requirement().id, person.id);
    difference = CompareExplanation(pair, Explain(requirement, person));
  }
  if (difference.empty()) return "";
  return absl::StrCat("people for requirement ",
                      Describe(requirement.requirement().id), "\n", difference);
}

std::string Comparison::AskAll(const State& state) {
  const Scoring scoring{&asker_.graph(), RandomStrategy(random_),
                        matching::TieKey{random_market_.tie_key}};
  if (const absl::Status valid = Validate(scoring.strategy); !valid.ok()) {
    return absl::StrCat("the strategy drawn: ", valid.ToString(), "\n");
  }
  const CompiledPerson person(
      asker_.Some(state.documents.people, asker_.maker().Person()), scoring);
  std::string difference = AskFrom(state, person);
  if (!difference.empty()) return difference;
  difference = CompareOfferings(asker_, state, person);
  if (!difference.empty()) return difference;
  const CompiledRequirement requirement(
      asker_.Some(state.documents.requirements, asker_.maker().Requirement()),
      scoring);
  difference = AskFrom(state, requirement);
  if (!difference.empty()) return difference;
  difference = CompareOfferings(asker_, state, requirement);
  if (!difference.empty()) return difference;
  difference = CompareCourses(asker_, state, scoring);
  if (!difference.empty()) return difference;
  return ComparePathways(asker_, state, scoring);
}

std::string Comparison::Run() {
  ++tally_.markets;
  tally_.documents += random_market_.documents.people.size() +
                      random_market_.documents.requirements.size() +
                      random_market_.documents.offerings.size();
  auto market = std::make_shared<const matching::Market>();
  std::shared_ptr<const matching::Market> earlier = market;
  // Short blocks, so that markets of this size have many.
  matching::BlockLengthSetting() = random_.Of(
      std::vector<matching::DocNumber>{64, 128, 320, matching::kBlockLength});
  // A merge that is planned, and built while writes go on.
  std::optional<matching::MarketMerge> merge;
  for (size_t i = 0; i < random_market_.batches.size(); ++i) {
    market = market->Apply(random_market_.batches[i]);
    if (merge.has_value() && random_.Chance(60)) {
      merge->Run();
      market = market->With(*merge);
      merge.reset();
    }
    if (!merge.has_value() && random_.Chance(40)) {
      merge = random_.Chance(30)
                  ? market->PlanCompaction()
                  : market->PlanMerge(random_.Of(std::vector{
                        matching::Writers::kRushing, matching::Writers::kBusy,
                        matching::Writers::kPausing}));
    }
    if (i + 1 == random_market_.earlier_batches) earlier = market;
  }
  const std::string sizes = absl::StrCat(
      CountDifference("people", random_market_.documents.people.size(),
                      market->people().size()),
      CountDifference("requirements",
                      random_market_.documents.requirements.size(),
                      market->requirements().size()),
      CountDifference("offerings", random_market_.documents.offerings.size(),
                      market->offerings().size()));
  if (!sizes.empty()) return sizes;

  const auto state = [this](const matching::Market& seen,
                            const Documents& documents) {
    return State{seen, documents,
                 Oracle(asker_.relations(), documents, random_market_.tie_key)};
  };
  for (int i = 0; i < 3; ++i) {
    const std::string difference =
        AskAll(state(*market, random_market_.documents));
    if (!difference.empty()) return difference;
  }
  const std::string difference =
      AskAll(state(*earlier, random_market_.earlier));
  if (difference.empty()) return "";
  return absl::StrCat("at an earlier moment: ", difference);
}

}  // namespace

std::string Tally::Text() const {
  return absl::StrCat(
      "markets ", markets, ", documents ", documents, ", questions ", questions,
      ", rows ", rows, " (tied ", rows == 0 ? 0 : 100 * tied_rows / rows,
      " %), near misses ", near_misses, ", offering rows ", offering_rows,
      ", gap demands ", gap_demands, ", explained ", explained,
      "\n  offerings that gain ", gaining_offerings, " (beyond the gap ",
      offerings_beyond_the_gap, "), that unlock ", unlocking_offerings,
      "\n  served ", served_rows, ", unlocked ", served_unlocked, ", possibly ",
      served_possibly, ", fillable ", served_fillable, ", helped people ",
      helped_people, ", triangles ", triangles, ", unlocking pairs ",
      unlocking_pairs, "\n  ways ", ways, ", of two steps ", ways_of_two,
      ", of three ", ways_of_three, ", prepared steps ", prepared_steps,
      ", dominated ", dominated_ways, ", full pools ", full_pools,
      ", pools with preparation ", pools_with_preparation, "\n  eligibility ",
      absl::StrJoin(eligibility, " "), "\n  demand reasons ",
      absl::StrJoin(demand_reasons, " "), "\n  wish reasons ",
      absl::StrJoin(wish_reasons, " "), "\n  relations ",
      absl::StrJoin(relations, " "), "\n");
}

std::string CompareOn(const RandomMarket& market, Tally& tally) {
  return Comparison(market, tally).Run();
}

}  // namespace kugge::oracle
