#include "report_pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

namespace migplan {
namespace {

// The pages of one answer; of several answers that look alike, all of them.
struct Answer {
  std::map<std::uint64_t, std::uint64_t> times;  // that a page of each begin is there
  std::uint64_t listed = 0, total = 0;

  // As often as the first one is there, each other must be.
  [[nodiscard]] bool is_whole() const {
    const std::uint64_t answers = times.begin()->second;
    return listed == answers * total &&
           std::all_of(times.begin(), times.end(), [answers](const auto& page) { return page.second == answers; });
  }
};

auto key_of(const NamedReport& report) {
  return std::tuple(std::string_view(report.said.origin.tool), std::string_view(report.said.page->query),
                    report.said.page->total, report.said.page->pages);
}

constexpr std::uint64_t kMostResults = 10'000;  // that SonarQube's server gives, however many pages are asked for

}  // namespace

std::vector<bool> are_parts(std::span<const NamedReport> reports, Issues& issues) {
  std::map<decltype(key_of(reports[0])), Answer> answers;
  for (const NamedReport& report : reports) {
    if (!report.said.page) continue;
    Answer& answer = answers[key_of(report)];
    ++answer.times[report.said.page->first];
    answer.listed += report.said.page->listed;
    answer.total = report.said.page->total;
  }
  std::vector<bool> parts;
  for (const NamedReport& report : reports) {
    const auto& page = report.said.page;
    parts.push_back(page && !answers.at(key_of(report)).is_whole());
    if (!parts.back()) continue;
    issues.add({Severity::Warning,
                report.file,
                {},
                "",
                fmt::format("page {} of {}: {} of {} issues", page->number, page->pages, page->listed, page->total),
                page->total > kMostResults
                    ? "the server gives 10000 at most: ask for each project and severity by itself"
                    : "give all pages"});
  }
  return parts;
}

}  // namespace migplan
