// Structured logs: one line an event on stderr, `time level event key=value
// ...`, values quoted where they need it. Never pass personal data: names of
// resources are fine, their contents are not.
#ifndef KUGGE_BASE_LOG_H_
#define KUGGE_BASE_LOG_H_

#include <initializer_list>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace kugge {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

struct LogField {
  template <typename T>
  LogField(absl::string_view field_key, const T& field_value)
      : key(field_key), value(absl::StrCat(field_value)) {}
  LogField(absl::string_view field_key, bool field_value)
      : key(field_key), value(field_value ? "true" : "false") {}

  std::string key;
  std::string value;
};

// Lines below this level are dropped; kInfo until it is set. Thread-safe.
void SetMinimumLogLevel(LogLevel level);

// Writes one line. `event` is lower_snake_case and stable: it is what operators
// search for. Thread-safe.
void Log(LogLevel level, absl::string_view event,
         std::initializer_list<LogField> fields = {});

// The line that Log would write, without the time and the line end; for tests.
std::string FormatLogLine(LogLevel level, absl::string_view event,
                          std::initializer_list<LogField> fields);

}  // namespace kugge

#endif  // KUGGE_BASE_LOG_H_
