#include "ignore_comments.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace migplan {
namespace {

constexpr std::string_view kMark = "migplan:ignore";
constexpr std::string_view kBlanks = " \t\r";
// Finding what each covers may take a pass over the text.
constexpr std::size_t kMostComments = 1000;

Position position_at(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  const auto line = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  return {line, static_cast<std::uint32_t>(at - (before.rfind('\n') + 1)) + 1};  // npos + 1 = 0
}

std::size_t indent_of(std::string_view line) { return std::min(line.find_first_not_of(" \t"), line.size()); }

bool is_blank(std::string_view line) { return line.find_first_not_of(kBlanks) == std::string_view::npos; }

bool is_comment(std::string_view line) { return !is_blank(line) && line[indent_of(line)] == '#'; }

// Lines of a text, from 0.
class Lines {
 public:
  explicit Lines(std::string_view text) : begin_(text.data()) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      lines_.push_back(text.substr(at, end - at));
      at = end + 1;
    }
  }
  [[nodiscard]] std::size_t size() const noexcept { return lines_.size(); }
  // The place of a byte of the text.
  [[nodiscard]] Position at(std::size_t offset) const {
    const char* const byte = begin_ + offset;
    const auto next = std::upper_bound(lines_.begin(), lines_.end(), byte,
                                       [](const char* one, std::string_view line) { return one < line.data(); });
    return {static_cast<std::uint32_t>(next - lines_.begin()),
            static_cast<std::uint32_t>(byte - (next - 1)->data() + 1)};
  }
  [[nodiscard]] std::string_view operator[](std::size_t i) const { return lines_[i]; }
  [[nodiscard]] bool is_content(std::size_t i) const { return !is_blank(lines_[i]) && !is_comment(lines_[i]); }
  [[nodiscard]] bool is_separator(std::size_t i) const { return lines_[i].starts_with("---"); }

  // Where the document begins, if only comments stand between that and this line.
  [[nodiscard]] std::optional<std::size_t> document_begin(std::size_t i) const {
    for (; i > 0; --i) {
      if (is_separator(i - 1)) return i;
      if (is_content(i - 1)) return std::nullopt;
    }
    return i;
  }
  [[nodiscard]] std::size_t document_end(std::size_t i) const {
    while (i < size() && !is_separator(i)) ++i;
    return i;
  }
  // Behind what begins at a line: the next line that is indented no further. A list may stand no further in than its
  // key.
  [[nodiscard]] std::size_t block_end(std::size_t first) const {
    const std::size_t indent = indent_of(lines_[first]);
    const bool is_item = lines_[first].substr(indent).starts_with("-");
    for (std::size_t i = first + 1; i < size(); ++i) {
      if (!is_content(i)) continue;
      const std::size_t other = indent_of(lines_[i]);
      const bool is_its_list = !is_item && other == indent && lines_[i].substr(other).starts_with("- ");
      if (is_separator(i) || (other <= indent && !is_its_list)) return i;
    }
    return size();
  }

 private:
  const char* begin_;
  std::vector<std::string_view> lines_;
};

// Whether a block of lines begins behind a line's content: "key: |", "- >2-".
bool opens_block(std::string_view content) {
  content = content.substr(0, content.find_last_not_of(kBlanks) + 1);  // npos + 1 = 0
  const std::size_t mark = content.find_last_not_of("+-0123456789");
  const bool is_mark = mark != std::string_view::npos && (content[mark] == '|' || content[mark] == '>');
  return is_mark && mark > 0 && content[mark - 1] == ' ';
}

// First and last line, from 0, that the comment on a line covers; nothing follows = none.
std::pair<std::size_t, std::size_t> covered(const Lines& lines, std::size_t comment) {
  if (!is_comment(lines[comment])) {
    const std::string_view before = lines[comment].substr(0, lines[comment].find(kMark));
    const bool has_block = opens_block(before.substr(0, before.rfind('#')));
    return {comment, has_block ? lines.block_end(comment) : comment + 1};
  }
  if (const auto begin = lines.document_begin(comment)) return {*begin, lines.document_end(comment)};
  std::size_t next = comment + 1;
  while (next < lines.size() && !lines.is_content(next)) ++next;
  if (next == lines.size() || lines.is_separator(next)) return {comment, comment};
  return {next, lines.block_end(next)};
}

