#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migplan/base/ascii.hpp"
#include "report_formats.hpp"
#include "report_parts.hpp"
#include "source_lines.hpp"
#include "yaml_documents.hpp"
#include "yaml_tree.hpp"

// https://backstage.io/docs/features/software-catalog/descriptor-format: entities, one a YAML document. References are
// [kind:][namespace/]name, in any case.
namespace migplan {
namespace {

// kind:namespace/name in lower case.
struct EntityRef {
  std::string kind, space, name;
  [[nodiscard]] std::string text() const { return fmt::format("{}:{}/{}", kind, space, name); }
};

constexpr std::string_view kDefaultSpace = "default";

EntityRef parse_ref(std::string_view text, std::string_view kind, std::string_view space) {
  EntityRef ref{lowered(kind), lowered(space), {}};
  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    ref.kind = lowered(text.substr(0, colon));
    text.remove_prefix(colon + 1);
  }
  if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
    ref.space = lowered(text.substr(0, slash));
    text.remove_prefix(slash + 1);
  }
  ref.name = lowered(text);
  return ref;
}

// The name of a reference without kind and default namespace, as it is written.
std::string plain_name(std::string_view text) {
  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) text.remove_prefix(colon + 1);
  if (text.starts_with("default/")) text.remove_prefix(std::string_view("default/").size());
  return std::string(text);
}

struct Wanted {
  std::string caller;  // a subject
  EntityRef callee;
  EvidencePlace place;
};

class BackstageReader {
 public:
  explicit BackstageReader(std::string_view file) : file_(file), graph_(file) {}

