#include "policy_spec.hpp"

#include <array>

#include "field_store.hpp"

namespace migplan {

template <>
struct fields::EnumNames<ScaleMethod> {
  static constexpr std::array<std::string_view, 3> kNames{"reference", "minmax", "percentile"};
};
template <>
struct fields::EnumNames<Curve> {
  static constexpr std::array<std::string_view, 2> kNames{"linear", "log"};
};

namespace {

using namespace fields;

// One element of a PerDimension or PerBand.
template <class Container, auto kKey>
constexpr FieldSpec element(std::string_view key, std::string_view description) {
  using T = std::remove_reference_t<decltype(std::declval<Container&>()[kKey])>;
  FieldSpec field{.key = key, .description = description, .shape = Shape::Value, .value = value_spec<T>()};
  field.assign = [](void* owner, std::string_view, const Scalar& found, const FieldSpec& spec, FieldReader& reader) {
    store<T, TextSort::Own>((*static_cast<Container*>(owner))[kKey], found, spec, reader);
  };
  return field;
}

template <class T>
constexpr std::array<FieldSpec, 3> dimension_fields(std::string_view impact, std::string_view debt,
                                                    std::string_view topology) {
  return {element<PerDimension<T>, Dimension::Impact>("impact", impact),
          element<PerDimension<T>, Dimension::Debt>("debt", debt),
          element<PerDimension<T>, Dimension::Topology>("topology", topology)};
}

constexpr auto kWeightFields = dimension_fields<Weight>("Weight of the business impact.",
                                                        "Weight of the technical debt.", "Weight of the topology.");
constexpr MapSpec kWeights{"weights", kWeightFields};
constexpr auto kFullFields = dimension_fields<RawValue>("In orders/s x percentage points.", "In days.", "In services.");
constexpr MapSpec kFull{"full", kFullFields};
constexpr auto kCurveFields = dimension_fields<Curve>("linear or log.", "linear or log.", "linear or log.");
constexpr MapSpec kCurve{"curve", kCurveFields};

constexpr auto kScaleFields = std::array{
    value<&ScoringPolicy::method>(
        "method", "reference, minmax or percentile; the last two make a score depend on the other services."),
    map<&ScoringPolicy::full>("full", "Raw value that counts as 100, by dimension (reference only).", kFull),
    map<&ScoringPolicy::curve>("curve", "How raw values grow towards 100, by dimension.", kCurve),
};
constexpr MapSpec kScale{"scale", kScaleFields};

constexpr auto kScoringFields = std::array{
    map<&ScoringPolicy::weights>("weights", "Weights of the dimensions; any non-negative numbers with a positive sum.",
                                 kWeights),
    same_owner("scale", "How raw values become 0 to 100.", kScale),
    value<&ScoringPolicy::vulnerability_days>("vulnerability_days", "Debt of one high-risk vulnerability, in days."),
    value<&ScoringPolicy::sla_target>("sla_target",
                                      "Availability that a service owes unless it states its own, in percent."),
};
constexpr MapSpec kScoring{"scoring", kScoringFields};

constexpr auto kTierFields = std::array{
    required(value<&Tier::name>("name", "Name of the tier, such as S.")),
    required(value<&Tier::min_score>("min_score", "Least score in points, 0 to 100; 0 in the last tier.")),
    value<&Tier::action>("action", "What is done with its services."),
    value<&Tier::not_before>("not_before", "First day on which its services may begin."),
    value<&Tier::route>("route", "Route of its services, as the schedule names it."),
};
constexpr MapSpec kTier{"tier", kTierFields};

constexpr auto kQuadrantFullFields = std::array{
    value<&QuadrantPolicy::full_core_flow_calls>("core_flow_calls", "Calls that count as 1."),
    value<&QuadrantPolicy::full_data_interfaces>("data_dependency_interfaces", "Interfaces that count as 1."),
    value<&QuadrantPolicy::full_cve_count>("cve_count", "CVEs that count as 1."),
    value<&QuadrantPolicy::full_jdk_generations>("jdk_generations",
                                                 "Long-term releases behind the newest that count as 1."),
};
constexpr MapSpec kQuadrantFull{"full", kQuadrantFullFields};
constexpr auto kQuadrantWeightFields = std::array{
    value<&QuadrantPolicy::coupling_weight>("coupling", "Weight of the coupling in the priority."),
    value<&QuadrantPolicy::obsolescence_weight>("obsolescence", "Weight of the obsolescence in the priority."),
};
constexpr MapSpec kQuadrantWeights{"weights", kQuadrantWeightFields};
constexpr auto kBandFields = std::array{
    value<&QuadrantPolicy::low_up_to>("low", "Greatest grade of the low band."),
    value<&QuadrantPolicy::high_from>("high", "Least grade of the high band."),
};
constexpr MapSpec kBandLimits{"bands", kBandFields};

using DispositionRow = PerBand<std::string>;
constexpr auto kDispositionFields = std::array{
    element<DispositionRow, Band::Low>("low", "At low obsolescence."),
    element<DispositionRow, Band::Middle>("middle", "At middle obsolescence."),
    element<DispositionRow, Band::High>("high", "At high obsolescence."),
};
constexpr MapSpec kDisposition{"dispositions", kDispositionFields};

template <Band kBand>
constexpr FieldSpec disposition_row(std::string_view key, std::string_view description) {
  FieldSpec field{.key = key, .description = description, .shape = Shape::Map};
  field.enter = [](void* owner, std::string_view, FieldReader&) -> void* {
    return &(*static_cast<PerBand<DispositionRow>*>(owner))[kBand];
  };
  field.map = &kDisposition;
  return field;
}
constexpr auto kDispositionRowFields = std::array{
    disposition_row<Band::Low>("low", "Dispositions at low coupling."),
    disposition_row<Band::Middle>("middle", "Dispositions at middle coupling."),
    disposition_row<Band::High>("high", "Dispositions at high coupling."),
};
constexpr MapSpec kDispositionRows{"dispositions", kDispositionRowFields};

constexpr auto kQuadrantFields = std::array{
    same_owner("full", "Values that count as 1.", kQuadrantFull),
    list<&QuadrantPolicy::long_term_releases>("lts", "JDK releases with long-term support, rising."),
    same_owner("weights", "Weights in the priority.", kQuadrantWeights),
    same_owner("bands", "Limits between the bands.", kBandLimits),
    map<&QuadrantPolicy::dispositions>("dispositions", "What is done, by coupling and obsolescence.", kDispositionRows),
};
constexpr MapSpec kQuadrant{"quadrant", kQuadrantFields};

constexpr auto kPolicyFields = std::array{
    schema(kPolicySchema),
    map<&PolicyValues::scoring>("scoring", "How facts become a score.", kScoring),
    map_list<&PolicyValues::tiers>("tiers", "Tiers, highest first; a list here replaces the built-in one.", kTier),
    map<&PolicyValues::quadrant>("quadrant", "The coupling x obsolescence matrix.", kQuadrant),
    map<&PolicyValues::schedule>("schedule", "How the services are put on the calendar.", kScheduleSpec),
    map<&PolicyValues::gate>("gate", "Limits of the admission tests.", kGateSpec),
    map<&PolicyValues::reconcile>("reconcile", "How the two records of a request are compared.", kReconcileSpec),
    map<&PolicyValues::canary>("canary", "Limits of the grey release.", kCanarySpec),
    map<&PolicyValues::sunset>("sunset", "Conditions for switching an old service off.", kSunsetSpec),
    map<&PolicyValues::slo>("slo", "What service level objectives are held against.", kSloSpec),
    map<&PolicyValues::lint>("lint", "What manifests are held against.", kLintSpec),
    map<&PolicyValues::playbook>("playbook", "What playbooks assume of a service.", kPlaybookSpec),
    map<&PolicyValues::imports>("import", "What reports of other tools are made of.", kImportSpec),
};
constexpr MapSpec kPolicy{"policy", kPolicyFields};

}  // namespace

const MapSpec& policy_spec() noexcept { return kPolicy; }

}  // namespace migplan
