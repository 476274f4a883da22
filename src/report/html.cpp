// Compiled only where the build has the page: see MIGPLAN_HTML.
#include "report_page.hpp"

#include <map>
#include <string>
#include <utility>

#include "json_text.hpp"
#include "migplan/base/assert.hpp"
#include "migplan/report/report.hpp"

namespace migplan {
namespace {

constexpr std::string_view kMark = "{{data}}";

// JSON inside a script element: nothing in it may look like the element's end, like a comment, or be a line's end that
// scripts know and JSON does not. These bytes stand in texts only, where JSON has escapes for them.
void write_for_script(std::string_view json, ByteSink& sink) {
  std::string out;
  out.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    const std::string_view rest = json.substr(i, 3);
    if (json[i] == '<') {
      out += "\\u003c";
    } else if (json[i] == '>') {
      out += "\\u003e";
    } else if (json[i] == '&') {
      out += "\\u0026";
    } else if (rest == "\xE2\x80\xA8" || rest == "\xE2\x80\xA9") {
      out += rest.back() == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      out += json[i];
    }
  }
  sink.write(out);
}

// Sentences of a document by their English, so that the page finds them where it shows the document's text.
class Sentences {
 public:
  explicit Sentences(const Catalogue& language) : language_(language) {}

  void take(const Value& value) {
    if (const Text* const text = value.words()) {
      if (!text->fixed()) found_.emplace(text->english(), text->in(&language_));
    } else if (const List* const list = value.list()) {
      for (const Value& item : *list) take(item);
    } else if (const Object* const object = value.object()) {
      for (const auto& [key, item] : *object) take(item);
    } else if (const Table* const table = value.table()) {
      const auto columns = table->columns_for_data();
      for (std::size_t row = 0; row < table->row_count(); ++row) {
        for (const std::size_t column : columns) take(table->cell(row, column));
      }
    }
  }
  [[nodiscard]] const std::map<std::string, std::string>& found() const noexcept { return found_; }

 private:
  const Catalogue& language_;
  std::map<std::string, std::string> found_;
};

// What the page says in another language than English: its own labels, and the words and sentences of the data.
Object language_object(const Report& report, const Catalogue& language) {
  Object labels, terms;
  for (const auto& [key, translation] : language.texts()) {
    const auto& [context, english] = key;
    if (context == "page") labels.emplace_back(english, std::string_view(translation));
    const bool is_word = context.empty() && english.find('{') == std::string::npos;
    if (is_word) terms.emplace_back(english, std::string_view(translation));
  }
  Sentences sentences(language);
  for (const auto& [key, value] : report.document) sentences.take(value);
  for (const auto& [english, translation] : sentences.found()) terms.emplace_back(english, translation);
  return {{"labels", std::move(labels)}, {"terms", std::move(terms)}};
}

}  // namespace

void write_html(const Report& report, const FormatOptions& options, ByteSink& sink) {
  const std::string_view page = embedded::report_page_html();
  const std::size_t mark = page.find(kMark);
  MIGPLAN_ASSERT(mark != std::string_view::npos);
  sink.write(page.substr(0, mark));
  std::string json = "{";
  for (const auto& [key, value] : report.document) {
    append_json_text(json, key);
    json += ':';
    append_json(json, value);
    write_for_script(json, sink);
    json = ",";
  }
  if (options.language != nullptr) {
    json += "\"language\":";
    append_json(json, Value(language_object(report, *options.language)));
    write_for_script(json, sink);
    json = ",";
  }
  sink.write(json == "{" ? "{}" : "}");
  sink.write(page.substr(mark + kMark.size()));
}

}  // namespace migplan
