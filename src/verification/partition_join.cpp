#include "partition_join.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <tuple>

#include "field_equality.hpp"

namespace migplan {
namespace {

// The line that a sample is known by: of the old side, or of the new one where that is missing.
std::uint64_t first_line(const PairSample& sample) { return sample.old_line.value_or(sample.new_line.value_or(0)); }

}  // namespace

void keep_first_samples(std::vector<PairSample>& samples, std::size_t wanted) {
  std::sort(samples.begin(), samples.end(), [](const PairSample& a, const PairSample& b) {
    const auto key = [](const PairSample& s) {
      return std::tuple(s.kind, first_line(s), s.new_line.value_or(0), std::string_view(s.trace_id),
                        std::string_view(s.field));
    };
    return key(a) < key(b);
  });
  std::size_t kept = 0, of_kind = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    of_kind = i > 0 && samples[i].kind == samples[kept == 0 ? 0 : kept - 1].kind ? of_kind + 1 : 1;
    if (of_kind > wanted) continue;
    if (kept != i) samples[kept] = std::move(samples[i]);
    ++kept;
  }
  samples.resize(kept);
}

PartitionJoin::PartitionJoin(const ReconcilePolicy& policy, std::span<const ComparedField> fields, std::size_t samples)
    : wanted_samples_(samples), window_ms_(policy.window.steps()) {
  for (const ComparedField& field : fields) {
    const auto& business = policy.business_fields;
    fields_.push_back({field.name, &policy.fields.at(field.name),
                       std::find(business.begin(), business.end(), field.name) != business.end(),
                       field.name == policy.version_field});
    found_.fields.push_back({.field = field.name});
  }
}

void PartitionJoin::join(std::span<const std::string_view> pieces, std::size_t rows) {
  group(pieces, rows);
  for (Group& each : groups_) judge(each);
}

void PartitionJoin::group(std::span<const std::string_view> pieces, std::size_t rows) {
  slots_.assign(std::bit_ceil(rows + rows / 2 + 1), kNone);
  groups_.clear();
  others_.clear();
  for (const std::string_view piece : pieces) {
    const char* const end = piece.data() + piece.size();
    for (const char* at = piece.data(); at != end;) {
      const OutcomeRow row(at);
      Group& group = group_of(row);
      const char*& first = group.row[static_cast<std::size_t>(row.side())];
      if (first == nullptr) {
        first = at;
      } else {
        others_.push_back({at, group.others});
        group.others = static_cast<std::uint32_t>(others_.size() - 1);
      }
      at = row.behind();
    }
  }
}

PartitionJoin::Group& PartitionJoin::group_of(const OutcomeRow& row) {
  const auto hash = static_cast<std::uint32_t>(row.hash());
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    if (slots_[slot] == kNone) {
      slots_[slot] = static_cast<std::uint32_t>(groups_.size());
      Group& group = groups_.emplace_back();
      group.hash = hash;
      return group;
    }
    Group& group = groups_[slots_[slot]];
    if (group.hash != hash) continue;
    if (OutcomeRow(group.row[0] != nullptr ? group.row[0] : group.row[1]).is_same_trace(row)) return group;
  }
}

void PartitionJoin::judge(Group& group) {
  ++found_.traces;
  if (group.others != kNone) judge_repeats(group);
  const auto [old_row, new_row] = group.row;
  if (old_row == nullptr) {
    ++found_.missing_old;
    sample(PairKind::MissingOld, nullptr, new_row);
  } else if (new_row == nullptr) {
    ++found_.missing_new;
    sample(PairKind::MissingNew, old_row, nullptr);
  } else {
    judge_pair(old_row, new_row);
  }
}

// Of several records of one side the earliest one is compared, of those of one time the one whose content comes first:
// nothing that hangs on the order of the records.
void PartitionJoin::judge_repeats(Group& group) {
  std::vector<const char*> sides[2];
  for (std::size_t side = 0; side < 2; ++side) {
    if (group.row[side] != nullptr) sides[side].push_back(group.row[side]);
  }
  for (std::uint32_t i = group.others; i != kNone; i = others_[i].next) {
    sides[static_cast<std::size_t>(OutcomeRow(others_[i].row).side())].push_back(others_[i].row);
  }
  for (std::size_t side = 0; side < 2; ++side) {
    auto& rows = sides[side];
    if (rows.size() < 2) continue;
    std::sort(rows.begin(), rows.end(), [](const char* a, const char* b) {
      const OutcomeRow::Content first = OutcomeRow(a).content(), second = OutcomeRow(b).content();
      return std::tuple(first.time_ms.value_or(INT64_MAX), first.field_bytes, first.line) <
             std::tuple(second.time_ms.value_or(INT64_MAX), second.field_bytes, second.line);
    });
    group.row[side] = rows.front();
    for (std::size_t i = 1; i < rows.size(); ++i) {
      const bool is_same =
          is_same_content(OutcomeRow(rows.front()).content().field_bytes, OutcomeRow(rows[i]).content().field_bytes);
      ++(is_same ? found_.repeated : found_.repeated_otherwise);
      const PairKind kind = is_same ? PairKind::Repeated : PairKind::RepeatedOtherwise;
      // Both lines are of one side.
      side == 0 ? sample(kind, rows[i], nullptr) : sample(kind, nullptr, rows[i]);
    }
  }
}

