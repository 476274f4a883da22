// Rooms include only the rooms below them, and the core nothing that reaches outside the program.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "program.hpp"

namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string>;

// What each room may include besides itself.
const std::map<std::string, Names> kBelow{
    {"base", {}},
    {"model", {"base"}},
    {"scoring", {"base", "model"}},
    {"scheduling", {"base", "model", "scoring"}},
    {"verification", {"base", "model"}},
    {"playbook", {"base", "model", "scoring", "scheduling", "verification"}},
    {"merge", {"base", "model"}},
    {"load", {"base", "model", "scoring", "scheduling", "verification", "playbook", "merge"}},
    {"report", {"base", "model", "scoring", "scheduling", "verification", "playbook", "merge"}},
    {"cli", {"base", "model", "scoring", "scheduling", "verification", "playbook", "merge", "load", "report"}},
};
const Names kOuterRooms{"load", "report", "cli"};
const Names kOutsideHeaders{"iostream", "fstream", "filesystem", "ctime",   "random", "locale", "ostream",
                            "istream",  "iomanip", "clocale",    "csignal", "cstdio", "future"};
const Names kDiskHeaders{"fstream", "filesystem", "cstdio"};
// The last words before an abort.
const Names kAllowed{"src/base/assert.cpp includes <cstdio>"};
const std::vector<std::string> kOutsideWords{"getenv",    "system_clock", "steady_clock", "high_resolution_clock",
                                             "std::cout", "std::cerr",    "random_device"};

struct Place {
  std::string room;
  bool is_public = false;
};

Place place_of(const std::string& path) {  // include/migplan/<room>/x.hpp or src/<room>/x.cpp
  const bool is_public = path.starts_with("include/");
  const std::string rest = path.substr(is_public ? std::string("include/migplan/").size() : std::string("src/").size());
  return {rest.substr(0, rest.find('/')), is_public};
}

class Checker {
 public:
  Checker(std::string path, std::string text)
      : path_(std::move(path)), text_(std::move(text)), place_(place_of(path_)) {}

  std::vector<std::string> run() {
    if (!kBelow.contains(place_.room)) add("is in no known room");
    static const std::regex kInclude(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"].*)re");
    std::istringstream lines(text_);
    for (std::string line; std::getline(lines, line);) {
      std::smatch match;
      if (std::regex_match(line, match, kInclude)) match[1] == "<" ? system_header(match[2]) : own_header(match[2]);
    }
    if (is_core()) {
      for (const std::string& word : kOutsideWords) {
        if (text_.find(word) != std::string::npos) add("uses " + word);
      }
    }
    return std::move(found_);
  }

 private:
  [[nodiscard]] bool is_core() const { return !kOuterRooms.contains(place_.room); }
  void add(const std::string& what) {
    if (!kAllowed.contains(path_ + " " + what)) found_.push_back(path_ + " " + what);
  }

  void own_header(const std::string& header) {
    if (!header.starts_with("migplan/")) {
      const bool is_folder_of_room = place_.room == "load" && header.starts_with("foreign/");
      if (header.find('/') != std::string::npos && !is_folder_of_room) add("includes " + header);
      if (place_.is_public) add("shows the private header " + header);
      return;
    }
    const std::string room = header.substr(8, header.find('/', 8) - 8);
    if (room != place_.room && !kBelow.at(place_.room).contains(room)) add("includes " + header);
  }

  void system_header(const std::string& header) {
    const bool is_library = header.find('/') != std::string::npos || header.ends_with(".h") || header.ends_with(".hpp");
    const bool is_fmt = header.starts_with("fmt/");
    const bool is_distribution =
        place_.room == "verification" && !place_.is_public && header.starts_with("boost/math/");
    if ((is_core() || place_.is_public) && is_library && !is_fmt && !is_distribution) add("includes <" + header + ">");
    if (is_core() && kOutsideHeaders.contains(header)) add("includes <" + header + ">");
    if ((place_.room == "load" || place_.room == "report") && kDiskHeaders.contains(header))
      add("includes <" + header + ">");
    const bool is_of_cli = header.starts_with("CLI/") || header.starts_with("spdlog/");
    if (place_.room != "cli" && !is_core() && is_of_cli) add("includes <" + header + ">");
    // Commands declare their options through arguments.hpp: CLI11's own header takes longer to compile than they do.
    const bool may_parse = path_ == "src/cli/arguments.cpp" || path_ == "src/cli/command_tree.hpp";
    if (place_.room == "cli" && header == "CLI/CLI.hpp" && !may_parse) add("includes <" + header + ">");
  }

