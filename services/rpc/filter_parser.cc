#include "services/rpc/filter_parser.h"

#include <array>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"
#include "services/rpc/errors.h"
#include "services/rpc/filter.h"
#include "services/rpc/formats.h"

namespace kugge::rpc::internal {
namespace {

struct Token {
  enum class Kind { kOpen, kClose, kOperator, kText, kString, kEnd };
  Kind kind = Kind::kEnd;
  // Of kText and kString, without the wildcard; in the filter's texts.
  absl::string_view text = {};
  bool wildcard = false;
  FilterOp op = FilterOp::kEqual;
  // Byte at which it starts.
  size_t at = 0;
};

absl::Status RefuseAt(size_t at, absl::string_view what) {
  return InvalidField("filter",
                      absl::StrCat("at character ", at + 1, ": ", what));
}

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// What ends a text without quotes.
bool EndsText(char c) {
  static constexpr std::array<bool, 256> kEnds = [] {
    std::array<bool, 256> ends{};
    for (const char end : absl::string_view(" \t\n\r()\"'=<>!:,")) {
      ends[static_cast<unsigned char>(end)] = true;
    }
    return ends;
  }();
  return kEnds[static_cast<unsigned char>(c)];
}

class Lexer {
 public:
  // Both outlive the lexer and its tokens.
  Lexer(absl::string_view text, std::deque<std::string>& unescaped)
      : text_(text), unescaped_(unescaped) {}

  absl::StatusOr<std::vector<Token>> Tokens() {
    std::vector<Token> tokens;
    constexpr size_t kBytesPerToken = 6;
    tokens.reserve(text_.size() / kBytesPerToken + 1);
    for (;;) {
      while (at_ < text_.size() && IsSpace(text_[at_])) ++at_;
      Token& token = tokens.emplace_back();
      KUGGE_RETURN_IF_ERROR(Next(token));
      if (token.kind == Token::Kind::kEnd) return tokens;
    }
  }

 private:
  absl::Status Next(Token& token) {
    token.at = at_;
    if (at_ == text_.size()) return absl::OkStatus();
    const char c = text_[at_];
    if (c == '(' || c == ')') {
      ++at_;
      token.kind = c == '(' ? Token::Kind::kOpen : Token::Kind::kClose;
      return absl::OkStatus();
    }
    if (c == '"' || c == '\'') return QuotedString(token);
    if (EndsText(c)) return Operator(token);
    return BareText(token);
  }

  absl::Status Operator(Token& token) {
    token.kind = Token::Kind::kOperator;
    const char c = text_[at_++];
    const bool equals = at_ < text_.size() && text_[at_] == '=';
    if (c == '=') {
      token.op = FilterOp::kEqual;
    } else if (c == ':') {
      token.op = FilterOp::kHas;
    } else if (c == '<') {
      token.op = equals ? FilterOp::kLessOrEqual : FilterOp::kLess;
    } else if (c == '>') {
      token.op = equals ? FilterOp::kGreaterOrEqual : FilterOp::kGreater;
    } else if (c == '!' && equals) {
      token.op = FilterOp::kNotEqual;
    } else {
      return RefuseAt(token.at,
                      absl::StrCat(Quoted(absl::string_view(&c, 1)),
                                   " is no operator; put texts in quotes"));
    }
    if (equals && c != '=' && c != ':') ++at_;
    return absl::OkStatus();
  }

  absl::Status BareText(Token& token) {
    token.kind = Token::Kind::kText;
    while (at_ < text_.size() && !EndsText(text_[at_])) ++at_;
    token.text = text_.substr(token.at, at_ - token.at);
    token.wildcard = absl::ConsumeSuffix(&token.text, "*");
    if (absl::StrContains(token.text, '*')) {
      return RefuseAt(token.at, "* may stand only at the end of a value");
    }
    return absl::OkStatus();
  }

