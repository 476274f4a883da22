// What every command keeps to: exit codes, terminals, where inputs come from, the same bytes for the same input.
#include <algorithm>
#include <catch2/catch.hpp>

#include "program.hpp"

namespace {

using namespace migplan;
using namespace migplan::test;

const std::string kShop = input_file("shop.yaml");
const Files kFiles{{"shop.yaml", kShop}, {"bad.yaml", input_file("rejected.yaml")}};

int code_of(const Arguments& arguments, const Files& files = kFiles) { return run_program(arguments, files).code; }

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    widest = std::max(widest, end - from);
    from = end + 1;
  }
  return widest;
}

// The services of a landscape, one JSON object a line, so that they can be shuffled.
std::vector<std::string> lines_of_services(std::size_t count) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string target = i == 0 ? "" : R"({"service":"s)" + std::to_string(i / 3) + R"("})";
    lines.push_back(R"({"name":"s)" + std::to_string(i) + R"(","domain":"d)" + std::to_string(i % 5) +
                    R"(","impact":{"peak_orders_per_second":)" + std::to_string(i * 37 % 900) + R"(,"sla_30d":99.5},)" +
                    R"("debt":{"sonar_debt_days":)" + std::to_string(i % 50) +
                    R"(,"high_risk_vulnerabilities":1},"depends_on":[)" + target + "]}\n");
  }
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

}  // namespace

TEST_CASE("exit codes: each way to fail has its own") {
  CHECK(code_of({"score", "shop.yaml"}) == 0);
  CHECK(code_of({"validate", "shop.yaml"}) == 0);
  CHECK(code_of({"--help"}) == 0);
  CHECK(code_of({"score", "-h"}) == 0);
  CHECK(code_of({"--version"}) == 0);
  CHECK(code_of({}) == 2);
  CHECK(code_of({"nonsense"}) == 2);
  CHECK(code_of({"score", "--nonsense"}) == 2);
  CHECK(code_of({"score", "shop.yaml", "--format", "nonsense"}) == 2);
  CHECK(code_of({"score", "shop.yaml", "--top", "many"}) == 2);
  CHECK(code_of({"score", "shop.yaml", "--top", "-1"}) == 2);
  CHECK(code_of({"score", "shop.yaml", "--filter", "("}) == 2);
  CHECK(code_of({"score", "bad.yaml"}) == 2);
  CHECK(code_of({"validate", "bad.yaml"}) == 2);
  CHECK(code_of({"explain", "shop.yaml", "-s", "nobody"}) == 2);
  CHECK(code_of({"score"}, {}) == 2);
  CHECK(code_of({"score", "none.yaml"}) == 3);
  CHECK(code_of({"validate", "none.yaml"}) == 3);
  CHECK(code_of({"score", "shop.yaml", "--policy", "none.yaml"}) == 3);
  CHECK(code_of({"score", "shop.yaml", "--project", "none.yaml"}) == 3);
  CHECK(code_of({"policy", "--policy", "none.yaml"}) == 3);
}

TEST_CASE("exit codes: a problem is never told on standard output, a result never on standard error") {
  for (const Arguments& arguments :
       {Arguments{"score", "none.yaml"}, Arguments{"score", "bad.yaml"}, Arguments{"nonsense"}}) {
    const auto run = run_program(arguments, kFiles);
    CHECK(run.out.empty());
    CHECK(run.err.ends_with("\n"));
  }
  CHECK(run_program({"score", "shop.yaml"}, kFiles).err.empty());
}

TEST_CASE("inputs: a file that cannot be read is named once") {
  const auto run = run_program({"score", "--project", "none.yaml"}, kFiles);
  CHECK(run.err == "none.yaml: error: cannot be opened: No such file or directory\n");
}

