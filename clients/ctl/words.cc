#include "clients/ctl/words.h"

#include <cstdlib>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

namespace kugge::ctl {
namespace {

std::string Fixed(int64_t value, int64_t unit, int decimals) {
  return absl::StrFormat("%s%d.%0*d", value < 0 ? "-" : "",
                         std::abs(value) / unit, decimals,
                         std::abs(value) % unit);
}

}  // namespace

std::string BasisPoints(int64_t basis_points) {
  return Fixed(basis_points, 100, 2);
}

std::string Thousandths(int64_t thousandths) {
  return Fixed(thousandths, 1000, 3);
}

std::string Counted(int64_t count, absl::string_view noun) {
  return absl::StrCat(count, " ", noun, count == 1 ? "" : "s");
}

std::string Distance(int64_t hundreds_of_metres) {
  return absl::StrCat(Fixed(hundreds_of_metres, 10, 1), " km");
}

std::string EligibilityWords(v1::Eligibility eligibility) {
  switch (eligibility) {
    case v1::ELIGIBILITY_ELIGIBLE:
      return "eligible";
    case v1::ELIGIBILITY_UNCERTAIN:
      return "uncertain";
    case v1::ELIGIBILITY_NEAR_MISS:
      return "near miss";
    case v1::ELIGIBILITY_NOT_ELIGIBLE:
      return "not eligible";
    default:
      return "";
  }
}

std::string OutcomeWords(v1::DemandOutcome outcome) {
  switch (outcome) {
    case v1::DEMAND_OUTCOME_MET:
      return "met";
    case v1::DEMAND_OUTCOME_PARTLY:
      return "partly";
    case v1::DEMAND_OUTCOME_NOT_MET:
      return "not met";
    case v1::DEMAND_OUTCOME_UNKNOWN:
      return "unknown: ask";
    case v1::DEMAND_OUTCOME_NOT_ASKED:
      return "not asked";
    default:
      return "";
  }
}

std::string RelationWords(v1::ConceptRelation relation) {
  switch (relation) {
    case v1::CONCEPT_RELATION_EXACT:
      return "the same";
    case v1::CONCEPT_RELATION_NARROWER:
      return "narrower";
    case v1::CONCEPT_RELATION_INCLUDES:
      return "includes it";
    case v1::CONCEPT_RELATION_SUBSTITUTE_75:
      return "close substitute";
    case v1::CONCEPT_RELATION_SUBSTITUTE_25:
      return "distant substitute";
    case v1::CONCEPT_RELATION_SAME_GROUP:
      return "same occupation group";
    case v1::CONCEPT_RELATION_BROADER:
      return "broader";
    case v1::CONCEPT_RELATION_RELATED:
      return "related";
    default:
      return "";
  }
}

std::string KindWords(v1::DemandKind kind) {
  switch (kind) {
    case v1::DEMAND_KIND_OCCUPATION:
      return "occupation";
    case v1::DEMAND_KIND_SKILL:
      return "skill";
    case v1::DEMAND_KIND_LANGUAGE:
      return "language";
    case v1::DEMAND_KIND_LICENCE:
      return "driving licence";
    case v1::DEMAND_KIND_AUTHORISATION:
      return "authorisation";
    case v1::DEMAND_KIND_EDUCATION:
      return "education";
    case v1::DEMAND_KIND_WANTED_OCCUPATION:
      return "wanted occupation";
    case v1::DEMAND_KIND_DISTANCE:
      return "distance";
    case v1::DEMAND_KIND_HOURS:
      return "hours";
    case v1::DEMAND_KIND_SHIFTS:
      return "shifts";
    case v1::DEMAND_KIND_START:
      return "start";
    case v1::DEMAND_KIND_REMOTE:
      return "remote work";
    default:
      return "";
  }
}

std::string AccommodationsWords(
    const google::protobuf::RepeatedField<int>& accommodations) {
  std::vector<std::string> words;
  for (const int one : accommodations) {
    const std::string name =
        v1::Accommodation_Name(static_cast<v1::Accommodation>(one));
    absl::string_view word = name;
    absl::ConsumePrefix(&word, "ACCOMMODATION_");
    words.push_back(
        absl::StrReplaceAll(absl::AsciiStrToLower(word), {{"_", " "}}));
  }
  return absl::StrJoin(words, ", ");
}

std::string AbsenceWords(v1::AbsenceReason reason, int rank) {
  switch (reason) {
    case v1::ABSENCE_REASON_CLOSED:
      return "It is closed: the requirement is no longer open, or the person "
             "has expired.";
    case v1::ABSENCE_REASON_FILTERED:
      return "The filter leaves it out.";
    case v1::ABSENCE_REASON_HARD_DEMAND_REFUSES:
      return "A hard demand refuses.";
    case v1::ABSENCE_REASON_UNCERTAIN_LEFT_OUT:
      return "Something that is required isn't known, and the list was asked "
             "for without what is uncertain.";
    case v1::ABSENCE_REASON_BEATEN:
      return absl::StrCat("It is in the list, as number ", rank, ".");
    default:
      return "";
  }
}

std::string NoMatchWords(v1::NoMatchReason reason) {
  switch (reason) {
    case v1::NO_MATCH_REASON_NOTHING_STORED:
      return "No matches: nothing of the kind is stored that may be seen here.";
    case v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL:
      return "No matches: the filter leaves nothing.";
    case v1::NO_MATCH_REASON_HARD_DEMANDS_REFUSE_ALL:
      return "No matches: a hard demand refuses each.";
    case v1::NO_MATCH_REASON_NOTHING_COVERED:
      return "No matches: nothing that is missing can be learnt, or no "
             "offering "
             "teaches any of it.";
    case v1::NO_MATCH_REASON_END_OF_LIST:
      return "No more matches: this is the end of the list.";
    case v1::NO_MATCH_REASON_NO_USABLE_SESSION:
      return "No matches: no session is open, has a seat and hasn't begun.";
    case v1::NO_MATCH_REASON_PROFILE_EXPIRED:
      return "No matches: the person has expired.";
    default:
      return "No matches.";
  }
}

std::string CourseNoMatchWords(v1::NoMatchReason reason) {
  switch (reason) {
    case v1::NO_MATCH_REASON_HARD_DEMANDS_REFUSE_ALL:
      return "No matches: nobody becomes eligible for anything by it.";
    case v1::NO_MATCH_REASON_NOTHING_COVERED:
      return "No matches: no requirement that is open asks for what it gives.";
    default:
      return NoMatchWords(reason);
  }
}

std::string NoPathwayWords(v1::NoMatchReason reason) {
  switch (reason) {
    case v1::NO_MATCH_REASON_NOTHING_STORED:
      return "No pathways: no requirement is open, or there are no trainings.";
    case v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL:
      return "No pathways: the filter, or what they are to lead to, leaves "
             "nothing.";
    case v1::NO_MATCH_REASON_HARD_DEMANDS_REFUSE_ALL:
      return "No pathways: each requirement has a hard demand, or the person "
             "a hard wish, that no training changes.";
    case v1::NO_MATCH_REASON_NOTHING_COVERED:
      return "No pathways: nothing is missing, or no trainings that the person "
             "can take within the limits add up to what is.";
    default:
      return NoMatchWords(reason);
  }
}

}  // namespace kugge::ctl
