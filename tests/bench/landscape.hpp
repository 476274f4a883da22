// The made-up services of a benchmark: any number, the same for the same seed on every machine.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

enum class Shape {
  Wide,   // stated topology, up to four dependencies on any other service
  Chain,  // topology to be derived; each service depends on the next, so one chain holds all
};

struct Landscape {
  std::uint64_t services = 0;
  std::uint64_t seed = 1;
  Shape shape = Shape::Wide;
};

struct Dependency {
  std::uint64_t target;
  std::string service;
  bool strong;
};

struct Service {
  std::uint64_t index;
  std::string name;
  std::string display_name;
  std::string_view domain;
  std::string_view squad;
  std::string_view kind;
  std::string_view owner;
  std::string_view stack;
  std::string_view status;
  std::uint64_t peak_orders_per_second;
  std::uint64_t sla_30d_hundredths;
  std::uint64_t sonar_debt_days;
  std::uint64_t high_risk_vulnerabilities;
  std::uint64_t upstream_chain_length;
  std::vector<Dependency> depends_on;
  std::optional<std::array<std::uint64_t, 2>> coupling;
  std::optional<int> jdk;
  std::string_view framework;
  std::optional<std::uint64_t> requests_per_second;
};

// O(1) and independent of every other call; index < landscape.services.
Service make_service(const Landscape& landscape, std::uint64_t index);

std::size_t strong_dependencies(const Service& service);

}  // namespace bench
