#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "migplan/report/views.hpp"
#include "table_choice.hpp"

namespace migplan {
namespace {

Value entry_value(const FactInfo& info, const FactSheet::Entry& entry) {
  return entry.is_known() ? Value(Number{entry.steps, info.decimals}) : Value{};
}

std::string_view origin_name(FactOrigin origin) {
  switch (origin) {
    case FactOrigin::Missing: return "missing";
    case FactOrigin::Stated: return "stated";
    case FactOrigin::Derived: return "derived";
    case FactOrigin::Policy: return "policy";
  }
  return "";
}

// One fact of one explained service, flat.
struct FactRow {
  const Explanation* explanation;
  const FactInfo* info;
};
struct FlipRow {
  const Explanation* explanation;
  const Flip* flip;
};

class ExplainReport {
 public:
  ExplainReport(const Scorecard& card, std::span<const ServiceIndex> services, std::span<const Provenance> imported)
      : card_(card), imported_(imported), explanations_(std::make_shared<std::vector<Explanation>>()) {
    const auto order = ranking(card);
    for (const ServiceIndex i : services) explanations_->push_back(explain(card, order, i));
  }

  Result<Report> make(const TableChoice& choice) const {
    Report report;
    List services;
    for (const Explanation& explanation : *explanations_) {
      services.emplace_back(service_object(explanation));
      report.headlines.push_back(headline(explanation));
    }
    report.document = {{"schema", "migplan/explain/v1"}, {"services", std::move(services)}};
    std::vector<std::shared_ptr<Table>> all{std::make_shared<Table>(facts_table()),
                                            std::make_shared<Table>(flips_table())};
    if (explanations_->size() == 2) all.push_back(add_difference(report));
    auto tables = chosen_tables(std::move(all), choice);
    if (!tables.is_ok()) return std::move(tables).issues();
    report.tables.assign(tables.value().begin(), tables.value().end());
    if (Text note = scale_note(card_.policy()); !note.empty()) report.notes.push_back(std::move(note));
    return report;
  }

 private:
  [[nodiscard]] const Service& service(const Explanation& e) const { return card_.inventory()[e.service]; }
  [[nodiscard]] std::string_view tier_name(TierIndex tier) const { return card_.policy().tiers()[tier].name; }

  [[nodiscard]] Value neighbour(const std::optional<ServiceIndex>& i) const {
    if (!i) return {};
    return Object{{"name", card_.inventory()[*i].name},
                  {"score", value_of(card_[*i].total)},
                  {"tier", tier_name(card_[*i].tier)}};
  }

  [[nodiscard]] Value fact_object(const Explanation& e, const FactInfo& info) const {
    const auto& entry = e.facts[info.id];
    const Position at = position_of(service(e), info.id);
    const bool is_placed = entry.origin == FactOrigin::Stated && at.line != 0;
    Object object{{"name", info.path},
                  {"value", entry_value(info, entry)},
                  {"file", is_placed ? Value(std::string_view(card_.inventory().files()[service(e).file])) : Value{}},
                  {"line", is_placed ? count_value(at.line) : Value{}},
                  {"origin", origin_name(entry.origin)}};
    if (has_imports()) object.emplace_back("imported", imported_object(e, info));
    return object;
  }

  // Whether anything that is explained was imported.
  [[nodiscard]] bool has_imports() const {
    return std::any_of(explanations_->begin(), explanations_->end(), [this](const Explanation& e) {
      return std::any_of(fact_infos().begin(), fact_infos().end(),
                         [&](const FactInfo& info) { return record_of(imported_, card_, e, info) != nullptr; });
    });
  }

  // Of a fact that stands in the inventory; null = nobody imported it.
  [[nodiscard]] static const ProvenanceRecord* record_of(std::span<const Provenance> imported, const Scorecard& card,
                                                         const Explanation& e, const FactInfo& info) {
    const Service& one = card.inventory()[e.service];
    const bool is_stated = e.facts[info.id].origin == FactOrigin::Stated;
    return is_stated && one.file < imported.size() ? imported[one.file].find(one.name, info.path) : nullptr;
  }
  // Whether it stands as it was imported.
  [[nodiscard]] static bool is_as_imported(const ProvenanceRecord& record, const Explanation& e, const FactInfo& info) {
    return record.value == trimmed(e.facts[info.id].steps, info.decimals);
  }

