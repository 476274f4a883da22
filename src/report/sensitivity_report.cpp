#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "migplan/base/apportion.hpp"
#include "migplan/base/ascii.hpp"
#include "migplan/report/views.hpp"
#include "table_choice.hpp"

namespace migplan {
namespace {

constexpr int kShareDecimals = 4;  // of a share

constexpr std::int64_t kShareScale = 10'000;

// part / whole to four decimals, rounded half up.
Value share_value(std::uint64_t part, std::uint64_t whole) {
  return Number{divide_half_up(Int128{part} * kShareScale, Int128{whole}), kShareDecimals};
}

// A service's shares of all tiers add up to 1 as they are printed, too (largest remainder).
Value tier_share(const TierDraws& draws, std::size_t tier, ServiceIndex service) {
  std::vector<Int128> parts;
  for (const auto& counts : draws.counts) parts.push_back(Int128{counts[service]} * kShareScale);
  return Number{apportion(parts, draws.draws, kShareScale)[tier], kShareDecimals};
}

std::string share_text(std::uint64_t part, std::uint64_t whole) {
  constexpr std::int64_t kScale = 1'000;
  return fmt::format("{} %", fixed(divide_half_up(Int128{part} * kScale, Int128{whole}), 1));
}

// "S" gives "p_s": the key of a tier's probability; "p_S" where another tier is called "s".
std::string key_of_tier(std::span<const Tier> tiers, std::size_t tier) {
  const auto same = std::count_if(tiers.begin(), tiers.end(), [name = lowered(tiers[tier].name)](const Tier& other) {
    return lowered(other.name) == name;
  });
  return "p_" + (same == 1 ? lowered(tiers[tier].name) : tiers[tier].name);
}

Value hangs_on(const ServiceSensitivity& service) {
  if (service.weight) return word_value(name_of(*service.weight));
  if (service.fact) return info_of(*service.fact).path;
  return {};
}

class SensitivityColumns {
 public:
  SensitivityColumns(const Scorecard& card, const Sensitivity& result) : card_(card), result_(result) {}

  std::vector<Column> make() {
    const auto tiers = card_.policy().tiers();
    add("name", "service", Shown::Always, false, [card = &card_](ServiceIndex i) -> Value {
      return card->inventory()[i].name;
    }).tone = [](std::size_t) { return Tone::Strong; };
    add("tier", "tier", Shown::Always, false, [card = &card_, tiers](ServiceIndex i) -> Value {
      return std::string_view(tiers[(*card)[i].tier].name);
    }).tone = [card = &card_](std::size_t i) { return tone_of_tier((*card)[static_cast<ServiceIndex>(i)].tier); };
    add("score", "score", Shown::Always, true, [card = &card_](ServiceIndex i) { return value_of((*card)[i].total); });
    for (std::size_t t = 0; t < tiers.size(); ++t) {
      add(key_of_tier(tiers, t), say("p({})", tiers[t].name), Shown::Always, true,
          [draws = &result_.draws, t](ServiceIndex i) { return tier_share(*draws, t, i); });
    }
    add("kept", "p(kept)", Shown::OnRequest, true,
        [card = &card_, draws = &result_.draws](ServiceIndex i) { return tier_share(*draws, (*card)[i].tier, i); });
    add_intervals();
    add_firmness();
    add("domain", "domain", Shown::OnRequest, false,
        [card = &card_](ServiceIndex i) { return text_or_null(card->inventory()[i].domain); });
    add("team", "team", Shown::OnRequest, false,
        [card = &card_](ServiceIndex i) { return text_or_null(card->inventory()[i].team); });
    return std::move(columns_);
  }

 private:
  template <class Get>
  Column& add(std::string key, Text heading, Shown shown, bool is_numeric, Get get) {
    columns_.push_back({std::move(key), std::move(heading), shown, is_numeric,
                        [get](std::size_t i) -> Value { return get(static_cast<ServiceIndex>(i)); }});
    return columns_.back();
  }

