// Output files are whole or absent, whatever fails.
#include <algorithm>
#include <catch2/catch.hpp>

#include "program.hpp"

namespace {

using namespace migplan;
using namespace migplan::test;

const std::string kShop = input_file("shop.yaml");

bool has_temporary(const Files& files) {
  return std::any_of(files.begin(), files.end(), [](const auto& file) { return file.first.ends_with(".tmp"); });
}

// Enough services for several writes.
std::string many_services(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += R"({"name":"s)" + std::to_string(i) + R"(","domain":"d)" + std::to_string(i % 7) +
            R"(","impact":{"peak_orders_per_second":)" + std::to_string(i % 900) + R"(,"sla_30d":99.5},)" +
            R"("debt":{"sonar_debt_days":10,"high_risk_vulnerabilities":1},"depends_on":[]})" + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("output: -o replaces a file as a whole") {
  const auto run = run_program({"score", "shop.yaml", "-o", "out.csv"}, {{"shop.yaml", kShop}, {"out.csv", "old"}});
  CHECK(run.code == 0);
  CHECK(run.out.empty());
  CHECK(run.files.at("out.csv").starts_with("name,domain,tier,"));
  CHECK_FALSE(has_temporary(run.files));
}

TEST_CASE("output: a disk that fills up at any write leaves the old file and no temporary one") {
  const std::string services = many_services(2000);
  MemoryDisk whole;
  whole.add_file("s.jsonl", services);
  REQUIRE(run_program({"score", "s.jsonl", "-o", "out.csv"}, whole).code == 0);
  REQUIRE(whole.writes() > 1);
  for (std::size_t nth = 1; nth <= whole.writes(); ++nth) {
    MemoryDisk disk;
    disk.add_file("s.jsonl", services);
    disk.add_file("out.csv", "old");
    disk.fail_write(nth);
    const auto run = run_program({"score", "s.jsonl", "-o", "out.csv"}, disk);
    CHECK(run.code == 3);
    CHECK(run.err == "out.csv: error: cannot be written: No space left on device\n");
    CHECK(run.files == Files{{"s.jsonl", services}, {"out.csv", "old"}});
  }
}

TEST_CASE("output: a file that cannot be created is exit code 3") {
  MemoryDisk disk;
  disk.add_file("shop.yaml", kShop);
  disk.fail_create("out.csv");
  const auto run = run_program({"score", "shop.yaml", "-o", "out.csv"}, disk);
  CHECK(run.code == 3);
  CHECK(run.err == "out.csv: error: cannot be created: Permission denied\n");
  CHECK(run_program({"score", "shop.yaml", "-o", "none/out.csv"}, disk).code == 3);
}

TEST_CASE("output: a read that fails at any byte leaves the old file, exit code 3") {
  for (const std::string name : {"s.yaml", "s.json", "s.jsonl", "s.csv"}) {
    const std::string text = name == "s.yaml" ? kShop
                             : name == "s.json"
                                 ? R"({"schema":"migplan/inventory/v1","services":[{"name":"a"},{"name":"b"}]})"
                             : name == "s.jsonl" ? "{\"name\":\"a\"}\n{\"name\":\"b\"}\n"
                                                 : "name,domain\na,x\nb,y\n";
    for (std::size_t at = 0; at < text.size(); at += 1 + text.size() / 40) {
      MemoryDisk disk;
      disk.add_file(name, text);
      disk.add_file("out.json", "old");
      disk.fail_read_after(name, at);
      const auto run = run_program({"score", name, "-o", "out.json"}, disk);
      INFO(name << " breaks after " << at << " bytes: " << run.err);
      CHECK(run.code == 3);
      CHECK(run.err.find("Input/output error") != std::string::npos);
      CHECK(run.files == Files{{name, text}, {"out.json", "old"}});
    }
  }
}

