#include "migplan/model/exemption.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>
#include <utility>

#include "migplan/base/assert.hpp"
#include "migplan/base/nearest.hpp"
#include "migplan/model/check_rule.hpp"

namespace migplan {
namespace {

constexpr std::string_view kRemoved = "service-removed";

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

Result<Exemptions> Exemptions::create(std::vector<Exemption> list, std::string file) {
  Issues issues;
  for (const Exemption& exemption : list) {
    for (const auto& [field, text] : {std::pair{"reason", &exemption.reason}, std::pair{"owner", &exemption.owner}}) {
      if (text->find_first_not_of(' ') != std::string::npos) continue;
      issues.add(about(exemption, file, Severity::Error, field, "found an empty text, expected words"));
    }
    if (find_check_rule(exemption.check) != nullptr) continue;
    std::vector<std::string_view> known;
    for (const CheckRule& rule : check_rules()) known.push_back(rule.check);
    const std::string_view near = nearest_name(exemption.check, known);
    issues.add(
        about(exemption, file, Severity::Error, "check", fmt::format("{} is no check", in_quotes(exemption.check)),
              near.empty() ? fmt::format("known: {}", fmt::join(known, ", ")) : fmt::format("did you mean {}?", near)));
  }
  std::vector<std::uint32_t> by_key(list.size());
  std::iota(by_key.begin(), by_key.end(), 0U);
  std::stable_sort(by_key.begin(), by_key.end(),
                   [&list](std::uint32_t a, std::uint32_t b) { return key_of(list[a]) < key_of(list[b]); });
  for (std::size_t i = 1; i < by_key.size(); ++i) {
    const Exemption &first = list[by_key[i - 1]], &second = list[by_key[i]];
    if (key_of(first) != key_of(second)) continue;
    issues.add(about(
        second, file, Severity::Error, "service",
        fmt::format("{} of {} is exempted twice, first at line {}", second.check, second.service, first.at.line)));
  }
  issues.sort(std::array{file});
  if (issues.has_errors()) return issues;
  Exemptions result;
  result.list_ = std::move(list);
  result.by_key_ = std::move(by_key);
  result.file_ = std::move(file);
  return result;
}

Issues Exemptions::unknown_services(const std::function<bool(std::string_view)>& is_known,
                                    const std::function<std::string_view(std::string_view)>& nearest) const {
  Issues issues;
  for (const Exemption& exemption : list_) {
    // What was removed may stand nowhere any more.
    if (exemption.check == kRemoved || is_known(exemption.service)) continue;
    const std::string_view near = nearest(exemption.service);
    issues.add(about(exemption, file_, Severity::Error, "service",
                     fmt::format("no service is called {}", in_quotes(exemption.service)),
                     near.empty() ? "" : fmt::format("did you mean {}?", near)));
  }
  return issues;
}

std::optional<std::size_t> Exemptions::find(std::string_view check, std::string_view service) const {
  const auto at = std::lower_bound(
      by_key_.begin(), by_key_.end(), std::pair(check, service), [this](std::uint32_t i, const auto& wanted) {
        return std::pair<std::string_view, std::string_view>(list_[i].check, list_[i].service) < wanted;
      });
  if (at == by_key_.end() || list_[*at].check != check || list_[*at].service != service) return std::nullopt;
  return *at;
}

ExemptionUse::ExemptionUse(const Exemptions& exemptions, std::optional<Date> as_of)
    : exemptions_(&exemptions), as_of_(as_of), is_used_(exemptions.list().size()) {
  MIGPLAN_ASSERT(as_of || exemptions.list().empty());
}

const Exemption* ExemptionUse::claim(std::string_view check, std::string_view service) {
  const auto found = exemptions_->find(check, service);
  if (!found || exemptions_->list()[*found].expires < *as_of_) return nullptr;
  is_used_[*found] = true;
  return &exemptions_->list()[*found];
}

Issues ExemptionUse::leftovers(std::span<const std::string_view> known, std::span<const std::string_view> run,
                               const std::function<bool(std::string_view service)>& is_judged) const {
  const auto is_among = [](std::span<const std::string_view> checks, const std::string& check) {
    return std::find(checks.begin(), checks.end(), check) != checks.end();
  };
  Issues issues;
  const auto list = exemptions_->list();
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Exemption& exemption = list[i];
    const auto tell = [&](std::string_view field, const std::string& what, std::string hint) {
      issues.add(about(exemption, exemptions_->file(), Severity::Warning, field,
                       fmt::format("the exemption of {} from {} {}", exemption.service, exemption.check, what),
                       std::move(hint)));
    };
    if (is_used_[i] || !is_among(known, exemption.check)) continue;
    if (is_judged && !is_judged(exemption.service)) continue;
    if (exemption.expires < *as_of_) {
      tell("expires", "expired on " + exemption.expires.to_string(), "");
    } else if (is_among(run, exemption.check)) {
      tell("service", "met no failure", "take it out");
    }
  }
  return issues;
}

}  // namespace migplan
