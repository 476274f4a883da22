#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json_front.hpp"
#include "json_shape.hpp"
#include "report_formats.hpp"
#include "report_parts.hpp"
#include "zipkin_trace.hpp"

// Answers of Zipkin's API v2: /dependencies, /traces (a list of traces), /trace (a list of spans).
namespace migplan {
namespace {

enum What : int {
  kLink,
  kParent,
  kChild,
  kCalls,
  kErrors,
  kTrace,
  kSpan,
  kTraceId,
  kId,
  kParentId,
  kKind,
  kShared,
  kTimestamp,
  kLocal,
  kLocalAddress,
  kRemote,
  kErrorTag,
  kDatabaseTag,
  kMessagingTag,
  kOldSpan,
};

JsonShape zipkin_shape() {
  JsonShape shape{{"[].parent", kParent},
                  {"[].child", kChild},
                  {"[].callCount", kCalls},
                  {"[].errorCount", kErrors},
                  {"[]", kLink}};
  for (const std::string_view span : {"[]", "[][]"}) {
    shape.add(span, {{"traceId", kTraceId},
                     {"id", kId},
                     {"parentId", kParentId},
                     {"kind", kKind},
                     {"shared", kShared},
                     {"timestamp", kTimestamp},
                     {"localEndpoint.serviceName", kLocal},
                     {"localEndpoint.ipv4", kLocalAddress},
                     {"localEndpoint.ipv6", kLocalAddress},
                     {"localEndpoint.port", kLocalAddress},
                     {"remoteEndpoint.serviceName", kRemote},
                     {"tags.error", kErrorTag},
                     {"tags.'db.system'", kDatabaseTag},
                     {"tags.'db.type'", kDatabaseTag},
                     {"tags.'sql.query'", kDatabaseTag},
                     {"tags.'messaging.system'", kMessagingTag},
                     {"binaryAnnotations", kOldSpan, true}});
  }
  shape.add("[][]", {{"", kSpan}});
  return shape;
}

class ZipkinReader final : public JsonVisitor {
 public:
  explicit ZipkinReader(std::string_view file) : file_(file), graph_(file), linker_(graph_, endpoints_) {}

  Result<Observations> read(ByteSource& source) {
    static const JsonShape kShape = zipkin_shape();
    Issues issues = visit_json(source, file_, kShape, *this);
    if (issues.has_errors()) return issues;
    list_.for_each_trace([this](std::span<ZipkinSpan> trace) { linker_.link(trace); });
    observations_.origin.tool = "zipkin";
    observations_.origin.taken = time_text(latest_ / 1000);
    graph_.finish(observations_);
    if (linker_.orphans() != 0) {
      observations_.notes.add(
          remark(file_, Severity::Warning,
                 fmt::format("{} a parent that is not in its trace: who called is not known",
                             linker_.orphans() == 1 ? "1 span has" : fmt::format("{} spans have", linker_.orphans()))));
    }
    if (observations_.calls.empty()) {
      observations_.notes.add(
          remark(file_, Severity::Warning, "no calls: none were seen, which is not that there are none"));
    }
    return observed(std::move(observations_), std::move(issues));
  }

  // An item of the list is a link, a span or a trace.
  void begin(int what, JsonPlace& place) override {
    if (what == kOldSpan) return place.add(Severity::Error, "a span of Zipkin v1, which is not read", kHowToAsk);
    if (what == kLink || what == kSpan) {
      span_ = {};
      span_.at = place.at();
      local_ = ZipkinSpan::kNoName;
      address_.clear();
      trace_number_ = 0;
      has_link_ = false;
      parent_.clear();
      child_.clear();
      calls_.reset();
      failed_ = 0;
    }
    is_in_trace_ = what == kSpan;
  }

  void end(int what, JsonPlace& place) override {
    if (what == kSpan) {
      end_span();
      trace_.push_back(span_);
    }
    if (what != kLink) return;
    if (has_link_) {
      add_link(place);
    } else if (is_in_trace_) {
      linker_.link(trace_);
      trace_.clear();
      is_in_trace_ = false;
    } else if (span_.id != 0) {
      end_span();
      list_.add(trace_number_, span_);
    }
  }

