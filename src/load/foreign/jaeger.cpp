#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json_front.hpp"
#include "json_shape.hpp"
#include "migplan/base/decimal.hpp"
#include "report_formats.hpp"
#include "report_parts.hpp"
#include "span_names.hpp"

// Answers of Jaeger's query service: /api/dependencies, and /api/traces with spans, whose parents tell who calls whom.
namespace migplan {
namespace {

enum What : int {
  kErrors,
  kItem,
  kParent,
  kChild,
  kCalls,
  kProcess,
  kProcessName,
  kSpan,
  kSpanId,
  kSpanProcess,
  kSpanOwnProcess,
  kParentSpan,
  kStartTime,
  kReference,
  kReferenceType,
  kReferenceSpan,
  kTag,
  kTagKey,
  kTagValue,
};

class JaegerReader final : public JsonVisitor {
 public:
  explicit JaegerReader(std::string_view file) : file_(file), graph_(file) {}

  Result<Observations> read(ByteSource& source) {
    static const JsonShape kShape{{"errors[].msg", kErrors},
                                  {"data[]", kItem},
                                  {"data[].parent", kParent},
                                  {"data[].child", kChild},
                                  {"data[].callCount", kCalls},
                                  {"data[].processes.*", kProcess},
                                  {"data[].processes.*.serviceName", kProcessName},
                                  {"data[].spans[]", kSpan},
                                  {"data[].spans[].spanID", kSpanId},
                                  {"data[].spans[].processID", kSpanProcess},
                                  {"data[].spans[].process.serviceName", kSpanOwnProcess},
                                  {"data[].spans[].parentSpanID", kParentSpan},
                                  {"data[].spans[].startTime", kStartTime},
                                  {"data[].spans[].references[]", kReference},
                                  {"data[].spans[].references[].refType", kReferenceType},
                                  {"data[].spans[].references[].spanID", kReferenceSpan},
                                  {"data[].spans[].tags[]", kTag},
                                  {"data[].spans[].tags[].key", kTagKey},
                                  {"data[].spans[].tags[].value", kTagValue, true}};
    Issues issues = visit_json(source, file_, kShape, *this);
    if (!issues.has_errors() && !error_.empty()) {
      issues.add(remark(file_, Severity::Error, fmt::format("the server refused the request: {}", printable(error_))));
    }
    if (issues.has_errors()) return issues;
    observations_.origin.tool = "jaeger";
    observations_.origin.taken = time_text(latest_ / 1000);
    graph_.finish(observations_);
    if (orphans_ != 0) {
      observations_.notes.add(
          remark(file_, Severity::Warning,
                 fmt::format("{} a parent that is not in its trace: who called is not known",
                             orphans_ == 1 ? "1 span has" : fmt::format("{} spans have", orphans_))));
    }
    if (observations_.calls.empty()) {
      observations_.notes.add(
          remark(file_, Severity::Warning, "no calls: none were seen, which is not that there are none"));
    }
    return observed(std::move(observations_), std::move(issues));
  }

  void begin(int what, JsonPlace& place) override {
    switch (what) {
      case kItem:
        parent_.clear();
        child_.clear();
        calls_.reset();
        has_link_ = false;
        at_ = place.at();
        break;
      case kProcess: process_ = key_number(place.key()); break;
      case kSpan:
        span_ = {};
        span_.at = place.at();
        span_tags_ = {};
        break;
      case kReference:
        type_.clear();
        reference_ = 0;
        break;
      case kTag:
        tag_key_.clear();
        tag_value_.clear();
        break;
      default: break;
    }
  }

  void end(int what, JsonPlace& place) override {
    switch (what) {
      case kItem: has_link_ ? add_link(place) : join_trace(); break;
      case kSpan: end_span(); break;
      case kReference:
        if (span_.parent == 0 || type_ == "CHILD_OF") span_.parent = reference_;
        break;
      case kTag: span_tags_.add(tag_key_, tag_value_); break;
      default: break;
    }
  }

  void value(int what, std::string_view text, JsonPlace& place) override {
    switch (what) {
      case kErrors: error_ += (error_.empty() ? "" : "; ") + std::string(text); break;
      case kParent:
        parent_ = text;
        has_link_ = true;
        break;
      case kChild: child_ = text; break;
      case kCalls: calls_ = read_count(text, place); break;
      case kProcessName: services_[process_] = graph_.name(text); break;
      case kSpanId: span_.id = span_number(text); break;
      case kSpanProcess: span_.process = key_number(text); break;
      case kSpanOwnProcess: span_.service = graph_.name(text); break;
      case kParentSpan: span_.parent = span_number(text); break;
      case kStartTime: latest_ = std::max(latest_, read_microseconds(text)); break;
      case kReferenceType: type_ = text; break;
      case kReferenceSpan: reference_ = span_number(text); break;
      case kTagKey: tag_key_ = text; break;
      case kTagValue: tag_value_ = text; break;
      default: break;
    }
  }

