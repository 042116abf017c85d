// Rows and lines in words, for the message about a difference.
#ifndef KUGGE_TESTS_ORACLE_DESCRIBE_H_
#define KUGGE_TESTS_ORACLE_DESCRIBE_H_

#include <string>

#include "matching/course_rank.h"
#include "matching/explanation.h"
#include "matching/offerings.h"
#include "matching/pathways.h"
#include "matching/types.h"

namespace kugge::oracle {

std::string Describe(const matching::DocumentId& id);
std::string Describe(const matching::Match& match);
std::string Describe(const matching::DemandLine& line);
std::string Describe(const matching::WishLine& line);
std::string Describe(const matching::OfferingMatch& row);
std::string Describe(const matching::GapDemand& demand);
std::string Describe(const matching::ServedRequirement& row);
std::string Describe(const matching::HelpedPerson& row);
std::string Describe(const matching::Pathway& way);

}  // namespace kugge::oracle

#endif  // KUGGE_TESTS_ORACLE_DESCRIBE_H_
