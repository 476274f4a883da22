#include "xlsx_calendar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "display_width.hpp"
#include "timetable_days.hpp"

namespace migplan {
namespace {

// Columns; formulas name them by their letters.
constexpr std::uint16_t kName = 0, kTier = 1, kWhat = 2, kStart = 3, kFinish = 4, kCutover = 5, kCritical = 6,
                        kFirstWeek = 7;
constexpr Colour kCutoverColour = 0x404040, kCriticalColour = 0xC00000, kFreezeColour = 0xD9E1F2, kEndColour = 0x7F7F7F;
// By rank of the tier; further ones have the last.
constexpr std::array<Colour, 4> kBarColours{0xE9967A, 0xF2C35B, 0x8FBC8F, 0xA9B8CC};

// A row of the sheet: a bar from its first to its last day.
struct Bar {
  std::string name, what;  // `what`: the route, or the phase
  Date start{}, finish{};
  std::optional<Date> cutover{};
  std::string tier{};
  bool is_critical = false;
};

Bar bar_of(const Timetable& plan, const TimetableService& service, std::span<const TimetableTask> tasks,
           std::string_view what) {
  Bar bar{.name = std::string(service.name), .what = std::string(what), .start = tasks.front().start};
  bar.tier = plan.tiers[service.tier];
  for (const TimetableTask& task : tasks) {
    bar.start = std::min(bar.start, task.start);
    bar.finish = std::max(bar.finish, task.finish);
    if (task.is_milestone) bar.cutover = task.start;
    bar.is_critical = bar.is_critical || task.is_critical;
  }
  return bar;
}

// By tier, then by the first day.
std::vector<Bar> bars_of(const Timetable& plan) {
  std::vector<const TimetableService*> services;
  for (const TimetableService& service : plan.services) {
    if (service.task_count > 0) services.push_back(&service);
  }
  const auto first_day = [&plan](const TimetableService* of) { return plan.tasks[of->first_task].start; };
  std::stable_sort(services.begin(), services.end(), [&](const TimetableService* a, const TimetableService* b) {
    if (a->tier != b->tier) return a->tier < b->tier;
    if (first_day(a) != first_day(b)) return first_day(a) < first_day(b);
    return a->name < b->name;
  });
  std::vector<Bar> bars;
  for (const TimetableService* const service : services) {
    const std::span tasks = std::span(plan.tasks).subspan(service->first_task, service->task_count);
    if (plan.is_by_phase) {
      for (const TimetableTask& task : tasks) bars.push_back(bar_of(plan, *service, {&task, 1}, task.phase));
    } else {
      bars.push_back(bar_of(plan, *service, tasks, service->route));
    }
  }
  return bars;
}

class CalendarSheet {
 public:
  CalendarSheet(const Timetable& plan, Sheet& sheet) : plan_(plan), sheet_(sheet), bars_(bars_of(plan)) {
    const auto [first, last] = span_of(plan);
    monday_ = first.plus(-static_cast<std::int64_t>(first.weekday())).value_or(first);
    // Of a plan of many years a cell is several weeks: a sheet ends somewhere.
    constexpr std::int32_t kMostCells = 520;
    const std::int32_t weeks = (last - monday_) / 7 + 1;
    step_ = 7 * ((weeks + kMostCells - 1) / kMostCells);
    cells_ = static_cast<std::uint16_t>((last - monday_) / step_ + 1);
  }

  void write() {
    // What holds for all stands above the calendar and stays in sight.
    add_row({.name = "programme", .what = "end", .start = plan_.start, .finish = plan_.end, .cutover = plan_.end},
            true);
    for (const Freeze& freeze : plan_.calendar->freezes) add_freeze(freeze);
    head_ = row_++;
    write_heads();
    constexpr std::size_t kMostBars = kMostSheetRows - 1000;
    first_bar_ = row_;
    for (std::size_t i = 0; i < std::min(bars_.size(), kMostBars); ++i) add_row(bars_[i], false);
    add_rules();
    finish();
  }

 private:
  void add_freeze(const Freeze& freeze) {
    constexpr std::uint32_t kMostFreezes = 200;
    if (row_ > kMostFreezes) return;
    const std::string name = freeze.name.empty() ? "freeze" : freeze.name;
    add_row({.name = name,
             .what = fmt::format("no {}", fmt::join(freeze.forbids, ", ")),
             .start = freeze.from,
             .finish = freeze.to},
            true);
  }

