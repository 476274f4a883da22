#include <algorithm>
#include <set>

#include "load_test_reading.hpp"

namespace migplan {

using namespace testing;

namespace {

// A text whose source fails behind it.
class BrokenSource final : public ByteSource {
 public:
  explicit BrokenSource(std::string_view text) : text_(text) {}
  std::size_t read(std::span<char> out) override {
    const std::size_t got = text_.read(out);
    if (got == 0) error_ = "the disk is on fire";
    return got;
  }
  [[nodiscard]] std::string_view error() const noexcept override { return error_; }

 private:
  TextSource text_;
  std::string_view error_;
};

}  // namespace

TEST_CASE("evidence: formats have names of their own and a description", "[load]") {
  std::set<std::string_view> names;
  for (const EvidenceFormat& format : evidence_formats()) {
    CHECK(names.insert(format.name).second);
    CHECK_FALSE(format.description.empty());
  }
}

TEST_CASE("evidence: a source that fails is told, whatever a reader makes of its text", "[load]") {
  for (const char* text : {"RUN\ta\tb\t1\t \t3.9\nREQUEST\t\tc\t10\t20\tOK\n", "{\"metrics\":{\"http_reqs\":{}}}",
                           "timeStamp,elapsed,label,responseCode,responseMessage,success\n1,2,a,200,OK,true\n",
                           "Running 30s test @ http://a/\n", "<testResults>"}) {
    CAPTURE(text);
    BrokenSource source(text);
    const Result<Evidence> result = read_evidence(source, kFile);
    REQUIRE_FALSE(result.is_ok());
    CHECK(to_string(result.issues().kept().front()) == "run.out: error: the disk is on fire");
    CHECK(result.issues().has_access_errors());
  }
}

TEST_CASE("evidence: what is of no known tool is refused with the list of them", "[load]") {
  for (const char* text :
       {"hello", "{}", "[]", "<html></html>", "a,b,c\n1,2,3\n", "\n\n", "Type,Name,Request Count\n"}) {
    CAPTURE(text);
    const std::string said = refusal(text);
    CHECK(said.find("run.out: error: not the output of a known tool (known: ") == 0);
    CHECK(said.find("gatling-binary-log") != std::string::npos);
  }
  CHECK(refusal("") == "run.out: error: found nothing, expected the output of a tool");
}

}  // namespace migplan
