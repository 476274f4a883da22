#include "inventory_spec.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "field_store.hpp"
#include "migplan/model/phase_of_status.hpp"

namespace migplan {

template <>
struct fields::EnumNames<Status> {
  static constexpr std::array<std::string_view, 7> kNames{
      "pending-evaluation", "code-frozen", "in-development", "in-admission", "in-canary", "cut-over", "retired"};
};
template <>
struct fields::EnumNames<Strength> {
  static constexpr std::array<std::string_view, 2> kNames{"strong", "weak"};
};
template <>
struct fields::EnumNames<TransactionMode> {
  static constexpr std::array<std::string_view, 3> kNames{"at", "saga", "tcc"};
};

namespace {

using namespace fields;

constexpr auto kImpactFields = std::array{
    value<&ImpactFacts::peak_orders_per_second>("peak_orders_per_second", "Orders per second at the busiest time."),
    value<&ImpactFacts::sla_30d>("sla_30d", "Availability of the last 30 days, in percent."),
    value<&ImpactFacts::sla_target>(
        "sla_target", "Availability that this service owes, in percent; default: the policy's scoring.sla_target."),
};
constexpr MapSpec kImpact{"impact", kImpactFields};

constexpr auto kDebtFields = std::array{
    value<&DebtFacts::sonar_debt_days>("sonar_debt_days", "SonarQube technical debt in days of 8 hours."),
    value<&DebtFacts::high_risk_vulnerabilities>("high_risk_vulnerabilities",
                                                 "HIGH and CRITICAL findings, unique by (id, package)."),
};
constexpr MapSpec kDebt{"debt", kDebtFields};

constexpr auto kTopologyFields = std::array{
    value<&TopologyFacts::upstream_chain_length>(
        "upstream_chain_length",
        "Most services on any chain of callers above this one; derived from depends_on when left out."),
    value<&TopologyFacts::downstream_strong_dependencies>(
        "downstream_strong_dependencies",
        "Distinct strong dependencies, external ones too; derived from depends_on when left out."),
};
constexpr MapSpec kTopology{"topology", kTopologyFields};

void finish_dependency(void* owner, FieldReader& reader) {
  auto& reference = *static_cast<Dependency*>(owner);
  reference.at = reader.key_position("service");
}
constexpr auto kDependencyFields = std::array{
    required(label<&Dependency::service>("service", "Name of the service that is called.")),
    value<&Dependency::strength>("strength",
                                 "strong: this service fails when the other does; weak: it goes on. Default strong."),
    value<&Dependency::is_external>("external", "true: not part of this inventory. Default false."),
};
constexpr MapSpec kDependency{"dependency", kDependencyFields, finish_dependency};

constexpr auto kCouplingFields = std::array{
    value<&Coupling::core_flow_calls>("core_flow_calls", "Calls from core business flows into this service."),
    value<&Coupling::data_dependency_interfaces>("data_dependency_interfaces",
                                                 "Interfaces over which others depend on its data."),
};
constexpr MapSpec kCoupling{"coupling", kCouplingFields};

constexpr auto kPlatformFields = std::array{
    within(value<&Platform::jdk>("jdk", "JDK feature release: 8, 11, 17, 21."), 1, 99),
    shared_text<&Platform::framework>("framework", "Main framework and its version."),
    value<&Platform::is_framework_end_of_life>("framework_end_of_life",
                                               "Whether the framework's maintainers have ended its support."),
    value<&Platform::automated_test_coverage>("automated_test_coverage",
                                              "Share of the code that automated tests in CI cover, 0 to 1."),
    value<&Platform::cve_count>("cve_count", "Known CVEs of any severity."),
    value<&Platform::missing_documentation>("missing_documentation",
                                            "Share of the interfaces without documentation, 0 to 1."),
    value<&Platform::community_activity>("community_activity",
                                         "How alive its framework's community is, 0 (dead) to 1."),
};
constexpr MapSpec kPlatform{"platform", kPlatformFields};

constexpr auto kRuntimeFields = std::array{
    value<&Runtime::heap_max>("heap_max_mb", "Largest heap, -Xmx, in MiB."),
    value<&Runtime::live_heap>("live_heap_mb", "Live heap after a full collection, in MiB."),
    shared_text<&Runtime::gc>("gc", "Garbage collector: Serial, Parallel, CMS, G1, ZGC, Shenandoah."),
    value<&Runtime::threads>("threads", "Threads at peak."),
};
constexpr MapSpec kRuntime{"runtime", kRuntimeFields};

constexpr auto kTrafficFields = std::array{
    value<&ServiceProfile::traffic>("requests_per_second", "Requests per second on average."),
};
constexpr MapSpec kTraffic{"traffic", kTrafficFields};

constexpr auto kStepFields = std::array{
    required(label<&TransactionStep::service>("service", "Service that runs the step.")),
    required(value<&TransactionStep::action>("action", "What the step does.")),
    value<&TransactionStep::compensation>("compensation", "What undoes it."),
    list<&TransactionStep::carries>("carries", "Parameters that the step hands on."),
    list<&TransactionStep::needs>("needs", "Parameters that its compensation needs."),
    value<&TransactionStep::reserves>("reserves", "Resource that the step reserves, such as stock or balance."),
    value<&TransactionStep::is_idempotent>("idempotent", "Whether running it twice does no more than once."),
};
constexpr MapSpec kStep{"step", kStepFields};

constexpr auto kTransactionFields = std::array{
    required(value<&Transaction::name>("name", "Name of the transaction.")),
    value<&Transaction::mode>("mode", "How it is coordinated today: at (Seata AT), saga, tcc."),
    map_list<&Transaction::steps>("steps", "Steps in their order.", kStep),
};
constexpr MapSpec kTransaction{"transaction", kTransactionFields};

constexpr auto kSloFields = std::array{
    percentage<&ServiceLevel::availability>("availability_slo", "Availability objective, 99.95 or \"99.95%\"."),
    percentage<&ServiceLevel::error_budget_monthly>("error_budget_monthly",
                                                    "Share of failed requests that a month allows, 0.05 or \"0.05%\"."),
    value<&ServiceLevel::latency_p95_target>("latency_p95_target_ms",
                                             "Objective for the 95th percentile of latency, in ms."),
};
constexpr MapSpec kSlo{"slo", kSloFields};

void finish_progress(void* owner, FieldReader& reader) {
  auto& progress = *static_cast<PhaseProgress*>(owner);
  progress.at = reader.map_position();
  if (progress.finished && !progress.started) reader.reject_field("finished", "finished without a date under started");
  if (progress.finished && progress.started && *progress.finished < *progress.started) {
    reader.reject_field("finished", fmt::format("found {}, expected no day before {} of started",
                                                progress.finished->to_string(), progress.started->to_string()));
  }
}
constexpr auto kProgressFields = std::array{
    value<&PhaseProgress::started>("started", "First day of the phase."),
    value<&PhaseProgress::finished>("finished", "Last day of the phase."),
};
constexpr MapSpec kProgress{"progress", kProgressFields, finish_progress};

void finish_duration(void* owner, FieldReader& reader) {
  auto& duration = *static_cast<PhaseDuration*>(owner);
  duration.at = reader.map_position();
  const auto low = duration.low.value_or(WorkDays{}), likely = duration.likely.value_or(low);
  if (likely < low || duration.high.value_or(likely) < likely) {
    reader.reject(reader.map_position(), "expected low <= likely <= high");
  }
}
constexpr auto kDurationFields = std::array{
    value<&PhaseDuration::low>("low", "Shortest time in working days."),
    value<&PhaseDuration::likely>("likely", "Most likely time in working days."),
    value<&PhaseDuration::high>("high", "Longest time in working days."),
};
constexpr MapSpec kDuration{"duration", kDurationFields, finish_duration};

constexpr auto kOverrideFields = std::array{
    required(value<&TierOverride::tier>("tier", "Tier that the owner wants, as named in the policy.")),
    required(value<&TierOverride::reason>("reason", "Why.")),
    required(value<&TierOverride::owner>("owner", "Who answers for it.")),
    required(value<&TierOverride::expires>("expires", "Last day on which it counts.")),
};
constexpr MapSpec kOverride{"override", kOverrideFields};

// A part of ServiceDetails: entering it makes the service keep details.
template <auto Member>
constexpr FieldSpec detail(std::string_view key, std::string_view description) {
  FieldSpec field = value<&ServiceDraft::details, Member>(key, description);
  field.assign = [](void* owner, std::string_view, const Scalar& found, const FieldSpec& spec, FieldReader& reader) {
    auto& draft = *static_cast<ServiceDraft*>(owner);
    draft.has_details = true;
    store<FieldType<Member>, TextSort::Own>(draft.details.*Member, found, spec, reader);
  };
  return field;
}

// A text of the profile: checked always, kept where profiles are.
template <TextSort sort, auto Member>
constexpr FieldSpec profile_text(std::string_view key, std::string_view description) {
  FieldSpec field = value<&ServiceDraft::profile, Member>(key, description);
  field.assign = [](void* owner, std::string_view, const Scalar& found, const FieldSpec& spec, FieldReader& reader) {
    auto& draft = *static_cast<ServiceDraft*>(owner);
    if (draft.part->keeps_profiles()) return store<FieldType<Member>, sort>(draft.profile.*Member, found, spec, reader);
    (void)read_text(found, spec, reader);
  };
  return field;
}

constexpr FieldSpec stack_field() {
  FieldSpec field = list<&ServiceDraft::stack>("stack", "What it is built with, such as java8, dubbo-2.7, seata-at.");
  field.assign = [](void* owner, std::string_view, const Scalar& found, const FieldSpec& spec, FieldReader& reader) {
    auto& draft = *static_cast<ServiceDraft*>(owner);
    const auto tag = read_text(found, spec, reader);
    if (tag && draft.part->keeps_profiles()) draft.stack.push_back(reader.arena().keep_shared(*tag));
  };
  return field;
}

constexpr FieldSpec in_details(FieldSpec field) {
  field.begin = field.shape == Shape::Map || field.shape == Shape::NamedMaps || field.shape == Shape::NamedValues
                    ? [](void* owner, FieldReader&) { static_cast<ServiceDraft*>(owner)->has_details = true; }
                    : field.begin;
  return field;
}

constexpr FieldSpec override_field() {
  FieldSpec field{.key = "override",
                  .description = "A tier that a person wants; shown beside the computed tier, never instead of it.",
                  .shape = Shape::Map};
  field.enter = [](void* owner, std::string_view, FieldReader& reader) -> void* {
    auto& draft = *static_cast<ServiceDraft*>(owner);
    draft.has_details = true;
    draft.details.tier_override.emplace().at = reader.key_position("override");
    return &*draft.details.tier_override;
  };
  field.map = &kOverride;
  return field;
}

constexpr FieldSpec dependencies_field() {
  FieldSpec field = map_list<&ServiceDraft::depends_on>(
      "depends_on", "Services that this one calls. [] = none; left out = unknown.", kDependency);
  field.begin = [](void* owner, FieldReader&) {
    auto& draft = *static_cast<ServiceDraft*>(owner);
    draft.depends_on.clear();
    draft.service.has_dependency_list = true;
  };
  return field;
}

template <auto... Path>
constexpr FieldSpec detail_list(std::string_view key, std::string_view description) {
  FieldSpec field = list<&ServiceDraft::details, Path...>(key, description);
  field.begin = [](void* owner, FieldReader&) {
    auto& draft = *static_cast<ServiceDraft*>(owner);
    follow<&ServiceDraft::details, Path...>(draft).clear();
    draft.has_details = true;
  };
  return field;
}

constexpr FieldSpec transactions_field() {
  FieldSpec field = map_list<&ServiceDraft::details, &ServiceDetails::transactions>(
      "transactions", "Distributed transactions that this service begins.", kTransaction);
  field.begin = [](void* owner, FieldReader&) {
    auto& draft = *static_cast<ServiceDraft*>(owner);
    draft.details.transactions.clear();
    draft.has_details = true;
  };
  return field;
}

// The status must agree with the dates in `progress`: a phase that the status says is reached cannot be without a start
// when later ones have none either, and no later phase may have begun.
void check_status(const ServiceDraft& draft, FieldReader& reader) {
  if (!draft.service.status || draft.details.progress.empty()) return;
  const auto stated = static_cast<std::size_t>(*draft.service.status);
  for (std::size_t later = std::max<std::size_t>(stated + 1, 2); later < kPhaseOfStatus.size(); ++later) {
    const auto phase = draft.details.progress.find(kPhaseOfStatus[later]);
    if (phase == draft.details.progress.end() || !phase->second.started) continue;
    reader.reject_field("status",
                        fmt::format("found {}, but progress says that {} began on {}", name_of(*draft.service.status),
                                    phase->first, phase->second.started->to_string()));
    return;
  }
}

// Where `status` is left out, the furthest phase that has begun tells it.
void derive_status(ServiceDraft& draft) {
  if (draft.service.status) return;
  for (std::size_t at = kPhaseOfStatus.size(); at-- > 2;) {
    const auto phase = draft.details.progress.find(kPhaseOfStatus[at]);
    if (phase == draft.details.progress.end() || !phase->second.started) continue;
    draft.service.status = static_cast<Status>(at);
    return;
  }
}

void finish_service(void* owner, FieldReader& reader) {
  auto& draft = *static_cast<ServiceDraft*>(owner);
  check_status(draft, reader);
  derive_status(draft);
  draft.service.at = reader.map_position();
  draft.service.number = reader.list_index();
  if (draft.has_details) draft.service.details = draft.part->keep(std::move(draft.details));
  if (!draft.service.name.empty()) draft.part->add(draft.service, draft.depends_on, draft.stack, draft.profile);
  draft.reset();
}

constexpr FieldSpec pins_field() {
  FieldSpec field{.key = "pins",
                  .description = "Days by phase on which the phase must begin.",
                  .shape = Shape::NamedValues,
                  .value = value_spec<Date>()};
  field.assign = [](void* owner, std::string_view name, const Scalar& found, const FieldSpec& spec,
                    FieldReader& reader) {
    const auto day = read_date(found, spec, reader);
    if (!day) return;
    auto& pins = static_cast<ServiceDraft*>(owner)->details.pins;
    pins[reader.arena().keep_shared(name)] = {*day, found.at};
  };
  return field;
}

constexpr auto kServiceFields = std::array{
    required(label<&ServiceDraft::service, &Service::name>("name", "Unique name: a-z, 0-9 and '-', at most 63.")),
    profile_text<TextSort::Own, &ServiceProfile::display_name>("display_name", "Name for people, in any language."),
    shared_text<&ServiceDraft::service, &Service::domain>("domain", "Business domain, such as trade-fulfilment."),
    shared_text<&ServiceDraft::service, &Service::team>("team", "Team that works on it."),
    value<&ServiceDraft::service, &Service::kind>(
        "kind", "core, standard or long-tail (internal tools, report exporters). Default standard."),
    stack_field(),
    profile_text<TextSort::Shared, &ServiceProfile::owner>("owner",
                                                           "Who answers for it: an alias, not a person's name."),
    detail<&ServiceDetails::effort>("effort_days",
                                    "Refactoring effort of one squad in working days; estimated when left out."),
    detail<&ServiceDetails::committed_window>("window",
                                              "Quarter that was promised; compared with the plan, never obeyed."),
    map<&ServiceDraft::service, &Service::impact>("impact", "Facts of the business impact.", kImpact),
    map<&ServiceDraft::service, &Service::debt>("debt", "Facts of the technical debt.", kDebt),
    map<&ServiceDraft::service, &Service::topology>(
        "topology", "Facts of the dependency topology, where they are not derived.", kTopology),
    dependencies_field(),
    map<&ServiceDraft::profile, &ServiceProfile::coupling>("coupling", "How tightly the business holds it.", kCoupling),
    map<&ServiceDraft::profile, &ServiceProfile::platform>("platform", "How old its technology is.", kPlatform),
    in_details(map<&ServiceDraft::details, &ServiceDetails::runtime>("runtime", "The JVM that it runs in.", kRuntime)),
    map<&ServiceDraft::profile>("traffic", "How much it is asked.", kTraffic),
    transactions_field(),
    detail_list<&ServiceDetails::payloads>("payloads", "Java types that it sends, such as Map<Integer, byte[]>."),
    in_details(map<&ServiceDraft::details, &ServiceDetails::slo>("slo", "Its service-level objectives.", kSlo)),
    value<&ServiceDraft::service, &Service::status>("status", "Where its migration stands; must agree with progress."),
    in_details(named_maps<&ServiceDraft::details, &ServiceDetails::progress>("progress", "Dates by phase.", kProgress)),
    override_field(),
    in_details(pins_field()),
    in_details(named_maps<&ServiceDraft::details, &ServiceDetails::durations>(
        "durations", "Three-point durations by phase.", kDuration)),
};
constexpr MapSpec kService{"service", kServiceFields, finish_service};

void finish_team(void* owner, FieldReader& reader) {
  auto& draft = *static_cast<InventoryDraft*>(owner);
  draft.team.at = reader.map_position();
  draft.team.number = reader.list_index().value_or(0);
  if (!draft.team.name.empty()) draft.draft.part->add(draft.team);
}
constexpr auto kTeamFields = std::array{
    required(shared_text<&InventoryDraft::team, &Team::name>("name", "Name as in the services' team.")),
    value<&InventoryDraft::team, &Team::squads>("squads", "Squads that can refactor at the same time."),
};
constexpr MapSpec kTeam{"team", kTeamFields, finish_team};

constexpr FieldSpec teams_field() {
  FieldSpec field{.key = "teams", .description = "Teams and how many squads each has.", .shape = Shape::MapList};
  field.enter = [](void* owner, std::string_view, FieldReader&) -> void* {
    static_cast<InventoryDraft*>(owner)->team = {};
    return owner;
  };
  field.map = &kTeam;
  return field;
}

constexpr FieldSpec services_field() {
  FieldSpec field{
      .key = "services", .description = "The services of the landscape.", .shape = Shape::MapList, .is_required = true};
  field.enter = [](void* owner, std::string_view, FieldReader&) -> void* {
    return &static_cast<InventoryDraft*>(owner)->draft;
  };
  field.map = &kService;
  return field;
}

constexpr auto kInventoryFields = std::array{schema(kInventorySchema), teams_field(), services_field()};
constexpr MapSpec kInventory{"inventory", kInventoryFields};

}  // namespace

void ServiceDraft::reset() {
  service = Service{};
  profile = ServiceProfile{};
  if (has_details) details = ServiceDetails{};
  has_details = false;
  depends_on.clear();
  stack.clear();
}

const MapSpec& inventory_spec() noexcept { return kInventory; }
const MapSpec& service_spec() noexcept { return kService; }

}  // namespace migplan
