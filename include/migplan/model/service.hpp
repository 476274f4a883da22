#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/date.hpp"
#include "migplan/base/quantity.hpp"
#include "migplan/model/fact.hpp"

namespace migplan {

enum class Kind : std::uint8_t { Standard, Core, LongTail };
enum class Status : std::uint8_t {
  PendingEvaluation,
  CodeFrozen,
  InDevelopment,
  InAdmission,
  InCanary,
  CutOver,
  Retired,
};
enum class Strength : std::uint8_t { Strong, Weak };
enum class TransactionMode : std::uint8_t { At, Saga, Tcc };

struct ImpactFacts {
  Fact<OrdersPerSecond> peak_orders_per_second;
  Fact<Percent> sla_30d;     // availability of the last 30 days
  Fact<Percent> sla_target;  // where the policy's is not meant
};

struct DebtFacts {
  Fact<DebtDays> sonar_debt_days;
  Fact<Count> high_risk_vulnerabilities;  // HIGH and CRITICAL, unique by (id, package)
};

struct TopologyFacts {
  Fact<Count> upstream_chain_length;
  Fact<Count> downstream_strong_dependencies;
};

struct Coupling {
  Stated<Count> core_flow_calls;
  Stated<Count> data_dependency_interfaces;
};

struct Platform {
  std::string_view framework;
  Stated<Count> jdk;  // feature release: 8, 11, 17, …
  std::optional<bool> is_framework_end_of_life;
  Stated<Share> automated_test_coverage;
  Stated<Count> cve_count;
  Stated<Share> missing_documentation;
  Stated<Share> community_activity;
};

struct Runtime {
  Stated<Megabytes> heap_max;
  Stated<Megabytes> live_heap;
  std::string_view gc;
  Stated<Count> threads;
};

struct TransactionStep {
  std::string_view service;
  std::string_view action;
  std::string_view compensation;
  std::vector<std::string_view> carries;
  std::vector<std::string_view> needs;
  std::string_view reserves;  // the resource that the step reserves, such as stock; empty = none
  std::optional<bool> is_idempotent;
};

struct Transaction {
  std::string_view name;
  TransactionMode mode = TransactionMode::At;
  std::vector<TransactionStep> steps;
};

struct ServiceLevel {
  Stated<Percent> availability;
  Stated<Percent> error_budget_monthly;
  Stated<Milliseconds> latency_p95_target;
};

struct PhaseProgress {
  std::optional<Date> started;
  std::optional<Date> finished;
  Position at;
};

struct PhaseDuration {
  Stated<WorkDays> low, likely, high;
  Position at;
};

// The day on which a phase has to begin.
struct Pin {
  Date day;
  Position at;
};

// A person's word on the tier, shown beside the computed one and never instead of it.
struct TierOverride {
  std::string_view tier;
  std::string_view reason;
  std::string_view owner;
  Date expires;
  Position at;
};

// What few services state, or what only later steps need: kept apart so that a million services stay small.
struct ServiceDetails {
  Stated<WorkDays> effort;
  std::optional<Quarter> committed_window;
  Runtime runtime;
  std::vector<Transaction> transactions;
  std::vector<std::string_view> payloads;  // Java type expressions
  ServiceLevel slo;
  std::map<std::string_view, PhaseProgress> progress;  // by phase
  std::map<std::string_view, Pin> pins;
  std::map<std::string_view, PhaseDuration> durations;
  std::optional<TierOverride> tier_override;
};

// What describes a service beside its scores: kept apart so that it can be left out where nobody asks for it.
struct ServiceProfile {
  std::string_view display_name;  // empty = none
  std::string_view owner;
  std::span<const std::string_view> stack;
  Coupling coupling;
  Platform platform;
  Stated<RequestsPerSecond> traffic;
};

// One entry of a service's `depends_on`.
struct Dependency {
  std::string_view service;  // as written
  Position at;
  Strength strength = Strength::Strong;
  bool is_external = false;
  std::uint32_t target = 0;  // index into the inventory, which finds it; none for most external ones
};

// A service and its stated facts. Texts, lists and details are kept by the inventory that the service stands in.
struct Service {
  std::string_view name;
  std::string_view domain;
  std::string_view team;
  std::span<const Dependency> depends_on;
  ImpactFacts impact;
  DebtFacts debt;
  TopologyFacts topology;
  const ServiceProfile* profile = nullptr;  // null = left out
  const ServiceDetails* details = nullptr;  // null = none of them stated
  Position at;                              // where the service begins in its file
  std::uint32_t file = 0;                   // index into Inventory::files()
  std::optional<std::uint32_t> number{};    // its place in the file's list; none where a line is a service
  Kind kind = Kind::Standard;
  std::optional<Status> status;
  bool has_dependency_list = false;  // `depends_on` is stated, perhaps as []
};

// Of a service without them: with nothing stated.
[[nodiscard]] const ServiceProfile& profile_of(const Service& service) noexcept;
[[nodiscard]] const ServiceDetails& details_of(const Service& service) noexcept;

[[nodiscard]] std::string_view name_of(Kind kind) noexcept;
[[nodiscard]] std::string_view name_of(Status status) noexcept;
[[nodiscard]] std::string_view name_of(Strength strength) noexcept;
[[nodiscard]] std::string_view name_of(TransactionMode mode) noexcept;

}  // namespace migplan
