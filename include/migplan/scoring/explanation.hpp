#pragma once

#include <optional>
#include <vector>

#include "migplan/scoring/attribution.hpp"
#include "migplan/scoring/scorecard.hpp"

namespace migplan {

// The smallest change of one fact that moves the service into another tier, all else unchanged; no `to` = no value of
// this fact does it, or the fact is missing. Searched in steps of FactInfo::resolution.
struct Flip {
  FactId fact;
  FactSheet::Entry from;
  bool is_upwards = false;
  std::optional<std::int64_t> to;  // steps of the fact
  TierIndex tier = 0;              // reached with `to`; else the neighbouring tier that is out of reach
};

struct Explanation {
  ServiceIndex service = 0;
  Score score;
  PerDimension<Points> contributions;
  FactSheet facts;
  std::optional<Points> to_next_up{};            // points that are missing to the next tier up
  std::optional<Points> to_next_down{};          // points that must be lost to fall into the next tier down
  std::vector<Flip> flips;                       // up, then down, in fact order
  std::size_t rank = 0;                          // from 1
  std::optional<ServiceIndex> above{}, below{};  // neighbours in rank
};

// Up, then down, in fact order. Logarithmic in each fact's range.
[[nodiscard]] std::vector<Flip> flips(const Scorecard& card, ServiceIndex service);

// `order` is ranking(card). O(services) to find the rank, then logarithmic in each fact's range.
[[nodiscard]] Explanation explain(const Scorecard& card, const std::vector<ServiceIndex>& order, ServiceIndex service);

}  // namespace migplan
