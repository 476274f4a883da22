// Random inventories in many ways of writing, and random reports: what is read again is what was merged, and the diff
// names every line that is not as it was.
#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "builders.hpp"
#include "merging_support.hpp"

using namespace migplan;
using namespace migplan::test;
using testing::Random;

namespace {

const std::vector<std::string> kTexts{
    "trade",      "a: b",        "x # y", "no",   "1e3",  "会员中心", "two words", "it's \"so\"", "- dash", "[x]",
    "2024-07-01", "back\\slash", "*star", "&and", "!tag", "%x",       "@y",        "a,b",         "{z}"};

// One way of writing.
struct Writing {
  std::string newline = "\n";
  std::string blank;       // between services
  std::size_t indent = 2;  // of the dash
  std::size_t step = 2;    // of groups
  bool flow_services = false, flow_groups = false, flow_lists = false, block_items = false, same_column = false;
  int comments = 0;  // percent of lines
};

class Writer {
 public:
  explicit Writer(Random& random) : random_(random) {
    if (random.chance(25)) way_.newline = "\r\n";
    if (random.chance(50)) way_.blank = way_.newline;
    way_.indent = static_cast<std::size_t>(random.between(0, 1)) * 2;
    way_.step = static_cast<std::size_t>(random.between(1, 4));
    way_.flow_services = random.chance(20);
    way_.flow_groups = random.chance(50);
    way_.flow_lists = random.chance(40);
    way_.block_items = random.chance(30);
    way_.same_column = random.chance(20);
    way_.comments = random.chance(50) ? 25 : 0;
  }

  std::string inventory(int services) {
    std::string text = random_.chance(30) ? "# an inventory" + way_.newline : "";
    text += "services:" + way_.newline;
    for (int i = 0; i < services; ++i) {
      if (i != 0) text += way_.blank;
      text += std::string(way_.indent, ' ') + "- ";
      text += way_.flow_services ? "{" + flow_service(i, services) + "}" + end_of_line() : block_service(i, services);
    }
    // A block scalar that ends the text would become another one by a newline behind it.
    const bool ends_in_block = text.ends_with("    one" + way_.newline);
    if (random_.chance(20) && !ends_in_block) text.resize(text.size() - way_.newline.size());
    return text;
  }

 private:
  std::string end_of_line() { return (random_.chance(way_.comments) ? "  # said so" : "") + way_.newline; }

  std::string some_text() {
    std::string text =
        kTexts[static_cast<std::size_t>(random_.between(0, static_cast<std::int64_t>(kTexts.size()) - 1))];
    if (text == "trade" || text == "two words") return text;
    if (random_.chance(50) || text.find('\'') != std::string::npos) {
      std::string quoted = "\"";
      for (const char c : text) quoted += (c == '"' || c == '\\') ? std::string("\\") + c : std::string(1, c);
      return quoted + "\"";
    }
    return "'" + text + "'";
  }

  std::vector<std::pair<std::string, std::string>> debt() {
    std::vector<std::pair<std::string, std::string>> fields;
    if (random_.chance(60))
      fields.emplace_back("sonar_debt_days", fmt::format("{}.{}", random_.between(0, 99), random_.between(0, 9)));
    if (random_.chance(40)) {
      fields.emplace_back("high_risk_vulnerabilities",
                          random_.chance(15) ? "~" : fmt::format("{}", random_.between(0, 9)));
    }
    return fields;
  }
  std::string flow(const std::vector<std::pair<std::string, std::string>>& fields) {
    std::string text;
    for (const auto& [key, value] : fields) text += (text.empty() ? "" : ", ") + key + ": " + value;
    return "{" + text + "}";
  }
  std::vector<std::string> callees(int self, int count) {
    std::vector<std::string> all;
    for (int i = self + 1; i < count; ++i) {
      if (random_.chance(25)) all.push_back(fmt::format("s{}", i));
    }
    return all;
  }
  std::string item(const std::string& callee) {
    return random_.chance(30) ? fmt::format("{{service: {}, strength: weak}}", callee)
                              : fmt::format("{{service: {}}}", callee);
  }

