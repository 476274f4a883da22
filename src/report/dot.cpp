#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "gathered_text.hpp"
#include "migplan/base/issue.hpp"
#include "migplan/report/report.hpp"

namespace migplan {
namespace {

// A text in quotes. Graphviz takes a backslash for the beginning of a line's end or of an object's name, and "&" for
// that of a character of HTML.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : printable(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
    if (c == '&') out += "amp;";
  }
  return out + '"';
}

std::string label_of(const NetworkNode& node) {
  if (node.display_name.empty()) return quoted(node.name);
  std::string label = quoted(node.name);
  label.pop_back();
  return label + "\\n" + quoted(node.display_name).substr(1);
}

void append_node(std::string& out, const NetworkNode& node, std::size_t number) {
  // By rank of the tier; further ones have the last.
  constexpr std::array<std::string_view, 4> kFills{"#f8d7cf", "#fbe8bf", "#d7ebd7", "#e4e9f0"};
  const std::string_view fill = kFills[std::min<std::size_t>(node.rank, kFills.size() - 1)];
  fmt::format_to(std::back_inserter(out), "    n{} [label={}, fillcolor=\"{}\", tooltip={}{}];\n", number,
                 label_of(node), fill, quoted(fmt::format("{}: tier {}", node.name, node.tier)),
                 node.is_critical ? ", color=\"#c00000\", penwidth=2" : "");
}

void append_edge(std::string& out, const NetworkEdge& edge) {
  fmt::format_to(std::back_inserter(out), "  n{} -> n{}", edge.from, edge.to);
  std::string attributes;
  const auto add = [&attributes](std::string_view attribute) {
    attributes += attributes.empty() ? " [" : ", ";
    attributes += attribute;
  };
  if (!edge.is_strong) add("style=dashed, arrowhead=open");
  if (edge.is_in_cycle) add("penwidth=2.2");
  if (!edge.bridge.empty()) {
    add("color=\"#c00000\"");
    add("tooltip=" + quoted("bridge " + edge.bridge));
  }
  out += attributes + (attributes.empty() ? ";\n" : "];\n");
}

void append_head(std::string& out, const Network& network) {
  std::string title = quoted(network.title);
  title.pop_back();
  out += "digraph plan {\n";
  out +=
      "  graph [rankdir=LR, newrank=true, fontname=\"Helvetica\", labelloc=t, labeljust=l, nodesep=0.12, ranksep=2, "
      "label=" +
      title +
      "\\lsolid: strong dependency, dashed: weak, thick: in a cycle, red: bridge from the new platform to the old "
      "one; red box: critical chain\\l\"];\n";
  out +=
      "  node [shape=box, style=\"filled,rounded\", color=\"#8a8f98\", fontname=\"Helvetica\", fontsize=10, "
      "height=0.3];\n";
  out += "  edge [constraint=false, color=\"#6b7280\", arrowsize=0.6];\n";
}

}  // namespace

// Text that `dot -Tsvg` draws: a cluster a wave, which is a column, from left to right in time. Only unseen edges from
// wave to wave place the columns: calls go to and fro.
void write_dot(const Report& report, const FormatOptions&, ByteSink& sink) {
  const Network network = report.network();
  std::string out;
  append_head(out, network);
  std::size_t node = 0, first = 0;  // `first`: of the wave before
  for (std::uint32_t group = 0; group < network.groups.size(); ++group) {
    fmt::format_to(std::back_inserter(out),
                   "  subgraph cluster_{} {{\n    label={}; color=\"#c9ced6\"; style=rounded; rank=same;\n", group,
                   quoted(network.groups[group].title));
    const std::size_t begins = node;
    for (; node < network.nodes.size() && network.nodes[node].group == group; ++node) {
      append_node(out, network.nodes[node], node);
      hand_on(out, sink);
    }
    out += "  }\n";
    if (group > 0) {
      fmt::format_to(std::back_inserter(out), "  n{} -> n{} [style=invis, constraint=true];\n", first, begins);
    }
    first = begins;
  }
  for (const NetworkEdge& edge : network.edges) {
    append_edge(out, edge);
    hand_on(out, sink);
  }
  sink.write(out + "}\n");
}

}  // namespace migplan
