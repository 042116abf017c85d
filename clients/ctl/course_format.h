// Trainings and what they lead to, as tables.
#ifndef KUGGE_CLIENTS_CTL_COURSE_FORMAT_H_
#define KUGGE_CLIENTS_CTL_COURSE_FORMAT_H_

#include <ostream>

#include "google/protobuf/repeated_ptr_field.h"
#include "kugge/v1/match.pb.h"
#include "kugge/v1/match_service.pb.h"

namespace kugge::ctl {

struct RowStyle {
  // What the first row is numbered.
  int first_rank = 1;
  // Whether what is covered, left and missing follows each row.
  bool explain = false;
};

// Figures that the answer tells of a person's offerings, or of a requirement's.
enum class OfferingsFor { kPerson, kRequirement };

void PrintOfferings(
    const google::protobuf::RepeatedPtrField<kugge::v1::OfferingMatch>& rows,
    OfferingsFor whom, const RowStyle& style, std::ostream& out);
// What of a requirement none of its offerings covers; nothing where all is, or
// where the question was a person's.
void PrintNotCovered(const kugge::v1::MatchOfferingsResponse& answer,
                     std::ostream& out);
void PrintServed(const google::protobuf::RepeatedPtrField<
                     kugge::v1::ServedRequirement>& rows,
                 const RowStyle& style, std::ostream& out);
void PrintHelped(
    const google::protobuf::RepeatedPtrField<kugge::v1::HelpedProfile>& rows,
    const RowStyle& style, std::ostream& out);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_COURSE_FORMAT_H_
