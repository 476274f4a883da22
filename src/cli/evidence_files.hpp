#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/load/gate_evidence.hpp"
#include "session.hpp"

namespace migplan::cli {

// Reads files of other tools, each once and several at a time, with their progress on a terminal.
[[nodiscard]] Result<EvidenceFiles> read_evidence(Session& session, const std::vector<std::string>& paths);

// Evidence cannot be made anew: none of what is read may be the output.
[[nodiscard]] Issues output_issues(const Session& session, const std::vector<std::string>& read);

// Whether two paths are written for the same file; links are not followed.
[[nodiscard]] bool is_same_path(const std::string& a, const std::string& b);
// Evidence that is named twice would count twice.
[[nodiscard]] Issues repeated_paths(const std::vector<std::string>& paths);

// Of the services that --service names, those of which there is no `what`, each with the nearest one that is known.
[[nodiscard]] Issues unknown_services(const Session& session, std::vector<std::string_view> known,
                                      std::string_view what);

// Leaves of `all` what is of a service that --service names; everything where none is named.
template <class OfService>
void keep_named(const Session& session, std::vector<OfService>& all) {
  const auto& named = session.options().services;
  if (named.empty()) return;
  std::erase_if(all, [&named](const OfService& one) {
    return std::find(named.begin(), named.end(), one.service) == named.end();
  });
}

}  // namespace migplan::cli
