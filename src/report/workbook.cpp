#include "workbook.hpp"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "memory_file.hpp"
#include "sheet_text.hpp"
#include "workbook_check.hpp"

namespace migplan {
namespace {

// 1980-01-01, the day that the library gives the parts of the archive: nothing in a workbook tells when it was made.
constexpr time_t kCreated = 315'532'800;

enum class Kind : std::uint8_t { Plain, Text, Number, Day, Heading, TurnedDay };

struct Paint {
  Colour fill, ink;
};

// As spreadsheets colour what is bad, neutral and good.
std::optional<Paint> paint_of(Tone tone) {
  switch (tone) {
    case Tone::Alert: return Paint{0xFFC7CE, 0x9C0006};
    case Tone::Caution: return Paint{0xFFEB9C, 0x7F6000};
    case Tone::Calm: return Paint{0xC6EFCE, 0x006100};
    case Tone::Plain:
    case Tone::Strong:
    case Tone::Muted: return std::nullopt;
  }
  return std::nullopt;
}

class Formats {
 public:
  explicit Formats(lxw_workbook* book) : book_(book) {}

  lxw_format* of(Kind kind, Tone tone, int decimals = 0) {
    if (kind == Kind::Plain && tone == Tone::Plain) return nullptr;
    const auto [at, is_new] = made_.try_emplace({kind, tone, decimals}, nullptr);
    if (is_new) at->second = make(kind, tone, decimals);
    return at->second;
  }
  lxw_format* fill(Colour colour) {
    lxw_format* const format = workbook_add_format(book_);
    format_set_bg_color(format, colour);
    return format;
  }
  lxw_format* conditional(Tone tone) {
    lxw_format* const format = workbook_add_format(book_);
    set_tone(format, tone);
    return format;
  }

 private:
  lxw_format* make(Kind kind, Tone tone, int decimals) {
    lxw_format* const format = workbook_add_format(book_);
    set_tone(format, tone);
    if (kind == Kind::Text) format_set_num_format(format, "@");
    if (kind == Kind::Number) {
      const std::string shown = decimals == 0 ? "0" : "0." + std::string(static_cast<std::size_t>(decimals), '0');
      format_set_num_format(format, shown.c_str());
    }
    if (kind == Kind::Day || kind == Kind::TurnedDay) format_set_num_format(format, "yyyy-mm-dd");
    if (kind == Kind::TurnedDay) format_set_rotation(format, 90);
    if (kind == Kind::Heading || kind == Kind::TurnedDay) {
      format_set_bold(format);
      format_set_bg_color(format, 0xE7E6E6);
      format_set_bottom(format, LXW_BORDER_THIN);
    }
    return format;
  }

  static void set_tone(lxw_format* format, Tone tone) {
    if (tone == Tone::Strong) format_set_bold(format);
    if (tone == Tone::Muted) format_set_font_color(format, 0x808080);
    if (const auto paint = paint_of(tone)) {
      format_set_bg_color(format, paint->fill);
      format_set_font_color(format, paint->ink);
    }
  }

  lxw_workbook* book_;
  std::map<std::tuple<Kind, Tone, int>, lxw_format*> made_;
};

double as_double(Number number) {
  double divisor = 1;
  for (int i = 0; i < number.decimals; ++i) divisor *= 10;
  return static_cast<double>(number.steps) / divisor;
}

class LibrarySheet final : public Sheet {
 public:
  LibrarySheet(lxw_worksheet* sheet, Formats& formats, std::string name)
      : sheet_(sheet), formats_(formats), name_(std::move(name)) {}

  [[nodiscard]] const std::string& name() const noexcept override { return name_; }
  [[nodiscard]] std::size_t cells() const noexcept { return cells_; }
  [[nodiscard]] lxw_error error() const noexcept { return error_; }

