#include "exempted.hpp"

#include <utility>

namespace migplan::cli {

Result<Session::DatedExemptions> exempt(Session& session, std::vector<Check>& checks,
                                        std::span<const std::string_view> run) {
  auto found = session.exemptions();
  if (!found.is_ok()) return std::move(found).issues();
  Session::DatedExemptions exemptions = std::move(found).value();
  ExemptionUse use(exemptions.list, exemptions.as_of);
  apply(use, checks);
  session.diagnostics().report(use.leftovers(run, run));
  return exemptions;
}

}  // namespace migplan::cli