  [[nodiscard]] Value imported_object(const Explanation& e, const FactInfo& info) const {
    const ProvenanceRecord* const record = record_of(imported_, card_, e, info);
    if (record == nullptr) return {};
    const FactSource& source = record->source;
    return Object{{"file", text_or_null(source.file)},
                  {"field", text_or_null(source.field)},
                  {"tool", text_or_null(source.tool)},
                  {"version", text_or_null(source.version)},
                  {"taken", text_or_null(source.taken)},
                  {"value", std::string_view(record->value)},
                  {"changed_since", !is_as_imported(*record, e, info)}};
  }

  [[nodiscard]] Value term_object(const Explanation& e, Dimension d) const {
    const Term term = e.score.terms[d];
    const auto raw = card_.raw(e.service, d);
    List facts;
    for (const FactInfo& info : fact_infos()) {
      if (info.dimension == d) facts.emplace_back(fact_object(e, info));
    }
    return Object{{"dimension", name_of(d)},
                  {"raw", raw ? value_of(*raw) : Value{}},
                  {"normalised", term.is_known() ? value_of(term.value_or(FinePoints{})) : Value{}},
                  {"weight", value_of(card_.policy().scoring().weights[d])},
                  {"contribution", value_of(e.contributions[d])},
                  {"facts", std::move(facts)}};
  }

  [[nodiscard]] Value flip_object(const Flip& flip) const {
    const FactInfo& info = info_of(flip.fact);
    return Object{{"fact", info.path},
                  {"from", entry_value(info, flip.from)},
                  {"to", flip.to ? Value(Number{*flip.to, info.decimals}) : Value{}},
                  {"tier", tier_name(flip.tier)}};
  }

  [[nodiscard]] Value service_object(const Explanation& e) const {
    List terms, flips;
    for (const Dimension d : kDimensions) terms.emplace_back(term_object(e, d));
    for (const Flip& flip : e.flips) flips.emplace_back(flip_object(flip));
    return Object{{"name", service(e).name},
                  {"score", value_of(e.score.total)},
                  {"tier", tier_name(e.score.tier)},
                  {"terms", std::move(terms)},
                  {"to_next_up", e.to_next_up ? value_of(*e.to_next_up) : Value{}},
                  {"to_next_down", e.to_next_down ? value_of(*e.to_next_down) : Value{}},
                  {"flips", std::move(flips)},
                  {"score_high", value_of(e.score.high)},
                  {"tier_high", tier_name(e.score.high_tier)},
                  {"rank", count_value(e.rank)},
                  {"above", neighbour(e.above)},
                  {"below", neighbour(e.below)}};
  }

  [[nodiscard]] Text headline(const Explanation& e) const {
    Text line = say("{}: {} points, tier {}, rank {} of {}", service(e).name, fixed_points(e.score.total),
                    tier_name(e.score.tier), e.rank, card_.inventory().size());
    if (!e.score.is_complete()) {
      line += say("; facts are missing, the score is between {} and {} (tier {})", fixed_points(e.score.total),
                  fixed_points(e.score.high), tier_range(e.score));
    }
    if (e.to_next_up) {
      line +=
          say("; {} below tier {}", fixed_points(*e.to_next_up), tier_name(static_cast<TierIndex>(e.score.tier - 1)));
    }
    if (e.to_next_down) {
      line += say("; {} to lose before tier {}", fixed_points(*e.to_next_down),
                  tier_name(static_cast<TierIndex>(e.score.tier + 1)));
    }
    if (e.above) {
      line += say("; above it {} ({})", card_.inventory()[*e.above].name, fixed_points(card_[*e.above].total));
    }
    if (e.below) {
      line += say("; below it {} ({})", card_.inventory()[*e.below].name, fixed_points(card_[*e.below].total));
    }
    return line;
  }

  [[nodiscard]] Text tier_range(const Score& score) const {
    if (score.tier == score.high_tier) return Text::verbatim(std::string(tier_name(score.tier)));
    return say("{} to {}", tier_name(score.tier), tier_name(score.high_tier));
  }

