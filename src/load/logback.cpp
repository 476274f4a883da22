#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "logging_configs.hpp"

namespace migplan {
namespace {

constexpr int kMostIncludes = 16;    // one within the other
constexpr int kMostIncluded = 1000;  // in all: files that include each other several times have no end

// Files of Spring Boot that <include> names, with the appenders that they bring.
struct SpringInclude {
  std::string_view file, appender;
  bool is_structured, is_used;  // used: it puts the appender to the root logger
};
constexpr std::array<SpringInclude, 6> kSpringIncludes{{{"console-appender.xml", "CONSOLE", false, false},
                                                        {"file-appender.xml", "FILE", false, false},
                                                        {"structured-console-appender.xml", "CONSOLE", true, false},
                                                        {"structured-file-appender.xml", "FILE", true, false},
                                                        {"base.xml", "CONSOLE", false, true},
                                                        {"base.xml", "FILE", false, true}}};
constexpr std::string_view kSpringFolder = "org/springframework/boot/logging/logback/";

class LogbackReader {
 public:
  explicit LogbackReader(const IncludedFile& included) : included_(included) {}

  std::vector<LogOutput> outputs(const LogElement& root) {
    collect(root, 0);
    std::vector<LogOutput> outputs;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < used_.size(); ++i) {
      const LogReference reference{resolved(used_[i].name, properties_), used_[i].place};
      if (seen.insert(reference.name).second) add_outputs(reference, outputs);
    }
    return outputs;
  }

 private:
  void collect(const LogElement& element, int includes) {
    for (const LogElement& child : element.children) {
      if (is_same_word(child.name, "springProfile") && is_for_development(child.attribute("name"))) {
        leave_out(child);
        continue;
      }
      if (is_same_word(child.name, "appender")) {
        add_appender(child);
        continue;
      }
      const bool is_logger = is_same_word(child.name, "root") || is_same_word(child.name, "logger");
      const std::string_view ref = child.attribute("ref");
      if (is_same_word(child.name, "appender-ref") && !ref.empty()) used_.push_back({std::string(ref), child.place});
      const bool is_property = is_same_word(child.name, "property") || is_same_word(child.name, "springProperty") ||
                               is_same_word(child.name, "variable");
      if (is_property && is_same_word(child.attribute("scope"), "context")) {
        context_.emplace_back(child.attribute("name"));
      }
      if (is_property) add_property(child);
      if (is_same_word(child.name, "include")) include(child, includes);
      const bool has_more = is_logger || !child.children.empty();
      if (has_more) collect(child, includes);
    }
  }

  // What is only for development is known to be there.
  void leave_out(const LogElement& element) {
    for (const LogElement& child : element.children) {
      if (is_same_word(child.name, "appender")) left_out_.emplace(child.attribute("name"));
      leave_out(child);
    }
  }

  void add_property(const LogElement& property) {
    const bool is_spring = is_same_word(property.name, "springProperty");
    const std::string_view value = property.attribute(is_spring ? "defaultValue" : "value");
    if (!value.empty()) properties_.insert_or_assign(std::string(property.attribute("name")), std::string(value));
  }

  // What several profiles call the same is of each of them; what is included twice is one.
  void add_appender(const LogElement& appender) {
    std::vector<const LogElement*>& same = appenders_[std::string(appender.attribute("name"))];
    if (std::find(same.begin(), same.end(), &appender) == same.end()) same.push_back(&appender);
  }

  void include(const LogElement& element, int includes) {
    const std::string_view resource = element.attribute("resource");
    if (resource.starts_with(kSpringFolder)) return include_spring(element, resource.substr(kSpringFolder.size()));
    const std::string_view name = resource.empty() ? element.attribute("file") : resource;
    if (name.empty() || includes == kMostIncludes || ++included_files_ > kMostIncluded) return;
    if (const LogElement* const root = included_(name)) collect(*root, includes + 1);
  }
  void include_spring(const LogElement& element, std::string_view file) {
    for (const SpringInclude& known : kSpringIncludes) {
      if (known.file != file) continue;
      // The format comes from a property that the application sets.
      LogOutput output = known.is_structured ? spring_output("logstash", true) : LogOutput{};
      if (known.is_structured) output.fields.reset();
      output.name = known.appender;
      output.encoder = known.file;
      output.place = element.place;
      spring_.emplace_back(known.appender, std::move(output));
      if (known.is_used) used_.push_back({std::string(known.appender), element.place});
    }
  }

