#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "migplan/verification/gate.hpp"

namespace migplan {

// One rule, one file.
[[nodiscard]] Check throughput_check(const GateEvidence& evidence, const GatePolicy& policy);
[[nodiscard]] Check memory_check(const GateEvidence& evidence, const GatePolicy& policy);
[[nodiscard]] Check grpc_check(const GateEvidence& evidence, GrpcStatus status, std::string_view rule, Percent limit,
                               Percent confidence);

// Says that evidence is of another time than the load tests of its side; empty where the two touch, or where times are
// not stated.
[[nodiscard]] Text elsewhen(const EvidencePlace& place, const std::optional<TimeWindow>& window,
                            std::span<const LoadTest> runs);

// 100 (value / base) percent, rounded down; base > 0.
[[nodiscard]] Percent percent_of(std::int64_t value, std::int64_t base) noexcept;
// A percentage with two decimals at most, rounded down, for sentences: on its own side of any limit with two decimals.
[[nodiscard]] std::string brief(Percent percent);
// "no A; no B"
void append_reason(Text& reasons, Text reason);

}  // namespace migplan
