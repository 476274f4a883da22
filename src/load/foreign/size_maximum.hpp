#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "migplan/model/evidence.hpp"

namespace migplan {

// The greatest of several sizes, where the first such stands, and how many there were.
class SizeMaximum {
 public:
  // `place` makes an EvidencePlace, which only a new maximum needs.
  template <class Place>
  void add(Bytes size, const Place& place) {
    if (samples_++ != 0 && size <= size_) return;
    size_ = size;
    place_ = place();
  }
  [[nodiscard]] std::uint64_t samples() const noexcept { return samples_; }
  // Adds what was found, if anything was.
  void append_to(std::vector<MemoryReading>& readings, MemoryKind kind, std::string note = {}) const {
    if (samples_ == 0) return;
    MemoryReading& reading = readings.emplace_back();
    reading.place = place_;
    reading.kind = kind;
    reading.size = size_;
    reading.samples = samples_;
    reading.note = std::move(note);
  }

 private:
  EvidencePlace place_;
  Bytes size_;
  std::uint64_t samples_ = 0;
};

// The first and the last of several times.
class TimeRange {
 public:
  void add(std::optional<std::int64_t> time_ms) noexcept {
    if (!time_ms) return;
    began_ms = began_ms && *began_ms < *time_ms ? began_ms : time_ms;
    ended_ms = ended_ms && *ended_ms > *time_ms ? ended_ms : time_ms;
  }
  std::optional<std::int64_t> began_ms, ended_ms;
};

}  // namespace migplan
