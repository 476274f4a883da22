#include "migplan/playbook/type_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "known_classes.hpp"
#include "migplan/base/nearest.hpp"
#include "zero_copy.hpp"

namespace migplan {
namespace {

using Arguments = std::vector<const JavaType*>;

constexpr std::string_view kAnyNote = "written without type arguments: Go cannot tell what it holds";

Arguments arguments_of(const JavaType& type) {
  Arguments arguments;
  for (const JavaName& name : type.names) {
    for (const JavaType& argument : name.arguments) arguments.push_back(&argument);
  }
  return arguments;
}

std::string_view last_name(std::string_view name) {
  const std::size_t point = name.rfind('.');
  return point == std::string_view::npos ? name : name.substr(point + 1);
}

bool says_nullable(const JavaType& type) {
  constexpr std::array<std::string_view, 4> kNullable{"Nullable", "CheckForNull", "PossiblyNull", "NullableDecl"};
  return std::any_of(type.annotations.begin(), type.annotations.end(), [&](std::string_view annotation) {
    return std::find(kNullable.begin(), kNullable.end(), last_name(annotation)) != kNullable.end();
  });
}

// The library class that was perhaps meant by a class that is none of them; empty = none is near.
std::string near_class_note(std::string_view name) {
  constexpr std::size_t kLeast = 4;  // shorter names are near to too much
  const bool is_of_java = name.starts_with("java.");
  if ((!is_of_java && name.find('.') != std::string_view::npos) || last_name(name).size() < kLeast) return {};
  std::vector<std::string_view> known;
  for (const KnownClass& one : known_classes()) known.push_back(one.name);
  const std::string_view near = nearest_name(last_name(name), known);
  const auto meant = std::find_if(known_classes().begin(), known_classes().end(),
                                  [near](const KnownClass& one) { return one.name == near; });
  if (near.empty() || meant == known_classes().end()) return {};
  return fmt::format("did you mean {}.{}?", meant->package, meant->name);
}

// Levels of a type, each made before its parts and judged after them.
class Mapper {
 public:
  GoType map(const JavaType& type, const std::string& path, unsigned depth) {
    const std::size_t own = map_.levels.size();
    const JavaType& meant = type.kind == JavaKind::ExtendsWildcard ? type.inner.front() : type;
    TypeLevel& begun = map_.levels.emplace_back();
    begun.path = path.empty() ? "payload" : path;
    begun.depth = depth;
    begun.java = to_string(type);
    Made made = make(meant, Parts{*this, path, depth});
    if (says_nullable(type) || says_nullable(meant)) make_nullable(made, meant);
    if (!meant.alias.empty()) made.notes.push_back(fmt::format("what {} stands for", meant.alias));
    if (made.go.is_padded && made.judged.verdict == ZeroCopy::Yes) {
      made.notes.emplace_back(
          "some of its bytes are padding between fields: clear them, and pad alike at the other end");
    }
    if (made.go.text.size() > kLongestGoType) {
      is_too_long_ = true;
      made.go = {.text = "any", .form = GoForm::Interface};
    }
    TypeLevel& level = map_.levels[own];
    level.go = std::move(made.go);
    level.verdict = made.judged.verdict;
    level.reason = std::move(made.judged.reason);
    level.wire = std::move(made.judged.wire);
    level.notes = std::move(made.notes);
    return level.go;
  }

  [[nodiscard]] bool is_too_long() const noexcept { return is_too_long_; }
  TypeMap take() && {
    map_.imports.assign(imports_.begin(), imports_.end());
    return std::move(map_);
  }

 private:
  struct Made {
    GoType go;
    Judgement judged;
    std::vector<std::string> notes{};
  };

  // Maps the parts of one type.
  struct Parts {
    Mapper& mapper;
    const std::string& path;
    unsigned depth;

