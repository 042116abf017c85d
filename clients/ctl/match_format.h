// Ranked answers as tables: rows, and under each the lines that sum to its
// score.
#ifndef KUGGE_CLIENTS_CTL_MATCH_FORMAT_H_
#define KUGGE_CLIENTS_CTL_MATCH_FORMAT_H_

#include <ostream>

#include "google/protobuf/repeated_ptr_field.h"
#include "kugge/v1/match.pb.h"

namespace kugge::ctl {

using MatchRows = google::protobuf::RepeatedPtrField<kugge::v1::Match>;
using BridgeRows = google::protobuf::RepeatedPtrField<kugge::v1::BridgeMatch>;

// Ranks count on from `first_rank`. With `explain` the contributions follow
// each row.
void PrintMatches(const MatchRows& rows, int first_rank, bool explain,
                  std::ostream& out);

// The same of bridges, each followed by the occupations that carry it.
void PrintBridges(const BridgeRows& rows, bool explain, std::ostream& out);

// A line for each row of each person, and one for whom nothing fits.
void PrintProfileMatches(
    const google::protobuf::RepeatedPtrField<kugge::v1::ProfileMatches>& people,
    bool header, std::ostream& out);

// Both sides' lines with their sums. A sum that differs from the score is said
// so.
void PrintContributions(const kugge::v1::Match& match, std::ostream& out);

// One pair by itself.
void PrintPair(const kugge::v1::Match& match, std::ostream& out);

// `strategy default v1, taxonomy jobtech-25, revision 42`.
void PrintMatchContext(const kugge::v1::MatchContext& context,
                       std::ostream& out);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_MATCH_FORMAT_H_
