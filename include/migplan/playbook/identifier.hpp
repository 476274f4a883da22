#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace migplan {

// Names of other languages, made from names of ours; they hold ASCII letters, digits and "_" only, and never begin with
// a digit.
[[nodiscard]] std::string go_package(std::string_view label);    // inventory-core-v2: inventory_core_v2
[[nodiscard]] std::string go_identifier(std::string_view text);  // lockCoupon, lock-coupon: LockCoupon
// The same of a service that has files of its own: never a name that the rules' own code has beside it, neighbour:
// NeighbourService.
[[nodiscard]] std::string go_service_name(std::string_view label);
[[nodiscard]] std::string env_prefix(std::string_view label);  // INVENTORY_CORE_V2

// Identifiers that stay apart where the texts do: the second text that would become Name becomes Name2.
class DistinctIdentifiers {
 public:
  [[nodiscard]] const std::string& of(std::string_view text);

 private:
  std::map<std::string, std::string, std::less<>> by_text_;
  std::set<std::string> taken_;
};

}  // namespace migplan
