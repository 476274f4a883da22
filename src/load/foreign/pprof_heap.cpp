#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <protozero/pbf_reader.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "evidence_formats.hpp"
#include "migplan/base/decimal.hpp"

// https://github.com/google/pprof/blob/main/proto/profile.proto
namespace migplan {
namespace {

using protozero::pbf_reader;
using protozero::pbf_wire_type;
using protozero::tag_and_type;

constexpr std::string_view kWanted = "inuse_space";
constexpr std::string_view kTextOfOldProfiles = "heap profile: ";

// Fields of the messages Profile, ValueType and Sample.
enum ProfileField : protozero::pbf_tag_type {
  kSampleType = 1,
  kSample = 2,
  kStringTable = 6,
  kTimeNanos = 9,
  kDurationNanos = 10,
  kPeriod = 12,
};
enum ValueTypeField : protozero::pbf_tag_type { kType = 1, kUnit = 2 };
enum SampleField : protozero::pbf_tag_type { kValue = 2 };

struct ValueType {
  std::int64_t type = 0, unit = 0;  // places in the table of strings
};

// What stands in a profile besides its samples, which may come before it.
struct ProfileFrame {
  std::vector<ValueType> types;
  std::vector<std::string_view> strings;
  std::int64_t time_ns = 0, duration_ns = 0, period = 0;

