#include <algorithm>

#include "report_reading.hpp"

namespace migplan {
namespace {

using namespace reports;

std::string link(const std::string& parent, const std::string& child, const std::string& more) {
  return R"({"parent":")" + parent + R"(","child":")" + child + "\"" + more + "}";
}

// A span of Zipkin: {"traceId":"a","id":"1",…}.
std::string span(const std::string& id, const std::string& parent, const std::string& kind, const std::string& service,
                 const std::string& more = "", const std::string& trace = "a") {
  std::string text = R"({"traceId":")" + trace + R"(","id":")" + id + "\"";
  if (!parent.empty()) text += R"(,"parentId":")" + parent + "\"";
  if (!kind.empty()) text += R"(,"kind":")" + kind + "\"";
  return text + R"(,"localEndpoint":{"serviceName":")" + service + "\"}" + more + "}";
}
std::string remote(const std::string& name) { return R"(,"remoteEndpoint":{"serviceName":")" + name + "\"}"; }

std::string jaeger_span(const std::string& id, const std::string& parent, const std::string& process,
                        const std::string& tags = "") {
  const std::string reference =
      parent.empty() ? "" : R"({"refType":"CHILD_OF","traceID":"t","spanID":")" + parent + "\"}";
  return R"({"traceID":"t","spanID":")" + id + R"(","processID":")" + process + R"(","references":[)" + reference +
         R"(],"tags":[)" + tags + "]}";
}
std::string tag(const std::string& key, const std::string& value) {
  return R"({"key":")" + key + R"(","type":"string","value":")" + value + "\"}";
}

std::string kiali(const std::string& nodes, const std::string& edges) {
  return R"({"timestamp":0,"duration":60,"graphType":"versionedApp","elements":{"nodes":[)" + nodes + R"(],"edges":[)" +
         edges + "]}}";
}
std::string node(const std::string& id, const std::string& rest) {
  return R"({"data":{"id":")" + id + "\"," + rest + "}}";
}
std::string edge(const std::string& from, const std::string& to, const std::string& rates,
                 const std::string& more = "") {
  return R"({"data":{"source":")" + from + R"(","target":")" + to + R"(","traffic":{"protocol":"http","rates":{)" +
         rates + "}}" + more + "}}";
}

