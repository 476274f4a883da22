#include "outcome_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "migplan/base/decimal.hpp"
#include "migplan/base/timestamp.hpp"

namespace migplan {
namespace {

constexpr int kMicroseconds = 3;  // decimals of a millisecond

std::string shown(const Scalar& found) {
  return found.kind == ScalarKind::Text || found.kind == ScalarKind::Untyped ? in_quotes(found.text)
                                                                             : std::string(found.text);
}

bool is_number(const Scalar& found) noexcept {
  return found.kind == ScalarKind::Number || found.kind == ScalarKind::Untyped;
}

// Thousandths of a number; nullopt for what is none.
std::optional<std::int64_t> thousandths(const Scalar& found) noexcept {
  if (found.plain.is_known() && found.plain.fits(kMicroseconds)) return found.plain.steps(kMicroseconds);
  const Decimal read = parse_decimal(found.text, kMicroseconds);
  return read.status == DecimalStatus::Ok ? std::optional(read.steps) : std::nullopt;
}

// A whole number as dumps write times, without the way through a decimal.
std::optional<std::int64_t> plain_whole(std::string_view text) noexcept {
  std::int64_t value = 0;
  if (text.empty() || text.size() > 18) return std::nullopt;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = 10 * value + (c - '0');
  }
  return value;
}

}  // namespace

OutcomeRecord::OutcomeRecord(std::string_view file, std::optional<Side> side, std::span<const ComparedField> fields)
    : file_(file),
      fixed_side_(side),
      names_{"trace_id", "source", "ts", "latency_ms"},
      ordered_(kFirstField, true),
      fields_(fields.size()) {
  for (const ComparedField& field : fields) {
    names_.push_back(field.name);
    ordered_.push_back(field.is_ordered);
  }
}

std::size_t OutcomeRecord::find(std::string_view name) const noexcept {
  const auto found = std::find(names_.begin(), names_.end(), name);
  return found == names_.end() ? kNoSlot : static_cast<std::size_t>(found - names_.begin());
}

void OutcomeRecord::begin(Position at) noexcept {
  at_ = at;
  is_good_ = true;
  side_ = fixed_side_;
  outcome_.trace_id = {};
  outcome_.time_ms.reset();
  outcome_.latency_us.reset();
  std::fill(fields_.begin(), fields_.end(), OutcomeField{});
  if (!kept_.empty()) kept_.clear();
}

void OutcomeRecord::set_common(std::size_t slot, const Scalar& found) {
  const bool is_absent = found.kind == ScalarKind::Null || (found.kind == ScalarKind::Untyped && found.text.empty());
  if (is_absent) return;
  switch (slot) {
    case kTrace: return set_trace(found);
    case kSource: return set_source(found);
    case kTime: return set_time(found);
    default: return set_latency(found);
  }
}

void OutcomeRecord::set_structure(std::size_t slot, std::string text, Position at) {
  if (slot >= kFirstField) {
    fields_[slot - kFirstField] = {OutcomeField::Kind::Structure, kept_.emplace_back(std::move(text))};
  } else {
    reject(at, names_[slot], "found a list or a map, expected a single value");
  }
}

void OutcomeRecord::set_trace(const Scalar& found) {
  if (found.kind == ScalarKind::Boolean || found.text.empty()) {
    return reject(found.at, names_[kTrace], fmt::format("found {}, expected a trace id", shown(found)));
  }
  outcome_.trace_id = found.text;
}

void OutcomeRecord::set_source(const Scalar& found) {
  if (fixed_side_) {
    if (found.text == name_of(*fixed_side_)) return;
    return reject(found.at, names_[kSource],
                  fmt::format("found {} in the dump of the {} side", shown(found), name_of(*fixed_side_)));
  }
  if (found.text == name_of(Side::Old)) {
    side_ = Side::Old;
  } else if (found.text == name_of(Side::New)) {
    side_ = Side::New;
  } else {
    reject(found.at, names_[kSource], fmt::format("found {}, expected old or new", shown(found)));
  }
}

void OutcomeRecord::set_time(const Scalar& found) {
  if (found.plain.is_whole()) {
    outcome_.time_ms = found.plain.whole();
    return;
  }
  outcome_.time_ms = found.kind == ScalarKind::Text ? std::nullopt : plain_whole(found.text);
  if (!outcome_.time_ms && found.kind != ScalarKind::Number) outcome_.time_ms = parse_timestamp(found.text);
  if (outcome_.time_ms) return;
  const auto time = is_number(found) ? thousandths(found) : std::nullopt;
  if (!time) {
    return reject(
        found.at, names_[kTime],
        fmt::format("found {}, expected milliseconds since 1970 or a time such as 2024-07-01T12:00:00Z", shown(found)));
  }
  outcome_.time_ms = (*time >= 0 ? *time : *time - 999) / 1000;
}

void OutcomeRecord::set_latency(const Scalar& found) {
  outcome_.latency_us = is_number(found) ? thousandths(found) : std::nullopt;
  if (!outcome_.latency_us) {
    reject(found.at, names_[kLatency], fmt::format("found {}, expected a number of milliseconds", shown(found)));
  }
}

void OutcomeRecord::reject(Position at, std::string_view path, std::string message, std::string hint) {
  is_good_ = false;
  ++faults_;
  if (issues_.size() == Issues::kKept) return;
  issues_.push_back({Severity::Error, file_, at, std::string(path), std::move(message), std::move(hint)});
}

const Outcome* OutcomeRecord::finish(std::uint64_t line) {
  if (is_good_ && outcome_.trace_id.empty()) {
    reject(at_, names_[kTrace], "missing, expected the trace id that joins the two sides");
  }
  if (is_good_ && !side_) {
    reject(at_, names_[kSource], "missing, expected old or new", "name two files where each holds one side");
  }
  if (!is_good_) return nullptr;
  outcome_.line = line;
  outcome_.fields = fields_;
  return &outcome_;
}

}  // namespace migplan
