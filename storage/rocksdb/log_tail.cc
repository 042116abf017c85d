#include "storage/rocksdb/log_tail.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "base/log.h"
#include "base/status_macros.h"
#include "storage/crc32c.h"

namespace kugge::storage {
namespace {

// RocksDB's log format: blocks of this size hold parts; each has a checksum, a
// length and a type before its bytes. What is too little for that at the end of
// a block is filled with zeros.
constexpr size_t kBlock = size_t{32} << 10;
constexpr size_t kHeader = 7;
// A disk writes a sector as a whole or not at all.
constexpr size_t kSector = 512;
constexpr size_t kReadAtOnce = size_t{1} << 20;

enum PartType : unsigned char { kFull = 1, kFirst = 2, kMiddle = 3, kLast = 4 };

struct Part {
  bool whole = false;
  unsigned char type = 0;
  // Past its bytes, or past what it claims to have in its block.
  size_t end = 0;
};

uint32_t ByteAt(absl::string_view log, size_t at) {
  return static_cast<unsigned char>(log[at]);
}

// As RocksDB keeps checksums.
uint32_t Masked(uint32_t checksum) {
  return ((checksum >> 15) | (checksum << 17)) + 0xa282ead8;
}

// There must be room for a header in the block.
Part PartAt(absl::string_view log, size_t at) {
  Part part;
  const size_t length = ByteAt(log, at + 4) | ByteAt(log, at + 5) << 8;
  part.type = static_cast<unsigned char>(log[at + 6]);
  const size_t block_end = std::min(log.size(), at - at % kBlock + kBlock);
  part.end = std::min(block_end, at + kHeader + length);
  if (part.type < kFull || part.type > kLast ||
      part.end != at + kHeader + length) {
    return part;
  }
  const uint32_t stored = ByteAt(log, at) | ByteAt(log, at + 1) << 8 |
                          ByteAt(log, at + 2) << 16 | ByteAt(log, at + 3) << 24;
  part.whole = stored == Masked(Crc32c(log.substr(at + 6, 1 + length)));
  return part;
}

bool HasRoomForHeader(absl::string_view log, size_t at) {
  return kBlock - at % kBlock >= kHeader && at + kHeader <= log.size();
}

bool IsZero(absl::string_view bytes) {
  return bytes.find_first_not_of('\0') == absl::string_view::npos;
}

bool HasEmptySector(absl::string_view log, size_t begin, size_t end) {
  for (size_t at = (begin + kSector - 1) / kSector * kSector;
       at + kSector <= end; at += kSector) {
    if (IsZero(log.substr(at, kSector))) return true;
  }
  return false;
}

// Whether a commit begins anywhere in the range.
bool HasBeginning(absl::string_view log, size_t begin, size_t end) {
  for (size_t at = begin; at < end; ++at) {
    if (!HasRoomForHeader(log, at)) continue;
    const char type = log[at + 6];
    if ((type == kFull || type == kFirst) && PartAt(log, at).whole) return true;
  }
  return false;
}

// Whether what isn't whole from `begin` on, with a part that should end at
// `part_end`, can be the last commit, cut off: a commit is written when the one
// before it is safe, so nothing comes after it.
bool IsCutOff(absl::string_view log, size_t begin, size_t part_end,
              size_t written) {
  const size_t end = std::max(part_end, written);
  if (log[end - 1] != '\0' && !HasEmptySector(log, begin, end)) return false;
  return !HasBeginning(log, begin + 1, written);
}

// The file at `path`, without most of the zero bytes that it ends with; nothing
// where it doesn't end with any.
absl::StatusOr<std::string> ReadIfZeroAtEnd(const std::string& path) {
  const auto error = [&path] {
    return absl::ErrnoToStatus(errno, absl::StrCat("could not read ", path));
  };
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return error();
  const absl::Cleanup closed = [file] { close(file); };
  struct stat facts;
  if (fstat(file, &facts) != 0) return error();
  const auto size = static_cast<size_t>(facts.st_size);
  const auto read = [&](size_t begin, size_t end, char* into) -> absl::Status {
    while (begin < end) {
      const ssize_t got =
          pread(file, into, end - begin, static_cast<off_t>(begin));
      if (got <= 0) return error();
      begin += static_cast<size_t>(got);
      into += got;
    }
    return absl::OkStatus();
  };
  std::string bytes(std::min<size_t>(size, 1), '\0');
  KUGGE_RETURN_IF_ERROR(read(size - bytes.size(), size, bytes.data()));
  if (!IsZero(bytes) || size == 0) return std::string();
  size_t written = size;
  while (written > 0) {
    const size_t begin = written - std::min(written, kReadAtOnce);
    bytes.resize(written - begin);
    KUGGE_RETURN_IF_ERROR(read(begin, written, bytes.data()));
    if (!IsZero(bytes)) break;
    written = begin;
  }
  // What follows is zero at least to the end of the block.
  bytes.assign(std::min(size, written + kBlock), '\0');
  KUGGE_RETURN_IF_ERROR(read(0, written, bytes.data()));
  return bytes;
}

absl::Status Cut(const std::string& path, size_t size) {
  const int file = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  const bool cut = file >= 0 &&
                   ftruncate(file, static_cast<off_t>(size)) == 0 &&
                   fsync(file) == 0;
  const int error = errno;
  if (file >= 0) close(file);
  if (cut) return absl::OkStatus();
  return absl::ErrnoToStatus(error, absl::StrCat("could not cut ", path));
}

}  // namespace

absl::StatusOr<size_t> EndOfLog(absl::string_view log) {
  const size_t written = log.find_last_not_of('\0') + 1;
  size_t whole = 0;
  bool within = false;
  for (size_t at = 0; at < written;) {
    if (!HasRoomForHeader(log, at)) {
      at += kBlock - at % kBlock;
      continue;
    }
    const Part part = PartAt(log, at);
    const bool begins = part.type == kFull || part.type == kFirst;
    if (!part.whole || begins == within) {
      if (IsCutOff(log, whole, part.end, written)) return whole;
      return absl::DataLossError(
          absl::StrCat("log is damaged after byte ", whole));
    }
    at = part.end;
    within = part.type == kFirst || part.type == kMiddle;
    if (!within) whole = at;
  }
  return whole;
}

absl::Status TrimLogs(const std::string& path) {
  std::error_code error;
  std::vector<std::pair<std::string, size_t>> cuts;
  for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
    if (entry.path().extension() != ".log") continue;
    const std::string log = entry.path().string();
    KUGGE_ASSIGN_OR_RETURN(const std::string bytes, ReadIfZeroAtEnd(log));
    if (bytes.empty()) continue;
    const absl::StatusOr<size_t> end = EndOfLog(bytes);
    if (!end.ok()) {
      return absl::DataLossError(absl::StrCat(
          "could not open data folder: ", entry.path().filename().string(),
          ": ", end.status().message()));
    }
    if (!IsZero(absl::string_view(bytes).substr(*end))) {
      Log(LogLevel::kInfo, "storage_unfinished_commit_dropped",
          {{"log", entry.path().filename().string()}});
    }
    cuts.emplace_back(log, *end);
  }
  for (const auto& [log, end] : cuts) KUGGE_RETURN_IF_ERROR(Cut(log, end));
  return absl::OkStatus();
}

}  // namespace kugge::storage
