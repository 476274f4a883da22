// bench_schedule: the search for a small makespan.
//   bench_schedule                            microseconds of processor time a schedule over generated networks, beside
//                                             the least that a pass could do; its growth
//   bench_schedule FOLDER OPTIMA.csv …        how far above the best known and above the critical path the search ends
//                                             over a folder of PSPLIB .sm files; rows of the table: instance,lower,best
// One thread. Prints what it measured, nothing else.

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "generated_projects.hpp"
#include "migplan/load/psplib_reader.hpp"
#include "migplan/scheduling/bounds.hpp"
#include "migplan/scheduling/search.hpp"
#include "stopwatch.hpp"

namespace {

using namespace migplan;
namespace fs = std::filesystem;

SearchOptions with_budget(std::uint64_t budget) {
  SearchOptions options;
  options.budget = budget;
  return options;
}

// What no pass can do without: a fresh profile as long as the makespan, a look at every activity, its demands and
// predecessors, and a look at every day.
class Floor {
 public:
  Floor(const Project& project, std::size_t makespan)
      : project_(project), full_(makespan, 0x8000'8000'8000'8000), free_(makespan) {}

  std::uint64_t pass() {
    std::copy(full_.begin(), full_.end(), free_.begin());
    std::uint64_t sum = 0;
    for (ActivityIndex i = 0; i < project_.size(); ++i) {
      sum += static_cast<std::uint64_t>(project_[i].duration);
      for (const ActivityIndex before : project_.predecessors(i)) sum += before;
      for (const auto& [resource, amount] : project_.demands(i)) sum += static_cast<std::uint64_t>(amount);
    }
    for (const std::uint64_t day : free_) sum += day;
    full_[sum % full_.size()] ^= 1;  // no compiler may do the work once for all
    return sum;
  }

 private:
  const Project& project_;
  std::vector<std::uint64_t> full_, free_;
};

struct Speed {
  double schedule = 0, floor = 0;  // microseconds
  std::uint64_t schedules = 0;
};

Speed measured(std::uint32_t activities, std::uint64_t budget, std::uint64_t instances) {
  Speed speed;
  std::uint64_t kept = 0;
  for (std::uint64_t seed = 0; seed < instances; ++seed) {
    const ProjectParts parts = testing::generated_network(testing::swept_kind(activities, seed * 5), seed);
    const Project project = Project::create(parts).value();
    const Stopwatch search_time;
    const SearchResult result = search(project, {}, with_budget(budget)).value();
    speed.schedule += search_time.microseconds();
    speed.schedules += result.schedules;
    Floor floor(project, static_cast<std::size_t>(result.standing.back()));
    const Stopwatch floor_time;
    for (std::uint64_t pass = 0; pass < result.schedules; ++pass) kept += floor.pass();
    speed.floor += floor_time.microseconds();
  }
  if (kept == 0) fmt::print("\n");
  speed.schedule /= static_cast<double>(speed.schedules);
  speed.floor /= static_cast<double>(speed.schedules);
  return speed;
}

void print_speeds() {
  struct Row {
    std::uint32_t activities;
    std::uint64_t budget, instances;
  };
  fmt::print("{:>10} {:>10} {:>12} {:>10} {:>8} {:>8}\n", "activities", "schedules", "us/schedule", "floor us", "ratio",
             "growth");
  double last = 0;
  for (const auto& [activities, budget, instances] :
       {Row{30, 5000, 48}, Row{60, 5000, 48}, Row{120, 5000, 48}, Row{1000, 1000, 8}}) {
    const Speed speed = measured(activities, budget, instances);
    fmt::print("{:>10} {:>10} {:>12.3f} {:>10.3f} {:>8.1f} {:>8}\n", activities, speed.schedules, speed.schedule,
               speed.floor, speed.schedule / speed.floor,
               last == 0 ? std::string("-") : fmt::format("{:.2f}", speed.schedule / last));
    last = speed.schedule;
  }
}

struct Instance {
  PsplibInstance read;
  LowerBounds bounds;
  double lower = 0, best = 0;
};

std::string text_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream) {
    fmt::print(stderr, "cannot read {}\n", file.string());
    std::exit(1);
  }
  return text.str();
}

std::map<std::string, std::pair<double, double>> best_known(const fs::path& table) {
  std::map<std::string, std::pair<double, double>> result;
  std::istringstream rows(text_of(table));
  std::string row;
  std::getline(rows, row);
  while (std::getline(rows, row)) {
    const std::size_t one = row.find(','), two = row.find(',', one + 1);
    result[row.substr(0, one)] = {std::stod(row.substr(one + 1)), std::stod(row.substr(two + 1))};
  }
  return result;
}

std::vector<Instance> instances_of(const fs::path& folder, const fs::path& table) {
  const auto known = best_known(table);
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".sm" && known.contains(entry.path().stem().string()))
      files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Instance> result;
  for (const fs::path& file : files) {
    const std::string text = text_of(file);
    TextSource source(text);
    Result<PsplibInstance> read = read_psplib(source, file.string());
    if (!read.is_ok()) {
      fmt::print(stderr, "{}\n", to_string(read.issues().kept().front()));
      std::exit(1);
    }
    const auto [lower, best] = known.at(read.value().name);
    LowerBounds bounds = lower_bounds(read.value().project, true);
    if (bounds.best() > best) fmt::print("{}: bound {} above the best known {}\n", file.string(), bounds.best(), best);
    result.push_back({std::move(read).value(), std::move(bounds), lower, best});
  }
  return result;
}

void print_deviations(const fs::path& folder, const std::vector<Instance>& instances) {
  for (const std::uint64_t budget : {1000U, 5000U, 50'000U}) {
    double above_best = 0, above_path = 0, microseconds = 0;
    std::uint64_t schedules = 0, proven = 0, impossible = 0;
    for (const Instance& instance : instances) {
      SearchOptions options = with_budget(budget);
      options.lower_bound = instance.bounds.best();
      const Stopwatch time;
      const SearchResult result = search(instance.read.project, {}, options).value();
      microseconds += time.microseconds();
      const auto makespan = static_cast<double>(result.standing.back());
      const double path = instance.bounds.critical_path;
      above_best += 100 * (makespan - instance.best) / instance.best;
      above_path += 100 * (makespan - path) / path;
      schedules += result.schedules;
      if (result.stopped_by == StoppedBy::Proof) ++proven;
      if (makespan < instance.lower) ++impossible;
    }
    const auto count = static_cast<double>(instances.size());
    fmt::print("{:<12} {:>9} {:>9} {:>12.4f} {:>12.4f} {:>8} {:>12.3f}\n", folder.filename().string(), instances.size(),
               budget, above_best / count, above_path / count, proven, microseconds / static_cast<double>(schedules));
    if (impossible != 0) fmt::print("{} makespans below the proven bound\n", impossible);
  }
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string> words(arguments + 1, arguments + count);
  if (words.empty()) {
    print_speeds();
    return 0;
  }
  if (words.size() % 2 != 0) {
    fmt::print(stderr, "usage: bench_schedule [FOLDER OPTIMA.csv]...\n");
    return 2;
  }
  fmt::print("{:<12} {:>9} {:>9} {:>12} {:>12} {:>8} {:>12}\n", "set", "instances", "schedules", "% above best",
             "% above path", "proven", "us/schedule");
  for (std::size_t k = 0; k < words.size(); k += 2) print_deviations(words[k], instances_of(words[k], words[k + 1]));
  return 0;
}