TEST_CASE("output: a policy or project file whose read fails is exit code 3") {
  for (const std::string broken : {"impact-only.yaml", "migplan.yaml"}) {
    MemoryDisk disk;
    disk.add_file("migplan.yaml", input_file("project.yaml"));
    disk.add_file("impact-only.yaml", input_file("impact-only.yaml"));
    disk.add_file("shop.yaml", kShop);
    disk.fail_read_after(broken, 20);
    const auto run = run_program({"score"}, disk);
    INFO(broken << ": " << run.err);
    CHECK(run.code == 3);
    CHECK(run.out.empty());
  }
}

TEST_CASE("output: reads of one byte at a time give the same result") {
  MemoryDisk disk;
  disk.add_file("shop.yaml", kShop);
  const auto whole = run_program({"score", "shop.yaml"}, disk);
  disk.set_chunk(1);
  CHECK(run_program({"score", "shop.yaml"}, disk).out == whole.out);
}

TEST_CASE("output: rejected input leaves the old file") {
  for (const Arguments& arguments :
       {Arguments{"score", "bad.yaml", "-o", "out.json"}, Arguments{"matrix", "bad.yaml", "-o", "out.json"},
        Arguments{"score", "shop.yaml", "--columns", "zzz", "-o", "out.json"},
        Arguments{"score", "shop.yaml", "--policy", "bad.yaml", "-o", "out.json"},
        Arguments{"score", "shop.yaml", "--strict", "gaps.yaml", "-o", "out.json"}}) {
    const auto run = run_program(arguments, {{"bad.yaml", input_file("rejected.yaml")},
                                             {"shop.yaml", kShop},
                                             {"gaps.yaml", "services: [{name: gap}]\n"},
                                             {"out.json", "old"}});
    CHECK(run.code == 2);
    CHECK(run.out.empty());
    CHECK(run.files.at("out.json") == "old");
    CHECK_FALSE(has_temporary(run.files));
  }
}

TEST_CASE("output: a device is written to directly") {
  MemoryDisk disk;
  disk.add_device("/dev/null");
  disk.add_file("shop.yaml", kShop);
  const auto run = run_program({"score", "shop.yaml", "-f", "csv", "-o", "/dev/null"}, disk);
  CHECK(run.code == 0);
  CHECK(disk.kind("/dev/null") == cli::PathKind::Other);
  CHECK(disk.written_to_device("/dev/null").starts_with("name,"));
}

TEST_CASE("output: a folder is no file") {
  MemoryDisk disk;
  disk.add_file("shop.yaml", kShop);
  disk.add_folder("out");
  const auto run = run_program({"score", "shop.yaml", "-o", "out"}, disk);
  CHECK(run.code == 3);
  CHECK(run.err == "out: error: is a folder, expected a file\n");
  CHECK(run_program({"score", "shop.yaml", "--policy", "out"}, disk).code == 3);
}

TEST_CASE("output: a full standard output is exit code 3, a closed one ends quietly") {
  const std::string services = many_services(2000);
  ProgramOptions full, closed;
  full.full_after = 100;
  closed.closed_after = 100;
  for (const Arguments& arguments :
       {Arguments{"score", "s.jsonl", "-f", "csv"}, Arguments{"--help"}, Arguments{"--man"},
        Arguments{"completion", "bash"}, Arguments{"score", "s.jsonl", "-f", "json"}}) {
    const auto failed = run_program(arguments, {{"s.jsonl", services}}, "", full);
    CHECK(failed.code == 3);
    CHECK(failed.err.find("No space left on device") != std::string::npos);
    const auto ended = run_program(arguments, {{"s.jsonl", services}}, "", closed);
    CHECK(ended.code == 0);
    CHECK(ended.err.empty());
  }
}

TEST_CASE("output: init leaves whole files only") {
  MemoryDisk whole;
  REQUIRE(run_program({"init"}, whole).code == 0);
  for (std::size_t nth = 1; nth <= whole.writes(); ++nth) {
    MemoryDisk disk;
    disk.fail_write(nth);
    const auto run = run_program({"init"}, disk);
    CHECK(run.code == 3);
    CHECK_FALSE(has_temporary(run.files));
    for (const auto& [path, bytes] : run.files) CHECK(bytes == whole.files().at(path));
  }
}
