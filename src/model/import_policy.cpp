#include "migplan/model/import_policy.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace migplan {

std::string_view name_of(CoreFlowCalls choice) noexcept {
  switch (choice) {
    case CoreFlowCalls::Calls: return "calls";
    case CoreFlowCalls::Callers: return "callers";
    case CoreFlowCalls::None: return "none";
  }
  return "";
}

Issues import_issues(const ImportPolicy& policy) {
  Issues issues;
  const std::array<std::pair<std::string_view, const std::vector<std::string>*>, 6> lists{{
      {"kept", &policy.kept},
      {"not_services.databases", &policy.databases},
      {"not_services.messaging", &policy.messaging},
      {"not_services.gateways", &policy.gateways},
      {"not_services.artefacts", &policy.artefacts},
      {"not_services.unknown", &policy.unknown},
  }};
  for (const auto& [path, names] : lists) {
    for (std::size_t i = 0; i < names->size(); ++i) {
      if (!(*names)[i].empty() && (*names)[i].find_first_not_of('*') != std::string::npos) continue;
      issues.add({Severity::Error,
                  "",
                  {},
                  fmt::format("import.{}[{}]", path, i),
                  fmt::format("found {}, expected a name: this one would be every name", in_quotes((*names)[i])),
                  ""});
    }
  }
  return issues;
}

}  // namespace migplan