  std::string flow_service(int i, int count) {
    std::string text = fmt::format("name: s{}", i);
    if (random_.chance(50)) text += ", debt: " + flow(debt());
    if (random_.chance(30)) text += ", team: " + some_text();
    if (random_.chance(50)) {
      std::string items;
      for (const std::string& callee : callees(i, count)) items += (items.empty() ? "" : ", ") + item(callee);
      text += ", depends_on: [" + items + "]";
    }
    return text;
  }

  std::string block_service(int i, int count) {
    const std::string pad(way_.indent + 2, ' ');
    std::vector<std::string> entries{fmt::format("name: s{}", i) + end_of_line()};
    if (random_.chance(50)) entries.push_back("team: " + some_text() + end_of_line());
    if (random_.chance(15))
      entries.push_back("owner: |" + way_.newline + pad + "    some" + way_.newline + pad + "    one" + way_.newline);
    if (random_.chance(40))
      entries.push_back("stack: " + std::string(random_.chance(50) ? "[java8, spring]" : "[]") + end_of_line());
    if (random_.chance(60)) entries.push_back(group("debt", debt(), pad));
    if (random_.chance(60)) entries.push_back(dependencies(callees(i, count), pad));
    if (random_.chance(20)) entries.push_back("x-own: {a: [1, 2], b: text}" + end_of_line());
    random_.shuffle(entries);
    std::string text;
    for (const std::string& entry : entries) {
      if (!text.empty()) text += (random_.chance(way_.comments) ? pad + "# about" + way_.newline : "") + pad;
      text += entry;
    }
    return text;
  }

  std::string group(const std::string& key, const std::vector<std::pair<std::string, std::string>>& fields,
                    const std::string& pad) {
    if (fields.empty() || way_.flow_groups) return key + ": " + flow(fields) + end_of_line();
    std::string text = key + ":" + end_of_line();
    for (const auto& [name, value] : fields)
      text += pad + std::string(way_.step, ' ') + name + ": " + value + end_of_line();
    return text;
  }

  std::string dependencies(const std::vector<std::string>& callees, const std::string& pad) {
    if (callees.empty() || way_.flow_lists) {
      std::string items;
      for (const std::string& callee : callees) items += (items.empty() ? "" : ", ") + item(callee);
      return "depends_on: [" + items + "]" + end_of_line();
    }
    std::string text = "depends_on:" + end_of_line();
    const std::string inner = pad + (way_.same_column ? "" : "  ");
    for (const std::string& callee : callees) {
      if (way_.block_items) {
        text += inner + "- service: " + callee + end_of_line();
        if (random_.chance(30)) text += inner + "  strength: weak" + end_of_line();
      } else {
        text += inner + "- " + item(callee) + end_of_line();
      }
    }
    return text;
  }

