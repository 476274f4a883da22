#include "migplan/merge/edit_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "migplan/base/decimal_text.hpp"

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
      add_facts(layout, i, path.empty() ? step : fmt::format("{}.{}", path, step), facts);
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
                       const InventoryText& after, bool is_whole) {
  std::unordered_map<std::string_view, TextIndex> old_nodes;
  for (const TextIndex service : before.services) old_nodes.emplace(before.name(service), service);
  const auto changed = by_service(changes);
  std::unordered_set<std::string_view> seen;
  std::size_t met = 0;
  for (const TextIndex service : after.services) {
    const std::string_view name = after.name(service);
    seen.insert(name);
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
    if (old_node != old_nodes.end()) {
      expected = facts_of(before, old_node->second);
    } else {
      expected["name"] = name;
    }
    if (of_name != changed.end()) {
      ++met;
      apply(expected, of_name->second);
    }
    if (!is_whole && old_node != old_nodes.end()) {
      std::set<std::string, std::less<>> keys{"name"};
      for (const FactChange& change : of_name->second) keys.insert(std::string(key_of(change.fact)));
      keep_entries(expected, keys);
    }
    if (std::string wrong = first_difference(expected, found); !wrong.empty())
      return fmt::format("{}: {}", name, wrong);
  }
  const bool has_new = std::all_of(new_services.begin(), new_services.end(),
                                   [&seen](const std::string& name) { return seen.contains(name); });
  const bool has_all = !is_whole || after.services.size() == before.services.size() + new_services.size();
  if (!has_new || !has_all) return "services are lost";
  return met == changed.size()
             ? std::string()
             : fmt::format("{} of {} services that change are lost", changed.size() - met, changed.size());
}

namespace {

// Offsets of a text in the one that edits make of it.
class MovedOffsets {
 public:
  explicit MovedOffsets(std::span<const TextEdit> edits) : edits_(edits) {
    for (const TextEdit& edit : edits) {
      grown_ += static_cast<std::ptrdiff_t>(edit.text.size()) - static_cast<std::ptrdiff_t>(edit.end - edit.begin);
      grown_behind_.push_back(grown_);
    }
  }
  // Before what is inserted there, or behind it.
  [[nodiscard]] std::size_t before(std::size_t at) const { return moved(at, false); }
  [[nodiscard]] std::size_t behind(std::size_t at) const { return moved(at, true); }

 private:
  [[nodiscard]] std::size_t moved(std::size_t at, bool is_behind) const {
    const auto after = std::partition_point(edits_.begin(), edits_.end(), [at, is_behind](const TextEdit& edit) {
      return edit.end < at || (edit.end == at && (is_behind || edit.begin < at));
    });
    const std::ptrdiff_t grown =
        after == edits_.begin() ? 0 : grown_behind_[static_cast<std::size_t>(after - edits_.begin()) - 1];
    return static_cast<std::size_t>(static_cast<std::ptrdiff_t>(at) + grown);
  }

  std::span<const TextEdit> edits_;
  std::vector<std::ptrdiff_t> grown_behind_;
  std::ptrdiff_t grown_ = 0;
};

// Edits that need no second reading: a number in the place of a number leaves the text around it as it is read.
class PlainReplacements {
 public:
  PlainReplacements(const InventoryText& before, std::span<const TextEdit> edits) : before_(before), edits_(edits) {}

  // Whether nothing but numbers changes within a service, each where it stood and to what was decided.
  [[nodiscard]] bool are_all(TextIndex service, Changes changes) const {
    const TextNode& map = before_[service];
    const std::size_t end = before_.line_end(map.end);
    auto edit = edit_from(map.begin);
    std::size_t met = 0;
    for (; edit != edits_.end() && edit->begin < end; ++edit) ++met;
    return met == changes.size() && std::all_of(changes.begin(), changes.end(),
                                                [&](const FactChange& change) { return is_one(service, change); });
  }

 private:
  [[nodiscard]] std::span<const TextEdit>::iterator edit_from(std::size_t at) const {
    return std::partition_point(edits_.begin(), edits_.end(), [at](const TextEdit& edit) { return edit.begin < at; });
  }
  [[nodiscard]] bool is_one(TextIndex service, const FactChange& change) const {
    const auto node = before_.fact(service, change.fact);
    if (!node || before_[*node].kind != TextKind::Number || before_[*node].begin == before_[*node].end) return false;
    const auto edit = edit_from(before_[*node].begin);
    return edit != edits_.end() && edit->begin == before_[*node].begin && edit->end == before_[*node].end &&
           edit->text.find_first_not_of("0123456789.") == std::string::npos &&
           canonical_number(edit->text) == change.now;
  }

