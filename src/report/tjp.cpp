#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <utility>

#include "gathered_text.hpp"
#include "migplan/report/report.hpp"
#include "timetable_days.hpp"

namespace migplan {
namespace {

// Strings of TaskJuggler know one escape, \" , and expand ${macro} and $(VARIABLE).
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : printable(text)) {
    if (c == '"') out += '\\';
    out += c == '\\' ? '/' : c;
    if (c == '$') out += ' ';
  }
  return out + '"';
}

class Writer {
 public:
  Writer(const Timetable& plan, ByteSink& sink) : plan_(plan), sink_(sink) {
    std::tie(first_, last_) = span_of(plan);
    // TaskJuggler's own schedule may take longer than ours.
    horizon_ = last_.plus(std::int64_t{last_ - first_} + kDaysOfYear).value_or(last_);
    const Date last_known = *Date::create(2035, 12, 30);  // it refuses projects that last beyond 2035
    horizon_ = std::max(last_, std::min(horizon_, last_known));
    count_demands();
  }

  void run() {
    write_project();
    write_days_off();
    for (const auto& [phase, name] : frozen_phases_) write_freezes(phase, name);
    for (std::uint32_t r = 0; r < plan_.resources.size(); ++r) write_resource(r);
    for (const TimetableService& service : plan_.services) write_service(service);
    write_report();
    sink_.write(out_);
  }

 private:
  static constexpr std::int64_t kDaysOfYear = 366;

