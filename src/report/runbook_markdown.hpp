#pragma once

#include <string>

#include "migplan/report/playbook_views.hpp"
#include "rendered_runbook.hpp"

namespace migplan {

// One service's runbook: what is known of it, then the steps in the order of work.
[[nodiscard]] std::string runbook_markdown(const PlaybookView& view, const RenderedRunbook& rendered);
// The name of a service's file in a folder; "index.md" is the list of all.
[[nodiscard]] std::string runbook_file(std::string_view service);
// The services with their tiers, effort and cutover, each with a link to its file.
[[nodiscard]] std::string runbook_index(const PlaybookView& view);

}  // namespace migplan