// Calls of both, in one order.
Lines sorted(Lines lines) {
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace

TEST_CASE("jaeger: dependencies are calls; those of a pair are added up, a service may call itself") {
  const Observations read =
      observed(R"({"data":[)" + link("cart", "stock", R"(,"callCount":3)") + "," +
               link("cart", "cart", R"(,"callCount":2)") + "," + link("cart", "stock", R"(,"callCount":4)") + "," +
               link("unknown", "cart", "") + R"(],"total":0,"limit":0,"offset":0,"errors":null})");
  CHECK(calls(read) == Lines{"cart -> stock 7", "cart -> cart 2", "unknown(unknown) -> cart"});
  CHECK(read.subjects == Lines{"cart", "stock"});
  CHECK_FALSE(read.has_all_calls);
  CHECK(read.calls[1].place.at.column > 40);
  CHECK(refusal(R"({"data":[{"parent":"a","callCount":1}],"total":0})").empty() == false);
}

TEST_CASE("jaeger: a server's refusal is an error, and no calls are told as none seen") {
  CHECK(refusal(R"({"data":null,"total":0,"limit":0,"offset":0,"errors":[{"code":500,"msg":"no storage"}]})") ==
        "in: error: the server refused the request: no storage");
  CHECK(says(observed(R"({"data":[],"total":0,"limit":0,"offset":0,"errors":null})"), "no calls: none were seen"));
}

TEST_CASE("jaeger: spans of two services are a call, processes may stand behind them, a missing parent is told") {
  const Observations read =
      observed(R"({"data":[{"traceID":"t","spans":[)" + jaeger_span("2", "1", "p1") + "," +
               jaeger_span("3", "2", "p2", tag("error", "true")) + "," + jaeger_span("4", "3", "p2") + "," +
               jaeger_span("1", "", "p1") + "," + jaeger_span("9", "8", "p2") +
               R"(],"processes":{"p1":{"serviceName":"cart"},"p2":{"serviceName":"stock"}}},)"
               R"({"traceID":"u","processes":{"p1":{"serviceName":"stock"},"p2":{"serviceName":"cart"}},"spans":[)" +
               jaeger_span("1", "", "p2") + "," + jaeger_span("2", "1", "p1") + "]}]}");
  CHECK(calls(read) == Lines{"cart -> stock 2/1"});
  CHECK(says(read, "warning: 1 span has a parent that is not in its trace"));
}

TEST_CASE("jaeger: what a client names and nobody serves is a database, a broker or a service without spans") {
  const std::string client = tag("span.kind", "client") + ",", producer = tag("span.kind", "producer") + ",";
  const Observations read = observed(
      R"({"data":[{"traceID":"t","processes":{"p":{"serviceName":"cart"},"q":{"serviceName":"stock"}},"spans":[)" +
      jaeger_span("1", "", "p", client + tag("db.system", "mysql")) + "," +
      jaeger_span("2", "", "p", client + tag("db.system", "mysql") + "," + tag("peer.service", "orders-db")) + "," +
      jaeger_span("3", "", "p", producer + tag("messaging.system", "kafka")) + "," +
      jaeger_span("4", "", "p", client + tag("peer.service", "bank")) + "," +
      jaeger_span("5", "", "p", client + tag("peer.service", "stock-lb")) + "," +
      jaeger_span("6", "5", "q", tag("span.kind", "server")) + "," +
      jaeger_span("7", "", "q", tag("span.kind", "consumer") + "," + tag("messaging.system", "kafka")) + "]}]}");
  CHECK(sorted(calls(read)) == Lines{"cart -> bank 1", "cart -> kafka(messaging) 1", "cart -> mysql(database) 1",
                                     "cart -> orders-db(database) 1", "cart -> stock 1",
                                     "kafka(messaging) -> stock 1"});
}

TEST_CASE("zipkin: dependencies are calls, errors are left out where there are none") {
  CHECK(calls(observed("[" + link("cart", "stock", R"(,"callCount":5,"errorCount":2)") + "," +
                       link("auth", "auth", R"(,"callCount":132)") + "," +
                       link("unknown", "auth", R"(,"callCount":1)") + "]")) ==
        Lines{"cart -> stock 5/2", "auth -> auth 132", "unknown(unknown) -> auth 1"});
}

TEST_CASE("zipkin: client and server share an id or not, pieces of a span are one, local spans stand between") {
  // cart serves, passes through a local span, calls stock, whose half says so or has left it out.
  for (const std::string shared : {R"(,"shared":true)", ""}) {
    const std::string trace = span("1", "", "SERVER", "cart") + "," + span("2", "1", "", "cart") + "," +
                              span("3", "2", "CLIENT", "cart", remote("stock-lb")) + "," +
                              span("3", "2", "CLIENT", "cart") + "," + span("3", "2", "SERVER", "stock", shared);
    CHECK(calls(observed("[" + trace + "]")) == Lines{"cart -> stock 1"});
    CHECK(calls(observed("[[" + trace + "]]")) == Lines{"cart -> stock 1"});
  }
  CHECK(calls(observed("[" + span("1", "", "CLIENT", "cart") + "," + span("2", "1", "SERVER", "stock") + "]")) ==
        Lines{"cart -> stock 1"});
}

TEST_CASE(
    "zipkin: what a client names and nobody serves is called by that name; brokers and databases are no services") {
  CHECK(sorted(calls(
            observed("[" + span("1", "", "CLIENT", "cart", remote("app_db") + R"(,"tags":{"sql.query":"select 1"})") +
                     "," + span("2", "", "PRODUCER", "cart", remote("kafka")) + "," +
                     span("3", "2", "CONSUMER", "stock", remote("kafka")) + "," +
                     span("4", "", "CLIENT", "cart", remote("bank") + R"(,"tags":{"error":"timeout"})") + "]"))) ==
        Lines{"cart -> app_db(database) 1", "cart -> bank 1/1", "cart -> kafka(messaging) 1",
              "kafka(messaging) -> stock 1"});
}

TEST_CASE("zipkin: spans of many traces in one list are told apart, in any order") {
  // In trace b the id 1 is of another service.
  CHECK(calls(observed("[" + span("2", "1", "SERVER", "stock", "", "a") + "," +
                       span("1", "", "CLIENT", "auth", "", "b") + "," + span("1", "", "CLIENT", "cart", "", "a") + "," +
                       span("2", "1", "SERVER", "bank", "", "b") + "]")) == Lines{"cart -> stock 1", "auth -> bank 1"});
}

TEST_CASE("zipkin: a span whose parent is missing has no known caller; parents in a circle end") {
  const Observations read =
      observed("[" + span("1", "", "SERVER", "cart") + "," + span("3", "2", "SERVER", "stock") + "]");
  CHECK(calls(read).empty());
  CHECK(says(read, "warning: 1 span has a parent that is not in its trace"));
  CHECK(calls(observed("[" + span("1", "2", "", "cart") + "," + span("2", "1", "", "cart") + "," +
                       span("3", "1", "SERVER", "stock") + "," + span("4", "4", "CLIENT", "x") + "]"))
            .empty());
}

TEST_CASE("zipkin: spans of API v1 are refused") {
  CHECK(refusal(R"([{"traceId":"a","id":"1","binaryAnnotations":[]}])")
            .find("a span of Zipkin v1, which is not read (ask /api/v2)") != std::string::npos);
}

TEST_CASE("calls: links are told by their place in the document, and traces were taken when their last span began") {
  const Observations zipkin = observed("[" + link("a", "b", R"(,"callCount":1)") + "," + link("a", "c", "") + "]");
  REQUIRE(zipkin.calls.size() == 2);
  CHECK(zipkin.calls[1].place.field == "[1]");
  CHECK(zipkin.origin.taken.empty());
  const Observations jaeger = observed(R"({"data":[)" + link("a", "b", R"(,"callCount":1)") + R"(],"errors":null})");
  REQUIRE(jaeger.calls.size() == 1);
  CHECK(jaeger.calls[0].place.field == "data[0]");
  CHECK(observed("[" + span("1", "", "SERVER", "cart", R"(,"timestamp":1700000000500000)") + "," +
                 span("2", "1", "CLIENT", "cart", R"(,"timestamp":1700000000000000)") + "]")
            .origin.taken == "2023-11-14T22:13:20.500Z");
  CHECK(observed(R"({"data":[{"traceID":"t","spans":[{"traceID":"t","spanID":"1","startTime":1700000000000000}]}]})")
            .origin.taken == "2023-11-14T22:13:20Z");
}

TEST_CASE("kiali: rates a second are calls of its time, TCP has none, failed ones are those of servers") {
  // 1.5 a second for 60 s = 90; 0.25 of them fail: 15
  CHECK(calls(observed(kiali(node("a", R"("nodeType":"app","app":"cart")") + "," +
                                 node("b", R"("nodeType":"app","app":"stock")") + "," +
                                 node("c", R"("nodeType":"unknown","app":"unknown")"),
                             edge("a", "b", R"("http":"1.50","http5xx":"0.25","httpPercentErr":"16.7")") + "," +
                                 edge("c", "a", R"("tcp":"300.00")") + "," + edge("a", "a", R"("grpc":"1.00")")))) ==
        Lines{"cart -> stock 90/15", "unknown(unknown) -> cart", "cart -> cart 60"});
}

TEST_CASE("kiali: whatever the type of the graph, an application is one service") {
  const std::string workload = R"("nodeType":"workload","app":"stock","workload":"stock-v1")";
  const std::string second = R"("nodeType":"workload","app":"stock","workload":"stock-v2")";
  const std::string caller = node("a", R"("nodeType":"workload","app":"cart","workload":"cart-v1")");
  // Two versions add up.
  CHECK(calls(observed(kiali(caller + "," + node("b", workload) + "," + node("c", second),
                             edge("a", "b", R"("http":"1.00")") + "," + edge("a", "c", R"("http":"2.00")")))) ==
        Lines{"cart -> stock 180"});
  // A service between them is no caller of its own workloads.
  CHECK(
      calls(observed(kiali(caller + "," + node("s", R"("nodeType":"service","service":"stock-svc")") + "," +
                               node("b", workload) + "," + node("x", R"("nodeType":"box","app":"stock","isBox":"app")"),
                           edge("a", "s", R"("http":"1.00")") + "," + edge("s", "b", R"("http":"1.00")")))) ==
      Lines{"cart -> stock 60"});
  // In a graph of services it is one.
  CHECK(calls(observed(kiali(node("a", R"("nodeType":"service","service":"cart")") + "," +
                                 node("b", R"("nodeType":"service","service":"stock")"),
                             edge("a", "b", R"("http":"1.00")")))) == Lines{"cart -> stock 60"});
  // Without an application a workload is known by its own name.
  CHECK(calls(observed(kiali(node("a", R"("nodeType":"workload","workload":"cron")") + "," + node("b", workload),
                             edge("a", "b", R"("http":"1.00")")))) == Lines{"cron -> stock 60"});
}

TEST_CASE("kiali: gateways, entries of services outside and waypoints are told apart") {
  const Observations read = observed(kiali(
      node("a", R"("nodeType":"app","app":"cart")") + "," +
          node("g", R"("nodeType":"app","app":"ingress","isGateway":{"ingressInfo":{}})") + "," +
          node("o", R"("nodeType":"service","service":"bank.example","isServiceEntry":{"location":"MESH_EXTERNAL"})") +
          "," + node("p", R"("nodeType":"service","service":"PassthroughCluster")") + "," +
          node("w", R"("nodeType":"workload","workload":"waypoint","isWaypoint":true)"),
      edge("g", "a", R"("http":"1.00")") + "," + edge("a", "o", R"("http":"1.00")") + "," +
          edge("a", "p", R"("http":"1.00")") + "," +
          edge("a", "w", R"("tcp":"1.00")", R"(,"waypoint":{"direction":"to"})")));
  CHECK(calls(read) == Lines{"ingress(gateway) -> cart 60", "cart -> bank.example(outside) 60",
                             "cart -> PassthroughCluster(outside) 60"});
  CHECK(says(read, "1 edge through a waypoint"));
}

TEST_CASE("kiali: an edge without its node, and a rate that is none, are errors") {
  CHECK(refusal(kiali(node("a", R"("app":"x")"), edge("a", "b", ""))).find("an end of the edge is no node") !=
        std::string::npos);
  CHECK(refusal(kiali(node("a", R"("app":"x")"), edge("a", "a", R"("http":"fast")")))
            .find("found \"fast\", expected a rate") != std::string::npos);
}

TEST_CASE("datadog: the services that a service calls") {
  const Observations read = observed(R"({"cart":{"calls":["stock","auth"]},"stock":{"calls":[]}})");
  CHECK(calls(read) == Lines{"cart -> stock", "cart -> auth"});
  CHECK(read.subjects == Lines{"cart", "stock", "auth"});
  CHECK(read.calls[1].place.field == "cart.calls[1]");
}

TEST_CASE("dfd: flows between services, databases, brokers and what is outside") {
  const Observations read = observed(
      R"({"services":[{"name":"cart","stereotypes":["internal"]},{"name":"db","stereotypes":["database"]},{"name":"gw","stereotypes":["gateway","infrastructural"]}],)"
      R"("external_entities":[{"name":"user","stereotypes":["user_stereotype"]}],"information_flows":[{"sender":"user","receiver":"gw"},)"
      R"({"sender":"gw","receiver":"cart"},{"sender":"cart","receiver":"db"}]})");
  CHECK(calls(read) == Lines{"user(outside) -> gw(gateway)", "gw(gateway) -> cart", "cart -> db(database)"});
  CHECK(read.subjects == Lines{"cart"});
}

TEST_CASE("microdepgraph: nodes and edges of GraphML") {
  const Observations read = observed(
      R"(<?xml version="1.0"?><graphml><graph edgedefault="directed"><node id="cart"/><node id="mysql"/><edge source="cart" target="mysql"/></graph></graphml>)");
  CHECK(calls(read) == Lines{"cart -> mysql"});  // that it is a database its name tells, not the file
  CHECK(read.subjects == Lines{"cart", "mysql"});
  CHECK(refusal("<graphml><graph><node id=\"a\"/>\n<edge source=\"a\" target=\"b\"/></graph></graphml>")
            .find("has an end that is no node") != std::string::npos);
  CHECK(refusal("<graphml>\n<graph>").starts_with("in:2:7: error: not XML"));
}

TEST_CASE("calls: Zipkin's own links of a trace are those that are read from it", "[fixtures]") {
  for (const std::string name : {"yelp", "messaging-kafka", "skew"}) {
    const auto links = fixture("zipkin/dependencies-" + name + ".json"),
               spans = fixture("zipkin/traces-" + name + ".json");
    if (!links || !spans) return;
    INFO(name);
    const auto plain = [](const Observations& read) {
      Lines lines;
      for (const ObservedCall& call : read.calls) {
        lines.push_back(call.caller + " -> " + call.callee + " " + std::to_string(call.calls.value_or(0)) + "/" +
                        std::to_string(call.failed.value_or(0)));
      }
      return sorted(std::move(lines));
    };
    CHECK(plain(observed(*spans)) == plain(observed(*links)));
  }
}

TEST_CASE("calls: graphs of the tools have as many calls as their projects say", "[fixtures]") {
  struct Expected {
    std::string path;
    std::size_t calls;
    std::string one;
  };
  const std::vector<Expected> files{
      {"zipkin/dependencies-smartthings-oauth-authorization.json", 12, "stlogin -> auth 2/1"},
      {"depgraph-trainticket/jaeger-shaped-nezha-2023-01-29-08_50_trace.json", 34,
       "ts-seat-service -> ts-config-service 114"},
      {"depgraph-trainticket/zipkin-dependencies-nezha-2023-01-29-08_50_trace.json", 34,
       "ts-seat-service -> ts-config-service 114"},
      {"depgraph-trainticket/zipkin-dependencies-nezha-2023-01-30-11_39_trace.json", 44, ""},
      {"jaeger-traces/crisp-25.json", 2, "S2 -> S3 6"},
      {"kiali/test_app_graph.json", 14, "productpage -> details 48000/12000"},
      {"kiali/test_service_graph.json", 13, "reviews -> ratings 36000/12000"},
      {"kiali/test_workload_graph.json", 14, "productpage -> details 48000/12000"},
      {"kiali/test_mc_source_graph.json", 5, "productpage -> reviews 240000"},
      {"kiali/test_ambient_graph.json", 2, "productpage -> details 6000"},
      {"dfd-microsecend/spring-petclinic_spring-petclinic-microservices.json", 27,
       "user(outside) -> api_gateway(gateway)"},
  };
  for (const Expected& file : files) {
    const auto text = fixture(file.path);
    if (!text) return;
    INFO(file.path);
    const Lines lines = calls(observed(*text));
    CHECK(lines.size() == file.calls);
    CHECK((file.one.empty() || std::find(lines.begin(), lines.end(), file.one) != lines.end()));
  }
}

}  // namespace migplan
