#include "migplan/load/sunset_series_reader.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "foreign/evidence_reading.hpp"

using namespace migplan;

namespace {

using Texts = std::vector<std::string>;

struct Text {
  std::string path, text;
  std::optional<SunsetColumn> column{};
};

// What a source in memory reads; keeps its text.
class KeptSource final : public ByteSource {
 public:
  explicit KeptSource(std::string text) : text_(std::move(text)), source_(text_) {}
  std::size_t read(std::span<char> out) override { return source_.read(out); }
  [[nodiscard]] std::string_view error() const noexcept override { return source_.error(); }

 private:
  std::string text_;
  TextSource source_;
};

Result<std::vector<SunsetSeries>> read(const std::vector<Text>& texts, const std::vector<std::string>& services = {}) {
  std::vector<SeriesSource> sources;
  for (const Text& text : texts) sources.push_back({text.path, text.column, std::make_unique<KeptSource>(text.text)});
  return read_sunset_series(std::move(sources), services);
}

Texts problems(const Result<std::vector<SunsetSeries>>& result) {
  Texts lines;
  for (const Issue& issue : result.issues().kept()) lines.push_back(to_string(issue));
  return lines;
}
Texts problems_of(const std::string& csv) { return problems(read({{"s.csv", csv}}, {"cart"})); }

SunsetSeries only(const Result<std::vector<SunsetSeries>>& result) {
  for (const std::string& line : problems(result)) UNSCOPED_INFO(line);
  REQUIRE(result.is_ok());
  REQUIRE(result.value().size() == 1);
  return result.value().front();
}

// "2 of new_sla", and so on.
Texts counts_of(const SunsetSeries& series) {
  Texts counts;
  visit_columns(series, [&counts](SunsetColumn column, const auto& samples) {
    if (!samples.empty()) counts.push_back(std::to_string(samples.size()) + " of " + std::string(name_of(column)));
  });
  return counts;
}

constexpr std::int64_t kJuly = 1'719'792'000'000;  // 2024-07-01T00:00:00Z

}  // namespace