void add(Result<Exemption> exemption, std::string_view file, std::size_t first, std::size_t end,
         std::vector<IgnoreComment>& comments, Issues& issues) {
  issues.append(Issues(exemption.issues()));
  if (!exemption.is_ok()) return;
  // Lines from 1, the last included.
  comments.push_back({std::move(exemption).value(), std::string(file), static_cast<std::uint32_t>(first + 1),
                      static_cast<std::uint32_t>(end)});
}

bool is_too_many(const std::vector<IgnoreComment>& comments, std::string_view file, Issues& issues) {
  if (comments.size() < kMostComments) return false;
  issues.add({Severity::Error,
              std::string(file),
              {},
              "",
              "more than 1,000 ignore comments stand in this file",
              "write exemptions"});
  return true;
}

// What an element of XML holds, behind its end, or the text's end.
std::size_t element_end(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  while ((at = text.find('<', at)) != std::string_view::npos) {
    const auto skip_to = [&](std::string_view end) {
      const std::size_t found = text.find(end, at);
      at = found == std::string_view::npos ? text.size() : found + end.size();
    };
    if (text.substr(at).starts_with("<!--")) {
      skip_to("-->");
      continue;
    }
    if (text.substr(at).starts_with("<![CDATA[")) {
      skip_to("]]>");
      continue;
    }
    const bool is_end = text.substr(at).starts_with("</");
    const bool is_other = text.substr(at).starts_with("<!") || text.substr(at).starts_with("<?");
    skip_to(">");
    const bool is_empty = at >= 2 && text[at - 2] == '/';
    if (is_other) continue;
    if (is_end && depth > 0) --depth;
    if (!is_end && !is_empty) ++depth;
    if (depth == 0) return at;
  }
  return text.size();
}

}  // namespace

std::vector<IgnoreComment> hash_ignore_comments(std::string_view text, std::string_view file, Issues& issues) {
  std::vector<IgnoreComment> comments;
  std::size_t at = text.find(kMark);
  if (at == std::string_view::npos) return comments;
  const Lines lines(text);
  for (; at != std::string_view::npos; at = text.find(kMark, at + 1)) {
    const std::size_t begin = text.rfind('\n', at) + 1;
    const std::string_view before = text.substr(begin, at - begin);
    const std::size_t hash = before.find_last_not_of(" \t");
    if (hash == std::string_view::npos || before[hash] != '#') continue;
    if (is_too_many(comments, file, issues)) break;
    const std::size_t words = at + kMark.size();
    const std::string_view rest = text.substr(words, text.find('\n', words) - words);
    const auto [first, end] = covered(lines, lines.at(at).line - 1);
    add(parse_ignore_comment(rest, file, lines.at(words)), file, first, end, comments, issues);
  }
  return comments;
}

std::vector<IgnoreComment> xml_ignore_comments(std::string_view text, std::string_view file, Issues& issues) {
  std::vector<IgnoreComment> comments;
  for (std::size_t at = text.find("<!--"); at != std::string_view::npos; at = text.find("<!--", at + 4)) {
    const std::size_t end = std::min(text.find("-->", at), text.size());
    const std::string_view inside = text.substr(at + 4, std::max(end, at + 4) - at - 4);
    const std::size_t first = inside.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || !inside.substr(first).starts_with(kMark)) continue;
    if (is_too_many(comments, file, issues)) break;
    const std::string_view words = inside.substr(first + kMark.size());
    std::string_view before = text.substr(0, at);
    // Whether the root element comes behind it: nothing but a declaration and comments in front.
    bool is_in_front = true;
    for (std::size_t open = before.find('<'); open != std::string_view::npos; open = before.find('<', open + 1)) {
      const char next = open + 1 < text.size() ? text[open + 1] : '!';
      is_in_front = is_in_front && (next == '!' || next == '?');
    }
    const std::size_t covers_from = is_in_front ? 0 : end;
    const std::size_t covers_to = is_in_front ? text.size() : element_end(text, end);
    add(parse_ignore_comment(words, file, position_at(text, at + 4 + first + kMark.size())), file,
        position_at(text, covers_from).line - 1, position_at(text, covers_to).line, comments, issues);
  }
  return comments;
}

}  // namespace migplan
