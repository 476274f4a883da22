#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "logging_configs.hpp"

namespace migplan {
namespace {

const Property* find(const std::vector<Property>& properties, std::string_view key) {
  const auto found =
      std::find_if(properties.begin(), properties.end(), [key](const Property& one) { return one.key == key; });
  return found == properties.end() || found->value.empty() ? nullptr : &*found;
}

void add_properties(const YamlValue& value, const std::string& prefix, std::vector<Property>& out) {
  std::size_t number = 0;
  value.for_each_item([&](const YamlValue& item) {
    const std::string key = value.is_list()  ? fmt::format("{}[{}]", prefix, number)
                            : prefix.empty() ? std::string(item.key())
                                             : fmt::format("{}.{}", prefix, item.key());
    ++number;
    if (item.is_map() || item.is_list()) {
      add_properties(item, key, out);
    } else {
      out.push_back({key, std::string(item.text()), value.is_list() ? item.at() : item.key_at()});
    }
  });
}

// Fields that logging.structured.json adds to each line.
void add_own_fields(const std::vector<Property>& properties, LogOutput& output) {
  constexpr std::string_view kAdd = "logging.structured.json.add.", kRename = "logging.structured.json.rename.";
  if (!output.fields) return;
  for (const Property& property : properties) {
    if (property.key.starts_with(kAdd)) output.fields->push_back(property.key.substr(kAdd.size()));
    if (property.key.starts_with(kRename)) output.fields->push_back(property.value);
  }
}

}  // namespace

std::vector<Property> spring_properties(const YamlValue& document) {
  std::vector<Property> properties;
  add_properties(document, "", properties);
  return properties;
}

std::string spring_profile(const std::vector<Property>& properties, std::string_view name) {
  for (const char* const key : {"spring.config.activate.on-profile", "spring.profiles"}) {
    if (const Property* const found = find(properties, key)) return found->value;
  }
  for (const std::string_view front : {"application-", "bootstrap-"}) {
    if (name.starts_with(front)) return std::string(name.substr(front.size(), name.rfind('.') - front.size()));
  }
  return {};
}

std::vector<LogOutput> spring_outputs(const std::vector<Property>& properties, std::string_view file) {
  const bool has_service = find(properties, "logging.structured.ecs.service.name") != nullptr ||
                           find(properties, "spring.application.name") != nullptr;
  std::vector<LogOutput> outputs;
  for (const char* const target : {"console", "file"}) {
    const Property* const format = find(properties, fmt::format("logging.structured.format.{}", target));
    const Property* const pattern = find(properties, fmt::format("logging.pattern.{}", target));
    if (format == nullptr && pattern == nullptr) continue;
    LogOutput output;
    if (format != nullptr) {
      output = spring_output(format->value, has_service);
      add_own_fields(properties, output);
    } else {
      output.is_structured = is_json_pattern(pattern->value);
      if (output.is_structured) output.fields = json_keys(pattern->value);
      output.encoder = fmt::format("logging.pattern.{}", target);
    }
    output.name = target;
    output.place = {std::string(file), (format != nullptr ? format : pattern)->at, ""};
    outputs.push_back(std::move(output));
  }
  return outputs;
}

void add_service_name(std::vector<LogOutput>& outputs) {
  for (LogOutput& output : outputs) {
    if (output.encoder == "ecs" && output.fields) output.fields->emplace_back("service.name");
  }
}

}  // namespace migplan
