#include "site.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace migplan {

Site::Site(const Project& project) : project_(&project), slots_(static_cast<std::size_t>(project.timeline().slots())) {
  pack_resources();
  find_needs();
  find_kinds();
  take_fixed();
  find_closures();
}

void Site::pack_resources() {
  std::size_t demands = 0, holders = 0;
  for (ActivityIndex i = 0; i < project_->size(); ++i) {
    demands += project_->demands(i).size();
    if (!project_->demands(i).empty()) ++holders;
  }
  // Packed, a bank costs one look whatever it holds; where activities want one resource each, others would only be in
  // the way.
  const std::size_t resources = project_->resource_count();
  lanes_ = resources <= lanes::kCount || 2 * demands > 3 * holders ? lanes::kCount : 1;
  banks_ = (resources + lanes_ - 1) / lanes_;
  capacity_.assign(banks_ * slots_, lanes::kGuards);
  for (ResourceIndex r = 0; r < resources; ++r) {
    const auto amounts = project_->capacity(r);
    std::uint64_t* const bank = capacity_.data() + r / lanes_ * slots_;
    for (std::size_t slot = 0; slot < slots_; ++slot) bank[slot] += lanes::of(r % lanes_, amounts[slot]);
  }
}

void Site::find_needs() {
  need_begins_.assign(1, 0);
  for (ActivityIndex i = 0; i < project_->size(); ++i) {
    const auto begin = static_cast<std::ptrdiff_t>(needs_.size());
    if ((*project_)[i].duration > 0) {
      for (const Demand& demand : project_->demands(i)) {
        if (demand.amount == 0) continue;
        const std::uint32_t bank = demand.resource / lanes_;
        const std::uint64_t need = lanes::of(demand.resource % lanes_, demand.amount);
        const auto same = std::find_if(needs_.begin() + begin, needs_.end(),
                                       [bank](const BankNeed& known) { return known.bank == bank; });
        if (same == needs_.end()) {
          needs_.push_back({bank, need});
        } else {
          same->need += need;
        }
      }
    }
    std::sort(needs_.begin() + begin, needs_.end(),
              [](const BankNeed& a, const BankNeed& b) { return a.bank < b.bank; });
    need_begins_.push_back(static_cast<std::uint32_t>(needs_.size()));
  }
}

void Site::find_kinds() {
  const auto is_before = [this](ActivityIndex a, ActivityIndex b) {
    const Activity &x = (*project_)[a], &y = (*project_)[b];
    const auto head_x = std::tuple(x.is_elapsed, x.duration), head_y = std::tuple(y.is_elapsed, y.duration);
    if (head_x != head_y) return head_x < head_y;
    const auto m = needs(a), n = needs(b);
    return std::lexicographical_compare(
        m.begin(), m.end(), n.begin(), n.end(),
        [](const BankNeed& p, const BankNeed& q) { return std::tuple(p.bank, p.need) < std::tuple(q.bank, q.need); });
  };
  std::vector<ActivityIndex> order(project_->size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), is_before);
  kinds_.assign(order.size(), 0);
  for (std::size_t k = 0; k < order.size(); ++k) {
    if (k == 0 || is_before(order[k - 1], order[k])) ++kind_count_;
    kinds_[order[k]] = kind_count_ - 1;
  }
}

void Site::take_fixed() {
  for (ActivityIndex i = 0; i < project_->size(); ++i) {
    const Activity& activity = (*project_)[i];
    if (!activity.fixed || activity.duration == 0) continue;
    const Day finish = std::min(project_->finish_of(i, *activity.fixed), project_->timeline().days());
    const SlotRange held = slots_held(*project_, i, *activity.fixed, finish);
    for (const Demand& demand : project_->demands(i)) {
      const unsigned lane = demand.resource % lanes_;
      for (std::int32_t slot = held.first; slot < held.last; ++slot) {
        std::uint64_t& word = capacity_[demand.resource / lanes_ * slots_ + static_cast<std::size_t>(slot)];
        word -= lanes::of(lane, std::min(demand.amount, lanes::amount(word, lane)));
      }
    }
  }
}

void Site::find_closures() {
  const Day days = project_->timeline().days();
  closures_.resize(project_->closures().size());
  for (std::size_t c = 1; c < closures_.size(); ++c) {
    const std::vector<bool>& is_closed = project_->closures()[c];
    closures_[c].next_closed.assign(static_cast<std::size_t>(days) + 1, days + 1);
    closures_[c].next_open.assign(static_cast<std::size_t>(days) + 1, days);
    for (std::size_t day = is_closed.size(); day-- > 0;) {
      const bool closed = is_closed[day];
      closures_[c].next_closed[day] = closed ? static_cast<Day>(day) : closures_[c].next_closed[day + 1];
      closures_[c].next_open[day] = closed ? closures_[c].next_open[day + 1] : static_cast<Day>(day);
    }
  }
}

SlotRange slots_held(const Project& project, ActivityIndex i, Day start, Day finish) noexcept {
  const Timeline& time = project.timeline();
  return project[i].duration == 0 ? SlotRange{} : SlotRange{time.slot_from(start), time.slot_from(finish)};
}

}  // namespace migplan
