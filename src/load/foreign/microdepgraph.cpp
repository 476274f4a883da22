#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <pugixml.hpp>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "report_formats.hpp"
#include "report_parts.hpp"

// GraphML of MicroDepGraph: <node id="cart"/>, <edge source="cart" target="stock"/>. Databases and brokers are nodes
// like any other.
namespace migplan {
namespace {

Result<Observations> read_graph(ByteSource& source, std::string_view file, const ReportOptions&) {
  const std::string text = read_all(source);
  pugi::xml_document document;
  if (const auto parsed = document.load_buffer(text.data(), text.size()); !parsed) {
    const auto at = text.substr(0, static_cast<std::size_t>(parsed.offset));
    const auto line = static_cast<std::uint32_t>(std::count(at.begin(), at.end(), '\n')) + 1;
    const auto column = static_cast<std::uint32_t>(at.size() - (at.rfind('\n') + 1)) + 1;
    return Issue{
        Severity::Error, std::string(file), {line, column}, "", fmt::format("not XML: {}", parsed.description()), "",
        Cause::Syntax};
  }
  const pugi::xml_node graph = document.child("graphml").child("graph");
  if (!graph) return remark(file, Severity::Error, "found no graph, expected graphml with a graph");
  Observations observations;
  observations.origin.tool = "microdepgraph";
  std::set<std::string> known;
  for (const pugi::xml_node node : graph.children("node")) {
    const std::string id = node.attribute("id").value();
    if (!id.empty() && known.insert(id).second) observations.subjects.push_back(id);
  }
  CallGraph calls(file);
  Issues issues;
  for (const pugi::xml_node edge : graph.children("edge")) {
    const std::string from = edge.attribute("source").value(), to = edge.attribute("target").value();
    if (!known.contains(from) || !known.contains(to)) {
      issues.add(
          remark(file, Severity::Error,
                 fmt::format("the edge from {} to {} has an end that is no node", in_quotes(from), in_quotes(to))));
      continue;
    }
    calls.add({calls.name(from)}, {calls.name(to)}, {}, {}, "graph.edge");
  }
  calls.finish(observations);
  return observed(std::move(observations), std::move(issues));
}

bool is_graph(std::string_view beginning) { return beginning.find("<graphml") != std::string_view::npos; }

}  // namespace

const ReportFormat kMicroDepGraph{"microdepgraph", "GraphML of MicroDepGraph", is_graph, read_graph};

}  // namespace migplan
