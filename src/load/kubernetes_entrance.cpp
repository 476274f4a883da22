#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "kubernetes.hpp"
#include "migplan/base/ascii.hpp"

namespace migplan {
namespace {

bool is_of(const YamlValue& document, std::string_view group) {
  const std::string_view version = document.text_of("apiVersion");
  return version.starts_with(group) && version.size() > group.size() && version[group.size()] == '/';
}

Entrance entrance_of(const YamlValue& document, ObjectReader& reader) {
  Entrance entrance;
  entrance.id = reader.id(document);
  entrance.annotations = reader.labels(reader.map(document, "metadata"), "annotations");
  return entrance;
}

void add_unless_there(std::vector<std::string>& hosts, std::string host) {
  if (std::find(hosts.begin(), hosts.end(), host) == hosts.end()) hosts.push_back(std::move(host));
}

// networking.k8s.io/v1 and v1beta1, extensions/v1beta1: they agree in what matters here.
void read_ingress(const YamlValue& document, ObjectReader& reader, ManifestSet& set) {
  Entrance entrance = entrance_of(document, reader);
  const auto spec = reader.map(document, "spec");
  for (const YamlValue& rule : reader.list(spec, "rules")) {
    if (rule.is_map()) add_unless_there(entrance.hosts, host_of(rule, reader));
  }
  const std::vector<YamlValue> blocks = reader.list(spec, "tls");
  if (!blocks.empty()) entrance.secured = secured_hosts(blocks, reader);
  set.entrances.push_back(std::move(entrance));
}

// HTTP in the words of Istio; what is in the others is not said.
bool is_http(std::string protocol) {
  std::transform(protocol.begin(), protocol.end(), protocol.begin(), upper);
  return protocol.empty() || protocol.starts_with("HTTP") || protocol.starts_with("GRPC");
}

// https://istio.io/latest/docs/reference/config/networking/gateway/
void read_istio_gateway(const YamlValue& document, ObjectReader& reader, ManifestSet& set) {
  Entrance entrance = entrance_of(document, reader);
  for (const YamlValue& server : reader.list(reader.map(document, "spec"), "servers")) {
    if (!server.is_map()) continue;
    const auto port = reader.map(server, "port");
    const auto tls = reader.map(server, "tls");
    const std::string mode = reader.text(tls, "mode");
    const std::string protocol = reader.text(port, "protocol");
    Listener listener;
    listener.name = reader.text(port, "name");
    listener.place = reader.place(server);
    if (reader.text(tls, "httpsRedirect") == "true") {
      listener.transport = Transport::Redirect;
    } else if (mode == "PASSTHROUGH") {
      listener.transport = Transport::Passthrough;
    } else if (!mode.empty() || protocol == "HTTPS" || protocol == "TLS") {
      listener.transport = Transport::Tls;
    } else if (!is_http(protocol)) {
      continue;
    }
    const bool is_mutual = mode == "MUTUAL" || mode == "ISTIO_MUTUAL" || mode == "AUTO_PASSTHROUGH";
    listener.clients = is_mutual                   ? ClientCertificates::Required
                       : mode == "OPTIONAL_MUTUAL" ? ClientCertificates::Optional
                                                   : ClientCertificates::None;
    entrance.listeners.push_back(std::move(listener));
  }
  if (!entrance.listeners.empty()) set.entrances.push_back(std::move(entrance));
}

// https://gateway-api.sigs.k8s.io/reference/spec/
void read_gateway(const YamlValue& document, ObjectReader& reader, ManifestSet& set) {
  Entrance entrance = entrance_of(document, reader);
  const auto spec = reader.map(document, "spec");
  const auto for_all = reader.map(reader.map(reader.map(spec, "tls"), "frontend"), "default");
  for (const YamlValue& item : reader.list(spec, "listeners")) {
    if (!item.is_map()) continue;
    const std::string protocol = reader.text(item, "protocol");
    const auto tls = reader.map(item, "tls");
    Listener listener;
    listener.name = reader.text(item, "name");
    listener.place = reader.place(item);
    if (protocol == "HTTPS" || protocol == "TLS") {
      listener.transport = reader.text(tls, "mode") == "Passthrough" ? Transport::Passthrough : Transport::Tls;
    } else if (protocol != "HTTP") {
      continue;  // TCP and UDP: what is in it is not said
    }
    const bool is_asked = (tls && tls->find("frontendValidation")) || (for_all && for_all->find("validation"));
    listener.clients = is_asked ? ClientCertificates::Required : ClientCertificates::None;
    entrance.listeners.push_back(std::move(listener));
  }
  if (!entrance.listeners.empty()) set.entrances.push_back(std::move(entrance));
}

// Whether every rule of a route only sends on to https.
bool is_redirect(const YamlValue& document, ObjectReader& reader) {
  const std::vector<YamlValue> rules = reader.list(reader.map(document, "spec"), "rules");
  return !rules.empty() && std::all_of(rules.begin(), rules.end(), [&reader](const YamlValue& rule) {
    const std::vector<YamlValue> filters = reader.list(rule, "filters");
    return std::any_of(filters.begin(), filters.end(), [&reader](const YamlValue& filter) {
      return reader.text(reader.map(filter, "requestRedirect"), "scheme") == "https";
    });
  });
}

void read_route(const YamlValue& document, ObjectReader& reader, ManifestSet& set) {
  const bool is_complete = is_redirect(document, reader);
  const ObjectId id = reader.id(document);
  for (const YamlValue& parent : reader.list(reader.map(document, "spec"), "parentRefs")) {
    if (!parent.is_map()) continue;
    const std::string space = reader.text(parent, "namespace");
    set.redirects.push_back({space.empty() ? id.space : space, reader.text(parent, "name"),
                             reader.text(parent, "sectionName"), is_complete});
  }
}

// One listener for objects that either have TLS or not; a patch may say nothing of it.
void add_single(Entrance entrance, bool has_tls, ClientCertificates clients, ManifestSet& set) {
  Listener listener;
  listener.transport = has_tls ? Transport::Tls : Transport::Plain;
  listener.clients = clients;
  listener.place = entrance.id.place;
  listener.is_stated = has_tls;
  entrance.listeners.push_back(std::move(listener));
  set.entrances.push_back(std::move(entrance));
}

// The middlewares of routes that each have one and no other; none where some route is otherwise.
std::vector<ObjectName> only_middlewares(const std::optional<YamlValue>& spec, ObjectReader& reader) {
  std::vector<ObjectName> names;
  for (const YamlValue& route : reader.list(spec, "routes")) {
    const std::vector<YamlValue> all = reader.list(route, "middlewares");
    if (all.size() != 1 || !all.front().is_map()) return {};
    names.push_back({reader.text(all.front(), "namespace"), reader.text(all.front(), "name")});
  }
  return names;
}

// IngressRoute of Traefik.
void read_ingress_route(const YamlValue& document, ObjectReader& reader, ManifestSet& set) {
  Entrance entrance = entrance_of(document, reader);
  const auto spec = reader.map(document, "spec");
  const auto tls = spec ? spec->find("tls") : std::nullopt;
  const auto options = reader.map(tls, "options");
  if (const std::string name = reader.text(options, "name"); !name.empty()) {
    const std::string space = reader.text(options, "namespace");
    const std::string own = entrance.id.space.empty() ? "default" : entrance.id.space;
    entrance.options = (space.empty() ? own : space) + "/" + name;
  }
  entrance.middlewares = only_middlewares(spec, reader);
  add_single(std::move(entrance), tls.has_value(), ClientCertificates::None, set);
}

// Of the middlewares only those matter that send everything on to https.
void read_middleware(const YamlValue& document, ObjectReader& reader, ManifestSet& set) {
  const auto redirect = reader.map(reader.map(document, "spec"), "redirectScheme");
  if (reader.text(redirect, "scheme") == "https") set.redirect_middlewares.push_back(reader.id(document));
}

void read_tls_option(const YamlValue& document, ObjectReader& reader, ManifestSet& set) {
  const std::string type = reader.text(reader.map(reader.map(document, "spec"), "clientAuth"), "clientAuthType");
  const ClientCertificates clients = type == "RequireAndVerifyClientCert"     ? ClientCertificates::Required
                                     : type.empty() || type == "NoClientCert" ? ClientCertificates::None
                                                                              : ClientCertificates::Optional;
  set.tls_options.push_back({reader.id(document), clients});
}

// HTTPProxy of Contour: the root of a host. What has no host is part of another.
void read_http_proxy(const YamlValue& document, ObjectReader& reader, ManifestSet& set) {
  const auto host = reader.map(reader.map(document, "spec"), "virtualhost");
  if (!host) return;
  const auto tls = reader.map(host, "tls");
  const auto clients = reader.map(tls, "clientValidation");
  const bool is_optional = reader.text(clients, "optionalClientCertificate") == "true";
  add_single(entrance_of(document, reader), tls.has_value(),
             !clients      ? ClientCertificates::None
             : is_optional ? ClientCertificates::Optional
                           : ClientCertificates::Required,
             set);
}

// Route of OpenShift.
void read_openshift_route(const YamlValue& document, ObjectReader& reader, ManifestSet& set) {
  const auto tls = reader.map(reader.map(document, "spec"), "tls");
  const bool is_passthrough = reader.text(tls, "termination") == "passthrough";
  add_single(entrance_of(document, reader), tls.has_value(), ClientCertificates::None, set);
  if (is_passthrough) set.entrances.back().listeners.back().transport = Transport::Passthrough;
}

struct EntranceKind {
  std::string_view kind, group;
  void (*read)(const YamlValue&, ObjectReader&, ManifestSet&);
};
constexpr std::array<EntranceKind, 14> kKinds{{{"Ingress", "networking.k8s.io", read_ingress},
                                               {"Ingress", "extensions", read_ingress},
                                               {"Gateway", "networking.istio.io", read_istio_gateway},
                                               {"Gateway", "gateway.networking.k8s.io", read_gateway},
                                               {"HTTPRoute", "gateway.networking.k8s.io", read_route},
                                               {"GRPCRoute", "gateway.networking.k8s.io", read_route},
                                               {"IngressRoute", "traefik.io", read_ingress_route},
                                               {"IngressRoute", "traefik.containo.us", read_ingress_route},
                                               {"Middleware", "traefik.io", read_middleware},
                                               {"Middleware", "traefik.containo.us", read_middleware},
                                               {"TLSOption", "traefik.io", read_tls_option},
                                               {"TLSOption", "traefik.containo.us", read_tls_option},
                                               {"HTTPProxy", "projectcontour.io", read_http_proxy},
                                               {"Route", "route.openshift.io", read_openshift_route}}};

}  // namespace

std::string host_of(const YamlValue& rule, ObjectReader& reader) {
  std::string host = reader.text(rule, "host");
  return host.empty() ? "*" : host;
}

std::vector<std::string> secured_hosts(const std::vector<YamlValue>& blocks, ObjectReader& reader) {
  std::vector<std::string> secured;
  for (const YamlValue& block : blocks) {
    std::vector<std::string> hosts = reader.texts(block.is_map() ? std::optional(block) : std::nullopt, "hosts");
    // A block without hosts is for all of them.
    if (hosts.empty()) return {};
    std::move(hosts.begin(), hosts.end(), std::back_inserter(secured));
  }
  return secured;
}

bool read_entrance(const YamlValue& document, ObjectReader& reader, ManifestSet& set) {
  const std::string_view kind = document.text_of("kind");
  const auto* const found = std::find_if(kKinds.begin(), kKinds.end(), [&](const EntranceKind& one) {
    return one.kind == kind && is_of(document, one.group);
  });
  if (found == kKinds.end()) return false;
  found->read(document, reader, set);
  return true;
}

}  // namespace migplan
