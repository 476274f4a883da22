#include <array>
#include <limits>
#include <utility>

#include "overview_tables.hpp"

namespace migplan {
namespace {

constexpr std::uint32_t kNoRow = std::numeric_limits<std::uint32_t>::max();

// A table that has a row for some services, found by their names.
class Source {
 public:
  Source(std::shared_ptr<const Table> table, const Inventory& inventory) : table_(std::move(table)) {
    rows_ = std::make_shared<std::vector<std::uint32_t>>(inventory.size(), kNoRow);
    if (table_ == nullptr) return;
    const std::size_t name = table_->find_column("name");
    for (std::uint32_t row = 0; row < table_->row_count(); ++row) {
      const Value cell = table_->cell(row, name);
      if (const auto service = inventory.find(cell.text().value_or(""))) (*rows_)[*service] = row;
    }
  }

  // A column of it over all services; null where it has no row for one.
  [[nodiscard]] Column column(std::string_view key, Text heading, Shown shown) const {
    const std::size_t from = table_ == nullptr ? 0 : table_->find_column(key);
    const bool is_there = table_ != nullptr && from < table_->columns().size();
    Column column{std::string(key), std::move(heading), shown, is_there && table_->columns()[from].is_numeric, {}};
    column.cell = [table = table_, rows = rows_, from, is_there](std::size_t i) -> Value {
      return is_there && (*rows)[i] != kNoRow ? table->cell((*rows)[i], from) : Value{};
    };
    column.tone = [table = table_, rows = rows_, from, is_there](std::size_t i) {
      return is_there && (*rows)[i] != kNoRow ? table->tone((*rows)[i], from) : Tone::Plain;
    };
    column.words = [table = table_, rows = rows_, from, is_there](std::size_t i) {
      return is_there && (*rows)[i] != kNoRow ? table->text((*rows)[i], from) : Text::verbatim("-");
    };
    return column;
  }

 private:
  std::shared_ptr<const Table> table_;
  std::shared_ptr<std::vector<std::uint32_t>> rows_;
};

struct Wanted {
  const char* key;
  const char* heading;
  Shown shown;
};
constexpr std::array kFromScore{
    Wanted{"name", "service", Shown::Always},     Wanted{"display_name", "display name", Shown::InData},
    Wanted{"domain", "domain", Shown::Always},    Wanted{"team", "team", Shown::InData},
    Wanted{"owner", "owner", Shown::InData},      Wanted{"kind", "kind", Shown::InData},
    Wanted{"status", "state", Shown::Always},     Wanted{"tier", "tier", Shown::Always},
    Wanted{"score", "score", Shown::Always},      Wanted{"score_high", "at most", Shown::InData},
    Wanted{"impact", "impact", Shown::InData},    Wanted{"debt", "debt", Shown::InData},
    Wanted{"topology", "topology", Shown::InData}};
constexpr std::array kFromMatrix{
    Wanted{"coupling", "coupling", Shown::InData}, Wanted{"obsolescence", "obsolescence", Shown::InData},
    Wanted{"priority", "priority", Shown::InData}, Wanted{"disposition", "disposition", Shown::Always}};
constexpr std::array kFromSensitivity{Wanted{"firmness", "firmness", Shown::Always},
                                      Wanted{"hangs_on", "hangs on", Shown::InData}};
constexpr std::array kFromSchedule{
    Wanted{"route", "route", Shown::InData},       Wanted{"window", "window", Shown::Always},
    Wanted{"cutover", "cutover", Shown::Always},   Wanted{"slack_days", "slack", Shown::Always},
    Wanted{"critical", "critical", Shown::Always}, Wanted{"committed_window", "promised", Shown::InData}};
constexpr std::array kFromRisk{Wanted{"p_on_time", "on time", Shown::Always}};

template <std::size_t N>
void add(const Source& source, const std::array<Wanted, N>& wanted, std::vector<Column>& columns) {
  for (const Wanted& one : wanted) columns.push_back(source.column(one.key, one.heading, one.shown));
}

// How many checks of a service ended in a verdict.
void add_verdicts(const OverviewView& view, std::vector<Column>& columns) {
  using Counts = std::array<std::size_t, 4>;
  auto counts = std::make_shared<std::vector<Counts>>(view.card->inventory().size(), Counts{});
  for (const VerdictFile& file : view.checks) {
    for (const StatedVerdict& verdict : file.verdicts) {
      const auto service = view.card->inventory().find(verdict.service);
      if (service) ++(*counts)[*service][static_cast<std::size_t>(verdict.verdict)];
    }
  }
  const Shown shown = view.checks.empty() ? Shown::InData : Shown::Always;
  const auto count = [&](const char* key, Shown how, Verdict verdict) {
    columns.push_back({key, key, how, true, [counts, verdict](std::size_t i) {
                         return count_value((*counts)[i][static_cast<std::size_t>(verdict)]);
                       }});
  };
  count("passed", Shown::InData, Verdict::Pass);
  count("failed", shown, Verdict::Fail);
  count("inconclusive", Shown::InData, Verdict::Inconclusive);
  count("exempted", Shown::InData, Verdict::Exempted);
}

}  // namespace

std::shared_ptr<Table> overview_services(const OverviewView& view, const OverviewParts& parts) {
  const Scorecard& card = *view.card;
  const auto source = [&card](const Report& report, std::string_view key) {
    return Source(table_in(report.document, key), card.inventory());
  };
  std::vector<Column> columns;
  add(source(parts.score, "services"), kFromScore, columns);
  add(source(parts.matrix, "quadrant"), kFromMatrix, columns);
  add(source(parts.sensitivity, "services"), kFromSensitivity, columns);
  add(source(parts.schedule, "services"), kFromSchedule, columns);
  add(source(parts.schedule, "risk"), kFromRisk, columns);
  add_verdicts(view, columns);
  auto table = std::make_shared<Table>("services", "Services by score", card.inventory().size(), std::move(columns));
  table->select(ranking(card));
  return table;
}

}  // namespace migplan
