#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <utility>

#include "command.hpp"
#include "migplan/load/types_reader.hpp"
#include "migplan/report/playbook_views.hpp"
#include "usage.hpp"

namespace migplan::cli {
namespace {

struct TypemapOptions {
  std::vector<std::string> types, files, aliases, inventory;
};

Issues usage_issues(const Session& session, const TypemapOptions& own) {
  std::vector<std::string> paths = own.files;
  paths.insert(paths.end(), own.inventory.begin(), own.inventory.end());
  Issues issues = session.input_issues(paths);
  const std::string& output = session.options().output;
  if (!output.empty() && output != "-" && std::find(paths.begin(), paths.end(), output) != paths.end()) {
    issues.add(usage_issue(fmt::format("--output: {} is read, and would be replaced", output)));
  }
  if (own.types.empty() && paths.empty()) {
    issues.add(usage_issue("no Java type given", "migplan typemap 'Map<Integer, byte[]>', or --file, or --inventory"));
  }
  if (!session.options().services.empty() && own.inventory.empty()) {
    issues.add(usage_issue("--service chooses from an inventory", "name one by --inventory"));
  }
  return issues;
}

// NAME=TYPE; a type may hold "=" in an annotation, a name may not.
Issues add_alias(const std::string& option, TypesFile& all) {
  const std::size_t sign = option.find('=');
  if (sign == std::string::npos) {
    return Issues::of(usage_issue(fmt::format("--alias: found {}, expected NAME=TYPE", in_quotes(option))));
  }
  StatedType type{.text = option.substr(sign + 1), .path = fmt::format("--alias {}", in_quotes(option))};
  all.aliases.push_back({option.substr(0, sign), std::move(type)});
  return {};
}

Issues add_file(Session& session, const std::string& path, TypesFile& all) {
  const auto source = session.open(path);
  if (!source.is_ok()) return source.issues();
  auto read = read_types(*source.value(), shown_name(path));
  Issues issues = read.issues();
  if (!read.is_ok()) return issues;
  TypesFile file = std::move(read).value();
  session.diagnostics().debug(
      fmt::format("{}: types {}, aliases {}", shown_name(path), file.types.size(), file.aliases.size()));
  std::move(file.types.begin(), file.types.end(), std::back_inserter(all.types));
  std::move(file.aliases.begin(), file.aliases.end(), std::back_inserter(all.aliases));
  return issues;
}

void add_payloads(const Inventory& inventory, ServiceIndex index, TypesFile& all) {
  const Service& service = inventory[index];
  const auto& payloads = details_of(service).payloads;
  for (std::size_t i = 0; i < payloads.size(); ++i) {
    all.types.push_back({.text = std::string(payloads[i]),
                         .file = std::string(inventory.files()[service.file]),
                         .at = service.at,
                         .path = inventory.path_of(index, fmt::format("payloads[{}]", i))});
  }
}

Issues add_inventory(Session& session, const TypemapOptions& own, TypesFile& all) {
  if (own.inventory.empty()) return {};
  const auto inputs = session.inputs_at(own.inventory);
  if (!inputs.is_ok()) return inputs.issues();
  const auto inventory = session.read_inventory_inputs(inputs.value());
  Issues issues = inventory.issues();
  if (!inventory.is_ok()) return issues;
  auto services = named_services(inventory.value(), session.options());
  issues.append(Issues(services.issues()));
  if (!services.is_ok()) return issues;
  std::vector<ServiceIndex> chosen = std::move(services).value();
  if (session.options().services.empty()) {
    chosen.resize(inventory.value().size());
    std::iota(chosen.begin(), chosen.end(), ServiceIndex{0});
  }
  const std::size_t before = all.types.size();
  for (const ServiceIndex service : chosen) add_payloads(inventory.value(), service, all);
  if (all.types.size() == before) {
    issues.add({Severity::Warning, "", {}, "--inventory", "no service states payloads"});
  }
  return issues;
}

Result<TypesFile> stated_types(Session& session, const TypemapOptions& own) {
  TypesFile all;
  Issues issues;
  for (const std::string& type : own.types) {
    all.types.push_back({.text = type, .path = in_quotes(type)});
  }
  for (const std::string& alias : own.aliases) issues.append(add_alias(alias, all));
  for (const std::string& path : own.files) issues.append(add_file(session, path, all));
  issues.append(add_inventory(session, own, all));
  return Result<TypesFile>(std::move(all), std::move(issues));
}

Result<std::vector<MappedType>> mapped_types(const TypesFile& stated) {
  auto aliases = TypeAliases::create(stated.aliases);
  Issues issues = aliases.issues();
  const TypeAliases known = aliases.is_ok() ? std::move(aliases).value() : TypeAliases();
  std::vector<MappedType> mapped;
  GoNames names;
  for (const StatedType& one : stated.types) {
    const auto type = parse_java_type(one.text);
    if (!type.is_ok()) {
      issues.append(in_place(type.issues(), one));
      continue;
    }
    auto map = type_map(type.value(), known);
    issues.append(in_place(map.issues(), one));
    if (!map.is_ok()) continue;
    for (std::string& clash : names.clashes(map.value())) {
      issues.add({Severity::Warning, one.file, one.at, one.path, std::move(clash),
                  "an alias such as com.shop.Order=ShopOrder names one of them otherwise"});
    }
    mapped.push_back({one, std::move(map).value()});
  }
  return Result<std::vector<MappedType>>(std::move(mapped), std::move(issues));
}

int run_typemap(Session& session, const TypemapOptions& own) {
  const Issues wrong = usage_issues(session, own);
  if (wrong.has_errors()) return session.fail(wrong);
  const auto stated = stated_types(session, own);
  if (!stated.is_ok()) return session.fail(stated.issues());
  const auto mapped = mapped_types(stated.value());
  if (!mapped.is_ok()) return session.fail(mapped.issues());
  session.diagnostics().report(stated.issues());
  session.diagnostics().report(mapped.issues());
  return session.print(typemap_report(mapped.value(), session.options().choice));
}

}  // namespace

Action set_up_typemap(const Arguments& arguments, Options& options) {
  const auto own = std::make_shared<TypemapOptions>();
  arguments.add_option("TYPES", own->types, "Java types, such as 'Map<Integer, List<byte[]>>', quoted from the shell")
      .option_text(" ")
      .group("Input");
  const auto add_files = [&arguments](const char* name, std::vector<std::string>& files, const char* description) {
    arguments.add_option(name, files, description).option_text("FILE").allow_extra_args(false).group("Input");
  };
  add_files("--file", own->files, "Types, one a line, or types and aliases in YAML or JSON; - = standard input");
  add_files("--inventory", own->inventory, "The payloads that its services state");
  add_service_option(arguments, options, "Of an inventory only this service; repeatable");
  arguments.add_option("--alias", own->aliases, "What a class of your own stands for, such as OrderId=Long; repeatable")
      .option_text("NAME=TYPE")
      .allow_extra_args(false)
      .group("Input");
  add_table_option(arguments, options, "levels or types");
  add_table_options(arguments, options);
  add_output_options(arguments, options);
  add_general_options(arguments, options);
  return [own](Session& session) { return run_typemap(session, *own); };
}

}  // namespace migplan::cli
