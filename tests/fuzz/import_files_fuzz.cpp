// Names, import manifests and provenance.
#include "migplan/load/imports_reader.hpp"
#include "property.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace migplan;
  const auto with = [data, size](const auto& read) {
    TextSource source(fuzz::text_of(data, size));
    fuzz::require_complete(read(source).issues());
  };
  with([](ByteSource& source) { return read_names(source, "input"); });
  with([](ByteSource& source) { return read_imports(source, "input"); });
  with([](ByteSource& source) {
    auto read = read_provenance(source, "input");
    if (read.is_ok()) {
      for (const ProvenanceRecord& record : read.value().records()) {
        fuzz::require(read.value().find(record.service, record.fact) == &record, "a record is found again");
      }
    }
    return read;
  });
  return 0;
}
