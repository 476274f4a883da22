#include "migplan/model/exemption.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "migplan/base/nearest.hpp"

namespace migplan {
namespace {

constexpr std::array<std::string_view, 4> kChecks{"tier-moved", "service-added", "service-removed", "score-changed"};

Issue about(const Exemption& exemption, std::string_view file, Severity severity, std::string_view field,
            std::string message, std::string hint = {}) {
  return {severity,           std::string(file),
          exemption.at,       fmt::format("exemptions[{}].{}", exemption.number, field),
          std::move(message), std::move(hint)};
}

auto key_of(const Exemption& exemption) { return std::tie(exemption.check, exemption.service); }

}  // namespace

std::string_view name_of(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::Pass: return "pass";
    case Verdict::Fail: return "fail";
    case Verdict::Inconclusive: return "inconclusive";
    case Verdict::Exempted: return "exempted";
  }
  return "";
}

std::span<const std::string_view> known_checks() noexcept { return kChecks; }

Result<Exemptions> Exemptions::create(std::vector<Exemption> list, std::string file) {
  Issues issues;
  for (const Exemption& exemption : list) {
    if (std::find(kChecks.begin(), kChecks.end(), exemption.check) != kChecks.end()) continue;
    const std::string_view near = nearest_name(exemption.check, kChecks);
    issues.add(about(
        exemption, file, Severity::Error, "check", fmt::format("{} is no check", in_quotes(exemption.check)),
        near.empty() ? fmt::format("known: {}", fmt::join(kChecks, ", ")) : fmt::format("did you mean {}?", near)));
  }
  std::stable_sort(list.begin(), list.end(),
                   [](const Exemption& a, const Exemption& b) { return key_of(a) < key_of(b); });
  for (std::size_t i = 1; i < list.size(); ++i) {
    if (key_of(list[i - 1]) != key_of(list[i])) continue;
    issues.add(about(list[i], file, Severity::Error, "service",
                     fmt::format("{} of {} is exempted twice, first at line {}", list[i].check, list[i].service,
                                 list[i - 1].at.line)));
  }
  if (issues.has_errors()) return issues;
  Exemptions result;
  result.list_ = std::move(list);
  result.file_ = std::move(file);
  return result;
}

Issues Exemptions::unknown_services(const std::function<bool(const Exemption&)>& is_known,
                                    const std::function<std::string_view(std::string_view)>& nearest) const {
  Issues issues;
  for (const Exemption& exemption : list_) {
    if (is_known(exemption)) continue;
    const std::string_view near = nearest(exemption.service);
    issues.add(about(exemption, file_, Severity::Error, "service",
                     fmt::format("no service is called {}", in_quotes(exemption.service)),
                     near.empty() ? "" : fmt::format("did you mean {}?", near)));
  }
  return issues;
}

ExemptionUse::ExemptionUse(const Exemptions& exemptions, Date as_of)
    : exemptions_(&exemptions), as_of_(as_of), is_used_(exemptions.list().size()) {}

const Exemption* ExemptionUse::claim(std::string_view check, std::string_view service) {
  const auto list = exemptions_->list();
  const auto at = std::lower_bound(
      list.begin(), list.end(), std::pair(check, service), [](const Exemption& exemption, const auto& wanted) {
        return std::pair<std::string_view, std::string_view>(exemption.check, exemption.service) < wanted;
      });
  if (at == list.end() || at->check != check || at->service != service || at->expires < as_of_) return nullptr;
  is_used_[static_cast<std::size_t>(at - list.begin())] = true;
  return &*at;
}

Issues ExemptionUse::leftovers(std::span<const std::string_view> checks) const {
  Issues issues;
  const auto list = exemptions_->list();
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Exemption& exemption = list[i];
    if (is_used_[i] || std::find(checks.begin(), checks.end(), exemption.check) == checks.end()) continue;
    const bool has_expired = exemption.expires < as_of_;
    issues.add(about(
        exemption, exemptions_->file(), Severity::Warning, has_expired ? "expires" : "service",
        has_expired ? fmt::format("the exemption of {} from {} expired on {}", exemption.service, exemption.check,
                                  exemption.expires.to_string())
                    : fmt::format("the exemption of {} from {} met no failure", exemption.service, exemption.check),
        has_expired ? "" : "take it out"));
  }
  return issues;
}

}  // namespace migplan
