#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "report_parts.hpp"
#include "span_names.hpp"

namespace migplan {

// A span as small as it can be: a list of spans may be of many traces, and all of them are kept then. `local` is an
// endpoint, `remote` a name.
struct ZipkinSpan {
  static constexpr std::uint32_t kNoName = (1U << 25U) - 1;
  std::uint64_t id = 0, parent = 0;  // parent 0: none
  std::uint32_t local : 25 = kNoName;
  std::uint32_t kind : 3 = 0;         // SpanKind
  std::uint32_t remote_kind : 2 = 0;  // 0 as its name says, 1 database, 2 messaging
  std::uint32_t is_shared : 1 = 0;
  std::uint32_t has_failed : 1 = 0;
  std::uint32_t remote = kNoName;
  Position at;
};
static_assert(sizeof(ZipkinSpan) == 32);

// The spans of many traces, which mostly come trace by trace. Grows without being copied.
class ZipkinSpans {
 public:
  void add(std::uint64_t trace, const ZipkinSpan& span);

  // Calls use(spans) for each trace with all of its spans, in their order; they are reordered as it likes.
  template <class Use>
  void for_each_trace(const Use& use) {
    sort_groups();
    std::vector<ZipkinSpan> spans;
    for (std::size_t i = 0; i < groups_.size();) {
      spans.clear();
      const std::uint64_t trace = groups_[i].trace;
      for (; i < groups_.size() && groups_[i].trace == trace; ++i) append(groups_[i], spans);
      use(std::span<ZipkinSpan>(spans));
    }
  }

 private:
  static constexpr std::size_t kBlock = std::size_t{1} << 14;
  struct Group {  // of neighbours
    std::uint64_t trace = 0, first = 0, count = 0;
  };
  void sort_groups();
  void append(const Group& group, std::vector<ZipkinSpan>& spans) const;

  std::vector<std::vector<ZipkinSpan>> blocks_;
  std::vector<Group> groups_;
  std::uint64_t count_ = 0;
};

// The endpoints of spans: two of one service at different addresses are two, as Zipkin tells them apart.
class ZipkinEndpoints {
 public:
  // The number of an endpoint; kNoName where there are too many of them.
  std::uint32_t add(std::uint32_t name, std::string_view address);
  // kNoName where it has none.
  [[nodiscard]] std::uint32_t name(std::uint32_t endpoint) const noexcept {
    return endpoint < names_.size() ? names_[endpoint] : ZipkinSpan::kNoName;
  }

 private:
  std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> numbers_;
  std::vector<std::uint32_t> names_;
  std::string last_address_;
  std::uint32_t last_ = ZipkinSpan::kNoName;
};

// Who calls whom in a trace, by the rules of Zipkin's own DependencyLinker (zipkin2.internal). What is different: a
// span whose parent is missing is not put below the root, since nobody knows who called it.
class ZipkinLinker {
 public:
  ZipkinLinker(CallGraph& graph, const ZipkinEndpoints& endpoints) : graph_(graph), endpoints_(endpoints) {}

  // All spans of one trace, in any order; they are reordered.
  void link(std::span<ZipkinSpan> trace);
  [[nodiscard]] std::uint64_t orphans() const noexcept { return orphans_; }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  void unite_pieces(std::span<ZipkinSpan> trace);
  void find_parents();
  [[nodiscard]] std::uint32_t parent_of(const ZipkinSpan& span) const;
  [[nodiscard]] std::uint32_t find(std::uint64_t id, bool is_shared, std::uint32_t local) const;
  [[nodiscard]] std::uint32_t remote_ancestor(std::uint32_t span) const;
  void link_span(std::uint32_t index);
  void add(std::uint32_t caller, std::uint32_t callee, const ZipkinSpan& span, bool has_failed, bool caller_is_remote);

  [[nodiscard]] std::uint32_t name(const ZipkinSpan& span) const noexcept { return endpoints_.name(span.local); }

  CallGraph& graph_;
  const ZipkinEndpoints& endpoints_;
  std::vector<ZipkinSpan> spans_;       // by id, those that are not shared first
  std::vector<std::uint32_t> parents_;  // of each
  std::vector<bool> has_children_;
  std::uint64_t orphans_ = 0;
};

}  // namespace migplan
