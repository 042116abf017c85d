// `match all`: everybody's requirements, as they arrive.
#ifndef KUGGE_CLIENTS_CTL_MATCH_ALL_COMMAND_H_
#define KUGGE_CLIENTS_CTL_MATCH_ALL_COMMAND_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "clients/ctl/args.h"

namespace kugge::ctl {

Command MatchAllCommand();

// How far a stream is.
struct MatchAllProgress {
  // Of all, those of streams before included.
  int64_t done = 0;
  int64_t total = 0;
  // By this stream.
  int64_t answered = 0;
};

// `[#####.....]  50 %  500000 of 1000000 people  21000 people/s  24 s left`.
std::string ProgressText(const MatchAllProgress& progress,
                         absl::Duration elapsed);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_MATCH_ALL_COMMAND_H_
