// bench_generate: writes an inventory of any size to standard output.

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <iterator>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "landscape.hpp"

namespace {

using bench::Dependency;
using bench::Landscape;
using bench::Service;
using bench::Shape;

enum class Format { Yaml, Jsonl, Json, Csv };

struct Options {
  Landscape landscape;
  Format format = Format::Jsonl;
};

using Buffer = fmt::memory_buffer;

template <typename... Args>
void put(Buffer& out, fmt::format_string<Args...> text, Args&&... args) {
  fmt::format_to(std::back_inserter(out), text, std::forward<Args>(args)...);
}

void put_json_dependencies(Buffer& out, const Service& service) {
  put(out, R"(,"depends_on":[)");
  std::string_view separator;
  for (const Dependency& edge : service.depends_on) {
    put(out, R"({}{{"service":"{}"{}}})", separator, edge.service, edge.strong ? "" : R"(,"strength":"weak")");
    separator = ",";
  }
  put(out, "]");
}

void put_json_optional_facts(Buffer& out, const Service& service) {
  if (service.coupling) {
    put(out, R"(,"coupling":{{"core_flow_calls":{},"data_dependency_interfaces":{}}})", (*service.coupling)[0],
        (*service.coupling)[1]);
  }
  if (service.jdk) {
    put(out, R"(,"platform":{{"jdk":{},"framework":"{}"}})", *service.jdk, service.framework);
  }
  if (service.requests_per_second) {
    put(out, R"(,"traffic":{{"requests_per_second":{}}})", *service.requests_per_second);
  }
}

void put_json(Buffer& out, const Service& service, Shape shape) {
  put(out, R"({{"name":"{}","display_name":"{}","domain":"{}","team":"{}-{}")", service.name, service.display_name,
      service.domain, service.domain, service.squad);
  put(out, R"(,"kind":"{}","owner":"{}","stack":["java","{}"])", service.kind, service.owner, service.stack);
  put(out, R"(,"impact":{{"peak_orders_per_second":{},"sla_30d":{}.{:02}}})", service.peak_orders_per_second,
      service.sla_30d_hundredths / 100, service.sla_30d_hundredths % 100);
  put(out, R"(,"debt":{{"sonar_debt_days":{},"high_risk_vulnerabilities":{}}})", service.sonar_debt_days,
      service.high_risk_vulnerabilities);
  if (shape == Shape::Wide) {
    put(out, R"(,"topology":{{"upstream_chain_length":{},"downstream_strong_dependencies":{}}})",
        service.upstream_chain_length, strong_dependencies(service));
  }
  put_json_dependencies(out, service);
  put_json_optional_facts(out, service);
  put(out, R"(,"status":"{}"}})", service.status);
}

void put_yaml_dependencies(Buffer& out, const Service& service) {
  put(out, "    depends_on: [");
  std::string_view separator;
  for (const Dependency& edge : service.depends_on) {
    put(out, "{}{{service: {}{}}}", separator, edge.service, edge.strong ? "" : ", strength: weak");
    separator = ", ";
  }
  put(out, "]\n");
}

void put_yaml(Buffer& out, const Service& service, Shape shape) {
  put(out, "  - name: {}\n    display_name: {}\n    domain: {}\n", service.name, service.display_name, service.domain);
  put(out, "    impact: {{peak_orders_per_second: {}, sla_30d: {}.{:02}}}\n", service.peak_orders_per_second,
      service.sla_30d_hundredths / 100, service.sla_30d_hundredths % 100);
  put(out, "    debt: {{sonar_debt_days: {}, high_risk_vulnerabilities: {}}}\n", service.sonar_debt_days,
      service.high_risk_vulnerabilities);
  if (shape == Shape::Wide) {
    put(out, "    topology: {{upstream_chain_length: {}, downstream_strong_dependencies: {}}}\n",
        service.upstream_chain_length, strong_dependencies(service));
  }
  put_yaml_dependencies(out, service);
}

// Columns are the paths of the inventory's keys. A list of dependencies has no agreed cell form, so it is left out.
constexpr std::string_view kCsvHeader =
    "name,display_name,domain,team,kind,owner,impact.peak_orders_per_second,impact.sla_30d,"
    "debt.sonar_debt_days,debt.high_risk_vulnerabilities,topology.upstream_chain_length,"
    "topology.downstream_strong_dependencies,status\r\n";

void put_csv(Buffer& out, const Service& service) {
  put(out, "{},{},{},{}-{},{},{},", service.name, service.display_name, service.domain, service.domain, service.squad,
      service.kind, service.owner);
  put(out, "{},{}.{:02},{},{},{},{},{}\r\n", service.peak_orders_per_second, service.sla_30d_hundredths / 100,
      service.sla_30d_hundredths % 100, service.sonar_debt_days, service.high_risk_vulnerabilities,
      service.upstream_chain_length, strong_dependencies(service), service.status);
}

void put_head(Buffer& out, Format format) {
  switch (format) {
    case Format::Yaml: put(out, "schema: migplan/inventory/v1\nservices:\n"); break;
    case Format::Json: put(out, R"({{"schema":"migplan/inventory/v1","services":[{})", "\n"); break;
    case Format::Csv: put(out, "{}", kCsvHeader); break;
    case Format::Jsonl: break;
  }
}

void put_service(Buffer& out, const Service& service, const Options& options) {
  switch (options.format) {
    case Format::Yaml: put_yaml(out, service, options.landscape.shape); break;
    case Format::Json:
      put_json(out, service, options.landscape.shape);
      put(out, "{}\n", service.index + 1 == options.landscape.services ? "" : ",");
      break;
    case Format::Csv: put_csv(out, service); break;
    case Format::Jsonl:
      put_json(out, service, options.landscape.shape);
      put(out, "\n");
      break;
  }
}

bool flush(Buffer& out) {
  const bool written = std::fwrite(out.data(), 1, out.size(), stdout) == out.size();
  out.clear();
  return written;
}

bool generate(const Options& options) {
  constexpr std::size_t kFlushAt = std::size_t{1} << 20;
  Buffer out;
  put_head(out, options.format);
  for (std::uint64_t index = 0; index < options.landscape.services; ++index) {
    put_service(out, make_service(options.landscape, index), options);
    if (out.size() >= kFlushAt && !flush(out)) {
      return false;
    }
  }
  if (options.format == Format::Json) {
    put(out, "]}}\n");
  }
  return flush(out) && std::fflush(stdout) == 0;
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

template <typename T, std::size_t N>
bool choose(T& chosen, std::string_view text, const std::array<std::pair<std::string_view, T>, N>& choices) {
  for (const auto& [word, value] : choices) {
    if (word == text) {
      chosen = value;
      return true;
    }
  }
  return false;
}

bool set_option(Options& options, std::string_view key, std::string_view value) {
  constexpr auto kFormats = std::to_array<std::pair<std::string_view, Format>>(
      {{"yaml", Format::Yaml}, {"jsonl", Format::Jsonl}, {"json", Format::Json}, {"csv", Format::Csv}});
  constexpr auto kShapes =
      std::to_array<std::pair<std::string_view, Shape>>({{"wide", Shape::Wide}, {"chain", Shape::Chain}});
  if (key == "--format") {
    return choose(options.format, value, kFormats);
  }
  if (key == "--shape") {
    return choose(options.landscape.shape, value, kShapes);
  }
  const std::optional<std::uint64_t> number = whole_number(value);
  if (key == "--services" && number) {
    options.landscape.services = *number;
    return true;
  }
  if (key == "--seed" && number) {
    options.landscape.seed = *number;
    return true;
  }
  return false;
}

std::optional<Options> options_from(const std::vector<std::string_view>& args) {
  Options options;
  if (args.size() % 2 != 0) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < args.size(); i += 2) {
    if (!set_option(options, args[i], args[i + 1])) {
      return std::nullopt;
    }
  }
  const bool chain_is_lost = options.format == Format::Csv && options.landscape.shape == Shape::Chain;
  return options.landscape.services == 0 || chain_is_lost ? std::nullopt : std::optional(options);
}

}  // namespace

int main(int argc, char** argv) {
  const std::optional<Options> options = options_from(std::vector<std::string_view>(argv + 1, argv + argc));
  if (!options) {
    fmt::print(stderr,
               "usage: bench_generate --services N [--format yaml|jsonl|json|csv] [--seed S] [--shape wide|chain]\n"
               "A chain stands in depends_on, which csv does not carry.\n");
    return 2;
  }
  return generate(*options) ? 0 : 3;
}
