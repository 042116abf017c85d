// Checks a message against the rules that stand beside its fields in
// proto/kugge/v1 (field_rules.proto). Written once for every message; what no
// single field can say is in resource_rules.h.
//
// Checked: required, max_length (code points, 1,000 unless told), max_items
// (100 unless told), minimum and maximum, concept_types, resource_patterns,
// format; unknown numbers of enums, UNSPECIFIED in a list, NaN and infinity,
// days that are not in the calendar, timestamps out of range, invalid UTF-8 and
// control characters. Not looked at: output_only fields (they are ignored in
// input), unknown fields, whether an immutable field changed.
//
// A request with an update_mask may hold part of a resource: there, `required`
// holds only within elements of lists, which always are whole. Whoever merges
// the part checks the merged resource.
#ifndef KUGGE_SERVICES_RPC_VALIDATOR_H_
#define KUGGE_SERVICES_RPC_VALIDATOR_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/rpc/errors.h"

namespace google::protobuf {
class Message;
}  // namespace google::protobuf

namespace kugge::rpc {

// What the taxonomy in force says of concept ids. Thread-safe.
class ConceptChecker {
 public:
  enum class Verdict {
    // Known, of one of the types. An id that was replaced counts as its
    // replacement; one that is gone but known by its last label is kOk.
    kOk,
    kUnknown,
    kWrongType,
  };
  virtual ~ConceptChecker() = default;
  virtual Verdict Check(absl::string_view id,
                        absl::Span<const std::string> types) const = 0;
  // Type of a known concept, for the error text; empty where it is unknown.
  virtual std::string TypeOf(absl::string_view id) const = 0;
};

// Thread-safe. Rules are read from a message's descriptor once and kept.
class Validator {
 public:
  using MunicipalityTest = std::function<bool(absl::string_view code)>;

  // `concepts` outlives the validator; without it concept ids are checked for
  // their form alone. `is_municipality` tells the 290 codes; without it any
  // four digits pass.
  explicit Validator(const ConceptChecker* concepts,
                     MunicipalityTest is_municipality = nullptr);
  ~Validator();
  Validator(const Validator&) = delete;
  Validator& operator=(const Validator&) = delete;

  // Adds what is wrong with `message`; paths start with `path_prefix`, if any,
  // and a dot. Stops when `violations` is full.
  void Check(const google::protobuf::Message& message,
             absl::string_view path_prefix, Violations* violations) const;

 private:
  class Plans;
  class Walk;

  const ConceptChecker* const concepts_;
  const MunicipalityTest is_municipality_;
  const std::unique_ptr<Plans> plans_;
};

}  // namespace kugge::rpc

#endif  // KUGGE_SERVICES_RPC_VALIDATOR_H_
