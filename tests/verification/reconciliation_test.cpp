#include "migplan/verification/reconciliation.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include "migplan/base/random_stream.hpp"
#include "migplan/verification/reconciliation_checks.hpp"

using namespace migplan;

namespace {

using Kind = OutcomeField::Kind;

// What the fields of `policy()` are, in its order: amount, status, version.
struct Record {
  std::string trace;
  std::int64_t time = 0;
  std::int64_t latency_us = 1000;
  std::string amount = "1", status = "PAID", version = "1";  // empty = absent
  std::uint64_t line = 1;
};

ReconcilePolicy policy() {
  ReconcilePolicy rules;
  rules.fields["amount"] = {FieldRule::Equal, RawValue{}};
  rules.fields["ignored"] = {FieldRule::Ignore, {}};
  rules.fields["status"] = {};
  rules.fields["version"] = {};
  rules.business_fields = {"amount", "status"};
  rules.version_field = "version";
  rules.window = Seconds::whole(60);
  return rules;
}

class TextStore final : public SpillStore {
 public:
  std::optional<std::size_t> full_after, unreadable_after;

  [[nodiscard]] std::optional<std::uint64_t> write(std::string_view bytes) override {
    const std::lock_guard lock(mutex_);
    if (full_after && text_.size() + bytes.size() > *full_after) return std::nullopt;
    text_ += bytes;
    return text_.size() - bytes.size();
  }
  [[nodiscard]] bool read(std::uint64_t from, std::span<char> out) override {
    const std::lock_guard lock(mutex_);
    if (unreadable_after && from >= *unreadable_after) return false;
    std::copy_n(text_.begin() + static_cast<std::ptrdiff_t>(from), out.size(), out.begin());
    return true;
  }
  [[nodiscard]] std::size_t size() const { return text_.size(); }

