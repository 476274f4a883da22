#pragma once

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>

#include "migplan/load/byte_source.hpp"

namespace migplan::cli {

// A source that, once reading has taken a second, keeps a line on a terminal about how far it is.
[[nodiscard]] std::unique_ptr<ByteSource> with_progress(std::unique_ptr<ByteSource> source, std::ostream& err,
                                                        std::string name, std::optional<std::uint64_t> size);

}  // namespace migplan::cli