  Random& random_;
  Writing way_;
};

NamedReport random_facts(Random& random, int services) {
  Observations said;
  for (int i = 0; i < services + 2; ++i) {
    const std::string name = fmt::format("s{}", i);
    const auto add = [&](const char* fact, ObservedValue value) {
      said.facts.push_back({name, fact, std::move(value)});
    };
    said.subjects.push_back(name);
    if (random.chance(40)) add("debt.sonar_debt_days", number(fmt::format("{}", random.between(0, 99))));
    if (random.chance(30)) add("debt.high_risk_vulnerabilities", number(fmt::format("{}", random.between(0, 9))));
    if (random.chance(20)) add("impact.sla_30d", number("99.5"));
    if (random.chance(20)) add("platform.framework_end_of_life", random.chance(50));
    if (random.chance(30)) add("team", ObservedText{kTexts[static_cast<std::size_t>(random.between(0, 18))]});
    if (random.chance(15)) add("owner", ObservedText{"ops"});
    if (random.chance(20))
      add("stack", random.chance(30) ? std::vector<std::string>{} : std::vector<std::string>{"go", "x: y"});
  }
  return report_of("csv", std::move(said));
}

NamedReport random_calls(Random& random, int services) {
  Observations said;
  said.has_all_calls = random.chance(40);
  for (int i = 0; i < services; ++i) {
    if (!random.chance(60)) continue;
    said.subjects.push_back(fmt::format("s{}", i));
    for (int k = 0; k < services; ++k) {
      if (k == i || !random.chance(15)) continue;
      ObservedCall call{.caller = fmt::format("s{}", i), .callee = fmt::format("s{}", k)};
      if (random.chance(50)) call.strength = random.chance(50) ? Strength::Weak : Strength::Strong;
      said.calls.push_back(std::move(call));
    }
  }
  return report_of("jaeger", std::move(said));
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// What `patch` would make of the old text; fails where a line of context is not there.
std::string patched(const std::string& text, const std::string& diff) {
  const std::vector<std::string> old_lines = lines_of(text), changes = lines_of(diff);
  std::string made;
  std::size_t at = 0;
  for (std::size_t i = diff.empty() ? 0 : 2; i < changes.size(); ++i) {
    const std::string& line = changes[i];
    if (line.starts_with("@@")) {
      std::size_t begin = std::stoul(line.substr(4));
      const std::string counts = line.substr(line.find(',') + 1);
      if (std::stoul(counts) == 0) ++begin;
      while (at + 1 < begin) made += old_lines.at(at++);
      continue;
    }
    if (line.starts_with("\\")) continue;
    const bool ends = i + 1 < changes.size() && changes[i + 1].starts_with("\\");
    const std::string content = ends ? line.substr(1, line.size() - 2) : line.substr(1);
    if (line[0] != '+') {
      REQUIRE(old_lines.at(at) == content);
      ++at;
    }
    if (line[0] != '-') made += content;
  }
  while (at < old_lines.size()) made += old_lines[at++];
  return made;
}

void check(std::uint64_t seed) {
  INFO("seed " << seed);
  Random random(seed);
  const int services = static_cast<int>(random.between(0, 8));
  std::string text = services == 0 ? "services: []\n" : Writer(random).inventory(services);
  INFO(text);
  Merging merging(text);
  for (const Issue& issue : merging.issues.kept()) FAIL(to_string(issue));
  merging.on_conflict = OnConflict::Replace;
  merging.adds = random.chance(50);
  const Merged merged = merging.merge({random_facts(random, services), random_calls(random, services)});
  REQUIRE_FALSE(merged.issues.has_errors());
  const auto edits = merging.edits(merged);
  for (std::size_t i = 1; i < edits.size(); ++i) REQUIRE(edits[i - 1].end <= edits[i].begin);
  const std::string made = with_edits(text, edits);
  INFO(made);
  const auto again = read_placed_inventory(made, "services.yaml", 1);
  for (const Issue& issue : again.issues().kept()) FAIL(to_string(issue));
  const InventoryText& after = again.value().layout;
  CHECK(difference(merging.placed->layout, merged.changes, merged.new_services, after) == "");
  const Reread part = reread_text(merging.placed->layout, edits, merged.changes, 0);
  const auto part_read = reread(part.text, "part", TextSyntax::Yaml);
  for (const Issue& issue : part_read.issues().kept()) FAIL(to_string(issue));
  CHECK(difference(merging.placed->layout, part.changes, merged.new_services, part_read.value(), part.is_whole) == "");
  const std::string diff = unified_diff(text, edits, "a", "b");
  INFO(diff);
  CHECK(patched(text, diff) == made);
  CHECK(diff.empty() == (merged.changes.empty() && merged.new_services.empty()));
  // The same reports once more have nothing to say.
  Merging second(made);
  second.on_conflict = OnConflict::Report;
  const Merged twice = second.merge(merging.reports);
  CHECK(twice.changes.empty());
  CHECK(std::all_of(twice.conflicts.begin(), twice.conflicts.end(),
                    [](const FactConflict& c) { return c.kind == ConflictKind::Contradiction; }));
}

}  // namespace

TEST_CASE("text edit: what is read again is what was merged, and every other line is as it was", "[property]") {
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) check(seed);
}
