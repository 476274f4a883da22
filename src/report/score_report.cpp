#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "migplan/report/views.hpp"
#include "migplan/scoring/dependents_score.hpp"
#include "policy_document.hpp"
#include "table_choice.hpp"

namespace migplan {
namespace {

constexpr int kShownDecimals = 2;

Value completeness_of(const Score& score) {
  return Number{divide_half_up(Int128{score.known_dimensions()} * 100, static_cast<int>(kDimensions.size())), 2};
}

Value term_value(Term term) {
  return term.is_known() ? rounded(term.value_or(FinePoints{}).steps(), FinePoints::kDecimals, kShownDecimals)
                         : Value{};
}

template <class Q>
Value fact_value(Stated<Q> fact) {
  return fact.is_known() ? trimmed_number({fact.value().steps(), Q::kDecimals}) : Value{};
}

Value stack_value(std::span<const std::string_view> stack) {
  List tags;
  for (const std::string_view tag : stack) tags.emplace_back(tag);
  return tags;
}

class ScoreColumns {
 public:
  explicit ScoreColumns(const Scorecard& card) : card_(card) {
    const auto scores = card.scores();
    has_incomplete_ = std::any_of(scores.begin(), scores.end(), [](const Score& s) { return !s.is_complete(); });
    const auto services = card.inventory().services();
    has_override_ = card.inventory().has_details() &&
                    std::any_of(services.begin(), services.end(),
                                [](const Service& s) { return details_of(s).tier_override.has_value(); });
  }

  std::vector<Column> make() {
    add_scores();
    add_service_facts();
    add_score_facts();
    return std::move(columns_);
  }

 private:
  template <class Get>
  Column& text(std::string key, Text heading, Shown shown, Get get) {
    columns_.push_back({std::move(key), std::move(heading), shown, false, std::move(get)});
    return columns_.back();
  }
  template <class Get>
  Column& number(std::string key, Text heading, Shown shown, Get get) {
    columns_.push_back({std::move(key), std::move(heading), shown, true, std::move(get)});
    return columns_.back();
  }
  [[nodiscard]] auto of_service(Value (*get)(const Service&)) const {
    return [inventory = &card_.inventory(), get](std::size_t i) {
      return get((*inventory)[static_cast<ServiceIndex>(i)]);
    };
  }
  [[nodiscard]] auto of_score(Value (*get)(const Score&)) const {
    return [card = &card_, get](std::size_t i) { return get((*card)[static_cast<ServiceIndex>(i)]); };
  }

  void add_scores() {
    const auto tiers = card_.policy().tiers();
    const Shown when_incomplete = has_incomplete_ ? Shown::Always : Shown::InData;
    text("name", "service", Shown::Always, of_service([](const Service& s) -> Value { return s.name; })).tone =
        [](std::size_t) { return Tone::Strong; };
    text("domain", "domain", Shown::Always, of_service([](const Service& s) { return text_or_null(s.domain); }));
    text("tier", "tier", Shown::Always, [card = &card_, tiers](std::size_t i) -> Value {
      return std::string_view(tiers[(*card)[static_cast<ServiceIndex>(i)].tier].name);
    }).tone = [card = &card_](std::size_t i) { return tone_of_tier((*card)[static_cast<ServiceIndex>(i)].tier); };
    number("score", "score", Shown::Always, of_score([](const Score& s) { return value_of(s.total); }));
    for (const Dimension d : kDimensions) {
      number(std::string(name_of(d)), Text::word(name_of(d)), Shown::Always,
             [card = &card_, d](std::size_t i) { return term_value((*card)[static_cast<ServiceIndex>(i)].terms[d]); });
    }
    number("completeness", "complete", Shown::Always, of_score([](const Score& s) { return completeness_of(s); }));
    number("score_high", "at most", when_incomplete, of_score([](const Score& s) { return value_of(s.high); }));
    // Found when it is first asked for: it needs the whole graph.
    number("dependents_score", "dependents", Shown::InData,
           [card = &card_, sums = std::make_shared<std::optional<std::vector<Points>>>()](std::size_t i) {
             if (!*sums) *sums = dependents_scores(*card);
             return value_of((**sums)[i]);
           });
    text("override", "override", has_override_ ? Shown::Always : Shown::InData, of_service(override_value));
    add_facts();
  }

