// Which field of education (SUN 2020) usually leads to which occupation.
#ifndef KUGGE_CLIENTS_POPULATION_EDUCATION_FIELDS_H_
#define KUGGE_CLIENTS_POPULATION_EDUCATION_FIELDS_H_

#include "absl/strings/string_view.h"

namespace kugge::population {

// SUN 2020 field code of one to three digits for a four-digit SSYK 2012 code.
// Our own table, of the obvious cases; "01" (general) for the rest.
absl::string_view EducationFieldOf(absl::string_view ssyk_code);

// EQF levels usual in an SSYK group: by the qualification level that SSYK 2012
// gives its major groups (1 to 4).
struct EqfRange {
  int least;
  int most;
};
EqfRange EqfOf(absl::string_view ssyk_code);

}  // namespace kugge::population

#endif  // KUGGE_CLIENTS_POPULATION_EDUCATION_FIELDS_H_
