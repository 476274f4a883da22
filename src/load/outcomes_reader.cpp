#include "migplan/load/outcomes_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <thread>
#include <tuple>
#include <utility>

#include "csv_rows.hpp"
#include "json_walk.hpp"
#include "line_chunks.hpp"
#include "migplan/base/result.hpp"
#include "migplan/load/gzip_source.hpp"
#include "outcome_events.hpp"
#include "outcome_record.hpp"

namespace migplan {
namespace {

static_assert(LineChunk::kPadding >= JsonTokenizer::kPadding);

constexpr std::string_view kMark = "\xEF\xBB\xBF";

// What all threads that read one dump share.
struct Dump {
  std::string_view file;
  std::optional<Side> side;
  std::span<const ComparedField> fields;
  const OutcomeSink& sink;
};

// Reads pieces of NDJSON, one after the other.
class JsonLinesReader {
 public:
  JsonLinesReader(const Dump& dump, unsigned lane)
      : sink_(dump.sink), lane_(lane), record_(dump.file, dump.side, dump.fields), events_(record_) {}

  void read(const LineChunk& chunk) {
    const char* const text = chunk.bytes.data();
    std::size_t begin = chunk.number == 0 && chunk.text().starts_with(kMark) ? kMark.size() : 0;
    tokenizer_.begin_lines(text + begin, chunk.size - begin);
    std::uint64_t number = chunk.first_line;
    for (const std::size_t end : chunk.line_ends) {
      const std::string_view line(text + begin, end - begin);
      if (!line.empty() && (line.front() == '{' || !is_blank_line(line))) read_line(line, number);
      begin = end + 1;
      ++number;
    }
  }
  [[nodiscard]] const OutcomeRecord& record() const noexcept { return record_; }

 private:
  void read_line(std::string_view line, std::uint64_t number) {
    const JsonLineLocator locate{line.data(), LineChunk::line_for_people(number)};
    events_.begin_record(line);
    const std::uint64_t faults = record_.faults();
    try {
      JsonTokens& tokens = tokenizer_.tokens_of_line(line.data(), line.size());
      tokens = JsonWalk<OutcomeEvents, JsonLineLocator>(events_, locate, tokens, tokenizer_.unescaper,
                                                        line.data() + line.size())
                   .document();
    } catch (const JsonSyntaxError& fault) {
      record_.reject(locate(fault.place), "", fault.what);
    }
    if (record_.faults() != faults) return;
    if (const Outcome* const outcome = record_.finish(number)) sink_(lane_, record_.side(), *outcome);
  }

  const OutcomeSink& sink_;
  unsigned lane_;
  OutcomeRecord record_;
  OutcomeEvents events_;
  JsonTokenizer tokenizer_;
};

// Which column of a CSV dump is what.
struct CsvHeader {
  char delimiter = ',';
  std::vector<std::size_t> slots;  // by column; kNoSlot = nobody asks for it
};

// Reads pieces of CSV, one after the other.
class CsvReader {
 public:
  CsvReader(const Dump& dump, const CsvHeader& header, unsigned lane)
      : sink_(dump.sink), lane_(lane), header_(header), record_(dump.file, dump.side, dump.fields) {}

  void read(const LineChunk& chunk) {
    CsvRows rows(chunk.number == 0 ? without_mark(chunk.text()) : chunk.text(), header_.delimiter,
                 LineChunk::line_for_people(chunk.first_line));
    std::vector<Cell> row;
    bool is_header = chunk.number == 0;
    while (rows.next(row)) {
      if (!std::exchange(is_header, false)) read_row(row);
    }
    if (!rows.fault().empty()) record_.reject(rows.fault_position(), "", rows.fault());
  }
  [[nodiscard]] const OutcomeRecord& record() const noexcept { return record_; }

 private:
  void read_row(const std::vector<Cell>& row) {
    const std::uint64_t faults = record_.faults();
    record_.begin(row.front().at);
    if (row.size() != header_.slots.size()) {
      record_.reject(row.front().at, "",
                     fmt::format("found {} cells, expected {} as in the header", row.size(), header_.slots.size()));
    }
    for (std::size_t i = 0; i < std::min(row.size(), header_.slots.size()); ++i) {
      if (header_.slots[i] != OutcomeRecord::kNoSlot) read_cell(header_.slots[i], row[i]);
    }
    if (record_.faults() != faults) return;
    if (const Outcome* const outcome = record_.finish(row.front().at.line)) sink_(lane_, record_.side(), *outcome);
  }

  void read_cell(std::size_t slot, const Cell& cell) {
    const bool may_be_json = cell.text.starts_with('[') || cell.text.starts_with('{');
    if (may_be_json && slot >= OutcomeRecord::kFirstField && read_structure(slot, cell)) return;
    record_.set(slot, {ScalarKind::Untyped, cell.text, cell.at});
  }

  // A list or map inside a cell; false where it only begins like one.
  bool read_structure(std::size_t slot, const Cell& cell) {
    std::string text = cell.text;
    text.append(JsonTokenizer::kPadding, '\0');
    StructureEvents structure(record_.is_ordered(slot));
    try {
      const JsonTokens tokens = tokenizer_.tokens_of(text.data(), cell.text.size());
      JsonWalk<StructureEvents, JsonCellLocator>(structure, {cell.at}, tokens, tokenizer_.unescaper,
                                                 text.data() + cell.text.size())
          .document();
    } catch (const JsonSyntaxError&) {
      return false;
    }
    record_.set_structure(slot, structure.canonical.take(), cell.at);
    return true;
  }

