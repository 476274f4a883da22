#include "migplan/merge/edit_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace migplan {
namespace {

using Facts = std::map<std::string, std::string>;
using Changes = std::span<const FactChange>;

std::string_view key_of(std::string_view fact) { return fact.substr(0, fact.find('.')); }

// Everything below a node by its path; lists keep their order but for dependencies, which are a set.
void add_facts(const InventoryText& layout, TextIndex node, const std::string& path, Facts& facts) {
  const TextNode& value = layout[node];
  if (path == kDependsOn && value.kind == TextKind::Sequence) {
    for (const PlacedDependency& one : stated_dependencies(layout, node)) {
      facts[dependency_fact(one.stated.service)] = plain_text(one.stated);
    }
    if (value.first_child == TextNode::kNone) facts[path] = "[]";
    return;
  }
  const bool is_collection = value.kind == TextKind::Map || value.kind == TextKind::Sequence;
  const bool is_plain_list = value.kind == TextKind::Sequence && plain_text(layout, node) != std::nullopt;
  if (!is_collection) {
    if (value.kind != TextKind::Null) facts[path] = plain_text(layout, node).value_or(std::string(value.text));
    return;
  }
  if (is_plain_list) facts[path] = *plain_text(layout, node);
  std::size_t number = 0;
  for (TextIndex i = value.first_child; i != TextNode::kNone; i = layout[i].next, ++number) {
    const std::string step = value.kind == TextKind::Map ? std::string(layout[i].key) : fmt::format("[{}]", number);
    if (value.kind == TextKind::Map || layout[i].kind == TextKind::Map || layout[i].kind == TextKind::Sequence) {
      add_facts(layout, i, path.empty() ? step : path + "." + step, facts);
    }
  }
}

Facts facts_of(const InventoryText& layout, TextIndex service) {
  Facts facts;
  add_facts(layout, service, "", facts);
  return facts;
}

void apply(Facts& facts, Changes changes) {
  for (const FactChange& change : changes) {
    if (change.is_removed) {
      facts.erase(change.fact);
    } else {
      facts[change.fact] = change.now;
    }
  }
  const auto first = facts.lower_bound(dependency_fact(""));
  const bool has_dependencies = first != facts.end() && first->first.starts_with(dependency_fact(""));
  const bool had_list =
      std::any_of(changes.begin(), changes.end(), [](const FactChange& c) { return c.dependency.has_value(); });
  if (has_dependencies) {
    facts.erase(std::string(kDependsOn));
  } else if (had_list) {
    facts[std::string(kDependsOn)] = "[]";
  }
}

std::unordered_map<std::string_view, Changes> by_service(Changes changes) {
  std::unordered_map<std::string_view, Changes> all;
  for (std::size_t i = 0; i < changes.size();) {
    std::size_t end = i + 1;
    while (end < changes.size() && changes[end].service == changes[i].service) ++end;
    all.emplace(changes[i].service, changes.subspan(i, end - i));
    i = end;
  }
  return all;
}

// Only what is in both texts: the name and the entries that were read again.
void keep_entries(Facts& facts, const std::set<std::string, std::less<>>& keys) {
  std::erase_if(facts, [&keys](const auto& fact) { return !keys.contains(key_of(fact.first)); });
}

std::string first_difference(const Facts& expected, const Facts& found) {
  for (const auto& [fact, value] : expected) {
    const auto at = found.find(fact);
    if (at == found.end()) return fmt::format("{} is lost", fact);
    if (at->second != value)
      return fmt::format("{} would be {}, expected {}", fact, in_quotes(at->second), in_quotes(value));
  }
  for (const auto& [fact, value] : found) {
    if (!expected.contains(fact)) return fmt::format("{} would be {}, expected nothing", fact, in_quotes(value));
  }
  return {};
}

}  // namespace

std::string difference(const InventoryText& before, Changes changes, std::span<const std::string> new_services,
                       const InventoryText& after) {
  std::unordered_map<std::string_view, TextIndex> old_nodes;
  for (const TextIndex service : before.services) old_nodes.emplace(before.name(service), service);
  const auto changed = by_service(changes);
  std::size_t met = 0;
  for (const TextIndex service : after.services) {
    const std::string_view name = after.name(service);
    const auto old_node = old_nodes.find(name);
    const auto of_name = changed.find(name);
    if (of_name == changed.end() && old_node != old_nodes.end()) {
      const TextNode &a = before[old_node->second], &b = after[service];
      if (before.text.substr(a.begin, a.end - a.begin) != after.text.substr(b.begin, b.end - b.begin)) {
        return fmt::format("{} would change", name);
      }
      continue;
    }
    Facts found = facts_of(after, service), expected;
    if (old_node != old_nodes.end())
      expected = facts_of(before, old_node->second);
    else
      expected["name"] = name;
    if (of_name != changed.end()) {
      ++met;
      apply(expected, of_name->second);
    }
    if (after.services.size() != before.services.size() + new_services.size()) {  // a text of what changes alone
      std::set<std::string, std::less<>> keys{"name"};
      for (const FactChange& change : of_name->second) keys.insert(std::string(key_of(change.fact)));
      keep_entries(expected, keys);
    }
    if (std::string wrong = first_difference(expected, found); !wrong.empty())
      return fmt::format("{}: {}", name, wrong);
  }
  for (const std::string& name : new_services) {
    const bool is_there = std::any_of(after.services.begin(), after.services.end(),
                                      [&](TextIndex service) { return after.name(service) == name; });
    if (!is_there) return fmt::format("{} is lost", name);
    if (after.services.size() > 10'000) break;
  }
  return met == changed.size()
             ? std::string()
             : fmt::format("{} of {} services that change are lost", changed.size() - met, changed.size());
}

std::string reread_text(const InventoryText& before, std::span<const TextEdit> edits, Changes,
                        std::span<const std::string>) {
  return with_edits(before.text, edits);
}

}  // namespace migplan
