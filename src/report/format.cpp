#include <algorithm>
#include <array>

#include "migplan/report/report.hpp"

namespace migplan {
namespace {

// A format that cannot fail: its sink keeps what goes wrong.
template <void (*kWrite)(const Report&, const FormatOptions&, ByteSink&)>
Issues sure(const Report& report, const FormatOptions& options, ByteSink& sink) {
  kWrite(report, options, sink);
  return {};
}

constexpr std::array kFormats{
    Format{"text", ".txt", "tables for people", sure<write_text>},
    Format{"json", ".json", "one document with a schema", sure<write_json>},
    Format{"jsonl", ".jsonl", "JSON Lines, one flat object a row", sure<write_jsonl>},
    Format{"csv", ".csv", "RFC 4180 with a header row", sure<write_csv>},
    Format{"markdown", ".md", "tables for a pull request or a wiki", sure<write_markdown>},
    Format{"xlsx", ".xlsx", "a workbook for spreadsheets, a sheet a table", write_xlsx, View::Projections, false},
    Format{"junit", ".xml", "checks as test cases, for CI systems", sure<write_junit>, View::Findings},
    Format{"sarif", ".sarif", "checks that failed, for code scanning (SARIF 2.1.0)", sure<write_sarif>, View::Findings},
    Format{"ics", ".ics", "cutovers and freezes for calendars (iCalendar)", sure<write_ics>, View::Timetable},
    Format{"mermaid", ".mmd", "a Gantt chart that Markdown shows", sure<write_mermaid>, View::Timetable},
    Format{"tjp", ".tjp", "the problem and its plan, for TaskJuggler", sure<write_tjp>, View::Timetable},
    Format{"msproject", "", "CSV that Microsoft Project imports", sure<write_msproject>, View::Timetable},
    Format{"dot", ".dot", "services in waves and what they call, for Graphviz", sure<write_dot>, View::Network},
#ifdef MIGPLAN_HTML
    Format{"html", ".html", "one page that opens from disk, with charts", sure<write_html>, View::Page},
    Format{"svg", ".svg", "a picture for documents", sure<write_svg>, View::Picture},
#endif
};

}  // namespace

bool has_view(const Report& report, View view) noexcept {
  switch (view) {
    case View::Projections: return true;
    case View::Findings: return report.findings.has_value();
    case View::Timetable: return report.timetable != nullptr;
    case View::Page: return report.has_page;
    case View::Network: return report.network != nullptr;
    case View::Picture: return report.picture != nullptr;
  }
  return false;
}

std::span<const Format> formats() noexcept { return kFormats; }

const Format* find_format(std::string_view name) noexcept {
  const auto* const at =
      std::find_if(kFormats.begin(), kFormats.end(), [name](const Format& f) { return f.name == name; });
  return at == kFormats.end() ? nullptr : at;
}

const Format* format_of_file(std::string_view file_name) noexcept {
  const auto* const at = std::find_if(kFormats.begin(), kFormats.end(), [file_name](const Format& f) {
    return !f.ending.empty() && file_name.ends_with(f.ending);
  });
  return at == kFormats.end() ? nullptr : at;
}

}  // namespace migplan
