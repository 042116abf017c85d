#include "clients/ctl/progress_bar.h"

#include <algorithm>

#include "absl/strings/str_format.h"

namespace kugge::ctl {

std::string ProgressBar(double share) {
  constexpr int kWidth = 30;
  const double shown = std::clamp(share, 0.0, 1.0);
  const int filled = static_cast<int>(shown * kWidth);
  return absl::StrFormat("[%s%s] %3d %%",
                         std::string(static_cast<size_t>(filled), '#'),
                         std::string(static_cast<size_t>(kWidth - filled), '.'),
                         static_cast<int>(shown * 100));
}

}  // namespace kugge::ctl
