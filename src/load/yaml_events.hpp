#pragma once

#include "field_reader.hpp"
#include "migplan/load/byte_source.hpp"

namespace YAML {
class EventHandler;
}

namespace migplan {

// Streams one YAML document from `source` through yaml-cpp's event interface into `reader`, in memory that does not
// grow with the text. Anchors, aliases and merge keys ("<<") are resolved, within a limit that stops alias bombs.
// Reports what is wrong with the text itself: syntax, not UTF-8, control characters, no document or several, tags,
// depth. `also` gets yaml-cpp's own events, unresolved and with their marks, unless it is null.
void feed_yaml(ByteSource& source, FieldReader& reader, YAML::EventHandler* also = nullptr);

}  // namespace migplan