  absl::Status QuotedString(Token& token) {
    token.kind = Token::Kind::kString;
    const char quote = text_[at_++];
    const size_t begin = at_;
    // Once it differs from what is written.
    std::string* unescaped = nullptr;
    size_t end = begin;
    for (; at_ < text_.size() && text_[at_] != quote; ++end) {
      if (token.wildcard) {
        return RefuseAt(at_ - 1,
                        "* may stand only at the end of a value; \\* is "
                        "a plain one");
      }
      char c = text_[at_++];
      if (c == '*') {
        token.wildcard = true;
        --end;
        continue;
      }
      if (c == '\\') {
        if (at_ == text_.size()) break;
        c = text_[at_++];
        if (absl::string_view("\\\"'*").find(c) == absl::string_view::npos) {
          return RefuseAt(at_ - 2, "after \\ may stand only \\, \", ' or *");
        }
        if (unescaped == nullptr) {
          unescaped =
              &unescaped_.emplace_back(text_.substr(begin, end - begin));
        }
      }
      if (unescaped != nullptr) unescaped->push_back(c);
    }
    if (at_ == text_.size()) {
      return RefuseAt(token.at, "the quotation mark is not closed");
    }
    token.text = unescaped != nullptr ? absl::string_view(*unescaped)
                                      : text_.substr(begin, end - begin);
    ++at_;
    return absl::OkStatus();
  }

  const absl::string_view text_;
  size_t at_ = 0;
  // Those that differ from what is written.
  std::deque<std::string>& unescaped_;
};

class Parser {
 public:
  explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {
    // A comparison is three tokens, and between two of them stands a word.
    syntax_.terms.reserve(tokens_.size() / 4 + 1);
    syntax_.nodes.reserve(tokens_.size() / 4 + 2);
  }

  absl::StatusOr<FilterSyntax> Run() {
    if (Peek().kind == Token::Kind::kEnd) return std::move(syntax_);
    KUGGE_ASSIGN_OR_RETURN(syntax_.root, Expression(0));
    if (Peek().kind != Token::Kind::kEnd) {
      return RefuseAt(Peek().at, "the parenthesis was not opened");
    }
    return std::move(syntax_);
  }

 private:
  const Token& Peek() const { return tokens_[at_]; }
  // The end is never taken.
  const Token& Take() { return tokens_[at_++]; }

  bool IsWord(absl::string_view word) const {
    return Peek().kind == Token::Kind::kText && !Peek().wildcard &&
           Peek().text == word;
  }

  int Add(FilterNode node) {
    syntax_.nodes.push_back(std::move(node));
    return static_cast<int>(syntax_.nodes.size()) - 1;
  }

  // The only child itself where there is one alone.
  int Combine(FilterNode::Kind kind, std::vector<int> children) {
    if (children.size() == 1) return children[0];
    return Add({.kind = kind, .children = std::move(children)});
  }

  // expression = factor {["AND"] factor}
  absl::StatusOr<int> Expression(int depth) {
    std::vector<int> factors;
    for (;;) {
      KUGGE_ASSIGN_OR_RETURN(const int factor, Factor(depth));
      factors.push_back(factor);
      if (IsWord("AND")) {
        Take();
      } else if (Peek().kind == Token::Kind::kEnd ||
                 Peek().kind == Token::Kind::kClose) {
        return Combine(FilterNode::Kind::kAnd, std::move(factors));
      }
    }
  }

  // factor = term {"OR" term}
  absl::StatusOr<int> Factor(int depth) {
    std::vector<int> terms;
    for (;;) {
      KUGGE_ASSIGN_OR_RETURN(const int term, Term(depth));
      terms.push_back(term);
      if (!IsWord("OR")) {
        return Combine(FilterNode::Kind::kOr, std::move(terms));
      }
      Take();
    }
  }

  // term = ["NOT" | "-"] ("(" expression ")" | comparison)
  absl::StatusOr<int> Term(int depth) {
    bool negated = false;
    if (IsWord("NOT")) {
      Take();
      negated = true;
    } else if (Peek().kind == Token::Kind::kText &&
               absl::StartsWith(Peek().text, "-") && !Peek().wildcard) {
      negated = true;
      // A minus alone stands before a parenthesis.
      Token& token = tokens_[at_];
      token.text.remove_prefix(1);
      if (token.text.empty()) Take();
    }
    int node;
    if (Peek().kind == Token::Kind::kOpen) {
      KUGGE_ASSIGN_OR_RETURN(node, Group(depth));
    } else {
      KUGGE_ASSIGN_OR_RETURN(node, Comparison());
    }
    if (!negated) return node;
    return Add({.kind = FilterNode::Kind::kNot, .children = {node}});
  }

