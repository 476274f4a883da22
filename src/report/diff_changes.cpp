#include "diff_changes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace migplan {
namespace {

std::string signed_points(Points points) {
  return fmt::format("{}{}", points > Points{} ? "+" : "", fixed(points.steps(), Points::kDecimals));
}

Text entry_words(const FactInfo& info, const FactSheet::Entry& entry) {
  if (!entry.is_known()) return "unknown";
  std::string value = trimmed(entry.steps, info.decimals);
  return entry.origin == FactOrigin::Policy ? say("the policy's {}", std::move(value))
                                            : Text::verbatim(std::move(value));
}

std::string points_of(const Score& score) { return fixed(score.total.steps(), Points::kDecimals); }

}  // namespace

Text words_of(const ChangeCause& cause) {
  const std::string points = signed_points(cause.contribution);
  switch (cause.kind) {
    case CauseKind::Policy:
      return cause.contribution == Points{} ? Text("policy (limits of the tiers)") : say("policy ({})", points);
    case CauseKind::OtherServices: return say("other services ({})", points);
    case CauseKind::Fact: break;
  }
  const FactInfo& info = info_of(cause.fact);
  return say("{} {} to {} ({})", info.path.substr(info.path.find('.') + 1), entry_words(info, cause.from),
             entry_words(info, cause.to), points);
}

std::string_view name_of(const ChangeCause& cause) {
  switch (cause.kind) {
    case CauseKind::Policy: return "policy";
    case CauseKind::OtherServices: return "other services";
    case CauseKind::Fact: break;
  }
  return info_of(cause.fact).path;
}

const Service& DiffChanges::service(std::size_t i) const {
  const ServiceChange& change = (*this)[i];
  return change.after ? view_.after->inventory()[*change.after] : view_.before->inventory()[*change.before];
}

std::string_view DiffChanges::file(std::size_t i) const {
  const Inventory& inventory = (*this)[i].after ? view_.after->inventory() : view_.before->inventory();
  return inventory.files()[service(i).file];
}

const Score* DiffChanges::old_score(std::size_t i) const {
  return (*this)[i].before ? &(*view_.before)[*(*this)[i].before] : nullptr;
}

const Score* DiffChanges::new_score(std::size_t i) const {
  return (*this)[i].after ? &(*view_.after)[*(*this)[i].after] : nullptr;
}

std::string_view DiffChanges::tier_name(const Score& score) const {
  return view_.after->policy().tiers()[score.tier].name;
}

std::vector<ChangeCause> DiffChanges::causes(std::size_t i) const {
  const ServiceChange& change = (*this)[i];
  if (!change.before || !change.after) return {};
  return view_.attribution->causes(*change.before, *change.after);
}

Position DiffChanges::place(std::size_t i, std::span<const ChangeCause> causes) const {
  for (const ChangeCause& cause : causes) {
    if (cause.kind != CauseKind::Fact) continue;
    if (const Position at = position_of(service(i), cause.fact); at.line != 0) return at;
  }
  return service(i).at;
}

std::string DiffChanges::message(std::size_t i) const {
  const Score *before = old_score(i), *after = new_score(i);
  if (before == nullptr) return fmt::format("new in tier {} with score {}", tier_name(*after), points_of(*after));
  if (after == nullptr)
    return fmt::format("gone, was in tier {} with score {}", tier_name(*before), points_of(*before));
  if (before->tier == after->tier) {
    return fmt::format("score {}, was {}; tier {} as before", points_of(*after), points_of(*before), tier_name(*after));
  }
  return fmt::format("tier {}, was {}; score {}, was {}", tier_name(*after), tier_name(*before), points_of(*after),
                     points_of(*before));
}

bool DiffChanges::is_checked(Change change) const {
  return std::find(view_.objections.begin(), view_.objections.end(), change) != view_.objections.end();
}

// A service that only scored otherwise has passed the check of its tier.
Finding DiffChanges::finding(std::size_t i) const {
  const ServiceChange& change = (*this)[i];
  const auto causes = this->causes(i);
  Finding finding{.check = check_of(change.verdict ? change.change : Change::Moved),
                  .service = service(i).name,
                  .verdict = change.verdict.value_or(Verdict::Pass),
                  .message = fmt::format("{}: {}", service(i).name, message(i)),
                  .file = file(i),
                  .at = place(i, causes),
                  .exemption = change.exemption};
  if (finding.file.starts_with('<')) finding.file = {};  // standard input is no place to look at
  for (const ChangeCause& cause : causes) finding.details.push_back(words_of(cause).english());
  return finding;
}

// By name.
std::vector<ServiceIndex> DiffChanges::unchanged() const {
  std::vector<bool> is_changed(view_.after->inventory().size(), false);
  for (const ServiceChange& change : view_.diff->changes) {
    if (change.after) is_changed[*change.after] = true;
  }
  std::vector<ServiceIndex> unchanged = services_by_name(view_.after->inventory());
  std::erase_if(unchanged, [&is_changed](ServiceIndex i) { return is_changed[i]; });
  return unchanged;
}

std::vector<Finding> DiffChanges::findings() const {
  std::vector<Finding> findings;
  for (std::size_t i = 0; i < view_.diff->changes.size(); ++i) {
    const ServiceChange& change = (*this)[i];
    const bool kept_its_tier = change.change == Change::Scored && is_checked(Change::Moved);
    if (change.verdict || kept_its_tier) findings.push_back(finding(i));
  }
  const bool checks_tiers = is_checked(Change::Moved);
  if (!checks_tiers && !is_checked(Change::Scored)) return findings;
  const Inventory& inventory = view_.after->inventory();
  for (const ServiceIndex i : unchanged()) {
    const std::string_view file = inventory.files()[inventory[i].file];
    findings.push_back({.check = check_of(checks_tiers ? Change::Moved : Change::Scored),
                        .service = inventory[i].name,
                        .file = file.starts_with('<') ? std::string_view() : file,
                        .at = inventory[i].at});
  }
  return findings;
}

}  // namespace migplan
