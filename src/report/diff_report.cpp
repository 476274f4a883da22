#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "diff_changes.hpp"
#include "migplan/report/views.hpp"
#include "policy_document.hpp"
#include "table_choice.hpp"

namespace migplan {
namespace {

using SharedChanges = std::shared_ptr<const DiffChanges>;

Value trimmed_entry(const FactInfo& info, const FactSheet::Entry& entry) {
  return entry.is_known() ? trimmed_number({entry.steps, info.decimals}) : Value{};
}

Value cause_object(const DiffChanges& changes, std::size_t i, const ChangeCause& cause) {
  Object object{{"fact", name_of(cause)}, {"contribution", value_of(cause.contribution)}};
  if (cause.kind != CauseKind::Fact) return object;
  const FactInfo& info = info_of(cause.fact);
  const Position at = position_of(changes.service(i), cause.fact);
  object.emplace_back("from", trimmed_entry(info, cause.from));
  object.emplace_back("to", trimmed_entry(info, cause.to));
  object.emplace_back("file", at.line != 0 ? Value(changes.file(i)) : Value{});
  object.emplace_back("line", at.line != 0 ? count_value(at.line) : Value{});
  return object;
}

class DiffColumns {
 public:
  explicit DiffColumns(SharedChanges changes) : changes_(std::move(changes)) {}

  std::vector<Column> make() {
    const Diff& diff = *changes_->view().diff;
    const bool has_exempted = diff.count(Verdict::Exempted) != 0;
    const bool has_verdicts = has_exempted || diff.count(Verdict::Fail) != 0;
    add("name", "service", Shown::Always, [](const DiffChanges& c, std::size_t i) -> Value {
      return c.service(i).name;
    }).tone = [](std::size_t) { return Tone::Strong; };
    add("change", "change", Shown::Always, [](const DiffChanges& c, std::size_t i) -> Value {
      return word_value(migplan::name_of(c[i].change));
    }).tone = [changes = changes_](std::size_t i) {
      return (*changes)[i].change == Change::Moved ? Tone::Caution : Tone::Plain;
    };
    add_side("old_tier", "old tier", &DiffChanges::old_score, false);
    add_side("new_tier", "new tier", &DiffChanges::new_score, false);
    add_side("old_score", "old score", &DiffChanges::old_score, true);
    add_side("new_score", "new score", &DiffChanges::new_score, true);
    add_causes();
    add("difference", "difference", Shown::InData, [](const DiffChanges& c, std::size_t i) -> Value {
      if (!c[i].before || !c[i].after) return {};
      return value_of(difference(c[i], *c.view().before, *c.view().after));
    }).is_numeric = true;
    add("verdict", "verdict", has_verdicts ? Shown::Always : Shown::InData,
        [](const DiffChanges& c, std::size_t i) -> Value {
          return c[i].verdict ? word_value(migplan::name_of(*c[i].verdict)) : Value{};
        })
        .tone = [changes = changes_](std::size_t i) {
      return (*changes)[i].verdict == Verdict::Fail ? Tone::Alert : Tone::Plain;
    };
    add("exemption", "exemption", has_exempted ? Shown::Always : Shown::InData,
        [](const DiffChanges& c, std::size_t i) { return exemption_value(c[i].exemption); });
    add("override", "override", has_override() ? Shown::Always : Shown::InData,
        [](const DiffChanges& c, std::size_t i) { return override_value(c.service(i)); });
    add_service_facts();
    return std::move(columns_);
  }

 private:
  template <class Get>
  Column& add(std::string key, Text heading, Shown shown, Get get) {
    columns_.push_back({std::move(key), std::move(heading), shown, false,
                        [changes = changes_, get](std::size_t i) -> Value { return get(*changes, i); }});
    return columns_.back();
  }

  [[nodiscard]] bool has_override() const {
    for (std::size_t i = 0; i < changes_->view().diff->changes.size(); ++i) {
      if (details_of(changes_->service(i)).tier_override) return true;
    }
    return false;
  }

