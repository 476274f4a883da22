#include "migplan/load/request_log_reader.hpp"
#include "migplan/base/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "csv_rows.hpp"
#include "csv_stream.hpp"
#include "json_tree.hpp"
#include "line_stream.hpp"
#include "migplan/base/result.hpp"
#include "migplan/load/gzip_source.hpp"

namespace migplan {
namespace {

constexpr std::array<std::string_view, 4> kTraceNames{"traceid", "xtraceid", "requestid", "xrequestid"};
constexpr std::array<std::string_view, 3> kHeaderMaps{"headers", "requestheaders", "httpheaders"};
constexpr std::array<std::string_view, 3> kRequestMaps{"request", "req", "http"};

// Letters and digits alone, small.
std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (is_alphanumeric(c)) plain += lower(c);
  }
  return plain;
}

// The place of a name in a list, which is its rank; nullopt = it is none of them.
template <std::size_t Count>
std::optional<std::size_t> rank_of(const std::string& name, const std::array<std::string_view, Count>& names) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - names.begin()));
}

// What the names of keys and columns mean.
class LogNames {
 public:
  explicit LogNames(std::string_view header) : header_(plain_name(header)) {}

  [[nodiscard]] bool is_header(const std::string& plain) const {
    return plain == header_ || plain == "http" + header_ || plain == "header" + header_;
  }

 private:
  std::string header_;
};

// The request of one line of NDJSON.
class JsonRequest {
 public:
  JsonRequest(const JsonValue& line, const LogNames& names) : names_(names) { read(line, true); }

  [[nodiscard]] LoggedRequest request(std::uint64_t line) const { return {trace_, header_, line}; }

 private:
  void read(const JsonValue& map, bool is_root) {
    for (const JsonValue value : map) {
      const std::string name = plain_name(value.key());
      if (names_.is_header(name)) {
        take_header(value);
      } else if (value.is_map()) {
        if (rank_of(name, kHeaderMaps) || (is_root && rank_of(name, kRequestMaps))) read(value, false);
      } else if (const auto rank = rank_of(name, kTraceNames); rank && *rank < trace_rank_ && !value.text().empty()) {
        trace_ = value.text();
        trace_rank_ = *rank;
      }
    }
  }

  // Proxies write a header as a list, or as "-" where there is none.
  void take_header(const JsonValue& value) {
    if (value.is_list()) {
      for (const JsonValue item : value) return take_header(item);
      return;
    }
    if (!value.is_null() && !value.text().empty() && value.text() != "-") header_ = value.text();
  }

  const LogNames& names_;
  std::string_view trace_;
  std::size_t trace_rank_ = kTraceNames.size();
  std::optional<std::string_view> header_;
};

Issue about(std::string_view file, Position at, std::string message, Cause cause = Cause::Content,
            std::string hint = {}) {
  return {Severity::Error, std::string(file), at, "", std::move(message), std::move(hint), cause};
}

void read_json_lines(ByteSource& source, std::string_view file, const LogNames& names, const RequestSink& sink,
                     Issues& issues) {
  LineStream lines(source);
  bool is_log = false;
  while (lines.next()) {
    if (lines.line().find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const Position at = lines.at(1);
    const JsonTree tree(std::string(lines.line()), file, RepeatedKeys::LastCounts, at.line);
    issues.append(Issues(tree.issues()));
    if (tree.issues().has_errors()) continue;
    if (!tree.root().is_map()) {
      issues.add(about(file, at, "found no map, expected a request on each line"));
      continue;
    }
    const LoggedRequest request = JsonRequest(tree.root(), names).request(lines.number());
    is_log = is_log || !request.trace_id.empty() || request.header;
    sink(request);
  }
  if (!is_log && !issues.has_errors() && lines.number() != 0) {
    issues.add(about(file, {1, 1}, "no line has a trace id or the header that routes"));
  }
  if (lines.is_too_long()) issues.add(about(file, lines.at(1), "a line longer than 16 MiB"));
}

void read_csv(ByteSource& source, std::string_view front, std::string_view file, const LogNames& names,
              const RequestSink& sink, Issues& issues) {
  CsvStream rows(source, CsvRows(without_mark(front)).delimiter());
  std::optional<std::size_t> header, trace;
  std::size_t trace_rank = kTraceNames.size(), columns = 0;
  if (rows.next()) {
    columns = rows.size();
    for (std::size_t i = 0; i < columns; ++i) {
      const std::string name = plain_name(rows[i]);
      if (names.is_header(name)) header = i;
      if (const auto rank = rank_of(name, kTraceNames); rank && *rank < trace_rank) {
        trace = i;
        trace_rank = *rank;
      }
    }
    if (!header && !trace) {
      issues.add(about(file, {1, 1}, "no column for a trace id or the header that routes", Cause::Content,
                       "a log is NDJSON, or CSV whose first line names the columns"));
      return;
    }
  }
  while (rows.next()) {
    if (rows.size() != columns) {
      issues.add(
          about(file, rows.at(0), fmt::format("found {} cells, expected {} as in the header", rows.size(), columns)));
      continue;
    }
    LoggedRequest request{trace ? std::string_view(rows[*trace]) : std::string_view(), std::nullopt, rows.at(0).line};
    if (header && !rows[*header].empty() && rows[*header] != "-") request.header = rows[*header];
    sink(request);
  }
  if (!rows.fault().empty()) issues.add(about(file, rows.fault_position(), rows.fault(), Cause::Syntax));
}

}  // namespace

Issues read_request_log(ByteSource& source, std::string_view file, std::string_view header, const RequestSink& sink) {
  GzipSource plain(source);
  PeekedSource peeked(plain);
  const std::string_view front = without_mark(peeked.front());
  const std::size_t first = front.find_first_not_of(" \t\r\n");
  const LogNames names(header);
  Issues issues;
  if (first != std::string_view::npos && front[first] == '{') {
    read_json_lines(peeked, file, names, sink, issues);
  } else if (first != std::string_view::npos && front[first] == '[') {
    issues.add(about(file, {1, 1}, "found one JSON list, expected a request on each line", Cause::Content,
                     "jq -c '.[]' writes it so"));
  } else if (first != std::string_view::npos) {
    read_csv(peeked, front, file, names, sink, issues);
  }
  if (!peeked.error().empty()) {
    return Issues::of(about(file, {}, std::string(peeked.error()), plain.is_packed() ? Cause::Syntax : Cause::Access));
  }
  return issues;
}

}  // namespace migplan
