#include "migplan/load/gate_evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <iterator>
#include <optional>
#include <thread>
#include <utility>

#include "migplan/verification/metric_facts.hpp"
#include "migplan/verification/service_series.hpp"

namespace migplan {
namespace {

// What a file was named for.
enum class Facet : std::uint8_t { LoadTest, Memory, Grpc, Any };

std::string_view expected_of(Facet facet) noexcept {
  switch (facet) {
    case Facet::LoadTest: return "the output of a load generator";
    case Facet::Memory: return "a reading of memory, or metrics";
    case Facet::Grpc: return "metrics";
    case Facet::Any: break;
  }
  return "";
}

// Sorts the evidence of one side into what it says.
class SideGatherer {
 public:
  SideGatherer(const ServiceManifest& manifest, const EvidenceFiles& files, Issues& issues)
      : manifest_(manifest), files_(files), issues_(issues) {
    names_.emplace_back(manifest.service);
    names_.insert(names_.end(), manifest.aliases.begin(), manifest.aliases.end());
  }

  GateSide operator()(const SideManifest& side, std::string_view name) {
    side_ = side.stated;
    for (const auto& [facet, key, all] :
         {std::tuple{Facet::LoadTest, "load_test", &side.load_test}, std::tuple{Facet::Memory, "memory", &side.memory},
          std::tuple{Facet::Grpc, "grpc", &side.grpc}, std::tuple{Facet::Any, "", &side.any}}) {
      facet_ = facet;
      field_ = fmt::format("{}.{}", name, key);
      for (const EvidenceFile& file : *all) add(file);
    }
    return std::move(side_);
  }

 private:
  void add(const EvidenceFile& file) {
    const auto found = files_.find(file.path);
    MIGPLAN_ASSERT(found != files_.end());
    file_ = &file;
    std::visit([this](const auto& evidence) { take(evidence); }, found->second);
  }

  void take(const LoadTest& test) {
    if (facet_ != Facet::LoadTest && facet_ != Facet::Any) return refuse("a load test");
    side_.load_tests.push_back(test);
  }

  void take(const std::vector<MemoryReading>& readings) {
    if (facet_ != Facet::Memory && facet_ != Facet::Any) return refuse("readings of memory");
    side_.memory.insert(side_.memory.end(), readings.begin(), readings.end());
  }

  void take(const MetricSamples& samples) {
    if (facet_ == Facet::LoadTest) return refuse("metrics");
    const ServiceSeries own = series_of(samples, names_);
    if (own.is_foreign) return tell_foreign(own.others);
    bool has_any = false;
    if (facet_ != Facet::Grpc) {
      for (auto reading : {resident_memory(own.samples), heap_memory(own.samples)}) {
        if (!reading) continue;
        has_any = true;
        side_.memory.push_back(*std::move(reading));
      }
    }
    if (facet_ != Facet::Memory) {
      if (auto calls = grpc_calls(own.samples)) {
        has_any = true;
        side_.grpc.push_back(*std::move(calls));
      }
    }
    if (!has_any) tell_empty(own.samples.series().empty());
  }

  void refuse(std::string_view found) {
    issues_.add({Severity::Error, manifest_.file, file_->at, field_,
                 fmt::format("{} holds {}, expected {}", in_quotes(file_->path), found, expected_of(facet_)), ""});
  }

  void tell_foreign(const std::vector<std::string>& others) {
    constexpr std::size_t kShown = 3;
    const std::vector<std::string> first(others.begin(),
                                         others.begin() + static_cast<std::ptrdiff_t>(std::min(kShown, others.size())));
    issues_.add({Severity::Error,
                 file_->path,
                 {},
                 "",
                 fmt::format("holds metrics of {}{}, none of {}", fmt::join(first, ", "),
                             others.size() > kShown ? fmt::format(" and {} more", others.size() - kShown) : "",
                             manifest_.service),
                 "if that is another name of it, put it under aliases of an evidence manifest"});
  }

  void tell_empty(bool has_no_series) {
    const std::string_view wanted = facet_ == Facet::Memory ? "memory"
                                    : facet_ == Facet::Grpc ? "gRPC calls that a server handled"
                                                            : "memory, and none of gRPC calls that a server handled";
    issues_.add({Severity::Warning,
                 file_->path,
                 {},
                 "",
                 has_no_series ? std::string("holds no samples: that is no evidence")
                               : fmt::format("holds no metrics of {} that are known here", wanted),
                 ""});
  }

  const ServiceManifest& manifest_;
  const EvidenceFiles& files_;
  Issues& issues_;
  std::vector<std::string_view> names_;
  GateSide side_;
  Facet facet_ = Facet::Any;
  std::string field_;
  const EvidenceFile* file_ = nullptr;
};

}  // namespace

Result<EvidenceFiles> read_evidence_files(std::vector<EvidenceSource> sources, unsigned threads) {
  std::vector<std::optional<Result<Evidence>>> read(sources.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&sources, &read, &next] {
    for (std::size_t i = next++; i < sources.size(); i = next++) {
      read[i] = read_evidence(*sources[i].bytes, sources[i].path);
    }
  };
  {
    std::vector<std::jthread> pool;
    for (std::size_t i = 1; i < std::min<std::size_t>(threads, sources.size()); ++i) pool.emplace_back(work);
    work();
  }
  Issues issues;
  EvidenceFiles files;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    issues.append(Issues(read[i]->issues()));
    if (read[i]->is_ok()) files.insert_or_assign(sources[i].path, std::move(*read[i]).value());
  }
  if (issues.has_errors()) return issues;
  return Result<EvidenceFiles>(std::move(files), std::move(issues));
}

std::vector<std::string> evidence_paths(const ServiceManifest& manifest) {
  std::vector<std::string> paths;
  for (const SideManifest* side : {&manifest.baseline, &manifest.candidate}) {
    for (const auto* files : {&side->load_test, &side->memory, &side->grpc, &side->any}) {
      for (const EvidenceFile& file : *files) {
        if (std::find(paths.begin(), paths.end(), file.path) == paths.end()) paths.push_back(file.path);
      }
    }
  }
  return paths;
}

Result<GateEvidence> gate_evidence(const ServiceManifest& manifest, const EvidenceFiles& files) {
  Issues issues;
  SideGatherer gather(manifest, files, issues);
  GateEvidence evidence{manifest.service, gather(manifest.baseline, "baseline"),
                        gather(manifest.candidate, "candidate")};
  if (issues.has_errors()) return issues;
  return Result<GateEvidence>(std::move(evidence), std::move(issues));
}

}  // namespace migplan