TEST_CASE("sunset_series_reader: CSV names its columns, and a cell may be empty") {
  const SunsetSeries series =
      only(read({{"s.csv",
                  "time,new_share,p99_ms,error_rate,consistency,old_requests,new_sla,cdc_delay_s\n"
                  "2024-07-01T00:00:00Z,5,812.5,0.2%,99.995 %,40,99.97,1.25\n"
                  "1719792300000,5,,,,,,\n"}},
                {"cart"}));
  CHECK(series.service == "cart");
  CHECK(counts_of(series) == Texts{"2 of new_share", "1 of p99_ms", "1 of error_rate", "1 of consistency",
                                   "1 of old_requests", "1 of new_sla", "1 of cdc_delay_s"});
  CHECK(series.new_share[1].time_ms == kJuly + 300'000);
  CHECK(series.p99[0].value.steps() == 812'500);
  CHECK(series.error_rate[0].value.steps() == 200'000);
  CHECK(series.consistency[0].value.steps() == 99'995'000);
  CHECK(series.cdc_delay[0].value.steps() == 1250);
  CHECK(to_string(series.place(series.p99[0], SunsetColumn::P99)) == "s.csv:2 p99_ms");
  CHECK(series.p99[0].at.column == 24);  // behind "2024-07-01T00:00:00Z,5,"
}

TEST_CASE("sunset_series_reader: semicolons, tabs, a byte-order mark and any order of the columns") {
  CHECK(counts_of(only(read({{"s.csv", "\xEF\xBB\xBFnew_sla;time\r\n99.9;2024-07-01T08:00:00+08:00\r\n"}},
                            {"cart"}))) == Texts{"1 of new_sla"});
  const SunsetSeries tabs = only(read({{"s.csv", "time\told_requests\n2024-07-01 00:00:00Z\t0\n"}}, {"cart"}));
  CHECK(tabs.old_requests[0].time_ms == kJuly);
}

TEST_CASE("sunset_series_reader: rows are sorted by time, and what was out of order is told") {
  const auto result = read({{"s.csv",
                             "time,new_sla\n2024-07-01T00:10:00Z,99\n2024-07-01T00:00:00Z,98\n"
                             "2024-07-01T00:05:00Z,97\n2024-07-01T00:05:00Z,96\n2024-07-01T00:04:00Z,96\n"}},
                           {"cart"});
  const SunsetSeries series = only(result);
  REQUIRE(series.new_sla.size() == 4);
  CHECK(series.new_sla[0].value == Percent::whole(98));
  CHECK(series.new_sla[2].value == Percent::whole(96));  // the worse one of 00:05
  CHECK(
      problems(result) ==
      Texts{"s.csv:3:1: warning: 2 rows are earlier than the one before it: the rows are sorted by time",
            "s.csv:5:22: warning: new_sla has several values for one time, here and at s.csv:4: the worse one counts"});
}

TEST_CASE("sunset_series_reader: NaN is nothing measured, and infinity is beyond any limit") {
  const auto result = read({{"s.csv",
                             "time,p99_ms,error_rate,old_requests\n2024-07-01T00:00:00Z,+Inf,NaN,1e-9\n"
                             "2024-07-01T00:05:00Z,2000000000,nan,0e9\n"}},
                           {"cart"});
  const SunsetSeries series = only(result);
  CHECK(counts_of(series) == Texts{"2 of p99_ms", "2 of old_requests"});
  CHECK(series.p99[0].value == Milliseconds::max());
  CHECK(series.p99[1].value == Milliseconds::max());
  CHECK(series.old_requests[0].value.steps() == 1);  // any request is one, however small the rate
  CHECK(series.old_requests[1].value.steps() == 0);
  CHECK(problems(result) == Texts{"s.csv:2:27: warning: 2 values are NaN: nothing was measured there"});
}

TEST_CASE("sunset_series_reader: every slip in a CSV is told with its place") {
  CHECK(problems_of("time,new_share,new_sla,p99_ms,old_requests,error_rate\n"
                    "yesterday,5,99,1,1,1\n"
                    "2024-07-01T00:00:00Z,101,-1,fast,many,inf\n"
                    "2024-07-01T00:05:00Z,5\n") ==
        Texts{"s.csv:2:1: error: time: found \"yesterday\", expected a time such as 2024-07-01T12:00:00Z or "
              "milliseconds since 1970",
              "s.csv:3:22: error: new_share: found \"101\", expected a number (percent), 0 to 100",
              "s.csv:3:26: error: new_sla: found \"-1\", expected a number (percent), 0 to 100",
              "s.csv:3:29: error: p99_ms: found \"fast\", expected a number (ms), 0 to 1000000",
              "s.csv:3:34: error: old_requests: found \"many\", expected a number, 0 to 1000000000000",
              "s.csv:3:39: error: error_rate: found \"inf\", expected a number (percent), 0 to 100",
              "s.csv:4:1: error: found 2 cells, expected 6 as in the header"});
  CHECK(problems_of("new_sla\n99\n")[0].starts_with("s.csv:1:1: error: no column time (a series is CSV"));
  CHECK(problems_of("time,new_sla,new_sla\n") == Texts{"s.csv:1:14: error: column \"new_sla\" stands here twice"});
  CHECK(problems_of("time,sla\n1719792000000,99\n")[1].starts_with("s.csv:1:1: error: no column of a sunset series"));
  CHECK(problems_of("time,new_sla\n") == Texts{"s.csv:1:1: error: found a header and no row"});
  CHECK(problems_of("") == Texts{"s.csv: error: found nothing, expected a time series"});
  CHECK(problems_of("time,new_sla\n1719792000000,\"99\n") ==
        Texts{"s.csv:2:15: error: not CSV: a quoted cell has no closing quote"});
  CHECK(problems_of("time,new_sla\n1719792000000,\xFF\n")[0].starts_with("s.csv:2:15: error: "));
}

TEST_CASE("sunset_series_reader: what looks like another unit is told") {
  CHECK(problems(read({{"s.csv", "time,new_sla,p99_s\n1719792000,0.9995,12\n"}}, {"cart"})) ==
        Texts{"s.csv:1:14: warning: column \"p99_s\" is not read (did you mean p99_ms?)",
              "s.csv:2:1: warning: 1 time lies before 1974 (whole numbers are milliseconds, not seconds)",
              "s.csv:2:12: warning: the greatest new_sla of cart is 0.9995 percent (the column is in percent, not a "
              "share of 1)"});
}

TEST_CASE("sunset_series_reader: a column says whose a row is") {
  const Text both{"s.csv",
                  "time,service,new_sla\n1719792000000,cart,99\n1719792000000,auth,98\n1719792300000,cart,97\n"};
  const auto all = read({both});
  REQUIRE(all.is_ok());
  // Of each service by itself the rows are in order; that they lie before 1974 is told.
  CHECK(problems(read({{"s.csv", "time,service,new_sla\n20,cart,99\n10,auth,98\n30,cart,97\n"}})).size() == 1);
  REQUIRE(all.value().size() == 2);
  CHECK(all.value()[0].service == "auth");
  CHECK(all.value()[1].new_sla.size() == 2);
  CHECK(problems(read({{"s.csv", "time,new_sla\n1719792000000,99\n"}})) ==
        Texts{"s.csv: error: does not say of which service it is (name it with --service, or in a column service)"});
  CHECK(problems(read({{"s.csv", "time,new_sla\n1719792000000,99\n"}}, {"cart", "auth"})) ==
        Texts{"s.csv: error: does not say of which service it is (name one --service, or one in a column service)"});
  CHECK(problems(read({{"s.csv", "time,service,new_sla\n1719792000000,The Cart,99\n"}})) ==
        Texts{"s.csv:2:15: error: service: found \"The Cart\", expected a label"});
}

TEST_CASE("sunset_series_reader: answers of range queries, by the name of the metric or a label") {
  const std::string answer = R"({"status":"success","data":{"resultType":"matrix","result":[
    {"metric":{"__name__":"new_share","service":"cart"},"values":[[1719792000,"5"],[1719792300,"NaN"],[1719792600,"5.5"]]},
    {"metric":{"column":"p99_ms","service":"cart"},"values":[[1719792000,"+Inf"]]},
    {"metric":{"__name__":"up","service":"cart"},"values":[[1719792000,"1"]]},
    {"metric":{"__name__":"new_share","service":"auth"},"values":[[1719792000.5,"99.99999999"]]}]}})";
  const auto result = read({{"a.json", answer}});
  REQUIRE(result.is_ok());
  REQUIRE(result.value().size() == 2);
  CHECK(counts_of(result.value()[1]) == Texts{"2 of new_share", "1 of p99_ms"});
  CHECK(result.value()[0].new_share[0].time_ms == kJuly + 500);
  CHECK(result.value()[0].new_share[0].value == Percent::whole(100));  // rounded to six decimals
  CHECK(to_string(result.value()[1].place(result.value()[1].p99[0], SunsetColumn::P99)) == "a.json:3 p99_ms");
  CHECK(problems(result) == Texts{"a.json:2:5: warning: 1 value is NaN: nothing was measured there"});
  const SunsetSeries asked = only(read({{"a.json", answer}}, {"Auth"}));  // as Prometheus spells it is no matter
  CHECK(asked.service == "Auth");
  CHECK(asked.new_share.size() == 1);
}