  absl::StatusOr<int> Group(int depth) {
    const size_t at = Take().at;
    if (depth >= Filter::kMaxDepth) {
      return RefuseAt(at, absl::StrCat("more than ", Filter::kMaxDepth,
                                       " parentheses within each other"));
    }
    KUGGE_ASSIGN_OR_RETURN(const int node, Expression(depth + 1));
    if (Peek().kind != Token::Kind::kClose) {
      return RefuseAt(at, "the parenthesis is not closed");
    }
    Take();
    return node;
  }

  absl::StatusOr<int> Comparison() {
    constexpr char kWanted[] =
        "a comparison is wanted here, such as title = \"Svetsare\"";
    if (Peek().kind != Token::Kind::kText || IsWord("AND") || IsWord("OR") ||
        IsWord("NOT") || Peek().text.empty() || Peek().wildcard) {
      return RefuseAt(Peek().at, kWanted);
    }
    FilterTerm term;
    const size_t at = Peek().at;
    term.field = Take().text;
    if (Peek().kind == Token::Kind::kOpen) {
      return RefuseAt(at, "functions are not supported");
    }
    if (Peek().kind != Token::Kind::kOperator) {
      return RefuseAt(at,
                      absl::StrCat(Quoted(term.field),
                                   " stands alone; a field, an operator and "
                                   "a value are wanted, and AND, OR and NOT "
                                   "are written in capitals"));
    }
    term.op = Take().op;
    KUGGE_RETURN_IF_ERROR(Value(&term));
    if (syntax_.terms.size() >= Filter::kMaxTerms) {
      return RefuseAt(
          at, absl::StrCat("more than ", Filter::kMaxTerms, " comparisons"));
    }
    syntax_.terms.push_back(term);
    return Add({.kind = FilterNode::Kind::kTerm,
                .term = static_cast<int>(syntax_.terms.size()) - 1});
  }

  absl::Status Value(FilterTerm* term) {
    const bool is_value = Peek().kind == Token::Kind::kString ||
                          Peek().kind == Token::Kind::kText;
    if (!is_value || IsWord("AND") || IsWord("OR") || IsWord("NOT")) {
      return RefuseAt(Peek().at, "a value is wanted here; put texts in quotes");
    }
    const Token& token = Take();
    if (Peek().kind == Token::Kind::kOperator) {
      return RefuseAt(Peek().at,
                      "an operator after a value; put values that hold : = < > "
                      "or ! in quotes");
    }
    term->value = token.text;
    term->wildcard = token.wildcard;
    return absl::OkStatus();
  }

  std::vector<Token> tokens_;
  size_t at_ = 0;
  FilterSyntax syntax_;
};

}  // namespace

absl::StatusOr<FilterSyntax> ParseFilter(absl::string_view text) {
  if (text.size() > Filter::kMaxLength) {
    return InvalidField("filter", absl::StrCat("has ", text.size(),
                                               " bytes; must have at most ",
                                               Filter::kMaxLength));
  }
  const TextFacts facts = LookAtText(text);
  if (!facts.valid_utf8 || facts.has_control) {
    return InvalidField("filter",
                        "holds a control character or is not valid UTF-8");
  }
  std::deque<std::string> texts;
  texts.emplace_back(text);
  Lexer lexer(texts.front(), texts);
  KUGGE_ASSIGN_OR_RETURN(std::vector<Token> tokens, lexer.Tokens());
  KUGGE_ASSIGN_OR_RETURN(FilterSyntax syntax, Parser(std::move(tokens)).Run());
  syntax.texts = std::move(texts);
  return syntax;
}

}  // namespace kugge::rpc::internal
