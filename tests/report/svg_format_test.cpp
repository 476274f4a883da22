#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <pugixml.hpp>
#include <set>
#include <string>
#include <vector>

#include "migplan/load/catalogue_reader.hpp"
#include "migplan/report/report.hpp"

using namespace migplan;

namespace {

Value phase(const char* name, const char* start, const char* finish) {
  return Object{{"phase", name}, {"start", start}, {"finish", finish}};
}

Value planned(std::string name) {
  return Object{
      {"name", std::move(name)},
      {"window", "2024-Q1"},
      {"phases", List{phase("refactor", "2024-01-15", "2024-02-02"), phase("canary", "2024-02-05", "2024-02-09"),
                      phase("cutover", "2024-02-12", "2024-02-12")}}};
}

// The calendar of so many services and their names.
Object calendar_of(const std::vector<std::string>& names, std::string freeze = "stock-taking") {
  List services;
  for (const std::string& name : names) services.push_back(planned(name));
  const Value count = count_value(names.size());
  return {{"picture", "schedule"},
          {"as_of", "2024-02-01"},
          {"overview", Object{{"services", count}, {"start", "2024-01-15"}, {"end", "2024-03-29"}}},
          {"freezes", List{Object{{"name", std::move(freeze)}, {"from", "2024-03-04"}, {"to", "2024-03-08"}}}},
          {"schedule", Object{{"makespan_days", Number{29, 0}},
                              {"bounds", Object{{"best_days", Number{29, 0}}}},
                              {"services", std::move(services)},
                              {"waves", List{Object{{"window", "2024-Q1"}, {"count", count}}}},
                              {"critical_chain", List{Object{{"service", names.empty() ? "" : names.front()},
                                                             {"phase", "refactor"},
                                                             {"start", "2024-01-15"},
                                                             {"finish", "2024-02-02"}}}}}}};
}

Value place(std::string name, Value coupling, Value obsolescence) {
  return Object{{"name", std::move(name)},         {"tier", "S"},
                {"coupling", std::move(coupling)}, {"obsolescence", std::move(obsolescence)},
                {"priority", Number{5, 0}},        {"disposition", "refactor now"}};
}

Object matrix_of(std::string name, std::string domain) {
  const Value row = Object{{"low", "watch"}, {"middle", "planned refactor"}, {"high", "refactor now"}};
  return {
      {"picture", "matrix"},
      {"score", Object{{"tiers", List{Object{{"tier", "S"}, {"action", "migrate first"}},
                                      Object{{"tier", "A"}, {"action", Value{}}}}}}},
      {"quadrant", Object{{"bands", Object{{"low", Number{3, 1}}, {"high", Number{7, 1}}}},
                          {"dispositions", Object{{"low", row}, {"middle", row}, {"high", row}}}}},
      {"matrix", Object{{"cells", List{Object{{"tier", "S"}, {"domain", std::move(domain)}, {"count", Number{7, 0}}},
                                       Object{{"tier", "A"}, {"domain", Value{}}, {"count", Number{4, 0}}}}}}},
      {"services", List{place(std::move(name), Number{52, 2}, Number{81, 2}),
                        place("elsewhere", Number{11, 2}, Number{22, 2}), place("nowhere", {}, Number{5, 1})}}};
}

std::string picture_of(Object document, const Catalogue* language = nullptr) {
  Report report{.document = {}, .tables = {}, .notes = {}};
  report.picture = [&document] { return document; };
  FormatOptions options;
  options.language = language;
  TextSink sink;
  CHECK_FALSE(find_format("svg")->write(report, options, sink).has_errors());
  return sink.text();
}

// What there is in a picture, read by somebody else.
struct Drawn {
  std::map<std::string, int> elements;
  std::vector<std::string> texts;
  std::map<std::string, int> fills;  // of shapes
  std::set<std::string> attributes;
  std::set<std::string> references;
};

struct Walker : pugi::xml_tree_walker {
  Drawn drawn;
  bool for_each(pugi::xml_node& node) override {
    if (node.type() != pugi::node_element) return true;
    const std::string name = node.name();
    ++drawn.elements[name];
    if (name == "text") drawn.texts.emplace_back(node.child_value());
    if (name != "text") ++drawn.fills[node.attribute("fill").value()];
    for (const pugi::xml_attribute attribute : node.attributes()) {
      drawn.attributes.insert(attribute.name());
      const std::string value = attribute.value();
      if (value.find("url(") != std::string::npos) drawn.references.insert(value.substr(0, 5));
    }
    return true;
  }
};

Drawn read(const std::string& svg) {
  pugi::xml_document document;
  const pugi::xml_parse_result result =
      document.load_buffer(svg.data(), svg.size(), pugi::parse_default, pugi::encoding_utf8);
  INFO(result.description() << " at " << result.offset);
  CHECK(result.status == pugi::status_ok);
  CHECK(std::string(document.document_element().name()) == "svg");
  Walker walker;
  document.traverse(walker);
  return walker.drawn;
}

int count_of(const Drawn& drawn, const std::string& text) {
  return static_cast<int>(std::count(drawn.texts.begin(), drawn.texts.end(), text));
}

// Shapes and texts, and nothing that runs or loads.
void check_harmless(const std::string& svg) {
  static const std::set<std::string> kElements{"svg",  "title",   "desc", "defs",   "clipPath", "g",
                                               "path", "polygon", "rect", "circle", "text"};
  const Drawn drawn = read(svg);
  for (const auto& [name, count] : drawn.elements) CHECK(kElements.count(name) == 1);
  for (const std::string& name : drawn.attributes) {
    CHECK_FALSE(name.starts_with("on"));
    CHECK_FALSE(name.ends_with("href"));
    CHECK_FALSE(name.starts_with("ecmeta"));
  }
  for (const std::string& reference : drawn.references) CHECK(reference == "url(#");
  for (const char c : svg) {
    const bool is_control = static_cast<unsigned char>(c) < 0x20 && c != '\n';
    CHECK_FALSE(is_control);
  }
}

const std::string kHostile = "<script>hit()</script>]]>&\"' \x01\x1B[31m \xE2\x80\xAE \xEF\xBF\xBF {a|b}\nx";
const std::string kShown = "<script>hit()</script>]]>&\"' [U+0001]";

bool is_built() { return find_format("svg") != nullptr; }

}  // namespace

