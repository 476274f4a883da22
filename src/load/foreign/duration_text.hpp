#pragma once

#include <optional>
#include <string_view>

#include "migplan/base/quantity.hpp"
#include "migplan/verification/objective.hpp"

namespace migplan {

// A duration of Prometheus: 1y, 4w, 1d12h, 200ms, in falling order of the units; a year has 365 days.
[[nodiscard]] std::optional<Seconds> prometheus_duration(std::string_view text);

// OpenSLO's shorthand, a number and one of m h d w M Q Y; or a number with a unit written out (Day, Week, …).
[[nodiscard]] std::optional<ObjectiveWindow> openslo_duration(std::string_view text);
[[nodiscard]] std::optional<ObjectiveWindow> openslo_duration(std::string_view count, std::string_view unit);

// The window of that length; nullopt where it is not whole seconds or longer than 10,000 days.
[[nodiscard]] std::optional<ObjectiveWindow> window_of(Seconds length);

}  // namespace migplan
