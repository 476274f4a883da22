#include "migplan/base/issue.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace migplan {
namespace {

Issue issue(Severity severity, std::string message, Cause cause = Cause::Content) {
  return {severity, "a.yaml", {1, 1}, "", std::move(message), "", cause};
}

Issues many(Severity severity, std::size_t count) {
  Issues issues;
  for (std::size_t i = 0; i < count; ++i) issues.add(issue(severity, std::to_string(i)));
  return issues;
}

TEST_CASE("Issues: the first hundred errors are kept in order and the rest are counted", "[base]") {
  const Issues issues = many(Severity::Error, 250);
  REQUIRE(issues.kept().size() == 100);
  CHECK(issues.kept().front().message == "0");
  CHECK(issues.kept().back().message == "99");
  CHECK(issues.errors() == 250);
  CHECK(issues.dropped() == 150);
}

TEST_CASE("Issues: many warnings push no error out", "[base]") {
  Issues issues = many(Severity::Warning, 300);
  issues.add(issue(Severity::Error, "the error"));
  CHECK(issues.kept().back().message == "the error");
  CHECK(issues.kept().size() == 101);
  CHECK(issues.warnings() == 300);
  CHECK(issues.errors() == 1);
  CHECK(issues.dropped() == 200);
}

TEST_CASE("Issues: each severity has its own hundred", "[base]") {
  Issues issues = many(Severity::Note, 150);
  issues.append(many(Severity::Warning, 150));
  issues.append(many(Severity::Error, 150));
  CHECK(issues.kept().size() == 300);
  CHECK(issues.dropped() == 150);
}

TEST_CASE("Issues: only errors are errors", "[base]") {
  CHECK(Issues{}.is_empty());
  CHECK_FALSE(many(Severity::Note, 1).is_empty());
  CHECK_FALSE(many(Severity::Note, 1).has_errors());
  CHECK_FALSE(many(Severity::Warning, 1).has_errors());
  CHECK(many(Severity::Error, 1).has_errors());
}

TEST_CASE("Issues: what was counted in both is counted in the whole", "[base]") {
  Issues issues = many(Severity::Error, 80);
  issues.append(many(Severity::Error, 130));
  CHECK(issues.errors() == 210);
  CHECK(issues.kept().size() == 100);
  CHECK(issues.dropped() == 110);
  CHECK(issues.kept()[79].message == "79");
  CHECK(issues.kept()[80].message == "0");
}

TEST_CASE("Issues: a file that could not be read is told from one that says wrong things", "[base]") {
  Issues issues = many(Severity::Error, 1);
  CHECK_FALSE(issues.has_access_errors());
  issues.add(issue(Severity::Error, "permission denied", Cause::Access));
  CHECK(issues.has_access_errors());
  Issues outer;
  outer.append(issues);
  CHECK(outer.has_access_errors());
}

TEST_CASE("Issues: an unreadable file is remembered even when its message is not kept", "[base]") {
  Issues inner = many(Severity::Error, 100);
  inner.add(issue(Severity::Error, "permission denied", Cause::Access));
  REQUIRE(inner.has_access_errors());
  Issues outer;
  outer.append(inner);
  CHECK(outer.has_access_errors());
}

TEST_CASE("Issues: sorted they stand by file in the given order and then by place", "[base]") {
  Issues issues;
  const auto found = [&issues](const char* file, Position at, const char* message) {
    issues.add({Severity::Error, file, at, "", message});
  };
  found("a.yaml", {9, 1}, "fifth");
  found("b.yaml", {10, 1}, "third");
  found("b.yaml", {2, 8}, "second");
  found("a.yaml", {9, 1}, "after its equal");
  found("b.yaml", {2, 3}, "first");
  found("a.yaml", {}, "fourth");
  const std::vector<std::string> files{"b.yaml", "a.yaml"};
  issues.sort(files);
  std::string order;
  for (const Issue& kept : issues.kept()) order += kept.message + ", ";
  CHECK(order == "first, second, third, fourth, fifth, after its equal, ");
  CHECK(issues.errors() == 6);
}

TEST_CASE("to_string: an issue names the place the path the finding and the way out", "[base]") {
  const Issue full{Severity::Error,    "services.yaml",           {12, 7},
                   "services[3].debt", "found 5, expected a map", "did you mean …?"};
  CHECK(to_string(full) == "services.yaml:12:7: error: services[3].debt: found 5, expected a map (did you mean …?)");
}

TEST_CASE("to_string: what is not known is left out", "[base]") {
  CHECK(to_string(Issue{Severity::Warning, "a.yaml", {12, 0}, "", "odd"}) == "a.yaml:12: warning: odd");
  CHECK(to_string(Issue{Severity::Note, "a.yaml", {}, "x", "odd"}) == "a.yaml: note: x: odd");
  CHECK(to_string(Issue{Severity::Error, "", {}, "", "odd"}) == "error: odd");
}

TEST_CASE("to_string: no file name and no path can steer a terminal", "[base]") {
  const Issue hostile{Severity::Error, "a\x1b[31m.yaml", {}, "b\rc", "odd"};
  CHECK(to_string(hostile) == "a\\x1b[31m.yaml: error: b\\x0dc: odd");
}

TEST_CASE("printable: control characters are shown as escapes", "[base]") {
  CHECK(printable("a\x1b[2Jb") == "a\\x1b[2Jb");
  CHECK(printable(std::string_view("\0\x01\x1f\x7f", 4)) == "\\x00\\x01\\x1f\\x7f");
  CHECK(printable("one\ntwo\tthree\r") == "one\\ntwo\\tthree\\x0d");
}

TEST_CASE("printable: control characters of two bytes are shown as escapes", "[base]") {
  CHECK(printable("\xC2\x9B"
                  "31m") == "\\x9b31m");  // CSI, the C1 form of ESC [
  CHECK(printable("\xC2\x80\xC2\x9F") == "\\x80\\x9f");
  CHECK(printable("\xC2\xA0\xC2\xA9") == "\xC2\xA0\xC2\xA9");  // a no-break space, ©
}

TEST_CASE("printable: characters that turn the direction of text are shown as escapes", "[base]") {
  CHECK(printable("a\u202Eb\u2066c") == "a\\u202eb\\u2066c");
  CHECK(printable("\u202A\u202B\u202C\u202D\u2067\u2068\u2069") == "\\u202a\\u202b\\u202c\\u202d\\u2067\\u2068\\u2069");
  CHECK(printable("…–†") == "…–†");
  CHECK(printable("\xE2\x80") == "\xE2\x80");
}

TEST_CASE("printable: other text is left alone", "[base]") {
  CHECK(printable("交易结算 – naïve") == "交易结算 – naïve");
  CHECK(printable("").empty());
  CHECK(printable("\xC2") == "\xC2");
}

TEST_CASE("in_quotes: a short text is shown whole", "[base]") {
  CHECK(in_quotes("cart") == "\"cart\"");
  CHECK(in_quotes("") == "\"\"");
  CHECK(in_quotes("a\nb") == "\"a\\nb\"");
  CHECK(in_quotes(std::string(60, 'x')) == "\"" + std::string(60, 'x') + "\"");
}

TEST_CASE("in_quotes: a long text is cut and its length is told", "[base]") {
  CHECK(in_quotes(std::string(61, 'x')) == "\"" + std::string(60, 'x') + "…\" (61 bytes)");
  CHECK(in_quotes("abcdef", 3) == "\"abc…\" (6 bytes)");
}

TEST_CASE("in_quotes: a text is cut at the edge of a character", "[base]") {
  // each of 交易 takes three bytes
  CHECK(in_quotes("交易", 5) == "\"交…\" (6 bytes)");
  CHECK(in_quotes("交易", 3) == "\"交…\" (6 bytes)");
  CHECK(in_quotes("交易", 2) == "\"…\" (6 bytes)");
  CHECK(in_quotes("a😀b", 4) == "\"a…\" (6 bytes)");  // 😀 takes four
}

}  // namespace
}  // namespace migplan
