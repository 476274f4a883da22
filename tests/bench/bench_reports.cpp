// bench_reports [MEGABYTES] [trivy|zipkin|zipkin-list]…: reading reports of other tools that are generated as they are
// read, beside a bare pass of nlohmann's SAX parser over the same bytes, in one run. One thread, processor time; the
// memory is that of our reading alone, which runs first. Prints what it measured, nothing else.

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <functional>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migplan/load/report_reader.hpp"
#include "stopwatch.hpp"

namespace {

using namespace migplan;

constexpr double kMegabyte = 1e6;

std::int64_t peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1000;
}

// A text that is made as it is read: a beginning, pieces by number up to a size, an end.
class MadeText final : public ByteSource {
 public:
  struct Parts {
    std::string beginning, end;
    std::function<void(std::uint64_t number, std::string& out)> add_piece;
  };
  MadeText(Parts parts, std::uint64_t size) : parts_(std::move(parts)), left_(size), text_(parts_.beginning) {}

  std::size_t read(std::span<char> out) override {
    while (text_.size() - used_ < out.size() && left_ != 0) make_more();
    if (left_ == 0 && !std::exchange(has_ended_, true)) text_ += parts_.end;
    const std::size_t count = std::min(out.size(), text_.size() - used_);
    std::memcpy(out.data(), text_.data() + used_, count);
    used_ += count;
    return count;
  }
  [[nodiscard]] std::string_view error() const noexcept override { return {}; }

 private:
  void make_more() {
    text_.erase(0, used_);
    used_ = 0;
    const std::size_t before = text_.size();
    if (number_ != 0) text_ += ",\n";
    parts_.add_piece(number_++, text_);
    left_ -= std::min<std::uint64_t>(left_, text_.size() - before);
  }

  Parts parts_;
  std::uint64_t left_, number_ = 0;
  std::string text_;
  std::size_t used_ = 0;
  bool has_ended_ = false;
};

