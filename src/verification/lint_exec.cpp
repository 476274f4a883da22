#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>

#include "lint_rules.hpp"

namespace migplan {
namespace {

constexpr std::string_view kLintExec = "lint-exec";
constexpr std::string_view kDebugging = "pods/ephemeralcontainers";

bool has_any(const std::vector<std::string>& values, std::initializer_list<std::string_view> wanted) {
  return std::any_of(values.begin(), values.end(), [&wanted](const std::string& value) {
    return std::find(wanted.begin(), wanted.end(), value) != wanted.end();
  });
}

// Roles know the wildcards "*" and "*/exec"; "pods/*" and "*/*" match nothing, other than in an audit policy.
// exec and attach are allowed by create and, over WebSockets, by get.
bool grants_exec(const AccessRule& rule) {
  return has_any(rule.groups, {"", "*"}) && has_any(rule.verbs, {"create", "get", "*"}) &&
         has_any(rule.resources, {"pods/exec", "pods/attach", "*/exec", "*/attach", "*"});
}

bool grants_debugging(const AccessRule& rule) {
  return has_any(rule.groups, {"", "*"}) && has_any(rule.verbs, {"update", "patch", "*"}) &&
         has_any(rule.resources, {kDebugging, "*/ephemeralcontainers", "*"});
}

// ["", "apps"]
std::string quoted(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) out += fmt::format("{}{}", out.empty() ? "" : ", ", in_quotes(value));
  return fmt::format("[{}]", out);
}

// Roles of Kubernetes and of GKE itself.
bool is_reserved(const std::string& name) { return name.starts_with("system:") || name.starts_with("gce:"); }

bool concerns_debugging(const AuditRule& rule) {
  if (!rule.verbs.empty() && !has_any(rule.verbs, {"update", "patch", "*"})) return false;
  return rule.resources.empty() ||
         std::any_of(rule.resources.begin(), rule.resources.end(), [](const AuditResources& resources) {
           const bool is_core = resources.group.empty() || resources.group == "*";
           return is_core && (resources.resources.empty() ||
                              has_any(resources.resources, {kDebugging, "pods/*", "*/ephemeralcontainers", "*"}));
         });
}

// The first rule that concerns a request decides; one of some users only leaves the others open.
bool logs_debugging(const AuditPolicy& audit) {
  for (const AuditRule& rule : audit.rules) {
    if (!rule.is_partial && concerns_debugging(rule)) return rule.level != "None";
  }
  return false;
}

void judge(const Role& role, bool is_audited, LintRows& rows) {
  ObjectLint lint(kLintExec, role.id, rows);
  if (is_reserved(role.id.name)) return lint.pass("a role of the platform itself");
  for (const AccessRule& rule : role.rules) {
    const std::string evidence = fmt::format("apiGroups {}, resources {}, verbs {}", quoted(rule.groups),
                                             quoted(rule.resources), quoted(rule.verbs));
    if (grants_exec(rule)) {
      lint.fail(rule.place, "it grants pods/exec or pods/attach", evidence);
    } else if (grants_debugging(rule) && !is_audited) {
      lint.fail(rule.place, "it grants ephemeral containers, and no audit policy among the files logs them", evidence)
          .detail.severity = Severity::Warning;
    }
  }
  lint.pass("it grants neither pods/exec nor pods/attach");
}

// What binds one of Kubernetes' own roles that grant pods/exec, which stand in no file. In one namespace that is what
// its owners are commonly given: a warning. In all of them it is production, too: an error.
void judge(const RoleBinding& binding, const ManifestSet& set, LintRows& rows) {
  constexpr std::array<std::string_view, 3> kGranting{"cluster-admin", "admin", "edit"};
  const bool is_granting = binding.role_kind == "ClusterRole" &&
                           std::find(kGranting.begin(), kGranting.end(), binding.role) != kGranting.end();
  const bool is_own = std::any_of(set.roles.begin(), set.roles.end(), [&](const Role& role) {
    return role.id.kind == "ClusterRole" && role.id.name == binding.role;
  });
  if (!is_granting || is_own || binding.subjects.empty()) return;
  ObjectLint lint(kLintExec, binding.id, rows);
  if (is_reserved(binding.id.name)) return lint.pass("a binding of the platform itself");
  const bool is_everywhere = binding.id.kind == "ClusterRoleBinding";
  lint.fail(binding.role_place,
            is_everywhere ? say("the ClusterRole {} grants pods/exec in every namespace", binding.role)
                          : say("the ClusterRole {} grants pods/exec in its namespace", binding.role),
            fmt::format("to {}", fmt::join(binding.subjects, ", ")))
      .detail.severity = is_everywhere ? Severity::Error : Severity::Warning;
}

}  // namespace

bool audits_debugging(const ManifestSet& set) {
  return std::any_of(set.audits.begin(), set.audits.end(), logs_debugging);
}

void lint_exec(const ManifestSet& set, bool is_audited, LintRows& rows) {
  for (const Role& role : set.roles) judge(role, is_audited, rows);
  for (const RoleBinding& binding : set.bindings) judge(binding, set, rows);
  for (const AuditPolicy& audit : set.audits) {
    ObjectLint lint(kLintExec, audit.id, rows);
    if (!logs_debugging(audit)) lint.fail(audit.id.place, "the audit policy does not log pods/ephemeralcontainers");
    lint.pass("the audit policy logs pods/ephemeralcontainers");
  }
}

}  // namespace migplan
