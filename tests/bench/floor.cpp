// bench_floor: the least work that a program built on the same parsers must do for a file.
// `yaml` runs yaml-cpp's event pass with handlers that do nothing; `jsonl` reads every key and every value of every
// line through simdjson's On-Demand interface, each as its own type; `jsonl-dom` makes simdjson's trees of them and
// walks through these; `jsonl-sax` has nlohmann's SAX parser tell of them, for comparison. All print what they counted,
// so that no compiler may drop the work.

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <simdjson.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>
#include <nlohmann/json.hpp>

namespace {

class Ignore final : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

std::size_t pass_yaml(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw std::runtime_error("cannot open " + path);
  }
  YAML::Parser parser(file);
  Ignore handler;
  std::size_t documents = 0;
  while (parser.HandleNextDocument(handler)) {
    ++documents;
  }
  return documents;
}

// Of a folder every file below it, one after the other.
void pass_yaml_files(const std::string& path) {
  std::vector<std::string> files;
  if (std::filesystem::is_directory(path)) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
      if (entry.is_regular_file()) files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
  } else {
    files.push_back(path);
  }
  std::size_t documents = 0;
  for (const std::string& file : files) documents += pass_yaml(file);
  fmt::print("documents {}\n", documents);
}

struct Tally {
  std::uint64_t lines = 0;
  std::uint64_t values = 0;
  std::uint64_t bytes = 0;
  double sum = 0;

  void add(const Tally& other) {
    lines += other.lines;
    values += other.values;
    bytes += other.bytes;
    sum += other.sum;
  }
};

void print(const Tally& tally) {
  fmt::print("lines {} values {} bytes {} sum {:.3f}\n", tally.lines, tally.values, tally.bytes, tally.sum);
}

namespace ondemand = simdjson::ondemand;

void visit(ondemand::value value, Tally& tally);

void visit_object(ondemand::object object, Tally& tally) {
  for (auto field : object) {
    tally.bytes += field.unescaped_key().value().size();
    visit(field.value(), tally);
  }
}

void visit_array(ondemand::array array, Tally& tally) {
  for (auto element : array) {
    visit(element.value(), tally);
  }
}

void visit(ondemand::value value, Tally& tally) {
  ++tally.values;
  switch (value.type()) {
    case ondemand::json_type::object: return visit_object(value.get_object(), tally);
    case ondemand::json_type::array: return visit_array(value.get_array(), tally);
    case ondemand::json_type::string: tally.bytes += value.get_string().value().size(); return;
    case ondemand::json_type::number: tally.sum += value.get_double().value(); return;
    case ondemand::json_type::boolean: tally.sum += value.get_bool().value() ? 1 : 0; return;
    case ondemand::json_type::null: tally.bytes += value.is_null() ? 4U : 0U; return;
  }
}

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

// Whole lines, followed by the spare bytes that simdjson may read past their end.
struct Chunk {
  std::vector<char> bytes;
  std::size_t size = 0;
};

// Hands out the file in pieces that end at line ends; callable from several threads.
class LineChunks {
 public:
  explicit LineChunks(const std::string& path) : file_(std::fopen(path.c_str(), "rb")) {
    if (!file_) {
      throw std::runtime_error("cannot open " + path);
    }
    // The chunk is the buffer: a second one would only copy.
    std::setvbuf(file_.get(), nullptr, _IONBF, 0);
  }

  bool next(Chunk& chunk) {
    const std::lock_guard lock(mutex_);
    chunk.bytes.resize(kChunkBytes + simdjson::SIMDJSON_PADDING);
    std::memcpy(chunk.bytes.data(), rest_.data(), rest_.size());
    std::size_t filled = rest_.size();
    filled += std::fread(chunk.bytes.data() + filled, 1, kChunkBytes - filled, file_.get());
    const std::string_view text(chunk.bytes.data(), filled);
    const bool is_last = filled < kChunkBytes;
    const std::size_t cut = is_last ? filled : text.rfind('\n') + 1;
    if (cut == 0 && !is_last) {
      throw std::runtime_error("a line is longer than a chunk");
    }
    rest_.assign(text.substr(cut));
    chunk.size = cut;
    return cut > 0;
  }

 private:
  static constexpr std::size_t kChunkBytes = std::size_t{1} << 20;

  std::unique_ptr<std::FILE, CloseFile> file_;
  std::mutex mutex_;
  std::string rest_;
};

void pass_chunk(ondemand::parser& parser, const Chunk& chunk, Tally& tally) {
  const char* line = chunk.bytes.data();
  const char* const end = line + chunk.size;
  const char* const capacity_end = chunk.bytes.data() + chunk.bytes.size();
  while (line < end) {
    const void* const newline = std::memchr(line, '\n', static_cast<std::size_t>(end - line));
    const char* const line_end = newline != nullptr ? static_cast<const char*>(newline) : end;
    const auto length = static_cast<std::size_t>(line_end - line);
    if (length > 0) {
      ondemand::document document = parser.iterate(line, length, static_cast<std::size_t>(capacity_end - line));
      visit_object(document.get_object(), tally);
      ++tally.lines;
    }
    line = line_end + 1;
  }
}

struct Worker {
  Tally tally;
  std::exception_ptr error;

