#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/decimal.hpp"
#include "migplan/base/result.hpp"
#include "migplan/model/inventory.hpp"
#include "migplan/model/policy.hpp"

namespace migplan::testing {

// The quantity that `text` says exactly: of<Percent>("99.51"). A text that is none, or too fine, ends the program.
template <class Q>
[[nodiscard]] Q of(std::string_view text) {
  const Decimal read = parse_decimal(text, Q::kDecimals);
  MIGPLAN_ASSERT(read.status == DecimalStatus::Ok);
  return Q::from_steps(read.steps);
}

// The same for a fact of any unit: platform.jdk = Known{"8"}.
struct Known {
  std::string_view text;
  template <class Fact>
  operator Fact() const {  // NOLINT: implicit by design
    return Fact(of<decltype(Fact{}.value())>(text));
  }
};

// One service of an inventory in the making; see `service`.
class ServiceBuilder {
 public:
  explicit ServiceBuilder(std::string name) : name_(std::move(name)) {}

  ServiceBuilder& calls(std::string callee) { return depends_on(std::move(callee), Strength::Strong, false); }
  ServiceBuilder& calls_weakly(std::string callee) { return depends_on(std::move(callee), Strength::Weak, false); }
  ServiceBuilder& calls_outside(std::string callee) { return depends_on(std::move(callee), Strength::Strong, true); }
  ServiceBuilder& calls_outside_weakly(std::string callee) {
    return depends_on(std::move(callee), Strength::Weak, true);
  }
  ServiceBuilder& calls_nothing();  // depends_on: []

  ServiceBuilder& peak(std::string_view orders_per_second);
  ServiceBuilder& sla(std::string_view percent);
  ServiceBuilder& sla_target(std::string_view percent);
  ServiceBuilder& sonar(std::string_view days);
  ServiceBuilder& vulnerabilities(std::int64_t count);
  ServiceBuilder& chain(std::int64_t services, Position at = {});
  ServiceBuilder& strong(std::int64_t services, Position at = {});
  // All six facts of a score at once: a complete service.
  ServiceBuilder& facts(std::string_view peak, std::string_view sla, std::string_view sonar,
                        std::int64_t vulnerabilities, std::int64_t chain, std::int64_t strong);

  ServiceBuilder& domain(std::string text);
  ServiceBuilder& team(std::string text);
  ServiceBuilder& tagged(std::string text);  // one more entry of `stack`
  ServiceBuilder& at(std::uint32_t line, std::uint32_t column);
  ServiceBuilder& overridden_to(std::string tier, Position at);
  ServiceBuilder& coupling(std::string_view core_flow_calls, std::string_view data_interfaces);
  [[nodiscard]] Platform& platform() noexcept { return profile_.platform; }

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  // The service alone, its texts owned by this builder.
  [[nodiscard]] Service alone() const;
  void add_to(InventoryPart& part) const;

 private:
  struct Reference {
    std::string service;
    Strength strength;
    bool is_external;
  };
  ServiceBuilder& depends_on(std::string callee, Strength strength, bool is_external);

  std::string name_, domain_, team_, tier_;
  std::vector<Reference> references_;
  std::vector<std::string> stack_;
  Position tier_at_;
  Service service_;
  ServiceProfile profile_;
};

// service("cart").calls("auth").peak("120.5")
[[nodiscard]] inline ServiceBuilder service(std::string name) { return ServiceBuilder(std::move(name)); }

struct FileOfServices {
  std::string name;
  std::vector<ServiceBuilder> services;
};

// Entry k of the d-th service's dependencies stands in line 1000 + k, column 7 of its file.
[[nodiscard]] Result<Inventory> try_inventory(const std::vector<FileOfServices>& files, unsigned threads = 1);
[[nodiscard]] Result<Inventory> try_inventory(const std::vector<ServiceBuilder>& services);
// Ends the program where the services do not go together.
[[nodiscard]] Inventory inventory(const std::vector<ServiceBuilder>& services);

// The rules of the programme as docs/models.md states them, written out a second time.
[[nodiscard]] PolicyValues reference_rules();
// With linear impact, 0.02 points for each order/s x percentage point: easy on the reader's head.
[[nodiscard]] PolicyValues linear_rules();
// Its part about the calendar: Monday to Friday, without holidays and freezes.
[[nodiscard]] SchedulePolicy reference_schedule();
[[nodiscard]] Policy policy(PolicyValues values = reference_rules());

// splitmix64 (Steele, Lea, Flood 2014): the same numbers on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) noexcept : state_(seed) {}
  [[nodiscard]] std::uint64_t next() noexcept;
  // A whole number in low..high.
  [[nodiscard]] std::int64_t between(std::int64_t low, std::int64_t high) noexcept;
  [[nodiscard]] bool chance(int percent) noexcept { return between(0, 99) < percent; }
  template <class T>
  void shuffle(std::vector<T>& items) noexcept {
    for (std::size_t i = items.size(); i > 1; --i) {
      std::swap(items[i - 1], items[static_cast<std::size_t>(between(0, static_cast<std::int64_t>(i) - 1))]);
    }
  }

 private:
  std::uint64_t state_;
};

// `count` services s0, s1, … with facts that vary over their usual range; `missing_percent` of the facts are left out.
// Half of them call one to three services of higher number, so that the graph has no cycle.
[[nodiscard]] std::vector<ServiceBuilder> random_services(Random& random, int count, int missing_percent = 0);

}  // namespace migplan::testing
