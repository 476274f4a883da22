#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "migplan/load/evidence_reader.hpp"
#include "request_tally.hpp"

namespace migplan {

struct JmeterTime {
  std::int64_t ms = 0;    // since 1970
  bool has_zone = false;  // else of whatever clock wrote it
};

// The samples of JMeter's result files, in CSV or XML. A Transaction Controller leaves a sample behind its requests
// that is their sum: it is told by its response message, as JMeter's own dashboard does, and counts only where there is
// no request.
class JmeterSamples {
 public:
  // Whether the sample with this response message is the sum of others.
  [[nodiscard]] static bool is_transaction(std::string_view message) noexcept;

  // False where its times are none that RequestTally takes.
  [[nodiscard]] bool add(std::string_view message, JmeterTime begin, std::int64_t elapsed_ms, bool is_success);
  // Fails where there is no sample.
  [[nodiscard]] Result<Evidence> load_test(std::string_view file) const;

 private:
  RequestTally requests_, transactions_;
  bool has_local_times_ = false;
};

// Milliseconds since 1970, or the formats that JMeter itself reads back: 2024/02/24 07:42:21.256, with - for /, without
// the fraction, and 02/24/24 07:42:21; or RFC 3339. Only the first and the last have a zone.
[[nodiscard]] std::optional<JmeterTime> parse_jmeter_time(std::string_view text);
// "true" or "false", in any case.
[[nodiscard]] std::optional<bool> parse_jmeter_success(std::string_view text);
[[nodiscard]] std::optional<std::int64_t> parse_jmeter_elapsed(std::string_view text);

}  // namespace migplan
