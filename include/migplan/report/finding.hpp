#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/issue.hpp"
#include "migplan/model/check_rule.hpp"
#include "migplan/model/exemption.hpp"

namespace migplan {

// One check of one service, as the formats for CI systems show it.
struct Finding {
  std::string_view check;
  std::string_view service;
  Verdict verdict = Verdict::Pass;
  bool is_objection = true;            // of a Fail or an Inconclusive one: whether it ends in a "no"
  std::string message{};               // one line
  std::vector<std::string> details{};  // further lines
  std::string_view file{};             // where to look; empty = nowhere
  Position at{};
  const Exemption* exemption = nullptr;  // of an Exempted one
  Severity severity = Severity::Error;   // of a Fail
  std::string subject{};                 // what tells it from others of its check and service
};

// All checks of a run, made when a format asks for them. Whoever makes them keeps their data alive.
struct FindingList {
  std::string suite;
  std::vector<CheckRule> rules;
  std::function<std::vector<Finding>()> all;
};

}  // namespace migplan
