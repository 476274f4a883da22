#include "migplan/report/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <compare>
#include <numeric>
#include <utility>

#include "migplan/base/nearest.hpp"
#include "migplan/report/filter.hpp"
#include "value_order.hpp"

namespace migplan {
ConditionValue condition_value(const Value& value, std::string& plain) {
  if (value.is_null()) return {};
  if (const Number* const number = value.number()) return *number;
  if (const bool* const flag = std::get_if<bool>(&value.variant())) return *flag;
  if (const auto text = value.text()) return *text;
  append_plain(plain, value);
  return std::string_view(plain);
}

std::weak_ordering compare(const Value& a, const Value& b) {
  std::string left, right;
  return compare(condition_value(a, left), condition_value(b, right));
}

Table::Table(std::string key, Text title, std::size_t rows, std::vector<Column> columns)
    : key_(std::move(key)), title_(std::move(title)), rows_(rows), columns_(std::move(columns)) {}

Tone Table::tone(std::size_t row, std::size_t column) const {
  return columns_[column].tone ? columns_[column].tone(source_row(row)) : Tone::Plain;
}

std::string Table::plain(std::size_t row, std::size_t column, const Catalogue* language) const {
  std::string text;
  if (columns_[column].words) {
    columns_[column].words(source_row(row)).append(text, language);
    return text.empty() ? "-" : text;
  }
  append_plain(text, cell(row, column), language);
  return text;
}

Text Table::text(std::size_t row, std::size_t column) const {
  if (!columns_[column].words) return text_of(cell(row, column));
  Text words = columns_[column].words(source_row(row));
  return words.empty() ? Text::verbatim("-") : words;
}

Value Table::flat_cell(std::size_t row, std::size_t column) const {
  if (columns_[column].words && !columns_[column].is_numeric) {
    return text_or_null(columns_[column].words(source_row(row)));
  }
  Value value = cell(row, column);
  const List* const list = value.list();
  const bool is_nested =
      value.object() != nullptr || (list != nullptr && !list->empty() && list->front().object() != nullptr);
  return is_nested ? Value(text(row, column)) : value;
}

void Table::fold_from(std::size_t row, Text summary) {
  fold_row_ = row;
  fold_summary_ = std::move(summary);
}

std::vector<std::size_t> Table::columns_up_to(Shown limit) const {
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].shown <= limit) chosen.push_back(i);
  }
  return chosen;
}

void Table::select(std::vector<std::uint32_t> rows) {
  selection_ = std::move(rows);
  is_selected_ = true;
}

std::vector<std::uint32_t> Table::selection() const {
  if (is_selected_) return selection_;
  std::vector<std::uint32_t> all(rows_);
  std::iota(all.begin(), all.end(), 0U);
  return all;
}

std::size_t Table::find_column(std::string_view key) const noexcept {
  const auto at = std::find_if(columns_.begin(), columns_.end(), [key](const Column& c) { return c.key == key; });
  return static_cast<std::size_t>(at - columns_.begin());
}

Issue Table::unknown_column(std::string_view key, std::string_view option) const {
  std::vector<std::string_view> known;
  for (const Column& column : columns_) known.push_back(column.key);
  const auto headed =
      std::find_if(columns_.begin(), columns_.end(), [key](const Column& c) { return c.heading == key; });
  const std::string_view near = headed != columns_.end() ? std::string_view(headed->key) : nearest_name(key, known);
  return {Severity::Error,
          "",
          {},
          std::string(option),
          fmt::format("unknown column {}", in_quotes(key)),
          near.empty() ? fmt::format("known: {}", fmt::join(known, ", ")) : fmt::format("did you mean {}?", near)};
}

Issues Table::choose_columns(std::span<const std::string> keys) {
  Issues issues;
  std::vector<Column> chosen;
  for (const std::string& key : keys) {
    const std::size_t at = find_column(key);
    if (at == columns_.size()) {
      issues.add(unknown_column(key, "--columns"));
      continue;
    }
    if (std::count(keys.begin(), keys.end(), key) > 1) {
      issues.add({Severity::Error, "", {}, "--columns", fmt::format("column {} is named twice", in_quotes(key)), ""});
    }
    chosen.push_back(columns_[at]);
    chosen.back().shown = Shown::Always;
  }
  if (!issues.has_errors()) columns_ = std::move(chosen);
  return issues;
}

Issues Table::sort(std::span<const std::string> keys) {
  Issues issues;
  std::vector<std::pair<std::size_t, bool>> order;  // column, falling
  for (const std::string& key : keys) {
    const bool is_falling = key.starts_with('-');
    const std::size_t at = find_column(std::string_view(key).substr(is_falling ? 1 : 0));
    if (at == columns_.size()) issues.add(unknown_column(std::string_view(key).substr(is_falling ? 1 : 0), "--sort"));
    order.emplace_back(at, is_falling);
  }
  if (issues.has_errors()) return issues;
  std::vector<std::uint32_t> rows = selection();
  std::stable_sort(rows.begin(), rows.end(), [this, &order](std::uint32_t a, std::uint32_t b) {
    for (const auto& [column, is_falling] : order) {
      const Value left = columns_[column].cell(a), right = columns_[column].cell(b);
      const auto result = compare(left, right);
      if (result == 0) continue;
      if (left.is_null() || right.is_null()) return right.is_null();
      return is_falling ? result > 0 : result < 0;
    }
    return false;
  });
  select(std::move(rows));
  return issues;
}

Issues Table::filter(std::string_view expression) {
  Result<Filter> filter = Filter::parse(expression, *this);
  if (!filter.is_ok()) return std::move(filter).issues();
  std::vector<std::uint32_t> rows = selection();
  const Filter& test = filter.value();
  std::erase_if(rows, [&test](std::uint32_t row) { return !test.accepts(row); });
  select(std::move(rows));
  return {};
}

void Table::keep_first(std::size_t count) {
  if (count >= row_count()) return;
  std::vector<std::uint32_t> rows = selection();
  rows.resize(count);
  select(std::move(rows));
}

}  // namespace migplan
