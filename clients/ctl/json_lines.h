// JSON in protobuf's own mapping: a message to a line, a line to a message, and
// files of such lines.
#ifndef KUGGE_CLIENTS_CTL_JSON_LINES_H_
#define KUGGE_CLIENTS_CTL_JSON_LINES_H_

#include <cstdint>
#include <istream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace kugge::ctl {

// One line without its end, fields in lowerCamelCase. `{}` for a value that
// this mapping cannot hold, such as a time past the year 9999.
std::string ToJsonLine(const google::protobuf::Message& message);

// Replaces `message`. An unknown field is an error that names it.
absl::Status ParseJson(const std::string& json,
                       google::protobuf::Message* message);

// Lines of a stream with their numbers from 1; blank ones, a byte order mark
// and carriage returns are passed over.
class JsonLineReader {
 public:
  explicit JsonLineReader(std::istream& in) : in_(in) {}

  // False: no more lines.
  bool Next();
  const std::string& line() const { return line_; }
  int64_t number() const { return number_; }
  // Bytes read so far.
  uintmax_t bytes() const { return bytes_; }

 private:
  std::istream& in_;
  std::string line_;
  int64_t number_ = 0;
  uintmax_t bytes_ = 0;
};

// The whole file, or standard input (`in`) where the path is `-`.
absl::StatusOr<std::string> ReadAll(const std::string& path, std::istream& in);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_JSON_LINES_H_
