#pragma once

// Texts of other tools for read_evidence, and files of theirs where a folder of them is at hand.

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migplan/load/evidence_reader.hpp"

namespace migplan::evidence {

inline Result<Evidence> read(std::string_view text, std::string_view name = "in") {
  TextSource source(text);
  return read_evidence(source, name);
}

// One line an issue.
inline std::string complaints(const Issues& issues) {
  std::string lines;
  for (const Issue& issue : issues.kept()) lines += (lines.empty() ? "" : "\n") + to_string(issue);
  return lines;
}
inline std::string complaints(std::string_view text) { return complaints(read(text).issues()); }

template <class T>
T accepted(Result<Evidence> result) {
  INFO(complaints(result.issues()));
  REQUIRE(result.is_ok());
  REQUIRE(std::holds_alternative<T>(result.value()));
  return std::get<T>(std::move(result).value());
}
inline std::vector<MemoryReading> memory_in(std::string_view text) {
  return accepted<std::vector<MemoryReading>>(read(text));
}
inline MetricSamples metrics_in(std::string_view text) { return accepted<MetricSamples>(read(text)); }

// "heap_peak 131072000 of 6, line 33"
inline std::string text_of(const MemoryReading& reading) {
  return std::string(name_of(reading.kind)) + " " + std::to_string(reading.size.steps()) + " of " +
         std::to_string(reading.samples) + ", line " + std::to_string(reading.place.at.line);
}
inline std::vector<std::string> texts_of(const std::vector<MemoryReading>& readings) {
  std::vector<std::string> texts;
  for (const MemoryReading& reading : readings) texts.push_back(text_of(reading));
  return texts;
}
using Texts = std::vector<std::string>;

// "name{a=1,b=2} 10:1.5 20:2", times in milliseconds, none where there is none.
inline std::string text_of(const MetricSamples& samples, const MetricSamples::Series& series) {
  std::string text(series.name);
  const char* separator = "{";
  for (const MetricLabel& label : samples.labels(series)) {
    text += std::exchange(separator, ",") + std::string(label.name) + "=" + std::string(label.value);
  }
  if (series.labels != 0) text += "}";
  for (const MetricPoint& point : samples.points(series)) {
    text += ' ';
    if (point.time_ms != MetricPoint::kNoTime) text += std::to_string(point.time_ms) + ":";
    std::string value = std::to_string(point.value);
    if (value.find('.') != std::string::npos) value.erase(value.find_last_not_of('0') + 1);
    if (value.ends_with('.')) value.pop_back();
    text += value;
  }
  return text;
}
inline Texts texts_of(const MetricSamples& samples) {
  Texts texts;
  for (const auto& series : samples.series()) texts.push_back(text_of(samples, series));
  return texts;
}

// The content of a file of the folder that MIGPLAN_FIXTURES names; nullopt, and a warning, where it is not there.
inline std::optional<std::string> fixture(const std::string& path) {
  const char* const folder = std::getenv("MIGPLAN_FIXTURES");
  if (folder == nullptr) {
    WARN("MIGPLAN_FIXTURES is not set: " << path << " passed over");
    return std::nullopt;
  }
  std::ifstream file(std::filesystem::path(folder) / path, std::ios::binary);
  if (!file) {
    WARN("not in MIGPLAN_FIXTURES: " << path);
    return std::nullopt;
  }
  return std::string(std::istreambuf_iterator<char>(file), {});
}

struct ExpectedReadings {
  std::string path;
  Texts readings;
};
inline void check_readings(const std::vector<ExpectedReadings>& files) {
  for (const auto& [path, readings] : files) {
    const auto text = fixture(path);
    if (!text) return;
    INFO(path);
    CHECK(texts_of(memory_in(*text)) == readings);
  }
}

}  // namespace migplan::evidence
