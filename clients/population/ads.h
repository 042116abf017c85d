// Counts of real advertisements by occupation, from a CSV file.
#ifndef KUGGE_CLIENTS_POPULATION_ADS_H_
#define KUGGE_CLIENTS_POPULATION_ADS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace kugge::population {

struct AdCounts {
  absl::flat_hash_map<std::string, uint64_t> by_occupation;
  absl::flat_hash_map<std::string, uint64_t> by_group;
};

// Reads columns occupation_concept_id and occupation_group_concept_id of a file
// with a header line. Empty bytes: no ads. InvalidArgument naming the column
// that is missing, or the line with too few.
absl::StatusOr<AdCounts> ReadAdCounts(absl::string_view csv);

// The fields of one CSV line (RFC 4180: quotes around fields with commas, ""
// for a quote). Line ends inside quotes are not understood.
std::vector<std::string> SplitCsvLine(absl::string_view line);

}  // namespace kugge::population

#endif  // KUGGE_CLIENTS_POPULATION_ADS_H_
