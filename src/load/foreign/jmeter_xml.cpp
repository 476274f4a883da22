// JMeter's results as XML: <httpSample> and <sample> below <testResults>. A sample may hold others: the redirects and
// the images of a request, which are parts of it and not counted, or the requests of a transaction, which are counted
// in its place. The text is held while it is read.

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <utility>
#include <vector>

#include "csv_rows.hpp"
#include "evidence_formats.hpp"
#include "jmeter_samples.hpp"
#include "line_stream.hpp"

namespace migplan {
namespace {

constexpr std::string_view kRoot = "testResults";

bool is_sample(pugi::xml_node node) noexcept {
  const std::string_view name = node.name();
  return name == "httpSample" || name == "sample";
}

bool is_jmeter_xml(std::string_view beginning) {
  const std::string_view text = without_mark(beginning);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '<' &&
         text.find(fmt::format("<{}", kRoot)) != std::string_view::npos;
}

// Places of offsets in a text, found by counting on from the last one where they rise, as they mostly do.
class OffsetLocator {
 public:
  explicit OffsetLocator(std::string_view text) : text_(text) {}

  Position operator()(std::ptrdiff_t offset) {
    if (offset < 0 || static_cast<std::size_t>(offset) > text_.size()) return {};
    const auto at = static_cast<std::size_t>(offset);
    if (at < line_begin_) {
      line_begin_ = 0;
      line_ = 1;
    }
    for (std::size_t end = text_.find('\n', line_begin_); end < at; end = text_.find('\n', line_begin_)) {
      line_begin_ = end + 1;
      ++line_;
    }
    return {line_, static_cast<std::uint32_t>(at - line_begin_) + 1};
  }

 private:
  std::string_view text_;
  std::size_t line_begin_ = 0;
  std::uint32_t line_ = 1;
};

class JmeterXml {
 public:
  JmeterXml(std::string_view text, std::string_view file) : text_(text), file_(file), locate_(text) {}

  Result<Evidence> read() {
    // What is read is ASCII in any of the encodings that JMeter writes; converting would move the offsets.
    const auto parsed = document_.load_buffer(text_.data(), text_.size(), pugi::parse_minimal, pugi::encoding_utf8);
    if (!parsed) {
      return Issue{Severity::Error,
                   std::string(file_),
                   locate_(parsed.offset),
                   "",
                   fmt::format("not XML: {}", parsed.description()),
                   "was the run cut off while it was written?",
                   Cause::Syntax};
    }
    const pugi::xml_node root = document_.child(kRoot.data());
    if (!root) return issue(document_, "found no <testResults> at the root");
    open_.push_back(root.first_child());
    while (!open_.empty()) read_next();
    if (issues_.has_errors()) return issues_;
    return samples_.load_test(file_);
  }

 private:
  // The next node of the innermost list of samples. Lists are kept here, and not on the stack, however deep they are.
  void read_next() {
    const pugi::xml_node node = open_.back();
    if (!node) return open_.pop_back();
    open_.back() = node.next_sibling();
    if (!is_sample(node)) return;
    const std::string_view message = node.attribute("rm").value();
    const bool holds_samples = std::any_of(node.begin(), node.end(), [](pugi::xml_node n) { return is_sample(n); });
    if (holds_samples && JmeterSamples::is_transaction(message)) {
      open_.push_back(node.first_child());
    } else {
      read_sample(node, message);
    }
  }

  void read_sample(pugi::xml_node node, std::string_view message) {
    const auto begin = read(node, "ts", parse_jmeter_time, "milliseconds since 1970");
    const auto elapsed = read(node, "t", parse_jmeter_elapsed, "a whole number of milliseconds");
    const auto success = read(node, "s", parse_jmeter_success, "true or false");
    if (begin && elapsed && success && !samples_.add(message, *begin, *elapsed, *success)) {
      issues_.add(issue(node, std::string(kFarTime), std::string(kFarTimeHint)));
    }
  }

  template <class Value>
  std::optional<Value> read(pugi::xml_node node, const char* name, std::optional<Value> (*parse)(std::string_view),
                            std::string_view expected) {
    const pugi::xml_attribute attribute = node.attribute(name);
    if (!attribute) {
      issues_.add(issue(node, fmt::format("the attribute \"{}\" is missing", name)));
      return std::nullopt;
    }
    const auto value = parse(attribute.value());
    if (!value) {
      issues_.add(
          issue(node, fmt::format("{}: found {}, expected {}", name, quoted_bytes(attribute.value()), expected)));
    }
    return value;
  }

  Issue issue(pugi::xml_node node, std::string message, std::string hint = {}) {
    return {Severity::Error, std::string(file_), locate_(node.offset_debug()),
            node.name(),     std::move(message), std::move(hint)};
  }

  std::string_view text_, file_;
  OffsetLocator locate_;
  pugi::xml_document document_;
  std::vector<pugi::xml_node> open_;
  JmeterSamples samples_;
  Issues issues_;
};

Result<Evidence> read_jmeter_xml(ByteSource& source, std::string_view file) {
  const std::string text = read_all(source);
  return JmeterXml(text, file).read();
}

}  // namespace

constinit const EvidenceFormat kJmeterXml{"jmeter-xml", "JMeter's results as XML", is_jmeter_xml, read_jmeter_xml};

}  // namespace migplan
