#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/issue.hpp"
#include "migplan/base/quantity.hpp"

namespace migplan {

// Where a value was read: a line of a text, or a field of a document.
struct EvidencePlace {
  std::string file;
  Position at{};
  std::string field{};  // "results.metrics[3].values.count"; may be empty
};
// "run.log:12", "summary.json metrics.http_reqs.rate", "stats.json"
[[nodiscard]] std::string to_string(const EvidencePlace& place);

// Milliseconds since the epoch, UTC; both ends belong to it.
struct TimeWindow {
  std::int64_t began_ms = 0, ended_ms = 0;
};
// nullopt where the evidence does not state both ends.
template <class Timed>
[[nodiscard]] std::optional<TimeWindow> window_of(const Timed& evidence) {
  if (!evidence.began_ms || !evidence.ended_ms) return std::nullopt;
  return TimeWindow{*evidence.began_ms, *evidence.ended_ms};
}

// What a load generator measured in one run. Times since the epoch are milliseconds, UTC.
struct LoadTest {
  EvidencePlace place;
  std::optional<std::uint64_t> requests;            // failed ones included
  std::optional<std::uint64_t> failed;              // of them
  std::optional<RequestsPerSecond> rate;            // of all requests, as the tool counts it
  std::optional<RequestsPerSecond> succeeded_rate;  // where the tool states it, or it follows from the others
  std::optional<Seconds> duration;
  std::optional<Milliseconds> p50, p95, p99;  // of all requests, by the tool's own rule
  std::vector<std::uint32_t> succeeded;  // in each full second of the run; empty where no single requests are known
  std::optional<std::int64_t> began_ms, ended_ms;
  std::vector<std::string> notes;  // what the file does not say, or says in another way
};

// Only readings of one kind can be compared. models.md section 5 knows the first three; the others are no peaks.
enum class MemoryKind : std::uint8_t {
  ResidentPeak,  // VmHWM, cgroup peak, maximum resident set size, working set over time
  HeapPeak,      // before collections, heap used over time
  LiveHeap,      // after collections, class histogram, pprof inuse_space
  ResidentNow,   // one instant
  HeapNow,       // one instant
  Committed,     // promised to the process, resident or not
};
[[nodiscard]] std::string_view name_of(MemoryKind kind) noexcept;  // "resident_peak"
[[nodiscard]] bool is_comparable(MemoryKind kind) noexcept;        // one of the first three

struct MemoryReading {
  EvidencePlace place;
  MemoryKind kind = MemoryKind::ResidentPeak;
  Bytes size;
  std::uint64_t samples = 1;  // that the maximum was taken over
  std::optional<std::int64_t> began_ms, ended_ms;
  std::string note;
};

// https://grpc.github.io/grpc/core/md_doc_statuscodes.html, in the order of its numbers.
enum class GrpcStatus : std::uint8_t {
  Ok,
  Cancelled,
  Unknown,
  InvalidArgument,
  DeadlineExceeded,
  NotFound,
  AlreadyExists,
  PermissionDenied,
  ResourceExhausted,
  FailedPrecondition,
  Aborted,
  OutOfRange,
  Unimplemented,
  Internal,
  Unavailable,
  DataLoss,
  Unauthenticated,
};
inline constexpr std::size_t kGrpcStatuses = 17;
// As gRPC spells it: "DEADLINE_EXCEEDED".
[[nodiscard]] std::string_view name_of(GrpcStatus status) noexcept;
// Go's DeadlineExceeded, Java's DEADLINE_EXCEEDED, the number 4, any case; Canceled with one l or two.
[[nodiscard]] std::optional<GrpcStatus> parse_grpc_status(std::string_view text) noexcept;

// Calls by how they ended.
struct GrpcCalls {
  EvidencePlace place;
  std::uint64_t calls = 0;  // all of them
  std::array<std::uint64_t, kGrpcStatuses> ended{};
  std::optional<std::int64_t> began_ms, ended_ms;
  std::vector<std::string> notes;  // what was counted, and what was not
  [[nodiscard]] std::uint64_t count(GrpcStatus status) const noexcept {
    return ended[static_cast<std::size_t>(status)];
  }
};

}  // namespace migplan
