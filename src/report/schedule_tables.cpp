#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "schedule_columns.hpp"
#include "schedule_tables.hpp"

namespace migplan {

using namespace schedule_view;

Table waves_table(const Plan& plan) {
  ColumnsOf<Wave> columns(plan, plan.waves());
  columns.text("window", "window", Shown::Always,
               [](const Plan&, const Wave& w) -> Value { return w.window.to_string(); });
  columns.number("count", "cutovers", Shown::Always,
                 [](const Plan&, const Wave& w) { return count_value(w.migrations.size()); });
  columns.text("tiers", "tiers", Shown::Always, [](const Plan& p, const Wave& w) -> Value {
    std::map<TierIndex, std::size_t> counts;
    for (const std::uint32_t m : w.migrations) ++counts[tier_of(p, m)];
    List list;
    for (const auto& [tier, count] : counts) {
      list.emplace_back(fmt::format("{} {}", p.programme().card().policy().tiers()[tier].name, count));
    }
    return list;
  });
  columns.text("first", "first", Shown::Always, [](const Plan& p, const Wave& w) -> Value {
    return date_value(p, p.cutover(migration_of(p, w.migrations.front())));
  });
  columns.text("last", "last", Shown::Always, [](const Plan& p, const Wave& w) -> Value {
    return date_value(p, p.cutover(migration_of(p, w.migrations.back())));
  });
  columns.text("load", "load of the quarter", Shown::Always, [](const Plan& p, const Wave& w) -> Value {
    const Programme& programme = p.programme();
    const Timeline& time = programme.project().timeline();
    const auto slot_on = [&](Date date) { return time.slot_from(std::clamp(programme.day_of(date), 0, time.days())); };
    const std::int32_t from = slot_on(std::max(w.window.first_day(), programme.date_of(0)));
    const std::int32_t behind = slot_on(w.window.last_day().plus(1).value_or(w.window.last_day()));
    List list;
    for (ResourceIndex r = 0; r < programme.resources().size(); ++r) {
      std::int64_t used = 0, there = 0;
      for (std::int32_t slot = from; slot < behind; ++slot) {
        used += p.load(r).used[static_cast<std::size_t>(slot)];
        there += programme.project().capacity(r)[static_cast<std::size_t>(slot)];
      }
      if (there > 0) list.emplace_back(fmt::format("{} {} %", programme.resources()[r].name, used * 100 / there));
    }
    return list;
  });
  columns.text("services", "services", Shown::InData, [](const Plan& p, const Wave& w) -> Value {
    List names;
    for (const std::uint32_t m : w.migrations) names.emplace_back(name_of(p, m));
    return names;
  });
  return columns.table("waves", "Waves");
}

Table resources_table(const Plan& plan) {
  std::vector<ResourceIndex> rows(plan.programme().resources().size());
  for (ResourceIndex r = 0; r < rows.size(); ++r) rows[r] = r;
  const auto share = [&plan](ResourceIndex r) {
    const Load& load = plan.load(r);
    return load.available == 0 ? 0.0 : static_cast<double>(load.work) / static_cast<double>(load.available);
  };
  std::stable_sort(rows.begin(), rows.end(),
                   [&share](ResourceIndex a, ResourceIndex b) { return share(a) > share(b); });
  ColumnsOf<ResourceIndex> columns(plan, std::move(rows));
  columns.text("resource", "resource", Shown::Always, [](const Plan& p, const ResourceIndex& r) -> Value {
    return std::string_view(p.programme().resources()[r].name);
  });
  columns.number("peak", "peak", Shown::Always, [](const Plan& p, const ResourceIndex& r) -> Value {
    return Number{p.load(r).peak, 0};
  });
  columns.number("capacity", "of", Shown::Always, [](const Plan& p, const ResourceIndex& r) -> Value {
    const auto capacity = p.programme().project().capacity(r);
    return capacity.empty() ? Value{} : Value(Number{*std::max_element(capacity.begin(), capacity.end()), 0});
  });
  columns.number("work_days", "work", Shown::Always, [](const Plan& p, const ResourceIndex& r) -> Value {
    return Number{p.load(r).work, 0};
  });
  columns.number("available_days", "of", Shown::Always, [](const Plan& p, const ResourceIndex& r) -> Value {
    return Number{p.load(r).available, 0};
  });
  columns.number("utilisation", "used %", Shown::Always, [](const Plan& p, const ResourceIndex& r) -> Value {
    const Load& load = p.load(r);
    return load.available == 0 ? Value{} : Value(Number{(load.work * 1000 + load.available / 2) / load.available, 1});
  });
  columns.number("full_days", "days full", Shown::Always, [](const Plan& p, const ResourceIndex& r) -> Value {
    return Number{p.load(r).full_slots, 0};
  });
  columns.text("last_day", "used until", Shown::Always, [](const Plan& p, const ResourceIndex& r) -> Value {
    const Load& load = p.load(r);
    if (load.last_slot == 0) return {};
    return date_value(p, p.programme().project().timeline().day_of(load.last_slot - 1));
  });
  return columns.table("resources", "Resources, the bottleneck first; work in units x working days");
}

namespace {

struct LoadRow {
  ResourceIndex resource;
  std::int32_t from_slot, behind_slot;
};

}  // namespace

Table load_table(const Plan& plan) {
  const Project& project = plan.programme().project();
  std::vector<LoadRow> rows;
  for (ResourceIndex r = 0; r < project.resource_count(); ++r) {
    const auto& used = plan.load(r).used;
    const auto capacity = project.capacity(r);
    for (std::int32_t slot = 0; slot < plan.load(r).last_slot; ++slot) {
      const auto at = static_cast<std::size_t>(slot);
      const bool is_same = slot > 0 && used[at] == used[at - 1] && capacity[at] == capacity[at - 1];
      if (is_same) {
        ++rows.back().behind_slot;
      } else {
        rows.push_back({r, slot, slot + 1});
      }
    }
  }
  ColumnsOf<LoadRow> columns(plan, std::move(rows));
  columns.text("resource", "resource", Shown::Always, [](const Plan& p, const LoadRow& r) -> Value {
    return std::string_view(p.programme().resources()[r.resource].name);
  });
  columns.text("from", "from", Shown::Always, [](const Plan& p, const LoadRow& r) -> Value {
    return date_value(p, p.programme().project().timeline().day_of(r.from_slot));
  });
  columns.text("to", "to", Shown::Always, [](const Plan& p, const LoadRow& r) -> Value {
    return date_value(p, p.programme().project().timeline().day_of(r.behind_slot - 1));
  });
  columns.number("used", "used", Shown::Always, [](const Plan& p, const LoadRow& r) -> Value {
    return Number{p.load(r.resource).used[static_cast<std::size_t>(r.from_slot)], 0};
  });
  columns.number("capacity", "of", Shown::Always, [](const Plan& p, const LoadRow& r) -> Value {
    return Number{p.programme().project().capacity(r.resource)[static_cast<std::size_t>(r.from_slot)], 0};
  });
  return columns.table("load", "Load by working day, equal days together");
}

Table bridges_table(const Plan& plan) {
  ColumnsOf<Bridge> columns(plan, plan.bridges());
  columns.text("caller", "moved", Shown::Always,
               [](const Plan& p, const Bridge& b) -> Value { return name_of(p, b.caller); });
  columns.text("callee", "still calls", Shown::Always,
               [](const Plan& p, const Bridge& b) -> Value { return name_of(p, b.callee); });
  columns.text("from", "from", Shown::Always, [](const Plan& p, const Bridge& b) { return date_value(p, b.from); });
  columns.text("to", "to", Shown::Always, [](const Plan& p, const Bridge& b) { return date_value(p, b.to); });
  columns.number("days", "days", Shown::Always, [](const Plan&, const Bridge& b) -> Value {
    return Number{b.to - b.from, 0};
  });
  return columns.table("bridges", "Bridges: a migrated service calls one that is still on the old platform");
}

Table missed_table(const Plan& plan) {
  std::vector<std::uint32_t> rows;
  for (std::uint32_t m = 0; m < plan.programme().migrations().size(); ++m) {
    const auto& promised = committed(plan, m);
    if (promised && plan.window(migration_of(plan, m)) > *promised) rows.push_back(m);
  }
  ColumnsOf<std::uint32_t> columns(plan, std::move(rows));
  columns.text("name", "service", Shown::Always,
               [](const Plan& p, const std::uint32_t& m) -> Value { return name_of(p, m); });
  columns.text("committed_window", "promised", Shown::Always,
               [](const Plan& p, const std::uint32_t& m) -> Value { return committed(p, m)->to_string(); });
  columns.text("window", "planned", Shown::Always,
               [](const Plan& p, const std::uint32_t& m) -> Value { return p.window(migration_of(p, m)).to_string(); });
  columns.text("cutover", "cutover", Shown::Always, [](const Plan& p, const std::uint32_t& m) -> Value {
    return date_value(p, p.cutover(migration_of(p, m)));
  });
  columns.text("phase", "because", Shown::Always, [](const Plan& p, const std::uint32_t& m) {
    return perhaps_word(p.root_cause(migration_of(p, m)).name);
  });
  columns.text("start", "begins", Shown::Always,
               [](const Plan& p, const std::uint32_t& m) { return start_value(p, p.root_cause(migration_of(p, m))); });
  columns
      .text("binding", "held back by", Shown::Always,
            [](const Plan& p, const std::uint32_t& m) {
              return binding_value(p, p.binding(p.root_cause(migration_of(p, m))));
            })
      .words = columns.of(
      [](const Plan& p, const std::uint32_t& m) { return words_of(p, p.binding(p.root_cause(migration_of(p, m)))); });
  return columns.table("missed", "Promised windows that the plan misses");
}

}  // namespace migplan
