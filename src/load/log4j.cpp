#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "logging_configs.hpp"

namespace migplan {
namespace {

// The type of an appender: its element, or the strict form <Appender type="Console">.
std::string_view type_of(const LogElement& appender) {
  const std::string_view stated = appender.attribute("type");
  return is_same_word(appender.name, "appender") && !stated.empty() ? stated : std::string_view(appender.name);
}

std::string name_of(const LogElement& appender) {
  const std::string_view name = appender.attribute("name");
  return std::string(name.empty() ? std::string_view(appender.name) : name);
}

bool is_layout(const LogElement& element) {
  constexpr std::string_view kLayout = "layout";
  return element.name.size() >= kLayout.size() &&
         is_same_word(std::string_view(element.name).substr(element.name.size() - kLayout.size()), kLayout);
}

bool is_include(const LogElement& element) {
  return is_same_word(std::string_view(element.name).substr(element.name.rfind(':') + 1), "include");  // npos + 1 = 0
}

// Those that write lines, by PatternLayout where they have no layout; the others make records of databases and
// services.
bool writes_lines(std::string_view type) {
  constexpr std::array<std::string_view, 12> kTypes{"Console",
                                                    "File",
                                                    "RollingFile",
                                                    "RandomAccessFile",
                                                    "RollingRandomAccessFile",
                                                    "MemoryMappedFile",
                                                    "Socket",
                                                    "OutputStream",
                                                    "Writer",
                                                    "Syslog",
                                                    "Kafka",
                                                    "SMTP"};
  return std::any_of(kTypes.begin(), kTypes.end(), [type](std::string_view one) { return is_same_word(type, one); });
}

LogOutput output_of(const LogElement& appender, const TemplateKeys& templates) {
  LogOutput output;
  const auto layout = std::find_if(appender.children.begin(), appender.children.end(), is_layout);
  if (is_same_word(type_of(appender), "OpenTelemetry")) {
    output.is_structured = true;
    output.fields = {"trace_id", "service_name", "level"};
    output.encoder = "OpenTelemetry";
  } else if (layout != appender.children.end()) {
    output = log4j_output(*layout, templates);
  } else if (!writes_lines(type_of(appender))) {
    output = unknown_output(type_of(appender));
  }
  output.name = name_of(appender);
  output.place = appender.place;
  return output;
}

class Log4jReader {
 public:
  Log4jReader(const IncludedFile& included, const TemplateKeys& templates)
      : included_(included), templates_(templates) {}

  std::vector<LogOutput> outputs(const LogElement& root) && {
    collect(root, 0);
    if (!has_loggers_) {
      for (const LogElement& appender : appenders_) use(name_of(appender), appender.place);
    }
    std::map<std::string, const LogElement*> by_name;
    for (const LogElement& appender : appenders_) by_name.emplace(name_of(appender), &appender);
    std::set<std::string> seen;
    for (std::size_t i = 0; i < used_.size(); ++i) {
      const LogReference reference = used_[i];
      if (!seen.insert(reference.name).second) continue;
      const auto found = by_name.find(reference.name);
      found == by_name.end() ? outputs_.push_back(unresolved_output(reference)) : add_output(*found->second);
    }
    return std::move(outputs_);
  }

 private:
  static constexpr int kMostIncludes = 16;    // one within the other
  static constexpr int kMostIncluded = 1000;  // in all

  // The parts of a configuration, or of a file that it includes, which may be one of them by itself.
  void collect(const LogElement& root, int includes) {
    for (const LogElement& part : root.children) {
      if (is_same_word(part.name, "Properties")) add_properties(part);
    }
    add_part(root, includes);
    for (const LogElement& part : root.children) add_part(part, includes);
  }
  void add_part(const LogElement& part, int includes) {
    if (is_include(part)) {
      if (const LogElement* const other = file_of(part, includes)) collect(*other, includes + 1);
    } else if (is_same_word(part.name, "Properties")) {
      add_properties(part);
    } else if (is_same_word(part.name, "Appenders")) {
      for (const LogElement& one : part.children) {
        is_include(one) ? add_part(one, includes) : appenders_.push_back(resolved(one, properties_));
      }
    } else if (is_same_word(part.name, "Loggers")) {
      has_loggers_ = true;
      const LogElement loggers = resolved(part, properties_);
      add_references(loggers);
      for (const LogElement& logger : loggers.children) add_short_references(logger);
    }
  }
  const LogElement* file_of(const LogElement& include, int includes) {
    const std::string href = resolved(include.attribute("href"), properties_);
    if (href.empty() || includes == kMostIncludes || ++included_files_ > kMostIncluded) return nullptr;
    return included_(href);
  }
  // <Property name="P">text</Property>, in properties property.P = text
  void add_properties(const LogElement& part) {
    for (const LogElement& one : part.children) {
      const std::string_view name = one.attribute("name"), value = one.attribute("value");
      properties_.insert_or_assign(std::string(name.empty() ? std::string_view(one.name) : name),
                                   value.empty() ? one.text : std::string(value));
    }
    for (const auto& [name, value] : part.attributes) properties_.insert_or_assign(name, value);
  }

  void use(std::string name, const EvidencePlace& place) { used_.push_back({std::move(name), place}); }
  void add_references(const LogElement& element) {
    if (const std::string_view ref = element.attribute("ref"); !ref.empty()) use(std::string(ref), element.place);
    for (const LogElement& child : element.children) add_references(child);
  }
  // "rootLogger = INFO, FILE, STDOUT"
  void add_short_references(const LogElement& logger) {
    std::string_view rest = logger.text;
    for (bool is_level = true; !rest.empty(); is_level = false) {
      const std::string_view part = rest.substr(0, rest.find(','));
      rest.remove_prefix(std::min(part.size() + 1, rest.size()));
      const std::size_t begin = part.find_first_not_of(" \t\r\n");
      if (is_level || begin == std::string_view::npos) continue;
      use(std::string(part.substr(begin, part.find_last_not_of(" \t\r\n") - begin + 1)), logger.place);
    }
  }

  void add_output(const LogElement& appender) {
    const std::string_view type = type_of(appender);
    const std::size_t before = used_.size();
    if (is_same_word(type, "Failover") && !appender.attribute("primary").empty()) {
      use(std::string(appender.attribute("primary")), appender.place);
    }
    add_references(appender);
    const bool is_routing = is_same_word(type, "Routing");
    if (is_routing) add_routes(appender);
    const bool is_front = is_routing || used_.size() != before;
    if (!is_front && !is_same_word(type, "Null")) outputs_.push_back(output_of(appender, templates_));
  }
  // A route names an appender, or holds one.
  void add_routes(const LogElement& routing) {
    for (const LogElement& routes : routing.children) {
      for (const LogElement& route : routes.children) {
        if (!is_same_word(route.name, "Route")) continue;
        for (const LogElement& appender : route.children) add_output(appender);
      }
    }
  }

  const IncludedFile& included_;
  const TemplateKeys& templates_;
  int included_files_ = 0;
  bool has_loggers_ = false;
  LogProperties properties_;
  std::deque<LogElement> appenders_;
  std::vector<LogReference> used_;
  std::vector<LogOutput> outputs_;
};

}  // namespace

std::vector<LogOutput> log4j_outputs(const LogElement& root, const TemplateKeys& templates,
                                     const IncludedFile& included) {
  return Log4jReader(included, templates).outputs(root);
}

bool is_log4j(const LogElement& root) {
  return std::any_of(root.children.begin(), root.children.end(), [](const LogElement& part) {
    return is_same_word(part.name, "Appenders") || is_same_word(part.name, "Loggers");
  });
}

}  // namespace migplan
