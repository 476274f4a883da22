#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "lint_rules.hpp"
#include "process_count.hpp"

namespace migplan {
namespace {

constexpr std::string_view kLintProcesses = "lint-processes";

// Names of containers and images that accompany the main process: meshes, proxies to managed services, telemetry,
// configuration, storage drivers. A name stands for itself and for what begins or ends with it at a hyphen.
constexpr auto kSidecars = std::to_array<std::string_view>({"istio-proxy",
                                                            "proxyv2",
                                                            "envoyproxy",
                                                            "linkerd-proxy",
                                                            "consul-dataplane",
                                                            "consul-connect",
                                                            "daprd",
                                                            "fluent-bit",
                                                            "fluentbit",
                                                            "fluentd",
                                                            "filebeat",
                                                            "promtail",
                                                            "telegraf",
                                                            "otel-collector",
                                                            "opentelemetry-collector",
                                                            "otelcol",
                                                            "otel-agent",
                                                            "jaeger-agent",
                                                            "vault-agent",
                                                            "cloud-sql-proxy",
                                                            "cloudsql-proxy",
                                                            "gce-proxy",
                                                            "alloydb-auth-proxy",
                                                            "oauth2-proxy",
                                                            "kube-rbac-proxy",
                                                            "configmap-reload",
                                                            "config-reloader",
                                                            "configmap-reloader",
                                                            "k8s-sidecar",
                                                            "k8s-dns-sidecar",
                                                            "thanos-sidecar",
                                                            "git-sync",
                                                            "node-driver-registrar",
                                                            "csi-provisioner",
                                                            "csi-attacher",
                                                            "csi-resizer",
                                                            "csi-snapshotter",
                                                            "livenessprobe",
                                                            "datadog-agent",
                                                            "cloudwatch-agent",
                                                            "xray-daemon",
                                                            "spiffe-helper",
                                                            "skywalking-agent"});

// Words that business services are called by, too: they stand for a sidecar where they are the whole name of an image.
constexpr std::array<std::string_view, 4> kSidecarImages{"envoy", "vector", "exporter", "sidecar"};

// https://prometheus.io/docs/instrumenting/exporters/: the word alone ends names of many a report.
constexpr auto kExporters = std::to_array<std::string_view>({"apache",
                                                             "aws-cloudwatch",
                                                             "blackbox",
                                                             "cassandra",
                                                             "cloudwatch",
                                                             "consul",
                                                             "couchdb",
                                                             "elasticsearch",
                                                             "haproxy",
                                                             "httpd",
                                                             "ipmi",
                                                             "jmx",
                                                             "kafka",
                                                             "memcached",
                                                             "mongodb",
                                                             "mysql",
                                                             "mysqld",
                                                             "nginx",
                                                             "nginx-prometheus",
                                                             "nginx-vts",
                                                             "node",
                                                             "oracledb",
                                                             "pgbouncer",
                                                             "php-fpm",
                                                             "phpfpm",
                                                             "postgres",
                                                             "postgresql",
                                                             "process",
                                                             "prometheus",
                                                             "proxysql",
                                                             "rabbitmq",
                                                             "redis",
                                                             "smartctl",
                                                             "snmp",
                                                             "solr",
                                                             "sql",
                                                             "squid",
                                                             "stackdriver",
                                                             "statsd",
                                                             "tomcat",
                                                             "uwsgi",
                                                             "valkey",
                                                             "varnish",
                                                             "zookeeper"});

// "repo.example/team/proxyv2:1.20@sha256:…" as "proxyv2".
std::string image_name(std::string_view image) {
  image = image.substr(0, image.find('@'));
  image = image.substr(image.rfind('/') + 1);
  image = image.substr(0, image.find(':'));
  std::string name(image);
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

bool is_named(std::string_view name, std::string_view sidecar) {
  if (name == sidecar) return true;
  if (name.size() <= sidecar.size()) return false;
  return (name.starts_with(sidecar) && name[sidecar.size()] == '-') ||
         (name.ends_with(sidecar) && name[name.size() - sidecar.size() - 1] == '-');
}

// "mysqld-exporter", "prometheus-redis-exporter", "node-exporter-2"
bool is_exporter(std::string_view name) {
  if (name.find("exporter") == std::string_view::npos) return false;
  return std::any_of(kExporters.begin(), kExporters.end(),
                     [name](std::string_view what) { return is_named(name, std::string(what) + "-exporter"); });
}

bool is_sidecar(const Container& container, const Workload& workload, const LintPolicy& policy) {
  const auto& own = workload.own_sidecars;
  if (std::find(own.begin(), own.end(), container.name) != own.end()) return true;
  const std::string image = image_name(container.image);
  if (std::find(kSidecarImages.begin(), kSidecarImages.end(), image) != kSidecarImages.end()) return true;
  if (is_exporter(image) || is_exporter(container.name)) return true;
  const auto is_this = [&](std::string_view sidecar) {
    return is_named(container.name, sidecar) || is_named(image, sidecar);
  };
  return std::any_of(kSidecars.begin(), kSidecars.end(), is_this) ||
         std::any_of(policy.sidecars.begin(), policy.sidecars.end(), is_this);
}

void judge(const Workload& workload, const LintPolicy& policy, LintRows& rows) {
  ObjectLint lint(kLintProcesses, workload.id, rows);
  std::vector<std::string_view> mains;
  for (const Container& container : workload.containers) {
    if (container.restarts_always) continue;
    const ProcessCount inside = process_count(container);
    if (inside.count > 1) {
      count(lint.fail(container.place, say("container {} runs several processes", container.name), inside.evidence),
            static_cast<std::int64_t>(inside.count), 1, "processes");
    }
    if (!is_sidecar(container, workload, policy)) mains.emplace_back(container.name);
  }
  if (mains.size() > 1) {
    count(lint.fail(workload.id.place, say("its pods run {} processes that are no declared sidecars", mains.size()),
                    fmt::format("containers {}", fmt::join(mains, ", "))),
          static_cast<std::int64_t>(mains.size()), 1, "processes");
  }
  lint.pass("its pods run one process besides sidecars");
}

}  // namespace

void lint_processes(const ManifestSet& set, const LintPolicy& policy, LintRows& rows) {
  for (const Workload& workload : set.workloads) judge(workload, policy, rows);
}

}  // namespace migplan
