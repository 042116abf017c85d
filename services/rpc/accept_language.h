// Which language a caller wants texts in, by RFC 9110's Accept-Language.
#ifndef KUGGE_SERVICES_RPC_ACCEPT_LANGUAGE_H_
#define KUGGE_SERVICES_RPC_ACCEPT_LANGUAGE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace kugge::rpc {

// `sv` or `en`, whichever `header` asks for with the larger weight (`q`, 1
// where it isn't given), the one named first where both have the same. A
// variant counts as its language (`en-GB`), `*` as any that isn't named. `sv`
// where neither is asked for; what can't be read is passed over.
std::string PreferredLanguage(absl::string_view header);

}  // namespace kugge::rpc

#endif  // KUGGE_SERVICES_RPC_ACCEPT_LANGUAGE_H_
