#include <algorithm>
#include <cstring>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "field_reader.hpp"
#include "inventory_parts.hpp"
#include "inventory_spec.hpp"
#include "json_events.hpp"

namespace migplan {
namespace {

// A piece of the source that ends at a line's end, with room for the parser behind it.
struct Chunk {
  std::vector<char> bytes;
  std::size_t size = 0;
  std::size_t number = 0;
  std::uint32_t first_line = 1;
  std::vector<std::size_t> line_ends;
};

// Hands the source out in chunks, to several threads in turn.
class LineChunks {
 public:
  explicit LineChunks(ByteSource& source) : source_(&source) {}

  // False at the end. Keeps `chunk`'s memory for the next call.
  bool next(Chunk& chunk) {
    const std::lock_guard lock(mutex_);
    chunk.bytes.resize(std::max(kChunk, 2 * rest_.size()) + JsonEvents::kPadding);
    std::memcpy(chunk.bytes.data(), rest_.data(), rest_.size());
    fill(chunk, rest_.size());
    if (chunk.size == 0) return false;
    chunk.number = count_++;
    chunk.first_line = next_line_;
    find_lines(chunk);
    next_line_ += static_cast<std::uint32_t>(chunk.line_ends.size());
    return true;
  }

 private:
  static constexpr std::size_t kChunk = std::size_t{1} << 18;

  // Reads on until a line has ended, however long it is.
  void fill(Chunk& chunk, std::size_t used) {
    for (;;) {
      const std::size_t room = chunk.bytes.size() - JsonEvents::kPadding - used;
      const std::size_t got = source_->read({chunk.bytes.data() + used, room});
      used += got;
      const std::string_view text(chunk.bytes.data(), used);
      const bool is_full = used + JsonEvents::kPadding == chunk.bytes.size();
      if (got != 0 && !is_full) continue;
      const std::size_t cut = got == 0 ? used : text.rfind('\n') + 1;
      if (cut != 0 || got == 0) {
        rest_.assign(text.substr(cut));
        chunk.size = cut;
        return;
      }
      chunk.bytes.resize(2 * chunk.bytes.size());
    }
  }

  static void find_lines(Chunk& chunk) {
    chunk.line_ends.clear();
    const char* const text = chunk.bytes.data();
    for (std::size_t at = 0; at < chunk.size; at = chunk.line_ends.back() + 1) {
      const auto* const newline = static_cast<const char*>(std::memchr(text + at, '\n', chunk.size - at));
      chunk.line_ends.push_back(newline != nullptr ? static_cast<std::size_t>(newline - text) : chunk.size);
    }
  }

  std::mutex mutex_;
  ByteSource* source_;
  std::string rest_;
  std::size_t count_ = 0;
  std::uint32_t next_line_ = 1;
};

// Reads chunks one after the other into one part.
class ChunkReader {
 public:
  ChunkReader(std::string_view name, std::uint32_t file) : name_(name), part_(file) { draft_.part = &part_; }

  Issues read(const Chunk& chunk) {
    Issues issues;
    FieldReader reader(service_spec(), &draft_, name_, issues, part_.arena());
    const char* const text = chunk.bytes.data();
    std::size_t line = 0;
    if (chunk.number == 0 && std::string_view(text, chunk.size).starts_with("\xEF\xBB\xBF")) line += 3;
    std::uint32_t number = chunk.first_line;
    events_.begin_lines(text + line, chunk.size - line);
    for (const std::size_t end : chunk.line_ends) {
      if (!is_blank({text + line, end - line})) {
        events_.feed_line(text + line, end - line, number, reader);
        if (issues.has_errors()) draft_.reset();
      }
      line = end + 1;
      ++number;
    }
    return issues;
  }
  [[nodiscard]] InventoryPart& part() noexcept { return part_; }

 private:
  static bool is_blank(std::string_view line) noexcept {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
  }

  std::string_view name_;
  InventoryPart part_;
  ServiceDraft draft_;
  JsonEvents events_;
};

// What came of one chunk.
struct ChunkResult {
  InventoryRun run;
  Issues issues;
};

}  // namespace

ReadParts read_jsonl_inventory(ByteSource& source, std::string_view name, std::uint32_t file, unsigned threads) {
  LineChunks chunks(source);
  std::mutex mutex;
  std::vector<ChunkResult> results;  // by chunk
  std::deque<ChunkReader> readers;
  for (unsigned i = 0; i < threads; ++i) readers.emplace_back(name, file);
  const auto work = [&](unsigned worker) {
    ChunkReader& reader = readers[worker];
    for (Chunk chunk; chunks.next(chunk);) {
      const std::size_t first = reader.part().size();
      Issues issues = reader.read(chunk);
      const std::lock_guard lock(mutex);
      if (results.size() <= chunk.number) results.resize(chunk.number + 1);
      results[chunk.number] = {{worker, first, reader.part().size() - first}, std::move(issues)};
    }
  };
  {
    std::vector<std::jthread> pool;
    for (unsigned i = 1; i < threads; ++i) pool.emplace_back(work, i);
    work(0);
  }
  ReadParts all;
  for (ChunkReader& reader : readers) all.parts.push_back(std::move(reader.part()));
  for (ChunkResult& result : results) {
    all.runs.push_back(result.run);
    all.issues.append(std::move(result.issues));
  }
  const bool has_services =
      std::any_of(all.parts.begin(), all.parts.end(), [](const InventoryPart& p) { return p.size() != 0; });
  if (!has_services && !all.issues.has_errors()) {
    all.issues.add(
        {Severity::Error, std::string(name), {1, 1}, "", "found nothing, expected a service on each line", ""});
  }
  return all;
}

}  // namespace migplan
