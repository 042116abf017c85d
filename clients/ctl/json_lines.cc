#include "clients/ctl/json_lines.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/ctl/json_types.h"
#include "google/protobuf/util/json_util.h"

namespace kugge::ctl {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

std::string ToJsonLine(const google::protobuf::Message& message) {
  std::string json;
  const auto status = google::protobuf::util::BinaryToJsonString(
      JsonTypeResolver(), JsonTypeUrl(*message.GetDescriptor()),
      message.SerializeAsString(), &json);
  return status.ok() ? json : "{}";
}

absl::Status ParseJson(const std::string& json,
                       google::protobuf::Message* message) {
  message->Clear();
  // An empty document would read as an empty message.
  if (absl::StripAsciiWhitespace(json).empty()) {
    return absl::InvalidArgumentError("empty, where a JSON object is needed");
  }
  std::string binary;
  const auto status = google::protobuf::util::JsonToBinaryString(
      JsonTypeResolver(), JsonTypeUrl(*message->GetDescriptor()), json,
      &binary);
  if (status.ok()) {
    return message->ParseFromString(binary)
               ? absl::OkStatus()
               : absl::InvalidArgumentError("text that is not UTF-8");
  }
  // The parser shows the place on three lines; one is enough.
  std::string reason(status.message().data(), status.message().size());
  reason = reason.substr(0, reason.find('\n'));
  return absl::InvalidArgumentError(absl::StrCat(
      "not a ", message->GetDescriptor()->name(), " in JSON: ", reason));
}

bool JsonLineReader::Next() {
  while (std::getline(in_, line_)) {
    bytes_ += line_.size() + 1;
    if (++number_ == 1 && absl::StartsWith(line_, kByteOrderMark)) {
      line_.erase(0, kByteOrderMark.size());
    }
    absl::StripAsciiWhitespace(&line_);
    if (!line_.empty()) return true;
  }
  return false;
}

absl::StatusOr<std::string> ReadAll(const std::string& path, std::istream& in) {
  if (path == "-") {
    return std::string(std::istreambuf_iterator<char>(in), {});
  }
  if (std::filesystem::is_directory(path)) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, " is a folder, where a file is needed"));
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace kugge::ctl
