#pragma once

#include <span>
#include <vector>

#include "migplan/report/playbook_views.hpp"
#include "rendered_runbook.hpp"

namespace migplan {

// Columns over the view's runbooks: what is known of each service, and what was worked out.
[[nodiscard]] std::vector<Column> service_columns(const PlaybookView& view);

// The services with their steps, for JSON.
[[nodiscard]] List playbook_list(const PlaybookView& view, std::span<const RenderedRunbook> runbooks);

}  // namespace migplan
