#include <algorithm>
#include <array>

#include "migplan/report/report.hpp"

namespace migplan {
namespace {

constexpr std::array kFormats{
    Format{"text", ".txt", "tables for people", write_text},
    Format{"json", ".json", "one document with a schema", write_json},
    Format{"jsonl", ".jsonl", "JSON Lines, one flat object a row", write_jsonl},
    Format{"csv", ".csv", "RFC 4180 with a header row", write_csv},
    Format{"markdown", ".md", "tables for a pull request or a wiki", write_markdown},
    Format{"junit", ".xml", "checks as test cases, for CI systems", write_junit, View::Findings},
    Format{"sarif", ".sarif", "checks that failed, for code scanning (SARIF 2.1.0)", write_sarif, View::Findings},
    Format{"ics", ".ics", "cutovers and freezes for calendars (iCalendar)", write_ics, View::Timetable},
    Format{"mermaid", ".mmd", "a Gantt chart that Markdown shows", write_mermaid, View::Timetable},
    Format{"tjp", ".tjp", "the problem and its plan, for TaskJuggler", write_tjp, View::Timetable},
    Format{"msproject", "", "CSV that Microsoft Project imports", write_msproject, View::Timetable},
#ifdef MIGPLAN_HTML
    Format{"html", ".html", "one page that opens from disk, with charts", write_html, View::Page},
#endif
};

}  // namespace

bool has_view(const Report& report, View view) noexcept {
  switch (view) {
    case View::Projections: return true;
    case View::Findings: return report.findings.has_value();
    case View::Timetable: return report.timetable != nullptr;
    case View::Page: return report.has_page;
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