    GoType map(const JavaType& part, std::string_view name) const {
      return mapper.map(part, path.empty() ? std::string(name) : fmt::format("{}.{}", path, name), depth + 1);
    }
    // `?` where there is no such argument: the class is written without any.
    GoType map(const Arguments& arguments, std::size_t number, std::string_view name) const {
      static const JavaType kAny{JavaKind::AnyWildcard, {}, {}, {}, {}, {}};
      return map(number < arguments.size() ? *arguments[number] : kAny, name);
    }
  };

  Made make(const JavaType& type, const Parts& parts) {
    switch (type.kind) {
      case JavaKind::Primitive: return make_primitive(type);
      case JavaKind::Array: return make_array(type, parts);
      case JavaKind::AnyWildcard:
      case JavaKind::SuperWildcard: return make_any("any", "any class may stand here: only its users know which");
      default: break;
    }
    const KnownClass* known = find_known_class(full_name(type));
    if (known == nullptr) return make_named(type, parts);
    if (!known->import.empty()) imports_.insert(known->import);
    Made made = make_known(*known, arguments_of(type), parts);
    if (!known->note.empty()) made.notes.emplace_back(known->note);
    return made;
  }

  static Made make_primitive(const JavaType& type) {
    const KnownPrimitive& known = known_primitive(type.names.front().name);
    Made made;
    made.go = {std::string(known.go), GoForm::Fixed, known.bytes, known.bytes, false, true};
    made.judged = judged_fixed(made.go, known.wire);
    if (!known.note.empty()) made.notes.emplace_back(known.note);
    return made;
  }

  // byte[] is what Go has []byte for; a byte by itself is signed.
  static Made make_array(const JavaType& type, const Parts& parts) {
    const JavaType& element = type.inner.front();
    const bool is_bytes = element.kind == JavaKind::Primitive && element.names.front().name == "byte";
    if (is_bytes) return {{.text = "[]byte", .form = GoForm::Slice}, judged_bytes()};
    const GoType go = parts.map(element, "element");
    return {slice_of(go), judged_slice(go)};
  }

  static Made make_any(std::string_view go, std::string note = {}) {
    Made made{{.text = std::string(go), .form = GoForm::Interface, .is_key = true},
              {ZeroCopy::No, "an interface: a type and a pointer to a value",
               "protobuf oneof of the types that it may hold"}};
    if (!note.empty()) made.notes.push_back(std::move(note));
    return made;
  }

  Made make_named(const JavaType& type, const Parts& parts) {
    map_.named.push_back({go_name(type), full_name(type)});
    Made made{{.text = map_.named.back().go, .form = GoForm::Named, .is_key = true}, {}};
    const Arguments arguments = arguments_of(type);
    std::string list;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const std::string name = arguments.size() == 1 ? "argument" : fmt::format("argument{}", i + 1);
      list += (i == 0 ? "" : ", ") + parts.map(*arguments[i], name).text;
    }
    if (!list.empty()) made.go.text += fmt::format("[{}]", list);
    made.judged = judged_named(made.go);
    if (std::string note = near_class_note(full_name(type)); !note.empty()) made.notes.push_back(std::move(note));
    return made;
  }

  Made make_known(const KnownClass& known, const Arguments& arguments, const Parts& parts) {
    const std::string go(known.go), why(known.why), wire(known.wire);
    switch (known.shape) {
      case Shape::Fixed: {
        const GoType type{go, GoForm::Fixed, known.bytes, known.align, false, true};
        return {type, judged_fixed(type, wire)};
      }
      case Shape::Text: return {{.text = go, .form = GoForm::Text, .is_key = true}, judged_text()};
      case Shape::ByteSlice: return {{.text = go, .form = GoForm::Slice}, judged_bytes()};
      case Shape::Words: return {{.text = go, .form = GoForm::Slice}, judged_slice({"uint64", GoForm::Fixed, 8, 8})};
      case Shape::Opaque:
      case Shape::OpaqueKey:
        return {{.text = go, .form = GoForm::Opaque, .is_key = known.shape == Shape::OpaqueKey},
                {ZeroCopy::No, why, wire}};
      case Shape::Atomic: return {{.text = go, .form = GoForm::Shared}, {ZeroCopy::No, why, wire}};
      case Shape::AnyValue: return make_any(go);
      case Shape::Machine:
        return {{.text = go, .form = GoForm::Machine, .is_key = true},
                {ZeroCopy::No, "an int: as wide as the machine's words", wire}};
      case Shape::NotData: return {{.text = go, .form = GoForm::NotData}, {ZeroCopy::No, why, wire}};
      case Shape::Properties: return {map_of("string", "string"), judged_map(ZeroCopy::Yes, {})};
      default: break;
    }
    Made made = make_generic(known, arguments, parts);
    if (known.arity != 0 && arguments.empty()) made.notes.emplace_back(kAnyNote);
    return made;
  }

