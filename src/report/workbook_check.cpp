#include "workbook_check.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace migplan {
namespace {

// Fields of a ZIP archive, little-endian (APPNOTE.TXT 4.3.7, 4.3.12 and 4.3.16).
std::optional<std::uint32_t> number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  if (at > bytes.size() || bytes.size() - at < size) return std::nullopt;
  std::uint32_t value = 0;
  for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

struct Part {
  std::string_view name;
  std::string_view deflated;
};

// Reads the XML of a part as it unfolds.
class PartReader {
 public:
  void take(std::string_view piece) {
    constexpr std::string_view kCell = "<c r=";
    // A cell may begin in one piece and go on in the next; of what is kept none is whole, so none is counted twice.
    window_.erase(0, window_.size() - std::min(window_.size(), kCell.size() - 1));
    window_ += piece;
    for (auto at = window_.find(kCell); at != std::string::npos; at = window_.find(kCell, at + 1)) ++cells_;
    if (root_.empty()) find_root();
    constexpr std::size_t kEnd = 64;  // longer than any end tag
    end_ += piece.substr(piece.size() - std::min(piece.size(), kEnd));
    end_.erase(0, end_.size() - std::min(end_.size(), kEnd));
  }
  [[nodiscard]] std::size_t cells() const noexcept { return cells_; }
  [[nodiscard]] bool is_closed() const {
    const std::string_view end = std::string_view(end_).substr(0, end_.find_last_not_of(" \n") + 1);
    return !root_.empty() && end.ends_with("</" + root_ + ">");
  }

 private:
  void find_root() {
    std::size_t at = window_.find('<');
    while (at != std::string::npos && at + 1 < window_.size() && window_[at + 1] == '?') at = window_.find('<', at + 1);
    if (at == std::string::npos) return;
    const std::size_t end = window_.find_first_of(" >/\n", at + 1);
    if (end != std::string::npos) root_ = window_.substr(at + 1, end - at - 1);
  }

  std::string window_, end_, root_;
  std::size_t cells_ = 0;
};

bool unfold(std::string_view deflated, PartReader& reader) {
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return false;
  std::string out(std::size_t{1} << 16, '\0');
  int state = Z_OK;
  while (state == Z_OK) {
    if (stream.avail_in == 0) {
      const std::size_t size = std::min<std::size_t>(deflated.size(), std::size_t{1} << 30);
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(deflated.data()));
      stream.avail_in = static_cast<uInt>(size);
      deflated.remove_prefix(size);
    }
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    state = inflate(&stream, Z_NO_FLUSH);
    reader.take(std::string_view(out).substr(0, out.size() - stream.avail_out));
  }
  inflateEnd(&stream);
  return state == Z_STREAM_END;
}

class Archive {
 public:
  explicit Archive(std::string_view bytes) : bytes_(bytes) {
    const std::size_t end = bytes.rfind(std::string_view("PK\x05\x06", 4));
    if (end == std::string_view::npos) return;
    left_ = number_at(bytes, end + 10, 2).value_or(0);
    at_ = number_at(bytes, end + 16, 4).value_or(0);
  }

  // Nullopt behind the last one, and where the archive is broken.
  std::optional<Part> next() {
    if (left_ == 0 || number_at(bytes_, at_, 4) != 0x02014b50U) return std::nullopt;
    const auto size = number_at(bytes_, at_ + 20, 4), name = number_at(bytes_, at_ + 28, 2);
    const auto extra = number_at(bytes_, at_ + 30, 2), comment = number_at(bytes_, at_ + 32, 2);
    const auto local = number_at(bytes_, at_ + 42, 4);
    if (!size || !name || !extra || !comment || !local) return std::nullopt;
    const auto local_name = number_at(bytes_, *local + 26, 2), local_extra = number_at(bytes_, *local + 28, 2);
    if (!local_name || !local_extra) return std::nullopt;
    const std::size_t data = std::size_t{*local} + 30 + *local_name + *local_extra;
    if (data > bytes_.size() || bytes_.size() - data < *size) return std::nullopt;
    const Part part{bytes_.substr(at_ + 46, *name), bytes_.substr(data, *size)};
    at_ += std::size_t{46} + *name + *extra + *comment;
    --left_;
    return part;
  }
  [[nodiscard]] bool is_over() const noexcept { return left_ == 0 && at_ != 0; }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  std::uint32_t left_ = 0;
};

}  // namespace

bool is_whole_workbook(std::string_view archive, std::span<const std::size_t> cells) {
  Archive parts(archive);
  std::size_t sheets = 0;
  while (const auto part = parts.next()) {
    PartReader reader;
    if (!unfold(part->deflated, reader) || !reader.is_closed()) return false;
    if (!part->name.starts_with("xl/worksheets/sheet")) continue;
    if (sheets == cells.size() || reader.cells() != cells[sheets]) return false;
    ++sheets;
  }
  return parts.is_over() && sheets == cells.size();
}

}  // namespace migplan
