#include "workbook_parts.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <cstring>
#include <pugixml.hpp>
#include <set>
#include <stdexcept>

namespace migplan::test {
namespace {

std::size_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  if (at + size > bytes.size()) throw std::runtime_error("the archive ends early");
  std::size_t value = 0;
  for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

std::string inflated(std::string_view bytes, std::size_t size) {
  std::string out(size, '\0');
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) throw std::runtime_error("no memory");
  std::string copy(bytes);
  stream.next_in = reinterpret_cast<Bytef*>(copy.data());
  stream.avail_in = static_cast<uInt>(copy.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int state = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  if (state != Z_STREAM_END) throw std::runtime_error("a part is broken");
  return out;
}

// Number formats by the index of a cell's style.
std::vector<std::string> number_formats(const std::string& styles) {
  pugi::xml_document document;
  document.load_string(styles.c_str());
  const pugi::xml_node root = document.child("styleSheet");
  std::map<std::string, std::string> codes{{"0", ""}, {"1", "0"}, {"2", "0.00"}, {"49", "@"}};
  for (const pugi::xml_node format : root.child("numFmts")) {
    codes[format.attribute("numFmtId").value()] = format.attribute("formatCode").value();
  }
  std::vector<std::string> formats;
  for (const pugi::xml_node style : root.child("cellXfs")) {
    formats.push_back(codes[style.attribute("numFmtId").value()]);
  }
  return formats;
}

SheetCell read_cell(const pugi::xml_node& cell, const std::vector<std::string>& formats) {
  const std::string type = cell.attribute("t").value();
  const std::string format = formats.at(cell.attribute("s").as_uint());
  if (cell.child("f")) return {"formula", cell.child("f").text().get(), format};
  if (type == "inlineStr") return {"text", cell.child("is").child("t").text().get(), format};
  return {type == "b" ? "flag" : "number", cell.child("v").text().get(), format};
}

}  // namespace

std::map<std::string, std::string> unzipped(std::string_view archive) {
  const std::size_t end = archive.rfind(std::string_view("PK\x05\x06", 4));
  if (end == std::string_view::npos) throw std::runtime_error("this is no archive");
  std::map<std::string, std::string> parts;
  std::size_t at = number_at(archive, end + 16, 4);
  for (std::size_t left = number_at(archive, end + 10, 2); left > 0; --left) {
    const std::size_t name = number_at(archive, at + 28, 2), local = number_at(archive, at + 42, 4);
    const std::size_t data = local + 30 + number_at(archive, local + 26, 2) + number_at(archive, local + 28, 2);
    parts.emplace(archive.substr(at + 46, name),
                  inflated(archive.substr(data, number_at(archive, at + 20, 4)), number_at(archive, at + 24, 4)));
    at += 46 + name + number_at(archive, at + 30, 2) + number_at(archive, at + 32, 2);
  }
  return parts;
}

std::vector<std::string> ReadSheet::heads() const {
  std::vector<std::string> heads;
  for (char column = 'A'; column <= 'Z' && cells.contains(fmt::format("{}1", column)); ++column) {
    heads.push_back(at(fmt::format("{}1", column)).value);
  }
  for (char column = 'A'; column <= 'Z' && heads.size() >= 26 && cells.contains(fmt::format("A{}1", column));
       ++column) {
    heads.push_back(at(fmt::format("A{}1", column)).value);
  }
  return heads;
}

std::size_t ReadSheet::rows() const {
  std::set<std::string> rows;
  for (const auto& [place, cell] : cells) rows.insert(place.substr(place.find_first_of("0123456789")));
  return rows.size();
}

std::vector<ReadSheet> read_workbook(std::string_view archive) {
  const auto parts = unzipped(archive);
  pugi::xml_document book;
  book.load_string(parts.at("xl/workbook.xml").c_str());
  const auto formats = number_formats(parts.at("xl/styles.xml"));
  std::vector<ReadSheet> sheets;
  for (const pugi::xml_node entry : book.child("workbook").child("sheets")) {
    ReadSheet sheet;
    sheet.name = entry.attribute("name").value();
    sheet.xml = parts.at(fmt::format("xl/worksheets/sheet{}.xml", sheets.size() + 1));
    pugi::xml_document document;
    if (!document.load_string(sheet.xml.c_str(), pugi::parse_default | pugi::parse_ws_pcdata_single)) {
      throw std::runtime_error(sheet.name + " is no XML");
    }
    for (const pugi::xml_node row : document.child("worksheet").child("sheetData")) {
      for (const pugi::xml_node cell : row.children("c")) {
        sheet.cells.emplace(cell.attribute("r").value(), read_cell(cell, formats));
      }
    }
    sheets.push_back(std::move(sheet));
  }
  return sheets;
}

std::string sheets_told(std::string_view archive) {
  std::string told;
  for (const ReadSheet& sheet : read_workbook(archive)) {
    told += fmt::format("{}: {} rows of {}\n", sheet.name, sheet.rows() - 1, fmt::join(sheet.heads(), ", "));
  }
  return told;
}

}  // namespace migplan::test
