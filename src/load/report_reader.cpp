#include "migplan/load/report_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "migplan/base/nearest.hpp"
#include "migplan/load/evidence_reader.hpp"
#include "migplan/load/gzip_source.hpp"
#include "migplan/load/inventory_facts.hpp"

namespace migplan {
namespace {

Issue not_read(std::string_view file, std::string message, std::string hint = {}, Cause cause = Cause::Content) {
  return {Severity::Error, std::string(file), {}, "", std::move(message), std::move(hint), cause};
}

std::string known_formats() {
  std::vector<std::string_view> names;
  for (const ReportFormat& format : report_formats()) names.push_back(format.name);
  return fmt::format("known: {}", fmt::join(names, ", "));
}

// What a text looks like, for people; empty where nobody knows it.
std::string content_name(std::string_view beginning) {
  for (const ReportFormat& format : report_formats()) {
    if (format.is_this(beginning)) return fmt::format("{} ({})", format.name, format.description);
  }
  for (const EvidenceFormat& format : evidence_formats()) {
    if (format.is_this(beginning)) return fmt::format("{} ({})", format.name, format.description);
  }
  return {};
}

Result<const ReportFormat*> named_format(std::string_view name, std::string_view beginning, std::string_view file) {
  std::vector<std::string_view> names;
  for (const ReportFormat& format : report_formats()) {
    names.push_back(format.name);
    if (format.name != name) continue;
    const std::string other = format.is_this(beginning) ? std::string() : content_name(beginning);
    if (other.empty()) return &format;
    return not_read(file, fmt::format("the content is {}, not {}", other, name),
                    "leave the source out, or name the right one");
  }
  const std::string_view near = nearest_name(name, names);
  return not_read(file, fmt::format("unknown source {}", in_quotes(name)),
                  near.empty() ? known_formats() : fmt::format("did you mean {}?", near));
}

Result<const ReportFormat*> recognised_format(std::string_view beginning, std::string_view file) {
  for (const ReportFormat& format : report_formats()) {
    if (format.is_this(beginning)) return &format;
  }
  if (const std::string other = content_name(beginning); !other.empty()) {
    return not_read(file, fmt::format("the content is {}, which says nothing of services", other), known_formats());
  }
  return not_read(file, "not the report of a known tool", known_formats());
}

}  // namespace

Result<Observations> read_report(ByteSource& source, std::string_view file, const ReportOptions& options) {
  GzipSource plain(source);
  PeekedSource peeked(plain);
  const auto broken = [&] {
    return not_read(file, std::string(peeked.error()), "", plain.is_packed() ? Cause::Syntax : Cause::Access);
  };
  if (peeked.front().empty()) {
    if (!peeked.error().empty()) return broken();
    return not_read(file, "found nothing, expected the report of a tool");
  }
  const auto format = options.format.empty() || options.format == "auto"
                          ? recognised_format(peeked.front(), file)
                          : named_format(options.format, peeked.front(), file);
  if (!format.is_ok()) return Issues(format.issues());
  auto read = format.value()->read(peeked, file, options);
  // What a reader says of a text that broke off is not what is wrong with it.
  if (!peeked.error().empty()) return broken();
  if (!read.is_ok()) return read;
  Observations observations = std::move(read).value();
  Issues issues = check_facts(observations.facts, file);
  if (issues.has_errors()) return issues;
  if (observations.origin.tool.empty()) observations.origin.tool = format.value()->name;
  return observations;
}

}  // namespace migplan