  [[nodiscard]] std::string_view text(std::int64_t place) const noexcept {
    const bool is_there = place >= 0 && static_cast<std::uint64_t>(place) < strings.size();
    return is_there ? strings[static_cast<std::size_t>(place)] : "?";
  }
};

constexpr std::uint32_t varint(protozero::pbf_tag_type tag) { return tag_and_type(tag, pbf_wire_type::varint); }
constexpr std::uint32_t bytes(protozero::pbf_tag_type tag) {
  return tag_and_type(tag, pbf_wire_type::length_delimited);
}

ValueType value_type(pbf_reader message) {
  ValueType found;
  while (message.next()) {
    switch (message.tag_and_type()) {
      case varint(kType): found.type = message.get_int64(); break;
      case varint(kUnit): found.unit = message.get_int64(); break;
      default: message.skip();
    }
  }
  return found;
}

void read_frame(pbf_reader& profile, ProfileFrame& frame) {
  while (profile.next()) {
    switch (profile.tag_and_type()) {
      case bytes(kSampleType): frame.types.push_back(value_type(profile.get_message())); break;
      case bytes(kStringTable): {
        const auto text = profile.get_view();
        frame.strings.emplace_back(text.data(), text.size());
        break;
      }
      case varint(kTimeNanos): frame.time_ns = profile.get_int64(); break;
      case varint(kDurationNanos): frame.duration_ns = profile.get_int64(); break;
      case varint(kPeriod): frame.period = profile.get_int64(); break;
      default: profile.skip();
    }
  }
}

// The value of a sample for that type, whether its values are packed or not; nullopt where it has too few.
std::optional<std::int64_t> value_of(pbf_reader sample, std::size_t type) {
  std::optional<std::int64_t> found;
  std::size_t place = 0;
  while (sample.next()) {
    switch (sample.tag_and_type()) {
      case bytes(kValue):
        for (const std::int64_t value : sample.get_packed_int64()) {
          if (place++ == type) found = value;
        }
        break;
      case varint(kValue): {
        const std::int64_t value = sample.get_int64();
        if (place++ == type) found = value;
        break;
      }
      default: sample.skip();
    }
  }
  return found;
}

struct Total {
  Int128 bytes = 0;
  std::uint64_t samples = 0, without_value = 0;
};

void add_samples(pbf_reader& profile, std::size_t type, Total& total) {
  while (profile.next(kSample, pbf_wire_type::length_delimited)) {
    const auto value = value_of(profile.get_message(), type);
    ++total.samples;
    total.bytes += value.value_or(0);
    if (!value) ++total.without_value;
  }
}

std::string list_of_types(const ProfileFrame& frame) {
  std::string list;
  for (const ValueType& type : frame.types) {
    fmt::format_to(std::back_inserter(list), "{}{} in {}", list.empty() ? "" : ", ", printable(frame.text(type.type)),
                   printable(frame.text(type.unit)));
  }
  return list.empty() ? "no types of samples" : list;
}

std::optional<std::size_t> wanted_type(const ProfileFrame& frame) {
  for (std::size_t i = 0; i < frame.types.size(); ++i) {
    if (frame.text(frame.types[i].type) == kWanted && frame.text(frame.types[i].unit) == "bytes") return i;
  }
  return std::nullopt;
}

MemoryReading reading_of(const ProfileFrame& frame, const Total& total, std::string_view file) {
  constexpr std::int64_t kNanosOfMilli = 1'000'000;
  MemoryReading reading;
  reading.place = {std::string(file), {}, std::string(kWanted)};
  reading.kind = MemoryKind::LiveHeap;
  reading.size = Bytes::from_steps(static_cast<std::int64_t>(total.bytes));
  if (frame.time_ns > 0) reading.began_ms = reading.ended_ms = frame.time_ns / kNanosOfMilli;
  reading.note = fmt::format("live Go heap at the last collection, estimated from {} stacks", total.samples);
  if (frame.period > 1) reading.note += fmt::format(", one sample in {} bytes", frame.period);
  if (frame.duration_ns != 0) reading.note += "; only what was added in a time, not all that is live";
  return reading;
}

Issues warnings_of(const ProfileFrame& frame, std::string_view file) {
  constexpr int kNanoDecimals = 9;
  Issues issues;
  if (frame.duration_ns != 0) {
    issues.add({Severity::Warning,
                std::string(file),
                {},
                std::string(kWanted),
                fmt::format("the profile tells what was added in {} s, not all that is live",
                            trimmed(frame.duration_ns, kNanoDecimals)),
                "take the heap profile without ?seconds="});
  }
  return issues;
}

// Throws what protozero throws.
Result<Evidence> heap_of(pbf_reader& profile, std::string_view data, std::string_view file) {
  ProfileFrame frame;
  read_frame(profile, frame);
  const auto type = wanted_type(frame);
  if (!type) {
    return refusal(file, fmt::format("found a profile of {}, expected {} in bytes", list_of_types(frame), kWanted),
                   "give a heap profile, as /debug/pprof/heap writes it");
  }
  Total total;
  profile = pbf_reader(data.data(), data.size());
  add_samples(profile, *type, total);
  if (total.without_value != 0) {
    return refusal(file, fmt::format("{} of {} samples have fewer values than the profile has types",
                                     total.without_value, total.samples));
  }
  if (total.bytes < 0 || total.bytes > Bytes::max().steps()) {
    return refusal(file, fmt::format("the total of {} is below 0 or out of range", kWanted),
                   "a difference of two profiles tells nothing of what is live");
  }
  return {Evidence(std::vector<MemoryReading>{reading_of(frame, total, file)}), warnings_of(frame, file)};
}

Result<Evidence> read_profile(ByteSource& source, std::string_view file) {
  const std::string data = read_all(source);
  if (std::string_view(data).starts_with(kTextOfOldProfiles)) {
    return refusal(file, "a heap profile as text, whose figures are not scaled",
                   "fetch /debug/pprof/heap without ?debug=1");
  }
  pbf_reader profile(data.data(), data.size());
  try {
    return heap_of(profile, data, file);
  } catch (const protozero::exception& fault) {
    return refusal(file,
                   fmt::format("not a complete profile: {} before byte {} of {}", fault.what(),
                               data.size() - profile.length(), data.size()),
                   "the file may have been cut short", Cause::Syntax);
  }
}

// The first field is a ValueType, or the empty string that every table of strings begins with.
bool is_profile(std::string_view beginning) {
  if (beginning.starts_with(kTextOfOldProfiles)) return true;
  try {
    pbf_reader profile(beginning.data(), beginning.size());
    if (!profile.next()) return false;
    if (profile.tag_and_type() == bytes(kStringTable)) return profile.get_view().empty();
    if (profile.tag_and_type() != bytes(kSampleType)) return false;
    pbf_reader type = profile.get_message();
    bool has_name = false;
    while (type.next()) {
      has_name = has_name || type.tag_and_type() == varint(kType);
      type.skip();
    }
    return has_name;
  } catch (const protozero::exception&) {
    return false;
  }
}

}  // namespace

const EvidenceFormat kPprofHeap{"pprof", "heap profile of Go as protocol buffer, plain or gzip", is_profile,
                                read_profile};

}  // namespace migplan
