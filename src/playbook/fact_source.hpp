#pragma once

#include <cstddef>

#include "migplan/playbook/service_facts.hpp"

namespace migplan {

// Where the facts of one service come from.
struct FactSource {
  const Service& service;
  const ServiceDetails& details;
  const Policy& policy;
  const Score& score;
  FactSheet sheet;
  std::size_t callers = 0;
  const DerivedFacts& derived;
};

}  // namespace migplan
