// Compiled only where the build has the page: see MIGPLAN_HTML. Duktape is seen here and nowhere else.
#include <duktape.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "json_text.hpp"
#include "migplan/base/assert.hpp"
#include "migplan/report/report.hpp"
#include "page_language.hpp"
#include "report_page.hpp"

namespace migplan {
namespace {

// What Duktape calls when it cannot go on; what a script throws does not come here.
[[noreturn]] void give_up(void*, const char* message) { fail_assertion(message, __FILE__, __LINE__); }

// An engine with one script in it. The script is ours and reaches nothing but what it is given.
class ScriptEngine {
 public:
  explicit ScriptEngine(std::string_view script)
      : heap_(duk_create_heap(nullptr, nullptr, nullptr, nullptr, give_up), duk_destroy_heap) {
    MIGPLAN_ASSERT(heap_ != nullptr);
    check(duk_peval_lstring(heap_.get(), script.data(), script.size()));
    duk_pop(heap_.get());
  }

  // Calls picture.draw with a text; what it gives lives as long as the engine.
  std::string_view draw(std::string_view json) {
    duk_context* const heap = heap_.get();
    duk_get_global_string(heap, "picture");
    duk_push_string(heap, "draw");
    duk_push_lstring(heap, json.data(), json.size());
    check(duk_pcall_prop(heap, -3, 1));
    std::size_t size = 0;
    const char* const text = duk_get_lstring(heap, -1, &size);
    MIGPLAN_ASSERT(text != nullptr);
    return {text, size};
  }

 private:
  void check(duk_int_t code) {
    if (code != DUK_EXEC_SUCCESS) {
      throw std::runtime_error(std::string("drawing a picture: ") + duk_safe_to_string(heap_.get(), -1));
    }
  }

  std::unique_ptr<duk_context, void (*)(duk_context*)> heap_;
};

}  // namespace

void write_svg(const Report& report, const FormatOptions& options, ByteSink& sink) {
  Object document = report.picture();
  if (options.language != nullptr) {
    document.emplace_back("language", page_language(document, *options.language));
  }
  std::string json;
  append_json(json, Value(std::move(document)));
  ScriptEngine engine(embedded::picture_script());
  sink.write(engine.draw(json));
}

}  // namespace migplan
