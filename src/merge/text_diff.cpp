#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "migplan/merge/text_edit.hpp"

namespace migplan {
namespace {

constexpr std::size_t kContext = 3;

// Whole lines of a text that become others.
struct Region {
  std::size_t begin = 0, end = 0;
  std::vector<TextEdit> edits;
};

class Differ {
 public:
  Differ(std::string_view text, std::span<const TextEdit> edits) : text_(text) {
    for (const TextEdit& edit : edits) add(edit);
  }

  std::string write(std::string_view old_name, std::string_view new_name) {
    if (regions_.empty()) return {};
    out_ = fmt::format("--- {}\n+++ {}\n", old_name, new_name);
    for (std::size_t i = 0; i < regions_.size();) {
      std::size_t end = i + 1;
      while (end < regions_.size() && is_near(regions_[end - 1], regions_[end])) ++end;
      hunk(std::span(regions_).subspan(i, end - i));
      i = end;
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::size_t line_begin(std::size_t at) const {
    const std::size_t newline = at == 0 ? std::string_view::npos : text_.rfind('\n', at - 1);
    return newline == std::string_view::npos ? 0 : newline + 1;
  }
  [[nodiscard]] std::size_t line_end(std::size_t at) const {
    const std::size_t newline = text_.find('\n', at);
    return newline == std::string_view::npos ? text_.size() : newline + 1;
  }

  void add(const TextEdit& edit) {
    const std::size_t begin = line_begin(edit.begin);
    const bool is_whole_lines =
        edit.begin == begin && line_begin(edit.end) == edit.end && (edit.text.empty() || edit.text.back() == '\n');
    const std::size_t end = is_whole_lines ? edit.end : line_end(edit.end);
    if (regions_.empty() || begin > regions_.back().end || (is_whole_lines && begin == regions_.back().end)) {
      regions_.push_back({begin, end, {edit}});
      return;
    }
    regions_.back().end = std::max(regions_.back().end, end);
    regions_.back().edits.push_back(edit);
  }

  [[nodiscard]] bool is_near(const Region& a, const Region& b) const {
    std::size_t at = a.end;
    for (std::size_t lines = 0; lines < 2 * kContext && at < b.begin; ++lines) at = line_end(at);
    return at >= b.begin;
  }

  [[nodiscard]] std::string made(const Region& region) const {
    std::vector<TextEdit> moved(region.edits);
    for (TextEdit& edit : moved) {
      edit.begin -= region.begin;
      edit.end -= region.begin;
    }
    return with_edits(text_.substr(region.begin, region.end - region.begin), moved);
  }

  static std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
      lines.push_back(text.substr(0, end));
      text.remove_prefix(end);
    }
    return lines;
  }

  struct Count {
    std::size_t old_lines = 0, new_lines = 0;
  };

  void print(std::string& body, char sign, std::string_view line) const {
    body += sign;
    body += line;
    if (!line.ends_with('\n')) body += "\n\\ No newline at end of file\n";
  }

  // Old lines, then new ones, without those that are the same at both ends.
  void print_region(std::string& body, const Region& region, Count& count) const {
    const std::string text = made(region);
    const auto before = lines_of(text_.substr(region.begin, region.end - region.begin)), after = lines_of(text);
    std::size_t head = 0, tail = 0;
    const std::size_t shorter = std::min(before.size(), after.size());
    while (head < shorter && before[head] == after[head]) ++head;
    while (tail < shorter - head && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) ++tail;
    for (std::size_t i = 0; i < head; ++i) print(body, ' ', before[i]);
    for (std::size_t i = head; i < before.size() - tail; ++i) print(body, '-', before[i]);
    for (std::size_t i = head; i < after.size() - tail; ++i) print(body, '+', after[i]);
    for (std::size_t i = before.size() - tail; i < before.size(); ++i) print(body, ' ', before[i]);
    count.old_lines += before.size();
    count.new_lines += after.size();
  }

  void print_context(std::string& body, std::size_t begin, std::size_t end, Count& count) const {
    for (const std::string_view line : lines_of(text_.substr(begin, end - begin))) {
      print(body, ' ', line);
      ++count.old_lines;
      ++count.new_lines;
    }
  }

  void hunk(std::span<const Region> regions) {
    std::size_t begin = regions.front().begin, end = regions.back().end;
    for (std::size_t i = 0; i < kContext && begin > 0; ++i) begin = line_begin(begin - 1);
    for (std::size_t i = 0; i < kContext && end < text_.size(); ++i) end = line_end(end);
    line_ += static_cast<std::size_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(counted_),
                                                 text_.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
    counted_ = begin;
    Count count;
    std::string body;
    std::size_t at = begin;
    for (const Region& region : regions) {
      print_context(body, at, region.begin, count);
      print_region(body, region, count);
      at = region.end;
    }
    print_context(body, at, end, count);
    const auto shift = static_cast<std::size_t>(shift_ + static_cast<std::ptrdiff_t>(line_));
    fmt::format_to(std::back_inserter(out_), "@@ -{},{} +{},{} @@\n", count.old_lines == 0 ? line_ - 1 : line_,
                   count.old_lines, count.new_lines == 0 ? shift - 1 : shift, count.new_lines);
    out_ += body;
    shift_ += static_cast<std::ptrdiff_t>(count.new_lines) - static_cast<std::ptrdiff_t>(count.old_lines);
  }

  std::string_view text_;
  std::vector<Region> regions_;
  std::string out_;
  std::size_t line_ = 1, counted_ = 0;  // the line at byte counted_
  std::ptrdiff_t shift_ = 0;            // lines that were added before
};

}  // namespace

std::string unified_diff(std::string_view text, std::span<const TextEdit> edits, std::string_view old_name,
                         std::string_view new_name) {
  return Differ(text, edits).write(old_name, new_name);
}

}  // namespace migplan