TEST_CASE("colour: only on a terminal, never with NO_COLOR, always when asked for") {
  const auto has_colour = [](const Arguments& arguments, bool is_terminal,
                             std::map<std::string, std::string> variables = {}) {
    ProgramOptions options;
    options.is_out_terminal = is_terminal;
    options.variables = std::move(variables);
    return run_program(arguments, kFiles, "", options).out.find('\x1b') != std::string::npos;
  };
  const Arguments plain{"score", "shop.yaml"};
  CHECK(has_colour(plain, true));
  CHECK_FALSE(has_colour(plain, false));
  CHECK_FALSE(has_colour(plain, true, {{"NO_COLOR", "1"}}));
  CHECK(has_colour(plain, true, {{"NO_COLOR", ""}}));
  CHECK_FALSE(has_colour({"score", "shop.yaml", "--color", "never"}, true));
  CHECK(has_colour({"score", "shop.yaml", "--color", "always"}, false));
  CHECK(has_colour({"score", "shop.yaml", "--color", "always"}, false, {{"NO_COLOR", "1"}}));
  for (const char* format : {"json", "jsonl", "csv", "markdown"}) {
    CHECK_FALSE(has_colour({"score", "shop.yaml", "--color", "always", "-f", format}, true));
  }
}

TEST_CASE("width: fitted on a terminal only, a pipe and a file are never cut") {
  ProgramOptions terminal;
  terminal.is_out_terminal = true;
  terminal.terminal_width = 60;
  terminal.variables = {{"NO_COLOR", "1"}};
  const Arguments explain{"explain", "-s",    "checkout",  "shop.yaml",
                          "--table", "facts", "--columns", "service,fact,unit,source"};
  CHECK(widest_line(run_program(explain, kFiles, "", terminal).out) > 0);
  CHECK(run_program(explain, kFiles, "", terminal).out.find("…") != std::string::npos);
  CHECK(run_program(explain, kFiles).out.find("…") == std::string::npos);
  Arguments to_file = explain;
  to_file.insert(to_file.end(), {"-o", "out.txt"});
  CHECK(run_program(to_file, kFiles, "", terminal).files.at("out.txt") == run_program(explain, kFiles).out);
}

TEST_CASE("project: found here, in a folder above, or by --project; paths are relative to it") {
  const Files named{{"../../migplan.yaml", input_file("project.yaml")},
                    {"../../shop.yaml", kShop},
                    {"../../impact-only.yaml", input_file("impact-only.yaml")}};
  const auto above = run_program({"score", "-f", "csv"}, named);
  CHECK(above.code == 0);
  const Files here{{"migplan.yaml", input_file("project.yaml")},
                   {"shop.yaml", kShop},
                   {"impact-only.yaml", input_file("impact-only.yaml")}};
  CHECK(run_program({"score", "-f", "csv"}, here).out == above.out);
  Files both = named;
  both["migplan.yaml"] = "schema: migplan/project/v1\ninventory: other.yaml\n";
  both["other.yaml"] = "schema: migplan/inventory/v1\nservices: [{name: other}]\n";
  CHECK(run_program({"score", "-f", "csv"}, both).out.find("\nother,") != std::string::npos);  // the nearest counts
  CHECK(run_program({"score", "-f", "csv", "--project", "../../migplan.yaml"}, both).out == above.out);
}

TEST_CASE("inputs: FILES take the place of the project's inventory, its policy stays") {
  Files files{{"migplan.yaml", input_file("project.yaml")},
              {"shop.yaml", kShop},
              {"impact-only.yaml", input_file("impact-only.yaml")}};
  files["one.csv"] = "name,impact.peak_orders_per_second,impact.sla_30d\nsolo,5000,99\n";
  const auto run = run_program({"score", "one.csv", "-f", "csv"}, files);
  CHECK(run.code == 0);
  CHECK(run.out.find("solo,,S,") != std::string::npos);
  CHECK(run.out.find("checkout") == std::string::npos);
}

TEST_CASE("inputs: several files, a folder and standard input make one inventory, in any order") {
  const std::string a = "schema: migplan/inventory/v1\nservices: [{name: a, depends_on: [{service: b}]}]\n";
  const std::string b = "{\"name\":\"b\",\"depends_on\":[]}\n";
  const Files files{{"in/a.yaml", a},
                    {"in/sub/b.jsonl", b},
                    {"in/notes.txt", "no inventory"},
                    {"in/p.yaml", input_file("impact-only.yaml")}};
  const auto folder = run_program({"score", "in", "-f", "csv"}, files);
  CHECK(folder.code == 0);
  CHECK(run_program({"score", "in/a.yaml", "in/sub/b.jsonl", "-f", "csv"}, files).out == folder.out);
  CHECK(run_program({"score", "in/sub/b.jsonl", "in/a.yaml", "-f", "csv"}, files).out == folder.out);
  CHECK(run_program({"score", "in/a.yaml", "-", "-f", "csv"}, files, b).out == folder.out);
}