  Result<Observations> read(ByteSource& source) {
    std::string text = read_all(source);
    if (std::string_view(text).starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    for (const YamlText& part : yaml_documents(text)) {
      const YamlTree tree(part.text, file_, Position{part.first_line, 1});
      issues_.append(Issues(tree.issues()));
      if (tree.issues().has_errors()) continue;
      for (const YamlValue document : tree.documents()) add_entity(document);
    }
    if (!issues_.has_errors() && entities_ == 0) {
      issues_.add(remark(file_, Severity::Error, "no entity of Backstage: found no kind"));
    }
    if (issues_.has_errors()) return std::move(issues_);
    join();
    observations_.origin.tool = "backstage";
    observations_.has_all_calls = is_complete_;
    graph_.finish(observations_);
    return observed(std::move(observations_), std::move(issues_));
  }

 private:
  void add_entity(const YamlValue& entity) {
    const std::string kind = lowered(entity.text_of("kind"));
    if (kind.empty()) return issues_.add(entity.issue("expected an entity with a kind"));
    ++entities_;
    if (kind != "component") return;
    const auto name = entity.find_in({"metadata", "name"});
    if (!name || name->text().empty()) return issues_.add(entity.issue("expected metadata.name"));
    const auto space = entity.find_in({"metadata", "namespace"});
    const std::string_view space_name = space ? space->text() : kDefaultSpace;
    if (name->text().find_first_of(" \t:/") != std::string_view::npos) {
      Issue odd = name->issue(fmt::format("{} is no name of an entity: passed over", in_quotes(name->text())));
      odd.severity = Severity::Warning;
      return issues_.add(std::move(odd));
    }
    add_component(entity, std::string(name->text()), space_name);
  }

  void add_component(const YamlValue& entity, std::string name, std::string_view space) {
    const std::string ref = EntityRef{"component", lowered(space), lowered(name)}.text();
    // Of two namespaces.
    if (!components_.contains(ref) && !names_.insert(name).second) name = fmt::format("{}/{}", space, name);
    if (!components_.try_emplace(ref, name).second) {
      return issues_.add(entity.issue(fmt::format("component {} stands here twice", in_quotes(ref))));
    }
    const auto spec = entity.find("spec");
    // What is built into services is called by none.
    const bool is_library = spec && lowered(spec->text_of("type")) == "library";
    is_library_[name] = is_library;
    if (is_library) return;
    observations_.subjects.push_back(name);
    if (const auto title = entity.find_in({"metadata", "title"})) add_text(name, "display_name", *title);
    add_tags(entity, name);
    if (!spec) return;
    if (const auto owner = spec->find("owner")) add_owner(name, *owner);
    const auto domain = spec->find("domain"), system = spec->find("system");
    if (domain || system) add_text(name, "domain", domain ? *domain : *system);
    visit(*spec, "providesApis",
          [&](const YamlValue& item) { providers_[parse_ref(item.text(), "api", space).text()].push_back(name); });
    visit(*spec, "consumesApis", [&](const YamlValue& item) {
      wanted_.push_back({name, parse_ref(item.text(), "api", space), place_of(item)});
    });
    visit(*spec, "dependsOn", [&](const YamlValue& item) { add_dependency(name, space, item); });
  }

  // A reference without a kind says nothing: Backstage itself refuses it.
  void add_dependency(const std::string& name, std::string_view space, const YamlValue& item) {
    const EntityRef ref = parse_ref(item.text(), "", space);
    if (ref.kind.empty()) {
      Issue odd = item.issue(fmt::format("{} has no kind, as component:…: passed over", in_quotes(item.text())));
      odd.severity = Severity::Warning;
      return issues_.add(std::move(odd));
    }
    wanted_.push_back({name, ref, place_of(item)});
  }

  template <class Use>
  void visit(const YamlValue& spec, std::string_view key, const Use& use) {
    const auto list = spec.find(key);
    if (!list) return;
    if (!list->is_list()) return issues_.add(list->unexpected("a list of references"));
    list->for_each_item([&](const YamlValue& item) {
      if (item.text().empty()) return issues_.add(item.unexpected("a reference, as component:default/cart"));
      use(item);
    });
  }

  [[nodiscard]] EvidencePlace place_of(const YamlValue& value) const { return {file_, value.at(), value.path()}; }

  void add_text(const std::string& name, std::string fact, const YamlValue& value) {
    if (value.text().empty()) return;
    std::string text = fact == "display_name" ? std::string(value.text()) : plain_name(value.text());
    observations_.facts.push_back({name, std::move(fact), ObservedText{std::move(text)}, place_of(value)});
  }

  // An owner is a group, unless it says that it is a user.
  void add_owner(const std::string& name, const YamlValue& owner) {
    add_text(name, "owner", owner);
    if (parse_ref(owner.text(), "group", "").kind == "group") add_text(name, "team", owner);
  }

  // The only place where a language or framework may stand.
  void add_tags(const YamlValue& entity, const std::string& name) {
    const auto tags = entity.find_in({"metadata", "tags"});
    if (!tags || !tags->is_list()) return;
    std::vector<std::string> stack;
    tags->for_each_item([&stack](const YamlValue& tag) {
      if (!tag.text().empty()) stack.emplace_back(tag.text());
    });
    if (!stack.empty()) observations_.facts.push_back({name, "stack", std::move(stack), place_of(*tags)});
  }

  void join() {
    std::vector<std::string> missing;
    for (const Wanted& wanted : wanted_) {
      const std::string ref = wanted.callee.text();
      if (wanted.callee.kind == "component") {
        const auto found = components_.find(ref);
        const EntityRef& callee = wanted.callee;
        const std::string name = found != components_.end()      ? found->second
                                 : callee.space == kDefaultSpace ? callee.name
                                                                 : fmt::format("{}/{}", callee.space, callee.name);
        const auto library = is_library_.find(name);
        const bool is_library = library != is_library_.end() && library->second;
        add_call(wanted, name, is_library ? EndpointKind::Artefact : EndpointKind::Service);
      } else if (wanted.callee.kind == "api") {
        const auto found = providers_.find(ref);
        if (found == providers_.end()) missing.push_back(ref);
        if (found == providers_.end()) continue;
        for (const std::string& provider : found->second) add_call(wanted, provider, EndpointKind::Service);
      } else {
        ++resources_;
      }
    }
    is_complete_ = missing.empty();
    if (!is_complete_) {
      std::sort(missing.begin(), missing.end());
      missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
      issues_.add(
          remark(file_, Severity::Warning,
                 fmt::format("no component here provides {}: who is called is not known", fmt::join(missing, ", ")),
                 "give the catalog files of the providers in one file"));
    }
    if (resources_ != 0) {
      issues_.add(remark(file_, Severity::Note,
                         fmt::format("{} on resources and others that are no components: no calls of services",
                                     resources_ == 1 ? "1 dependency" : fmt::format("{} dependencies", resources_))));
    }
  }

  void add_call(const Wanted& wanted, const std::string& callee, EndpointKind kind) {
    graph_.add({graph_.name(wanted.caller)}, {graph_.name(callee), kind}, {}, wanted.place.at, wanted.place.field);
  }

  std::string file_;
  Observations observations_;
  Issues issues_;
  CallGraph graph_;
  std::uint64_t entities_ = 0, resources_ = 0;
  bool is_complete_ = true;  // every API that is consumed has a provider
  std::map<std::string, bool> is_library_;
  std::set<std::string> names_;
  std::map<std::string, std::string> components_;              // names by reference
  std::map<std::string, std::vector<std::string>> providers_;  // names by the reference of an API
  std::vector<Wanted> wanted_;
};

Result<Observations> read_backstage(ByteSource& source, std::string_view file, const ReportOptions&) {
  return BackstageReader(file).read(source);
}

bool is_backstage(std::string_view beginning) {
  return has_line(beginning, [](std::string_view line) {
    line = trimmed_text(line);
    return line.starts_with("apiVersion:") && line.find("backstage.io/") != std::string_view::npos;
  });
}

}  // namespace

const ReportFormat kBackstage{"backstage", "entities of a Backstage catalog, as YAML", is_backstage, read_backstage};

}  // namespace migplan
