#include "migplan/load/imports_reader.hpp"

#include <utility>

#include "document_reader.hpp"
#include "imports_spec.hpp"

namespace migplan {
namespace {

// A document of a spec, with the issues of reading it.
template <class Document>
Result<Document> read_document(const MapSpec& spec, ByteSource& source, std::string_view file) {
  Document document;
  Issues issues;
  TextArena arena;
  FieldReader reader(spec, &document, file, issues, arena);
  feed_document(source, reader);
  if (issues.has_errors()) return issues;
  return Result<Document>(std::move(document), std::move(issues));
}

}  // namespace

Result<NamesFile> read_names(ByteSource& source, std::string_view file) {
  auto read = read_document<NamesFile>(names_spec(), source, file);
  if (!read.is_ok()) return read;
  Issues issues = name_rule_issues(read.value().names, file);
  if (issues.has_errors()) return issues;
  return read;
}

Result<ImportsFile> read_imports(ByteSource& source, std::string_view file) {
  auto read = read_document<ImportsFile>(imports_spec(), source, file);
  if (!read.is_ok()) return read;
  Issues issues = name_rule_issues(read.value().names.names, file);
  if (issues.has_errors()) return issues;
  return read;
}

Result<Provenance> read_provenance(ByteSource& source, std::string_view file) {
  auto read = read_document<ProvenanceDraft>(provenance_spec(), source, file);
  if (!read.is_ok()) return Issues(read.issues());
  return Provenance(std::move(read).value().records);
}

}  // namespace migplan
