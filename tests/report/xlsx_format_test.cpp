// The workbook: what each cell is, what a sheet cannot hold, and that nothing of the input becomes a formula.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <string>

#include "hand_made.hpp"
#include "hand_made_plan.hpp"
#include "sheet_text.hpp"
#include "workbook.hpp"
#include "workbook_check.hpp"
#include "workbook_parts.hpp"

using namespace migplan;
using namespace migplan::hand_made;
using Catch::Matchers::Contains;
using migplan::test::read_workbook;
using migplan::test::ReadSheet;
using migplan::test::SheetCell;

namespace {

std::string workbook(const Report& report) {
  TextSink sink;
  const Issues issues = write_xlsx(report, {}, sink);
  REQUIRE_FALSE(issues.has_errors());
  return sink.text();
}

std::vector<ReadSheet> sheets(const Report& report) { return read_workbook(workbook(report)); }

// The only cell of a table of one row.
SheetCell cell(Value value) {
  const auto all = sheets(report(table({{"v"}}, {{std::move(value)}})));
  const auto found = all.front().cells.find("A2");
  return found == all.front().cells.end() ? SheetCell{} : found->second;
}

std::string text(Value value) {
  const SheetCell made = cell(std::move(value));
  CHECK(made.type == "text");
  return made.value;
}

bool has_sheet(const std::vector<ReadSheet>& all, const std::string& name) {
  return std::any_of(all.begin(), all.end(), [&name](const ReadSheet& sheet) { return sheet.name == name; });
}

}  // namespace

TEST_CASE("xlsx format: a sheet begins with the keys of csv, which come back in") {
  Table rows = table({{"name"}, {"score", true}, {"hidden", false, Shown::InData}, {"asked", false, Shown::OnRequest}},
                     {{"cart", number(8840, 2), "x", "y"}});
  const auto all = sheets(report(std::move(rows)));
  REQUIRE(all.size() == 2);
  CHECK(all[0].name == "rows");
  CHECK(all[0].heads() == std::vector<std::string>{"name", "score", "hidden"});
  CHECK(all[1].name == "about");
}

TEST_CASE("xlsx format: a number is a number and shows the decimals that it has") {
  const SheetCell score = cell(number(8840, 2));
  CHECK(score.type == "number");
  CHECK(score.value == "88.40000000000001");  // the double next to 88.4, with 16 digits; a spreadsheet shows 15
  CHECK(std::stod(score.value) == 88.4);
  CHECK(score.format == "0.00");
  CHECK(cell(number(-7)).value == "-7");
  CHECK(cell(number(-7)).format == "0");
}

