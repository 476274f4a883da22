#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "migplan/scheduling/programme.hpp"

namespace migplan {

struct LaidPhase {
  RoutePhase phase;
  Activity activity;
  bool is_past = false;  // over: it holds nothing any more
};

// The phases of one service: how long each takes, when it may begin at the earliest, what of it has happened.
class PhaseLayout {
 public:
  // `previous`: where it was in the plan before; may be null.
  PhaseLayout(const Programme& programme, const Migration& migration, TierIndex tier, const DatedService* previous,
              Issues& issues);
  [[nodiscard]] std::string_view route_name() const noexcept { return route_name_; }
  [[nodiscard]] std::vector<LaidPhase>& phases() noexcept { return phases_; }

 private:
  [[nodiscard]] const Service& service() const;
  [[nodiscard]] const SchedulePolicy& policy() const { return programme_.policy(); }
  void choose_route();
  void check_names();
  template <class Entries>
  void check_names_of(std::string_view field, const Entries& entries);
  void lay_out(const std::string& name);
  void set_days(LaidPhase& laid) const;
  void set_release(LaidPhase& laid) const;
  void set_pin(LaidPhase& laid);
  void set_progress(LaidPhase& laid);
  void mark_undated();

  const Programme& programme_;
  const Migration& migration_;
  TierIndex tier_;
  const DatedService* previous_;
  Issues& issues_;
  std::string_view route_name_;
  const Route* route_ = nullptr;
  std::vector<LaidPhase> phases_;
};

// About an entry of `field`, pins or progress.
void reject_pin(const Programme& programme, const Migration& migration, std::string_view phase, std::string message,
                Issues& issues, std::string_view field = "pins");
// Pins that no plan can keep: inside a freeze, on a day off, before the phases in front can be over.
[[nodiscard]] Issues pin_issues(const Programme& programme);
// What a team, or the shared pool, has of a resource.
[[nodiscard]] Count usual_capacity(const Inventory& inventory, const ResourceRule& rule, std::string_view team);
// A service without a team, or with one that `teams` does not list, where each team has a pool of its own.
[[nodiscard]] Issues team_issues(const Inventory& inventory, ServiceIndex service);

}  // namespace migplan
