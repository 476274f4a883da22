#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "field_spec.hpp"
#include "migplan/base/issue.hpp"
#include "migplan/verification/outcome.hpp"

namespace migplan {

// One record of a dump of outcomes while it is read: which values stand where, and what is wrong with them. Serves any
// number of records, one after the other. A record with a fault is left out.
class OutcomeRecord {
 public:
  // The fields that every dump has, in front of those that are compared.
  enum Slot : std::size_t { kTrace, kSource, kTime, kLatency, kFirstField };
  static constexpr std::size_t kNoSlot = SIZE_MAX;

  OutcomeRecord(std::string_view file, std::optional<Side> side, std::span<const ComparedField> fields);

  [[nodiscard]] std::span<const std::string> names() const noexcept { return names_; }
  // The slot of a field by its name.
  [[nodiscard]] std::size_t find(std::string_view name) const noexcept;
  [[nodiscard]] bool is_ordered(std::size_t slot) const noexcept { return ordered_[slot]; }

  void begin(Position at) noexcept;
  // A single value; its text lives until the end of the record, or is given to `keep` before.
  void set(std::size_t slot, const Scalar& found) {
    slot >= kFirstField ? static_cast<void>(fields_[slot - kFirstField] = field_of(found)) : set_common(slot, found);
  }
  // A list or a map, as OutcomeField::Kind::Structure wants it written.
  void set_structure(std::size_t slot, std::string text, Position at);
  [[nodiscard]] std::string_view keep(std::string_view text) { return kept_.emplace_back(text); }
  void reject(Position at, std::string_view path, std::string message, std::string hint = {});

  // What is known of the record, until the next one begins; null where something is wrong with it.
  [[nodiscard]] const Outcome* finish(std::uint64_t line);
  // Of a record that is finished.
  [[nodiscard]] Side side() const noexcept { return *side_; }

  // The first faults in the order in which they were met, and how many there were.
  [[nodiscard]] const std::vector<Issue>& issues() const noexcept { return issues_; }
  [[nodiscard]] std::uint64_t faults() const noexcept { return faults_; }

 private:
  static OutcomeField field_of(const Scalar& found) noexcept {
    constexpr std::array kKinds{OutcomeField::Kind::Absent, OutcomeField::Kind::Boolean, OutcomeField::Kind::Number,
                                OutcomeField::Kind::Text, OutcomeField::Kind::Cell};
    const bool is_absent = found.kind == ScalarKind::Null || (found.kind == ScalarKind::Untyped && found.text.empty());
    return is_absent ? OutcomeField{} : OutcomeField{kKinds[static_cast<std::size_t>(found.kind)], found.text};
  }
  void set_common(std::size_t slot, const Scalar& found);
  void set_trace(const Scalar& found);
  void set_source(const Scalar& found);
  void set_time(const Scalar& found);
  void set_latency(const Scalar& found);

  std::string file_;
  std::optional<Side> fixed_side_, side_;
  std::vector<std::string> names_;
  std::vector<bool> ordered_;
  std::vector<OutcomeField> fields_;
  Outcome outcome_;
  std::deque<std::string> kept_;
  Position at_;
  bool is_good_ = true;
  std::vector<Issue> issues_;
  std::uint64_t faults_ = 0;
};

}  // namespace migplan
