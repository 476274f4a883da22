#include "metric_families.hpp"

#include <array>

namespace migplan {

MetricType MetricFamilies::type_of(std::string_view sample) const {
  constexpr std::array<std::string_view, 8> kSuffixes{"_bucket", "_count", "_sum",    "_total",
                                                      "_info",   "_gsum",  "_gcount", "_created"};
  if (const auto found = types_.find(std::string(sample)); found != types_.end()) return found->second;
  for (const std::string_view suffix : kSuffixes) {
    if (!sample.ends_with(suffix)) continue;
    const auto found = types_.find(std::string(sample.substr(0, sample.size() - suffix.size())));
    if (found == types_.end()) continue;
    return suffix == "_created" ? MetricType::Gauge : found->second;
  }
  return MetricType::Unknown;
}

}  // namespace migplan