bool PartitionJoin::is_same_content(std::string_view a, std::string_view b) const {
  if (a == b) return true;
  OutcomeRow::Fields first(a), second(b);
  return std::all_of(fields_.begin(), fields_.end(), [&](const Compared& field) {
    const OutcomeField one = first.next(), other = second.next();
    const bool is_absent = one.kind == OutcomeField::Kind::Absent && other.kind == OutcomeField::Kind::Absent;
    return is_absent || is_equal(one, other, *field.rule);
  });
}

void PartitionJoin::judge_pair(const char* old_at, const char* new_at) {
  ++found_.pairs;
  const OutcomeRow::Content old_row = OutcomeRow(old_at).content(), new_row = OutcomeRow(new_at).content();
  if (old_row.time_ms && new_row.time_ms && std::abs(*old_row.time_ms - *new_row.time_ms) > window_ms_) {
    ++found_.late;
    sample(PairKind::Late, old_at, new_at);
  }
  OutcomeRow::Fields old_fields(old_row.field_bytes), new_fields(new_row.field_bytes);
  bool differs = false, business_differs = false;
  const bool has_same_bytes = old_row.field_bytes == new_row.field_bytes;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const OutcomeField one = old_fields.next(), other = has_same_bytes ? one : new_fields.next();
    const bool lacks_old = one.kind == OutcomeField::Kind::Absent, lacks_new = other.kind == OutcomeField::Kind::Absent;
    if (lacks_old && lacks_new) continue;
    FieldCount& count = found_.fields[i];
    ++count.compared;
    if (fields_[i].is_version) ++found_.version_compared;
    if (has_same_bytes || is_equal(one, other, *fields_[i].rule)) continue;
    differs = true;
    ++count.different;
    count.missing_old += lacks_old ? 1 : 0;
    count.missing_new += lacks_new ? 1 : 0;
    business_differs |= fields_[i].is_business;
    if (fields_[i].is_version) ++found_.version_different;
    sample(fields_[i].is_version ? PairKind::VersionDiffers : PairKind::Differs, old_at, new_at, i, one.text,
           other.text);
  }
  found_.equal += differs ? 0 : 1;
  found_.business_different += business_differs ? 1 : 0;
}

void PartitionJoin::sample(PairKind kind, const char* old_row, const char* new_row, std::size_t field,
                           std::string_view old_value, std::string_view new_value) {
  if (wanted_samples_ == 0) return;
  auto& samples = found_.samples;
  auto& [count, greatest] = sampled_[static_cast<std::size_t>(kind)];
  const char* const known = old_row != nullptr ? old_row : new_row;
  const std::uint64_t line = OutcomeRow(known).content().line;
  if (count >= wanted_samples_ && line > greatest) return;
  PairSample& made = samples.emplace_back();
  made.kind = kind;
  made.trace_id = OutcomeRow(known).trace_id();
  if (old_row != nullptr) made.old_line = OutcomeRow(old_row).content().line;
  if (new_row != nullptr) made.new_line = OutcomeRow(new_row).content().line;
  if (field < fields_.size()) made.field = fields_[field].name;
  made.old_value = old_value;
  made.new_value = new_value;
  greatest = count == 0 ? line : std::max(greatest, line);
  ++count;
  if (samples.size() < kPairKinds * (2 * wanted_samples_ + 64)) return;
  keep_first_samples(samples, wanted_samples_);
  recount_samples();
}

void PartitionJoin::recount_samples() {
  sampled_ = {};
  for (const PairSample& sample : found_.samples) {
    auto& [count, greatest] = sampled_[static_cast<std::size_t>(sample.kind)];
    ++count;
    greatest = std::max(greatest, first_line(sample));
  }
}

void PartitionJoin::add_to(Reconciliation& total) const {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    FieldCount& sum = total.fields[i];
    const FieldCount& own = found_.fields[i];
    sum.compared += own.compared;
    sum.different += own.different;
    sum.missing_old += own.missing_old;
    sum.missing_new += own.missing_new;
  }
  for (const auto count :
       {&Reconciliation::traces, &Reconciliation::pairs, &Reconciliation::equal, &Reconciliation::business_different,
        &Reconciliation::version_compared, &Reconciliation::version_different, &Reconciliation::missing_old,
        &Reconciliation::missing_new, &Reconciliation::repeated, &Reconciliation::repeated_otherwise,
        &Reconciliation::late}) {
    total.*count += found_.*count;
  }
  total.samples.insert(total.samples.end(), found_.samples.begin(), found_.samples.end());
}

}  // namespace migplan
