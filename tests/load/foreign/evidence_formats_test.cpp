// All formats side by side: what one of them takes, no other claims.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "migplan/load/evidence_reader.hpp"
#include "migplan/load/gzip_source.hpp"

namespace {

using namespace migplan;
namespace fs = std::filesystem;

std::string beginning_of(const fs::path& path) {
  const std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  const std::string bytes = text.str();
  TextSource source(bytes);
  GzipSource plain(source);
  return std::string(PeekedSource(plain).front());
}

std::vector<std::string> formats_of(std::string_view beginning) {
  std::vector<std::string> names;
  for (const EvidenceFormat& format : evidence_formats()) {
    if (format.is_this(beginning)) names.emplace_back(format.name);
  }
  return names;
}

}  // namespace

TEST_CASE("evidence formats: names are all different") {
  std::vector<std::string_view> names;
  for (const EvidenceFormat& format : evidence_formats()) {
    CHECK(std::find(names.begin(), names.end(), format.name) == names.end());
    names.push_back(format.name);
  }
  CHECK(names.size() > 20);
}

TEST_CASE("evidence formats: no real file is claimed by two") {
  const char* const folder = std::getenv("MIGPLAN_FIXTURES");
  if (folder == nullptr) {
    WARN("MIGPLAN_FIXTURES is not set: real files are passed over");
    return;
  }
  std::size_t claimed = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const auto names = formats_of(beginning_of(entry.path()));
    INFO(entry.path() << (names.size() > 1 ? ": " + names[0] + ", " + names[1] : ""));
    CHECK(names.size() <= 1);
    claimed += names.size();
  }
  CHECK(claimed > 60);
}
