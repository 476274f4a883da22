#include "migplan/load/evidence_reader.hpp"
#include "property.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace migplan;
  TextSource source(fuzz::text_of(data, size));
  const Result<Evidence> evidence = read_evidence(source, "input");
  fuzz::require(evidence.is_ok() != evidence.issues().has_errors(), "a result is a value or errors");
  fuzz::require_complete(evidence.issues());
  if (!evidence.is_ok()) return 0;
  const auto* const readings = std::get_if<std::vector<MemoryReading>>(&evidence.value());
  if (readings == nullptr) return 0;
  fuzz::require(!readings->empty(), "there is a reading, or an error");
  for (const MemoryReading& reading : *readings) {
    const std::string name(name_of(reading.kind));
    fuzz::require(Bytes() <= reading.size && reading.size <= Bytes::max(), "a size is in its range", name);
    fuzz::require(reading.samples != 0, "a reading is of something", name);
    fuzz::require(reading.place.file == "input", "a reading has its place", name);
    fuzz::require(reading.began_ms.has_value() == reading.ended_ms.has_value(), "times come in pairs", name);
    fuzz::require(!reading.began_ms || *reading.began_ms <= *reading.ended_ms, "it ends behind its beginning", name);
  }
  return 0;
}
