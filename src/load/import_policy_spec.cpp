#include <array>

#include "field_store.hpp"
#include "policy_spec.hpp"

namespace migplan {

template <>
struct fields::EnumNames<CoreFlowCalls> {
  static constexpr std::array<std::string_view, 3> kNames{"calls", "callers", "none"};
};

namespace {

using namespace fields;

constexpr auto kNodeFields = std::array{
    list<&ImportPolicy::databases>("databases", "Names of databases, with *."),
    list<&ImportPolicy::messaging>("messaging", "Names of brokers and their topics, with *."),
    list<&ImportPolicy::gateways>("gateways", "Names of gateways and proxies, with *."),
    list<&ImportPolicy::artefacts>("artefacts", "Names of the observing tools themselves, with *."),
    list<&ImportPolicy::unknown>("unknown", "Names that stand for what a tool does not know, with *."),
};
constexpr MapSpec kNodes{"not_services", kNodeFields};

constexpr auto kImportFields = std::array{
    value<&ImportPolicy::strong_call_share>(
        "strong_call_share", "Share of a caller's calls from which on a dependency is strong, in percent."),
    value<&ImportPolicy::error_propagation>(
        "error_propagation",
        "Share of failed calls that a caller passes on from which on a dependency is strong, in percent."),
    value<&ImportPolicy::least_failed>("least_failed", "With fewer failed calls the share of calls decides."),
    value<&ImportPolicy::core_flow_calls>("core_flow_calls",
                                          "What coupling.core_flow_calls is: calls, callers or none."),
    list<&ImportPolicy::kept>("kept", "Facts that no report replaces, with *."),
    same_owner("not_services", "Nodes of call graphs that are no services.", kNodes),
};

}  // namespace

constexpr MapSpec kImportSpec{"import", kImportFields};

}  // namespace migplan
