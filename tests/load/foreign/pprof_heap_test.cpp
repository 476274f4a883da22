#include <zlib.h>

#include <cstdint>
#include <protozero/pbf_writer.hpp>

#include "evidence_reading.hpp"

namespace migplan {
namespace {

using namespace evidence;

// Writes a profile field by field; see profile.proto of pprof.
class ProfileBuilder {
 public:
  ProfileBuilder& type(std::int64_t name, std::int64_t unit) {
    protozero::pbf_writer message(writer_, 1);
    message.add_int64(1, name);
    message.add_int64(2, unit);
    return *this;
  }
  ProfileBuilder& packed(const std::vector<std::int64_t>& values) {
    protozero::pbf_writer sample(writer_, 2);
    sample.add_packed_uint64(1, std::begin(kLocations), std::end(kLocations));
    sample.add_packed_int64(2, values.begin(), values.end());
    return *this;
  }
  ProfileBuilder& unpacked(const std::vector<std::int64_t>& values) {
    protozero::pbf_writer sample(writer_, 2);
    for (const std::int64_t value : values) sample.add_int64(2, value);
    return *this;
  }
  ProfileBuilder& strings(const std::vector<std::string>& texts) {
    for (const std::string& text : texts) writer_.add_string(6, text);
    return *this;
  }
  ProfileBuilder& number(protozero::pbf_tag_type tag, std::int64_t value) {
    writer_.add_int64(tag, value);
    return *this;
  }
  ProfileBuilder& unknown_fields() {
    writer_.add_string(99, "of the future");
    writer_.add_fixed32(98, 7);
    writer_.add_fixed64(97, 7);
    return *this;
  }
  [[nodiscard]] const std::string& bytes() const { return data_; }

 private:
  static constexpr std::uint64_t kLocations[] = {1, 300};
  std::string data_;
  protozero::pbf_writer writer_{data_};
};

const std::vector<std::string> kStrings{"", "alloc_space", "bytes", "inuse_space", "cpu", "nanoseconds"};

ProfileBuilder heap() {
  ProfileBuilder profile;
  profile.type(1, 2).type(3, 2);
  return profile;
}

std::string gzip_of(const std::string& text) {
  constexpr int kGzip = 16 + MAX_WBITS;
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string in = text, out(2 * text.size() + 100, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(out.size() - stream.avail_out);
  deflateEnd(&stream);
  return out;
}

TEST_CASE("pprof: inuse_space adds up over the samples, however their values are written") {
  auto profile = heap();
  // 100 + 2000 + 30000 - 100 = 32000; the first value of each is that of alloc_space.
  profile.packed({1, 100}).unpacked({2, 2000}).packed({3, 30000}).packed({4, -100}).strings(kStrings);
  profile.number(9, 1709258400250000000).number(12, 524288).unknown_fields();
  const auto readings = memory_in(profile.bytes());
  CHECK(texts_of(readings) == Texts{"live_heap 32000 of 1, line 0"});
  CHECK(readings[0].place.field == "inuse_space");
  CHECK(readings[0].began_ms == 1709258400250);
  CHECK(readings[0].note == "live Go heap at the last collection, estimated from 4 stacks, one sample in 524288 bytes");
  CHECK(texts_of(memory_in(gzip_of(profile.bytes()))) == texts_of(readings));
}

TEST_CASE("pprof: fields may stand in any order") {
  ProfileBuilder profile;
  profile.strings(kStrings).packed({1, 100}).type(1, 2).type(3, 2);
  CHECK(texts_of(memory_in(profile.bytes())) == Texts{"live_heap 100 of 1, line 0"});
}

TEST_CASE("pprof: a profile of something else is refused with what it holds") {
  ProfileBuilder cpu;
  cpu.type(4, 5).packed({1}).strings(kStrings);
  CHECK(complaints(cpu.bytes()) ==
        "in: error: found a profile of cpu in nanoseconds, expected inuse_space in bytes (give a heap profile, as "
        "/debug/pprof/heap writes it)");
  ProfileBuilder nameless;
  nameless.type(77, 2).strings(kStrings);
  CHECK(complaints(nameless.bytes()).find("a profile of ? in bytes") != std::string::npos);
  CHECK(complaints("heap profile: 1: 2 [3: 4] @ heap/1048576\n") ==
        "in: error: a heap profile as text, whose figures are not scaled (fetch /debug/pprof/heap without ?debug=1)");
}

TEST_CASE("pprof: what was added in a time is told, as it is not all that is live") {
  auto profile = heap();
  profile.packed({1, 100}).strings(kStrings).number(10, 30059194000);
  CHECK(
      complaints(profile.bytes()) ==
      "in: warning: inuse_space: the profile tells what was added in 30.059194 s, not all that is live (take the heap "
      "profile without ?seconds=)");
}

TEST_CASE("pprof: negative totals and samples with too few values are refused") {
  auto below = heap();
  below.packed({1, -5}).strings(kStrings);
  CHECK(complaints(below.bytes()) ==
        "in: error: the total of inuse_space is below 0 or out of range (a difference of two profiles tells nothing of "
        "what is live)");
  auto few = heap();
  few.packed({1, 5}).packed({1}).strings(kStrings);
  CHECK(complaints(few.bytes()) == "in: error: 1 of 2 samples have fewer values than the profile has types");
  auto huge = heap();
  for (int i = 0; i < 3; ++i) huge.packed({1, std::numeric_limits<std::int64_t>::max()});
  huge.strings(kStrings);
  CHECK(complaints(huge.bytes()).find("out of range") != std::string::npos);
}

TEST_CASE("pprof: a profile that breaks off anywhere is an error, never a smaller total") {
  auto profile = heap();
  profile.packed({1, 100}).unpacked({2, 2000}).strings(kStrings);
  const std::string whole = profile.bytes();
  for (std::size_t size = 7; size < whole.size(); ++size) {  // the first type is complete at 6 bytes
    const auto result = read(std::string_view(whole).substr(0, size));
    INFO(size);
    // Cut between two of the names behind those of its types it is still a profile, and all samples are there.
    const bool is_whole = result.is_ok() && texts_of(std::get<std::vector<MemoryReading>>(result.value())) ==
                                                Texts{"live_heap 2100 of 1, line 0"};
    CHECK((is_whole || !result.is_ok()));
  }
  CHECK(complaints(whole.substr(0, 20)) ==
        "in: error: not a complete profile: end of buffer exception before byte 14 of 20 (the file may have been cut "
        "short)");
  const std::string packed = gzip_of(whole);
  CHECK(complaints(packed.substr(0, packed.size() - 9)) == "in: error: the gzip text breaks off");
}

TEST_CASE("pprof: real profiles give what go tool pprof says") {
  check_readings({
      {"pprof/parca-alloc_objects.pb.gz", {"live_heap 14730706 of 1, line 0"}},
      {"pprof/parca-alloc_space_delta.pb.gz", {"live_heap 666938665 of 1, line 0"}},
  });
}

}  // namespace
}  // namespace migplan
