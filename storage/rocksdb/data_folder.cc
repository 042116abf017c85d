#include "storage/rocksdb/data_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "base/status_macros.h"

namespace kugge::storage {
namespace {

constexpr char kMarker[] = "KUGGE";
constexpr char kMarkerBeingWritten[] = "KUGGE.new";
constexpr char kLock[] = "LOCK";
// ext4 puts it into the root of every file system, such as a mounted volume.
constexpr char kLostAndFound[] = "lost+found";

// The first line is the folder layout, the second its state.
constexpr char kNewText[] = "Kugge data folder, layout 1\nstate: new\n";
constexpr char kCompleteText[] =
    "Kugge data folder, layout 1\nstate: complete\n";

absl::Status SystemError(int error, absl::string_view doing,
                         const std::string& path) {
  return absl::ErrnoToStatus(error,
                             absl::StrCat("could not ", doing, " ", path));
}

absl::Status MakeFolder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (std::filesystem::is_directory(path)) return absl::OkStatus();
  if (error) return SystemError(error.value(), "make data folder", path);
  return absl::InvalidArgumentError(
      absl::StrCat("data folder ", path, " is not a folder"));
}

// Something in a folder without marker that a first start can't have left.
absl::StatusOr<std::optional<std::string>> FindForeignFile(
    const std::string& path) {
  std::error_code error;
  std::filesystem::directory_iterator it(path, error);
  for (; !error && it != std::filesystem::directory_iterator();
       it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (name != kMarkerBeingWritten && name != kLock && name != kLostAndFound) {
      return name;
    }
  }
  if (error) return SystemError(error.value(), "list data folder", path);
  return std::nullopt;
}

absl::StatusOr<int> Lock(const std::string& folder) {
  const std::string path = absl::StrCat(folder, "/", kLock);
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return SystemError(errno, "open", path);
  if (flock(file, LOCK_EX | LOCK_NB) == 0) return file;
  const int error = errno;
  close(file);
  if (error != EWOULDBLOCK) return SystemError(error, "lock", path);
  return absl::FailedPreconditionError(absl::StrCat(
      "data folder ", folder,
      " is in use by another process: stop that one, or use another folder"));
}

absl::Status SyncPath(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return SystemError(errno, "open", path);
  const int result = fsync(file);
  const int error = errno;
  close(file);
  if (result != 0) return SystemError(error, "sync", path);
  return absl::OkStatus();
}

// Replaces the marker in one step.
absl::Status WriteMarker(const std::string& folder, absl::string_view text) {
  const std::string path = absl::StrCat(folder, "/", kMarkerBeingWritten);
  const std::string final_path = absl::StrCat(folder, "/", kMarker);
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  if (!file) return SystemError(errno, "write", path);
  KUGGE_RETURN_IF_ERROR(SyncPath(path));
  if (std::rename(path.c_str(), final_path.c_str()) != 0) {
    return SystemError(errno, "rename", path);
  }
  return SyncPath(folder);
}

// Empty when there is none.
std::string ReadMarker(const std::string& folder) {
  std::ifstream file(absl::StrCat(folder, "/", kMarker), std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

absl::Status CheckOurs(const std::string& path) {
  const std::string marker = ReadMarker(path);
  if (marker == kNewText || marker == kCompleteText) return absl::OkStatus();
  if (!marker.empty()) {
    return absl::FailedPreconditionError(
        absl::StrCat("data folder ", path, " has a marker ", kMarker,
                     " that this program doesn't know: it was made by a newer "
                     "program, or is not a data folder"));
  }
  KUGGE_ASSIGN_OR_RETURN(const std::optional<std::string> foreign,
                         FindForeignFile(path));
  if (!foreign.has_value()) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "folder ", path, " holds other files (such as ", *foreign,
      ") and no marker ", kMarker,
      ": it is not a Kugge data folder; name an empty folder or one of ours"));
}

}  // namespace

absl::StatusOr<std::unique_ptr<DataFolder>> DataFolder::Open(
    const std::string& path) {
  KUGGE_RETURN_IF_ERROR(MakeFolder(path));
  KUGGE_RETURN_IF_ERROR(CheckOurs(path));
  KUGGE_ASSIGN_OR_RETURN(const int lock, Lock(path));
  std::unique_ptr<DataFolder> folder(new DataFolder(path, lock));
  // Only under the lock: another first start may have been at it meanwhile.
  if (ReadMarker(path).empty()) {
    KUGGE_RETURN_IF_ERROR(WriteMarker(path, kNewText));
  }
  folder->is_new_ = ReadMarker(path) == kNewText;
  return folder;
}

DataFolder::~DataFolder() { close(lock_); }

absl::Status DataFolder::MarkComplete() {
  KUGGE_RETURN_IF_ERROR(WriteMarker(path_, kCompleteText));
  is_new_ = false;
  return absl::OkStatus();
}

}  // namespace kugge::storage