  void value(int what, std::string_view text, JsonPlace& place) override {
    switch (what) {
      case kParent:
        parent_ = text;
        has_link_ = true;
        break;
      case kChild: child_ = text; break;
      case kCalls: calls_ = read_count(text, place); break;
      case kErrors: failed_ = read_count(text, place); break;
      case kOldSpan: place.add(Severity::Error, "a span of Zipkin v1, which is not read", kHowToAsk); break;
      default: take_of_span(what, text, place); break;
    }
  }

 private:
  static constexpr const char* kHowToAsk = "ask /api/v2";

  void take_of_span(int what, std::string_view text, JsonPlace& place) {
    switch (what) {
      case kTraceId: trace_number_ = trace_number(text); break;
      case kId: span_.id = span_number(text); break;
      case kParentId: span_.parent = span_number(text); break;
      case kKind: span_.kind = static_cast<std::uint32_t>(parse_span_kind(text)) & 7U; break;
      case kTimestamp: latest_ = std::max(latest_, read_microseconds(text)); break;
      case kShared: span_.is_shared = text == "true" ? 1 : 0; break;
      case kLocal: local_ = name(text, place); break;
      case kLocalAddress: address_.append(text).push_back(' '); break;
      case kRemote: span_.remote = name(text, place); break;
      case kErrorTag: span_.has_failed = 1; break;
      case kDatabaseTag: span_.remote_kind = 1; break;
      case kMessagingTag: span_.remote_kind = 2; break;
      default: break;
    }
  }

  // Of 128 bits the lower half: the upper one may be left out by some services of a trace.
  static std::uint64_t trace_number(std::string_view text) noexcept {
    constexpr std::size_t kDigits = 16;
    return span_number(text.size() > kDigits ? text.substr(text.size() - kDigits) : text);
  }

  std::uint32_t name(std::string_view text, JsonPlace& place) {
    if (text.empty()) return ZipkinSpan::kNoName;
    const std::uint32_t number = graph_.name(text);
    if (number < ZipkinSpan::kNoName) return number;
    place.add(Severity::Error, "more than 33 million names of services");
    return ZipkinSpan::kNoName;
  }

  void end_span() {
    if (local_ != ZipkinSpan::kNoName) span_.local = endpoints_.add(local_, address_) & ZipkinSpan::kNoName;
  }

  void add_link(JsonPlace& place) {
    if (parent_.empty() || child_.empty()) return place.add(Severity::Error, "expected parent and child");
    graph_.add({graph_.name(parent_), kind_of_name(parent_)}, {graph_.name(child_), kind_of_name(child_)},
               {calls_, failed_}, span_.at, place.path());
  }

  std::string file_;
  Observations observations_;
  CallGraph graph_;
  ZipkinEndpoints endpoints_;
  ZipkinLinker linker_;
  std::string parent_, child_;
  std::optional<std::uint64_t> calls_, failed_;
  bool has_link_ = false, is_in_trace_ = false;
  ZipkinSpan span_;
  std::uint64_t trace_number_ = 0;             // of it
  std::uint32_t local_ = ZipkinSpan::kNoName;  // of it: the name and the address of its endpoint
  std::string address_;
  std::vector<ZipkinSpan> trace_;  // whose spans are read
  ZipkinSpans list_;
  std::int64_t latest_ = 0;  // begin of a span, microseconds since the epoch
};

Result<Observations> read_zipkin(ByteSource& source, std::string_view file, const ReportOptions&) {
  return ZipkinReader(file).read(source);
}

bool is_zipkin(std::string_view beginning) {
  const JsonFront items = JsonFront::of_items(beginning);
  return (items.has("parent") && items.has("child")) ||
         (items.has("traceId") && (items.has("id") || items.has("localEndpoint")));
}

}  // namespace

const ReportFormat kZipkin{"zipkin", "dependencies or spans of Zipkin, as its API v2 answers", is_zipkin, read_zipkin};

}  // namespace migplan
