#include "migplan/load/psplib_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "number_rows.hpp"

namespace migplan {
namespace {

constexpr std::string_view kJobsLine = "jobs (incl. supersource/sink )";
// Far above the library's own (122 jobs, 4 resources), and small enough that a wrong file asks for little memory.
constexpr std::int32_t kMostJobs = 100'000, kMostResources = 16, kLongestJob = 100'000, kLongestProject = 1'000'000;

class PsplibText {
 public:
  PsplibText(std::string_view text, std::string_view file, Issues& issues) : rows_(text, file, issues) {}

  ProjectParts parts;
  std::int32_t horizon = 0, mpm_time = 0;
  Position precedences_at;

  // False where the text cannot be read on; other errors stand in the issues.
  bool read() {
    return read_sizes() && read_resources() && read_information() && read_precedences() && read_requests() &&
           read_availabilities() && read_end();
  }

 private:
  bool read_sizes() {
    do {
      if (!rows_.next()) {
        rows_.report_end(in_quotes(kJobsLine));
        return false;
      }
    } while (!rows_.line().starts_with(kJobsLine));
    const auto jobs = rows_.number_behind_colon("the number of jobs", {2, kMostJobs});
    if (!jobs || !rows_.expect("horizon")) return false;
    const auto days = rows_.number_behind_colon("the horizon", {0, kLongestProject});
    jobs_ = static_cast<std::uint32_t>(*jobs);
    horizon = days.value_or(0);
    return days.has_value();
  }

  bool read_resources() {
    if (!rows_.expect("RESOURCES") || !rows_.expect("  - renewable")) return false;
    const auto renewable = rows_.number_behind_colon("the number of renewable resources", {0, kMostResources});
    if (!renewable) return false;
    resources_ = static_cast<std::uint32_t>(*renewable);
    return expect_none("  - nonrenewable") && expect_none("  - doubly constrained") && rows_.expect("****");
  }

  bool expect_none(std::string_view kind) {
    if (!rows_.expect(kind)) return false;
    const auto count = rows_.number_behind_colon(kind.substr(4), {});
    if (count.value_or(0) == 0) return count.has_value();
    rows_.report(1, fmt::format("found {} resources that are used up, expected none", *count),
                 "only renewable resources are planned with");
    return false;
  }

  bool read_information() {
    if (!rows_.expect("PROJECT INFORMATION:") || !rows_.expect("pronr.") || !next_row("the project's row"))
      return false;
    const auto jobs = rows_.number(1, "#jobs", {});
    const auto mpm = rows_.number(5, "MPM-Time", {0, kLongestProject});
    for (const std::size_t k : {0U, 2U, 3U, 4U}) static_cast<void>(rows_.number(k, "the project's row", {}));
    expect_words(6, "the project's row");
    if (jobs && static_cast<std::uint32_t>(*jobs) + 2 != jobs_) {
      rows_.report(rows_.words()[1].column,
                   fmt::format("found {} jobs, expected {}: the first and the last do not count", *jobs, jobs_ - 2));
    }
    mpm_time = mpm.value_or(0);
    return rows_.expect("****");
  }

  bool read_precedences() {
    if (!rows_.expect("PRECEDENCE RELATIONS:")) return false;
    precedences_at = {rows_.line_number(), 1};
    if (!rows_.expect("jobnr.")) return false;
    for (std::uint32_t job = 1; job <= jobs_; ++job) {
      if (!next_row("a job's successors") || !is_row_of(job)) return false;
      const auto modes = rows_.number(1, "#modes", {1, kMostJobs});
      if (modes.value_or(1) != 1) {
        rows_.report(rows_.words()[1].column, fmt::format("found {} modes, expected one mode a job", *modes));
      }
      read_successors(job);
    }
    return rows_.expect("****");
  }

  void read_successors(std::uint32_t job) {
    const auto count = rows_.number(2, "#successors", {0, static_cast<std::int32_t>(jobs_)});
    if (!count || !expect_words(3 + static_cast<std::size_t>(*count), "the job's row")) return;
    for (std::size_t k = 3; k < rows_.words().size(); ++k) {
      const auto successor = rows_.number(k, "a successor", {1, jobs_});
      if (!successor) continue;
      const auto after = static_cast<ActivityIndex>(*successor - 1);
      const auto first =
          parts.precedences.end() - static_cast<std::ptrdiff_t>(std::min(k - 3, parts.precedences.size()));
      const bool is_twice = std::any_of(first, parts.precedences.end(), [&](const Precedence& known) {
        return known.before == job - 1 && known.after == after;
      });
      if (after == job - 1) rows_.report(rows_.words()[k].column, "the job is its own successor");
      if (is_twice) rows_.report(rows_.words()[k].column, fmt::format("successor {} stands here twice", after + 1));
      parts.precedences.push_back({job - 1, after});
    }
  }

