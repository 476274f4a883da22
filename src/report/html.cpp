// Compiled only where the build has the page: see MIGPLAN_HTML.
#include "report_page.hpp"

#include <string>

#include "json_text.hpp"
#include "migplan/base/assert.hpp"
#include "migplan/report/report.hpp"
#include "page_language.hpp"

namespace migplan {
namespace {

constexpr std::string_view kMark = "{{data}}";

// JSON inside a script element: nothing in it may look like the element's end, like a comment, or be a line's end that
// scripts know and JSON does not. These bytes stand in texts only, where JSON has escapes for them.
void write_for_script(std::string_view json, ByteSink& sink) {
  std::string out;
  out.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    const std::string_view rest = json.substr(i, 3);
    if (json[i] == '<') {
      out += "\\u003c";
    } else if (json[i] == '>') {
      out += "\\u003e";
    } else if (json[i] == '&') {
      out += "\\u0026";
    } else if (rest == "\xE2\x80\xA8" || rest == "\xE2\x80\xA9") {
      out += rest.back() == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      out += json[i];
    }
  }
  sink.write(out);
}

}  // namespace

void write_html(const Report& report, const FormatOptions& options, ByteSink& sink) {
  const std::string_view page = embedded::report_page_html();
  const std::size_t mark = page.find(kMark);
  MIGPLAN_ASSERT(mark != std::string_view::npos);
  sink.write(page.substr(0, mark));
  std::string json = "{";
  for (const auto& [key, value] : report.document) {
    append_json_text(json, key);
    json += ':';
    append_json(json, value);
    write_for_script(json, sink);
    json = ",";
  }
  if (options.language != nullptr) {
    json += "\"language\":";
    append_json(json, Value(page_language(report.document, *options.language)));
    write_for_script(json, sink);
    json = ",";
  }
  sink.write(json == "{" ? "{}" : "}");
  sink.write(page.substr(mark + kMark.size()));
}

}  // namespace migplan
