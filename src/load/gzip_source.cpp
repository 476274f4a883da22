#include "migplan/load/gzip_source.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstring>

#include "migplan/base/assert.hpp"

namespace migplan {
namespace {

constexpr std::string_view kMagic = "\x1f\x8b";

}  // namespace

struct GzipSource::Inflater {
  static constexpr int kOnlyGzip = 16 + MAX_WBITS;

  Inflater() { MIGPLAN_ASSERT(inflateInit2(&stream, kOnlyGzip) == Z_OK); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&stream); }

  z_stream stream{};
  bool is_inside = false;  // a member has begun and not ended
};

GzipSource::GzipSource(ByteSource& packed) : packed_(&packed) {
  std::size_t have = 0;
  while (have < kMagic.size()) {
    const std::size_t got = packed_->read(std::span(buffer_).subspan(have));
    if (got == 0) break;
    have += got;
  }
  left_ = std::span(buffer_).first(have);
  error_ = packed_->error();
  if (std::string_view(buffer_.data(), have).starts_with(kMagic)) inflater_ = std::make_unique<Inflater>();
}

GzipSource::~GzipSource() = default;

bool GzipSource::refill() {
  if (!left_.empty()) return true;
  left_ = std::span(buffer_).first(packed_->read(buffer_));
  error_ = packed_->error();
  return !left_.empty();
}

std::size_t GzipSource::read(std::span<char> out) {
  if (!error_.empty() || out.empty()) return 0;
  if (inflater_) return inflate_into(out);
  if (left_.empty()) {
    const std::size_t got = packed_->read(out);
    if (got == 0) error_ = packed_->error();
    return got;
  }
  const std::size_t taken = std::min(out.size(), left_.size());
  std::memcpy(out.data(), left_.data(), taken);
  left_ = left_.subspan(taken);
  return taken;
}

std::size_t GzipSource::inflate_into(std::span<char> out) {
  z_stream& stream = inflater_->stream;
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(std::min<std::size_t>(out.size(), 1U << 30U));
  const uInt wanted = stream.avail_out;
  while (stream.avail_out == wanted) {
    if (!refill()) {
      if (inflater_->is_inside && error_.empty()) error_ = "the gzip text breaks off";
      return 0;
    }
    inflater_->is_inside = true;
    stream.next_in = reinterpret_cast<Bytef*>(left_.data());
    stream.avail_in = static_cast<uInt>(left_.size());
    const int status = inflate(&stream, Z_NO_FLUSH);
    left_ = left_.last(stream.avail_in);
    if (status == Z_STREAM_END) {
      inflater_->is_inside = false;
      inflateReset(&stream);
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      error_ = "the gzip text is damaged";
      return 0;
    }
  }
  return wanted - stream.avail_out;
}

}  // namespace migplan