  void pass(LineChunks& chunks) {
    try {
      ondemand::parser parser;
      // Counted in a variable of this thread: the workers stand side by side in memory.
      Tally counted;
      for (Chunk chunk; chunks.next(chunk);) {
        pass_chunk(parser, chunk, counted);
      }
      tally = counted;
    } catch (...) {
      error = std::current_exception();
    }
  }
};

void pass_jsonl(const std::string& path, std::size_t thread_count) {
  LineChunks chunks(path);
  std::vector<Worker> workers(thread_count);
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < thread_count; ++i) {
    threads.emplace_back([&chunks, &worker = workers[i]] { worker.pass(chunks); });
  }
  workers[0].pass(chunks);
  for (std::thread& thread : threads) {
    thread.join();
  }
  Tally total;
  for (const Worker& worker : workers) {
    if (worker.error) {
      std::rethrow_exception(worker.error);
    }
    total.add(worker.tally);
  }
  print(total);
}

namespace dom = simdjson::dom;

void visit(dom::element value, Tally& tally) {
  ++tally.values;
  switch (value.type()) {
    case dom::element_type::OBJECT: {
      const dom::object object = value.get_object();
      for (const auto field : object) {
        tally.bytes += field.key.size();
        visit(field.value, tally);
      }
      return;
    }
    case dom::element_type::ARRAY: {
      const dom::array array = value.get_array();
      for (const auto element : array) visit(element, tally);
      return;
    }
    case dom::element_type::STRING: tally.bytes += value.get_string().value().size(); return;
    case dom::element_type::INT64:
    case dom::element_type::UINT64:
    case dom::element_type::DOUBLE: tally.sum += value.get_double().value(); return;
    case dom::element_type::BOOL: tally.sum += value.get_bool().value() ? 1 : 0; return;
    case dom::element_type::NULL_VALUE: tally.bytes += 4U; return;
  }
}

// The library's own way to read a file of many documents: the whole text, then a tree a line. On one thread.
void pass_jsonl_as_trees(const std::string& path) {
  dom::parser parser;
#ifdef SIMDJSON_THREADS_ENABLED
  parser.threaded = false;
#endif
  Tally tally;
  dom::document_stream lines;
  if (const auto failed = parser.load_many(path).get(lines)) {
    throw std::runtime_error(simdjson::error_message(failed));
  }
  for (auto line : lines) {
    visit(line.value(), tally);
    ++tally.lines;
  }
  tally.values -= tally.lines;  // the lines themselves are not counted by the other pass
  print(tally);
}

// Counts the values as the other passes do.
class Count final : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Count(Tally& tally) : tally_(&tally) {}
  bool null() override { return value(4); }
  bool boolean(bool) override { return value(1); }
  bool number_integer(number_integer_t) override { return value(1); }
  bool number_unsigned(number_unsigned_t) override { return value(1); }
  bool number_float(number_float_t, const string_t&) override { return value(1); }
  bool string(string_t& text) override { return value(text.size()); }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return value(0); }
  bool key(string_t& text) override {
    tally_->bytes += text.size();
    return true;
  }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return value(0); }
  bool end_array() override { return true; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception& problem) override {
    throw std::runtime_error(problem.what());
  }

 private:
  bool value(std::size_t bytes) {
    ++tally_->values;
    tally_->bytes += bytes;
    return true;
  }
  Tally* tally_;
};

void pass_jsonl_as_events(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot open " + path);
  Tally tally;
  Count handler(tally);
  for (std::string line; std::getline(file, line);) {
    nlohmann::json::sax_parse(line, &handler);
    ++tally.lines;
  }
  tally.values -= tally.lines;  // the lines themselves are not counted by the other passes
  print(tally);
}

int usage() {
  fmt::print(stderr,
             "usage: bench_floor yaml FILE|FOLDER\n       bench_floor jsonl FILE [--threads N]\n"
             "       bench_floor jsonl-dom FILE\n       bench_floor jsonl-sax FILE\n");
  return 2;
}

std::size_t thread_count(const std::string& text) {
  constexpr std::size_t kMostThreads = 256;
  std::size_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const bool is_whole = error == std::errc{} && end == text.data() + text.size();
  return is_whole && count <= kMostThreads ? count : 0;
}

int run(const std::vector<std::string>& args) {
  if (args.size() == 2 && args[0] == "yaml") {
    pass_yaml_files(args[1]);
    return 0;
  }
  if (args.size() == 2 && args[0] == "jsonl-dom") {
    pass_jsonl_as_trees(args[1]);
    return 0;
  }
  if (args.size() == 2 && args[0] == "jsonl-sax") {
    pass_jsonl_as_events(args[1]);
    return 0;
  }
  const bool states_threads = args.size() == 4 && args[2] == "--threads";
  if ((args.size() != 2 && !states_threads) || args[0] != "jsonl") {
    return usage();
  }
  const std::size_t threads = states_threads ? thread_count(args[3]) : 1;
  if (threads == 0) {
    return usage();
  }
  pass_jsonl(args[1], threads);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(std::vector<std::string>(argv + 1, argv + argc));
  } catch (const std::exception& problem) {
    fmt::print(stderr, "bench_floor: {}\n", problem.what());
    return 3;
  }
}
