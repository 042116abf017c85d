#include "services/rpc/accept_language.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace kugge::rpc {
namespace {

// The first is answered where none is asked for.
constexpr std::array<absl::string_view, 2> kSpoken = {"sv", "en"};

// `en-GB;q=0.8` as language and weight; nothing where the weight is none.
std::optional<std::pair<absl::string_view, double>> ReadRange(
    absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, ';');
  double weight = 1;
  for (size_t i = 1; i < parts.size(); ++i) {
    absl::string_view parameter = absl::StripAsciiWhitespace(parts[i]);
    if (!absl::StartsWithIgnoreCase(parameter, "q=")) continue;
    parameter.remove_prefix(2);
    if (!absl::SimpleAtod(parameter, &weight) || !(weight >= 0) || weight > 1) {
      return std::nullopt;
    }
  }
  const absl::string_view range = absl::StripAsciiWhitespace(parts[0]);
  return std::pair(range.substr(0, range.find('-')), weight);
}

}  // namespace

std::string PreferredLanguage(absl::string_view header) {
  std::array<std::optional<double>, kSpoken.size()> weights;
  double any = 0;
  // In the order in which the caller named them.
  std::vector<size_t> named;
  for (const absl::string_view text : absl::StrSplit(header, ',')) {
    const auto range = ReadRange(text);
    if (!range.has_value()) continue;
    if (range->first == "*") any = range->second;
    for (size_t i = 0; i < kSpoken.size(); ++i) {
      if (!absl::EqualsIgnoreCase(range->first, kSpoken[i])) continue;
      if (!weights[i].has_value()) named.push_back(i);
      weights[i] = std::max(weights[i].value_or(0), range->second);
    }
  }
  for (size_t i = 0; i < kSpoken.size(); ++i) {
    if (weights[i].has_value()) continue;
    weights[i] = any;
    named.push_back(i);
  }
  size_t best = named.front();
  for (const size_t i : named) {
    if (*weights[i] > *weights[best]) best = i;
  }
  return std::string(kSpoken[*weights[best] > 0 ? best : 0]);
}

}  // namespace kugge::rpc
