#include "migplan/load/project_reader.hpp"
#include "property.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace migplan;
  TextSource source(fuzz::text_of(data, size));
  const Result<ProjectFile> project = read_project(source, "input");
  fuzz::require(project.is_ok() != project.issues().has_errors(), "a result is a value or errors");
  fuzz::require_complete(project.issues());
  return 0;
}
