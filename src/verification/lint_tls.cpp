#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "lint_rules.hpp"

namespace migplan {
namespace {

constexpr std::string_view kTls = "lint-tls";
constexpr std::string_view kClients = "lint-client-certificates";

// Annotations by which a controller serves TLS although spec.tls says nothing.
constexpr std::array<std::string_view, 7> kCertificates{"alb.ingress.kubernetes.io/certificate-arn",
                                                        "ingress.gcp.kubernetes.io/pre-shared-cert",
                                                        "networking.gke.io/managed-certificates",
                                                        "networking.gke.io/certmap",
                                                        "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
                                                        "service.beta.kubernetes.io/aws-load-balancer-ssl-cert",
                                                        "kubernetes.digitalocean.com/certificate-id"};
constexpr std::array<std::string_view, 4> kSwitches{
    "traefik.ingress.kubernetes.io/router.tls", "nginx.ingress.kubernetes.io/ssl-passthrough",
    "haproxy.org/ssl-passthrough", "ingress.kubernetes.io/ssl-passthrough"};
constexpr std::string_view kPorts = "alb.ingress.kubernetes.io/listen-ports";
constexpr std::string_view kOptions = "traefik.ingress.kubernetes.io/router.tls.options";
constexpr std::array<std::string_view, 4> kClientSecrets{
    "nginx.ingress.kubernetes.io/auth-tls-secret", "haproxy-ingress.github.io/auth-tls-secret",
    "ingress.kubernetes.io/auth-tls-secret", "haproxy.org/client-ca"};

std::string_view annotation(const Entrance& entrance, std::string_view key) {
  const auto found = entrance.annotations.find(key);
  return found == entrance.annotations.end() ? std::string_view() : std::string_view(found->second);
}

// ALB looks for a certificate of the hosts by itself where a port of HTTPS is asked for; HTTP beside it must be sent
// on.
bool is_https_only(const Entrance& entrance) {
  const std::string_view ports = annotation(entrance, kPorts);
  const bool has_http = ports.find("\"HTTP\"") != std::string_view::npos;
  return ports.find("\"HTTPS\"") != std::string_view::npos &&
         (!has_http || !annotation(entrance, "alb.ingress.kubernetes.io/ssl-redirect").empty());
}

// The annotation that says that TLS is served; empty = none does.
std::string_view tls_annotation(const Entrance& entrance) {
  for (const std::string_view key : kCertificates) {
    if (!annotation(entrance, key).empty()) return key;
  }
  for (const std::string_view key : kSwitches) {
    if (annotation(entrance, key) == "true") return key;
  }
  return is_https_only(entrance) ? kPorts : std::string_view();
}

bool is_passthrough(const Entrance& entrance) {
  return std::any_of(kSwitches.begin() + 1, kSwitches.end(),
                     [&](std::string_view key) { return annotation(entrance, key) == "true"; });
}

// A wildcard stands for one label.
bool is_covered(std::string_view host, const std::vector<std::string>& secured) {
  const std::size_t point = host.find('.');
  const std::string_view parent = point == std::string_view::npos ? std::string_view() : host.substr(point);
  return secured.empty() || std::any_of(secured.begin(), secured.end(), [&](const std::string& name) {
           return name == host || (name.starts_with("*.") && std::string_view(name).substr(1) == parent);
         });
}

// Nothing is asked of the client unless verifying is on; "optional" takes clients without a certificate, too.
bool asks_clients(const Entrance& entrance) {
  for (const std::string_view key : kClientSecrets) {
    if (annotation(entrance, key).empty()) continue;
    const std::string_view verify = annotation(entrance, "nginx.ingress.kubernetes.io/auth-tls-verify-client");
    return verify.empty() || verify == "on";
  }
  return annotation(entrance, "alb.ingress.kubernetes.io/mutual-authentication").find("verify") !=
         std::string_view::npos;
}

class Entrances {
 public:
  Entrances(const ManifestSet& set, LintRows& rows) : set_(set), rows_(rows) {
    for (const TlsOption& option : set.tls_options) {
      const std::string space = option.id.space.empty() ? "default" : option.id.space;
      options_[space + "/" + option.id.name] = &option;
      options_[space + "-" + option.id.name] = &option;
    }
  }

  void judge(const Entrance& entrance) {
    entrance.listeners.empty() ? judge_ingress(entrance) : judge_listeners(entrance);
  }

 private:
  void judge_ingress(const Entrance& entrance) {
    ObjectLint lint(kTls, entrance.id, rows_);
    const std::string_view by = tls_annotation(entrance);
    if (!entrance.secured && by.empty()) {
      lint.fail(entrance.id.place, "it takes traffic without TLS",
                entrance.hosts.empty() ? "" : fmt::format("hosts {}", fmt::join(entrance.hosts, ", ")));
      return;
    }
    std::vector<std::string> open;
    for (const std::string& host : entrance.hosts) {
      if (by.empty() && !is_covered(host, *entrance.secured)) open.push_back(host);
    }
    if (!open.empty()) {
      lint.fail(entrance.id.place, "it takes traffic of some hosts without TLS",
                fmt::format("hosts {}", fmt::join(open, ", ")));
    }
    lint.pass(by.empty() ? Text("spec.tls covers its hosts") : say("TLS by {}", by));
    judge_clients_of_ingress(entrance);
  }

