#include "migplan/playbook/type_aliases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "known_classes.hpp"

namespace migplan {
namespace {

std::size_t count_arguments(const JavaType& type) {
  std::size_t count = 0;
  for (const JavaName& name : type.names) count += name.arguments.size();
  return count;
}

void add_argument_issues(const JavaType& type, Issues& issues) {
  if (type.kind == JavaKind::Class) {
    const std::string name = full_name(type);
    const KnownClass* known = find_known_class(name);
    const std::size_t found = count_arguments(type);
    if (known != nullptr && found != 0 && found != known->arity) {
      issues.add({Severity::Error, "", type.at, "",
                  fmt::format("{} takes {} type argument{}, found {}", name, known->arity, known->arity == 1 ? "" : "s",
                              found)});
    }
  }
  for (const JavaName& name : type.names) {
    for (const JavaType& argument : name.arguments) add_argument_issues(argument, issues);
  }
  for (const JavaType& inner : type.inner) add_argument_issues(inner, issues);
}

Issue about(const StatedType& stated, std::string message, std::string hint = {}) {
  return {Severity::Error, stated.file, stated.at, stated.path, std::move(message), std::move(hint)};
}

// What is wrong with the name of an alias; empty = nothing.
std::optional<Issue> name_issue(const TypeAlias& alias) {
  const auto name = parse_java_type(alias.name);
  const bool is_class = name.is_ok() && name.value().kind == JavaKind::Class && name.value().annotations.empty() &&
                        count_arguments(name.value()) == 0;
  if (!is_class) {
    return about(alias.type,
                 fmt::format("found {}, expected the name of a class before its type", in_quotes(alias.name)));
  }
  if (find_known_class(full_name(name.value())) != nullptr) {
    return about(alias.type, fmt::format("{} is a class of the Java libraries, it stands for itself", alias.name),
                 "name the package of a class of your own");
  }
  return std::nullopt;
}

}  // namespace

Issues in_place(const Issues& issues, const StatedType& stated) {
  Issues placed;
  for (Issue issue : issues.kept()) {
    const Position within = issue.at;
    issue.file = stated.file;
    issue.path = stated.path;
    issue.at = stated.at;
    if (stated.is_line && within.line == 1) {
      issue.at.column += within.column - 1;
    } else if (within.line > 1) {
      issue.message = fmt::format("line {}, column {}: {}", within.line, within.column, issue.message);
    } else if (within.column != 0) {
      issue.message = fmt::format("column {}: {}", within.column, issue.message);
    }
    placed.add(std::move(issue));
  }
  return placed;
}

Issues argument_issues(const JavaType& type) {
  Issues issues;
  add_argument_issues(type, issues);
  return issues;
}

Result<TypeAliases> TypeAliases::create(const std::vector<TypeAlias>& aliases) {
  TypeAliases made;
  Issues issues;
  if (aliases.size() > kMost) {
    return about(aliases[kMost].type, fmt::format("found {} aliases, expected at most {}", aliases.size(), kMost));
  }
  for (const TypeAlias& alias : aliases) {
    auto wrong = name_issue(alias);
    std::string name = wrong ? std::string() : full_name(parse_java_type(alias.name).value());
    const bool is_twice = std::any_of(made.entries_.begin(), made.entries_.end(),
                                      [&name](const Entry& entry) { return entry.name == name; });
    if (is_twice) wrong = about(alias.type, fmt::format("the alias {} is given twice", alias.name));
    const bool is_wrong = wrong.has_value();
    if (wrong) issues.add(*std::move(wrong));
    auto type = parse_java_type(alias.type.text);
    issues.append(in_place(type.is_ok() ? argument_issues(type.value()) : type.issues(), alias.type));
    if (is_wrong || !type.is_ok()) continue;
    made.entries_.push_back({std::move(name), std::move(type).value()});
  }
  if (issues.has_errors()) return issues;
  issues = made.cycles(aliases);
  if (issues.has_errors()) return issues;
  return made;
}

// The name as it is written goes before the name behind a package.
const TypeAliases::Entry* TypeAliases::find(const JavaType& type) const {
  if (type.kind != JavaKind::Class || entries_.empty() || count_arguments(type) != 0) return nullptr;
  const std::string name = full_name(type);
  const auto exact = std::find_if(entries_.begin(), entries_.end(), [&name](const Entry& e) { return e.name == name; });
  if (exact != entries_.end()) return &*exact;
  if (find_known_class(name) != nullptr) return nullptr;
  const auto behind =
      std::find_if(entries_.begin(), entries_.end(), [&name](const Entry& e) { return name.ends_with("." + e.name); });
  return behind == entries_.end() ? nullptr : &*behind;
}

// Walks the aliases that each one names, the path so far as a list: an alias met on it closes a cycle.
Issues TypeAliases::cycles(std::span<const TypeAlias> aliases) const {
  enum class Visit : std::uint8_t { New, Open, Done };
  std::vector<Visit> visits(entries_.size(), Visit::New);
  std::vector<std::size_t> path;
  Issues issues;
  const auto index_of = [this](const Entry* entry) { return static_cast<std::size_t>(entry - entries_.data()); };
  const auto walk_type = [&](const auto& self, const JavaType& type, const auto& enter) -> void {
    if (const Entry* named = find(type)) enter(enter, index_of(named));
    for (const JavaName& name : type.names) {
      for (const JavaType& argument : name.arguments) self(self, argument, enter);
    }
    for (const JavaType& inner : type.inner) self(self, inner, enter);
  };
  const auto enter = [&](const auto& self, std::size_t entry) -> void {
    if (visits[entry] == Visit::Done) return;
    if (visits[entry] == Visit::Open) {
      std::string way;
      const auto begin = std::find(path.begin(), path.end(), entry);
      for (auto at = begin; at != path.end(); ++at) way += entries_[*at].name + " -> ";
      issues.add(about(aliases[entry].type, fmt::format("the alias {} stands for itself: {}{}", entries_[entry].name,
                                                        way, entries_[entry].name)));
      return;
    }
    visits[entry] = Visit::Open;
    path.push_back(entry);
    walk_type(walk_type, entries_[entry].type, self);
    path.pop_back();
    visits[entry] = Visit::Done;
  };
  for (std::size_t i = 0; i < entries_.size(); ++i) enter(enter, i);
  return issues;
}

// Puts types in the place of aliases, counting what comes of it.
class TypeAliases::Unfolding {
 public:
  explicit Unfolding(const TypeAliases& aliases) : aliases_(aliases) {}

