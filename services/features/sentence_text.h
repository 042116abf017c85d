// What sentences of every kind are written with: the filling of templates, and
// numbers, days and names in a language's form. Everything appends to a text.
#ifndef KUGGE_SERVICES_FEATURES_SENTENCE_TEXT_H_
#define KUGGE_SERVICES_FEATURES_SENTENCE_TEXT_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "matching/taxonomy/taxonomy.h"
#include "matching/types.h"
#include "services/features/sentence_words.h"

namespace kugge::features {

// Appends what stands for a place of a template, named without its braces.
// False: the template has a place that nothing stands for.
using FillPlace =
    absl::FunctionRef<bool(absl::string_view place, std::string* out)>;

// `text` with every place filled; a place that nothing stands for is left as it
// is, braces and all.
void Expand(absl::string_view text, FillPlace fill, std::string* out);

// A template whose only place is a text or a number.
void ExpandOne(absl::string_view text, absl::string_view value,
               std::string* out);

// `1 vecka`, `4 veckor`.
void AppendCount(const SentenceWords::Count& text, uint64_t count,
                 std::string* out);
// `0,4 av 1,0`: all digits, at least one after the mark.
void AppendCredit(const SentenceWords& words, matching::Thousandths credit,
                  std::string* out);
// `12,3` and `50`, in kilometres.
void AppendKilometres(const SentenceWords& words,
                      matching::HundredMetres distance, std::string* out);
// `75–100 %`, and `75 %` where both are the same.
void AppendPercents(const SentenceWords& words, int from, int to,
                    std::string* out);
// `14 juni 2026`. Not of kNoDay.
void AppendDay(const SentenceWords& words, matching::Days day,
               std::string* out);
// `dagar, kvällar och helger`.
void AppendShifts(const SentenceWords& words, matching::ShiftSet shifts,
                  std::string* out);

// With a small first letter, where the second is one: `Svetsare` but not `IT`.
void AppendSmall(absl::string_view name, std::string* out);
// `{Name}` or `{name}`. False for any other place.
bool AppendName(absl::string_view place, absl::string_view name,
                std::string* out);

// The label that the language shows; empty for a concept that the taxonomy
// doesn't have.
absl::string_view NameOf(const SentenceWords& words,
                         const matching::Taxonomy& taxonomy,
                         matching::ConceptIndex index);

// ` (a, b)` at the end of a text, or nothing where nothing is added.
class Brackets {
 public:
  explicit Brackets(std::string* out) : out_(out) {}
  ~Brackets() {
    if (open_) out_->push_back(')');
  }
  Brackets(const Brackets&) = delete;
  Brackets& operator=(const Brackets&) = delete;

  // Where the next one is to be appended.
  std::string* Next() {
    out_->append(open_ ? ", " : " (");
    open_ = true;
    return out_;
  }

 private:
  std::string* const out_;
  bool open_ = false;
};

}  // namespace kugge::features

#endif  // KUGGE_SERVICES_FEATURES_SENTENCE_TEXT_H_