TEST_CASE("svg format: a calendar has a row a service, a bar a phase and a diamond a cutover") {
  if (!is_built()) return;
  const Drawn drawn = read(picture_of(calendar_of({"auth", "cart", "mail"})));
  for (const char* name : {"auth", "cart", "mail", "stock-taking", "end", "today", "refactor", "canary"}) {
    INFO(name);
    CHECK(count_of(drawn, name) == 1);
  }
  CHECK(count_of(drawn, "2024-Q1 \xC2\xB7 3") == 1);
  // One more each is the key.
  CHECK(drawn.fills.at("#8fa6bd") == 3 + 1);
  CHECK(drawn.fills.at("#e0a51b") == 3 + 1);
  CHECK(drawn.fills.at("#1b1f26") == 3 + 1);
}

TEST_CASE("svg format: a matrix has counts, places, and how many services have none") {
  if (!is_built()) return;
  const std::string svg = picture_of(matrix_of("cart", "trade"));
  const Drawn drawn = read(svg);
  for (const char* text :
       {"trade", "cart", "elsewhere", "migrate first", "Coupling", "Obsolescence", "tier S", "all"}) {
    INFO(text);
    CHECK(count_of(drawn, text) == 1);
  }
  CHECK(count_of(drawn, "7") == 2);  // the cell and its tier in all
  CHECK(count_of(drawn, "4") == 2);
  CHECK(count_of(drawn, "nowhere") == 0);
  CHECK(svg.find("1 service without these facts.") != std::string::npos);
}

TEST_CASE("svg format: no text of the data is more than a text") {
  if (!is_built()) return;
  const std::string calendar = picture_of(calendar_of({kHostile, "cart"}, kHostile));
  check_harmless(calendar);
  check_harmless(picture_of(calendar_of({"auth", "cart"})));
  const std::string matrix = picture_of(matrix_of(kHostile, kHostile));
  check_harmless(matrix);
  bool is_there = false;
  for (const std::string& text : read(calendar).texts)
    is_there = is_there || text.starts_with("<script>hit()</script>]]");
  CHECK(is_there);
  check_harmless(picture_of(calendar_of({std::string(1'000'000, 'x'), "\xF0\x9F\x9A\x80 rocket"})));
}

TEST_CASE("svg format: a picture of nothing is a picture") {
  if (!is_built()) return;
  check_harmless(picture_of(calendar_of({})));
  Object empty = matrix_of("cart", "trade");
  empty[3].second = Object{{"cells", List{}}};
  empty[4].second = List{};
  check_harmless(picture_of(empty));
  empty.pop_back();
  check_harmless(picture_of(empty));
}

TEST_CASE("svg format: the same report makes the same bytes") {
  if (!is_built()) return;
  CHECK(picture_of(calendar_of({"auth", "cart"})) == picture_of(calendar_of({"auth", "cart"})));
  CHECK(picture_of(matrix_of("cart", "trade")) == picture_of(matrix_of("cart", "trade")));
}

TEST_CASE("svg format: a picture speaks Chinese") {
  if (!is_built()) return;
  const auto chinese = builtin_catalogue("zh");
  const Drawn calendar = read(picture_of(calendar_of({"auth"}), &*chinese));
  CHECK(count_of(calendar, "\xE4\xBB\x8A\xE5\xA4\xA9") == 1);  // today
  CHECK(count_of(calendar, "auth") == 1);
  const Drawn matrix = read(picture_of(matrix_of("cart", "trade"), &*chinese));
  CHECK(count_of(matrix, "Coupling") == 0);
}
