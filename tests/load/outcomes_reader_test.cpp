#include "migplan/load/outcomes_reader.hpp"

#include <zlib.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <mutex>
#include <string>
#include <vector>

using namespace migplan;

namespace {

const std::vector<ComparedField> kFields{{"amount", true}, {"items", false}, {"status", true}};

// What the sink was given, as texts: "old a@5 12ms #1: amount=N10.5 items= status=TPAID".
struct Read {
  std::vector<std::string> outcomes;
  std::vector<std::string> issues;
};

Read read(std::string_view text, std::optional<Side> side = Side::Old, unsigned threads = 1) {
  constexpr std::string_view kKinds = "-NTBCS";
  Read result;
  std::mutex mutex;
  TextSource source(text);
  const Issues issues = read_outcomes(source, "dump", side, kFields, threads, [&](unsigned, Side of, const Outcome& o) {
    std::string line = std::string(name_of(of)) + " " + std::string(o.trace_id);
    if (o.time_ms) line += "@" + std::to_string(*o.time_ms);
    if (o.latency_us) line += " " + std::to_string(*o.latency_us) + "us";
    line += " #" + std::to_string(o.line);
    for (const OutcomeField& field : o.fields) {
      line += " ";
      line += kKinds[static_cast<std::size_t>(field.kind)];
      line += field.text;
    }
    const std::lock_guard lock(mutex);
    result.outcomes.push_back(std::move(line));
  });
  for (const Issue& issue : issues.kept()) result.issues.push_back(to_string(issue));
  return result;
}

using Texts = std::vector<std::string>;

std::string zipped(std::string_view text) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string in(text), out(deflateBound(&stream, in.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(out.size() - stream.avail_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace

TEST_CASE("outcomes: NDJSON in any order of keys, with what nobody asks for passed over", "[load]") {
  const Read result = read(
      "{\"trace_id\":\"a\",\"ts\":1719792000000,\"latency_ms\":12.5,\"amount\":\"10.50\",\"status\":\"PAID\",\"x\":1}\n"
      "\n"
      "{\"status\":null,\"amount\":10.5,\"trace_id\":\"b\",\"extra\":{\"trace_id\":\"no\",\"l\":[{}]},\"ts\":"
      "\"2024-07-01T00:00:00.250Z\"}\r\n"
      "  {\"trace_id\":7,\"latency_ms\":-0.001}");
  CHECK(result.issues.empty());
  CHECK(result.outcomes == Texts{"old a@1719792000000 12500us #1 T10.50 - TPAID", "old b@1719792000250 #3 N10.5 - -",
                                 "old 7 -1us #4 - - -"});
}

TEST_CASE("outcomes: lists and maps are written in one way", "[load]") {
  const Read result = read(R"({"trace_id":"a","items":[ 3, "b\"x", {"z":1.50,"a":[2, 1]}, null ]}
{"trace_id":"b","items":[null,{"a":[2,1],"z":15e-1},3.0,"b\u0022x"]}
{"trace_id":"c","amount":[2,1],"items":[2,1],"status":{}})");
  CHECK(result.issues.empty());
  REQUIRE(result.outcomes.size() == 3);
  CHECK(result.outcomes[0].substr(5 + 4) == result.outcomes[1].substr(5 + 4));
  CHECK(result.outcomes[2] == "old c #3 S[2,1] S[1,2] S{}");
}

TEST_CASE("outcomes: escapes in keys and values are replaced", "[load]") {
  const Read result = read(R"({"trac\u0065_id":"\u0061\u0062","sta\u0074us":"P\u0041ID","amount":"\ud83d\ude00"})");
  CHECK(result.outcomes == Texts{"old ab #1 T\xF0\x9F\x98\x80 - TPAID"});
}

TEST_CASE("outcomes: CSV with a header, cells of no type, quoted newlines counted", "[load]") {
  const Read result = read(
      "\xEF\xBB\xBFstatus;trace_id;note;items;latency_ms;ts\n"
      "PAID;a;\"two\nlines\";[3, 1];12.5;2024-07-01T00:00:00Z\n"
      ";b;;;;1719792000000\n"
      "[x;c;;;-1;\n");
  CHECK(result.issues.empty());
  CHECK(result.outcomes == Texts{"old a@1719792000000 12500us #2 - S[1,3] CPAID", "old b@1719792000000 #4 - - -",
                                 "old c -1000us #5 - - C[x"});
}

TEST_CASE("outcomes: a merged dump says the side in each record", "[load]") {
  const Read result = read(
      "{\"trace_id\":\"a\",\"source\":\"new\"}\n{\"source\":\"old\",\"trace_id\":\"a\"}\n{\"trace_id\":\"b\"}\n"
      "{\"trace_id\":\"c\",\"source\":\"blue\"}\n",
      std::nullopt);
  CHECK(result.outcomes == Texts{"new a #1 - - -", "old a #2 - - -"});
  CHECK(result.issues ==
        Texts{"dump:3:1: error: source: missing, expected old or new (name two files where each holds one side)",
              "dump:4:26: error: source: found \"blue\", expected old or new"});
  CHECK(read("trace_id,amount\na,1\n", std::nullopt).issues.front().find("no column source") != std::string::npos);
  CHECK(read("{\"trace_id\":\"a\",\"source\":\"new\"}", Side::Old).issues ==
        Texts{"dump:1:26: error: source: found \"new\" in the dump of the old side"});
}

TEST_CASE("outcomes: faults have their place, and the record is left out", "[load]") {
  const Read result = read(
      "{\"trace_id\":\"a\"}\n"
      "{\"trace_id\":\"b\",\"trace_id\":\"c\"}\n"
      "{\"trace_id\":\"d\",\"latency_ms\":\"12\"}\n"
      "{\"trace_id\":\"e\",\"ts\":\"yesterday\"}\n"
      "{\"amount\":1}\n"
      "{\"trace_id\":\"\"}\n"
      "{\"trace_id\":[1]}\n"
      "[1]\n"
      "5\n"
      "{\"trace_id\":\"f\",}\n"
      "{\"trace_id\":\"g\"} {}\n"
      "{\"trace_id\":\"h\",\"amount\":1e5\n");
  CHECK(result.outcomes == Texts{"old a #1 - - -"});
  REQUIRE(result.issues.size() == 11);
  const auto says = [&](std::size_t i, const char* text) {
    CAPTURE(result.issues[i], text);
    CHECK(result.issues[i].find(text) != std::string::npos);
  };
  says(0, "dump:2:17: error: trace_id: this key stands here twice");
  says(1, "dump:3:30: error: latency_ms: found \"12\", expected a number of milliseconds");
  says(2, "dump:4:22: error: ts: found \"yesterday\", expected milliseconds");
  says(3, "dump:5:1: error: trace_id: missing");
  says(4, "dump:6:13: error: trace_id: found");
  says(5, "dump:7:13: error: trace_id: found a list or a map, expected a single value");
  says(6, "dump:8:1: error: found a list, expected a map");
  says(7, "dump:9:1: error: found a single value, expected a map");
  says(8, "dump:10:17: error: not JSON");
  says(9, "dump:11:18: error: not JSON: text behind the end");
  says(10, "dump:12");
}

TEST_CASE("outcomes: faults in CSV have their place", "[load]") {
  CHECK(read("a,b\n1,2\n").issues.front().find("dump:1:1: error: no column trace_id") == 0);
  CHECK(
      read("trace_id,trace_id\n1,2\n").issues.front().find("dump:1:10: error: column \"trace_id\" stands here twice") ==
      0);
  const Read ragged = read("trace_id,amount\na\nb,1,2\nc,3\n");
  CHECK(ragged.outcomes == Texts{"old c #4 C3 - -"});
  REQUIRE(ragged.issues.size() == 2);
  CHECK(ragged.issues[0].find("dump:2:1: error: found 1 cells, expected 2") == 0);
  CHECK(read("trace_id,amount\n\"a,1\n").issues.front().find("no closing quote") != std::string::npos);
}

TEST_CASE("outcomes: one JSON list is refused with what to do, an empty dump is empty", "[load]") {
  CHECK(read("[{\"trace_id\":\"a\"}]").issues.front().find("found one JSON list") != std::string::npos);
  CHECK(read("").outcomes.empty());
  CHECK(read("\n \n").issues.empty());
}

TEST_CASE("outcomes: gzip is unpacked, and a packed text that breaks off is an error", "[load]") {
  const std::string packed = zipped("{\"trace_id\":\"a\"}\n") + zipped("{\"trace_id\":\"b\"}\n");
  CHECK(read(packed).outcomes == Texts{"old a #1 - - -", "old b #2 - - -"});
  const Read cut = read(packed.substr(0, packed.size() - 5));
  REQUIRE(cut.issues.size() == 1);
  CHECK(cut.issues[0].find("the gzip text breaks off") != std::string::npos);
  std::string damaged = packed;
  damaged[14] = static_cast<char>(~damaged[14]);
  CHECK_FALSE(read(damaged).issues.empty());
}

TEST_CASE("outcomes: many threads read what one does, with the same faults", "[load]") {
  std::string text, csv = "trace_id,amount,status\n";
  for (int i = 0; i < 40'000; ++i) {
    const std::string number = std::to_string(i);
    const bool is_bad = i % 7919 == 7918;
    text += is_bad ? "{\"trace_id\":\"" + number + "\",\"ts\":true}\n"
                   : "{\"trace_id\":\"" + number + "\",\"amount\":" + number + ",\"status\":\"PAID\"}\n";
    csv += is_bad ? number + ",1\n" : number + "," + number + ",\"PA\nID\"\n";
  }
  for (const std::string& dump : {text, csv}) {
    Read one = read(dump, Side::New, 1), many = read(dump, Side::New, 3);
    REQUIRE(one.outcomes.size() == 40'000 - 5);
    CHECK(one.issues.size() == 5);
    CHECK(one.issues == many.issues);
    std::sort(one.outcomes.begin(), one.outcomes.end());
    std::sort(many.outcomes.begin(), many.outcomes.end());
    CHECK(one.outcomes == many.outcomes);
  }
}