TEST_CASE("xlsx format: a number of more digits than a spreadsheet keeps is a text") {
  CHECK(cell(number(999'999'999'999'999)).type == "number");
  CHECK(text(number(1'000'000'000'000'001)) == "1000000000000001");
  CHECK(text(number(-1'234'567'890'123'456'789, 3)) == "-1234567890123456.789");
}

TEST_CASE("xlsx format: a day is a day, and what only looks like one is a text") {
  const SheetCell first = cell("2024-07-01");
  CHECK(first.type == "number");
  CHECK(first.value == "45474");  // 2024-01-01 is 45292; January to June of a leap year are 182 days
  CHECK(first.format == "yyyy-mm-dd");
  CHECK(cell("1900-03-01").value == "61");
  CHECK(text("1900-02-28") == "1900-02-28");
  CHECK(text("2024-02-30") == "2024-02-30");
  CHECK(text("2024-Q3") == "2024-Q3");
  CHECK(text("2024-07-01T10:00:00Z") == "2024-07-01T10:00:00Z");
}

TEST_CASE("xlsx format: flags, lists and missing values") {
  CHECK(cell(true).type == "flag");
  CHECK(cell(true).value == "1");
  CHECK(text(List{"a", "b"}) == "a; b");
  CHECK(cell(Value{}).type.empty());
  CHECK(cell("").type.empty());
}

TEST_CASE("xlsx format: nothing becomes a formula, and a text stays one when it is edited") {
  for (const char* const hostile : {"=1+2", "+49 30", "-2+3", "@SUM(A1)", "{=A1}", "\t=1", "http://example.org/"}) {
    CHECK(text(hostile) == hostile);
    CHECK(cell(hostile).format == "@");
  }
}

TEST_CASE("xlsx format: text that XML or a reader could take otherwise is shown as it is") {
  CHECK(text("购物车 & <b>\"x\"</b>") == "购物车 & <b>\"x\"</b>");
  CHECK(text("a\nb\tc") == "a\nb\tc");
  CHECK(text("a\r\nb") == "a\nb");
  CHECK(text(std::string("a\0b\x01\x1b[31m", 9)) == "a\\x00b\\x01\\x1b[31m");
  CHECK(text("\xE2\x80\xAE"
             "evil") == "\\u202eevil");  // right-to-left override
  CHECK(text("a\xEF\xBF\xBE\xFFz") == "a\xEF\xBF\xBD\xEF\xBF\xBDz");
  CHECK(text("_x0041_") == "_x005F_x0041_");  // what a spreadsheet shows as _x0041_
  CHECK(text("_x00_") == "_x00_");
  CHECK(text("\xF0\x9F\x9A\x80") == "\xF0\x9F\x9A\x80");
}

TEST_CASE("xlsx format: a text that no cell has room for is cut, and that is told") {
  TextSink sink;
  const std::string longest(32'767, 'x');
  Report both = report(table({{"a"}, {"b"}}, {{longest, longest + "y"}}));
  const Issues issues = write_xlsx(both, {}, sink);
  CHECK_FALSE(issues.has_errors());
  REQUIRE(issues.kept().size() == 1);
  CHECK_THAT(to_string(issues.kept()[0]), Contains("warning: xlsx: rows!B2: a text of more than 32767 characters"));
  const auto all = read_workbook(sink.text());
  CHECK(all[0].at("A2").value == longest);
  CHECK(all[0].at("B2").value == std::string(32'766, 'x') + "…");
  CHECK_THAT(all[1].xml, Contains("rows!B2 is too long for a cell"));
}

TEST_CASE("sheet text: lengths count code units of UTF-16") {
  CHECK_FALSE(sheet_text("\xF0\x9F\x9A\x80", 2).is_cut);
  CHECK(sheet_text("\xF0\x9F\x9A\x80", 1).text == "…");
  CHECK(sheet_text("购物车", 3).text == "购物车");
  CHECK(sheet_text("购物车x", 3).text == "购物…");
  CHECK(sheet_text("a_x0041_", 7).text == "a…");  // the mark is not cut in two
}

TEST_CASE("xlsx format: sheets have names that a spreadsheet takes, each its own") {
  CHECK(sheet_name("a[b]:c*d?e/f\\g") == "a_b__c_d_e_f_g");
  CHECK(sheet_name("'quoted'") == "_quoted_");
  CHECK(sheet_name("History") == "History_");
  CHECK(sheet_name("").size() == 1);
  CHECK(sheet_name(std::string(40, 'x')) == std::string(30, 'x') + "…");
  const auto shared = std::make_shared<const Table>(table({{"v"}}, {{"x"}}));
  Report same = report(table({{"v"}}, {{"x"}}));
  same.more = {{"ROWS", shared}, {"rows", shared}, {"about", shared}};
  std::vector<std::string> names;
  for (const ReadSheet& sheet : sheets(same)) names.push_back(sheet.name);
  CHECK(names == std::vector<std::string>{"rows", "ROWS_2", "rows_3", "about", "about_2"});
}

TEST_CASE("xlsx format: rows that no sheet has room for are refused, and nothing is written") {
  const Table rows("rows", "", 1'048'576, {{"v", "v", Shown::Always, false, [](std::size_t) { return Value("x"); }}});
  TextSink sink;
  const Issues issues = write_xlsx(report(rows), {}, sink);
  REQUIRE(issues.errors() == 1);
  CHECK(to_string(issues.kept()[0]) ==
        "error: xlsx: rows: 1048576 rows, and a sheet has room for 1048575 (choose rows with --filter or --top, or "
        "take csv)");
  CHECK(sink.text().empty());
}

TEST_CASE("xlsx format: a tone that hangs on the value is a rule, another one is the cell's own") {
  const std::vector<std::string> tiers{"S", "A", "S", "B\"x"};
  std::vector<Column> columns;
  columns.push_back({"tier", "tier", Shown::Always, false, [tiers](std::size_t i) -> Value { return tiers[i]; },
                     [tiers](std::size_t i) { return tiers[i] == "A" ? Tone::Plain : Tone::Alert; }});
  columns.push_back({"name", "name", Shown::Always, false, [](std::size_t) -> Value { return "x"; },
                     [](std::size_t) { return Tone::Strong; }});
  columns.push_back({"same", "same", Shown::Always, true, [](std::size_t) -> Value { return number(1); },
                     [](std::size_t i) { return i == 0 ? Tone::Alert : Tone::Plain; }});
  const auto all = sheets(report(Table("rows", "", tiers.size(), std::move(columns))));
  const std::string& xml = all[0].xml;
  CHECK_THAT(xml, Contains("<conditionalFormatting sqref=\"A2:A5\">"));
  CHECK_THAT(xml, Contains("<formula>\"S\"</formula>"));
  CHECK_THAT(xml, Contains("<formula>\"B\"\"x\"</formula>"));
  CHECK_THAT(xml, !Contains("<formula>\"A\"</formula>"));
  CHECK_THAT(xml, !Contains("sqref=\"B2:B5\""));
  CHECK_THAT(xml, !Contains("sqref=\"C2:C5\""));
}

TEST_CASE("xlsx format: the head stays in sight, rows can be filtered, columns are as wide as what they hold") {
  const auto all = sheets(report(table({{"name"}, {"note"}}, {{"购物车服务", std::string(500, 'x')}, {"b", "c"}})));
  const std::string& xml = all[0].xml;
  CHECK_THAT(xml, Contains("<pane xSplit=\"1\" ySplit=\"1\" topLeftCell=\"B2\""));
  CHECK_THAT(xml, Contains("<autoFilter ref=\"A1:B3\"/>"));
  CHECK_THAT(xml, Contains("<col min=\"1\" max=\"1\" width=\"12.4"));  // five characters of two digits, and a margin
  CHECK_THAT(xml, Contains("<col min=\"2\" max=\"2\" width=\"62.4"));  // no wider than 60
}

TEST_CASE("xlsx format: a workbook holds what other formats show only when it is asked for, and what people read") {
  Report whole = report(table({{"v"}}, {{"x"}}, "Rows of x"));
  whole.more = {{"long", std::make_shared<const Table>(table({{"v"}}, {{"y"}}))},
                {"empty", std::make_shared<const Table>(table({{"v"}}, {}))}};
  whole.headlines = {"All is well."};
  whole.notes = {"=no formula"};
  const auto all = sheets(whole);
  CHECK(has_sheet(all, "long"));
  CHECK_FALSE(has_sheet(all, "empty"));
  const ReadSheet& about = all.back();
  CHECK(about.heads() == std::vector<std::string>{"about", "sheet", "column", "text"});
  CHECK(about.at("D2").value == "All is well.");
  CHECK(about.at("D3").value == "=no formula");
  CHECK(about.at("D4").value == "Rows of x: 1 row");
}

TEST_CASE("xlsx format: a plan is a calendar, whose bars are rules over the dates of their rows") {
  Report plan = report(table({{"v"}}, {{"x"}}));
  plan.timetable = [] { return two_services(); };
  const auto all = sheets(plan);
  REQUIRE(all.size() == 3);
  const ReadSheet& calendar = all[1];
  CHECK(calendar.name == "calendar");
  CHECK(calendar.at("A1").value == "programme");
  CHECK(calendar.at("A2").value == "stock-taking");
  CHECK(calendar.at("C2").value == "no cutover");
  CHECK(calendar.at("A3").value == "service");
  // Weeks from Monday, 2024-01-15 (45306), to that of 2024-02-09.
  CHECK(calendar.at("H3").value == "45306");
  CHECK(calendar.at("K3").value == "45327");
  CHECK(calendar.cells.count("L3") == 0);
  CHECK(calendar.at("A4").value == "auth");
  CHECK(calendar.at("B4").value == "S");
  CHECK(calendar.at("D4").value == "45306");  // its first day
  CHECK(calendar.at("E4").value == "45320");  // 2024-01-29, its last one
  CHECK(calendar.at("F4").value == "45310");  // 2024-01-19, its cutover
  CHECK(calendar.at("G4").value == "1");
  CHECK_THAT(calendar.xml, Contains("<formula>AND($F4&lt;H$3+7,$F4&gt;=H$3)</formula>"));
  CHECK_THAT(calendar.xml, Contains("<formula>AND(EXACT($B4,\"S\"),AND($D4&lt;H$3+7,$E4&gt;=H$3))</formula>"));
}

TEST_CASE("xlsx format: a plan of many years has weeks together, and ends where a sheet does") {
  Timetable plan = two_services();
  plan.end = day("9999-12-31");
  Report far = report(table({{"v"}}, {{"x"}}));
  far.calendar = [plan] { return plan; };
  const auto all = sheets(far);
  CHECK(all[1].cells.count("TA3") == 1);  // the 514th of at most 520 cells
  CHECK(all[1].cells.count("TH3") == 0);  // behind the 520th
}

TEST_CASE("xlsx format: nothing tells when a workbook was made") {
  const Report rows = report(table({{"name"}}, {{"cart"}}));
  const std::string first = workbook(rows);
  CHECK(workbook(rows) == first);
  CHECK_THAT(test::unzipped(first).at("docProps/core.xml"), Contains("1980-01-01T00:00:00Z</dcterms:created>"));
}

TEST_CASE("xlsx format: what is missing of a workbook is noticed") {
  const std::string whole = workbook(report(table({{"a"}, {"b"}}, {{"x", "y"}, {"z", Value{}}})));
  // rows: two heads, three cells; about: four heads, and the words of one table in three of four columns
  const std::size_t right[] = {5, 7}, wrong[] = {6, 7}, fewer[] = {5};
  CHECK(is_whole_workbook(whole, right));
  CHECK_FALSE(is_whole_workbook(whole, wrong));
  CHECK_FALSE(is_whole_workbook(whole, fewer));
  CHECK_FALSE(is_whole_workbook(whole.substr(0, whole.size() / 2), right));
  CHECK_FALSE(is_whole_workbook("", right));
}

TEST_CASE("workbook: places are named as spreadsheets do") {
  CHECK(name_of(CellPlace{0, 0}) == "A1");
  CHECK(name_of(CellPlace{6, 25}) == "Z7");
  CHECK(name_of(CellPlace{1'048'575, 26}) == "AA1048576");
  CHECK(name_of(CellPlace{0, 16'383}) == "XFD1");
}
