#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "migplan/model/metric_samples.hpp"

namespace migplan {

// What # TYPE lines say of families; samples of a family have its name, mostly with a suffix.
class MetricFamilies {
 public:
  void set(std::string_view family, MetricType type) { types_.insert_or_assign(std::string(family), type); }
  // Unknown where no family has this sample.
  [[nodiscard]] MetricType type_of(std::string_view sample) const;

 private:
  std::unordered_map<std::string, MetricType> types_;  // only looked up in
};

}  // namespace migplan