  void add_side(const char* key, const char* heading, const Score* (DiffChanges::*score)(std::size_t) const,
                bool wants_points) {
    Column& column =
        add(key, heading, Shown::Always, [score, wants_points](const DiffChanges& c, std::size_t i) -> Value {
          const Score* const found = (c.*score)(i);
          if (found == nullptr) return {};
          return wants_points ? value_of(found->total) : Value(c.tier_name(*found));
        });
    column.is_numeric = wants_points;
    if (wants_points) return;
    column.tone = [changes = changes_, score](std::size_t i) {
      const Score* const found = ((*changes).*score)(i);
      return found != nullptr ? tone_of_tier(found->tier) : Tone::Plain;
    };
  }

  void add_causes() {
    add("causes", "why", Shown::Always, [](const DiffChanges& c, std::size_t i) -> Value {
      List causes;
      for (const ChangeCause& cause : c.causes(i)) causes.emplace_back(cause_object(c, i, cause));
      return causes;
    }).words = [changes = changes_](std::size_t i) {
      std::vector<Text> words;
      for (const ChangeCause& cause : changes->causes(i)) words.push_back(words_of(cause));
      return Text::joined(std::move(words), "; ");
    };
  }

  void add_service_facts() {
    add("domain", "domain", Shown::OnRequest,
        [](const DiffChanges& c, std::size_t i) { return text_or_null(c.service(i).domain); });
    add("team", "team", Shown::OnRequest,
        [](const DiffChanges& c, std::size_t i) { return text_or_null(c.service(i).team); });
    add("file", "file", Shown::OnRequest, [](const DiffChanges& c, std::size_t i) -> Value { return c.file(i); });
    add("line", "line", Shown::OnRequest, [](const DiffChanges& c, std::size_t i) -> Value {
      return count_value(c.place(i, c.causes(i)).line);
    }).is_numeric = true;
  }

