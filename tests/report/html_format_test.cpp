#include <catch2/catch.hpp>
#include <string>

#include "migplan/report/report.hpp"

using namespace migplan;

namespace {

// The page around this text; empty where the build has no page.
std::string page_of(std::string text) {
  const Format* const html = find_format("html");
  if (html == nullptr) return "";
  Report report{.document = {{"schema", "migplan/report/v1"}, {"text", std::move(text)}}, .tables = {}, .notes = {}};
  report.has_page = true;
  TextSink sink;
  html->write(report, {}, sink);
  return sink.text();
}

std::size_t count_of(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("html format: texts stand in the page as JSON escapes, whatever they hold") {
  if (find_format("html") == nullptr) return;
  const std::string plain = page_of("plain");
  const std::string page = page_of("</script><script>hit()</script><!-- & \xE2\x80\xA8\xE2\x80\xA9 \xE2\x80\xAE");
  CHECK(has(page,
            "\\u003c/script\\u003e\\u003cscript\\u003ehit()\\u003c/script\\u003e\\u003c!-- \\u0026 \\u2028\\u2029 "
            "\xE2\x80\xAE"));
  CHECK_FALSE(has(page, "<script>hit"));
  CHECK(count_of(page, "<script") == count_of(plain, "<script"));
  CHECK(count_of(page, "</script") == count_of(plain, "</script"));
}

TEST_CASE("html format: the policy of the page names its scripts and its style, and nothing else may load") {
  if (find_format("html") == nullptr) return;
  const std::string page = page_of("plain");
  CHECK(has(page, "default-src 'none'; script-src 'sha256-"));
  CHECK_FALSE(has(page, "unsafe"));
  CHECK_FALSE(has(page, "http://"));
  CHECK(count_of(page, "'sha256-") == 3);
  CHECK(count_of(page, "<script>") == 1);
  CHECK(count_of(page, R"(<script type="text/plain" id="chart-engine">)") == 1);
  CHECK(count_of(page, "<script") == 3);
  CHECK(count_of(page, "<style>") == 1);
  CHECK(has(page, R"(id="report-data">{"schema":"migplan/report/v1","text":"plain"}</script>)"));
}

TEST_CASE("html format: a text that looks like the place of the data is a text") {
  if (find_format("html") == nullptr) return;
  CHECK(has(page_of("{{data}}"), R"("text":"{{data}}"})"));
}

TEST_CASE("html format: only a report with a page has the view") {
  Report report{.document = {}, .tables = {}, .notes = {}};
  CHECK_FALSE(has_view(report, View::Page));
  report.has_page = true;
  CHECK(has_view(report, View::Page));
}
