// The answers' enums and numbers in words and figures for people.
#ifndef KUGGE_CLIENTS_CTL_WORDS_H_
#define KUGGE_CLIENTS_CTL_WORDS_H_

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"
#include "kugge/v1/common.pb.h"
#include "kugge/v1/match.pb.h"
#include "kugge/v1/tenant.pb.h"

namespace kugge::ctl {

// 8734 -> `87.34`.
std::string BasisPoints(int64_t basis_points);
// 400 -> `0.400`.
std::string Thousandths(int64_t thousandths);
// 1 -> `1 week`, 2 -> `2 weeks`.
std::string Counted(int64_t count, absl::string_view noun);
// Hundreds of metres: 123 -> `12.3 km`.
std::string Distance(int64_t hundreds_of_metres);

std::string EligibilityWords(kugge::v1::Eligibility eligibility);
std::string OutcomeWords(kugge::v1::DemandOutcome outcome);
std::string RelationWords(kugge::v1::ConceptRelation relation);
// `skill`, `wanted occupation`, `distance`.
std::string KindWords(kugge::v1::DemandKind kind);
// What a line is about: its sentence, or the thing's name where the server
// sends none.
template <typename Line>
std::string WhatItIsAbout(const Line& line, const std::string& id) {
  if (!line.sentence().empty()) return line.sentence();
  return absl::StrCat(KindWords(line.kind()), " ",
                      line.label().empty() ? id : line.label());
}
// `step free access, quiet room`.
std::string AccommodationsWords(
    const google::protobuf::RepeatedField<int>& accommodations);
// A sentence on why a row isn't in a list; `rank` of one that is beaten.
std::string AbsenceWords(kugge::v1::AbsenceReason reason, int rank);
// A sentence on why an answer is empty.
std::string NoMatchWords(kugge::v1::NoMatchReason reason);
// The same of a question that starts from an offering or a session.
std::string CourseNoMatchWords(kugge::v1::NoMatchReason reason);
// The same of a question for pathways.
std::string NoPathwayWords(kugge::v1::NoMatchReason reason);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_WORDS_H_
