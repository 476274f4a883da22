#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/scheduling/project.hpp"

namespace migplan {

// One instance of the Project Scheduling Problem Library (Kolisch, Sprecher 1996) with one mode a job. Activity i is
// job i + 1; the first and the last are the events that stand for the project's begin and end.
struct PsplibInstance {
  std::string name;           // the file's name without folders and ending
  Project project;            // every day is worked on; the timeline has room for all jobs one after the other
  std::int32_t horizon = 0;   // as the file says
  std::int32_t mpm_time = 0;  // as the file says: the length of the critical path
};

// Whether a text that begins so is one of the library's .sm files.
[[nodiscard]] bool is_psplib(std::string_view beginning) noexcept;

// Refuses several modes and resources that are used up. file: as the user named it.
[[nodiscard]] Result<PsplibInstance> read_psplib(ByteSource& source, std::string_view file);

}  // namespace migplan