  template <class... Args>
  void line(fmt::format_string<Args...> text, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), text, std::forward<Args>(args)...);
    out_ += '\n';
    hand_on(out_, sink_);
  }

  [[nodiscard]] static std::string interval(Date from, Date to) {
    return fmt::format("{} - {}", from.to_string(), day_behind(to).to_string());
  }

  void count_demands() {
    demands_.resize(plan_.resources.size());
    for (const TimetableTask& task : plan_.tasks) {
      if (task.resource) demands_[*task.resource] += task.amount;
    }
    for (const Freeze& freeze : plan_.calendar->freezes) {
      for (const std::string& phase : freeze.forbids)
        frozen_phases_.try_emplace(phase, "frozen_" + identifier_of(phase));
    }
  }

  void write_project() {
    line("# {}", printable(plan_.title));
    out_ +=
        "#\n"
        "# Scenario plan is the problem, for TaskJuggler to schedule; scenario migplan is the plan that migplan made "
        "of it.\n"
        "# What TaskJuggler cannot be told:\n"
        "# - work goes on without a break once it has begun: a busy resource or a freeze interrupts it here, and "
        "another\n"
        "#   unit of the resource may take it on;\n"
        "# - a phase of calendar days neither waits for its resource nor for the end of a freeze;\n"
        "# - what comes first: no cutover behind the end, then the tiers, then the makespan. Priorities stand for "
        "it.\n";
    line("project migplan {} {} {{", quoted(plan_.title), interval(first_, horizon_));
    out_ += "  timezone \"UTC\"\n  timeformat \"%Y-%m-%d\"\n  dailyworkinghours 8\n";
    write_working_hours();
    out_ += "  scenario plan \"TaskJuggler\" {\n    scenario migplan \"migplan\"\n  }\n}\n";
  }

  // Hours cannot be given for a single day, so a weekday that is worked on once is worked on always, and the days off
  // among its days are written one by one.
  void write_working_hours() {
    constexpr std::array kNames{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    Date day = first_;
    for (const bool is_working : plan_.calendar->working_from(first_, horizon_ - first_ + 1)) {
      const auto weekday = static_cast<std::size_t>(day.weekday());
      is_worked_[weekday] = is_worked_[weekday] || is_working;
      day = day_behind(day);
    }
    for (std::size_t k = 0; k < kNames.size(); ++k) {
      line("  workinghours {} {}", kNames[k], is_worked_[k] ? "9:00 - 17:00" : "off");
    }
  }

  void write_days_off() {
    std::optional<Date> begun;
    Date day = first_;
    const auto end_run = [&] {
      if (begun) line("leaves holiday \"day off\" {} - {}", begun->to_string(), day.to_string());
      begun.reset();
    };
    for (const bool is_working : plan_.calendar->working_from(first_, horizon_ - first_ + 1)) {
      const bool is_off = !is_working && is_worked_[static_cast<std::size_t>(day.weekday())];
      if (!is_off) {
        end_run();
      } else if (!begun) {
        begun = day;
      }
      day = day_behind(day);
    }
    end_run();
  }

  // Shifts may not overlap, freezes may.
  [[nodiscard]] std::vector<std::pair<Date, Date>> frozen_days(const std::string& phase) const {
    std::vector<std::pair<Date, Date>> days;
    for (const Freeze& freeze : plan_.calendar->freezes) {
      const bool is_meant = std::find(freeze.forbids.begin(), freeze.forbids.end(), phase) != freeze.forbids.end();
      if (is_meant && freeze.to >= first_ && freeze.from <= horizon_) {
        days.emplace_back(std::max(freeze.from, first_), std::min(freeze.to, horizon_));
      }
    }
    std::sort(days.begin(), days.end());
    std::vector<std::pair<Date, Date>> merged;
    for (const auto& [from, to] : days) {
      if (!merged.empty() && from <= day_behind(merged.back().second)) {
        merged.back().second = std::max(merged.back().second, to);
      } else {
        merged.emplace_back(from, to);
      }
    }
    return merged;
  }

  void write_freezes(const std::string& phase, const std::string& name) {
    std::vector<std::string> shifts;
    for (const auto& [from, to] : frozen_days(phase)) shifts.push_back(fmt::format("Frozen {}", interval(from, to)));
    if (shifts.empty()) return;
    if (!has_freezes_) out_ += "shift Frozen \"freeze\" { workinghours mon - sun off }\n";
    has_freezes_ = true;
    line("macro {} [shifts {}]", name, fmt::join(shifts, ", "));
    written_freezes_.push_back(phase);
  }

  // A resource of TaskJuggler does one thing at a time, so each unit is one, and a task takes any of them, day by day:
  // told to be `persistent`, it waits for the unit that it began with while others stand idle. It is spared units that
  // are never needed.
  void write_resource(std::uint32_t r) {
    const TimetableResource& resource = plan_.resources[r];
    const auto units = static_cast<std::int32_t>(std::min<std::int64_t>(resource.capacity, demands_[r]));
    if (units == 0) return;
    const std::string id = identifier_of(resource.name);
    line("resource {} {} {{", id, quoted(resource.name));
    std::vector<std::string> names;
    for (std::int32_t unit = 1; unit <= units; ++unit) {
      names.push_back(fmt::format("{}_{}", id, unit));
      line("  resource {} {} {{", names.back(), quoted(fmt::format("{} {}", resource.name, unit)));
      for (const Shortage& shortage : resource.shortages) {
        if (shortage.capacity < unit && shortage.from <= horizon_) {
          line("    leaves project {}", interval(shortage.from, std::min(shortage.to, horizon_)));
        }
      }
      out_ += "  }\n";
    }
    out_ += "}\n";
    const std::string others =
        units == 1 ? "" : fmt::format("alternative {} ", fmt::join(names.begin() + 1, names.end(), ", "));
    line("macro hold_{} [allocate {} {{ {}select order mandatory }}]", id, names.front(), others);
  }

  void write_service(const TimetableService& service) {
    constexpr std::size_t kPriorities = 1000;
    const std::size_t below = plan_.services.size() - 1 - service.rank;
    line("task {} {} {{", identifier_of(service.name), quoted(service.name));
    line("  priority {}", 1 + below * (kPriorities - 1) / std::max<std::size_t>(plan_.services.size() - 1, 1));
    for (std::uint32_t k = 0; k < service.task_count; ++k) write_task(plan_.tasks[service.first_task + k]);
    out_ += "}\n";
  }

  [[nodiscard]] std::string id_of(std::uint32_t task) const {
    const TimetableTask& of = plan_.tasks[task];
    return fmt::format("{}.{}", identifier_of(plan_.services[of.service].name), identifier_of(of.phase));
  }

  void write_task(const TimetableTask& task) {
    line("  task {} {} {{", identifier_of(task.phase), quoted(task.phase));
    if (task.is_fixed) {
      write_fixed(task);
    } else {
      write_place(task);
      write_length(task);
      const bool is_frozen =
          std::find(written_freezes_.begin(), written_freezes_.end(), task.phase) != written_freezes_.end();
      if (is_frozen && task.days > 0) line("    ${{{}}}", frozen_phases_.at(std::string(task.phase)));
    }
    // Of start and end the one that stands last decides the direction of scheduling.
    line("    migplan:end {} migplan:start {} migplan:scheduled", end_of(task).to_string(), task.start.to_string());
    out_ += "  }\n";
  }

  [[nodiscard]] static Date end_of(const TimetableTask& task) {
    return task.days == 0 ? task.start : day_behind(task.finish);
  }

  // What has begun or is pinned is a fact, not to be scheduled.
  void write_fixed(const TimetableTask& task) {
    line("    start {}", task.start.to_string());
    if (task.days > 0) line("    end {}", end_of(task).to_string());
    if (task.days == 0) out_ += "    milestone\n";
    write_hold(task);
  }

  void write_place(const TimetableTask& task) {
    if (task.moves_with) {
      line("    depends {} {{ onstart }}", id_of(*task.moves_with));
    } else if (task.predecessors.empty()) {
      line("    start {}", task.not_before.to_string());
    } else {
      std::vector<std::string> names;
      for (const std::uint32_t before : task.predecessors) names.push_back(id_of(before));
      line("    depends {}", fmt::join(names, ", "));
    }
  }

  void write_length(const TimetableTask& task) {
    if (task.days == 0) {
      out_ += "    milestone\n";
    } else if (task.unit == DayKind::Calendar) {
      line("    duration {}d", task.days);
    } else if (task.resource) {
      line("    effort {}d", std::int64_t{task.days} * task.amount);
    } else {
      line("    length {}d", task.days);
    }
    write_hold(task);
  }

  void write_hold(const TimetableTask& task) {
    if (task.days == 0 || !task.resource) return;
    for (std::int32_t unit = 0; unit < task.amount; ++unit) {
      line("    ${{hold_{}}}", identifier_of(plan_.resources[*task.resource].name));
    }
  }

  void write_report() {
    out_ +=
        "taskreport migplan_dates \"migplan-dates\" {\n"
        "  formats csv\n"
        "  columns id, start, end\n"
        "  scenarios plan, migplan\n"
        "}\n";
  }

  const Timetable& plan_;
  ByteSink& sink_;
  std::string out_;
  Date first_, last_, horizon_;
  std::array<bool, 7> is_worked_{};
  std::vector<std::int64_t> demands_;                              // by resource, of all tasks
  std::map<std::string, std::string, std::less<>> frozen_phases_;  // to the names of their macros
  std::vector<std::string> written_freezes_;
  bool has_freezes_ = false;
};

}  // namespace

// A project of TaskJuggler 3.
void write_tjp(const Report& report, const FormatOptions&, ByteSink& sink) {
  const Timetable plan = report.timetable();
  Writer(plan, sink).run();
}

}  // namespace migplan