  void add_outputs(const LogReference& reference, std::vector<LogOutput>& outputs) {
    const std::size_t before = outputs.size();
    for (const auto& [appender, output] : spring_) {
      if (appender == reference.name) outputs.push_back(output);
    }
    const bool is_spring = outputs.size() != before;
    const auto found = appenders_.find(reference.name);
    if (found != appenders_.end()) {
      for (const LogElement* const appender : found->second) add_output(*appender, outputs);
    } else if (!is_spring && !left_out_.contains(reference.name)) {
      outputs.push_back(unresolved_output(reference));
    }
  }

  void add_output(const LogElement& appender, std::vector<LogOutput>& outputs, int depth = 0) {
    const std::string_view type = class_name(appender.attribute("class"));
    bool is_front = false;
    for (const LogElement& child : appender.children) {
      const bool is_reference = is_same_word(child.name, "appender-ref");
      // LoggingEventAsyncDisruptorAppender holds what it stands in front of.
      const bool is_inside = is_same_word(child.name, "appender") && depth < kMostIncludes;
      is_front = is_front || is_reference || is_inside;
      if (is_reference) used_.push_back({std::string(child.attribute("ref")), child.place});
      if (is_inside) add_output(child, outputs, depth + 1);
    }
    if (is_front || type == "NOPAppender" || type == "ListAppender") return;
    LogOutput output;
    if (type == "OpenTelemetryAppender") {
      // Records of OTLP: the trace is in each of them, the service in their resource.
      output.is_structured = true;
      output.fields = {"trace_id", "service_name", "level"};
      output.encoder = type;
    } else if (const LogElement* const encoder = encoder_of(appender)) {
      output = logback_output(resolved(*encoder, properties_), context_);
    } else if (!writes_lines(type)) {
      // Not lines of text, but records to a service or a database.
      output = unknown_output(type);
    }
    output.name = appender.attribute("name");
    output.place = appender.place;
    outputs.push_back(std::move(output));
  }
  static bool writes_lines(std::string_view type) {
    return type.empty() || type.ends_with("ConsoleAppender") || type.ends_with("FileAppender") ||
           type == "SyslogAppender";
  }
  static const LogElement* encoder_of(const LogElement& appender) {
    const LogElement* const encoder = appender.child("encoder");
    return encoder != nullptr ? encoder : appender.child("layout");
  }

  const IncludedFile& included_;
  int included_files_ = 0;
  std::map<std::string, std::vector<const LogElement*>> appenders_;  // by name
  std::vector<std::pair<std::string, LogOutput>> spring_;
  std::vector<LogReference> used_;
  std::vector<std::string> context_;
  std::set<std::string, std::less<>> left_out_;
  LogProperties properties_;
};

}  // namespace

bool is_for_development(std::string_view profiles) {
  constexpr std::array<std::string_view, 9> kNames{"dev",  "develop", "development", "local",    "test",
                                                   "unit", "default", "unittest",    "unit-test"};
  bool has_any = false;
  while (!profiles.empty()) {
    const std::size_t end = std::min(profiles.find_first_of(", |&()"), profiles.size());
    const std::string_view one = profiles.substr(0, end);
    profiles.remove_prefix(std::min(end + 1, profiles.size()));
    if (one.empty()) continue;
    has_any = true;
    const bool is_named = std::find(kNames.begin(), kNames.end(), one) != kNames.end();
    const bool is_not_production = one.starts_with("!prod") || one.starts_with("!live");
    if (!is_named && !is_not_production) return false;
  }
  return has_any;
}

std::vector<LogOutput> logback_outputs(const LogElement& root, const IncludedFile& included) {
  return LogbackReader(included).outputs(root);
}

}  // namespace migplan