  void add_row(const Bar& bar, bool is_above) {
    const Tone tone = is_above ? Tone::Muted : Tone::Plain;
    sheet_.text({row_, kName}, bar.name, is_above ? Tone::Muted : Tone::Strong);
    sheet_.text({row_, kTier}, bar.tier, tone);
    sheet_.text({row_, kWhat}, bar.what, tone);
    sheet_.day({row_, kStart}, bar.start, tone);
    sheet_.day({row_, kFinish}, bar.finish, tone);
    if (bar.cutover) sheet_.day({row_, kCutover}, *bar.cutover, tone);
    if (!is_above) sheet_.flag({row_, kCritical}, bar.is_critical, Tone::Plain);
    widest_ = std::max(widest_, display_width(bar.name));
    widest_tier_ = std::max(widest_tier_, display_width(bar.tier));
    widest_what_ = std::max(widest_what_, display_width(bar.what));
    ++row_;
  }

  void write_heads() {
    constexpr double kHeadHeight = 62;
    const char* const what = plan_.is_by_phase ? "phase" : "route";
    const std::array heads{"service", "tier", what, "start", "finish", "cutover", "critical"};
    sheet_.set_height(head_, kHeadHeight);
    for (std::uint16_t i = 0; i < kFirstWeek; ++i) sheet_.heading({head_, i}, heads[i]);
    for (std::uint16_t i = 0; i < cells_; ++i) {
      const auto day = monday_.plus(std::int64_t{i} * step_);
      if (day) sheet_.turned_day({head_, column_of(i)}, *day);
    }
  }

  static std::uint16_t column_of(std::uint16_t cell) { return static_cast<std::uint16_t>(kFirstWeek + cell); }

  // A cell is painted by the first rule that holds.
  void add_rules() {
    paint(0, 1, cutover_in_cell(0), kEndColour);
    paint(1, head_, row_in_cell(1), kFreezeColour);
    paint(first_bar_, row_, fmt::format("AND($G{},{})", first_bar_ + 1, cutover_in_cell(first_bar_)), kCriticalColour);
    paint(first_bar_, row_, cutover_in_cell(first_bar_), kCutoverColour);
    for (std::size_t tier = 0; tier < plan_.tiers.size(); ++tier) {
      paint(first_bar_, row_,
            fmt::format("AND(EXACT($B{},{}),{})", first_bar_ + 1, formula_text(plan_.tiers[tier]),
                        row_in_cell(first_bar_)),
            kBarColours[std::min(tier, kBarColours.size() - 1)]);
    }
    if (head_ > 1) {
      paint(first_bar_, row_,
            fmt::format("SUMPRODUCT(($D$2:$D${0}<H${1}+{2})*($E$2:$E${0}>=H${1}))>0", head_, head_ + 1, step_),
            kFreezeColour);
    }
  }

  void paint(std::uint32_t from, std::uint32_t behind, const std::string& formula, Colour colour) {
    if (from == behind) return;
    sheet_.paint({{from, kFirstWeek}, {behind - 1, column_of(static_cast<std::uint16_t>(cells_ - 1))}}, formula,
                 colour);
  }
  // Whether the days of a row, or its cutover, meet those of a cell.
  [[nodiscard]] std::string row_in_cell(std::uint32_t row) const {
    return fmt::format("AND($D{0}<H${1}+{2},$E{0}>=H${1})", row + 1, head_ + 1, step_);
  }
  [[nodiscard]] std::string cutover_in_cell(std::uint32_t row) const {
    return fmt::format("AND($F{0}<H${1}+{2},$F{0}>=H${1})", row + 1, head_ + 1, step_);
  }

  void finish() {
    constexpr double kWeekWidth = 2.4, kDateWidth = 11.5;
    const auto width = [](std::size_t of) { return static_cast<double>(std::clamp<std::size_t>(of, 8, 40)) + 2; };
    sheet_.set_width(kName, kName, width(widest_));
    sheet_.set_width(kTier, kTier, width(widest_tier_));
    sheet_.set_width(kWhat, kWhat, width(widest_what_));
    sheet_.set_width(kStart, kCutover, kDateWidth);
    sheet_.set_width(kCritical, kCritical, kDateWidth - 2);
    sheet_.set_width(kFirstWeek, column_of(static_cast<std::uint16_t>(cells_ - 1)), kWeekWidth);
    sheet_.freeze({head_ + 1, kTier});
    if (row_ > first_bar_) sheet_.filter({{head_, 0}, {row_ - 1, kCritical}});
    sheet_.print_wide(0, head_);
  }

  const Timetable& plan_;
  Sheet& sheet_;
  std::vector<Bar> bars_;
  Date monday_;
  std::int32_t step_ = 7;
  std::uint16_t cells_ = 1;
  std::uint32_t row_ = 0, head_ = 0, first_bar_ = 0;
  std::size_t widest_ = 0, widest_tier_ = 0, widest_what_ = 0;
};

}  // namespace

void write_calendar(const Timetable& plan, Sheet& sheet) { CalendarSheet(plan, sheet).write(); }

}  // namespace migplan