  const InventoryText& before_;
  std::span<const TextEdit> edits_;
};

// The entries of services that change, put together to an inventory of their own.
class PartOfText {
 public:
  PartOfText(const InventoryText& before, std::span<const TextEdit> edits)
      : before_(before), plain_(before, edits), offsets_(edits), made_(with_edits(before.text, edits)) {}

  [[nodiscard]] Reread whole(Changes changes) {
    return {std::move(made_), std::vector<FactChange>(changes.begin(), changes.end()), true};
  }

  [[nodiscard]] Reread gather(Changes changes) {
    constexpr std::string_view kHead = "services:";
    Reread part{std::string(kHead) + "\n", {}, false};
    const auto changed = by_service(changes);
    bool has_last = false;
    for (const TextIndex service : before_.services) {
      const auto of_name = changed.find(before_.name(service));
      has_last = of_name != changed.end() && !plain_.are_all(service, of_name->second);
      if (!has_last) continue;
      if (!add(service, of_name->second, part.text)) return whole(changes);
      part.changes.insert(part.changes.end(), of_name->second.begin(), of_name->second.end());
    }
    // What is added behind the last service; its own last entry has it already.
    const std::size_t end = before_.line_end(before_[before_.services.back()].end);
    const std::size_t added = offsets_.before(end), behind = offsets_.behind(end);
    if (part.changes.empty() && added == behind) part.text = std::string(kHead) + " []\n";
    part.text += std::string_view(made_).substr(has_last ? behind : added);
    add_changes_of_new(changes, part.changes);
    return part;
  }

 private:
  // False where the service has to be read as a whole.
  bool add(TextIndex service, Changes changes, std::string& part) const {
    const TextNode& map = before_[service];
    const std::size_t indent = before_.column(map.begin);
    const TextIndex name = *before_.find(service, "name");
    if (map.is_flow || indent < 2) return false;
    part += std::string(indent - 2, ' ') + "- name: " +
            std::string(before_.text.substr(before_[name].begin, before_[name].end - before_[name].begin)) + "\n";
    std::set<std::string_view> keys;
    for (const FactChange& change : changes) keys.insert(key_of(change.fact));
    for (TextIndex i = map.first_child; i != TextNode::kNone; i = before_[i].next) {
      const TextNode& entry = before_[i];
      const std::size_t line = before_.line_begin(entry.key_begin),
                        end = before_.line_end(std::max(entry.key_end, entry.end));
      const bool is_touched = keys.contains(entry.key);
      // The first one stands behind the dash: from its key on.
      const std::size_t begin = i == map.first_child ? entry.key_begin : line;
      // What is inserted in front of an entry came with the one before it.
      const std::size_t from = is_touched ? offsets_.behind(begin) : offsets_.before(end);
      const std::size_t to = offsets_.behind(end);
      if (from == to) continue;
      if (is_touched && i == map.first_child) part += std::string(indent, ' ');
      part += std::string_view(made_).substr(from, to - from);
      if (!part.ends_with('\n')) part += '\n';
    }
    return true;
  }

  // They stand behind the last service.
  void add_changes_of_new(Changes changes, std::vector<FactChange>& all) const {
    std::unordered_set<std::string_view> old;
    for (const TextIndex service : before_.services) old.insert(before_.name(service));
    std::copy_if(changes.begin(), changes.end(), std::back_inserter(all),
                 [&old](const FactChange& change) { return !old.contains(change.service); });
  }

  const InventoryText& before_;
  PlainReplacements plain_;
  MovedOffsets offsets_;
  std::string made_;
};

}  // namespace

Reread reread_text(const InventoryText& before, std::span<const TextEdit> edits, Changes changes,
                   std::size_t whole_up_to) {
  const bool is_whole = before.text.size() <= whole_up_to || before.syntax != TextSyntax::Yaml || !before.list ||
                        before[*before.list].is_flow || before.services.empty();
  PartOfText part(before, edits);
  return is_whole ? part.whole(changes) : part.gather(changes);
}

}  // namespace migplan
