// The same promises on a real disk.
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "program.hpp"

namespace {

using namespace migplan;
using namespace migplan::test;
namespace fs = std::filesystem;

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "migplan.XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { fs::remove_all(path_); }

  [[nodiscard]] std::string at(const std::string& name) const { return (path_ / name).string(); }
  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(at(name), std::ios::binary) << text;
    return at(name);
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(at(name), std::ios::binary).rdbuf();
    return text.str();
  }
  [[nodiscard]] std::size_t count() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
  }

 private:
  fs::path path_;
};

mode_t mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777U;
}

Outcome score_into(const std::string& shop, const std::string& out) {
  return run_on_real_disk({"score", shop, "--format", "csv", "-o", out});
}

}  // namespace

TEST_CASE("real disk: a new file has the mode that the umask leaves") {
  const TemporaryFolder folder;
  const std::string shop = folder.write("shop.yaml", input_file("shop.yaml"));
  const mode_t before = ::umask(027);
  CHECK(score_into(shop, folder.at("out.csv")).code == 0);
  ::umask(before);
  CHECK(mode_of(folder.at("out.csv")) == 0640);
  CHECK(folder.read("out.csv").starts_with("name,"));
  CHECK(folder.count() == 2);
}

TEST_CASE("real disk: a replaced file keeps its mode") {
  const TemporaryFolder folder;
  const std::string shop = folder.write("shop.yaml", input_file("shop.yaml"));
  const std::string out = folder.write("out.csv", "old");
  REQUIRE(::chmod(out.c_str(), 0600) == 0);
  CHECK(score_into(shop, out).code == 0);
  CHECK(mode_of(out) == 0600);
  CHECK(folder.read("out.csv").starts_with("name,"));
}

TEST_CASE("real disk: a link is followed, and stays a link") {
  const TemporaryFolder folder;
  const std::string shop = folder.write("shop.yaml", input_file("shop.yaml"));
  fs::create_directory(folder.at("far"));
  REQUIRE(::chmod(folder.write("far/target.csv", "old").c_str(), 0644) == 0);
  fs::create_symlink("far/target.csv", folder.at("near.csv"));
  fs::create_symlink("near.csv", folder.at("nearer.csv"));
  CHECK(score_into(shop, folder.at("nearer.csv")).code == 0);
  CHECK(fs::is_symlink(folder.at("near.csv")));
  CHECK(fs::is_symlink(folder.at("nearer.csv")));
  CHECK(folder.read("far/target.csv").starts_with("name,"));
  CHECK(mode_of(folder.at("far/target.csv")) == 0644);
}

TEST_CASE("real disk: a link to a file that is not there yet makes that file") {
  const TemporaryFolder folder;
  const std::string shop = folder.write("shop.yaml", input_file("shop.yaml"));
  fs::create_symlink("target.csv", folder.at("near.csv"));
  CHECK(score_into(shop, folder.at("near.csv")).code == 0);
  CHECK(fs::is_symlink(folder.at("near.csv")));
  CHECK(folder.read("target.csv").starts_with("name,"));
}

TEST_CASE("real disk: rejected and unreadable input leave the old file and nothing beside it") {
  const TemporaryFolder folder;
  const std::string bad = folder.write("bad.yaml", input_file("rejected.yaml"));
  const std::string out = folder.write("out.csv", "old");
  CHECK(score_into(bad, out).code == 2);
  CHECK(score_into(folder.at("none.yaml"), out).code == 3);
  CHECK(score_into(folder.at("."), out).code == 2);
  CHECK(folder.read("out.csv") == "old");
  CHECK(folder.count() == 2);
}

TEST_CASE("real disk: devices are written to directly and stay devices") {
  const TemporaryFolder folder;
  const std::string shop = folder.write("shop.yaml", input_file("shop.yaml"));
  CHECK(score_into(shop, "/dev/null").code == 0);
  CHECK(fs::is_character_file("/dev/null"));
  if (!fs::exists("/dev/full")) return;
  const auto full = score_into(shop, "/dev/full");
  CHECK(full.code == 3);
  CHECK(full.err == "/dev/full: error: cannot be written: No space left on device\n");
  CHECK(fs::is_character_file("/dev/full"));
}

TEST_CASE("real disk: a named pipe is written to directly and stays a pipe") {
  const TemporaryFolder folder;
  const std::string shop = folder.write("shop.yaml", input_file("shop.yaml"));
  const std::string pipe = folder.at("pipe");
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::string got;
  std::thread reader([&] {
    std::ostringstream text;
    text << std::ifstream(pipe, std::ios::binary).rdbuf();
    got = text.str();
  });
  CHECK(score_into(shop, pipe).code == 0);
  reader.join();
  CHECK(got.starts_with("name,"));
  CHECK(fs::is_fifo(pipe));
}

TEST_CASE("real disk: folders in place of files, folders that are missing") {
  const TemporaryFolder folder;
  const std::string shop = folder.write("shop.yaml", input_file("shop.yaml"));
  CHECK(score_into(shop, folder.at(".")).code == 3);
  CHECK(score_into(shop, folder.at("none/out.csv")).code == 3);
  CHECK(run_on_real_disk({"score", shop, "--policy", folder.at(".")}).code == 3);
  CHECK(folder.count() == 1);
}

TEST_CASE("real disk: files without permission are exit code 3") {
  if (::geteuid() == 0) {
    WARN("skipped: root may read and write everything");
    return;
  }
  const TemporaryFolder folder;
  const std::string shop = folder.write("shop.yaml", input_file("shop.yaml"));
  const std::string out = folder.write("out.csv", "old");
  REQUIRE(::chmod(out.c_str(), 0400) == 0);
  CHECK(score_into(shop, out).code == 3);
  CHECK(folder.read("out.csv") == "old");
  REQUIRE(::chmod(shop.c_str(), 0) == 0);
  CHECK(score_into(shop, folder.at("new.csv")).code == 3);
  CHECK(folder.count() == 2);
}

TEST_CASE("real disk: a folder is read whole, by name") {
  const TemporaryFolder folder;
  fs::create_directory(folder.at("sub"));
  static_cast<void>(folder.write("sub/b.jsonl", "{\"name\":\"b\"}\n"));
  static_cast<void>(folder.write("a.yaml", "services: [{name: a}]\n"));
  static_cast<void>(folder.write("notes.txt", "no inventory"));
  const auto run = run_on_real_disk({"score", folder.at("."), "--columns", "name", "-f", "csv"});
  CHECK(run.code == 0);
  CHECK(run.out == "name\r\na\r\nb\r\n");
}
