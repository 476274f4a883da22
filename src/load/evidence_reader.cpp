#include "migplan/load/evidence_reader.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "foreign/evidence_formats.hpp"
#include "migplan/load/gzip_source.hpp"

namespace migplan {
namespace {

Issue not_read(std::string_view file, std::string message, Cause cause, std::string hint = {}) {
  return {Severity::Error, std::string(file), {}, "", std::move(message), std::move(hint), cause};
}

}  // namespace

Result<Evidence> read_evidence(ByteSource& source, std::string_view file) {
  GzipSource plain(source);
  PeekedSource peeked(plain);
  if (peeked.front().empty()) {
    if (!peeked.error().empty()) {
      return not_read(file, std::string(peeked.error()), plain.is_packed() ? Cause::Syntax : Cause::Access);
    }
    return not_read(file, "found nothing, expected the output of a tool", Cause::Content);
  }
  for (const EvidenceFormat& format : evidence_formats()) {
    if (!format.is_this(peeked.front())) continue;
    auto evidence = format.read(peeked, file);
    // What a reader says of a text that broke off is not what is wrong with it.
    if (!peeked.error().empty()) {
      return not_read(file, std::string(peeked.error()), plain.is_packed() ? Cause::Syntax : Cause::Access);
    }
    return evidence;
  }
  std::string known;
  for (const EvidenceFormat& format : evidence_formats()) {
    fmt::format_to(std::back_inserter(known), "{}{}", known.empty() ? "" : ", ", format.name);
  }
  return not_read(file, "not the output of a known tool", Cause::Content, fmt::format("known: {}", known));
}

}  // namespace migplan
