#include <array>

#include "field_store.hpp"
#include "policy_spec.hpp"

namespace migplan {
namespace {

using namespace fields;

constexpr auto kPlaybookFields = std::array{
    value<&PlaybookPolicy::elastic_rps>(
        "elastic_rps", "With as many requests, or orders, a second a service has to scale within seconds."),
    value<&PlaybookPolicy::live_heap_ratio>("live_heap_ratio",
                                            "Live heap of the Go service over that of the Java service."),
    value<&PlaybookPolicy::goroutine_stack_kib>("goroutine_stack_kib",
                                                "Stack of the goroutine that stands for a Java thread, in KiB."),
    value<&PlaybookPolicy::least_gogc>("least_gogc", "Least GOGC that a playbook advises."),
    value<&PlaybookPolicy::greatest_gogc>("greatest_gogc", "Greatest GOGC that a playbook advises."),
};

}  // namespace

constexpr MapSpec kPlaybookSpec{"playbook", kPlaybookFields};

}  // namespace migplan