  SharedChanges changes_;
  std::vector<Column> columns_;
};

struct SettingChange {
  std::string key;
  Value before, after;
};

std::vector<SettingChange> policy_changes(const DiffView& view) {
  const auto before = settings_of(scoring_document(view.before->policy()));
  const auto after = settings_of(scoring_document(view.after->policy()));
  std::vector<SettingChange> changes;
  const auto value_in = [](const std::vector<Setting>& settings, const std::string& key) {
    const auto at = std::find_if(settings.begin(), settings.end(), [&key](const Setting& s) { return s.key == key; });
    return at == settings.end() ? Value{} : at->value;
  };
  const auto add = [&](const Setting& setting) {
    const bool counts = setting.key.starts_with("scoring.") || setting.key.ends_with(".min_score");
    if (!counts) return;
    Value old_value = value_in(before, setting.key), new_value = value_in(after, setting.key);
    const bool is_listed = std::any_of(changes.begin(), changes.end(),
                                       [&setting](const SettingChange& change) { return change.key == setting.key; });
    if (compare(old_value, new_value) == 0 || is_listed) return;
    changes.push_back({setting.key, std::move(old_value), std::move(new_value)});
  };
  for (const Setting& setting : before) add(setting);
  for (const Setting& setting : after) add(setting);
  return changes;
}

Text words_of(const std::vector<SettingChange>& settings) {
  std::vector<Text> changes;
  changes.reserve(settings.size());
  for (const SettingChange& one : settings) {
    changes.push_back(say("{} {} to {}", one.key, text_of(one.before), text_of(one.after)));
  }
  return say("Policy: {}.", Text::joined(std::move(changes), "; "));
}

std::vector<Text> notes_of(const DiffView& view, const std::vector<SettingChange>& settings) {
  std::vector<Text> notes;
  if (!settings.empty()) notes.push_back(words_of(settings));
  if (view.least > Points{}) {
    notes.push_back(say("Changes of a score by less than {} within a tier are left out.", trimmed(view.least)));
  }
  Text note = scale_note(view.after->policy());
  if (note.empty()) note = scale_note(view.before->policy());
  if (!note.empty()) notes.push_back(std::move(note));
  for (const Issue& remark : view.remarks->kept()) {
    notes.push_back(Text::verbatim(fmt::format("{}:{}: {}.", remark.file, remark.at.line, remark.message)));
  }
  return notes;
}

std::vector<Text> headlines_of(const DiffView& view) {
  const Diff& diff = *view.diff;
  std::vector<Text> lines{
      say("{} before, {} after: {}, {} added, {} removed, {}",
          counted(view.before->inventory().size(), "{} service", "{} services"), view.after->inventory().size(),
          counted(diff.count(Change::Moved), "{} tier moved", "{} tiers moved"), diff.count(Change::Added),
          diff.count(Change::Removed), counted(diff.count(Change::Scored), "{} score changed", "{} scores changed"))};
  const std::size_t failed = diff.count(Verdict::Fail), exempted = diff.count(Verdict::Exempted);
  if (failed + exempted != 0) lines.push_back(say("{} not approved, {} exempted", failed, exempted));
  return lines;
}

Object head_of(const DiffView& view, const std::vector<SettingChange>& settings, const std::vector<Text>& notes) {
  const Diff& diff = *view.diff;
  List policy, words;
  for (const SettingChange& change : settings) {
    policy.emplace_back(Object{{"key", change.key}, {"old", change.before}, {"new", change.after}});
  }
  for (const Text& note : notes) words.emplace_back(note);
  const auto side = [](std::string_view name, const Scorecard& card) {
    return Object{{"name", name}, {"count", count_value(card.inventory().size())}};
  };
  return {{"schema", "migplan/diff/v1"},
          {"old", side(view.before_name, *view.before)},
          {"new", side(view.after_name, *view.after)},
          {"moved", count_value(diff.count(Change::Moved))},
          {"added", count_value(diff.count(Change::Added))},
          {"removed", count_value(diff.count(Change::Removed))},
          {"scored", count_value(diff.count(Change::Scored))},
          {"unchanged", count_value(diff.unchanged)},
          {"failed", count_value(diff.count(Verdict::Fail))},
          {"exempted", count_value(diff.count(Verdict::Exempted))},
          {"min_change", value_of(view.least)},
          {"policy", std::move(policy)},
          {"notes", std::move(words)}};
}

FindingList findings_of(const SharedChanges& changes) {
  std::vector<CheckRule> rules;
  for (const Change change : {Change::Moved, Change::Added, Change::Removed, Change::Scored}) {
    rules.push_back(*find_check_rule(check_of(change)));
  }
  return {.suite = "migplan diff", .rules = std::move(rules), .all = [changes] { return changes->findings(); }};
}

// Where all rows behind the first so many are scores that changed, they are what a reader may skip.
void fold_scores(Table& table, const Diff& diff) {
  const auto rows = table.selection();
  const auto is_score = [&diff](std::uint32_t row) { return diff.changes[row].change == Change::Scored; };
  const auto first = std::find_if(rows.begin(), rows.end(), is_score);
  if (!std::all_of(first, rows.end(), is_score)) return;
  const auto count = static_cast<std::size_t>(rows.end() - first);
  table.fold_from(rows.size() - count, counted(count, "{} score changed, same tier", "{} scores changed, same tier"));
}

}  // namespace

Result<Report> diff_report(const DiffView& view, const TableChoice& choice) {
  auto tiers = chosen_tiers(view.after->policy(), choice.tiers);
  if (!tiers.is_ok()) return std::move(tiers).issues();
  const auto changes = std::make_shared<const DiffChanges>(view);
  auto table = std::make_shared<Table>("services", "", view.diff->changes.size(), DiffColumns(changes).make());
  std::vector<std::uint32_t> rows = table->selection();
  std::erase_if(rows, [&](std::uint32_t i) {
    const auto is_chosen = [&tiers](const Score* score) { return score != nullptr && tiers.value()[score->tier]; };
    return !is_chosen(changes->old_score(i)) && !is_chosen(changes->new_score(i));
  });
  table->select(std::move(rows));
  Issues issues = apply(choice, *table);
  if (issues.has_errors()) return issues;
  fold_scores(*table, *view.diff);
  const auto settings = policy_changes(view);
  std::vector<Text> notes = notes_of(view, settings);
  Object head = head_of(view, settings, notes);
  Report report{.document = std::move(head),
                .tables = {table},
                .notes = std::move(notes),
                .headlines = headlines_of(view),
                .findings = findings_of(changes)};
  report.document.emplace_back("services", Value(std::shared_ptr<const Table>(table)));
  return report;
}

}  // namespace migplan
