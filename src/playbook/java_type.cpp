#include "migplan/playbook/java_type.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "java_letters.hpp"

namespace migplan {
namespace {

constexpr std::string_view kSpace = " \t\f\r\n";

// Recursive descent, one function a rule of the grammar. The first fault ends it: what stands behind is guesswork.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<JavaType> run() {
    auto type = parse_type(0);
    if (type && take("...")) type = array_of(*std::move(type), {});
    skip_space();
    if (type && at_ != text_.size()) fail("the end", hint_behind_type());
    if (fault_) return *std::move(fault_);
    return *std::move(type);
  }

 private:
  using Annotations = std::vector<std::string>;

  void skip_space() {
    while (at_ < text_.size() && kSpace.find(text_[at_]) != std::string_view::npos) ++at_;
  }

  bool take(std::string_view mark) {
    skip_space();
    if (!text_.substr(at_).starts_with(mark)) return false;
    at_ += mark.size();
    return true;
  }

  bool take_word(std::string_view word) {
    if (peek_word() != word) return false;
    at_ += word.size();
    return true;
  }

  // The name that begins here; empty where none does.
  std::string_view peek_word() {
    skip_space();
    std::size_t end = at_;
    for (;;) {
      const Character next = character_at(text_, end);
      const bool goes_on = end == at_ ? begins_name(next.code) : continues_name(next.code);
      if (next.bytes == 0 || !goes_on) break;
      end += next.bytes;
    }
    return text_.substr(at_, end - at_);
  }

  std::string found() {
    skip_space();
    if (at_ == text_.size()) return "the end";
    const std::string_view word = peek_word();
    if (!word.empty()) return in_quotes(word);
    const std::size_t bytes = character_at(text_, at_).bytes;
    return bytes == 0 ? std::string("a byte that is no UTF-8") : in_quotes(text_.substr(at_, bytes));
  }

  [[nodiscard]] Position place() const {
    const std::string_view before = text_.substr(0, at_);
    const std::size_t line = before.rfind('\n');  // npos + 1 = 0: the first line begins the text
    return {static_cast<std::uint32_t>(1 + std::count(before.begin(), before.end(), '\n')),
            static_cast<std::uint32_t>(at_ - (line + 1) + 1)};
  }

  std::nullopt_t fail(std::string_view expected, std::string hint = {}) {
    if (!fault_) {
      std::string message = fmt::format("found {}, expected {}", found(), expected);
      fault_ = {Severity::Error, "", place(), "", std::move(message), std::move(hint)};
    }
    return std::nullopt;
  }

  [[nodiscard]] std::string hint_behind_type() const {
    if (at_ < text_.size() && text_[at_] == '&') return "bounds joined by & belong to a declaration, they are no type";
    return {};
  }

  std::optional<JavaType> parse_type(unsigned depth) {
    if (depth >= kDeepestJavaType) return fail(fmt::format("at most {} types within types", kDeepestJavaType));
    auto annotations = parse_annotations();
    if (!annotations) return std::nullopt;
    skip_space();
    JavaType type;
    type.at = place();
    type.annotations = *std::move(annotations);
    const bool is_read = is_java_primitive(peek_word()) ? parse_primitive(type) : parse_class(type, depth);
    if (!is_read) return std::nullopt;
    return parse_dimensions(std::move(type), depth);
  }

  bool parse_primitive(JavaType& type) {
    type.kind = JavaKind::Primitive;
    const std::string_view word = peek_word();
    type.names.push_back({std::string(word), {}});
    at_ += word.size();
    return true;
  }

  // Name [Arguments] {. {Annotation} Name [Arguments]}
  bool parse_class(JavaType& type, unsigned depth) {
    do {
      if (!type.names.empty()) {
        auto annotations = parse_annotations();
        if (!annotations) return false;
        std::move(annotations->begin(), annotations->end(), std::back_inserter(type.annotations));
      }
      const std::string_view word = peek_word();
      if (word.empty() || is_java_keyword(word) || is_java_primitive(word)) {
        fail(type.names.empty() ? "a type" : "the name of a class",
             word == "void" ? "Void is a type, void is none" : "");
        return false;
      }
      at_ += word.size();
      JavaName& name = type.names.emplace_back(JavaName{std::string(word), {}});
      if (take("<") && !parse_arguments(name.arguments, depth)) return false;
    } while (!begins("...") && take("."));
    return true;
  }

  bool begins(std::string_view mark) {
    skip_space();
    return text_.substr(at_).starts_with(mark);
  }

  bool parse_arguments(std::vector<JavaType>& arguments, unsigned depth) {
    do {
      auto argument = parse_argument(depth + 1);
      if (!argument) return false;
      arguments.push_back(*std::move(argument));
    } while (take(","));
    if (!take(">")) fail("\",\" or \">\"", begins("&") ? hint_behind_type() : "");
    return !fault_;
  }

  std::optional<JavaType> parse_argument(unsigned depth) {
    skip_space();
    const std::size_t begin = at_;
    auto annotations = parse_annotations();
    if (!annotations) return std::nullopt;
    if (begins("?")) return parse_wildcard(*std::move(annotations), depth);
    at_ = begin;
    auto type = parse_type(depth);
    if (type && type->kind == JavaKind::Primitive) {
      at_ = begin;
      return fail("a class or an array", "a type argument is no primitive: Integer stands for int");
    }
    return type;
  }

