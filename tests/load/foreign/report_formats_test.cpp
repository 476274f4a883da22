#include <zlib.h>

#include <set>

#include "report_reading.hpp"

namespace migplan {
namespace {

using namespace reports;

const std::string kZipkinLinks = R"([{"parent":"a","child":"b","callCount":1}])";

ReportOptions named(std::string format) {
  ReportOptions options;
  options.format = std::move(format);
  options.service = "cart";
  return options;
}

std::string packed(const std::string& text) {
  z_stream stream{};
  constexpr int kGzip = 31;
  REQUIRE(deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 32, '\0');
  std::string in = text;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace

TEST_CASE("reports: the content tells the format, whatever the file is called") {
  const std::vector<std::pair<std::string, std::string>> texts{
      {"trivy", R"({"SchemaVersion":2,"ArtifactName":"x"})"},
      {"grype", R"({"matches":[],"source":{"target":"x"}})"},
      {"dependency-check", R"({"reportSchema":"1.1","projectInfo":{"name":"x"},"dependencies":[]})"},
      {"Trivy", R"({"runs":[{"tool":{"driver":{"name":"Trivy"}}}]})"},
      {"sonarqube", R"({"component":{"key":"x","measures":[]}})"},
      {"jaeger", R"({"data":[{"parent":"a","child":"b"}]})"},
      {"zipkin", kZipkinLinks},
      {"kiali", R"({"elements":{"nodes":[],"edges":[]}})"},
      {"dfd", R"({"services":[],"information_flows":[]})"},
      {"microdepgraph", "<graphml><graph/></graphml>"},
      {"backstage", "apiVersion: backstage.io/v1alpha1\nkind: System\n"},
      {"prometheus", "traces_service_graph_request_total{client=\"a\",server=\"b\"} 1\n"},
      {"datadog", R"({"a":{"calls":["b"]}})"},
  };
  for (const auto& [tool, text] : texts) {
    INFO(text);
    CHECK(observed(text, of_service("x")).origin.tool == tool);
  }
}

TEST_CASE("reports: what is another tool's is named, a report or a measurement") {
  CHECK(refusal(R"({"SchemaVersion":2,"ArtifactName":"x"})", named("zipkin"))
            .find("the content is trivy (vulnerabilities found by Trivy") != std::string::npos);
  CHECK(refusal(R"({"metrics":{"http_reqs":{"rate":1,"count":2}}})").find("which says nothing of services") !=
        std::string::npos);
  CHECK(refusal("hello").find("not the report of a known tool (known: ") != std::string::npos);
  CHECK(refusal("{}", named("trivvy")).find("did you mean trivy?") != std::string::npos);
}

TEST_CASE("reports: gzip is unpacked; what is damaged is told as that") {
  const std::string text = packed(kZipkinLinks);
  CHECK(calls(observed(text)) == Lines{"a -> b 1"});
  CHECK(refusal(text.substr(0, text.size() - 9)).find("in: error:") == 0);
}

TEST_CASE("reports: each format has a name and a description of its own") {
  std::set<std::string_view> names, descriptions;
  for (const ReportFormat& format : report_formats()) {
    CHECK(names.insert(format.name).second);
    CHECK(descriptions.insert(format.description).second);
  }
}

TEST_CASE("reports: every format refuses what is nothing of its kind, and never breaks") {
  for (const ReportFormat& format : report_formats()) {
    for (const std::string text :
         {"{}", "[]", "null", "1", "\"x\"", "{", "[", "[[]]", "[{}]", "<a/>", "a: b\n", "{\"data\":1}"}) {
      INFO(format.name << " " << text);
      const auto result = read(text, named(std::string(format.name)));
      CHECK(result.is_ok() != result.issues().has_errors());
    }
  }
}

}  // namespace migplan
