#include "migplan/model/check_rule.hpp"

#include <algorithm>
#include <array>

namespace migplan {
namespace {

constexpr std::array kRules{
    CheckRule{"tier-moved", "A service is in another tier than before"},
    CheckRule{"service-added", "A service is new"},
    CheckRule{"service-removed", "A service is gone"},
    CheckRule{"score-changed", "A service has another score in the same tier"},
    CheckRule{"gate-throughput", "Successful requests a second grow by the limit at least"},
    CheckRule{"gate-memory", "The peak memory falls by the limit at least"},
    CheckRule{"gate-grpc-unavailable", "Calls that end UNAVAILABLE stay within their share"},
    CheckRule{"gate-grpc-deadline-exceeded", "Calls that end DEADLINE_EXCEEDED stay within their share"},
    CheckRule{"reconcile-fields", "Every compared field is the same on both sides"},
    CheckRule{"reconcile-version", "The version is the same on both sides"},
    CheckRule{"reconcile-missing", "Every request stands on both sides"},
    CheckRule{"reconcile-repeated", "A repeated record says the same as the first one"},
    CheckRule{"canary-p99-delta", "The 99th percentile grows by the limit at most"},
    CheckRule{"canary-difference", "Pairs with a business difference stay below their share"},
    CheckRule{"canary-version", "The version is the same in its share of the pairs at least"},
    CheckRule{"canary-success-rate", "The new side's success rate reaches its limit"},
    CheckRule{"canary-p95", "The new side's 95th percentile stays within its limit"},
    CheckRule{"canary-http-5xx", "The new side's answers of status 500 and above stay within their share"},
    CheckRule{"canary-success-worse", "The new side's success rate is no worse than the old side's interval"},
    CheckRule{"canary-5xx-worse", "The new side's share of HTTP 5xx is no worse than the old side's interval"},
    CheckRule{"canary-p95-worse", "The new side's 95th percentile grows by the limit at most"},
    CheckRule{"canary-latency-worse", "The new side's latencies are no greater, neither as a whole nor in their tail"},
    CheckRule{"sunset-evidence", "What the stage asks for is measured up to the moment that is judged"},
    CheckRule{"sunset-grey-p99", "Grey stage: the 99th percentile stays within its limit, or is above it only briefly"},
    CheckRule{"sunset-grey-errors", "Grey stage: the error rate stays within its limit"},
    CheckRule{"sunset-on-target", "Dual write: the new service is on target for days in a row"},
    CheckRule{"sunset-consistency", "Dual write: both services have written the same"},
    CheckRule{"sunset-cdc-delay", "Change data capture keeps up, or compensation helps"},
    CheckRule{"sunset-old-requests", "Read-only: nobody asks the old service"},
    CheckRule{"sunset-quiet", "Read-only: no anomaly for hours in a row"},
    CheckRule{"slo-shape", "An objective can be kept and can be broken, and stands there once"},
    CheckRule{"slo-agreement", "A stated error budget is what the objective leaves"},
    CheckRule{"slo-budget", "No more requests fail than the window allows"},
    CheckRule{"slo-burn", "The error budget lasts to the end of the window at the rate so far"},
    CheckRule{"slo-latency", "The 95th percentile keeps the limit of the objective"},
    CheckRule{"slo-coverage", "Unit tests cover the limit at least"},
    CheckRule{"outcome-better", "An indicator is no worse than before the migration"},
    CheckRule{"lint-password", "No password stands in a ConfigMap or as the value of an environment variable",
              "Whoever may read the manifest or the ConfigMap has the password; it cannot be changed without a rollout "
              "and stays "
              "in the history of the repository.",
              "Keep it in a secret store and have it injected (Vault Agent Injector, External Secrets, secretKeyRef); "
              "change the "
              "password that stood here."},
    CheckRule{"lint-processes", "A pod runs one process besides its sidecars",
              "Processes of one pod start, scale, fail and are restarted together; a process beside the main one dies "
              "unseen.",
              "Give each process a Deployment of its own; declare what belongs to the main one as a sidecar: an init "
              "container "
              "with restartPolicy: Always, or the annotation migplan.io/sidecars."},
    CheckRule{"lint-exec", "Nobody may run commands in running containers, and debugging is audited",
              "What is done inside a running container by kubectl exec leaves no trace and changes what runs.",
              "Take pods/exec and pods/attach out of the role; debug with ephemeral containers (kubectl debug), and "
              "let the audit "
              "policy log pods/ephemeralcontainers."},
    CheckRule{"lint-values", "A Helm chart has one values file, not one for each environment",
              "A values file for each environment is a branch of the configuration: the files drift apart, and what "
              "was tested is "
              "not what is released.",
              "Keep one values.yaml and put what differs into Kustomize overlays."},
    CheckRule{"lint-logs", "Logs are JSON with the fields of the policy",
              "Lines without a trace id, the service and a level as fields cannot be joined across services.",
              "Write JSON (LogstashEncoder, EcsEncoder, JsonTemplateLayout, logging.structured.format) with the fields "
              "that the "
              "policy names."},
    CheckRule{
        "lint-budget", "A disruption budget keeps enough pods of a workload",
        "A drained node may take all pods of a service at once.",
        "Add a PodDisruptionBudget with minAvailable: 2 whose selector and namespace are those of the pods, and enough "
        "replicas for it."},
    CheckRule{"lint-tls", "Whatever takes traffic from outside takes it by TLS",
              "Traffic from outside can be read and changed on its way.",
              "Give the host a certificate: spec.tls, or what the controller's annotations name."},
    CheckRule{
        "lint-client-certificates", "Whatever takes traffic from outside asks for client certificates",
        "With TLS of the server alone, whoever reaches the entrance may call the service.",
        "Ask for client certificates (auth-tls-secret, RequireAndVerifyClientCert, tls.mode: MUTUAL), best with SPIFFE "
        "identities."},
};

}  // namespace

std::span<const CheckRule> check_rules() noexcept { return kRules; }

const CheckRule* find_check_rule(std::string_view check) noexcept {
  const auto* const found =
      std::find_if(kRules.begin(), kRules.end(), [check](const CheckRule& rule) { return rule.check == check; });
  return found == kRules.end() ? nullptr : &*found;
}

}  // namespace migplan
