// What import reads and writes: whole or not at all, and never over what somebody else wrote.
#include <catch2/catch.hpp>

#include "program.hpp"

using namespace migplan;
using namespace migplan::test;

namespace {

const std::string kShop = "services:\n  - name: cart # ours\n    debt: {sonar_debt_days: 3}\n  - name: stock\n";
const std::string kSheet = "name,debt.sonar_debt_days,debt.high_risk_vulnerabilities\ncart,12.5,2\nstock,4,0\n";
const Arguments kReplace{"import", "csv", "sheet.csv", "--into", "shop.yaml", "--on-conflict", "replace"};
constexpr const char* kSide = "shop.yaml.provenance.json";

Files shop_files() { return {{"shop.yaml", kShop}, {"sheet.csv", kSheet}}; }

}  // namespace

TEST_CASE("import: a refresh by the same source needs no option, a hand-made change is reported") {
  MemoryDisk disk;
  for (const auto& [path, bytes] : shop_files()) disk.add_file(path, bytes);
  REQUIRE(run_program(kReplace, disk).code == 0);
  const Arguments plain{"import", "csv", "sheet.csv", "--into", "shop.yaml"};
  disk.add_file("sheet.csv", "name,debt.sonar_debt_days\ncart,14\nstock,5\n");
  CHECK(run_program(plain, disk).code == 0);
  std::string text = disk.files().at("shop.yaml");
  CHECK(text ==
        "services:\n  - name: cart # ours\n    debt: {sonar_debt_days: 14, high_risk_vulnerabilities: 2}\n"
        "  - name: stock\n    debt: {sonar_debt_days: 5, high_risk_vulnerabilities: 0}\n");
  text.replace(text.find("14"), 2, "99");
  disk.add_file("shop.yaml", text);
  const auto run = run_program(plain, disk);
  CHECK(run.code == 1);
  CHECK(run.files.at("shop.yaml") == text);
  CHECK(run.out.find("shop.yaml:3") != std::string::npos);
}

TEST_CASE("import: an inventory that changed meanwhile is left as it is") {
  MemoryDisk disk;
  for (const auto& [path, bytes] : shop_files()) disk.add_file(path, bytes);
  const std::string theirs = kShop + "  - name: mail\n";
  disk.change_on_open("shop.yaml", 2, theirs);
  const auto run = run_program(kReplace, disk);
  CHECK(run.code == 3);
  CHECK(run.err.find("shop.yaml: error: changed while it was imported into: nothing is written") != std::string::npos);
  CHECK(run.files.at("shop.yaml") == theirs);
  CHECK_FALSE(run.files.contains(kSide));
}

TEST_CASE("import: a full disk leaves both files as they were") {
  MemoryDisk whole;
  for (const auto& [path, bytes] : shop_files()) whole.add_file(path, bytes);
  REQUIRE(run_program(kReplace, whole).code == 0);
  for (std::size_t nth = 1; nth <= whole.writes(); ++nth) {
    MemoryDisk disk;
    for (const auto& [path, bytes] : shop_files()) disk.add_file(path, bytes);
    disk.fail_write(nth);
    const auto run = run_program(kReplace, disk);
    CHECK(run.code == 3);
    CHECK(run.files.at("shop.yaml") == kShop);
    CHECK_FALSE(run.files.contains(kSide));
    CHECK(run.files.size() == 2);
  }
}

TEST_CASE("import: a report that breaks off changes nothing") {
  MemoryDisk disk;
  for (const auto& [path, bytes] : shop_files()) disk.add_file(path, bytes);
  disk.fail_read_after("sheet.csv", 30);
  const auto run = run_program(kReplace, disk);
  CHECK(run.code == 3);
  CHECK(run.files.at("shop.yaml") == kShop);
}

TEST_CASE("import: a dry run writes nothing") {
  Arguments dry = kReplace;
  dry.emplace_back("--dry-run");
  const auto run = run_program(dry, shop_files());
  CHECK(run.code == 0);
  CHECK(run.files.size() == 2);
  CHECK(run.files.at("shop.yaml") == kShop);
  CHECK(run.out.find(
            "-    debt: {sonar_debt_days: 3}\n+    debt: {sonar_debt_days: 12.5, high_risk_vulnerabilities: 2}\n") !=
        std::string::npos);
}

TEST_CASE("import: a manifest, its paths beside it, refreshes all at once") {
  const Files files{{"project/migplan.yaml", "imports: ci/imports.yaml\n"},
                    {"project/ci/imports.yaml",
                     "into: ../shop.yaml\naliases: {stock: [warehouse, depot]}\n"
                     "sources:\n  - {files: [in]}\n  - {format: csv, files: more.csv, service: cart, map: {tps: "
                     "impact.peak_orders_per_second}}\n"},
                    {"project/shop.yaml", "services:\n  - name: cart\n  - name: stock\n"},
                    {"project/ci/in/a.csv", "name,team\nwarehouse,t1\n"},
                    {"project/ci/more.csv", "tps\n120\n"}};
  const auto run = run_program({"import", "--project", "project/migplan.yaml"}, files);
  INFO(run.err);
  CHECK(run.code == 0);
  CHECK(run.files.at("project/shop.yaml") ==
        "services:\n  - name: cart\n    impact:\n      peak_orders_per_second: 120\n  - name: stock\n    team: t1\n");
}

TEST_CASE("import: a fact that contradicts another one of its service is refused with its place in the new text") {
  const auto run =
      run_program({"import", "csv", "s.csv", "--into", "shop.yaml"},
                  {{"s.csv", "name,status\ncart,code-frozen\n"},
                   {"shop.yaml", "services:\n  - name: cart\n    progress: {canary: {started: 2024-05-01}}\n"}});
  CHECK(run.code == 2);
  CHECK(run.err.find("shop.yaml (as it would be):3:5: error: services[0].status: found code-frozen") !=
        std::string::npos);
}

TEST_CASE("import: Train Ticket's example is what import makes of Konveyor's inventory", "[data]") {
  const std::string example = source_file("data/examples/train-ticket.yaml");
  const auto run = run_program({"import", "konveyor", "t.csv", "--map", "names.yaml"},
                               {{"t.csv", source_file("data/examples/train-ticket.konveyor.csv")},
                                {"names.yaml", source_file("data/examples/train-ticket.names.yaml")}});
  CHECK(run.code == 0);
  CHECK((run.out == example.substr(example.find("schema:"))));
}