  std::string path_, text_;
  Place place_;
  std::vector<std::string> found_;
};

std::vector<std::string> violations(const std::string& path, const std::string& text) {
  return Checker(path, text).run();
}

}  // namespace

TEST_CASE("layering: arrows point one way", "[layering]") {
  const fs::path root = MIGPLAN_SOURCE_DIR;
  std::vector<std::string> found;
  std::size_t files = 0;
  for (const char* folder : {"include/migplan", "src"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      const std::string ending = entry.path().extension().string();
      if (ending != ".hpp" && ending != ".cpp") continue;
      const std::string path = fs::relative(entry.path(), root).string();
      const auto more = violations(path, migplan::test::source_file(path));
      found.insert(found.end(), more.begin(), more.end());
      ++files;
    }
  }
  CHECK(files > 50);
  CHECK(found == std::vector<std::string>{});
}

TEST_CASE("layering: a planted include is found", "[layering]") {
  const auto is_wrong = [](const std::string& path, const std::string& text) {
    return !violations(path, text).empty();
  };
  CHECK(is_wrong("include/migplan/base/x.hpp", "#include \"migplan/model/service.hpp\"\n"));
  CHECK(is_wrong("src/model/x.cpp", "#include \"migplan/scoring/scale.hpp\"\n"));
  CHECK(is_wrong("src/scoring/x.cpp", "  #  include \"migplan/load/policy_reader.hpp\"\n"));
  CHECK(is_wrong("src/load/x.cpp", "#include \"migplan/report/table.hpp\"\n"));
  CHECK(is_wrong("src/report/x.cpp", "#include \"migplan/load/policy_reader.hpp\"\n"));
  CHECK(is_wrong("src/report/x.cpp", "#include \"migplan/cli/env.hpp\"\n"));
  CHECK(is_wrong("src/report/x.cpp", "#include \"../cli/env.hpp\"\n"));
  CHECK(is_wrong("src/report/x.cpp", "#include <CLI/CLI.hpp>\n"));
  CHECK(is_wrong("src/cli/x.cpp", "#include <CLI/CLI.hpp>\n"));
  CHECK(is_wrong("src/load/x.cpp", "#include <filesystem>\n"));
  CHECK(is_wrong("src/scoring/x.cpp", "#include <iostream>\n"));
  CHECK(is_wrong("src/base/x.cpp", "#include <spdlog/spdlog.h>\n"));
  CHECK(is_wrong("src/model/x.cpp", "#include <yaml-cpp/yaml.h>\n"));
  CHECK(is_wrong("src/model/x.cpp", "#include <unistd.h>\n"));
  CHECK(is_wrong("src/model/x.cpp", "const char* p = std::getenv(\"HOME\");\n"));
  CHECK(is_wrong("src/scoring/x.cpp", "auto t = std::chrono::steady_clock::now();\n"));
  CHECK(is_wrong("include/migplan/load/x.hpp", "#include <nlohmann/json.hpp>\n"));
  CHECK(is_wrong("include/migplan/report/x.hpp", "#include <CLI/CLI.hpp>\n"));
  CHECK(is_wrong("include/migplan/load/x.hpp", "#include \"field_reader.hpp\"\n"));
  CHECK(is_wrong("src/utilities/x.cpp", ""));
}

TEST_CASE("layering: includes that are allowed pass", "[layering]") {
  CHECK(violations("src/scoring/x.cpp",
                   "#include <chrono>\n#include <fmt/format.h>\n#include \"migplan/model/policy.hpp\"\n")
            .empty());
  CHECK(
      violations("src/load/x.cpp",
                 "#include <yaml-cpp/yaml.h>\n#include \"field_reader.hpp\"\n#include \"migplan/scoring/scale.hpp\"\n")
          .empty());
  CHECK(violations("src/cli/arguments.cpp",
                   "#include <CLI/CLI.hpp>\n#include <unistd.h>\n#include \"migplan/report/table.hpp\"\n")
            .empty());
}
