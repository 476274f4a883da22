#include <pugixml.hpp>

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "migplan/report/report.hpp"

namespace migplan {
namespace {

// pugixml escapes what XML can escape. What XML cannot hold at all: control characters, which become printable, and the
// code points U+FFFE and U+FFFF.
std::string xml_text(std::string_view text) {
  std::string out = printable(text);
  for (const std::string_view code : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (auto at = out.find(code); at != std::string::npos; at = out.find(code, at)) {
      out.replace(at, code.size(), "\uFFFD");
    }
  }
  return out;
}

void set(pugi::xml_node node, const char* name, std::string_view value) {
  node.append_attribute(name).set_value(xml_text(value).c_str());
}

std::string body_of(const Finding& finding) {
  std::string body = xml_text(finding.message);
  for (const std::string& detail : finding.details) body += "\n" + xml_text(detail);
  return body;
}

void append_outcome(pugi::xml_node test, const Finding& finding) {
  switch (finding.verdict) {
    case Verdict::Pass: return;
    case Verdict::Exempted: {
      const Exemption& exemption = *finding.exemption;
      set(test.append_child("skipped"), "message",
          "exempted until " + exemption.expires.to_string() + ": " + exemption.reason + " (" + exemption.owner + ")");
      return;
    }
    case Verdict::Inconclusive:
    case Verdict::Fail: {
      if (!finding.is_objection) {
        set(test.append_child("skipped"), "message", finding.message);
        return;
      }
      pugi::xml_node failure = test.append_child("failure");
      set(failure, "type", finding.verdict == Verdict::Fail ? finding.check : name_of(finding.verdict));
      set(failure, "message", finding.message);
      failure.text().set(body_of(finding).c_str());
      return;
    }
  }
}

using TestKey = std::pair<std::string_view, std::string_view>;  // check, service

TestKey key_of(const Finding& finding) { return {finding.check, finding.service}; }

// The service, and the subject where that alone would be the name of several cases of a class.
std::string test_name(const Finding& finding, const std::map<TestKey, std::size_t>& cases) {
  const bool is_alone = cases.at(key_of(finding)) == 1 || finding.subject.empty();
  return std::string(finding.service) + (is_alone ? "" : "/" + finding.subject);
}

class XmlSink final : public pugi::xml_writer {
 public:
  explicit XmlSink(ByteSink& sink) : sink_(sink) {}
  void write(const void* data, std::size_t size) override { sink_.write({static_cast<const char*>(data), size}); }

 private:
  ByteSink& sink_;
};

}  // namespace

// The form that Jenkins, GitLab and GitHub's reporters read: a test case for each check of each service.
void write_junit(const Report& report, const FormatOptions&, ByteSink& sink) {
  const std::vector<Finding> findings = report.findings->all();
  pugi::xml_document document;
  pugi::xml_node suites = document.append_child("testsuites"), suite = suites.append_child("testsuite");
  std::map<TestKey, std::size_t> cases;
  for (const Finding& finding : findings) ++cases[key_of(finding)];
  std::size_t failures = 0, skipped = 0;
  for (const Finding& finding : findings) {
    pugi::xml_node test = suite.append_child("testcase");
    set(test, "classname", finding.check);
    set(test, "name", test_name(finding, cases));
    if (!finding.file.empty()) set(test, "file", finding.file);
    if (!finding.file.empty() && finding.at.line != 0) test.append_attribute("line").set_value(finding.at.line);
    append_outcome(test, finding);
    const bool is_open = finding.verdict == Verdict::Inconclusive || finding.verdict == Verdict::Fail;
    failures += is_open && finding.is_objection ? 1 : 0;
    skipped += finding.verdict == Verdict::Exempted || (is_open && !finding.is_objection) ? 1 : 0;
  }
  for (pugi::xml_node node : {suites, suite}) {
    const auto count = [&node](const char* name, std::size_t value) {
      node.append_attribute(name).set_value(static_cast<unsigned long long>(value));
    };
    set(node, "name", report.findings->suite);
    count("tests", findings.size());
    count("failures", failures);
    count("errors", 0);
    count("skipped", skipped);
  }
  XmlSink out(sink);
  document.save(out, "  ");
}

}  // namespace migplan
