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
    paths(list<&ProjectFile::inventory>("inventory", "Inventory file or folder, or a list of them.")),
    value<&ProjectFile::policy>("policy", "Policy file."),
    value<&ProjectFile::exemptions>("exemptions", "Exemptions file."),
    value<&ProjectFile::baseline>("baseline", "Score report that CI compares with."),
    value<&ProjectFile::schedule>("schedule", "Schedule in force."),
    value<&ProjectFile::playbooks>("playbooks", "Folder of playbook rules."),
    value<&ProjectFile::imports>("imports", "Import manifest."),
};
constexpr MapSpec kProject{"project", kProjectFields};

}  // namespace

const MapSpec& project_spec() noexcept { return kProject; }

Result<ProjectFile> read_project(ByteSource& source, std::string_view name) {
  ProjectFile project;
  Issues issues;
  TextArena arena;
  FieldReader reader(kProject, &project, name, issues, arena);
  feed_document(source, reader);
  if (issues.has_errors()) return issues;
  return project;
}

}  // namespace migplan