  void judge_clients_of_ingress(const Entrance& entrance) {
    ObjectLint lint(kClients, entrance.id, rows_);
    std::string options(annotation(entrance, kOptions));
    if (const std::size_t provider = options.find('@'); provider != std::string::npos) options.resize(provider);
    if (asks_clients(entrance)) return lint.pass("client certificates are asked for");
    if (!options.empty()) return judge_options(lint, entrance, options);
    if (is_passthrough(entrance)) return leave_open(lint, entrance.id.place);
    warn(lint, entrance.id.place, "it does not ask for client certificates");
  }

  static void warn(ObjectLint& lint, const EvidencePlace& place, Text message, std::string evidence = {}) {
    lint.fail(place, std::move(message), std::move(evidence)).detail.severity = Severity::Warning;
  }
  static void leave_open(ObjectLint& lint, const EvidencePlace& place) {
    lint.doubt(place, "TLS goes through to the service: whether it asks for client certificates is not said here")
        .detail.severity = Severity::Warning;
  }

  void judge_options(ObjectLint& lint, const Entrance& entrance, const std::string& name) {
    const auto found = options_.find(name);
    if (found == options_.end()) {
      lint.doubt(entrance.id.place, say("the TLSOption {} is not among the files", name)).detail.severity =
          Severity::Warning;
    } else if (found->second->clients != ClientCertificates::Required) {
      warn(lint, entrance.id.place, "its TLSOption does not ask for client certificates",
           to_string(found->second->id.place));
    }
    lint.pass("its TLSOption asks for client certificates");
  }

  // Every route of the listener only sends on to https, and there is one.
  [[nodiscard]] bool is_redirected(const Entrance& entrance, const Listener& listener) const {
    bool has_any = false;
    for (const Redirect& route : set_.redirects) {
      const bool is_here = route.gateway == entrance.id.name &&
                           (route.space.empty() ? "default" : route.space) ==
                               (entrance.id.space.empty() ? "default" : entrance.id.space) &&
                           (route.listener.empty() || route.listener == listener.name);
      if (!is_here) continue;
      if (!route.is_complete) return false;
      has_any = true;
    }
    return has_any;
  }

  // Each of its routes only sends on to https.
  [[nodiscard]] bool is_sent_on(const Entrance& entrance) const {
    const auto& all = set_.redirect_middlewares;
    const auto is_redirect = [&](const ObjectName& used) {
      return std::any_of(all.begin(), all.end(), [&](const ObjectId& middleware) {
        ObjectId named = entrance.id;
        if (!used.space.empty()) named.space = used.space;
        return middleware.name == used.name && is_same_space(middleware, named);
      });
    };
    return !entrance.middlewares.empty() &&
           std::all_of(entrance.middlewares.begin(), entrance.middlewares.end(), is_redirect);
  }

  void judge_listeners(const Entrance& entrance) {
    ObjectLint tls(kTls, entrance.id, rows_);
    ObjectLint clients(kClients, entrance.id, rows_);
    bool has_tls = false;
    for (const Listener& listener : entrance.listeners) {
      const std::string which = listener.name.empty() ? "" : fmt::format("port {}", listener.name);
      if (listener.transport == Transport::Redirect) continue;
      if (listener.transport == Transport::Plain) {
        if (!is_redirected(entrance, listener) && !is_sent_on(entrance))
          tls.fail(listener.place, "it takes traffic without TLS", which);
        continue;
      }
      has_tls = true;
      judge_clients(clients, entrance, listener, which);
    }
    tls.pass("it takes traffic by TLS only");
    if (has_tls) clients.pass("client certificates are asked for");
  }

  void judge_clients(ObjectLint& lint, const Entrance& entrance, const Listener& listener, const std::string& which) {
    if (listener.transport == Transport::Passthrough) return leave_open(lint, listener.place);
    if (!entrance.options.empty()) {
      const auto found = options_.find(entrance.options);
      if (found == options_.end()) return judge_options(lint, entrance, entrance.options);
      if (found->second->clients == ClientCertificates::Required) return;
    }
    if (listener.clients == ClientCertificates::Required) return;
    warn(lint, listener.place,
         listener.clients == ClientCertificates::Optional ? "client certificates are optional"
                                                          : "it does not ask for client certificates",
         which);
  }

  const ManifestSet& set_;
  LintRows& rows_;
  std::map<std::string, const TlsOption*> options_;
};

}  // namespace

void lint_entrances(const ManifestSet& set, LintRows& rows) {
  Entrances entrances(set, rows);
  for (const Entrance& entrance : set.entrances) entrances.judge(entrance);
}

}  // namespace migplan