  void add_intervals() {
    for (const Dimension d : kDimensions) {
      add(fmt::format("weight_low_{}", name_of(d)), say("{} from", Text::word(name_of(d))), Shown::InData, true,
          [result = &result_, d](ServiceIndex i) {
            return trimmed_number({result->services[i].weights[d].low.steps(), Weight::kDecimals});
          });
    }
    for (const Dimension d : kDimensions) {
      add(fmt::format("weight_high_{}", name_of(d)), say("{} to", Text::word(name_of(d))), Shown::InData, true,
          [result = &result_, d](ServiceIndex i) -> Value {
            const auto& high = result->services[i].weights[d].high;
            return high ? trimmed_number({high->steps(), Weight::kDecimals}) : Value{};
          });
    }
  }

  void add_firmness() {
    add("firmness", "firmness", Shown::Always, false, [result = &result_](ServiceIndex i) -> Value {
      return word_value(name_of(result->services[i].firmness));
    }).tone = [result = &result_](std::size_t i) {
      return result->services[i].firmness == Firmness::Firm ? Tone::Plain : Tone::Caution;
    };
    add("hangs_on", "hangs on", Shown::Always, false,
        [result = &result_](ServiceIndex i) { return hangs_on(result->services[i]); });
    add("deviations", "deviations", Shown::Always, true, [result = &result_](ServiceIndex i) -> Value {
      constexpr double kHundredths = 100;
      const auto& distance = result->services[i].distance;
      return distance ? Value(Number{std::llround(*distance * kHundredths), 2}) : Value{};
    });
  }

  const Scorecard& card_;
  const Sensitivity& result_;
  std::vector<Column> columns_;
};

Value rank_stability(const TierDraws& draws) {
  if (draws.leaders == 0) return {};
  return Object{{"services", count_value(draws.leaders)},
                {"kept", share_value(draws.leaders_kept, std::uint64_t{draws.draws} * draws.leaders)},
                {"unchanged", share_value(draws.draws_with_all_leaders, draws.draws)}};
}

std::vector<Text> headlines_of(const Sensitivity& result) {
  std::array<std::size_t, 4> counts{};
  for (const ServiceSensitivity& service : result.services) ++counts[static_cast<std::size_t>(service.firmness)];
  std::vector<Text> lines{say("{} services, {} draws: {} firm, {} hang on a weight, {} on a fact",
                              result.services.size(), result.draws.draws, counts[0], counts[1], counts[2])};
  const TierDraws& draws = result.draws;
  if (draws.leaders != 0) {
    lines.push_back(say("Top {}: {} of the places are kept on average, all of them in {} of the draws", draws.leaders,
                        share_text(draws.leaders_kept, std::uint64_t{draws.draws} * draws.leaders),
                        share_text(draws.draws_with_all_leaders, draws.draws)));
  }
  return lines;
}

}  // namespace

Result<Report> sensitivity_report(const Scorecard& card, const Sensitivity& result, const TableChoice& choice) {
  auto tiers = chosen_tiers(card.policy(), choice.tiers);
  if (!tiers.is_ok()) return std::move(tiers).issues();
  auto table =
      std::make_shared<Table>("services", "", card.inventory().size(), SensitivityColumns(card, result).make());
  std::vector<ServiceIndex> order = ranking(card);
  std::erase_if(order, [&](ServiceIndex i) { return !tiers.value()[card[i].tier]; });
  table->select(std::move(order));
  Issues issues = apply(choice, *table);
  if (issues.has_errors()) return issues;
  const DrawOptions& options = result.options;
  Report report{.document = {{"schema", "migplan/sensitivity/v1"},
                             {"count", count_value(card.inventory().size())},
                             {"draws", count_value(options.draws)},
                             {"seed", Number{static_cast<std::int64_t>(options.seed), 0}},
                             {"relative_error", options.only_weights ? Value{} : value_of(options.relative_error)},
                             {"concentration", Number{static_cast<std::int64_t>(kConcentration), 0}},
                             {"rank_stability", rank_stability(result.draws)}},
                .tables = {table},
                .notes = score_notes(card, "a missing dimension counts 0 in every draw."),
                .headlines = headlines_of(result)};
  report.document.emplace_back("services", Value(std::shared_ptr<const Table>(table)));
  return report;
}

}  // namespace migplan
