#pragma once

#include <string>
#include <string_view>

#include "migplan/base/issue.hpp"
#include "migplan/model/inventory.hpp"

namespace migplan {

// A payload that a service states, and what goes on the wire.
struct PayloadVerdict {
  std::string java, go, zero_copy, reason, wire;
  bool holds_numbers = false;  // it goes as it lies, wholly or in part, and slices of numbers are in it
};

// A type that cannot be read is no failure: its Go type is empty, its verdict unknown, and the reason says why.
[[nodiscard]] PayloadVerdict payload_verdict(std::string_view java);

// Warnings in its file for the payloads of one service that cannot be read.
[[nodiscard]] Issues payload_issues(const Inventory& inventory, ServiceIndex service);

}  // namespace migplan
