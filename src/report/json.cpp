#include <fmt/format.h>

#include <iterator>

#include "json_text.hpp"
#include "migplan/report/report.hpp"

namespace migplan {
namespace {

constexpr std::size_t kFlushAt = std::size_t{1} << 16;

bool needs_escape(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7F || byte == 0xC2) return true;
  }
  return false;
}

void append_row(std::string& out, const Table& table, const std::vector<std::size_t>& columns, std::size_t row) {
  out += '{';
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i != 0) out += ", ";
    append_json_text(out, table.columns()[columns[i]].key);
    out += ": ";
    append_json(out, table.cell(row, columns[i]));
  }
  out += '}';
}

// A document with one line a member, and tables and lists of objects with one line a row: fit to be read and compared.
class DocumentWriter {
 public:
  explicit DocumentWriter(ByteSink& sink) : sink_(sink) {}

  void write(const Object& document) {
    object(document, 0);
    out_ += '\n';
    sink_.write(out_);
  }

 private:
  void indent(int depth) { out_.append(static_cast<std::size_t>(depth) * 2, ' '); }

  void object(const Object& object, int depth) {
    out_ += "{\n";
    for (std::size_t i = 0; i < object.size(); ++i) {
      indent(depth + 1);
      append_json_text(out_, object[i].first);
      out_ += ": ";
      member(object[i].second, depth + 1);
      out_ += i + 1 < object.size() ? ",\n" : "\n";
    }
    indent(depth);
    out_ += '}';
  }

  void member(const Value& value, int depth) {
    if (const Table* const table = value.table()) return rows(*table, depth);
    if (const List* const list = value.list(); list != nullptr && is_tree(*list)) return items(*list, depth);
    if (const Object* const inner = value.object(); inner != nullptr && is_tree(*inner)) return object(*inner, depth);
    append_json(out_, value);
  }

  static bool is_tree(const List& list) {
    return !list.empty() && (list.front().object() != nullptr || list.front().table() != nullptr);
  }
  static bool is_tree(const Object& object) {
    for (const auto& [key, value] : object) {
      if (value.list() != nullptr || value.object() != nullptr || value.table() != nullptr) return true;
    }
    return false;
  }

  void items(const List& list, int depth) {
    out_ += "[\n";
    for (std::size_t i = 0; i < list.size(); ++i) {
      indent(depth + 1);
      member(list[i], depth + 1);
      out_ += i + 1 < list.size() ? ",\n" : "\n";
    }
    indent(depth);
    out_ += ']';
  }

  void rows(const Table& table, int depth) {
    const auto columns = table.columns_for_data();
    out_ += "[";
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      out_ += row == 0 ? "\n" : ",\n";
      indent(depth + 1);
      append_row(out_, table, columns, row);
      if (out_.size() >= kFlushAt) flush();
    }
    if (table.row_count() != 0) {
      out_ += '\n';
      indent(depth);
    }
    out_ += ']';
  }

  void flush() {
    sink_.write(out_);
    out_.clear();
  }

  ByteSink& sink_;
  std::string out_;
};

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
  out += '"';
  if (!needs_escape(text)) {
    out += text;
    out += '"';
    return;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool is_c1 = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (byte == '"' || byte == '\\') {
      out += '\\';
      out += text[i];
    } else if (byte == '\n') {
      out += "\\n";
    } else if (byte == '\t') {
      out += "\\t";
    } else if (byte < 0x20 || byte == 0x7F) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", byte);
    } else if (is_c1) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(text[++i]));
    } else {
      out += text[i];
    }
  }
  out += '"';
}

void append_json(std::string& out, const Value& value) {
  if (const auto text = value.text()) {
    append_json_text(out, *text);
  } else if (const Text* const words = value.words()) {
    append_json_text(out, words->english());
  } else if (const Number* const number = value.number()) {
    append_trimmed(out, number->steps, number->decimals);
  } else if (const bool* const flag = std::get_if<bool>(&value.variant())) {
    out += *flag ? "true" : "false";
  } else if (const List* const list = value.list()) {
    out += '[';
    for (std::size_t i = 0; i < list->size(); ++i) {
      if (i != 0) out += ", ";
      append_json(out, (*list)[i]);
    }
    out += ']';
  } else if (const Object* const object = value.object()) {
    out += '{';
    for (std::size_t i = 0; i < object->size(); ++i) {
      if (i != 0) out += ", ";
      append_json_text(out, (*object)[i].first);
      out += ": ";
      append_json(out, (*object)[i].second);
    }
    out += '}';
  } else if (const Table* const table = value.table()) {
    const auto columns = table->columns_for_data();
    out += '[';
    for (std::size_t row = 0; row < table->row_count(); ++row) {
      if (row != 0) out += ", ";
      append_row(out, *table, columns, row);
    }
    out += ']';
  } else {
    out += "null";
  }
}

void write_json(const Report& report, const FormatOptions&, ByteSink& sink) {
  DocumentWriter(sink).write(report.document);
}

void write_jsonl(const Report& report, const FormatOptions&, ByteSink& sink) {
  if (report.tables.empty()) return;
  const Table& table = *report.tables.front();
  const auto columns = table.columns_for_data();
  std::string out;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    out += '{';
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i != 0) out += ',';
      append_json_text(out, table.columns()[columns[i]].key);
      out += ':';
      append_json(out, table.flat_cell(row, columns[i]));
    }
    out += "}\n";
    if (out.size() >= kFlushAt) {
      sink.write(out);
      out.clear();
    }
  }
  sink.write(out);
}

}  // namespace migplan