  JavaType unfold(const JavaType& type, unsigned depth) {
    ++count_;
    is_too_large_ = is_too_large_ || count_ > kMostTypes || depth > kDeepestJavaType + 1;
    if (is_too_large_) return {};
    if (const Entry* entry = aliases_.find(type)) {
      JavaType made = unfold(entry->type, depth);
      made.alias = full_name(type);
      made.at = type.at;
      made.annotations.insert(made.annotations.end(), type.annotations.begin(), type.annotations.end());
      return made;
    }
    JavaType made = type;
    for (JavaName& name : made.names) {
      for (JavaType& argument : name.arguments) argument = unfold(argument, depth + 1);
    }
    for (JavaType& inner : made.inner) inner = unfold(inner, depth + 1);
    return made;
  }

  [[nodiscard]] bool is_too_large() const noexcept { return is_too_large_; }

 private:
  const TypeAliases& aliases_;
  std::size_t count_ = 0;
  bool is_too_large_ = false;
};

Result<JavaType> TypeAliases::resolved(const JavaType& type) const {
  Unfolding unfolding(*this);
  JavaType made = unfolding.unfold(type, 0);
  if (unfolding.is_too_large()) {
    return Issue{Severity::Error, "", type.at, "",
                 fmt::format("unfolds into more than {} types, or more than {} deep", kMostTypes, kDeepestJavaType)};
  }
  return made;
}

}  // namespace migplan
