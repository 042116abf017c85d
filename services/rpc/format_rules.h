// The forms of field_rules.proto applied to a text, with what to say of it.
#ifndef KUGGE_SERVICES_RPC_FORMAT_RULES_H_
#define KUGGE_SERVICES_RPC_FORMAT_RULES_H_

#include <functional>
#include <string>

#include "absl/strings/string_view.h"
#include "kugge/v1/field_rules.pb.h"

namespace kugge::rpc {

// What is wrong with the form of a text; empty where nothing is. Texts that may
// be about a person aren't repeated. `is_municipality` may be empty.
std::string FormatFault(
    v1::Format format, absl::string_view text,
    const std::function<bool(absl::string_view code)>& is_municipality);

}  // namespace kugge::rpc

#endif  // KUGGE_SERVICES_RPC_FORMAT_RULES_H_
