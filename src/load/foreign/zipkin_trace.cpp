#include "zipkin_trace.hpp"

#include <algorithm>
#include <tuple>

namespace migplan {
namespace {

SpanKind kind_of(const ZipkinSpan& span) noexcept { return static_cast<SpanKind>(span.kind); }

// Clients before servers, shared spans last: halves of one call stand side by side.
auto order_of(const ZipkinSpan& span) noexcept {
  return std::tuple(span.id, span.is_shared != 0, kind_of(span) != SpanKind::Client, std::uint32_t{span.local});
}

void unite(ZipkinSpan& span, const ZipkinSpan& piece) noexcept {
  if (span.parent == 0) span.parent = piece.parent;
  if (span.kind == 0) span.kind = piece.kind;
  if (span.remote == ZipkinSpan::kNoName) span.remote = piece.remote;
  if (span.remote_kind == 0) span.remote_kind = piece.remote_kind;
  if (span.local == ZipkinSpan::kNoName) span.local = piece.local;
  span.has_failed |= piece.has_failed;
}

}  // namespace

void ZipkinSpans::add(std::uint64_t trace, const ZipkinSpan& span) {
  if (count_ % kBlock == 0) blocks_.emplace_back().reserve(kBlock);
  blocks_.back().push_back(span);
  if (groups_.empty() || groups_.back().trace != trace) groups_.push_back({trace, count_, 0});
  ++groups_.back().count;
  ++count_;
}

void ZipkinSpans::sort_groups() {
  std::sort(groups_.begin(), groups_.end(),
            [](const Group& a, const Group& b) { return std::tie(a.trace, a.first) < std::tie(b.trace, b.first); });
}

void ZipkinSpans::append(const Group& group, std::vector<ZipkinSpan>& spans) const {
  for (std::uint64_t i = group.first; i < group.first + group.count; ++i) {
    spans.push_back(blocks_[i / kBlock][i % kBlock]);
  }
}

std::uint32_t ZipkinEndpoints::add(std::uint32_t name, std::string_view address) {
  if (last_ < names_.size() && names_[last_] == name && last_address_ == address) return last_;
  if (names_.size() >= ZipkinSpan::kNoName) return ZipkinSpan::kNoName;
  const auto [place, is_new] =
      numbers_.try_emplace(std::pair(name, std::string(address)), static_cast<std::uint32_t>(names_.size()));
  if (is_new) names_.push_back(name);
  last_address_ = address;
  return last_ = place->second;
}

void ZipkinLinker::link(std::span<ZipkinSpan> trace) {
  unite_pieces(trace);
  find_parents();
  for (std::uint32_t i = 0; i < spans_.size(); ++i) link_span(i);
}

// A span may have been sent in pieces, and a server may have left out that it shares the id of its client.
void ZipkinLinker::unite_pieces(std::span<ZipkinSpan> trace) {
  std::stable_sort(trace.begin(), trace.end(),
                   [](const ZipkinSpan& a, const ZipkinSpan& b) { return order_of(a) < order_of(b); });
  spans_.clear();
  for (const ZipkinSpan& next : trace) {
    ZipkinSpan* const last = spans_.empty() || spans_.back().id != next.id ? nullptr : &spans_.back();
    const bool is_same_place = last != nullptr && (name(*last) == name(next) || last->local == ZipkinSpan::kNoName ||
                                                   next.local == ZipkinSpan::kNoName);
    const bool is_same_half = last != nullptr && (last->kind == next.kind || last->kind == 0 || next.kind == 0);
    if (is_same_place && is_same_half && last->is_shared == next.is_shared) {
      unite(*last, next);
      continue;
    }
    spans_.push_back(next);
    if (last == nullptr) continue;
    ZipkinSpan& span = spans_.back();
    const ZipkinSpan& before = spans_[spans_.size() - 2];
    if (kind_of(before) == SpanKind::Client && kind_of(span) == SpanKind::Server) span.is_shared = 1;
    if (span.parent == 0) span.parent = before.parent;
  }
  std::stable_sort(spans_.begin(), spans_.end(), [](const ZipkinSpan& a, const ZipkinSpan& b) {
    return std::tuple(a.id, a.is_shared != 0) < std::tuple(b.id, b.is_shared != 0);
  });
}

// With `local` of any name: the first that is shared or not.
std::uint32_t ZipkinLinker::find(std::uint64_t id, bool is_shared, std::uint32_t local) const {
  auto found = std::lower_bound(spans_.begin(), spans_.end(), std::tuple(id, is_shared),
                                [](const ZipkinSpan& span, const std::tuple<std::uint64_t, bool>& key) {
                                  return std::tuple(span.id, span.is_shared != 0) < key;
                                });
  for (; found != spans_.end() && found->id == id && (found->is_shared != 0) == is_shared; ++found) {
    if (local == kNone || found->local == local) return static_cast<std::uint32_t>(found - spans_.begin());
  }
  return kNone;
}

std::uint32_t ZipkinLinker::parent_of(const ZipkinSpan& span) const {
  if (span.is_shared != 0) {
    if (const std::uint32_t client = find(span.id, false, kNone); client != kNone) return client;
  }
  if (span.parent == 0) return kNone;
  if (const std::uint32_t server = find(span.parent, true, span.local); server != kNone) return server;
  if (const std::uint32_t plain = find(span.parent, false, kNone); plain != kNone) return plain;
  return find(span.parent, true, kNone);
}

void ZipkinLinker::find_parents() {
  parents_.assign(spans_.size(), kNone);
  has_children_.assign(spans_.size(), false);
  for (std::uint32_t i = 0; i < spans_.size(); ++i) {
    const std::uint32_t parent = parent_of(spans_[i]);
    if (parent == i) continue;
    parents_[i] = parent;
    if (parent != kNone) {
      has_children_[parent] = true;
    } else if (spans_[i].parent != 0) {
      ++orphans_;
    }
  }
}

// The nearest span above that knows another service; spans may name each other as parents.
std::uint32_t ZipkinLinker::remote_ancestor(std::uint32_t span) const {
  constexpr int kMostLocal = 1000;
  for (int i = 0; i < kMostLocal; ++i) {
    span = parents_[span];
    if (span == kNone || kind_of(spans_[span]) != SpanKind::Local) return span;
  }
  return kNone;
}

void ZipkinLinker::link_span(std::uint32_t index) {
  const ZipkinSpan& span = spans_[index];
  SpanKind kind = kind_of(span);
  // The server knows its own name better than the client does.
  if (kind == SpanKind::Client && has_children_[index]) return;
  const std::uint32_t local = name(span), remote = span.remote;
  constexpr std::uint32_t kNoName = ZipkinSpan::kNoName;
  if (kind == SpanKind::Local) {
    if (local == kNoName || remote == kNoName) return;
    kind = SpanKind::Client;
  }
  const bool is_served = kind == SpanKind::Server || kind == SpanKind::Consumer;
  std::uint32_t caller = is_served ? remote : local;
  const std::uint32_t callee = is_served ? local : remote;
  bool has_failed = span.has_failed != 0, caller_is_remote = is_served;
  if (kind == SpanKind::Producer || kind == SpanKind::Consumer) {
    if (caller != kNoName && callee != kNoName) add(caller, callee, span, has_failed, caller_is_remote);
    return;
  }
  const std::uint32_t above = remote_ancestor(index);
  if (above != kNone && name(spans_[above]) != kNoName) {
    const ZipkinSpan& ancestor = spans_[above];
    const std::uint32_t ancestor_name = name(ancestor);
    // A client whose nearest ancestor is of another service: that one must have been called, too.
    if (kind == SpanKind::Client && local != kNoName && ancestor_name != local) {
      graph_.add({ancestor_name, kind_of_name(graph_.text(ancestor_name))}, {local, kind_of_name(graph_.text(local))},
                 {std::uint64_t{1}, std::uint64_t{0}}, span.at);
    }
    if (kind == SpanKind::Server || caller == kNoName) {
      caller = ancestor_name;
      caller_is_remote = false;
    }
    const bool is_half = kind_of(ancestor) == SpanKind::Client && span.parent != 0 && span.parent == ancestor.id;
    has_failed = has_failed || (is_half && ancestor.has_failed != 0);
  }
  if (caller != kNoName && callee != kNoName) add(caller, callee, span, has_failed, caller_is_remote);
}

void ZipkinLinker::add(std::uint32_t caller, std::uint32_t callee, const ZipkinSpan& span, bool has_failed,
                       bool caller_is_remote) {
  const SpanKind kind = kind_of(span);
  const EndpointKind remote_kind = kind == SpanKind::Producer || kind == SpanKind::Consumer || span.remote_kind == 2
                                       ? EndpointKind::Messaging
                                   : span.remote_kind == 1 ? EndpointKind::Database
                                                           : EndpointKind::Service;
  const auto end = [&](std::uint32_t name, bool is_remote) {
    const EndpointKind known = kind_of_name(graph_.text(name));
    return CallGraph::End{name, is_remote && known == EndpointKind::Service ? remote_kind : known};
  };
  const bool callee_is_remote =
      callee == span.remote && (kind == SpanKind::Client || kind == SpanKind::Producer || kind == SpanKind::Local);
  graph_.add(end(caller, caller_is_remote), end(callee, callee_is_remote),
             {std::uint64_t{1}, has_failed ? std::uint64_t{1} : std::uint64_t{0}}, span.at);
}

}  // namespace migplan
