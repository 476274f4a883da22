#pragma once

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "migplan/load/evidence_reader.hpp"

namespace migplan::testing {

inline constexpr std::string_view kFile = "run.out";

inline Result<Evidence> read(std::string_view text) {
  TextSource source(text);
  return read_evidence(source, kFile);
}

inline LoadTest load_test(std::string_view text) {
  Result<Evidence> result = read(text);
  if (!result.is_ok()) FAIL(to_string(result.issues().kept().front()));
  return std::get<LoadTest>(std::move(result).value());
}

// All that is said against a text, a line each.
inline std::string refusal(std::string_view text) {
  const Result<Evidence> result = read(text);
  if (result.is_ok()) return "accepted";
  std::string all;
  for (const Issue& issue : result.issues().kept()) all += to_string(issue) + "\n";
  all.pop_back();
  return all;
}

inline std::string format_of(std::string_view text) {
  for (const EvidenceFormat& format : evidence_formats()) {
    if (format.is_this(text)) return std::string(format.name);
  }
  return "";
}

// A file of a tool, from the folder that the environment names; nullopt, and a warning, where it names none.
inline std::optional<std::string> tool_file(const std::string& path) {
  const char* const folder = std::getenv("MIGPLAN_FIXTURES");
  if (folder == nullptr) {
    WARN("MIGPLAN_FIXTURES is not set: passed over " << path);
    return std::nullopt;
  }
  std::ifstream stream(std::string(folder) + "/" + path, std::ios::binary);
  INFO(path);
  REQUIRE(stream.good());
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

inline bool notes(const LoadTest& test, std::string_view part) {
  for (const std::string& note : test.notes) {
    if (note.find(part) != std::string::npos) return true;
  }
  return false;
}

// Of a rate, in millionths of a request a second.
inline std::int64_t millionths(const std::optional<RequestsPerSecond>& rate) {
  REQUIRE(rate.has_value());
  return rate->steps();
}
// Of a latency, in microseconds.
inline std::int64_t microseconds(const std::optional<Milliseconds>& latency) {
  REQUIRE(latency.has_value());
  return latency->steps();
}

}  // namespace migplan::testing