  [[nodiscard]] static std::string fixed_points(Points points) { return fixed(points.steps(), Points::kDecimals); }

  // Columns over rows of one kind, which they keep alive.
  template <class Row>
  class Columns {
   public:
    Columns(const ExplainReport& report, std::shared_ptr<const std::vector<Row>> rows)
        : card_(&report.card_), explanations_(report.explanations_), rows_(std::move(rows)) {}
    template <class Get>
    void add(std::string key, Text heading, bool is_numeric, Get get) {
      const auto cell = [rows = rows_, keep = explanations_, card = card_, get](std::size_t i) -> Value {
        return get(*card, (*rows)[i]);
      };
      columns_.push_back({std::move(key), std::move(heading), Shown::Always, is_numeric, cell});
    }
    [[nodiscard]] Table table(std::string key, Text title) && {
      return Table(std::move(key), std::move(title), rows_->size(), std::move(columns_));
    }

   private:
    const Scorecard* card_;
    std::shared_ptr<std::vector<Explanation>> explanations_;
    std::shared_ptr<const std::vector<Row>> rows_;
    std::vector<Column> columns_;
  };

  [[nodiscard]] Table facts_table() const {
    auto rows = std::make_shared<std::vector<FactRow>>();
    for (const Explanation& e : *explanations_) {
      for (const FactInfo& info : fact_infos()) rows->push_back({&e, &info});
    }
    Columns<FactRow> columns(*this, std::move(rows));
    columns.add("service", "service", false, [](const Scorecard& card, const FactRow& row) -> Value {
      return card.inventory()[row.explanation->service].name;
    });
    columns.add("dimension", "dimension", false,
                [](const Scorecard&, const FactRow& row) { return word_value(name_of(row.info->dimension)); });
    columns.add("fact", "fact", false, [](const Scorecard&, const FactRow& row) -> Value {
      return row.info->path.substr(row.info->path.find('.') + 1);
    });
    columns.add("value", "value", true, [](const Scorecard&, const FactRow& row) -> Value {
      return shown_entry(row.info->id, row.explanation->facts[row.info->id]);
    });
    columns.add("unit", "unit", false, [](const Scorecard&, const FactRow& row) { return word_value(row.info->unit); });
    columns.add("origin", "origin", false, [](const Scorecard&, const FactRow& row) -> Value {
      return word_value(origin_name(row.explanation->facts[row.info->id].origin));
    });
    columns.add("source", "source", false, source_of);
    if (has_imports()) {
      columns.add("imported", "imported from", false,
                  [imported = imported_](const Scorecard& card, const FactRow& row) -> Value {
                    const ProvenanceRecord* const record = record_of(imported, card, *row.explanation, *row.info);
                    if (record == nullptr) return {};
                    const bool is_same = is_as_imported(*record, *row.explanation, *row.info);
                    Text from = Text::verbatim(to_string(record->source));
                    if (!is_same) from += say(" (as {}, changed since)", record->value);
                    return from;
                  });
    }
    add_dimension_columns(columns);
    return std::move(columns).table("facts", "Where the points come from");
  }

  static Value source_of(const Scorecard& card, const FactRow& row) {
    const Service& service = card.inventory()[row.explanation->service];
    const Position at = position_of(service, row.info->id);
    const bool is_stated = row.explanation->facts[row.info->id].origin == FactOrigin::Stated;
    if (!is_stated || at.line == 0) return {};
    return fmt::format("{}:{}", card.inventory().files()[service.file], at.line);
  }

  // Figures of a whole dimension stand once, in the row of its first fact.
  static void add_dimension_columns(Columns<FactRow>& columns) {
    const auto add = [&columns](std::string key, Text heading, auto get) {
      columns.add(std::move(key), std::move(heading), true, [get](const Scorecard& card, const FactRow& row) -> Value {
        const bool is_first = row.info == fact_infos().data() || (row.info - 1)->dimension != row.info->dimension;
        return is_first ? get(card, row) : Value{};
      });
    };
    add("raw", "raw", [](const Scorecard& card, const FactRow& row) -> Value {
      const auto raw = card.raw(row.explanation->service, row.info->dimension);
      return raw ? trimmed_number({raw->steps(), RawValue::kDecimals}) : Value{};
    });
    add("normalised", "0..100", [](const Scorecard&, const FactRow& row) -> Value {
      const Term term = row.explanation->score.terms[row.info->dimension];
      return term.is_known() ? rounded(term.value_or(FinePoints{}).steps(), FinePoints::kDecimals, 2) : Value{};
    });
    add("weight", "weight", [](const Scorecard& card, const FactRow& row) -> Value {
      return trimmed_number({card.policy().scoring().weights[row.info->dimension].steps(), Weight::kDecimals});
    });
    add("contribution", "points", [](const Scorecard&, const FactRow& row) -> Value {
      return value_of(row.explanation->contributions[row.info->dimension]);
    });
  }

