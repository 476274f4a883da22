#include "migplan/base/text.hpp"

#include <catch2/catch.hpp>
#include <set>

namespace {

using namespace migplan;

Catalogue small_catalogue() {
  Catalogue catalogue;
  catalogue.add({"", "{} of {} pairs differ"}, "{1} 对中有 {0} 对不一致");
  catalogue.add({"", "{} service"}, "{} 个服务");
  catalogue.add({"", "{} services"}, "{} 个服务");
  catalogue.add({"", ", "}, "、");
  catalogue.add({"", "pass"}, "通过");
  catalogue.add({"help", "pass"}, "放行");
  return catalogue;
}

}  // namespace

TEST_CASE("text: a pattern takes its arguments in the order of the language") {
  const Catalogue zh = small_catalogue();
  const Text text = say("{} of {} pairs differ", 3, 10U);
  CHECK(text.english() == "3 of 10 pairs differ");
  CHECK(text.in(&zh) == "10 对中有 3 对不一致");
}

TEST_CASE("text: words of ours are translated, names are not") {
  const Catalogue zh = small_catalogue();
  CHECK(Text("pass").in(&zh) == "通过");
  CHECK(Text::verbatim("pass").in(&zh) == "pass");
  // A service that is called "pass", within a sentence.
  CHECK(say("{} of {} pairs differ", std::string("pass"), "pass").in(&zh) == "通过 对中有 pass 对不一致");
}

TEST_CASE(
    "text: a name that may be built in is translated where the catalogue has it, and not missed where it has not") {
  Catalogue zh = small_catalogue();
  std::set<std::string> missing;
  zh.tell_missing([&missing](std::string_view english, std::string_view) { missing.emplace(english); });
  CHECK(Text::perhaps("pass").in(&zh) == "通过");
  CHECK(Text::perhaps("my own phase").in(&zh) == "my own phase");
  CHECK(missing.empty());
  CHECK(Text("no such words").in(&zh) == "no such words");
  CHECK(missing == std::set<std::string>{"no such words"});
}

TEST_CASE("text: a count chooses its pattern") {
  CHECK(counted(1, "{} service", "{} services").english() == "1 service");
  CHECK(counted(0U, "{} service", "{} services").english() == "0 services");
  CHECK(counted(2, "{} service", "{} services").in(nullptr) == "2 services");
}

TEST_CASE("text: what stands between joined texts is of the language, too") {
  const Catalogue zh = small_catalogue();
  const Text list = Text::joined({Text("pass"), Text::verbatim("cart")}, ", ");
  CHECK(list.english() == "pass, cart");
  CHECK(list.in(&zh) == "通过、cart");
  CHECK(Text::joined({}, ", ").empty());
}

TEST_CASE("text: texts grow, and nothing stays empty") {
  Text text;
  CHECK(text.empty());
  text += Text();
  CHECK(text.empty());
  text += "pass";
  text += say(", {} more", 2);
  CHECK(text.english() == "pass, 2 more");
  CHECK(Text("").empty());
  CHECK(Text::verbatim("").empty());
  CHECK(Text::perhaps("").empty());
}

TEST_CASE("text: fixed words have a view, texts that are put together have none") {
  CHECK(Text("pass").fixed() == "pass");
  CHECK(Text::verbatim("cart").fixed() == "cart");
  CHECK(Text::perhaps("canary").fixed() == "canary");
  CHECK_FALSE(say("{} more", 1).fixed().has_value());
}

TEST_CASE("text: a key has its context") {
  const Catalogue zh = small_catalogue();
  REQUIRE(zh.find("pass", "help") != nullptr);
  CHECK(*zh.find("pass", "help") == "放行");
  CHECK(zh.find("{} service", "help") == nullptr);
  Catalogue twice = zh;
  CHECK_FALSE(twice.add({"", "pass"}, "过"));
}
