#include "page_language.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "migplan/report/table.hpp"

namespace migplan {
namespace {

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

}  // namespace

Object page_language(const Object& document, const Catalogue& language) {
  Object labels, terms;
  for (const auto& [key, translation] : language.texts()) {
    const auto& [context, english] = key;
    if (context == "page") labels.emplace_back(english, std::string_view(translation));
    const bool is_word = context.empty() && english.find('{') == std::string::npos;
    if (is_word) terms.emplace_back(english, std::string_view(translation));
  }
  Sentences sentences(language);
  for (const auto& [key, value] : document) sentences.take(value);
  for (const auto& [english, translation] : sentences.found()) terms.emplace_back(english, translation);
  return {{"labels", std::move(labels)}, {"terms", std::move(terms)}};
}

}  // namespace migplan