  [[nodiscard]] Table flips_table() const {
    auto rows = std::make_shared<std::vector<FlipRow>>();
    for (const Explanation& e : *explanations_) {
      for (const Flip& flip : e.flips) rows->push_back({&e, &flip});
    }
    Columns<FlipRow> columns(*this, std::move(rows));
    columns.add("service", "service", false, [](const Scorecard& card, const FlipRow& row) -> Value {
      return card.inventory()[row.explanation->service].name;
    });
    columns.add("tier", "to tier", false, [](const Scorecard& card, const FlipRow& row) -> Value {
      return std::string_view(card.policy().tiers()[row.flip->tier].name);
    });
    columns.add("fact", "if only", false,
                [](const Scorecard&, const FlipRow& row) -> Value { return info_of(row.flip->fact).path; });
    columns.add("from", "went from", true, [](const Scorecard&, const FlipRow& row) -> Value {
      return shown_entry(row.flip->fact, row.flip->from);
    });
    columns.add("to", "to", true, [](const Scorecard&, const FlipRow& row) -> Value {
      return row.flip->to ? trimmed_number({*row.flip->to, info_of(row.flip->fact).decimals}) : Value{};
    });
    return std::move(columns).table("flips", "The smallest change of one fact that moves the tier (-: none does)");
  }

  // Puts the difference into the document too.
  [[nodiscard]] std::shared_ptr<Table> add_difference(Report& report) const {
    const Explanation& first = explanations_->front();
    const Explanation& second = explanations_->back();
    auto causes = std::make_shared<std::vector<FactCause>>(causes_of_difference(card_, second.facts, first.facts));
    const Points difference = first.score.total - second.score.total;
    const auto of = [causes](auto get) { return [causes, get](std::size_t i) -> Value { return get((*causes)[i]); }; };
    std::vector<Column> columns;
    columns.push_back(
        {"fact", "fact", Shown::Always, false, of([](const FactCause& c) -> Value { return info_of(c.fact).path; })});
    columns.push_back({"to", Text::verbatim(std::string(service(first).name)), Shown::Always, true,
                       of([](const FactCause& c) { return shown_entry(c.fact, c.to); })});
    columns.push_back({"from", Text::verbatim(std::string(service(second).name)), Shown::Always, true,
                       of([](const FactCause& c) { return shown_entry(c.fact, c.from); })});
    columns.push_back({"contribution", "points", Shown::Always, true,
                       of([](const FactCause& c) { return value_of(c.contribution); })});
    auto table = std::make_shared<Table>("difference",
                                         say("{} against {}: {} points, fact by fact", service(first).name,
                                             service(second).name, fixed_points(difference)),
                                         causes->size(), std::move(columns));
    report.document.emplace_back(
        "difference", Object{{"of", service(first).name},
                             {"against", service(second).name},
                             {"points", value_of(difference)},
                             {"causes", Value(std::shared_ptr<const Table>(std::make_shared<Table>(*table)))}});
    return table;
  }

  static Value shown_entry(FactId id, const FactSheet::Entry& entry) {
    if (!entry.is_known()) return {};
    return trimmed_number({entry.steps, info_of(id).decimals});
  }

  const Scorecard& card_;
  std::span<const Provenance> imported_;  // by file of the inventory
  std::shared_ptr<std::vector<Explanation>> explanations_;
};

}  // namespace

Result<Report> explain_report(const Scorecard& card, std::span<const ServiceIndex> services, const TableChoice& choice,
                              std::span<const Provenance> imported) {
  return ExplainReport(card, services, imported).make(choice);
}

}  // namespace migplan
