#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "migplan/base/decimal.hpp"
#include "migplan/model/exemption.hpp"

namespace migplan {

// A check as a report of ours states it, long after it was made.
struct StatedVerdict {
  std::string service;  // empty = none in particular
  std::string check;    // the rule
  Verdict verdict = Verdict::Inconclusive;
  std::optional<Number> observed{}, limit{};  // in `unit`
  std::string unit;
  std::optional<Number> samples{};
  std::optional<Number> low{}, high{};
  std::string source, message;
};

struct VerdictFile {
  std::string file;
  std::string command;  // "gate": who made it
  std::vector<StatedVerdict> verdicts;
};

}  // namespace migplan