  std::optional<JavaType> parse_wildcard(Annotations annotations, unsigned depth) {
    JavaType wildcard;
    wildcard.at = place();
    wildcard.annotations = std::move(annotations);
    take("?");
    wildcard.kind = take_word("extends") ? JavaKind::ExtendsWildcard
                    : take_word("super") ? JavaKind::SuperWildcard
                                         : JavaKind::AnyWildcard;
    if (wildcard.kind == JavaKind::AnyWildcard) return wildcard;
    auto bound = parse_type(depth + 1);
    if (!bound) return std::nullopt;
    if (bound->kind == JavaKind::Primitive) return fail("a bound that is a class or an array");
    wildcard.inner.push_back(*std::move(bound));
    return wildcard;
  }

  // The first pair of brackets is the outermost array: int[][] is an array of int[].
  std::optional<JavaType> parse_dimensions(JavaType element, unsigned depth) {
    std::vector<Annotations> dimensions;
    for (;;) {
      const std::size_t begin = at_;
      auto annotations = parse_annotations();
      if (!annotations) return std::nullopt;
      if (!take("[")) {
        at_ = begin;
        if (!annotations->empty()) return fail("\"[\" or the end of the type", "annotations stand in front of a type");
        break;
      }
      if (!take("]")) return fail("\"]\"", "type arguments stand in < and >, and an array names no length");
      dimensions.push_back(*std::move(annotations));
      if (depth + dimensions.size() >= kDeepestJavaType) {
        return fail(fmt::format("at most {} types within types", kDeepestJavaType));
      }
    }
    for (auto own = dimensions.rbegin(); own != dimensions.rend(); ++own) {
      element = array_of(std::move(element), std::move(*own));
    }
    return element;
  }

  static JavaType array_of(JavaType element, Annotations annotations) {
    JavaType array;
    array.kind = JavaKind::Array;
    array.annotations = std::move(annotations);
    array.at = element.at;
    array.inner.push_back(std::move(element));
    return array;
  }

  // {@ Name {. Name} [( … )]}
  std::optional<Annotations> parse_annotations() {
    Annotations annotations;
    while (take("@")) {
      std::string name;
      do {
        const std::string_view word = peek_word();
        if (word.empty() || is_java_keyword(word)) return fail("the name of an annotation");
        if (!name.empty()) name += '.';
        name += word;
        at_ += word.size();
      } while (take("."));
      if (take("(") && !skip_arguments()) return std::nullopt;
      annotations.push_back(std::move(name));
    }
    return annotations;
  }

  // What an annotation is told, up to its ")": texts may hold brackets.
  bool skip_arguments() {
    char quote = 0;
    for (unsigned open = 1; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (quote != 0) {
        if (c == '\\' && at_ + 1 < text_.size()) {
          ++at_;
        } else if (c == quote) {
          quote = 0;
        }
        continue;
      }
      if (c == '"' || c == '\'') quote = c;
      if (c == '(') ++open;
      if (c == ')' && --open == 0) return ++at_, true;
    }
    fail("\")\"");
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::optional<Issue> fault_;
};

void append(std::string& out, const JavaType& type);

void append_names(std::string& out, const std::vector<JavaName>& names) {
  for (const JavaName& name : names) {
    if (&name != names.data()) out += '.';
    out += name.name;
    if (name.arguments.empty()) continue;
    out += '<';
    for (const JavaType& argument : name.arguments) {
      if (&argument != name.arguments.data()) out += ", ";
      append(out, argument);
    }
    out += '>';
  }
}

// The annotations of an array stand before its brackets, those of anything else before it.
void append_array(std::string& out, const JavaType& type) {
  const JavaType* element = &type;
  while (element->kind == JavaKind::Array) element = &element->inner.front();
  append(out, *element);
  for (const JavaType* array = &type; array->kind == JavaKind::Array; array = &array->inner.front()) {
    for (const std::string& annotation : array->annotations) out += fmt::format(" @{} ", annotation);
    out += "[]";
  }
}

void append(std::string& out, const JavaType& type) {
  if (type.kind == JavaKind::Array) return append_array(out, type);
  for (const std::string& annotation : type.annotations) out += fmt::format("@{} ", annotation);
  switch (type.kind) {
    case JavaKind::AnyWildcard: out += '?'; return;
    case JavaKind::ExtendsWildcard: out += "? extends "; return append(out, type.inner.front());
    case JavaKind::SuperWildcard: out += "? super "; return append(out, type.inner.front());
    default: return append_names(out, type.names);
  }
}

}  // namespace

bool operator==(const JavaName& a, const JavaName& b) { return a.name == b.name && a.arguments == b.arguments; }

bool operator==(const JavaType& a, const JavaType& b) {
  return a.kind == b.kind && a.names == b.names && a.inner == b.inner && a.annotations == b.annotations;
}

std::string to_string(const JavaType& type) {
  std::string out;
  append(out, type);
  return out;
}

std::string full_name(const JavaType& type) {
  std::string out;
  for (const JavaName& name : type.names) {
    if (!out.empty()) out += '.';
    out += name.name;
  }
  return out;
}

Result<JavaType> parse_java_type(std::string_view text) {
  if (text.size() > kLongestJavaType) {
    return Issue{Severity::Error,
                 "",
                 {1, 1},
                 "",
                 fmt::format("found {} bytes, expected a type of at most {}", text.size(), kLongestJavaType)};
  }
  return Parser(text).run();
}

}  // namespace migplan