  bool read_requests() {
    if (!rows_.expect("REQUESTS/DURATIONS:") || !rows_.expect("jobnr.") || !rows_.expect("----")) return false;
    for (std::uint32_t job = 1; job <= jobs_; ++job) {
      if (!next_row("a job's duration and requests") || !is_row_of(job)) return false;
      static_cast<void>(rows_.number(1, "mode", {1, 1}));
      const auto duration = rows_.number(2, "duration", {0, kLongestJob});
      parts.activities.push_back({duration.value_or(0)});
      total_ += duration.value_or(0);
      parts.demands.emplace_back();
      for (ResourceIndex r = 0; r < resources_; ++r) {
        const auto amount = rows_.number(3 + r, fmt::format("R {}", r + 1), {0, Project::kGreatestCapacity});
        if (amount.value_or(0) > 0) parts.demands.back().push_back({r, *amount});
      }
      requests_at_.push_back(rows_.line_number());
      expect_words(3 + resources_, "the job's row");
    }
    if (total_ > kLongestProject) {
      rows_.report(1, fmt::format("the durations add up to {}, expected at most {}", total_, kLongestProject));
      return false;
    }
    return rows_.expect("****");
  }

  bool read_availabilities() {
    if (!rows_.expect("RESOURCEAVAILABILITIES:") || !next_row("the names of the resources") ||
        !next_row("the resources' availabilities")) {
      return false;
    }
    const auto days = static_cast<std::size_t>(std::max<std::int64_t>(total_, horizon));
    parts.timeline = Timeline::every_day(static_cast<std::int32_t>(days));
    std::vector<std::int32_t> capacities;
    for (ResourceIndex r = 0; r < resources_; ++r) {
      const auto amount = rows_.number(r, fmt::format("R {}", r + 1), {0, Project::kGreatestCapacity});
      capacities.push_back(amount.value_or(Project::kGreatestCapacity));
      parts.capacities.emplace_back(days, capacities.back());
    }
    expect_words(resources_, "the availabilities");
    check_requests(capacities);
    return true;
  }

  void check_requests(const std::vector<std::int32_t>& capacities) {
    for (std::uint32_t i = 0; i < jobs_; ++i) {
      for (const auto& [resource, amount] : parts.demands[i]) {
        if (amount <= capacities[resource]) continue;
        rows_.report_at({requests_at_[i], 1}, fmt::format("job {} requests {} of R {}, which has {}", i + 1, amount,
                                                          resource + 1, capacities[resource]));
      }
    }
  }

  // A row of stars, or nothing, and then nothing more.
  bool read_end() {
    bool is_closed = false;
    while (rows_.next()) {
      if (rows_.words().empty()) continue;
      if (!is_closed && rows_.line().starts_with("****")) {
        is_closed = true;
        continue;
      }
      rows_.report(rows_.words()[0].column, fmt::format("found {}, expected the end", in_quotes(rows_.line())));
      return false;
    }
    if (!is_closed) rows_.report_end(in_quotes("****"));
    return is_closed;
  }

  bool next_row(std::string_view what) {
    if (rows_.next()) return true;
    rows_.report_end(what);
    return false;
  }

  // Rows stand in the order of the jobs, each once. Behind a row that does not, nothing would fit.
  bool is_row_of(std::uint32_t job) {
    const auto found = rows_.number(0, "the job's number", {1, jobs_});
    if (!found) return false;
    if (static_cast<std::uint32_t>(*found) == job) return true;
    rows_.report(rows_.words()[0].column, fmt::format("found a row of job {}, expected job {}", *found, job));
    return false;
  }

  bool expect_words(std::size_t count, std::string_view what) {
    const std::size_t found = rows_.words().size();
    if (found > count) {
      rows_.report(rows_.words()[count].column, fmt::format("{} has {} numbers, expected {}", what, found, count));
    } else if (found < count) {
      rows_.report(static_cast<std::uint32_t>(rows_.line().size() + 1),
                   fmt::format("{} has {} numbers, expected {}", what, found, count));
    }
    return found == count;
  }

  NumberRows rows_;
  std::uint32_t jobs_ = 0, resources_ = 0;
  std::int64_t total_ = 0;
  std::vector<std::uint32_t> requests_at_;  // lines
};

std::string stem_of(std::string_view file) {
  file.remove_prefix(file.find_last_of("/\\") == std::string_view::npos ? 0 : file.find_last_of("/\\") + 1);
  const std::size_t dot = file.rfind('.');
  return std::string(dot == 0 ? file : file.substr(0, dot));
}

}  // namespace

bool is_psplib(std::string_view beginning) noexcept {
  const std::size_t found = beginning.find(kJobsLine);
  return found != std::string_view::npos && (found == 0 || beginning[found - 1] == '\n');
}

Result<PsplibInstance> read_psplib(ByteSource& source, std::string_view file) {
  const std::string bytes = read_all(source);
  if (!source.error().empty()) {
    return Issue{Severity::Error, std::string(file), {}, "", std::string(source.error()), "", Cause::Access};
  }
  Issues issues;
  PsplibText text(bytes, file, issues);
  if (!text.read() || issues.has_errors()) return issues;
  Result<Project> project = Project::create(std::move(text.parts));
  for (const Issue& issue : project.issues().kept()) {
    issues.add({Severity::Error, std::string(file), text.precedences_at, "", issue.message});
  }
  if (issues.has_errors()) return issues;
  return PsplibInstance{stem_of(file), std::move(project).value(), text.horizon, text.mpm_time};
}

}  // namespace migplan
