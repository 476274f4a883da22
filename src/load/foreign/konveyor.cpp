// The CSV from which Konveyor (Tackle, Red Hat's Migration Toolkit for Applications) fills its application inventory:
// a row of type 1 is an application, one of type 2 a dependency of an application.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "csv_rows.hpp"
#include "migplan/base/ascii.hpp"
#include "report_formats.hpp"

namespace migplan {
namespace {

constexpr std::array<std::string_view, 2> kRecordType{"record type 1", "record type"};
// Categories of tags that say what an application is built with.
constexpr std::array<std::string_view, 4> kStackCategories{"language", "runtime", "framework", "frameworks"};

std::string_view trimmed_text(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t') || text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

template <class Words>
bool is_one_of(std::string_view word, const Words& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class KonveyorReader {
 public:
  KonveyorReader(std::string_view file, const ReportOptions& options) : file_(file), options_(options) {}

  Result<Observations> read(std::string_view text) {
    CsvRows rows(text);
    std::vector<Cell> cells;
    if (rows.next(cells) && header(cells)) {
      while (rows.next(cells)) row(cells);
    }
    if (!rows.fault().empty()) refuse(rows.fault_position(), rows.fault());
    if (issues_.has_errors()) return std::move(issues_);
    note_gaps();
    found_.has_all_calls = !found_.calls.empty();
    found_.origin.tool = "konveyor";
    return std::move(found_);
  }

 private:
  using Row = std::vector<Cell>;

  void refuse(Position at, std::string message, std::string hint = {}) {
    issues_.add({Severity::Error, file_, at, row_ == 0 ? "" : fmt::format("row {}", row_), std::move(message),
                 std::move(hint)});
  }

  bool header(const Row& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) columns_.emplace(lowered(trimmed_text(cells[i].text)), i);
    width_ = cells.size();
    for (std::size_t i = 0; i < cells.size(); ++i) add_tag_column(lowered(trimmed_text(cells[i].text)), i);
    for (const std::string_view needed : {std::string_view("application name"), std::string_view("record type")}) {
      const bool has = columns_.contains(std::string(needed)) || (needed == "record type" && type_column());
      if (!has) refuse(cells.front().at, fmt::format("found no column {}", in_quotes(needed)));
    }
    return !issues_.has_errors();
  }

  // "Tag Category 3", or "Tag Type 3" as it was called before, stands with "Tag 3".
  void add_tag_column(const std::string& name, std::size_t place) {
    for (const std::string_view kind : {std::string_view("tag category "), std::string_view("tag type ")}) {
      if (!name.starts_with(kind)) continue;
      const auto tag = columns_.find("tag " + name.substr(kind.size()));
      if (tag != columns_.end()) tags_.emplace_back(place, tag->second);
    }
  }

  [[nodiscard]] std::optional<std::size_t> column(const std::string& name) const {
    const auto found = columns_.find(name);
    return found == columns_.end() ? std::nullopt : std::optional(found->second);
  }
  [[nodiscard]] std::optional<std::size_t> type_column() const {
    for (const std::string_view name : kRecordType) {
      if (const auto found = column(std::string(name))) return found;
    }
    return std::nullopt;
  }

  // Rows may end early: what lies behind is empty.
  static std::string_view text_at(const Row& cells, std::optional<std::size_t> column) {
    return column && *column < cells.size() ? trimmed_text(cells[*column].text) : std::string_view{};
  }
  static Position at(const Row& cells, std::optional<std::size_t> column) {
    return column && *column < cells.size() ? cells[*column].at : cells.front().at;
  }

  void row(const Row& cells) {
    ++row_;
    const bool is_blank = std::all_of(cells.begin(), cells.end(), [](const Cell& c) { return c.text.empty(); });
    if (is_blank) return;
    if (cells.size() > width_) {
      return refuse(cells[width_].at,
                    fmt::format("found {} cells, expected at most {} as in the header", cells.size(), width_));
    }
    const std::string_view type = text_at(cells, type_column());
    const std::string name(text_at(cells, column("application name")));
    if (type != "1" && type != "2") {
      return refuse(
          at(cells, type_column()),
          fmt::format("found the record type {}, expected 1 (application) or 2 (dependency)", in_quotes(type)));
    }
    if (name.empty()) return refuse(at(cells, column("application name")), "found no application name");
    type == "1" ? application(name, cells) : dependency(name, cells);
  }

  void application(const std::string& name, const Row& cells) {
    if (!applications_.insert(name).second) {
      return refuse(at(cells, column("application name")),
                    fmt::format("the application {} stands in a row before", in_quotes(name)));
    }
    found_.subjects.push_back(name);
    if (const std::string_view business = text_at(cells, column("business service")); !business.empty()) {
      add_fact(name, "domain", ObservedText{std::string(business)}, cells, *column("business service"));
    }
    std::vector<std::string> stack;
    std::size_t stack_at = 0;
    for (const auto& [category, tag] : tags_) {
      const std::string_view text = text_at(cells, tag), kind = text_at(cells, category);
      if (text.empty()) continue;
      if (mapped(name, std::string(kind), cells, tag)) continue;
      if (is_one_of(lowered(kind), kStackCategories)) {
        stack.emplace_back(text);
        stack_at = tag;
      } else {
        passed_over_.insert(std::string(kind));
      }
    }
    if (!stack.empty()) add_fact(name, "stack", std::move(stack), cells, stack_at);
    for (const auto& [header, place] : columns_) {
      if (!text_at(cells, place).empty()) mapped(name, header, cells, place);
    }
  }

  // What the user says that a column, or a category of tags, is.
  bool mapped(const std::string& name, const std::string& from, const Row& cells, std::size_t column) {
    for (const ReportMapping& mapping : options_.map) {
      if (lowered(mapping.from) != lowered(from)) continue;
      add_fact(name, mapping.fact, ObservedText{std::string(text_at(cells, column))}, cells, column);
      return true;
    }
    return false;
  }

  void add_fact(const std::string& name, std::string fact, ObservedValue value, const Row& cells, std::size_t column) {
    found_.facts.push_back({name, std::move(fact), std::move(value), {file_, at(cells, column), row_name()}});
  }
  [[nodiscard]] std::string row_name() const { return fmt::format("row {}", row_); }

  void dependency(const std::string& name, const Row& cells) {
    const std::string other(text_at(cells, column("dependency")));
    const std::string direction = lowered(text_at(cells, column("dependency direction")));
    if (other.empty()) return refuse(at(cells, column("dependency")), "found no dependency");
    if (direction != "northbound" && direction != "southbound") {
      return refuse(
          at(cells, column("dependency direction")),
          fmt::format("found the direction {}, expected NORTHBOUND (the other one calls {}) or SOUTHBOUND ({} "
                      "calls the other one)",
                      in_quotes(text_at(cells, column("dependency direction"))), name, name));
    }
    ObservedCall call{.caller = name, .callee = other, .place = {file_, at(cells, column("dependency")), row_name()}};
    if (direction == "northbound") std::swap(call.caller, call.callee);
    found_.calls.push_back(std::move(call));
  }

  void note_gaps() {
    passed_over_.erase("");
    if (!passed_over_.empty()) {
      found_.notes.add({Severity::Note,
                        file_,
                        {},
                        "",
                        fmt::format("tags of these categories are no facts, passed over: {}",
                                    printable(fmt::format("{}", fmt::join(passed_over_, ", "))))});
    }
    if (found_.calls.empty()) {
      found_.notes.add({Severity::Note, file_, {}, "", "has no rows of type 2: dependencies stay as they are"});
    }
  }

  std::string file_;
  const ReportOptions& options_;
  std::map<std::string, std::size_t> columns_;
  std::vector<std::pair<std::size_t, std::size_t>> tags_;  // category, tag
  std::size_t width_ = 0, row_ = 0;                        // rows behind the header, from 1
  std::set<std::string> applications_, passed_over_;
  Observations found_;
  Issues issues_;
};

bool is_konveyor(std::string_view beginning) {
  const std::string start = lowered(without_mark(beginning).substr(0, 20));
  return start.starts_with("record type") || start.starts_with("\"record type");
}

Result<Observations> read_konveyor(ByteSource& source, std::string_view file, const ReportOptions& options) {
  const std::string all = read_all(source);
  const std::string_view text = without_mark(all);
  if (auto issue = text_fault(text, file)) return *std::move(issue);
  return KonveyorReader(file, options).read(text);
}

}  // namespace

const ReportFormat kKonveyor{"konveyor", "CSV of the application inventory of Konveyor (Tackle, MTA)", is_konveyor,
                             read_konveyor};

}  // namespace migplan
