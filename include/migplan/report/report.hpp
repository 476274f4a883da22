#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/issue.hpp"
#include "migplan/report/finding.hpp"
#include "migplan/report/network.hpp"
#include "migplan/report/table.hpp"
#include "migplan/report/timetable.hpp"
#include "migplan/report/value.hpp"

namespace migplan {

class ByteSink;

// A table under a name of its own.
struct NamedTable {
  std::string name;
  std::shared_ptr<const Table> table;
};

// What a command has to say, in its two projections.
struct Report {
  Object document;                                   // nested, for JSON; begins with "schema"
  std::vector<std::shared_ptr<const Table>> tables;  // flat, for every other format; the first is the main one
  std::vector<Text> notes;                           // for people, behind the tables
  std::vector<Text> headlines{};                     // for people, before the tables
  std::optional<FindingList> findings{};             // of a command that checks
  std::function<Timetable()> timetable{};            // of a command that plans; made when a format asks for it
  bool has_page = false;                             // of the command whose document a page shows
  std::function<void(ByteSink&)> markdown{};         // of a command whose Markdown is a text, not its tables
  std::vector<NamedTable> more{};                    // flat, too; unasked only a workbook holds them
  std::function<Timetable()> calendar{};             // drawn in a workbook, where no formats for plans are offered
  std::function<Network()> network{};                // of a command that shows what hangs on what
  std::function<Object()> picture{};                 // of a command that draws: the parts of a page that it draws
};

// What was asked for of a command's main table, in the order in which it is applied.
struct TableChoice {
  std::string table;  // the only table wanted; empty = all, or the first where rows or columns are chosen
  std::string filter;
  std::vector<std::string> tiers;    // keep these only
  std::vector<std::string> sort;     // empty = the command's own order
  std::optional<std::size_t> top;    // first rows after all that
  std::vector<std::string> columns;  // empty = the command's own
};

class ByteSink {
 public:
  ByteSink() = default;
  ByteSink(const ByteSink&) = delete;
  ByteSink& operator=(const ByteSink&) = delete;
  virtual ~ByteSink() = default;
  virtual void write(std::string_view bytes) = 0;
};

class TextSink final : public ByteSink {
 public:
  void write(std::string_view bytes) override { text_ += bytes; }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  std::string text_;
};

struct FormatOptions {
  bool has_colour = false;
  std::optional<std::size_t> width;  // text is fitted to so many columns; null = never cut
  bool has_byte_order_mark = false;  // CSV
  // Of what people read: text, Markdown and the page; null = English. Data are the same in every language.
  const Catalogue* language = nullptr;
  std::string temporary_folder{};  // for a library that needs room on the disk; empty = what the library takes
};

// What of a report a format shows: its two projections, which every report has, or a view that only some have.
enum class View : std::uint8_t { Projections, Findings, Timetable, Page, Network, Picture };
[[nodiscard]] bool has_view(const Report& report, View view) noexcept;

struct Format {
  std::string_view name;
  std::string_view ending;  // of file names, with the point; empty = none of its own
  std::string_view description;
  // Errors: nothing of use has been written. Warnings: what could not be shown as it is.
  Issues (*write)(const Report&, const FormatOptions&, ByteSink&);
  View view = View::Projections;
  bool is_text = true;  // or bytes that no terminal should get
};

// The formats over the two projections, text first, then the views.
[[nodiscard]] std::span<const Format> formats() noexcept;
[[nodiscard]] const Format* find_format(std::string_view name) noexcept;
[[nodiscard]] const Format* format_of_file(std::string_view file_name) noexcept;

void write_text(const Report&, const FormatOptions&, ByteSink&);
void write_json(const Report&, const FormatOptions&, ByteSink&);
void write_jsonl(const Report&, const FormatOptions&, ByteSink&);
void write_csv(const Report&, const FormatOptions&, ByteSink&);
void write_markdown(const Report&, const FormatOptions&, ByteSink&);
// A workbook for spreadsheets: a sheet a table, a calendar of the plan, and what stands around them. Errors: a table
// with more rows than a sheet has; no room for temporary files.
[[nodiscard]] Issues write_xlsx(const Report&, const FormatOptions&, ByteSink&);
void write_junit(const Report&, const FormatOptions&, ByteSink&);
void write_sarif(const Report&, const FormatOptions&, ByteSink&);
void write_ics(const Report&, const FormatOptions&, ByteSink&);
void write_mermaid(const Report&, const FormatOptions&, ByteSink&);
void write_tjp(const Report&, const FormatOptions&, ByteSink&);
void write_msproject(const Report&, const FormatOptions&, ByteSink&);
// The network as Graphviz draws it.
void write_dot(const Report&, const FormatOptions&, ByteSink&);
// One page with everything in it. There only where the build made the page (MIGPLAN_HTML).
void write_html(const Report&, const FormatOptions&, ByteSink&);
// The same charts as a picture. There only where the build made the page, too.
void write_svg(const Report&, const FormatOptions&, ByteSink&);

}  // namespace migplan
