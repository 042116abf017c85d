#include "clients/population/education_fields.h"

#include "absl/strings/match.h"

namespace kugge::population {
namespace {

struct FieldOfPrefix {
  absl::string_view ssyk_prefix;
  absl::string_view sun_code;
};

// The first prefix that fits is taken, so longer ones stand before shorter.
constexpr FieldOfPrefix kFields[] = {
    {"0", "863"},    {"132", "521"},  {"15", "72"},    {"1", "345"},
    {"211", "44"},   {"212", "46"},   {"213", "42"},   {"2142", "582"},
    {"2143", "522"}, {"2144", "521"}, {"2145", "524"}, {"214", "52"},
    {"216", "581"},  {"217", "214"},  {"221", "721"},  {"222", "723"},
    {"223", "723"},  {"225", "64"},   {"226", "724"},  {"227", "726"},
    {"228", "727"},  {"22", "72"},    {"234", "143"},  {"23", "14"},
    {"241", "344"},  {"242", "345"},  {"243", "342"},  {"24", "34"},
    {"25", "481"},   {"261", "38"},   {"262", "322"},  {"264", "321"},
    {"265", "21"},   {"266", "762"},  {"26", "31"},    {"3112", "582"},
    {"3113", "522"}, {"3114", "523"}, {"3115", "524"}, {"311", "521"},
    {"315", "840"},  {"31", "52"},    {"32", "72"},    {"334", "346"},
    {"33", "34"},    {"342", "813"},  {"34", "76"},    {"35", "48"},
    {"41", "346"},   {"4", "34"},     {"512", "811"},  {"513", "811"},
    {"514", "815"},  {"51", "81"},    {"52", "341"},   {"531", "761"},
    {"53", "723"},   {"54", "861"},   {"611", "62"},   {"61", "62"},
    {"62", "623"},   {"6", "62"},     {"71", "582"},   {"722", "521"},
    {"723", "525"},  {"72", "521"},   {"73", "215"},   {"74", "522"},
    {"752", "543"},  {"761", "541"},  {"7", "54"},     {"816", "541"},
    {"817", "543"},  {"82", "521"},   {"83", "840"},   {"8", "54"},
    {"91", "814"},   {"92", "62"},    {"941", "811"},
};

}  // namespace

absl::string_view EducationFieldOf(absl::string_view ssyk_code) {
  for (const FieldOfPrefix& field : kFields) {
    if (absl::StartsWith(ssyk_code, field.ssyk_prefix)) return field.sun_code;
  }
  return "01";
}

EqfRange EqfOf(absl::string_view ssyk_code) {
  switch (ssyk_code.empty() ? '9' : ssyk_code.front()) {
    case '1':
      return {5, 7};
    case '2':
      return {6, 7};
    case '3':
      return {5, 6};
    case '9':
      return {2, 4};
    default:
      return {4, 4};
  }
}

}  // namespace kugge::population