 private:
  std::mutex mutex_;
  std::string text_;
};

using Records = std::vector<std::pair<Side, Record>>;

std::optional<Reconciliation> joined(const Records& records, ReconcileOptions options, TextStore& store) {
  const ReconcilePolicy rules = policy();
  Reconciler reconciler(rules, options, store);
  REQUIRE(reconciler.fields().size() == 3);
  unsigned lane = 0;
  for (const auto& [side, record] : records) {
    const auto field = [](Kind kind, const std::string& text) {
      return text.empty() ? OutcomeField{} : OutcomeField{kind, text};
    };
    const std::vector<OutcomeField> fields{field(Kind::Text, record.amount), field(Kind::Text, record.status),
                                           field(Kind::Number, record.version)};
    lane = (lane + 1) % options.threads;
    reconciler.add(lane, side,
                   {.trace_id = record.trace,
                    .time_ms = record.time,
                    .latency_us = record.latency_us,
                    .line = record.line,
                    .fields = fields});
  }
  return reconciler.finish();
}

Reconciliation joined(const Records& records, ReconcileOptions options = {}) {
  TextStore store;
  auto found = joined(records, options, store);
  REQUIRE(found);
  return *std::move(found);
}

// Counts by a map, in the plainest way.
struct Counts {
  std::uint64_t pairs = 0, equal = 0, business = 0, version = 0, missing_old = 0, missing_new = 0, repeated = 0,
                repeated_otherwise = 0, late = 0;
  bool operator==(const Counts&) const = default;
};

Counts counts_of(const Reconciliation& found) {
  return {found.pairs,       found.equal,       found.business_different, found.version_different,
          found.missing_old, found.missing_new, found.repeated,           found.repeated_otherwise,
          found.late};
}

Counts counted_plainly(const Records& records) {
  std::map<std::string, std::array<std::vector<Record>, 2>> traces;
  for (const auto& [side, record] : records) traces[record.trace][static_cast<std::size_t>(side)].push_back(record);
  const auto content = [](const Record& r) { return std::tie(r.amount, r.status, r.version); };
  Counts counts;
  for (auto& [trace, sides] : traces) {
    for (auto& rows : sides) {
      // Fields of these records have one letter each, so that the order of their bytes is that of the texts.
      std::sort(rows.begin(), rows.end(), [&](const Record& a, const Record& b) {
        return std::tuple(a.time, content(a)) < std::tuple(b.time, content(b));
      });
      for (std::size_t i = 1; i < rows.size(); ++i) {
        ++(content(rows[i]) == content(rows[0]) ? counts.repeated : counts.repeated_otherwise);
      }
    }
    if (sides[0].empty()) ++counts.missing_old;
    if (sides[1].empty()) ++counts.missing_new;
    if (sides[0].empty() || sides[1].empty()) continue;
    const Record &one = sides[0][0], &other = sides[1][0];
    ++counts.pairs;
    if (content(one) == content(other)) ++counts.equal;
    if (one.amount != other.amount || one.status != other.status) ++counts.business;
    if (one.version != other.version) ++counts.version;
    if (std::abs(one.time - other.time) > 60'000) ++counts.late;
  }
  return counts;
}

Records random_records(std::size_t count, std::uint64_t seed) {
  RandomStream random(seed, 0);
  const auto digit = [&random](std::uint64_t below) { return std::to_string(1 + random.next() % below); };
  Records records;
  for (std::size_t i = 0; i < count; ++i) {
    Record record;
    record.trace = "t" + std::to_string(random.next() % (count / 2));
    record.time = static_cast<std::int64_t>(random.next() % 3) * 50'000;
    record.amount = digit(2);
    record.status = digit(2);
    record.version = digit(2);
    record.line = i + 1;
    records.emplace_back(random.next() % 2 == 0 ? Side::Old : Side::New, record);
  }
  return records;
}

}  // namespace

TEST_CASE("reconciliation: counts are those of a plain join, whatever memory and threads", "[verification]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Records records = random_records(400, seed);
    const Counts expected = counted_plainly(records);
    for (const std::size_t memory : {std::size_t{1} << 30U, std::size_t{40'000}}) {
      for (const unsigned threads : {1U, 3U}) {
        CAPTURE(seed, memory, threads);
        CHECK(counts_of(joined(records, {.memory = memory, .threads = threads})) == expected);
      }
    }
  }
}

TEST_CASE("reconciliation: the order of the records changes nothing", "[verification]") {
  Records records = random_records(600, 99);
  const Reconciliation first = joined(records);
  RandomStream random(5, 0);
  for (std::size_t i = records.size() - 1; i > 0; --i) std::swap(records[i], records[random.next() % (i + 1)]);
  const Reconciliation second = joined(records);
  CHECK(counts_of(first) == counts_of(second));
  REQUIRE(first.samples.size() == second.samples.size());
  for (std::size_t i = 0; i < first.samples.size(); ++i) {
    CHECK(first.samples[i].kind == second.samples[i].kind);
    CHECK(first.samples[i].trace_id == second.samples[i].trace_id);
  }
}

TEST_CASE("reconciliation: what does not fit the memory goes to the store and comes back", "[verification]") {
  // 20,000 rows of some 20 bytes each; 100,000 bytes leave room for a part of them, and partitions are split.
  const Records records = random_records(20'000, 3);
  TextStore store;
  const auto spilled = joined(records, {.memory = 100'000, .threads = 2, .samples = 4}, store);
  REQUIRE(spilled);
  CHECK(store.size() > 100'000);
  const Reconciliation kept = joined(records, {.threads = 1, .samples = 4});
  CHECK(counts_of(*spilled) == counts_of(kept));
  REQUIRE(spilled->samples.size() == kept.samples.size());
  for (std::size_t i = 0; i < kept.samples.size(); ++i) {
    CHECK(spilled->samples[i].trace_id == kept.samples[i].trace_id);
    CHECK(spilled->samples[i].old_line == kept.samples[i].old_line);
    CHECK(spilled->samples[i].new_line == kept.samples[i].new_line);
  }
}

TEST_CASE("reconciliation: a store that is full, or cannot be read, gives no result", "[verification]") {
  const Records records = random_records(20'000, 3);
  for (const std::size_t room : {std::size_t{0}, std::size_t{100'000}}) {
    TextStore full;
    full.full_after = room;
    CHECK_FALSE(joined(records, {.memory = 100'000, .threads = 2}, full));
  }
  TextStore unreadable;
  unreadable.unreadable_after = 1000;
  CHECK_FALSE(joined(records, {.memory = 100'000, .threads = 2}, unreadable));
}

TEST_CASE("reconciliation: fields are counted with what is missing on either side", "[verification]") {
  Record whole{.trace = "a"}, other{.trace = "a"}, lacking{.trace = "b"}, bare{.trace = "b"};
  other.amount = "1.00";  // the same number
  other.status = "LOST";
  lacking.version = bare.version = "";
  bare.status = "";
  const Reconciliation found =
      joined({{Side::Old, whole}, {Side::New, other}, {Side::Old, lacking}, {Side::New, bare}});
  REQUIRE(found.fields.size() == 3);
  const auto& [amount, status, version] = std::tie(found.fields[0], found.fields[1], found.fields[2]);
  CHECK(amount.compared == 2);
  CHECK(amount.different == 0);
  CHECK(status.compared == 2);
  CHECK(status.different == 2);
  CHECK(status.missing_old == 0);
  CHECK(status.missing_new == 1);
  CHECK(version.compared == 1);  // neither record of b has one
  CHECK(found.version_compared == 1);
  CHECK(found.business_different == 2);
  CHECK(found.equal == 0);
}

TEST_CASE("reconciliation: samples are the first lines of each kind with both values", "[verification]") {
  Records records;
  for (std::uint64_t i = 1; i <= 50; ++i) {
    Record one{.trace = "t" + std::to_string(i)}, other = one;
    one.line = other.line = i;
    other.status = "LOST";
    records.emplace_back(Side::Old, one);
    records.emplace_back(Side::New, other);
  }
  const Reconciliation found = joined(records, {.samples = 2});
  REQUIRE(found.samples.size() == 2);
  CHECK(found.samples[0].trace_id == "t1");
  CHECK(found.samples[1].trace_id == "t2");
  CHECK(found.samples[1].field == "status");
  CHECK(found.samples[1].old_value == "PAID");
  CHECK(found.samples[1].new_value == "LOST");
  CHECK(found.samples[1].old_line == 2);
  CHECK(joined(records, {.samples = 0}).samples.empty());
}

TEST_CASE("reconciliation: negative latencies are counted and left out", "[verification]") {
  Record one{.trace = "a"}, other{.trace = "a"};
  one.latency_us = -5;
  const Reconciliation found = joined({{Side::Old, one}, {Side::New, other}});
  CHECK(found.sides[0].negative_latencies == 1);
  CHECK(found.sides[0].latencies.count() == 0);
  CHECK(found.sides[1].latencies.kth(1) == 1000);
}

TEST_CASE("reconciliation: every difference is a failure, no pair is no evidence", "[verification]") {
  const EvidencePlace place{"new.jsonl", {}, ""};
  const auto verdicts = [&place](const Records& records) {
    std::vector<Verdict> all;
    for (const Check& check : reconciliation_checks(joined(records), "cart", place)) all.push_back(check.verdict);
    return all;
  };
  using V = Verdict;
  Record one{.trace = "a"}, changed{.trace = "a"};
  changed.version = "2";
  CHECK(verdicts({{Side::Old, one}, {Side::New, one}}) == std::vector{V::Pass, V::Pass, V::Pass, V::Pass});
  CHECK(verdicts({{Side::Old, one}, {Side::New, changed}}) == std::vector{V::Fail, V::Fail, V::Pass, V::Pass});
  CHECK(verdicts({{Side::Old, one}}) == std::vector{V::Inconclusive, V::Fail, V::Pass});
  CHECK(verdicts({{Side::Old, one}, {Side::Old, changed}, {Side::New, one}}) ==
        std::vector{V::Pass, V::Pass, V::Pass, V::Fail});
  CHECK(verdicts({{Side::Old, one}, {Side::Old, one}, {Side::New, one}}) ==
        std::vector{V::Pass, V::Pass, V::Pass, V::Pass});
  CHECK(verdicts({}) == std::vector(3, V::Inconclusive));
}