  Made make_generic(const KnownClass& known, const Arguments& arguments, const Parts& parts) {
    switch (known.shape) {
      case Shape::List: {
        const GoType element = parts.map(arguments, 0, "element");
        return {slice_of(element), judged_slice(element)};
      }
      case Shape::Set: return make_set(parts.map(arguments, 0, "element"));
      case Shape::Map: return make_map(arguments, parts);
      case Shape::Pair: {
        const GoType key = parts.map(arguments, 0, "key");
        const GoType pair = pair_of(key, parts.map(arguments, 1, "value"));
        return {pair, judged_pair(pair)};
      }
      case Shape::Optional: return make_optional(known, arguments, parts);
      case Shape::AtomicRef: {
        imports_.insert("sync/atomic");
        const GoType value = parts.map(arguments, 0, "value");
        return {{.text = fmt::format("atomic.Pointer[{}]", value.text), .form = GoForm::Shared},
                {ZeroCopy::No, "a pointer that goroutines share", "the value that is loaded from it"}};
      }
      case Shape::Function: return make_function(known, arguments, parts);
      default: return make_stream(known, arguments, parts);
    }
  }

  static Made make_set(const GoType& element) {
    if (element.is_key) {
      Made made{map_of(element.text, "struct{}"), judged_set(element)};
      add_key_note(element, made);
      return made;
    }
    Made made{slice_of(element), judged_slice(element)};
    made.notes.push_back(
        fmt::format("{} is no key of a Go map: a slice, whoever adds to it looks first", element.text));
    return made;
  }

  Made make_map(const Arguments& arguments, const Parts& parts) {
    const GoType key = parts.map(arguments, 0, "key");
    const std::size_t value_at = map_.levels.size();
    const GoType value = parts.map(arguments, 1, "value");
    Made made{map_of(key.is_key ? key.text : "string", value.text),
              judged_map(map_.levels[value_at].verdict, map_.levels[value_at].reason)};
    if (!key.is_key) {
      made.notes.push_back(fmt::format("{} is no key of a Go map: encode it into a string", key.text));
    }
    add_key_note(key, made);
    return made;
  }

  static void add_key_note(const GoType& key, Made& made) {
    if (key.form == GoForm::Named) made.notes.push_back(fmt::format("the fields of {} must be comparable", key.text));
    if (key.form == GoForm::Interface) made.notes.emplace_back("a key that cannot be compared panics");
  }

  Made make_optional(const KnownClass& known, const Arguments& arguments, const Parts& parts) {
    if (known.arity == 0) {
      const GoType value{std::string(known.go), GoForm::Fixed, known.bytes, known.align, false, true};
      return {pointer_to(value), judged_pointer(judged_fixed(value, fmt::format("{} bytes", known.bytes)))};
    }
    const std::size_t value_at = map_.levels.size();
    const GoType value = parts.map(arguments, 0, "value");
    const TypeLevel& level = map_.levels[value_at];
    Made made{pointer_to(value), {level.verdict, level.reason, level.wire}};
    if (!value.is_nilable()) {
      made.judged = judged_pointer(made.judged);
    } else {
      made.notes.emplace_back("nil stands for empty");
    }
    return made;
  }

