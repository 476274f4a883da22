#include <algorithm>
#include <set>

#include "load_test_reading.hpp"

namespace migplan {

using namespace testing;

TEST_CASE("evidence: formats have names of their own and a description", "[load]") {
  std::set<std::string_view> names;
  for (const EvidenceFormat& format : evidence_formats()) {
    CHECK(names.insert(format.name).second);
    CHECK_FALSE(format.description.empty());
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
