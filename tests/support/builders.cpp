#include "builders.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace migplan::testing {
namespace {

constexpr std::uint32_t kFirstDependencyLine = 1000, kDependencyColumn = 7;

Points points(std::int64_t whole) { return Points::whole(whole); }

QuadrantPolicy reference_quadrant() {
  QuadrantPolicy quadrant;
  quadrant.full_core_flow_calls = Count::whole(12);
  quadrant.full_data_interfaces = Count::whole(20);
  quadrant.full_cve_count = Count::whole(30);
  quadrant.full_jdk_generations = Count::whole(2);
  quadrant.long_term_releases = {Count::whole(8), Count::whole(11), Count::whole(17), Count::whole(21)};
  quadrant.low_up_to = of<Grade>("0.3");
  quadrant.high_from = of<Grade>("0.7");
  quadrant.coupling_weight = of<Weight>("0.4");
  quadrant.obsolescence_weight = of<Weight>("0.6");
  quadrant.dispositions[Band::Low].values = {"watch", "planned refactor", "urgent isolation"};
  quadrant.dispositions[Band::Middle].values = {"watch", "planned refactor", "refactor now"};
  quadrant.dispositions[Band::High].values = {"incremental upgrade", "refactor now", "circuit-break and replace"};
  return quadrant;
}

}  // namespace

ServiceBuilder& ServiceBuilder::depends_on(std::string callee, Strength strength, bool is_external) {
  references_.push_back({std::move(callee), strength, is_external});
  service_.has_dependency_list = true;
  return *this;
}

ServiceBuilder& ServiceBuilder::calls_nothing() {
  service_.has_dependency_list = true;
  return *this;
}

ServiceBuilder& ServiceBuilder::peak(std::string_view orders_per_second) {
  service_.impact.peak_orders_per_second = Known{orders_per_second};
  return *this;
}

ServiceBuilder& ServiceBuilder::sla(std::string_view percent) {
  service_.impact.sla_30d = Known{percent};
  return *this;
}

ServiceBuilder& ServiceBuilder::sla_target(std::string_view percent) {
  service_.impact.sla_target = Known{percent};
  return *this;
}

ServiceBuilder& ServiceBuilder::sonar(std::string_view days) {
  service_.debt.sonar_debt_days = Known{days};
  return *this;
}

ServiceBuilder& ServiceBuilder::vulnerabilities(std::int64_t count) {
  service_.debt.high_risk_vulnerabilities = Fact<Count>(Count::whole(count));
  return *this;
}

ServiceBuilder& ServiceBuilder::chain(std::int64_t services, Position at) {
  service_.topology.upstream_chain_length = Fact<Count>(Count::whole(services), at);
  return *this;
}

ServiceBuilder& ServiceBuilder::strong(std::int64_t services, Position at) {
  service_.topology.downstream_strong_dependencies = Fact<Count>(Count::whole(services), at);
  return *this;
}

ServiceBuilder& ServiceBuilder::facts(std::string_view orders_per_second, std::string_view percent,
                                      std::string_view days, std::int64_t findings, std::int64_t callers,
                                      std::int64_t callees) {
  return peak(orders_per_second).sla(percent).sonar(days).vulnerabilities(findings).chain(callers).strong(callees);
}

ServiceBuilder& ServiceBuilder::domain(std::string text) {
  domain_ = std::move(text);
  return *this;
}

ServiceBuilder& ServiceBuilder::team(std::string text) {
  team_ = std::move(text);
  return *this;
}

ServiceBuilder& ServiceBuilder::tagged(std::string text) {
  stack_.push_back(std::move(text));
  return *this;
}

ServiceBuilder& ServiceBuilder::at(std::uint32_t line, std::uint32_t column) {
  service_.at = {line, column};
  return *this;
}

ServiceBuilder& ServiceBuilder::overridden_to(std::string tier, Position at) {
  tier_ = std::move(tier);
  tier_at_ = at;
  return *this;
}

ServiceBuilder& ServiceBuilder::coupling(std::string_view core_flow_calls, std::string_view data_interfaces) {
  profile_.coupling.core_flow_calls = Known{core_flow_calls};
  profile_.coupling.data_dependency_interfaces = Known{data_interfaces};
  return *this;
}

Service ServiceBuilder::alone() const {
  Service made = service_;
  made.name = name_;
  made.domain = domain_;
  made.team = team_;
  return made;
}

void ServiceBuilder::add_to(InventoryPart& part) const {
  Service made = service_;
  made.name = part.arena().keep(name_);
  made.domain = part.arena().keep_shared(domain_);
  made.team = part.arena().keep_shared(team_);
  made.number = static_cast<std::uint32_t>(part.size());
  if (!tier_.empty()) {
    ServiceDetails details;
    details.tier_override = {part.arena().keep(tier_), "a reason", "an owner", Date{}, tier_at_};
    made.details = part.keep(std::move(details));
  }
  std::vector<Dependency> references;
  for (const Reference& reference : references_) {
    const auto line = kFirstDependencyLine + static_cast<std::uint32_t>(references.size());
    references.push_back(
        {part.arena().keep(reference.service), {line, kDependencyColumn}, reference.strength, reference.is_external});
  }
  std::vector<std::string_view> stack;
  for (const std::string& tag : stack_) stack.push_back(part.arena().keep_shared(tag));
  part.add(std::move(made), references, stack, profile_);
}

Result<Inventory> try_inventory(const std::vector<FileOfServices>& files, unsigned threads) {
  std::vector<InventoryPart> parts;
  std::vector<std::string> names;
  for (const FileOfServices& file : files) {
    InventoryPart part(static_cast<std::uint32_t>(names.size()));
    for (const ServiceBuilder& builder : file.services) builder.add_to(part);
    parts.push_back(std::move(part));
    names.push_back(file.name);
  }
  return Inventory::create(std::move(parts), std::move(names), threads);
}

