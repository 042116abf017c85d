// How far something is, as a bar of characters.
#ifndef KUGGE_CLIENTS_CTL_PROGRESS_BAR_H_
#define KUGGE_CLIENTS_CTL_PROGRESS_BAR_H_

#include <string>

#include "absl/time/time.h"

namespace kugge::ctl {

// Not more often than this is a bar drawn anew.
inline constexpr absl::Duration kRedrawEvery = absl::Milliseconds(100);

// `[###############...............]  50 %` for 0.5; all of it above 1.
std::string ProgressBar(double share);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_PROGRESS_BAR_H_
