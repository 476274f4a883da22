#include "migplan/scoring/priority_matrix.hpp"

#include <algorithm>
#include <cstddef>
#include <map>

namespace migplan {

std::vector<MatrixCell> priority_matrix(const Scorecard& card) {
  std::map<std::string_view, std::size_t> domains;
  for (const Service& service : card.inventory().services()) domains.try_emplace(service.domain, 0);
  std::size_t next = 0;
  for (auto& [name, place] : domains) place = next++;

  std::vector<MatrixCell> cells;
  for (std::size_t tier = 0; tier < card.policy().tiers().size(); ++tier) {
    for (const auto& [name, place] : domains) cells.push_back({static_cast<TierIndex>(tier), name, {}});
  }
  for (const ServiceIndex i : ranking(card)) {
    const std::size_t column = domains.at(card.inventory()[i].domain);
    cells[card[i].tier * domains.size() + column].services.push_back(i);
  }
  return cells;
}

}  // namespace migplan
