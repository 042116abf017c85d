#include "services/features/sentence_words.h"

namespace kugge::features {

const SentenceWords& WordsOf(Language language) {
  switch (language) {
    case Language::kSwedish:
      return kSwedishWords;
    case Language::kEnglish:
      return kEnglishWords;
  }
  return kSwedishWords;
}

Language LanguageOf(absl::string_view tag) {
  for (const Language language : kLanguages) {
    if (WordsOf(language).tag == tag) return language;
  }
  return Language::kSwedish;
}

}  // namespace kugge::features
