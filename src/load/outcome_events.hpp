#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json_canonical.hpp"
#include "outcome_record.hpp"

namespace migplan {

// Takes the events of a JsonWalk over one record and fills an OutcomeRecord. Keys of dumps come in the same order
// again and again, so the one that came after the last key in the record before is tried first.
class OutcomeEvents {
 public:
  explicit OutcomeEvents(OutcomeRecord& record) : record_(record) {
    for (const std::string& name : record.names()) {
      // Longer ones are found by `key`.
      quoted_.push_back(name.size() < QuotedKey::kBytes ? QuotedKey(name) : QuotedKey());
    }
    after_.resize(quoted_.size() + 1, 0);
    seen_in_.resize(quoted_.size(), 0);
  }

  // A record begins; texts from `text` on stay where they are until it ends.
  void begin_record(std::string_view text) noexcept {
    text_ = text;
    depth_ = 0;
    last_ = 0;
    ++number_;
  }

  void begin_map(Position at) { open(at, true); }
  void begin_list(Position at) { open(at, false); }
  void end_map() { close(); }
  void end_list() { close(); }

  [[nodiscard]] bool quoted_key(const char* text, Position at) {
    if (depth_ != 1) return false;
    const std::size_t slot = after_[last_];
    if (!quoted_[slot].begins(text)) return false;
    take(slot, at);
    return true;
  }
  void key(std::string_view name, Position at) {
    if (depth_ > 1) {
      if (structure_) structure_->key(name);
      return;
    }
    const std::size_t slot = record_.find(name);
    if (slot == OutcomeRecord::kNoSlot) {
      pending_ = slot;
      return;
    }
    after_[last_] = slot;
    take(slot, at);
  }

  void scalar(const Scalar& found) {
    if (depth_ != 1) return inner_scalar(found);
    if (pending_ == OutcomeRecord::kNoSlot) return;
    if (stays(found.text)) return record_.set(pending_, found);
    Scalar kept = found;
    kept.text = record_.keep(found.text);
    record_.set(pending_, kept);
  }

 private:
  void take(std::size_t slot, Position at) {
    pending_ = slot;
    last_ = slot + 1;
    if (seen_in_[slot] == number_) {
      record_.reject(at, record_.names()[slot], "this key stands here twice");
    }
    seen_in_[slot] = number_;
  }

  [[nodiscard]] bool stays(std::string_view text) const noexcept {
    return std::less_equal<>()(text_.data(), text.data()) && std::less<>()(text.data(), text_.data() + text_.size());
  }

  void inner_scalar(const Scalar& found) {
    if (depth_ == 0) {
      record_.reject(found.at, "", "found a single value, expected a map with the fields of a record");
    } else if (structure_) {
      structure_->scalar(found);
    }
  }

  void open(Position at, bool is_map) {
    ++depth_;
    if (depth_ == 1) {
      record_.begin(at);
      if (!is_map) record_.reject(at, "", "found a list, expected a map with the fields of a record");
      pending_ = OutcomeRecord::kNoSlot;
      return;
    }
    if (depth_ == 2 && pending_ != OutcomeRecord::kNoSlot) {
      structure_.emplace(record_.is_ordered(pending_));
      structure_at_ = at;
    }
    if (structure_) is_map ? structure_->begin_map() : structure_->begin_list();
  }

  void close() {
    --depth_;
    if (!structure_ || !structure_->end()) return;
    record_.set_structure(pending_, structure_->take(), structure_at_);
    structure_.reset();
  }

  OutcomeRecord& record_;
  std::vector<QuotedKey> quoted_;       // by slot
  std::vector<std::size_t> after_;      // which slot came after each, 0 before the first
  std::vector<std::uint64_t> seen_in_;  // the record in which a slot was met last
  std::string_view text_;
  std::size_t depth_ = 0, last_ = 0;
  std::size_t pending_ = OutcomeRecord::kNoSlot;
  std::uint64_t number_ = 0;
  std::optional<CanonicalJson> structure_;
  Position structure_at_;
};

}  // namespace migplan
