#pragma once

#include "migplan/load/evidence_reader.hpp"

// The formats of evidence, each defined in a file of its own.
namespace migplan {}  // namespace migplan
