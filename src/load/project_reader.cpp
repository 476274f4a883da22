#include "migplan/load/project_reader.hpp"

#include <array>

#include "document_reader.hpp"
#include "field_store.hpp"
#include "project_spec.hpp"

namespace migplan {
namespace {

using namespace fields;

constexpr FieldSpec paths(FieldSpec field) {
  field.takes_single = true;
  return field;
}

constexpr auto kProjectFields = std::array{
    schema(kProjectSchema),
    paths(list<&Project::inventory>("inventory", "Inventory file or folder, or a list of them.")),
    value<&Project::policy>("policy", "Policy file."),
    value<&Project::exemptions>("exemptions", "Exemptions file."),
    value<&Project::baseline>("baseline", "Score report that CI compares with."),
    value<&Project::schedule>("schedule", "Schedule in force."),
    value<&Project::playbooks>("playbooks", "Folder of playbook rules."),
    value<&Project::imports>("imports", "Import manifest."),
};
constexpr MapSpec kProject{"project", kProjectFields};

}  // namespace

const MapSpec& project_spec() noexcept { return kProject; }

Result<Project> read_project(ByteSource& source, std::string_view name) {
  Project project;
  Issues issues;
  TextArena arena;
  FieldReader reader(kProject, &project, name, issues, arena);
  feed_document(source, reader);
  if (issues.has_errors()) return issues;
  return project;
}

}  // namespace migplan