// Findings as they are in images: 60,000 that differ, each with what else Trivy says of it.
MadeText::Parts trivy_parts() {
  const std::string description(700, 'd');
  return {R"({"SchemaVersion":2,"ArtifactName":"shop/cart:1","ArtifactType":"container_image","Results":[
{"Target":"cart","Class":"os-pkgs","Type":"debian","Vulnerabilities":[)",
          "]}]}\n", [description](std::uint64_t number, std::string& out) {
            constexpr const char* kSeverities[] = {"LOW", "MEDIUM", "HIGH", "CRITICAL", "UNKNOWN"};
            fmt::format_to(
                std::back_inserter(out),
                R"({{"VulnerabilityID":"CVE-2024-{}","PkgID":"lib{}@1.2.3","PkgName":"lib{}","InstalledVersion":"1.2.3",
"FixedVersion":"1.2.4","Status":"fixed","Layer":{{"Digest":"sha256:e7c96db7181be991f19a9fb6975cdbbd73c65f4a2681348e63a141a2192a5f10"}},
"SeveritySource":"nvd","PrimaryURL":"https://avd.example.com/nvd/cve-2024-{}","Title":"a \"quoted\" title","Description":"{}",
"Severity":"{}","CweIDs":["CWE-79","CWE-89"],"CVSS":{{"nvd":{{"V3Vector":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","V3Score":9.8}}}},
"References":["https://example.com/a/{}","https://example.com/b/{}"],"PublishedDate":"2024-01-02T03:04:05Z"}})",
                number % 20'000, number % 60'000 / 20'000, number % 60'000 / 20'000, number, description,
                kSeverities[number % 5], number, number);
          }};
}

void add_span(std::uint64_t trace, std::uint64_t span, std::string& out) {
  const bool is_server = span % 2 == 0;
  fmt::format_to(
      std::back_inserter(out),
      R"({{"traceId":"{:032x}","id":"{:016x}",{}"kind":"{}","name":"get /orders/{{id}}","timestamp":{},"duration":{},)"
      R"("localEndpoint":{{"serviceName":"service-{}","ipv4":"10.0.0.{}","port":8080}},"tags":{{"http.method":"GET","http.path":)"
      R"("/orders/{}","http.status_code":"200","mvc.controller.class":"OrderController","mvc.controller.method":"get"}}{}}})",
      trace + 1, trace * 16 + (span + 1) / 2 + 1,
      span == 0 ? "" : fmt::format("\"parentId\":\"{:016x}\",", trace * 16 + (is_server ? span / 2 : (span + 1) / 2)),
      is_server ? "SERVER" : "CLIENT", 1'700'000'000'000'000 + trace, 1000 + span,
      (trace + (span + 1 - (is_server ? 0 : 1)) / 2) % 200, trace % 250, trace,
      is_server && span != 0 ? R"(,"shared":true)" : "");
}

// Traces of nine spans: five services, each calling the next, client and server sharing an id.
MadeText::Parts zipkin_parts(bool is_list) {
  constexpr std::uint64_t kSpans = 9;
  return {"[", "]\n", [is_list](std::uint64_t number, std::string& out) {
            if (!is_list) out += '[';
            for (std::uint64_t span = 0; span < kSpans; ++span) {
              if (span != 0) out += ',';
              add_span(number, span, out);
            }
            if (!is_list) out += ']';
          }};
}

// Reads bytes for nlohmann's parser as fast as an iterator can: from a block.
class BlockIterator {
 public:
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;
  using iterator_category = std::input_iterator_tag;

  BlockIterator() = default;
  explicit BlockIterator(ByteSource& source) : source_(&source), block_(std::make_shared<std::vector<char>>(1 << 16)) {
    refill();
  }
  reference operator*() const { return *at_; }
  BlockIterator& operator++() {
    if (++at_ == end_) refill();
    return *this;
  }
  friend bool operator==(const BlockIterator& a, const BlockIterator& b) { return a.at_ == b.at_; }
  friend bool operator!=(const BlockIterator& a, const BlockIterator& b) { return !(a == b); }

 private:
  void refill() {
    const std::size_t count = source_->read(*block_);
    at_ = count == 0 ? nullptr : block_->data();
    end_ = count == 0 ? nullptr : block_->data() + count;
  }
  ByteSource* source_ = nullptr;
  std::shared_ptr<std::vector<char>> block_;
  const char* at_ = nullptr;
  const char* end_ = nullptr;
};

// Takes every event and does nothing but count.
class Nothing final : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return count(); }
  bool boolean(bool) override { return count(); }
  bool number_integer(number_integer_t) override { return count(); }
  bool number_unsigned(number_unsigned_t) override { return count(); }
  bool number_float(number_float_t, const string_t&) override { return count(); }
  bool string(string_t&) override { return count(); }
  bool binary(binary_t&) override { return count(); }
  bool start_object(std::size_t) override { return count(); }
  bool key(string_t&) override { return count(); }
  bool end_object() override { return count(); }
  bool start_array(std::size_t) override { return count(); }
  bool end_array() override { return count(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }
  std::uint64_t events = 0;

 private:
  bool count() {
    ++events;
    return true;
  }
};

double seconds_of_making(const MadeText::Parts& parts, std::uint64_t size) {
  MadeText source(parts, size);
  std::vector<char> block(1 << 16);
  const Stopwatch watch;
  while (source.read(block) != 0) {
  }
  return watch.seconds();
}

void measure(const std::string& name, const MadeText::Parts& parts, std::uint64_t megabytes) {
  const std::uint64_t size = megabytes * 1'000'000;
  const double making = seconds_of_making(parts, size);
  double seconds = 0;
  std::size_t findings = 0, calls = 0;
  {
    MadeText source(parts, size);
    const Stopwatch watch;
    const auto read = read_report(source, name, {});
    seconds = watch.seconds() - making;
    if (!read.is_ok()) {
      for (const Issue& issue : read.issues().kept()) fmt::print("{}\n", to_string(issue));
      return;
    }
    findings = read.value().vulnerabilities.size();
    calls = read.value().calls.size();
  }
  const std::int64_t peak = peak_megabytes();
  Nothing nothing;
  MadeText source(parts, size);
  const Stopwatch watch;
  const bool is_json = nlohmann::json::sax_parse(BlockIterator(source), BlockIterator(), &nothing);
  const double bare = watch.seconds() - making;
  fmt::print(
      "{}: {} MB, {} findings, {} calls: {:.2f} s, {:.0f} MB/s, {} MB resident; bare SAX pass{} {:.2f} s; {:.2f} times "
      "that\n",
      name, megabytes, findings, calls, seconds, static_cast<double>(size) / kMegabyte / seconds, peak,
      is_json ? "" : " (failed)", bare, seconds / bare);
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::string_view> words(arguments + 1, arguments + count);
  std::uint64_t megabytes = 200;
  if (!words.empty() &&
      std::from_chars(words[0].data(), words[0].data() + words[0].size(), megabytes).ec == std::errc()) {
    words.erase(words.begin());
  }
  const auto is_asked = [&words](std::string_view name) {
    return words.empty() || std::find(words.begin(), words.end(), name) != words.end();
  };
  fmt::print("GCC {}\n", __VERSION__);
  if (is_asked("zipkin")) measure("zipkin", zipkin_parts(false), megabytes);
  if (is_asked("trivy")) measure("trivy", trivy_parts(), megabytes);
  if (is_asked("zipkin-list")) measure("zipkin-list", zipkin_parts(true), megabytes);
  return 0;
}
