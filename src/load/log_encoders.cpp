#include "log_encoders.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace migplan {
namespace {

void add(std::vector<std::string>& all, const std::vector<std::string>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

// Names that <fieldNames> gives; "[ignore]" takes the field out.
std::string renamed(const LogElement& encoder, std::string_view name) {
  const LogElement* const names = encoder.child("fieldNames");
  const std::string_view other = names == nullptr ? std::string_view() : names->value(name);
  if (other == "[ignore]") return {};
  return std::string(other.empty() ? name : other);
}

// What the encoder leaves of the context of a thread.
void set_context(const LogElement& encoder, LogOutput& out) {
  out.has_context = encoder.value("includeMdc") != "false";
  for (const LogElement& child : encoder.children) {
    if (is_same_word(child.name, "includeMdcKeyName")) out.context_keys.push_back(child.text);
    const bool is_left_out = is_same_word(child.name, "excludeMdcKeyName");
    if (is_left_out && child.text.find("race") != std::string::npos) out.has_context = false;
  }
}

// net.logstash.logback: everything of the event, MDC and context properties, custom fields.
LogOutput logstash_encoder(const LogElement& encoder, const std::vector<std::string>& context) {
  LogOutput out;
  out.is_structured = true;
  if (const std::string level = renamed(encoder, "level"); !level.empty()) out.fields->push_back(level);
  if (encoder.value("includeContext") != "false") add(*out.fields, context);
  add(*out.fields, json_keys(encoder.value("customFields")));
  set_context(encoder, out);
  return out;
}

void add_provider(const LogElement& provider, const std::vector<std::string>& context, LogOutput& out, int depth) {
  constexpr int kMostDepth = 16;
  const std::string_view field = provider.value("fieldName");
  if (is_same_word(provider.name, "logLevel")) out.fields->emplace_back(field.empty() ? "level" : field);
  if (is_same_word(provider.name, "mdc")) set_context(provider, out);
  if (is_same_word(provider.name, "context")) add(*out.fields, context);
  if (is_same_word(provider.name, "pattern")) add(*out.fields, json_keys(provider.value("pattern")));
  if (is_same_word(provider.name, "globalCustomFields")) add(*out.fields, json_keys(provider.value("customFields")));
  if (depth == kMostDepth || !is_same_word(provider.name, "nestedField")) return;
  const LogElement* const nested = provider.child("providers");
  if (nested == nullptr) return;
  for (const LogElement& child : nested->children) add_provider(child, context, out, depth + 1);
}

LogOutput composite_encoder(const LogElement& encoder, const std::vector<std::string>& context) {
  LogOutput out;
  out.is_structured = true;
  const LogElement* const providers = encoder.child("providers");
  if (providers == nullptr) return out;
  for (const LogElement& provider : providers->children) add_provider(provider, context, out, 0);
  return out;
}

LogOutput of_event(std::vector<std::string> fields, bool has_context) {
  LogOutput out;
  out.is_structured = true;
  out.fields = std::move(fields);
  out.has_context = has_context;
  return out;
}

LogOutput ecs(const LogElement& encoder) {
  LogOutput out = of_event({"log.level"}, true);
  if (!encoder.value("serviceName").empty()) out.fields->emplace_back("service.name");
  for (const LogElement& child : encoder.children) {
    const bool is_field = is_same_word(child.name, "additionalField") || is_same_word(child.name, "KeyValuePair");
    if (is_field) out.fields->emplace_back(child.value("key"));
  }
  return out;
}

// A property that no file states. Spring Boot's own are patterns of text.
bool is_unknown(std::string_view pattern) {
  const std::size_t first = pattern.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || !pattern.substr(first).starts_with("${")) return false;
  std::string_view name = pattern.substr(first + 2);
  if (name.starts_with("sys:")) name.remove_prefix(4);
  return !name.starts_with("CONSOLE_LOG_PATTERN") && !name.starts_with("FILE_LOG_PATTERN");
}

LogOutput of_pattern(std::string_view pattern) {
  LogOutput out;
  if (is_unknown(pattern)) return unknown_output("");
  if (!is_json_pattern(pattern)) return out;
  return of_event(json_keys(pattern), false);
}

// Templates that come with Log4j 2. All but Gelf's put the context of the thread in; none knows the service.
// https://logging.apache.org/log4j/2.x/manual/json-template-layout.html
struct KnownTemplate {
  std::string_view file, level;
};
constexpr std::array<KnownTemplate, 6> kTemplates{{{"EcsLayout.json", "log.level"},
                                                   {"LogstashJsonEventLayoutV1.json", "level"},
                                                   {"GelfLayout.json", "level"},
                                                   {"GcpLayout.json", "severity"},
                                                   {"JsonLayout.json", "level"},
                                                   {"StackTraceElementLayout.json", ""}}};

void add_pairs(const LogElement& layout, std::string_view name, LogOutput& out) {
  for (const LogElement& child : layout.children) {
    if (is_same_word(child.name, name) && !child.attribute("key").empty())
      out.fields->emplace_back(child.attribute("key"));
  }
}

LogOutput template_layout(const LogElement& layout, const TemplateKeys& templates) {
  const std::string_view given = layout.value("eventTemplate");
  const std::string_view stated = layout.value("eventTemplateUri");
  const std::string_view uri = stated.empty() ? std::string_view("classpath:EcsLayout.json") : stated;
  LogOutput out = of_event({}, false);
  const auto* const known = std::find_if(kTemplates.begin(), kTemplates.end(), [uri](const KnownTemplate& one) {
    return uri == std::string("classpath:") + std::string(one.file);
  });
  if (!given.empty()) {
    out.fields = json_keys(given);
    out.has_context = given.find("\"mdc\"") != std::string_view::npos;
  } else if (known != kTemplates.end()) {
    out.fields->emplace_back(known->level);
    out.has_context = true;
  } else {
    out.fields = templates(uri);
    out.has_context = out.fields && std::find(out.fields->begin(), out.fields->end(), "mdc") != out.fields->end();
  }
  if (out.fields) {
    add_pairs(layout, "EventTemplateAdditionalField", out);
    if (const LogElement* const group = layout.child("EventTemplateAdditionalFields")) {
      add_pairs(*group, "EventTemplateAdditionalField", out);
    }
  }
  return out;
}

}  // namespace