 private:
  struct Span {
    std::uint64_t id = 0, parent = 0;
    std::uint32_t process = CallGraph::kNoName, service = CallGraph::kNoName, remote = CallGraph::kNoName;
    EndpointKind remote_kind = EndpointKind::Service;
    SpanKind kind = SpanKind::Local;
    bool has_failed = false, calls_others = false;
    Position at;
  };

  // Of a key of a trace's processes.
  std::uint32_t key_number(std::string_view key) {
    const auto [place, is_new] = keys_.try_emplace(std::string(key), static_cast<std::uint32_t>(keys_.size()));
    if (is_new) services_.resize(keys_.size(), CallGraph::kNoName);
    return place->second;
  }

  void add_link(JsonPlace& place) {
    if (parent_.empty() || child_.empty()) return place.add(Severity::Error, "expected parent and child");
    graph_.add({graph_.name(parent_), kind_of_name(parent_)}, {graph_.name(child_), kind_of_name(child_)},
               {calls_, std::nullopt}, at_, place.path());
  }

  void end_span() {
    span_.kind = span_tags_.kind();
    span_.has_failed = span_tags_.has_failed();
    if (const auto remote = span_tags_.remote()) {
      span_.remote = graph_.name(remote->name);
      span_.remote_kind = remote->kind;
    }
    spans_.push_back(span_);
  }

  // Processes may stand behind the spans.
  void join_trace() {
    for (Span& span : spans_) {
      if (span.service == CallGraph::kNoName && span.process != CallGraph::kNoName)
        span.service = services_[span.process];
    }
    std::stable_sort(spans_.begin(), spans_.end(), [](const Span& a, const Span& b) { return a.id < b.id; });
    for (const Span& span : spans_) join_span(span);
    for (const Span& span : spans_) join_remote(span);
    spans_.clear();
    keys_.clear();
    services_.clear();
  }

  void join_span(const Span& span) {
    if (span.parent == 0) return;
    const auto parent = std::lower_bound(spans_.begin(), spans_.end(), span.parent,
                                         [](const Span& one, std::uint64_t id) { return one.id < id; });
    if (parent == spans_.end() || parent->id != span.parent) {
      ++orphans_;
      return;
    }
    if (parent->service == CallGraph::kNoName || span.service == CallGraph::kNoName) return;
    // Inside of a service a span calls nobody, unless both ends of a call say so.
    const bool is_call =
        parent->service != span.service || (parent->kind == SpanKind::Client && span.kind == SpanKind::Server);
    if (!is_call) return;
    parent->calls_others = true;
    add_call(parent->service, EndpointKind::Service, span.service, EndpointKind::Service, span);
  }

  // What a client names that has no span of its own: a database, a broker, a service that is not traced.
  void join_remote(const Span& span) {
    if (span.remote == CallGraph::kNoName || span.service == CallGraph::kNoName || span.calls_others) return;
    if (span.kind == SpanKind::Client || span.kind == SpanKind::Producer) {
      add_call(span.service, EndpointKind::Service, span.remote, span.remote_kind, span);
    } else if (span.kind == SpanKind::Consumer) {
      add_call(span.remote, span.remote_kind, span.service, EndpointKind::Service, span);
    }
  }

  void add_call(std::uint32_t caller, EndpointKind caller_kind, std::uint32_t callee, EndpointKind callee_kind,
                const Span& span) {
    const auto kind = [this](std::uint32_t name, EndpointKind known) {
      return known == EndpointKind::Service ? kind_of_name(graph_.text(name)) : known;
    };
    graph_.add({caller, kind(caller, caller_kind)}, {callee, kind(callee, callee_kind)},
               {std::uint64_t{1}, span.has_failed ? std::uint64_t{1} : std::uint64_t{0}}, span.at);
  }

  std::string file_;
  Observations observations_;
  CallGraph graph_;
  std::string error_;
  std::string parent_, child_;
  std::optional<std::uint64_t> calls_;
  bool has_link_ = false;
  Position at_;
  std::uint32_t process_ = 0;
  std::map<std::string, std::uint32_t, std::less<>> keys_;  // of the trace's processes
  std::vector<std::uint32_t> services_;                     // of each
  Span span_;
  SpanTags span_tags_;
  std::string type_, tag_key_, tag_value_;
  std::uint64_t reference_ = 0;
  std::vector<Span> spans_;  // of the trace
  std::uint64_t orphans_ = 0;
  std::int64_t latest_ = 0;  // begin of a span, microseconds since the epoch
};

Result<Observations> read_jaeger(ByteSource& source, std::string_view file, const ReportOptions&) {
  return JaegerReader(file).read(source);
}

bool is_jaeger(std::string_view beginning) {
  const JsonFront front(beginning);
  if (!front.has("data") || front.has("status") || front.has("resultType")) return false;
  const auto names = [beginning](std::string_view key) { return beginning.find(key) != std::string_view::npos; };
  return (names("\"parent\"") && names("\"child\"")) || names("\"traceID\"") ||
         (front.has("total") && front.has("limit") && front.has("offset"));
}

}  // namespace

const ReportFormat kJaeger{"jaeger", "dependencies or traces of Jaeger, as its query service answers", is_jaeger,
                           read_jaeger};

}  // namespace migplan
