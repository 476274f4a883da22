#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/verification/sunset_series.hpp"

namespace migplan {

struct SeriesSource {
  std::string path;                    // as messages name it
  std::optional<SunsetColumn> column;  // that all of its series are; null = they say so themselves
  std::unique_ptr<ByteSource> bytes;
};

// The series of each service that the sources name, by name, in order. CSV with a header, or time series of a metric
// system (the answer of a range query of Prometheus), told apart by their content, gzip or plain. `services`: those
// that are asked for; what does not say whose it is belongs to the only one of them. Rows out of order, values that are
// NaN, several values for one time and columns of other names are warnings.
[[nodiscard]] Result<std::vector<SunsetSeries>> read_sunset_series(std::vector<SeriesSource> sources,
                                                                   std::span<const std::string> services);

}  // namespace migplan
