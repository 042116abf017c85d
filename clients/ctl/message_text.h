// Any message as text for people, through reflection.
#ifndef KUGGE_CLIENTS_CTL_MESSAGE_TEXT_H_
#define KUGGE_CLIENTS_CTL_MESSAGE_TEXT_H_

#include <ostream>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "kugge/v1/common.pb.h"

namespace kugge::ctl {

// The value at a path such as `home.municipality_code`; empty where a field on
// the way is not set. Days read as 2026-03-01, enums without their prefix,
// lists with commas.
std::string FieldText(const google::protobuf::Message& message,
                      absl::string_view path);

// Every field that is set, a line each: `skills.held[0].level  3`.
void PrintFields(const google::protobuf::Message& message, std::ostream& out);

// 2026-03-01; empty for a day that is not set.
std::string DayText(const kugge::v1::Date& date);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_MESSAGE_TEXT_H_
