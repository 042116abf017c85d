#include "matching/taxonomy/json_error.h"

#include <cstddef>
#include <string_view>
#include <utility>

#include "absl/strings/string_view.h"
#include "simdjson.h"

namespace kugge::matching {
namespace {

namespace ondemand = simdjson::ondemand;

constexpr int kMostNested = 1000;

simdjson::error_code Walk(ondemand::value value, int depth);

simdjson::error_code WalkArray(ondemand::array list, int depth) {
  for (auto each : list) {
    ondemand::value value;
    if (auto error = each.get(value)) return error;
    if (auto error = Walk(value, depth + 1)) return error;
  }
  return simdjson::SUCCESS;
}

simdjson::error_code WalkObject(ondemand::object fields, int depth) {
  for (auto each : fields) {
    ondemand::field field;
    if (auto error = std::move(each).get(field)) return error;
    std::string_view key;
    if (auto error = field.unescaped_key().get(key)) return error;
    if (auto error = Walk(field.value(), depth + 1)) return error;
  }
  return simdjson::SUCCESS;
}

// Reads everything below `value`, to the first error.
simdjson::error_code Walk(ondemand::value value, int depth) {
  if (depth > kMostNested) return simdjson::DEPTH_ERROR;
  ondemand::json_type type;
  if (auto error = value.type().get(type)) return error;
  switch (type) {
    case ondemand::json_type::array: {
      ondemand::array list;
      if (auto error = value.get_array().get(list)) return error;
      return WalkArray(list, depth);
    }
    case ondemand::json_type::object: {
      ondemand::object fields;
      if (auto error = value.get_object().get(fields)) return error;
      return WalkObject(fields, depth);
    }
    case ondemand::json_type::number:
      return value.get_double().error();
    case ondemand::json_type::string:
      return value.get_string().error();
    case ondemand::json_type::boolean:
      return value.get_bool().error();
    case ondemand::json_type::null: {
      const simdjson::simdjson_result<bool> null = value.is_null();
      return null.error();
    }
  }
  return simdjson::TAPE_ERROR;
}

// The first byte that is no UTF-8, give or take the rest of its character.
size_t FirstBadUtf8(absl::string_view bytes) {
  size_t good = 0;
  size_t bad = bytes.size();
  while (good + 4 < bad) {
    const size_t middle = good + (bad - good) / 2;
    size_t cut = middle;
    while (cut > good && (bytes[cut] & 0xC0) == 0x80) --cut;
    if (cut == good) break;
    if (simdjson::validate_utf8(bytes.data() + good, cut - good)) {
      good = cut;
    } else {
      bad = cut;
    }
  }
  return good;
}

}  // namespace

size_t JsonErrorOffset(absl::string_view bytes) {
  if (!simdjson::validate_utf8(bytes.data(), bytes.size())) {
    return FirstBadUtf8(bytes);
  }
  simdjson::padded_string padded(bytes.data(), bytes.size());
  ondemand::parser parser;
  ondemand::document document;
  if (parser.iterate(padded).get(document)) return bytes.size();
  ondemand::value root;
  const char* at = nullptr;
  if (document.get_value().get(root) == simdjson::SUCCESS) {
    if (Walk(root, 0) == simdjson::SUCCESS) return bytes.size();
  }
  if (document.current_location().get(at) != simdjson::SUCCESS) {
    return bytes.size();
  }
  const auto offset = static_cast<size_t>(at - padded.data());
  return offset < bytes.size() ? offset : bytes.size();
}

}  // namespace kugge::matching
