#include "migplan/load/request_log_reader.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace migplan {
namespace {

using Texts = std::vector<std::string>;

struct Requests {
  Texts all;  // "line trace header", - where there is none
  Texts issues;
};

Requests read_log(std::string_view text) {
  Requests found;
  TextSource source(text);
  const Issues issues = read_request_log(source, "log", "X-Gray-Flag", [&found](const LoggedRequest& request) {
    found.all.push_back(std::to_string(request.line) + ' ' +
                        (request.trace_id.empty() ? "-" : std::string(request.trace_id)) + ' ' +
                        std::string(request.header.value_or("-")));
  });
  for (const Issue& issue : issues.kept()) found.issues.push_back(to_string(issue));
  return found;
}

TEST_CASE("request log: JSON lines of many writers") {
  const Requests found = read_log(R"({"trace_id":"a","headers":{"X-Gray-Flag":"true"}})"
                                  "\n\n"
                                  R"({"traceId":"b","http_x_gray_flag":"-"})"
                                  "\n"
                                  R"({"request":{"headers":{"x-gray-flag":["false"]}},"request_id":"c"})"
                                  "\n"
                                  R"({"request_id":"wrong","x_trace_id":"d","X-GRAY-FLAG":true})"
                                  "\n"
                                  R"({"headers":{"other":1}})"
                                  "\n");
  CHECK(found.issues.empty());
  CHECK(found.all == Texts{"1 a true", "3 b -", "4 c false", "5 d true", "6 - -"});
}

TEST_CASE("request log: CSV") {
  const Requests found = read_log("time;trace-id;x_gray_flag\n1;a;true\n2;b;\n3;;\"tr;ue\"\n");
  CHECK(found.issues.empty());
  CHECK(found.all == Texts{"2 a true", "3 b -", "4 - tr;ue"});
}

TEST_CASE("request log: what is none is told with its place") {
  CHECK(read_log("time,status\n1,2\n").issues == Texts{"log:1:1: error: no column for a trace id or the header that "
                                                       "routes (a log is NDJSON, or CSV whose first line "
                                                       "names the columns)"});
  CHECK(read_log("trace_id,x\na\n").issues == Texts{"log:2:1: error: found 1 cells, expected 2 as in the header"});
  CHECK(read_log("[{\"trace_id\":1}]").issues ==
        Texts{"log:1:1: error: found one JSON list, expected a request on each line (jq -c '.[]' writes it so)"});
  CHECK(read_log("{\"trace_id\":\"a\"}\n{\"trace_id\":").issues ==
        Texts{"log:2:13: error: not JSON: the text ends, expected a value"});
  CHECK(read_log("").all.empty());
}

}  // namespace
}  // namespace migplan
