#include "base/id_source.h"

#include <array>

namespace kugge {
namespace {

constexpr char kAlphabet[] = "abcdefghijklmnopqrstuvwxyz0123456789";
constexpr uint64_t kLetters = 26;
constexpr uint64_t kSymbols = 36;
constexpr int kLength = 20;
constexpr int kSymbolsPerWord =
    10;  // 36^10 < 2^52: the bias of the modulo is below 2^-12 of a symbol

std::string IdFromWords(const std::array<uint64_t, 2>& words) {
  std::string id;
  id.reserve(kLength);
  for (uint64_t word : words) {
    for (int i = 0; i < kSymbolsPerWord; ++i) {
      const uint64_t radix = id.empty() ? kLetters : kSymbols;
      id.push_back(kAlphabet[word % radix]);
      word /= radix;
    }
  }
  return id;
}

}  // namespace

std::string RandomIdSource::NewId() {
  thread_local std::random_device device;
  std::array<uint64_t, 2> words;
  for (uint64_t& word : words) {
    word = (static_cast<uint64_t>(device()) << 32) | device();
  }
  return IdFromWords(words);
}

std::string SeededIdSource::NewId() {
  MutexLock lock(&mutex_);
  const uint64_t first = engine_();
  const uint64_t second = engine_();
  return IdFromWords({first, second});
}

}  // namespace kugge
