#include "services/rpc/format_rules.h"

#include "absl/strings/str_cat.h"
#include "services/rpc/errors.h"
#include "services/rpc/formats.h"

namespace kugge::rpc {

std::string FormatFault(
    v1::Format format, absl::string_view text,
    const std::function<bool(absl::string_view code)>& is_municipality) {
  constexpr char kPersonal[] =
      "holds what is shaped like a personal number; leave it out";
  switch (format) {
    case v1::FORMAT_ORGANISATION_NUMBER:
      if (IsOrganisationNumber(text)) return "";
      return "must be an organisation number: ten digits, third digit 2 or "
             "more, right check digit";
    case v1::FORMAT_MUNICIPALITY_CODE:
      if (!IsFourDigits(text)) {
        return absl::StrCat("is ", Quoted(text),
                            "; must be a municipality code of four digits");
      }
      if (is_municipality == nullptr || is_municipality(text)) return "";
      return absl::StrCat("is ", Quoted(text),
                          "; no municipality in force has this code");
    case v1::FORMAT_UUID:
      if (IsUuid(text)) return "";
      return absl::StrCat("is ", Quoted(text), "; must be a UUID");
    case v1::FORMAT_RESOURCE_ID:
      if (HoldsPersonalNumber(text)) return kPersonal;
      if (IsResourceId(text)) return "";
      return absl::StrCat("is ", Quoted(text),
                          "; must be 1 to 63 of a-z, 0-9 and dash, start with "
                          "a letter and not end with a dash");
    case v1::FORMAT_EXTERNAL_ID:
    case v1::FORMAT_TEXT:
      return HoldsPersonalNumber(text) ? kPersonal : "";
    case v1::FORMAT_INDUSTRY_CODE:
      if (IsIndustryCode(text)) return "";
      return absl::StrCat("is ", Quoted(text),
                          "; must be an SNI code: two to five digits or one "
                          "letter from A to U");
    default:
      return "";
  }
}

}  // namespace kugge::rpc