  // The service's own, stated or derived: with the policy of the head they make the scores, so that a report can be
  // compared with what comes later.
  void add_facts() {
    for (const FactInfo& info : fact_infos()) {
      const std::string_view key = info.path.substr(info.path.find('.') + 1);
      number(std::string(key), Text::word(key), Shown::InData, [card = &card_, &info](std::size_t i) -> Value {
        const auto entry = card->sheet(static_cast<ServiceIndex>(i))[info.id];
        const bool is_own = entry.is_known() && entry.origin != FactOrigin::Policy;
        return is_own ? trimmed_number({entry.steps, info.decimals}) : Value{};
      });
    }
  }

  void add_service_facts() {
    text("display_name", "display name", Shown::OnRequest,
         of_service([](const Service& s) { return text_or_null(profile_of(s).display_name); }));
    text("team", "team", Shown::OnRequest, of_service([](const Service& s) { return text_or_null(s.team); }));
    text("owner", "owner", Shown::OnRequest,
         of_service([](const Service& s) { return text_or_null(profile_of(s).owner); }));
    text("kind", "kind", Shown::OnRequest,
         of_service([](const Service& s) -> Value { return word_value(name_of(s.kind)); }));
    text("status", "status", Shown::OnRequest,
         of_service([](const Service& s) -> Value { return s.status ? word_value(name_of(*s.status)) : Value{}; }));
    text("window", "window", Shown::OnRequest, of_service([](const Service& s) -> Value {
           const auto& window = details_of(s).committed_window;
           return window ? Value(window->to_string()) : Value{};
         }));
    text("stack", "stack", Shown::OnRequest, [inventory = &card_.inventory()](std::size_t i) {
      return stack_value(inventory->stack(static_cast<ServiceIndex>(i)));
    });
    text("file", "file", Shown::OnRequest, [inventory = &card_.inventory()](std::size_t i) -> Value {
      return std::string_view(inventory->files()[(*inventory)[static_cast<ServiceIndex>(i)].file]);
    });
    number("line", "line", Shown::OnRequest,
           of_service([](const Service& s) -> Value { return count_value(s.at.line); }));
    number("requests_per_second", "requests/s", Shown::OnRequest,
           of_service([](const Service& s) { return fact_value(profile_of(s).traffic); }));
  }

  void add_score_facts() {
    text("tier_high", "tier at most", Shown::OnRequest, [card = &card_](std::size_t i) -> Value {
      return std::string_view(card->policy().tiers()[(*card)[static_cast<ServiceIndex>(i)].high_tier].name);
    });
    for (const Dimension d : kDimensions) {
      const std::string key = fmt::format("raw_{}", name_of(d));
      number(key, say("raw {}", Text::word(name_of(d))), Shown::OnRequest, [card = &card_, d](std::size_t i) -> Value {
        const auto raw = card->raw(static_cast<ServiceIndex>(i), d);
        return raw ? trimmed_number({raw->steps(), RawValue::kDecimals}) : Value{};
      });
    }
  }

  const Scorecard& card_;
  bool has_incomplete_ = false;
  bool has_override_ = false;
  std::vector<Column> columns_;
};

Value tier_counts(const Scorecard& card) {
  std::vector<std::size_t> counts(card.policy().tiers().size());
  for (const Score& score : card.scores()) ++counts[score.tier];
  List tiers;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const Tier& tier = card.policy().tiers()[i];
    tiers.emplace_back(Object{{"tier", std::string_view(tier.name)},
                              {"min_score", value_of(tier.min_score)},
                              {"count", count_value(counts[i])},
                              {"action", perhaps_word(tier.action)}});
  }
  return tiers;
}

constexpr const char* kOfMissing = "a missing dimension counts 0, \"at most\" is the score if it were 100.";

Object head_of(const Scorecard& card) {
  List notes;
  for (Text& note : score_notes(card, kOfMissing)) notes.emplace_back(std::move(note));
  const bool is_exact = card.inventory().size() <= kExactDependents;
  return {{"schema", "migplan/score/v1"},
          {"count", count_value(card.inventory().size())},
          {"scale", name_of(card.policy().scoring().method)},
          {"dependents_error", value_of(is_exact ? Share{} : kDependentsError)},
          {"tiers", tier_counts(card)},
          {"policy", scoring_document(card.policy())},
          {"notes", std::move(notes)}};
}

// The best `top` in order, the rest left out: cheaper than ordering everything.
std::vector<ServiceIndex> leading(const Scorecard& card, const TableChoice& choice) {
  const bool needs_all = !choice.top || !choice.filter.empty() || !choice.sort.empty() || !choice.tiers.empty();
  return needs_all ? ranking(card) : ranking(card, *choice.top);
}

}  // namespace