  bool text(CellPlace place, std::string_view text, Tone tone) override {
    // Marked as text, so that it stays one when somebody edits it; old spreadsheets show no longer one that is marked.
    constexpr std::size_t kMostMarked = 255;
    const SheetText made = sheet_text(text);
    if (made.text.empty()) return false;
    const Kind kind = made.text.size() > kMostMarked ? Kind::Plain : Kind::Text;
    keep(worksheet_write_string(sheet_, place.row, place.column, made.text.c_str(), formats_.of(kind, tone)));
    return made.is_cut;
  }
  void heading(CellPlace place, std::string_view text) override {
    lxw_format* const format = formats_.of(Kind::Heading, Tone::Plain);
    const std::string made = sheet_text(text).text;
    keep(made.empty() ? worksheet_write_blank(sheet_, place.row, place.column, format)
                      : worksheet_write_string(sheet_, place.row, place.column, made.c_str(), format));
  }
  void number(CellPlace place, Number number, Tone tone) override {
    constexpr std::int64_t kExact = 999'999'999'999'999;
    if (number.steps > kExact || number.steps < -kExact || number.decimals > 15) {
      std::string digits;
      append_fixed(digits, number.steps, number.decimals);
      text(place, digits, tone);
      return;
    }
    keep(worksheet_write_number(sheet_, place.row, place.column, as_double(number),
                                formats_.of(Kind::Number, tone, number.decimals)));
  }
  void flag(CellPlace place, bool flag, Tone tone) override {
    keep(worksheet_write_boolean(sheet_, place.row, place.column, flag ? 1 : 0, formats_.of(Kind::Plain, tone)));
  }
  void day(CellPlace place, Date day, Tone tone) override { write_day(place, day, Kind::Day, tone); }
  void turned_day(CellPlace place, Date day) override { write_day(place, day, Kind::TurnedDay, Tone::Plain); }

  void set_height(std::uint32_t row, double points) override {
    keep_only(worksheet_set_row(sheet_, row, points, nullptr));
  }
  void set_width(std::uint16_t first, std::uint16_t last, double digits) override {
    keep_only(worksheet_set_column(sheet_, first, last, digits, nullptr));
  }
  void freeze(CellPlace first_moving) override {
    worksheet_freeze_panes(sheet_, first_moving.row, first_moving.column);
  }
  void filter(CellRange range) override {
    keep_only(worksheet_autofilter(sheet_, range.first.row, range.first.column, range.last.row, range.last.column));
  }
  void print_wide(std::uint32_t first_repeated, std::uint32_t last_repeated) override {
    worksheet_set_landscape(sheet_);
    worksheet_set_paper(sheet_, 8);  // A3
    worksheet_fit_to_pages(sheet_, 1, 0);
    keep_only(worksheet_repeat_rows(sheet_, first_repeated, last_repeated));
  }
  void mark(CellRange range, const Value& value, Tone tone) override {
    lxw_conditional_format rule{};
    std::string quoted;
    rule.type = LXW_CONDITIONAL_TYPE_CELL;
    rule.criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO;
    if (const Number* const number = value.number()) {
      rule.value = as_double(*number);
    } else {
      quoted = formula_text(value.text().value_or(""));
      rule.value_string = quoted.data();
    }
    rule.format = formats_.conditional(tone);
    add_rule(range, rule);
  }
  void paint(CellRange range, const std::string& formula, Colour fill) override {
    lxw_conditional_format rule{};
    std::string copy = formula;
    rule.type = LXW_CONDITIONAL_TYPE_FORMULA;
    rule.value_string = copy.data();
    rule.format = formats_.fill(fill);
    rule.stop_if_true = LXW_TRUE;
    add_rule(range, rule);
  }

 private:
  void write_day(CellPlace place, Date day, Kind kind, Tone tone) {
    constexpr std::int32_t kSerialOf1970 = 25'569, kFirstAgreed = 61;  // 1900-03-01
    const std::int32_t serial = day.days_since_1970() + kSerialOf1970;
    if (serial < kFirstAgreed) {
      text(place, day.to_string(), tone);
      return;
    }
    keep(worksheet_write_number(sheet_, place.row, place.column, serial, formats_.of(kind, tone)));
  }

