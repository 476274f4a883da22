#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "migplan/model/evidence.hpp"

namespace migplan {

// One of several sizes that were seen, where it stands, and how many there were: either the greatest (of equal ones the
// first) or the latest.
class SeenSize {
 public:
  // `place` makes an EvidencePlace, which only a size that is kept needs.
  template <class Place>
  void keep_greatest(Bytes size, const Place& place) {
    if (samples_ != 0 && size <= size_) {
      ++samples_;
    } else {
      keep_latest(size, place);
    }
  }
  template <class Place>
  void keep_latest(Bytes size, const Place& place) {
    ++samples_;
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
  // Dates readings by all of it.
  void date(std::vector<MemoryReading>& readings) const {
    for (MemoryReading& reading : readings) {
      reading.began_ms = began_ms;
      reading.ended_ms = ended_ms;
    }
  }
  std::optional<std::int64_t> began_ms, ended_ms;
};

}  // namespace migplan
