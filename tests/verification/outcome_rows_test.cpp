#include "outcome_rows.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace migplan;

namespace {

std::vector<char> row_of(const Outcome& outcome, Side side = Side::Old) {
  std::vector<char> bytes(OutcomeRow::bound(outcome));
  const char* const end = OutcomeRow::write(bytes.data(), OutcomeRow::Key(outcome.trace_id), side, outcome);
  REQUIRE(static_cast<std::size_t>(end - bytes.data()) <= bytes.size());
  REQUIRE(OutcomeRow(bytes.data()).behind() == end);
  return bytes;
}

}  // namespace

TEST_CASE("outcome rows: trace ids of every form come back as they were", "[verification]") {
  for (const std::string id :
       {"0123456789abcdef0123456789abcdef", "4bf92f35-77b3-4da6-a3ce-929d0e0e4736", "4BF92F3577B34DA6A3CE929D0E0E4736",
        "0123456789abcdef0123456789abcdeg", "0123456789abcde:0123456789abcdef", "4bf92f35x77b3-4da6-a3ce-929d0e0e4736",
        "order-17", "x", "00f067aa0ba902b7", "订单-一"}) {
    CAPTURE(id);
    const auto bytes = row_of({.trace_id = id, .fields = {}});
    CHECK(OutcomeRow(bytes.data()).trace_id() == id);
    CHECK(OutcomeRow(bytes.data()).hash() == OutcomeRow::Key(id).hash());
  }
}

TEST_CASE("outcome rows: a UUID and the same digits without dashes are two traces", "[verification]") {
  const auto uuid = row_of({.trace_id = "4bf92f35-77b3-4da6-a3ce-929d0e0e4736", .fields = {}});
  const auto hex = row_of({.trace_id = "4bf92f3577b34da6a3ce929d0e0e4736", .fields = {}});
  CHECK_FALSE(OutcomeRow(uuid.data()).is_same_trace(OutcomeRow(hex.data())));
  CHECK(OutcomeRow(uuid.data())
            .is_same_trace(OutcomeRow(
                row_of({.trace_id = "4bf92f35-77b3-4da6-a3ce-929d0e0e4736", .line = 9, .fields = {}}).data())));
}

TEST_CASE("outcome rows: line, time and fields come back, numbers in one notation", "[verification]") {
  using Kind = OutcomeField::Kind;
  const std::string long_text(300, 'y');
  const std::vector<OutcomeField> fields{{},
                                         {Kind::Number, "10.50"},
                                         {Kind::Number, "1e38"},
                                         {Kind::Text, long_text},
                                         {Kind::Cell, ""},
                                         {Kind::Structure, "[1,2]"}};
  for (const std::int64_t time : {INT64_MIN, std::int64_t{-1}, std::int64_t{0}, INT64_MAX}) {
    const auto bytes = row_of({.trace_id = "t", .time_ms = time, .line = UINT64_MAX, .fields = fields}, Side::New);
    const OutcomeRow row(bytes.data());
    CHECK(row.side() == Side::New);
    const OutcomeRow::Content content = row.content();
    CHECK(content.line == UINT64_MAX);
    CHECK(content.time_ms == time);
    OutcomeRow::Fields back(content.field_bytes);
    for (const std::string expected : {"", "10.5", "100000000000000000000000000000000000000"}) {
      CHECK(back.next().text == expected);
    }
    CHECK(back.next().text == long_text);
    CHECK(back.next().kind == Kind::Cell);
    CHECK(back.next().text == "[1,2]");
  }
  CHECK_FALSE(OutcomeRow(row_of({.trace_id = "t", .fields = {}}).data()).content().time_ms);
}