TEST_CASE("sunset_series_reader: a file may be one column of one service") {
  const auto answer = [](const std::string& series) {
    return R"({"status":"success","data":{"resultType":"matrix","result":[)" + series + "]}}";
  };
  const std::string bare = R"({"metric":{},"values":[[1719792000,"812.5"]]})";
  const SunsetSeries series = only(read({{"p.json", answer(bare), SunsetColumn::P99},
                                         {"s.json", answer(bare), SunsetColumn::OldRequests},
                                         {"c.csv", "time,new_sla\n1719792000000,99\n"}},
                                        {"cart"}));
  CHECK(counts_of(series) == Texts{"1 of p99_ms", "1 of old_requests", "1 of new_sla"});
  CHECK(series.files[series.old_requests[0].file] == "s.json");

  CHECK(problems(read({{"p.json", answer(bare)}}, {"cart"}))[0].starts_with(
      "p.json: error: no series has the name of a column (name the column, as new_share=p.json"));
  const std::string pod = R"({"metric":{"pod":"b"},"values":[[1719792000,"3"]]})";
  CHECK(problems(read({{"p.json", answer(bare + "," + pod), SunsetColumn::P99}}, {"cart"})) ==
        Texts{"p.json:1:107: error: a second series of p99_ms, the first is at line 1 (put them together in the query, "
              "by sum or max)"});
  CHECK(problems(read({{"c.csv", "time,new_sla\n1719792000000,99\n", SunsetColumn::P99}}, {"cart"}))[0].starts_with(
      "c.csv:1:1: error: found CSV, expected time series of p99_ms"));
  const std::string other = R"({"metric":{"service":"auth"},"values":[[1719792000,"3"]]})";
  CHECK(problems(read({{"p.json", answer(other), SunsetColumn::P99}}, {"cart"})) ==
        Texts{"p.json: warning: no series of cart (the file has auth)"});
}

TEST_CASE("sunset_series_reader: answers that are no series of percent are refused") {
  // Behind 27 letters of the envelope and 33 of the result.
  const auto problem = [](const std::string& result) {
    return problems(read({{"a.json", R"({"status":"success","data":)" + result + "}"}}, {"cart"}));
  };
  CHECK(problem(R"({"resultType":"matrix","result":[{"metric":{"__name__":"new_sla"},"values":[[1,"101"]]}]})") ==
        Texts{"a.json:1:61: error: new_sla: found 101, expected a number (percent), 0 to 100"});
  CHECK(problem(R"({"resultType":"matrix","result":[{"metric":{"__name__":"new_sla"},"values":[[1,"-Inf"]]}]})") ==
        Texts{"a.json:1:61: error: new_sla: found -Inf, expected a number (percent), 0 to 100"});
  CHECK(problem(R"({"resultType":"matrix","result":[{"metric":{"__name__":"new_sla"},"values":[[9e15,"1"]]}]})") ==
        Texts{"a.json:1:61: error: a value of new_sla has no time (give the answer of /api/v1/query_range)"});
  CHECK(problems(read({{"w.json", R"({"metrics":{"http_reqs":{"count":5,"rate":5}}})"}}, {"cart"})).size() == 1);
}

TEST_CASE("sunset_series_reader: a real answer of Prometheus is a column") {
  const auto text = evidence::fixture("prometheus-api/matrix-rate.json");
  if (!text) return;
  const SunsetSeries series = only(read({{"matrix-rate.json", *text, SunsetColumn::OldRequests}}, {"cart"}));
  REQUIRE(series.old_requests.size() == 6);
  CHECK(series.old_requests[0].time_ms == 1'795'349'072'000);
  CHECK(series.old_requests[2].value.steps() == 9'635'555'556);  // 9635.555555555557
}