bool shows_profiles(const TableChoice& choice) {
  static constexpr std::array<std::string_view, 4> kColumns{"display_name", "owner", "stack", "requests_per_second"};
  const auto is_one = [](std::string_view key) {
    return std::find(kColumns.begin(), kColumns.end(), key.substr(key.starts_with('-') ? 1 : 0)) != kColumns.end();
  };
  // An expression that only holds such a word keeps them, too.
  const auto is_filtered = [&choice](std::string_view key) { return choice.filter.find(key) != std::string::npos; };
  return std::any_of(choice.columns.begin(), choice.columns.end(), is_one) ||
         std::any_of(choice.sort.begin(), choice.sort.end(), is_one) ||
         std::any_of(kColumns.begin(), kColumns.end(), is_filtered);
}

Result<Report> score_report(const Scorecard& card, const TableChoice& choice) {
  auto tiers = chosen_tiers(card.policy(), choice.tiers);
  if (!tiers.is_ok()) return std::move(tiers).issues();
  auto table = std::make_shared<Table>("services", "", card.inventory().size(), ScoreColumns(card).make());
  std::vector<ServiceIndex> order = leading(card, choice);
  std::erase_if(order, [&](ServiceIndex i) { return !tiers.value()[card[i].tier]; });
  table->select(std::move(order));
  Issues issues = apply(choice, *table);
  if (issues.has_errors()) return issues;
  Report report{.document = head_of(card), .tables = {table}, .notes = score_notes(card, kOfMissing)};
  report.document.emplace_back("services", Value(std::shared_ptr<const Table>(table)));
  return report;
}

namespace {

struct SummaryRow {
  std::string_view domain;
  std::vector<std::size_t> counts;  // by tier
  std::size_t total = 0;
};

std::vector<SummaryRow> summary_rows(const Scorecard& card, const std::vector<bool>& tiers) {
  std::map<std::string_view, SummaryRow> by_domain;
  for (ServiceIndex i = 0; i < card.inventory().size(); ++i) {
    if (!tiers[card[i].tier]) continue;
    SummaryRow& row = by_domain[card.inventory()[i].domain];
    row.counts.resize(tiers.size());
    ++row.counts[card[i].tier];
    ++row.total;
  }
  std::vector<SummaryRow> rows;
  for (auto& [domain, row] : by_domain) {
    row.domain = domain;
    rows.push_back(std::move(row));
  }
  return rows;
}

// "137 services: S 29, A 45, B 63"
Text summary_line(const Scorecard& card) {
  std::vector<std::size_t> counts(card.policy().tiers().size());
  for (const Score& score : card.scores()) ++counts[score.tier];
  std::vector<Text> tiers;
  for (std::size_t t = 0; t < counts.size(); ++t) {
    tiers.push_back(Text::verbatim(fmt::format("{} {}", card.policy().tiers()[t].name, counts[t])));
  }
  return say("{} services: {}", card.inventory().size(), Text::joined(std::move(tiers), ", "));
}

}  // namespace

Result<Report> score_summary_report(const Scorecard& card, const TableChoice& choice) {
  auto tiers = chosen_tiers(card.policy(), choice.tiers);
  if (!tiers.is_ok()) return std::move(tiers).issues();
  const auto rows = std::make_shared<std::vector<SummaryRow>>(summary_rows(card, tiers.value()));
  const auto of = [rows](auto get) { return [rows, get](std::size_t i) -> Value { return get((*rows)[i]); }; };
  std::vector<Column> columns;
  columns.push_back(
      {"domain", "domain", Shown::Always, false, of([](const SummaryRow& row) { return text_or_null(row.domain); })});
  for (std::size_t t = 0; t < card.policy().tiers().size(); ++t) {
    const std::string& name = card.policy().tiers()[t].name;
    columns.push_back({name, Text::verbatim(name), Shown::Always, true,
                       of([t](const SummaryRow& row) { return count_value(row.counts[t]); })});
  }
  columns.push_back(
      {"total", "total", Shown::Always, true, of([](const SummaryRow& row) { return count_value(row.total); })});
  auto table = std::make_shared<Table>("summary", "", rows->size(), std::move(columns));
  Issues issues = apply(choice, *table);
  if (issues.has_errors()) return issues;
  Report report{.document = head_of(card),
                .tables = {table},
                .notes = score_notes(card, kOfMissing),
                .headlines = {summary_line(card)}};
  report.document.emplace_back("summary", Value(std::shared_ptr<const Table>(table)));
  return report;
}

}  // namespace migplan