Result<Inventory> try_inventory(const std::vector<ServiceBuilder>& services) {
  return try_inventory(std::vector<FileOfServices>{{"services.yaml", services}});
}

Inventory inventory(const std::vector<ServiceBuilder>& services) { return try_inventory(services).value(); }

namespace {

// Limits of the commands that verify, as in the built-in policy.
void add_verification_limits(PolicyValues& values) {
  const auto percent = [](std::int64_t millionths) { return Percent::from_steps(millionths); };
  values.gate = {Percent::whole(30), Percent::whole(45), percent(100'000), percent(50'000), Percent::whole(95)};
  values.reconcile.fields = {
      {"amount", {FieldRule::Equal, RawValue{}}}, {"order_id", {}}, {"order_status", {}}, {"stock_version", {}}};
  values.reconcile.business_fields = {"order_status", "amount"};
  values.reconcile.version_field = "stock_version";
  values.reconcile.window = Seconds::whole(60);
  values.canary.p99_delta = Milliseconds::whole(50);
  values.canary.difference = percent(1000);
  values.canary.version_equal = Percent::whole(100);
  values.canary.success_rate = percent(99'950'000);
  values.canary.p95 = Milliseconds::whole(320);
  values.canary.http_5xx = percent(50'000);
  values.canary.least_samples = Count::whole(50);
  values.canary.confidence = Percent::whole(95);
  values.canary.ramp = {Percent::whole(1), Percent::whole(5), Percent::whole(20), Percent::whole(50),
                        Percent::whole(100)};
  values.canary.header = "X-Gray-Flag";
  values.canary.header_value = "true";
  values.sunset.on_target_days = CalendarDays::whole(7);
  values.sunset.quiet_hours = Hours::whole(72);
  values.sunset.greatest_gap = Seconds::whole(900);
  values.slo.coverage = Percent::whole(80);
  values.slo.default_window = CalendarDays::whole(30);
  values.slo.confidence = Percent::whole(95);
  values.lint.min_available = Count::whole(2);
  values.playbook.elastic_rps = RequestsPerSecond::whole(1000);
  values.playbook.live_heap_ratio = Ratio::whole(1);
  values.playbook.goroutine_stack_kib = Count::whole(8);
  values.playbook.least_gogc = Count::whole(50);
  values.playbook.greatest_gogc = Count::whole(100);
  values.imports.strong_call_share = Percent::whole(5);
  values.imports.error_propagation = Percent::whole(50);
  values.imports.least_failed = Count::whole(10);
}

}  // namespace

PolicyValues reference_rules() {
  PolicyValues values;
  values.scoring.weights.values = {Weight::whole(4), Weight::whole(3), Weight::whole(3)};
  values.scoring.full.values = {RawValue::whole(2000), RawValue::whole(200), RawValue::whole(16)};
  values.scoring.curve.values = {Curve::Log, Curve::Linear, Curve::Linear};
  values.scoring.vulnerability_days = DebtDays::whole(1);
  values.scoring.sla_target = of<Percent>("99.95");
  values.tiers = {{"S", points(85), "migrate first", std::nullopt, "direct"},
                  {"A", points(65), "migrate from 2024-Q3", Date::create(2024, 7, 1), "direct"},
                  {"B", points(0), "isolate behind a gateway, then migrate", std::nullopt, "gateway"}};
  values.quadrant = reference_quadrant();
  values.schedule = reference_schedule();
  add_verification_limits(values);
  return values;
}

PolicyValues linear_rules() {
  PolicyValues values = reference_rules();
  values.scoring.curve[Dimension::Impact] = Curve::Linear;
  return values;
}

Policy policy(PolicyValues values) { return Policy::create(std::move(values)).value(); }

std::uint64_t Random::next() noexcept {
  state_ += 0x9E37'79B9'7F4A'7C15U;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30U)) * 0xBF58'476D'1CE4'E5B9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94D0'49BB'1331'11EBU;
  return mixed ^ (mixed >> 31U);
}

std::int64_t Random::between(std::int64_t low, std::int64_t high) noexcept {
  return low + static_cast<std::int64_t>(next() % (static_cast<std::uint64_t>(high - low) + 1));
}

std::vector<ServiceBuilder> random_services(Random& random, int count, int missing_percent) {
  std::vector<ServiceBuilder> services;
  const auto stated = [&random, missing_percent] { return !random.chance(missing_percent); };
  for (int i = 0; i < count; ++i) {
    ServiceBuilder made = service("s" + std::to_string(i));
    if (stated()) made.peak(fixed(random.between(0, 6'000'000), 3));
    if (stated()) made.sla(fixed(random.between(98'900, 99'999), 3));
    if (random.chance(20)) made.sla_target(fixed(random.between(99'000, 99'999), 3));
    if (stated()) made.sonar(fixed(random.between(0, 2'500), 1));
    if (stated()) made.vulnerabilities(random.between(0, 60));
    if (stated()) made.chain(random.between(0, 12));
    if (stated()) made.strong(random.between(0, 9));
    if (i + 1 < count && random.chance(50)) {
      std::vector<std::int64_t> callees;
      for (std::int64_t callee = i + 1; callee < count; ++callee) callees.push_back(callee);
      random.shuffle(callees);
      callees.resize(std::min(callees.size(), static_cast<std::size_t>(random.between(1, 3))));
      for (const std::int64_t callee : callees) made.calls("s" + std::to_string(callee));
    }
    services.push_back(std::move(made));
  }
  return services;
}

}  // namespace migplan::testing
