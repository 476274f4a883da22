#include <utility>

#include "kubernetes.hpp"

namespace migplan {
namespace {

void read_role(const YamlValue& document, ObjectReader& reader, ManifestSet& set) {
  Role role;
  role.id = reader.id(document);
  for (const YamlValue& item : reader.list(document, "rules")) {
    if (item.is_map()) role.rules.push_back(access_rule_of(item, reader));
  }
  set.roles.push_back(std::move(role));
}

void read_binding(const YamlValue& document, ObjectReader& reader, ManifestSet& set) {
  RoleBinding binding;
  binding.id = reader.id(document);
  const auto role = reader.map(document, "roleRef");
  binding.role_kind = reader.text(role, "kind");
  binding.role = reader.text(role, "name");
  binding.role_place = role ? reader.place(*role) : binding.id.place;
  for (const YamlValue& item : reader.list(document, "subjects")) {
    if (item.is_map()) binding.subjects.push_back(reader.text(item, "kind") + " " + reader.text(item, "name"));
  }
  set.bindings.push_back(std::move(binding));
}

void read_audit(const YamlValue& document, ObjectReader& reader, ManifestSet& set) {
  AuditPolicy audit;
  audit.id = reader.id(document);
  if (audit.id.name.empty()) audit.id.name = audit.id.service = "audit";
  for (const YamlValue& item : reader.list(document, "rules")) {
    if (!item.is_map()) continue;
    AuditRule rule;
    rule.level = reader.text(item, "level");
    rule.verbs = reader.texts(item, "verbs");
    for (const YamlValue& resources : reader.list(item, "resources")) {
      if (resources.is_map())
        rule.resources.push_back({reader.text(resources, "group"), reader.texts(resources, "resources")});
    }
    // Of addresses that are no resources, such as /healthz.
    const bool is_of_paths = item.find("nonResourceURLs").has_value() && rule.resources.empty();
    rule.is_partial = is_of_paths || item.find("users") || item.find("userGroups") || item.find("namespaces");
    audit.rules.push_back(std::move(rule));
  }
  set.audits.push_back(std::move(audit));
}

}  // namespace

AccessRule access_rule_of(const YamlValue& value, ObjectReader& reader) {
  return {reader.texts(value, "apiGroups"), reader.texts(value, "resources"), reader.texts(value, "verbs"),
          reader.place(value)};
}

bool read_access(const YamlValue& document, ObjectReader& reader, ManifestSet& set) {
  const std::string_view kind = document.text_of("kind"), version = document.text_of("apiVersion");
  if ((kind == "Role" || kind == "ClusterRole") && version.find("rbac.authorization") == 0) {
    read_role(document, reader, set);
    return true;
  }
  if ((kind == "RoleBinding" || kind == "ClusterRoleBinding") && version.find("rbac.authorization") == 0) {
    read_binding(document, reader, set);
    return true;
  }
  if (kind != "Policy" || !version.starts_with("audit.k8s.io/")) return false;
  read_audit(document, reader, set);
  return true;
}

}  // namespace migplan
