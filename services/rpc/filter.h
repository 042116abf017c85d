// Filters of lists and of matches, in the language of AIP-160. The grammar and
// what differs from the AIP are in docs/formats/filter.md.
//
// Parse reads the text, Bind checks it against a message's or a table's fields,
// Matches evaluates it. All errors are InvalidArgument on `filter` and name the
// place, the field or the value.
#ifndef KUGGE_SERVICES_RPC_FILTER_H_
#define KUGGE_SERVICES_RPC_FILTER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"

namespace google::protobuf {
class Descriptor;
class Message;
}  // namespace google::protobuf

namespace kugge::rpc {

// A field's value as a filter sees it. monostate: absent. An enum value is its
// number. Views are read during the call that produced them.
using FilterValue = std::variant<std::monostate, int64_t, double, bool,
                                 absl::string_view, absl::CivilDay, absl::Time>;

// One field of a flat row.
struct FilterField {
  enum class Type { kString, kInt, kDate, kBool, kEnum };
  // As written in a filter; dots are part of the name.
  std::string name;
  Type type = Type::kString;
  // For kEnum: names and numbers. All must have one prefix up to an underscore
  // for the short names to be understood too.
  std::vector<std::pair<std::string, int64_t>> enum_values = {};
};
using FieldTable = std::vector<FilterField>;

// All values that a field of rows can have, fixed once, so that a filter is
// held against all of them together. Immutable.
class FilterDomain {
 public:
  // Distinct texts, which outlive the domain.
  explicit FilterDomain(std::vector<absl::string_view> texts);

  // The texts, by their places, and last the absent value.
  size_t size() const { return texts_.size() + 1; }
  FilterValue ValueAt(size_t place) const;
  std::optional<size_t> PlaceOf(absl::string_view text) const;

 private:
  std::vector<absl::string_view> texts_;
  absl::flat_hash_map<absl::string_view, size_t> places_;
};

namespace internal {
struct FilterSyntax;
struct FilterProgram;
}  // namespace internal

// A filter that is bound to a message type. Cheap to copy; thread-safe.
class BoundFilter {
 public:
  // `message` is of the type the filter was bound to. An empty filter matches
  // everything.
  bool Matches(const google::protobuf::Message& message) const;
  // Whether it matches everything because nothing was asked.
  bool empty() const;

 private:
  friend class Filter;
  explicit BoundFilter(std::shared_ptr<const internal::FilterProgram> program)
      : program_(std::move(program)) {}
  // Shared: copies of one parsed filter are handed to worker code by value.
  std::shared_ptr<const internal::FilterProgram> program_;
};

// A filter that is bound to the fields of flat rows. Cheap to copy;
// thread-safe.
class BoundRowFilter {
 public:
  // `get` answers a field of the row by its place in the table, with the type
  // told there, or monostate.
  bool Matches(const std::function<FilterValue(int field_index)>& get) const;
  // The places, ascending, of those values of one field with which some row,
  // whatever its other fields, could match.
  std::vector<size_t> MayMatch(int field_index,
                               const FilterDomain& domain) const;
  bool empty() const;
  // Places in the table of the fields that the filter reads, ascending.
  absl::Span<const int> fields() const;

 private:
  friend class Filter;
  explicit BoundRowFilter(
      std::shared_ptr<const internal::FilterProgram> program)
      : program_(std::move(program)) {}
  // Shared, as above.
  std::shared_ptr<const internal::FilterProgram> program_;
};

// A filter's syntax tree.
class Filter {
 public:
  static constexpr int kMaxLength = 2000;  // bytes
  static constexpr int kMaxDepth = 20;     // parentheses within parentheses
  static constexpr int kMaxTerms = 100;    // comparisons

  static absl::StatusOr<Filter> Parse(absl::string_view text);

  // Checks every name, operator and value against the message's fields. Fields
  // whose content is sensitive (data_class) can't be filtered by.
  absl::StatusOr<BoundFilter> Bind(
      const google::protobuf::Descriptor* descriptor) const;
  // The same against a table.
  absl::StatusOr<BoundRowFilter> BindFields(const FieldTable& table) const;

 private:
  explicit Filter(std::shared_ptr<const internal::FilterSyntax> syntax)
      : syntax_(std::move(syntax)) {}
  // Shared, as above.
  std::shared_ptr<const internal::FilterSyntax> syntax_;
};

}  // namespace kugge::rpc

#endif  // KUGGE_SERVICES_RPC_FILTER_H_
