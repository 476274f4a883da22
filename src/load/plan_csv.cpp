#include "plan_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "csv_rows.hpp"

namespace migplan {
namespace {

// Which column holds which field.
struct Layout {
  std::array<std::pair<std::string_view, std::string_view>, 4> columns;  // heading and field
  std::string_view only_with{};                                          // rows without this field are no phases
};

constexpr std::array kLayouts{
    Layout{{{{"service", "service"}, {"phase", "phase"}, {"start", "start"}, {"finish", "finish"}}}},
    Layout{{{{"Text1", "service"}, {"Text2", "phase"}, {"Start", "start"}, {"Finish", "finish"}}}, "phase"},
};
constexpr std::string_view kNameColumn = "name", kPhasesColumn = "phases";

// "refactor 2024-01-15 to 2024-02-20" or "refactor over".
struct PhaseWords {
  std::string_view phase, start, finish;
};

std::optional<PhaseWords> parse_phase(std::string_view text) {
  constexpr std::string_view kOver = " over", kTo = "to";
  const auto take_last = [&text] {
    const auto space = text.rfind(' ');
    const std::string_view word = text.substr(space == std::string_view::npos ? 0 : space + 1);
    text = text.substr(0, space == std::string_view::npos ? 0 : space);
    return word;
  };
  if (text.ends_with(kOver) && text.size() > kOver.size()) {
    return PhaseWords{text.substr(0, text.size() - kOver.size()), {}, {}};
  }
  PhaseWords words;
  words.finish = take_last();
  const std::string_view between = take_last();
  words.start = take_last();
  words.phase = text;
  if (between != kTo || words.phase.empty()) return std::nullopt;
  return words;
}

class PlanCsv {
 public:
  PlanCsv(std::string_view text, std::string_view name, PlanDraft& draft, Issues& issues, TextArena& arena)
      : rows_(text), name_(name), draft_(draft), issues_(issues), arena_(arena) {}

  void run() {
    std::vector<Cell> header;
    if (rows_.next(header)) {
      if (const auto* const layout = layout_of(header)) {
        FieldReader reader(plan_row_spec(), &draft_, name_, issues_, arena_);
        each_row(header, [&](const std::vector<Cell>& cells) { feed_phase(*layout, header, cells, reader); });
      } else if (has(header, kNameColumn) && has(header, kPhasesColumn)) {
        FieldReader reader(plan_service_spec(), &draft_, name_, issues_, arena_);
        const std::size_t of_name = column(header, kNameColumn), of_phases = column(header, kPhasesColumn);
        each_row(header,
                 [&](const std::vector<Cell>& cells) { feed_service(cells[of_name], cells[of_phases], reader); });
      } else {
        reject_header(header);
      }
    }
    if (!rows_.fault().empty()) add(rows_.fault_position(), "", rows_.fault());
  }

 private:
  static std::size_t column(const std::vector<Cell>& header, std::string_view name) {
    const auto at = std::find_if(header.begin(), header.end(), [name](const Cell& cell) { return cell.text == name; });
    return static_cast<std::size_t>(at - header.begin());
  }
  static bool has(const std::vector<Cell>& header, std::string_view name) {
    return column(header, name) != header.size();
  }

  static const Layout* layout_of(const std::vector<Cell>& header) {
    for (const Layout& layout : kLayouts) {
      const bool is_whole = std::all_of(layout.columns.begin(), layout.columns.end(),
                                        [&header](const auto& pair) { return has(header, pair.first); });
      if (is_whole) return &layout;
    }
    return nullptr;
  }

  void reject_header(const std::vector<Cell>& header) {
    constexpr std::size_t kShown = 12;
    std::vector<std::string> found;
    for (std::size_t i = 0; i < std::min(header.size(), kShown); ++i) found.push_back(printable(header[i].text));
    if (header.size() > kShown) found.emplace_back("…");
    add(header.front().at, "",
        fmt::format("no plan: found the columns {}", in_quotes(fmt::format("{}", fmt::join(found, ", ")), 120)),
        "expected service, phase, start and finish; or name and phases; or Text1, Text2, Start and Finish; or JSON");
  }

  template <class Take>
  void each_row(const std::vector<Cell>& header, const Take& take) {
    if (!check_columns(header)) return;
    std::vector<Cell> cells;
    while (rows_.next(cells)) {
      const bool is_empty = std::all_of(cells.begin(), cells.end(), [](const Cell& cell) { return cell.text.empty(); });
      if (is_empty) continue;
      if (cells.size() != header.size()) {
        add(cells.front().at, "",
            fmt::format("found {} cells, expected {} as in the header", cells.size(), header.size()));
        continue;
      }
      take(cells);
    }
  }

  // A heading that stands there twice leaves open which column is meant.
  bool check_columns(const std::vector<Cell>& header) {
    bool is_good = true;
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (header[i].text.empty() || column(header, header[i].text) == i) continue;
      add(header[i].at, "", fmt::format("column {} stands twice", in_quotes(header[i].text)));
      is_good = false;
    }
    return is_good;
  }

  void feed_phase(const Layout& layout, const std::vector<Cell>& header, const std::vector<Cell>& cells,
                  FieldReader& reader) const {
    for (const auto& [heading, field] : layout.columns) {
      if (field == layout.only_with && cells[column(header, heading)].text.empty()) return;
    }
    reader.begin_map(cells.front().at);
    for (const auto& [heading, field] : layout.columns) {
      const Cell& cell = cells[column(header, heading)];
      feed(field, cell.text, cell.at, reader);
    }
    reader.end_map();
  }

  void feed_service(const Cell& service, const Cell& phases, FieldReader& reader) {
    std::vector<PhaseWords> all;
    for (std::string_view left = phases.text; !left.empty();) {
      constexpr std::string_view kComma = ", ";
      const std::string_view item = left.substr(0, left.find(kComma));
      left.remove_prefix(std::min(item.size() + kComma.size(), left.size()));
      if (const auto words = parse_phase(item)) {
        all.push_back(*words);
      } else {
        add(phases.at, std::string(kPhasesColumn),
            fmt::format("found {}, expected such as \"refactor 2024-01-15 to 2024-02-20\"", in_quotes(item)));
      }
    }
    reader.begin_map(service.at);
    feed(kNameColumn, service.text, service.at, reader);
    reader.key(kPhasesColumn, phases.at);
    reader.begin_list(phases.at);
    for (const PhaseWords& words : all) {
      reader.begin_map(phases.at);
      feed("phase", words.phase, phases.at, reader);
      feed("start", words.start, phases.at, reader);
      feed("finish", words.finish, phases.at, reader);
      reader.end_map();
    }
    reader.end_list();
    reader.end_map();
  }

  static void feed(std::string_view field, std::string_view text, Position at, FieldReader& reader) {
    if (text.empty()) return;
    reader.key(field, at);
    reader.scalar({ScalarKind::Untyped, text, at});
  }

  void add(Position at, std::string path, std::string message, std::string hint = {}) {
    issues_.add({Severity::Error, std::string(name_), at, std::move(path), std::move(message), std::move(hint)});
  }

  CsvRows rows_;
  std::string_view name_;
  PlanDraft& draft_;
  Issues& issues_;
  TextArena& arena_;
};

}  // namespace

void read_plan_csv(std::string_view text, std::string_view name, PlanDraft& draft, Issues& issues, TextArena& arena) {
  if (auto issue = text_fault(text, name)) {
    issues.add(*std::move(issue));
    return;
  }
  PlanCsv(text, name, draft, issues, arena).run();
}

}  // namespace migplan