  struct StructureEvents {
    explicit StructureEvents(bool is_ordered) : canonical(is_ordered) {}
    CanonicalJson canonical;
    void begin_map(Position) { canonical.begin_map(); }
    void begin_list(Position) { canonical.begin_list(); }
    void end_map() { canonical.end(); }
    void end_list() { canonical.end(); }
    void key(std::string_view name, Position) { canonical.key(name); }
    [[nodiscard]] static bool quoted_key(const char*, Position) noexcept { return false; }
    void scalar(const Scalar& found) { canonical.scalar(found); }
  };

  const OutcomeSink& sink_;
  unsigned lane_;
  const CsvHeader& header_;
  OutcomeRecord record_;
  JsonTokenizer tokenizer_;
};

// Gives the pieces of a source to the readers, each in a thread of its own.
template <class Reader>
void read_in_threads(LineChunks& chunks, std::deque<Reader>& readers) {
  const auto work = [&chunks](Reader& reader) {
    for (LineChunk chunk; chunks.next(chunk);) reader.read(chunk);
  };
  std::vector<std::jthread> pool;
  for (std::size_t i = 1; i < readers.size(); ++i) pool.emplace_back([&, i] { work(readers[i]); });
  work(readers.front());
}

// The faults that all readers met, the first ones of the file first.
template <class Reader>
Issues faults_of(const std::deque<Reader>& readers, std::string_view file) {
  std::vector<Issue> all;
  std::uint64_t count = 0;
  for (const Reader& reader : readers) {
    all.insert(all.end(), reader.record().issues().begin(), reader.record().issues().end());
    count += reader.record().faults();
  }
  std::stable_sort(all.begin(), all.end(), [](const Issue& a, const Issue& b) {
    return std::tie(a.at.line, a.at.column) < std::tie(b.at.line, b.at.column);
  });
  constexpr std::size_t kRoom = Issues::kKept - 1;  // for the last line
  Issues issues;
  for (std::size_t i = 0; i < std::min(all.size(), kRoom); ++i) issues.add(std::move(all[i]));
  if (count > kRoom) {
    issues.add({Severity::Error, std::string(file), {}, "", fmt::format("{} more records have faults", count - kRoom)});
  }
  return issues;
}

Issue about(std::string_view file, Position at, std::string message, Cause cause, std::string hint = {}) {
  return {Severity::Error, std::string(file), at, "", std::move(message), std::move(hint), cause};
}

// The columns that the first line names.
Result<CsvHeader> read_header(const Dump& dump, std::string_view front) {
  CsvRows rows(without_mark(front));
  CsvHeader header{.delimiter = rows.delimiter(), .slots = {}};
  std::vector<Cell> cells;
  rows.next(cells);
  const OutcomeRecord record(dump.file, dump.side, dump.fields);
  Issues issues;
  for (const Cell& cell : cells) {
    const std::size_t slot = record.find(cell.text);
    if (slot != OutcomeRecord::kNoSlot &&
        std::find(header.slots.begin(), header.slots.end(), slot) != header.slots.end()) {
      issues.add(
          about(dump.file, cell.at, fmt::format("column {} stands here twice", in_quotes(cell.text)), Cause::Content));
    }
    header.slots.push_back(slot);
  }
  for (const auto slot : {OutcomeRecord::kTrace, OutcomeRecord::kSource}) {
    if (slot == OutcomeRecord::kSource && dump.side) continue;
    if (std::find(header.slots.begin(), header.slots.end(), slot) != header.slots.end()) continue;
    issues.add(about(dump.file, {1, 1}, fmt::format("no column {}", record.names()[slot]), Cause::Content,
                     "a dump is NDJSON, or CSV whose first line names the columns"));
  }
  if (issues.has_errors()) return issues;
  return header;
}

char first_letter(std::string_view text) noexcept {
  text = without_mark(text);
  const std::size_t at = text.find_first_not_of(" \t\r\n");
  return at == std::string_view::npos ? '\0' : text[at];
}

}  // namespace

Issues read_outcomes(ByteSource& source, std::string_view file, std::optional<Side> side,
                     std::span<const ComparedField> fields, unsigned threads, const OutcomeSink& sink) {
  const Dump dump{file, side, fields, sink};
  GzipSource plain(source);
  PeekedSource peeked(plain);
  const char first = first_letter(peeked.front());
  Issues issues;
  if (first == '[') {
    return Issues::of(about(file, {1, 1}, "found one JSON list, expected a record on each line", Cause::Content,
                            "jq -c '.[]' writes it so"));
  }
  if (first == '{') {
    LineChunks chunks(peeked);
    std::deque<JsonLinesReader> readers;
    for (unsigned lane = 0; lane < threads; ++lane) readers.emplace_back(dump, lane);
    read_in_threads(chunks, readers);
    issues = faults_of(readers, file);
  } else if (first != '\0') {
    const auto header = read_header(dump, peeked.front());
    if (!header.is_ok()) return header.issues();
    LineChunks chunks(peeked, CutAt::CsvRows);
    std::deque<CsvReader> readers;
    for (unsigned lane = 0; lane < threads; ++lane) readers.emplace_back(dump, header.value(), lane);
    read_in_threads(chunks, readers);
    issues = faults_of(readers, file);
  }
  if (!peeked.error().empty()) {
    return Issues::of(about(file, {}, std::string(peeked.error()), plain.is_packed() ? Cause::Syntax : Cause::Access));
  }
  return issues;
}

}  // namespace migplan
