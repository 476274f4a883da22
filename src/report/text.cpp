#include <algorithm>
#include <numeric>

#include "display_width.hpp"
#include "migplan/base/issue.hpp"
#include "migplan/report/report.hpp"

namespace migplan {
namespace {

std::string_view colour_of(Tone tone) {
  switch (tone) {
    case Tone::Plain: return "";
    case Tone::Strong: return "\x1b[1m";
    case Tone::Alert: return "\x1b[31m";
    case Tone::Caution: return "\x1b[33m";
    case Tone::Calm: return "\x1b[32m";
    case Tone::Muted: return "\x1b[2m";
  }
  return "";
}

class TextTable {
 public:
  TextTable(const Table& table, const FormatOptions& options)
      : table_(table), options_(options), columns_(table.columns_for_people()) {
    for (const std::size_t column : columns_) {
      widths_.push_back(display_width(heading(column)));
    }
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      for (std::size_t i = 0; i < columns_.size(); ++i) widths_[i] = std::max(widths_[i], display_width(cell(row, i)));
    }
    if (options.width) fit(*options.width);
  }

  void write(std::string& out, ByteSink& sink) const {
    constexpr std::size_t kFlushAt = std::size_t{1} << 16;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      append(out, i, heading(columns_[i]), Tone::Strong);
    }
    out += '\n';
    for (std::size_t row = 0; row < table_.row_count(); ++row) {
      for (std::size_t i = 0; i < columns_.size(); ++i) append(out, i, cell(row, i), table_.tone(row, columns_[i]));
      out += '\n';
      if (out.size() < kFlushAt) continue;
      sink.write(out);
      out.clear();
    }
  }

 private:
  static constexpr std::size_t kGap = 2;

  [[nodiscard]] std::string heading(std::size_t column) const {
    return printable(table_.columns()[column].heading.in(options_.language));
  }
  [[nodiscard]] std::string cell(std::size_t row, std::size_t i) const {
    return printable(table_.plain(row, columns_[i], options_.language));
  }

  // Takes width from the widest text columns until the row fits, but leaves each enough to be told apart.
  void fit(std::size_t limit) {
    constexpr std::size_t kLeast = 8;
    std::size_t total = std::accumulate(widths_.begin(), widths_.end(), kGap * (widths_.size() - 1));
    while (total > limit) {
      std::size_t widest = widths_.size();
      for (std::size_t i = 0; i < widths_.size(); ++i) {
        const bool may_shrink = !table_.columns()[columns_[i]].is_numeric && widths_[i] > kLeast;
        if (may_shrink && (widest == widths_.size() || widths_[i] > widths_[widest])) widest = i;
      }
      if (widest == widths_.size()) return;
      --widths_[widest];
      --total;
    }
  }

  void append(std::string& out, std::size_t i, const std::string& text, Tone tone) const {
    const std::string shown = options_.width ? cut_to_width(text, widths_[i]) : text;
    const std::size_t padding = widths_[i] - std::min(widths_[i], display_width(shown));
    const bool is_right = table_.columns()[columns_[i]].is_numeric;
    const bool is_last = i + 1 == columns_.size();
    if (is_right) out.append(padding, ' ');
    const std::string_view colour = options_.has_colour ? colour_of(tone) : "";
    out += colour;
    out += shown;
    if (!colour.empty()) out += "\x1b[0m";
    if (!is_right && !is_last) out.append(padding, ' ');
    if (!is_last) out.append(kGap, ' ');
  }

  const Table& table_;
  const FormatOptions& options_;
  std::vector<std::size_t> columns_;
  std::vector<std::size_t> widths_;
};

}  // namespace

void write_text(const Report& report, const FormatOptions& options, ByteSink& sink) {
  std::string out;
  bool is_first = true;
  for (const Text& headline : report.headlines) {
    out += printable(headline.in(options.language)) + "\n";
    is_first = false;
  }
  for (const auto& table : report.tables) {
    const bool says_nothing = table->row_count() == 0 && (!report.notes.empty() || !report.headlines.empty());
    if (says_nothing) continue;
    if (!is_first) out += '\n';
    is_first = false;
    if (!table->title().empty()) out += printable(table->title().in(options.language)) + "\n";
    TextTable(*table, options).write(out, sink);
  }
  for (const Text& note : report.notes) out += (is_first ? "" : "\n") + printable(note.in(options.language)) + "\n";
  sink.write(out);
}

}  // namespace migplan