TEST_CASE("inputs: a folder without inventories, or one that cannot be listed, is said") {
  MemoryDisk disk;
  disk.add_file("empty/notes.txt", "");
  CHECK(run_program({"score", "empty"}, disk).code == 2);
  disk.fail_open("empty");
  CHECK(run_program({"score", "empty"}, disk).code == 3);
}

TEST_CASE("inputs: every unreadable file is reported before anything is read") {
  const auto run = run_program({"score", "none.yaml", "shop.yaml", "nothing.yaml"}, kFiles);
  CHECK(run.code == 3);
  CHECK(std::count(run.err.begin(), run.err.end(), '\n') == 2);
}

TEST_CASE("same bytes: threads change nothing") {
  const Files files{{"s.jsonl", joined(lines_of_services(6000))}, {"shop.yaml", kShop}};
  for (const Arguments& arguments : {Arguments{"score", "s.jsonl", "shop.yaml"}, Arguments{"matrix", "s.jsonl"},
                                     Arguments{"explain", "-s", "s17", "s.jsonl"}, Arguments{"validate", "s.jsonl"}}) {
    Arguments one = arguments, two = arguments;
    one.insert(one.end(), {"--threads", "1", "-f", "json"});
    two.insert(two.end(), {"--threads", "2", "-f", "json"});
    const auto single = run_program(one, files), twin = run_program(two, files);
    CHECK(single.code == 0);
    CHECK(single.out == twin.out);
    CHECK(single.err == twin.err);
  }
}

TEST_CASE("same bytes: threads change no problem and no order of problems") {
  auto lines = lines_of_services(4000);
  for (std::size_t i = 50; i < lines.size(); i += 97)
    lines[i] = "{\"name\":\"s" + std::to_string(i) + "\",\"debt\":{\"sonar_debt_days\":-1}}\n";
  const Files files{{"s.jsonl", joined(lines)}};
  const auto one = run_program({"validate", "s.jsonl", "--threads", "1"}, files);
  const auto two = run_program({"validate", "s.jsonl", "--threads", "2"}, files);
  CHECK(one.code == 2);
  CHECK(one.out == two.out);
}

TEST_CASE("same bytes: the order of services in a file does not show") {
  auto lines = lines_of_services(60);
  const std::string before = joined(lines);
  std::reverse(lines.begin(), lines.end());
  std::rotate(lines.begin(), lines.begin() + 17, lines.end());
  for (const char* format : {"text", "json", "jsonl", "csv", "markdown"}) {
    for (const char* command : {"score", "matrix"}) {
      const auto first = run_program({command, "s.jsonl", "-f", format}, {{"s.jsonl", before}});
      const auto second = run_program({command, "s.jsonl", "-f", format}, {{"s.jsonl", joined(lines)}});
      CHECK(first.code == 0);
      CHECK(first.out == second.out);
    }
  }
}

TEST_CASE("same bytes: the formats of an inventory do not show") {
  const std::string yaml =
      "services:\n  - {name: a, domain: x, debt: {sonar_debt_days: 5, high_risk_vulnerabilities: 1}}\n";
  const std::string json =
      R"({"services":[{"name":"a","domain":"x","debt":{"sonar_debt_days":5,"high_risk_vulnerabilities":1}}]})";
  const std::string csv = "name,domain,debt.sonar_debt_days,debt.high_risk_vulnerabilities\na,x,5,1\n";
  const auto out = [](const std::string& name, const std::string& text) {
    return run_program({"score", name, "-f", "json"}, {{name, text}}).out;
  };
  CHECK(out("s.yaml", yaml).find("\"debt\": 3") != std::string::npos);
  CHECK(out("s.json", json) == out("s.yaml", yaml));
  CHECK(out("s.csv", csv) == out("s.yaml", yaml));
}
