#include <algorithm>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "field_reader.hpp"
#include "inventory_parts.hpp"
#include "inventory_spec.hpp"
#include "json_events.hpp"
#include "line_chunks.hpp"

namespace migplan {
namespace {

static_assert(LineChunk::kPadding >= JsonEvents::kPadding);

// Reads chunks one after the other into one part.
class ChunkReader {
 public:
  ChunkReader(std::string_view name, const PartOptions& options) : name_(name), part_(options.file, options.profiles) {
    draft_.part = &part_;
  }

  Issues read(const LineChunk& chunk) {
    Issues issues;
    FieldReader reader(service_spec(), &draft_, name_, issues, part_.arena());
    const char* const text = chunk.bytes.data();
    std::size_t line = 0;
    if (chunk.number == 0 && std::string_view(text, chunk.size).starts_with("\xEF\xBB\xBF")) line += 3;
    std::uint64_t number = chunk.first_line;
    events_.begin_lines(text + line, chunk.size - line);
    for (const std::size_t end : chunk.line_ends) {
      if (!is_blank_line({text + line, end - line})) {
        events_.feed_line(text + line, end - line, LineChunk::line_for_people(number), reader);
        if (issues.has_errors()) draft_.reset();
      }
      line = end + 1;
      ++number;
    }
    return issues;
  }
  [[nodiscard]] InventoryPart& part() noexcept { return part_; }

 private:
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

ReadParts read_jsonl_inventory(ByteSource& source, std::string_view name, const PartOptions& options,
                               unsigned threads) {
  LineChunks chunks(source);
  std::mutex mutex;
  std::vector<ChunkResult> results;  // by chunk
  std::deque<ChunkReader> readers;
  for (unsigned i = 0; i < threads; ++i) readers.emplace_back(name, options);
  const auto work = [&](unsigned worker) {
    ChunkReader& reader = readers[worker];
    for (LineChunk chunk; chunks.next(chunk);) {
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
