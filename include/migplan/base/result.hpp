#pragma once

#include <optional>
#include <utility>

#include "migplan/base/assert.hpp"
#include "migplan/base/issue.hpp"

namespace migplan {

// A value or the reasons why there is none. Warnings may stand beside a value; errors never do.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value, Issues issues = {})
      : value_(std::move(value)), issues_(std::move(issues)) {  // NOLINT: implicit by design
    if (issues_.has_errors()) value_.reset();
  }
  Result(Issues issues) : issues_(std::move(issues)) {  // NOLINT: implicit by design
    MIGPLAN_ASSERT(issues_.has_errors());
  }
  Result(Issue issue) { issues_.add(std::move(issue)); }  // NOLINT: implicit by design

  [[nodiscard]] bool is_ok() const noexcept { return value_.has_value(); }
  [[nodiscard]] const T& value() const& {
    MIGPLAN_ASSERT(value_.has_value());
    return *value_;
  }
  [[nodiscard]] T&& value() && {
    MIGPLAN_ASSERT(value_.has_value());
    return std::move(*value_);
  }
  [[nodiscard]] const Issues& issues() const& noexcept { return issues_; }
  [[nodiscard]] Issues&& issues() && noexcept { return std::move(issues_); }

 private:
  std::optional<T> value_;
  Issues issues_;
};

}  // namespace migplan