std::string_view class_name(std::string_view name) noexcept { return name.substr(name.rfind('.') + 1); }

std::vector<std::string> json_keys(std::string_view text) {
  std::vector<std::string> keys;
  std::size_t at = 0;
  while ((at = text.find('"', at)) != std::string_view::npos) {
    std::size_t end = at + 1;
    while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2U : 1U;
    if (end >= text.size()) break;
    const std::size_t behind = text.find_first_not_of(" \t\r\n", end + 1);
    if (behind != std::string_view::npos && text[behind] == ':') keys.emplace_back(text.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  return keys;
}

bool is_json_pattern(std::string_view pattern) noexcept {
  const std::size_t first = pattern.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && pattern[first] == '{' && pattern.find('"', first) != std::string_view::npos;
}

LogOutput unknown_output(std::string_view type) {
  LogOutput out;
  out.is_structured = true;
  out.fields.reset();
  out.encoder = type;
  return out;
}

LogOutput unresolved_output(const LogReference& reference) {
  LogOutput out = unknown_output("no appender of that name");
  out.name = reference.name;
  out.place = reference.place;
  return out;
}

LogOutput spring_output(std::string_view format, bool has_service_name) {
  // A class of the project's own: JSON, of which the file says no more.
  if (format != "ecs" && format != "gelf" && format != "logstash") return unknown_output(format);
  LogOutput out = of_event({format == "ecs" ? "log.level" : "level"}, true);
  out.encoder = format;
  if (format == "ecs" && has_service_name) out.fields->emplace_back("service.name");
  return out;
}

LogOutput logback_output(const LogElement& encoder, const std::vector<std::string>& context) {
  const std::string_view type = class_name(encoder.attribute("class"));
  LogOutput out;
  if (type == "LogstashEncoder" || type == "LogstashLayout" || type == "LogstashAccessEncoder") {
    out = logstash_encoder(encoder, context);
  } else if (type.find("CompositeJson") != std::string_view::npos) {
    out = composite_encoder(encoder, context);
  } else if (type == "EcsEncoder") {
    out = ecs(encoder);
  } else if (type == "StructuredLogEncoder") {
    return spring_output(encoder.value("format"), true);
  } else if (type == "JsonLayout") {
    out = of_event({"level"}, encoder.value("includeMDC") != "false");
  } else if (type == "JsonEncoder") {
    out = of_event({"level"}, encoder.value("withMDC") != "false");
    add(*out.fields, context);
  } else if (type == "GelfEncoder") {
    out = of_event({"level"}, encoder.value("includeMdcData") != "false");
    for (const LogElement& child : encoder.children) {
      if (is_same_word(child.name, "staticField")) out.fields->push_back(child.text.substr(0, child.text.find(':')));
    }
  } else if (const LogElement* const layout = encoder.child("layout");
             layout != nullptr && !layout->attribute("class").empty()) {
    return logback_output(*layout, context);
  } else if (!type.empty() && type.find("Pattern") == std::string_view::npos && encoder.value("pattern").empty() &&
             type != "EchoEncoder" && type != "LayoutWrappingEncoder" && type != "HTMLLayout") {
    return unknown_output(type);
  } else {
    out = of_pattern(encoder.value("pattern"));
  }
  out.encoder = type.empty() ? "PatternLayoutEncoder" : type;
  return out;
}

// Layouts of Log4j 2 that write no JSON.
constexpr std::array<std::string_view, 10> kTextLayouts{
    "SimpleLayout",  "HtmlLayout",   "XmlLayout",        "CsvParameterLayout", "CsvLogEventLayout",
    "Rfc5424Layout", "SyslogLayout", "SerializedLayout", "MessageLayout",      "YamlLayout"};

LogOutput log4j_output(const LogElement& layout, const TemplateKeys& templates) {
  // The strict form: <Layout type="JsonLayout">.
  const std::string_view type =
      is_same_word(layout.name, "Layout") ? layout.attribute("type") : std::string_view(layout.name);
  LogOutput out;
  if (is_same_word(type, "JsonTemplateLayout")) {
    out = template_layout(layout, templates);
  } else if (is_same_word(type, "JsonLayout")) {
    out = of_event({"level"}, layout.value("properties") == "true");
    add_pairs(layout, "KeyValuePair", out);
  } else if (is_same_word(type, "EcsLayout")) {
    out = ecs(layout);
  } else if (is_same_word(type, "GelfLayout")) {
    out = of_event({"level"}, layout.value("includeThreadContext") != "false");
    add_pairs(layout, "KeyValuePair", out);
  } else if (is_same_word(type, "PatternLayout")) {
    out = of_pattern(layout.value("pattern"));
  } else if (std::none_of(kTextLayouts.begin(), kTextLayouts.end(),
                          [type](std::string_view one) { return is_same_word(type, one); })) {
    return unknown_output(type);
  }
  out.encoder = type;
  return out;
}

}  // namespace migplan