  // {0} and {1} of the text are the arguments. What is taken may be `? super T`: T itself is enough to call it.
  Made make_function(const KnownClass& known, const Arguments& arguments, const Parts& parts) {
    std::vector<std::string> types;
    for (std::size_t i = 0; i < known.arity; ++i) {
      const std::string name = fmt::format("argument{}", i + 1);
      const bool is_super = i < arguments.size() && arguments[i]->kind == JavaKind::SuperWildcard;
      types.push_back((is_super ? parts.map(arguments[i]->inner.front(), name) : parts.map(arguments, i, name)).text);
    }
    std::string go;
    for (std::size_t at = 0; at < known.go.size(); ++at) {
      if (known.go[at] == '{') {
        go += types[static_cast<std::size_t>(known.go[at + 1] - '0')];
        at += 2;
      } else {
        go += known.go[at];
      }
    }
    return {{.text = std::move(go), .form = GoForm::NotData},
            {ZeroCopy::No, std::string(known.why), std::string(known.wire)}};
  }

  Made make_stream(const KnownClass& known, const Arguments& arguments, const Parts& parts) {
    const std::string value = known.arity == 0 ? std::string(known.go) : parts.map(arguments, 0, "element").text;
    Made made{{.text = {}, .form = GoForm::NotData},
              {ZeroCopy::No, "a channel is no data", "its values as a stream of messages"}};
    if (known.shape == Shape::Queue) {
      // "chan <-chan T" would be a channel to send to.
      made.go.text = value.starts_with("<-") ? fmt::format("chan ({})", value) : "chan " + value;
    } else if (known.shape == Shape::Promise) {
      made.go.text = "<-chan " + value;
      made.judged.wire = "its value, once it is there";
    } else {
      made.go.text = fmt::format("func() ({}, bool)", value);
      made.judged.reason = "its elements are made one after the other";
      made.judged.wire = "a slice of its elements, or a stream of messages";
      made.notes.emplace_back("iter.Seq from Go 1.23 on");
    }
    return made;
  }

  static void make_nullable(Made& made, const JavaType& type) {
    if (type.kind == JavaKind::Primitive) {
      made.notes.emplace_back("a primitive is never null: the annotation says nothing");
    } else if (made.go.is_nilable()) {
      made.notes.emplace_back("nil stands for null");
    } else {
      made.judged = judged_pointer(made.judged);
      made.go = pointer_to(made.go);
    }
  }

  TypeMap map_;
  std::set<std::string_view> imports_;
  bool is_too_long_ = false;
};

// Whether two names may mean one class: the same, or one of them without its package.
bool may_be_same(std::string_view a, std::string_view b) {
  const auto ends_in = [](std::string_view whole, std::string_view end) {
    return whole.size() > end.size() && whole.ends_with(end) && whole[whole.size() - end.size() - 1] == '.';
  };
  return a == b || ends_in(a, b) || ends_in(b, a);
}

}  // namespace

std::vector<std::string> GoNames::clashes(const TypeMap& map) {
  std::vector<std::string> found;
  for (const NamedType& named : map.named) {
    const auto [first, is_new] = java_.emplace(named.go, named.java);
    if (is_new || may_be_same(first->second, named.java)) continue;
    found.push_back(fmt::format("{} and {} both become {}", first->second, named.java, named.go));
  }
  return found;
}

Result<TypeMap> type_map(const JavaType& type, const TypeAliases& aliases) {
  const Issues wrong = argument_issues(type);
  if (wrong.has_errors()) return wrong;
  const auto resolved = aliases.resolved(type);
  if (!resolved.is_ok()) return resolved.issues();
  Mapper mapper;
  (void)mapper.map(resolved.value(), "", 0);
  if (mapper.is_too_long()) {
    return Issue{Severity::Error, "", type.at, "", fmt::format("its Go type is longer than {} bytes", kLongestGoType)};
  }
  return std::move(mapper).take();
}

}  // namespace migplan
