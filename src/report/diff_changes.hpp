#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/report/finding.hpp"
#include "migplan/report/views.hpp"

namespace migplan {

// The changes between two sides, and what can be said of each.
class DiffChanges {
 public:
  explicit DiffChanges(const DiffView& view) : view_(view) {}

  [[nodiscard]] const DiffView& view() const noexcept { return view_; }
  [[nodiscard]] const ServiceChange& operator[](std::size_t i) const { return view_.diff->changes[i]; }
  // The service as it is now, or as it was.
  [[nodiscard]] const Service& service(std::size_t i) const;
  [[nodiscard]] std::string_view file(std::size_t i) const;
  // Null where the service is not on that side.
  [[nodiscard]] const Score* old_score(std::size_t i) const;
  [[nodiscard]] const Score* new_score(std::size_t i) const;
  [[nodiscard]] std::string_view tier_name(const Score& score) const;
  [[nodiscard]] std::vector<ChangeCause> causes(std::size_t i) const;
  // Where the new side states the greatest cause that it states, or else the service.
  [[nodiscard]] Position place(std::size_t i, std::span<const ChangeCause> causes) const;
  // Every check that was made, of the services that did not change too.
  [[nodiscard]] std::vector<Finding> findings() const;

 private:
  [[nodiscard]] bool is_checked(Change change) const;
  [[nodiscard]] std::string message(std::size_t i) const;
  [[nodiscard]] Finding finding(std::size_t i) const;
  [[nodiscard]] std::vector<ServiceIndex> unchanged() const;

  DiffView view_;
};

// "impact.sla_30d", "policy", "other services".
[[nodiscard]] std::string_view name_of(const ChangeCause& cause);
// "sla_30d 99.7 to 99.51 (+3.10)"
[[nodiscard]] Text words_of(const ChangeCause& cause);

}  // namespace migplan
