// Text for Graphviz: no text of the input ends a label or becomes an escape of it.

#include <catch2/catch.hpp>
#include <string>

#include "hand_made.hpp"
#include "migplan/report/network.hpp"

using namespace migplan;
using namespace migplan::hand_made;
using Catch::Matchers::Contains;

namespace {

std::string drawn(Network network) {
  Report report;
  report.network = [network = std::move(network)] { return network; };
  return written(write_dot, report);
}

// a calls b, which moves later.
Network two_nodes() {
  Network network{.title = "Two services"};
  network.groups = {{"2024-Q1: 1 cutover"}, {"2024-Q2: 1 cutover"}};
  network.nodes = {{.name = "a", .tier = "S"}, {.name = "b", .tier = "A", .rank = 1, .group = 1}};
  network.edges = {{.from = 0, .to = 1}};
  return network;
}

}  // namespace

TEST_CASE("dot format: services stand in the clusters of their waves") {
  const std::string text = drawn(two_nodes());
  CHECK_THAT(
      text,
      Contains(
          "  subgraph cluster_0 {\n    label=\"2024-Q1: 1 cutover\"; color=\"#c9ced6\"; style=rounded; rank=same;\n"
          "    n0 [label=\"a\", fillcolor=\"#f8d7cf\", tooltip=\"a: tier S\"];\n  }\n"));
  CHECK_THAT(
      text,
      Contains(
          "  subgraph cluster_1 {\n    label=\"2024-Q2: 1 cutover\"; color=\"#c9ced6\"; style=rounded; rank=same;\n"
          "    n1 [label=\"b\", fillcolor=\"#fbe8bf\", tooltip=\"b: tier A\"];\n  }\n"));
  CHECK_THAT(text, Contains("  n0 -> n1 [style=invis, constraint=true];\n  n0 -> n1;\n}\n"));
}

TEST_CASE("dot format: weak dependencies, cycles, bridges and the critical chain differ") {
  Network network = two_nodes();
  network.nodes[0].is_critical = true;
  network.edges[0].is_strong = false;
  network.edges[0].bridge = "2024-01-02 to 2024-04-01";
  network.edges.push_back({.from = 1, .to = 0, .is_in_cycle = true});
  const std::string text = drawn(network);
  CHECK_THAT(text, Contains("tooltip=\"a: tier S\", color=\"#c00000\", penwidth=2];"));
  CHECK_THAT(text, Contains("  n0 -> n1 [style=dashed, arrowhead=open, color=\"#c00000\", "
                            "tooltip=\"bridge 2024-01-02 to 2024-04-01\"];\n"));
  CHECK_THAT(text, Contains("  n1 -> n0 [penwidth=2.2];\n"));
}

TEST_CASE("dot format: text of the input stays text") {
  Network network = two_nodes();
  network.nodes[0].display_name = "\"]; evil [label=\"\\N &lt; 购物车\n";
  const std::string text = drawn(network);
  CHECK_THAT(text, Contains("[label=\"a\\n\\\"]; evil [label=\\\"\\\\N &amp;lt; 购物车\\\\n\", fillcolor="));
}
