#include "migplan/load/sunset_series_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "migplan/base/decimal.hpp"
#include "migplan/load/gzip_source.hpp"
#include "sunset_values.hpp"

namespace migplan {
namespace {

Issue about(Severity severity, std::string file, std::string message, std::string hint = {}) {
  return {severity, std::move(file), {}, "", std::move(message), std::move(hint)};
}

// JSON, and the text formats of metric systems, which begin with a comment; else CSV.
bool is_of_metrics(std::string_view front) noexcept {
  if (front.starts_with("\xEF\xBB\xBF")) front.remove_prefix(3);
  const std::size_t at = front.find_first_not_of(" \t\r\n");
  return at != std::string_view::npos && (front[at] == '{' || front[at] == '[' || front[at] == '#');
}

void read_one(ByteSource& packed, const SeriesText& from, SunsetDrafts& drafts, Issues& issues) {
  GzipSource plain(packed);
  PeekedSource peeked(plain);
  const auto broke_off = [&] {
    if (peeked.error().empty()) return false;
    Issue issue = about(Severity::Error, std::string(from.path), std::string(peeked.error()));
    issue.cause = plain.is_packed() ? Cause::Syntax : Cause::Access;
    issues.add(std::move(issue));
    return true;
  };
  if (broke_off()) return;
  if (peeked.front().empty()) {
    return issues.add(about(Severity::Error, std::string(from.path), "found nothing, expected a time series"));
  }
  if (is_of_metrics(peeked.front())) return read_sunset_metrics(peeked, from, drafts, issues);
  const std::string text = read_all(peeked);
  if (!broke_off()) read_sunset_csv(text, from, drafts, issues);
}

void append(SunsetSeries& into, SunsetSeries from) {
  const auto append_column = [](auto& to, auto& more) { to.insert(to.end(), more.begin(), more.end()); };
  append_column(into.new_share, from.new_share);
  append_column(into.p99, from.p99);
  append_column(into.error_rate, from.error_rate);
  append_column(into.consistency, from.consistency);
  append_column(into.old_requests, from.old_requests);
  append_column(into.new_sla, from.new_sla);
  append_column(into.cdc_delay, from.cdc_delay);
}

// A file that holds some samples of a series.
std::string a_file_of(const SunsetSeries& series) {
  std::string file;
  visit_columns(series, [&](SunsetColumn, const auto& samples) {
    if (file.empty() && !samples.empty()) file = series.files[samples.front().file];
  });
  return file;
}

// Gives what does not say whose it is to the only service that is asked for.
Issues name_the_nameless(SunsetDrafts& drafts, std::span<const std::string> services) {
  const auto nameless = drafts.all().find("");
  if (nameless == drafts.all().end()) return {};
  SunsetSeries series = std::move(nameless->second);
  drafts.all().erase(nameless);
  if (services.size() == 1) {
    append(drafts.of(services.front()), std::move(series));
    return {};
  }
  return Issues::of(about(Severity::Error, a_file_of(series), "does not say of which service it is",
                          services.empty() ? "name it with --service, or in a column service"
                                           : "name one --service, or one in a column service"));
}

Issues conflict_issues(const std::vector<SeriesConflict>& conflicts) {
  Issues issues;
  for (const SeriesConflict& conflict : conflicts) {
    Issue issue = about(
        Severity::Warning, conflict.first.file,
        fmt::format("{} {} several values for one time, here and at {}: the worse one counts", name_of(conflict.column),
                    conflict.times == 1 ? std::string("has") : fmt::format("{} times has", conflict.times),
                    to_string(EvidencePlace{conflict.second.file, conflict.second.at, {}})));
    issue.at = conflict.first.at;
    issues.add(std::move(issue));
  }
  return issues;
}

// A ratio in place of percent would look like a service that never reaches its target.
Issues ratio_issues(const SunsetSeries& series) {
  Issues issues;
  const auto check = [&](SunsetColumn column, const std::vector<Timed<Percent>>& samples) {
    const auto greatest = std::max_element(samples.begin(), samples.end(),
                                           [](const auto& a, const auto& b) { return a.value < b.value; });
    if (greatest == samples.end() || greatest->value <= Percent{} || greatest->value > Percent::whole(1)) return;
    const EvidencePlace place = series.place(*greatest, column);
    Issue issue = about(
        Severity::Warning, place.file,
        fmt::format("the greatest {} of {} is {} percent", name_of(column), series.service, trimmed(greatest->value)),
        "the column is in percent, not a share of 1");
    issue.at = place.at;
    issues.add(std::move(issue));
  };
  check(SunsetColumn::NewShare, series.new_share);
  check(SunsetColumn::Consistency, series.consistency);
  check(SunsetColumn::NewSla, series.new_sla);
  return issues;
}

}  // namespace

Result<std::vector<SunsetSeries>> read_sunset_series(std::vector<SeriesSource> sources,
                                                     std::span<const std::string> services) {
  std::vector<std::string> files;
  files.reserve(sources.size());
  for (const SeriesSource& source : sources) files.push_back(source.path);
  SunsetDrafts drafts(std::move(files));
  Issues issues;
  for (std::uint32_t i = 0; i < sources.size(); ++i) {
    const SeriesText from{sources[i].path, i, sources[i].column, services};
    read_one(*sources[i].bytes, from, drafts, issues);
  }
  if (issues.has_errors()) return issues;
  issues.append(name_the_nameless(drafts, services));
  if (issues.has_errors()) return issues;
  std::vector<SunsetSeries> result;
  for (auto& [name, series] : drafts.all()) {
    Issues own = conflict_issues(put_in_order(series));
    own.append(ratio_issues(series));
    const bool is_asked_for = services.empty() || std::find(services.begin(), services.end(), name) != services.end();
    if (is_asked_for) issues.append(std::move(own));
    result.push_back(std::move(series));
  }
  return Result<std::vector<SunsetSeries>>(std::move(result), std::move(issues));
}

}  // namespace migplan
