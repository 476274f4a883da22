#include "migplan/verification/canary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

#include "command.hpp"
#include "evidence_files.hpp"
#include "migplan/base/decimal.hpp"
#include "migplan/load/canary_evidence.hpp"
#include "migplan/load/request_log_reader.hpp"
#include "migplan/report/verification_views.hpp"
#include "usage.hpp"
#include "verdicts.hpp"

namespace migplan::cli {
namespace {

struct CanaryOptions {
  CanaryFiles evidence;
  std::string latency_unit, share, rps, inventory, route_sample;
  std::string inconclusive = "fail";
  std::uint64_t seed = 1;
};

// An option that is a number with decimals, read as exactly as a file is; nullopt after the reason was told.
template <class Q>
std::optional<Q> quantity_of(std::string_view option, std::string text, Issues& issues) {
  if (text.empty()) return std::nullopt;
  const bool is_share = std::is_same_v<Q, Percent>;
  if (is_share && text.ends_with('%')) text.pop_back();
  const Decimal read = parse_decimal(text, Q::kDecimals);
  const Q quantity = Q::from_steps(read.steps);
  if (read.status == DecimalStatus::Ok && quantity >= Q::min() && quantity <= Q::max()) return quantity;
  issues.add(usage_issue(fmt::format("{}: found {}, expected a number {}", option, in_quotes(text),
                                     is_share ? "from 0 to 100" : "of 0 or more")));
  return std::nullopt;
}

std::vector<std::string> evidence_paths(const CanaryFiles& files) {
  std::vector<std::string> paths;
  for (const auto* some : {&files.old_side, &files.new_side, &files.old_latencies, &files.new_latencies}) {
    paths.insert(paths.end(), some->begin(), some->end());
  }
  return paths;
}

Issues usage_issues(const Session& session, const CanaryOptions& own) {
  std::vector<std::string> paths = evidence_paths(own.evidence);
  const Options& options = session.options();
  Issues issues;
  if (options.files.empty() && paths.empty()) {
    issues.add(
        usage_issue("no evidence given",
                    "name the JSON of reconcile, or files with --old and --new: the golden signals of both sides"));
  }
  for (const auto& [older, newer] : {std::pair{&own.evidence.old_side, &own.evidence.new_side},
                                     std::pair{&own.evidence.old_latencies, &own.evidence.new_latencies}}) {
    for (const std::string& path : *older) {
      const auto is_same = [&path](const std::string& other) { return is_same_path(path, other); };
      if (std::none_of(newer->begin(), newer->end(), is_same)) continue;
      issues.add(usage_issue(fmt::format("{} is given as the old side and as the new one", path)));
    }
  }
  for (const auto* side : {&own.evidence.old_side, &own.evidence.new_side, &own.evidence.old_latencies,
                           &own.evidence.new_latencies, &options.files}) {
    issues.append(repeated_paths(*side));
  }
  if (options.services.size() > 1) {
    issues.add(usage_issue("the grey release of one service is judged at a time", "name one --service"));
  }
  if (!own.route_sample.empty() && own.share.empty()) {
    issues.add(usage_issue("--route-sample needs --share: how much of the traffic is to be new?"));
  }
  paths.push_back(own.inventory);
  paths.push_back(own.route_sample);
  issues.append(output_issues(session, paths));
  issues.append(output_issues(session, options.files));
  issues.append(session.input_issues(std::move(paths)));
  return issues;
}

Result<std::vector<CanaryDocument>> read_documents(Session& session) {
  std::vector<CanaryDocument> documents;
  Issues issues;
  for (const std::string& path : session.options().files) {
    const auto source = session.open(path);
    issues.append(Issues(source.issues()));
    if (!source.is_ok()) continue;
    auto document = read_canary_document(*source.value(), shown_name(path));
    issues.append(Issues(document.issues()));
    if (document.is_ok()) documents.push_back(std::move(document).value());
  }
  if (issues.has_errors()) return issues;
  return documents;
}

Result<GatheredCanary> gather(Session& session, const CanaryFiles& paths) {
  const auto documents = read_documents(session);
  auto files = read_evidence(session, evidence_paths(paths));
  Issues issues = documents.issues();
  issues.append(Issues(files.issues()));
  if (issues.has_errors()) return issues;
  const auto& services = session.options().services;
  auto gathered =
      gather_canary(services.empty() ? std::string() : services.front(), documents.value(), paths, files.value());
  if (gathered.is_ok()) session.diagnostics().report(files.issues());
  return gathered;
}

// The traffic that the inventory states of the service, where one is named for it.
Result<std::optional<RequestsPerSecond>> traffic_in(Session& session, const std::string& inventory,
                                                    const std::string& service) {
  const auto inputs = session.inputs_at({inventory});
  if (!inputs.is_ok()) return inputs.issues();
  const auto read = session.read_inventory_inputs(inputs.value());
  if (!read.is_ok()) return read.issues();
  const auto found = read.value().find(service);
  if (!found) {
    return usage_issue(fmt::format("{} has no service {}", inventory, in_quotes(service)),
                       service.empty() ? "name a --service" : "");
  }
  const auto& traffic = profile_of(read.value()[*found]).traffic;
  return traffic.is_known() ? std::optional(traffic.value()) : std::nullopt;
}

Result<std::optional<RoutedLog>> routed_log(Session& session, const CanaryOptions& own, const CanaryPolicy& policy,
                                            std::optional<Percent> share) {
  if (own.route_sample.empty()) return std::optional<RoutedLog>();
  const auto source = session.open(own.route_sample);
  if (!source.is_ok()) return source.issues();
  const RoutingRule rule(policy, share.value_or(Percent{}), own.seed);
  RoutedLog log;
  const std::string name = shown_name(own.route_sample);
  Issues issues = read_request_log(*source.value(), name, policy.header,
                                   [&](const LoggedRequest& request) { log.add(rule, request); });
  if (!issues.has_errors() && log.requests() == 0) issues.add({Severity::Error, name, {}, "", "holds no requests", ""});
  if (issues.has_errors()) return issues;
  return std::optional(log);
}

// The share after this verdict.
std::optional<Percent> share_after(CanaryAction action, const CanaryPolicy& policy, std::optional<Percent> share) {
  switch (action) {
    case CanaryAction::RollBack: return Percent{};
    case CanaryAction::Hold: return share;
    case CanaryAction::Continue: break;
  }
  if (!share) return std::nullopt;
  const auto next = next_share(policy, *share);
  return next ? next : share;
}

struct Inputs {
  Policy policy;
  Session::DatedExemptions exemptions;
  GatheredCanary gathered;
  std::optional<Percent> share;
  std::optional<RequestsPerSecond> traffic;
  std::optional<RoutedLog> routed;
};

// Everything that is read, every problem of it at once.
Result<Inputs> read_inputs(Session& session, const CanaryOptions& own) {
  Issues issues = usage_issues(session, own);
  const auto share = quantity_of<Percent>("--share", own.share, issues);
  auto traffic = quantity_of<RequestsPerSecond>("--rps", own.rps, issues);
  if (issues.has_errors()) return issues;
  auto policy = session.policy();
  auto exemptions = session.exemptions();
  auto gathered = gather(session, own.evidence);
  issues.append(Issues(policy.issues()));
  issues.append(Issues(exemptions.issues()));
  issues.append(Issues(gathered.issues()));
  if (issues.has_errors()) return issues;
  if (!traffic && !own.inventory.empty()) {
    const auto stated = traffic_in(session, own.inventory, gathered.value().evidence.service);
    if (!stated.is_ok()) return stated.issues();
    traffic = stated.value();
  }
  const auto routed = routed_log(session, own, policy.value().canary(), share);
  if (!routed.is_ok()) return routed.issues();
  return Result<Inputs>(Inputs{std::move(policy).value(), std::move(exemptions).value(), std::move(gathered).value(),
                               share, traffic, routed.value()},
                        std::move(issues));
}

int run_canary(Session& session, const CanaryOptions& own) {
  const auto read = read_inputs(session, own);
  if (!read.is_ok()) return session.fail(read.issues());
  const Inputs& inputs = read.value();
  const CanaryPolicy& policy = inputs.policy.canary();
  std::vector<Check> checks = canary_checks(inputs.gathered.evidence, policy, own.seed);
  Issues remarks = read.issues();
  remarks.append(exempt(inputs.exemptions, checks, kCanaryRules));
  session.diagnostics().report(remarks);

  const CanaryAction action = action_of(checks);
  const auto ramp = ramp_of(policy, inputs.traffic);
  const InconclusiveAs inconclusive = inconclusive_as(own.inconclusive);
  const CanaryView view{.service = inputs.gathered.evidence.service,
                        .checks = checks,
                        .inconclusive = inconclusive,
                        .action = action,
                        .share = inputs.share,
                        .next_share = share_after(action, policy, inputs.share),
                        .ramp = ramp,
                        .routed = inputs.routed ? &*inputs.routed : nullptr,
                        .header = policy.header,
                        .notes = inputs.gathered.notes};
  return session.print(canary_report(view, session.options().choice), exit_code_of(checks, inconclusive));
}

void add_evidence_options(const Arguments& arguments, CanaryOptions& own) {
  const auto add = [&arguments](const char* name, std::vector<std::string>& files, const char* description) {
    arguments.add_option(name, files, description).option_text("FILE").allow_extra_args(false).group("Input");
  };
  add("--old", own.evidence.old_side, "A load test or metrics of the old side: its golden signals; repeatable");
  add("--new", own.evidence.new_side, "The same of the new side");
  add("--old-latencies", own.evidence.old_latencies, "Time series of a latency of the old side; repeatable");
  add("--new-latencies", own.evidence.new_latencies, "The same of the new side");
  arguments.add_option("--latency-unit", own.latency_unit, "Unit of these series; default: as the metric's name ends")
      .one_of({"s", "ms"})
      .option_text("s|ms")
      .group("Input");
}

void add_release_options(const Arguments& arguments, CanaryOptions& own) {
  constexpr const char* kGroup = "Grey release";
  arguments.add_option("--share", own.share, "Share of the traffic that is on the new service now")
      .option_text("PERCENT")
      .group(kGroup);
  arguments.add_option("--rps", own.rps, "Requests a second of the service: how long the steps of the ramp take")
      .option_text("N")
      .group(kGroup);
  arguments.add_option("--inventory", own.inventory, "Inventory that states them in traffic")
      .option_text("FILE")
      .group(kGroup);
  arguments.add_option("--route-sample", own.route_sample, "Access log, NDJSON or CSV: where the routing rule sends it")
      .option_text("FILE")
      .group(kGroup);
  arguments.add_option("--seed", own.seed, "Seed of the bootstrap and of the routing; default 1")
      .option_text("N")
      .range(std::uint64_t{0}, kGreatestSeed)
      .group(kGroup);
}

}  // namespace

Action set_up_canary(const Arguments& arguments, Options& options) {
  const auto own = std::make_shared<CanaryOptions>();
  arguments
      .add_option("FILES", options.files,
                  "JSON of reconcile, golden signals (YAML or JSON), or a document with both; - = standard input")
      .option_text(" ")
      .group("Input");
  add_service_option(arguments, options, "Whose release it is; default: what the evidence says");
  add_evidence_options(arguments, *own);
  add_project_option(arguments, options);
  add_policy_option(arguments, options);
  add_release_options(arguments, *own);
  add_inconclusive_option(arguments, own->inconclusive, "checks without enough evidence");
  add_exemptions_option(arguments, options);
  add_exemptions_day_option(arguments, options);
  add_table_option(arguments, options, "checks, ramp or routing");
  add_table_options(arguments, options);
  add_output_options(arguments, options, {View::Findings});
  add_general_options(arguments, options);
  return [own](Session& session) {
    if (!own->latency_unit.empty()) {
      own->evidence.latency_unit = own->latency_unit == "s" ? LatencyUnit::InSeconds : LatencyUnit::InMilliseconds;
    }
    return run_canary(session, *own);
  };
}

}  // namespace migplan::cli
