#pragma once

#include "migplan/playbook/runbook.hpp"

namespace migplan {

// Everything that template_variables() promises besides what belongs to a step: scheduled, phase_start, phase_finish.
[[nodiscard]] TemplateObject runbook_variables(const PlaybookLandscape& landscape, const Runbook& runbook);

}  // namespace migplan
