#include "field_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "migplan/base/decimal.hpp"
#include "migplan/base/nearest.hpp"

namespace migplan {
namespace {

std::string shown(const Scalar& found) {
  switch (found.kind) {
    case ScalarKind::Null: return "nothing";
    case ScalarKind::Boolean:
    case ScalarKind::Number: return printable(found.text.substr(0, 60));
    case ScalarKind::Text:
    case ScalarKind::Untyped: return in_quotes(found.text);
  }
  return {};
}

std::string joined(std::span<const std::string_view> names) { return fmt::format("{}", fmt::join(names, ", ")); }

std::string number_expectation(const ValueSpec& spec) {
  const std::string_view sort = spec.type == ValueType::Whole ? "a whole number" : "a number";
  return fmt::format("{}{}, {} to {}", sort, spec.unit.empty() ? "" : fmt::format(" ({})", spec.unit),
                     trimmed(spec.min, spec.decimals), trimmed(spec.max, spec.decimals));
}

std::string_view expected_shape(const FieldSpec* field) {
  if (field == nullptr) return "a map";
  switch (field->shape) {
    case Shape::Value: return "a single value";
    case Shape::ValueList:
    case Shape::MapList: return "a list";
    case Shape::Map:
    case Shape::NamedValues:
    case Shape::NamedMaps: return "a map";
  }
  return "";
}

}  // namespace

std::string expectation(const ValueSpec& spec) {
  switch (spec.type) {
    case ValueType::Text: return "text";
    case ValueType::Label: return "a label (a-z, 0-9 and '-', at most 63, a letter or digit at both ends)";
    case ValueType::Enum: return fmt::format("one of {}", joined(spec.names));
    case ValueType::Boolean: return "true or false";
    case ValueType::Whole:
    case ValueType::Number: return number_expectation(spec);
    case ValueType::Percentage: return number_expectation(spec) + ", a % sign may follow";
    case ValueType::Date: return "a date such as 2024-07-01";
    case ValueType::Quarter: return "a quarter such as 2024-Q2";
    case ValueType::Schema: return joined(spec.names);
  }
  return {};
}

FieldReader::FieldReader(const MapSpec& root, void* target, std::string_view file, Issues& issues, TextArena& arena)
    : root_(&root), root_target_(target), file_(file), issues_(&issues), arena_(&arena) {}

void FieldReader::abandon() noexcept {
  depth_ = 0;
  top_ = nullptr;
  skipped_ = 0;
  value_done();
}

// Whether a map or list that begins now is read; else it is passed over from here on.
bool FieldReader::takes_value(Position at, Shape found) {
  if (skipped_ != 0) {
    ++skipped_;
    return false;
  }
  if (depth_ == 0) return true;
  Frame& frame = top();
  if (frame.shape == Shape::ValueList || frame.shape == Shape::MapList) {
    ++frame.index;
    if (frame.shape == Shape::MapList && found == Shape::Map) return true;
    reject(at, fmt::format("found {}, expected {}", found == Shape::Map ? "a map" : "a list",
                           frame.shape == Shape::MapList ? "a map" : "a single value"));
  } else if (is_field_pending()) {
    return true;
  }
  skip();
  return false;
}

void FieldReader::enter_map(Position at) {
  const FieldSpec* const field = pending_field_;
  void* const owner = top().target;
  if (field->begin != nullptr) field->begin(owner, *this);
  push(Shape::Map, field->map, field, field->enter(owner, {}, *this), at);
}

// All but the map of a field that is one.
void FieldReader::other_map(Position at) {
  if (!takes_value(at, Shape::Map)) return;
  if (depth_ == 0) {
    push(Shape::Map, root_, nullptr, root_target_, at);
    return;
  }
  Frame& owner = top();
  if (owner.shape == Shape::MapList || owner.shape == Shape::NamedMaps) {
    void* const item = owner.field->enter(
        owner.target, owner.shape == Shape::NamedMaps ? free_keys().name : std::string_view{}, *this);
    push(Shape::Map, owner.field->map, owner.field, item, at);
    return;
  }
  const FieldSpec* const field = pending_field_;
  if (owner.shape == Shape::NamedValues) {
    reject(at, "found a map, expected a single value");
    skip();
  } else if (field->shape == Shape::NamedValues || field->shape == Shape::NamedMaps) {
    if (field->begin != nullptr) field->begin(owner.target, *this);
    push(field->shape, nullptr, field, owner.target, at);
    free_keys().names.clear();
  } else {
    reject_shape(at, "a map", field);
    skip();
  }
}

void FieldReader::enter_list(Position at) {
  const FieldSpec* const field = pending_field_;
  void* const owner = top().target;
  if (field->begin != nullptr) field->begin(owner, *this);
  push(field->shape, nullptr, field, owner, at);
}

// All but the list of a field that is one.
void FieldReader::other_list(Position at) {
  if (!takes_value(at, Shape::ValueList)) return;
  if (depth_ == 0) {
    reject(at, "found a list, expected a map", root_->name == "inventory" ? "put the list under `services:`" : "");
  } else if ((top().shape == Shape::NamedValues || top().shape == Shape::Map) && pending_field_->takes_list) {
    push(Shape::ValueList, nullptr, pending_field_, top().target, at);
    return;
  } else if (top().shape == Shape::NamedValues) {
    reject(at, "found a list, expected a single value");
  } else {
    reject_shape(at, "a list", top().shape == Shape::Map ? pending_field_ : nullptr);
  }
  skip();
}

void FieldReader::end_map() {
  if (skipped_ != 0) {
    if (--skipped_ == 0) value_done();
    return;
  }
  if (depth_ == 0) return;
  Frame& frame = top();
  if (frame.map != nullptr) {
    if ((frame.map->required & ~frame.seen) != 0) report_missing(frame);
    if (frame.map->finish != nullptr) frame.map->finish(frame.target, *this);
  }
  pop();
  value_done();
}

void FieldReader::end_list() {
  if (skipped_ != 0) {
    if (--skipped_ == 0) value_done();
    return;
  }
  pop();
  value_done();
}

void FieldReader::key(std::string_view name, Position at) {
  if (skipped_ != 0) return;
  const Frame& frame = top();
  if (frame.shape != Shape::Map) return named_key(name, at);
  const std::size_t field = frame.map->find(name, frame.probable());
  if (field == frame.map->fields.size()) return unknown_key(name, at);
  take_key(field, at);
}

void FieldReader::repeated_key(std::size_t field, Position at) {
  pending_ = Pending::Ignored;
  reject(at, fmt::format("key {} stands here twice, first at line {}", in_quotes(pending_field_->key),
                         top().key_at[field].line));
}

void FieldReader::named_key(std::string_view name, Position at) {
  FreeKeys& keys = free_keys();
  keys.name = name;
  pending_field_ = top().field;
  pending_ = Pending::Other;
  if (std::find(keys.names.begin(), keys.names.end(), name) != keys.names.end()) {
    reject(at, fmt::format("key {} stands here twice", in_quotes(name)));
    pending_ = Pending::Ignored;
  }
  keys.names.emplace_back(name);
  if (positions_ != nullptr) note_position(at);
}

void FieldReader::unknown_key(std::string_view name, Position at) {
  pending_ = Pending::Ignored;
  pending_field_ = nullptr;
  if (name.starts_with("x-") || top().map->other_keys == OtherKeys::PassedOver) return;
  std::vector<std::string_view> known;
  for (const FieldSpec& field : top().map->fields) known.push_back(field.key);
  const std::string_view near = nearest_name(name, known);
  reject(at, fmt::format("unknown key {} in {}", in_quotes(name), top().map->name),
         near.empty() ? fmt::format("known: {}", joined(known)) : fmt::format("did you mean {}?", near));
}

// All but a value of a field with a single value.
void FieldReader::other_scalar(const Scalar& found) {
  if (skipped_ != 0) return;
  if (depth_ == 0) {
    reject(found.at, fmt::format("found {}, expected a map", shown(found)));
    return;
  }
  Frame& frame = top();
  if (frame.shape == Shape::ValueList) {
    ++frame.index;
    const bool is_of_name = depth_ > 1 && frames_[depth_ - 2].shape == Shape::NamedValues;
    const std::string_view name = is_of_name ? std::string_view(free_keys_[depth_ - 2].name) : std::string_view{};
    frame.field->assign(frame.target, name, found, *frame.field, *this);
    return;
  }
  if (frame.shape == Shape::MapList) {
    ++frame.index;
    if (frame.field->takes_single) return frame.field->assign(frame.target, {}, found, *frame.field, *this);
    reject(found.at, fmt::format("found {}, expected a map", shown(found)));
    return;
  }
  if (is_field_pending()) {
    const FieldSpec& field = *pending_field_;
    const bool is_named = frame.shape == Shape::NamedValues || frame.shape == Shape::NamedMaps;
    const bool is_value = field.shape == Shape::Value || frame.shape == Shape::NamedValues;
    const bool is_inner = frame.shape == Shape::NamedMaps ||
                          (frame.shape == Shape::Map && (field.shape == Shape::ValueList || field.shape == Shape::Map));
    const bool is_absent = found.kind == ScalarKind::Null && frame.shape == Shape::Map;
    if (is_absent) {
      frame.seen &= ~(1U << static_cast<std::size_t>(&field - frame.map->fields.data()));
    } else if (is_value || (is_inner && field.takes_single)) {
      if (field.begin != nullptr && !is_named) field.begin(frame.target, *this);
      field.assign(frame.target, is_named ? free_keys().name : std::string_view{}, found, field, *this);
    } else {
      reject_shape(found.at, shown(found), frame.shape == Shape::Map ? &field : nullptr);
    }
  }
  value_done();
}

void FieldReader::report_missing(const Frame& frame) {
  for (std::size_t i = 0; i < frame.map->fields.size(); ++i) {
    const FieldSpec& field = frame.map->fields[i];
    if (!field.is_required || (frame.seen >> i & 1U) != 0) continue;
    reject(frame.at,
           fmt::format("{} has no {}, expected {}", frame.map->name, field.key,
                       field.shape == Shape::Value ? expectation(field.value) : std::string(expected_shape(&field))));
  }
}

bool FieldReader::has_key(std::string_view name) const noexcept {
  if (depth_ == 0 || skipped_ != 0) return false;
  const Frame& frame = top();
  const auto& names = free_keys().names;
  if (frame.shape != Shape::Map) return std::find(names.begin(), names.end(), name) != names.end();
  return key_position(name).line != 0;
}

Position FieldReader::map_position() const noexcept { return depth_ == 0 ? Position{} : top().at; }

std::optional<std::uint32_t> FieldReader::list_index() const noexcept {
  if (depth_ < 2 || frames_[depth_ - 2].shape != Shape::MapList) return std::nullopt;
  return static_cast<std::uint32_t>(frames_[depth_ - 2].index);
}

Position FieldReader::key_position(std::string_view name) const noexcept {
  const Frame& frame = top();
  for (std::size_t i = 0; i < frame.map->fields.size(); ++i) {
    if (frame.map->fields[i].key == name) return (frame.seen >> i & 1U) != 0 ? frame.key_at[i] : Position{};
  }
  return {};
}

std::string FieldReader::path() const {
  std::string out;
  for (std::size_t i = 0; i < depth_; ++i) {
    const Frame& frame = frames_[i];
    const bool is_list = frame.shape == Shape::ValueList || frame.shape == Shape::MapList;
    const bool is_named = frame.shape == Shape::NamedValues || frame.shape == Shape::NamedMaps;
    if (is_list && frame.index >= 0) fmt::format_to(std::back_inserter(out), "[{}]", frame.index);
    const FieldSpec* inner = nullptr;
    if (i + 1 < depth_) {
      inner = frames_[i + 1].field;
    } else if (pending_ != Pending::Nothing) {
      inner = pending_field_;
    }
    if (is_named && (i + 1 < depth_ || pending_ != Pending::Nothing)) {
      fmt::format_to(std::back_inserter(out), ".{}", free_keys_[i].name);
    } else if (frame.shape == Shape::Map && inner != nullptr) {
      fmt::format_to(std::back_inserter(out), "{}{}", out.empty() ? "" : ".", inner->key);
    }
  }
  return out;
}

void FieldReader::note_position(Position at) { positions_->insert_or_assign(path(), at); }

void FieldReader::reject(Position at, std::string message, std::string hint) {
  issues_->add({Severity::Error, std::string(file_), at, path(), std::move(message), std::move(hint)});
}

void FieldReader::reject_field(std::string_view key, std::string message, std::string hint) {
  const Position at = key_position(key);
  std::string where = path();
  fmt::format_to(std::back_inserter(where), "{}{}", where.empty() ? "" : ".", key);
  issues_->add({Severity::Error, std::string(file_), at.line != 0 ? at : map_position(), std::move(where),
                std::move(message), std::move(hint)});
}

void FieldReader::reject_value(const Scalar& found, const FieldSpec& field) {
  std::string hint;
  const bool wants_text = field.value.type == ValueType::Text || field.value.type == ValueType::Label;
  const bool wants_number = field.value.type == ValueType::Whole || field.value.type == ValueType::Number;
  if (wants_text && (found.kind == ScalarKind::Number || found.kind == ScalarKind::Boolean)) hint = "put it in quotes";
  if (wants_number && found.kind == ScalarKind::Text &&
      parse_decimal(found.text, field.value.decimals).status == DecimalStatus::Ok) {
    hint = "write it without quotes";
  }
  if (field.value.type == ValueType::Enum) {
    const std::string_view near = nearest_name(found.text, field.value.names);
    if (!near.empty()) hint = fmt::format("did you mean {}?", near);
  }
  reject(found.at, fmt::format("found {}, expected {}", shown(found), expectation(field.value)), std::move(hint));
}

void FieldReader::reject_source(Position at, std::string message, Cause cause) {
  issues_->add({Severity::Error, std::string(file_), at, {}, std::move(message), {}, cause});
}

void FieldReader::reject_shape(Position at, std::string_view found, const FieldSpec* field) {
  reject(at, fmt::format("found {}, expected {}", found, expected_shape(field)));
}

}  // namespace migplan
