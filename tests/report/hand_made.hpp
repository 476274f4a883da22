#pragma once

// Small tables of plain values, and what a format makes of them.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "migplan/report/report.hpp"

namespace migplan::hand_made {

struct Heading {
  std::string key;
  bool is_numeric = false;
  Shown shown = Shown::Always;
};

using Rows = std::vector<std::vector<Value>>;

// Headings for people are the keys.
inline Table table(const std::vector<Heading>& headings, Rows rows, std::string title = {}) {
  const auto kept = std::make_shared<const Rows>(std::move(rows));
  std::vector<Column> columns;
  for (std::size_t i = 0; i < headings.size(); ++i) {
    columns.push_back({headings[i].key, Text::verbatim(headings[i].key), headings[i].shown, headings[i].is_numeric,
                       [kept, i](std::size_t row) { return (*kept)[row][i]; }});
  }
  return Table("rows", Text::verbatim(std::move(title)), kept->size(), std::move(columns));
}

inline Report report(Table rows) {
  Report report;
  report.tables.push_back(std::make_shared<const Table>(std::move(rows)));
  return report;
}

using Writer = void (*)(const Report&, const FormatOptions&, ByteSink&);

inline std::string written(Writer write, const Report& report, const FormatOptions& options = {}) {
  TextSink sink;
  write(report, options, sink);
  return sink.text();
}
inline std::string written(Writer write, Table rows, const FormatOptions& options = {}) {
  return written(write, report(std::move(rows)), options);
}

inline Number number(std::int64_t steps, int decimals = 0) { return {steps, decimals}; }

}  // namespace migplan::hand_made