  void add_rule(CellRange range, lxw_conditional_format& rule) {
    keep_only(worksheet_conditional_format_range(sheet_, range.first.row, range.first.column, range.last.row,
                                                 range.last.column, &rule));
  }
  void keep(lxw_error error) {
    keep_only(error);
    if (error == LXW_NO_ERROR) ++cells_;
  }
  void keep_only(lxw_error error) {
    if (error_ == LXW_NO_ERROR) error_ = error;
  }

  lxw_worksheet* sheet_;
  Formats& formats_;
  std::string name_;
  std::size_t cells_ = 0;
  lxw_error error_ = LXW_NO_ERROR;
};

class LibraryWorkbook final : public Workbook {
 public:
  explicit LibraryWorkbook(std::string folder) : folder_(std::move(folder)), book_(open()), formats_(book_) {
    if (book_ == nullptr) return;
    lxw_doc_properties properties{};
    properties.created = kCreated;
    workbook_set_properties(book_, &properties);
  }
  ~LibraryWorkbook() override { lxw_workbook_free(book_); }

  [[nodiscard]] Sheet* add_sheet(std::string_view wanted) override {
    if (book_ == nullptr) return nullptr;
    std::string name = free_name(wanted);
    lxw_worksheet* const sheet = workbook_add_worksheet(book_, name.c_str());
    if (sheet == nullptr) {
      has_room_ = false;
      return nullptr;
    }
    sheets_.push_back(std::make_unique<LibrarySheet>(sheet, formats_, std::move(name)));
    return sheets_.back().get();
  }

  [[nodiscard]] Issues save(ByteSink& sink) override {
    if (book_ == nullptr) return no_room("there is no memory for a workbook");
    if (!has_room_) return no_room("cannot be written");
    std::vector<std::size_t> cells;
    for (const auto& sheet : sheets_) {
      if (sheet->error() != LXW_NO_ERROR) return refused(*sheet);
      cells.push_back(sheet->cells());
    }
    const lxw_error error = workbook_close(std::exchange(book_, nullptr));
    if (error != LXW_NO_ERROR) return no_room(lxw_strerror(error));
    const std::string_view bytes = file_.bytes();
    if (!is_whole_workbook(bytes, cells)) return no_room("no room left for the rows of the workbook");
    sink.write(bytes);
    return {};
  }

 private:
  lxw_workbook* open() {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder_.empty() ? nullptr : folder_.data();
    return file_.path().empty() ? nullptr : workbook_new_opt(file_.path().c_str(), &options);
  }

  [[nodiscard]] std::string free_name(std::string_view wanted) const {
    const auto is_free = [this](const std::string& name) {
      return workbook_validate_sheet_name(book_, name.c_str()) == LXW_NO_ERROR;
    };
    std::string name = sheet_name(wanted);
    for (std::size_t number = 2; !is_free(name); ++number) {
      const std::string behind = fmt::format("_{}", number);
      name = sheet_name(wanted, 31 - behind.size()) + behind;
    }
    return name;
  }

  [[nodiscard]] Issues no_room(std::string message) const {
    return Issues::of({Severity::Error,
                       folder_,
                       {},
                       "",
                       std::move(message),
                       "a workbook is put together in temporary files; TMPDIR names another folder for them",
                       Cause::Access});
  }
  [[nodiscard]] static Issues refused(const LibrarySheet& sheet) {
    return Issues::of(
        {Severity::Error, "", {}, fmt::format("xlsx: sheet {}", sheet.name()), lxw_strerror(sheet.error()), ""});
  }

  std::string folder_;
  MemoryFile file_;
  lxw_workbook* book_;
  Formats formats_;
  std::vector<std::unique_ptr<LibrarySheet>> sheets_;
  bool has_room_ = true;
};

}  // namespace

std::string name_of(CellPlace place) {
  std::string letters;
  for (unsigned left = place.column + 1U; left > 0; left = (left - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
  }
  return fmt::format("{}{}", letters, place.row + 1);
}

std::string formula_text(std::string_view text) {
  constexpr std::size_t kMost = 255;
  std::string quoted = "\"";
  for (const char c : sheet_text(text, kMost).text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + '"';
}

std::unique_ptr<Workbook> new_workbook(const std::string& folder) { return std::make_unique<LibraryWorkbook>(folder); }

}  // namespace migplan
