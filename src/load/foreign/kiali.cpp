#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json_front.hpp"
#include "json_shape.hpp"
#include "migplan/base/decimal.hpp"
#include "migplan/base/timestamp.hpp"
#include "report_formats.hpp"
#include "report_parts.hpp"

// /api/namespaces/graph of Kiali (graph/config/cytoscape): nodes by hashed ids, edges with rates a second as texts.
namespace migplan {
namespace {

enum What : int {
  kElements,
  kTimestamp,
  kDuration,
  kGraphType,
  kNode,
  kNodeId,
  kNodeType,
  kApp,
  kService,
  kWorkload,
  kWaypoint,
  kGateway,
  kServiceEntry,
  kEdge,
  kSource,
  kTarget,
  kProtocol,
  kHttp,
  kGrpc,
  kHttpErrors,
  kGrpcErrors,
  kEdgeWaypoint,
};

JsonShape kiali_shape() {
  JsonShape shape{
      {"elements", kElements}, {"timestamp", kTimestamp}, {"duration", kDuration}, {"graphType", kGraphType}};
  shape.add("elements.nodes[].data", {{"", kNode},
                                      {"id", kNodeId},
                                      {"nodeType", kNodeType},
                                      {"app", kApp},
                                      {"service", kService},
                                      {"workload", kWorkload},
                                      {"isWaypoint", kWaypoint, true},
                                      {"isGateway", kGateway, true},
                                      {"isServiceEntry", kServiceEntry, true}});
  shape.add("elements.edges[].data", {{"", kEdge},
                                      {"source", kSource},
                                      {"target", kTarget},
                                      {"traffic.protocol", kProtocol},
                                      {"traffic.rates.http", kHttp},
                                      {"traffic.rates.grpc", kGrpc},
                                      {"traffic.rates.http5xx", kHttpErrors},
                                      {"traffic.rates.grpcErr", kGrpcErrors},
                                      {"waypoint", kEdgeWaypoint, true}});
  return shape;
}

class KialiReader final : public JsonVisitor {
 public:
  explicit KialiReader(std::string_view file) : file_(file), graph_(file) {}

  Result<Observations> read(ByteSource& source) {
    static const JsonShape kShape = kiali_shape();
    Issues issues = visit_json(source, file_, kShape, *this);
    if (!issues.has_errors() && !has_elements_) {
      issues.add(remark(file_, Severity::Error, "key \"elements\" is missing: no graph of Kiali"));
    }
    if (!issues.has_errors()) join(issues);
    if (issues.has_errors()) return issues;
    observations_.origin.tool = "kiali";
    graph_.finish(observations_);
    if (waypoints_ != 0) {
      observations_.notes.add(
          remark(file_, Severity::Note,
                 fmt::format("{} through a waypoint: the call itself stands there, too", counted(waypoints_, "edge"))));
    }
    return observed(std::move(observations_), std::move(issues));
  }

  void begin(int what, JsonPlace& place) override {
    if (what == kElements) has_elements_ = true;
    if (what == kNode) node_ = {};
    if (what == kEdge) {
      edge_ = {};
      edge_.at = place.at();
    }
    if (what == kEdgeWaypoint) edge_.is_waypoint = true;
    if (what == kGateway) node_.is_gateway = true;
    if (what == kServiceEntry) node_.is_outside = true;
  }

  void end(int what, JsonPlace& place) override {
    if (what == kNode) {
      if (node_.id.empty()) return place.add(Severity::Error, "key \"id\" is missing");
      numbers_.try_emplace(node_.id, nodes_.size());
      nodes_.push_back(std::exchange(node_, {}));
    }
    if (what == kEdge) edges_.push_back(std::exchange(edge_, {}));
  }

  void value(int what, std::string_view text, JsonPlace& place) override {
    switch (what) {
      case kTimestamp:
        if (const auto seconds = read_whole(text, place)) {
          constexpr std::int64_t kThousand = 1000, kLatest = 253'402'300'799;  // of the year 9999
          if (*seconds <= kLatest) observations_.origin.taken = timestamp_text(*seconds * kThousand);
        }
        break;
      case kDuration: duration_ = read_whole(text, place).value_or(0); break;
      case kNodeId: node_.id = text; break;
      case kNodeType: node_.type = text; break;
      case kApp: node_.app = text; break;
      case kService: node_.service = text; break;
      case kWorkload: node_.workload = text; break;
      case kWaypoint: node_.is_waypoint = text == "true"; break;
      case kGateway: node_.is_gateway = text == "true"; break;
      case kServiceEntry: node_.is_outside = text != "false"; break;
      case kEdgeWaypoint: edge_.is_waypoint = text == "true"; break;
      case kSource: edge_.source = text; break;
      case kTarget: edge_.target = text; break;
      case kHttp:
      case kGrpc: edge_.rate = read_rate(text, place); break;
      case kHttpErrors:
      case kGrpcErrors: edge_.failed_rate = read_rate(text, place).value_or(0); break;
      default: break;
    }
  }

 private:
  static constexpr int kRateDecimals = 3;

  struct Node {
    std::string id, type, app, service, workload;
    bool is_waypoint = false, is_gateway = false, is_outside = false;
    bool routes = false;  // a service that stands for the workloads behind it
  };
  struct Edge {
    std::string source, target;
    std::optional<std::int64_t> rate;  // thousandths of a request a second; none of TCP, which counts bytes
    std::int64_t failed_rate = 0;
    bool is_waypoint = false;
    Position at;
  };
  struct Route {
    std::size_t from = 0, to = 0;
    const Edge* edge = nullptr;
  };

  static std::optional<std::int64_t> read_whole(std::string_view text, JsonPlace& place) {
    const Decimal whole = parse_decimal(text, 0);
    if (whole.status == DecimalStatus::Ok && whole.steps >= 0) return whole.steps;
    place.add(Severity::Error, fmt::format("found {}, expected a whole number", in_quotes(text)));
    return std::nullopt;
  }

  static std::optional<std::int64_t> read_rate(std::string_view text, JsonPlace& place) {
    const Decimal rate = parse_decimal(text, kRateDecimals);
    if (rate.status == DecimalStatus::Ok && rate.steps >= 0) return rate.steps;
    place.add(Severity::Error, fmt::format("found {}, expected a rate", in_quotes(text)));
    return std::nullopt;
  }

  // The application is what its versions and its service are called together.
  static const std::string& name_of_node(const Node& node) {
    return !node.app.empty() ? node.app : !node.service.empty() ? node.service : node.workload;
  }

  static EndpointKind kind_of(const Node& node) {
    const std::string& name = name_of_node(node);
    if (node.type == "unknown" || name == "unknown" || name.empty()) return EndpointKind::Unknown;
    if (node.type == "box" || node.type == "aggregate" || node.is_waypoint) return EndpointKind::Artefact;
    if (node.is_gateway) return EndpointKind::Gateway;
    if (node.is_outside || name == "PassthroughCluster" || name == "BlackHoleCluster") return EndpointKind::Outside;
    return EndpointKind::Service;
  }

  void join(Issues& issues) {
    const std::vector<Route> routes = routes_of(issues);
    for (const Route& route : routes) {
      if (nodes_[route.from].type == "service" && nodes_[route.to].type != "service") nodes_[route.from].routes = true;
    }
    std::map<std::size_t, std::set<std::string>> behind;
    for (const Route& route : routes) {
      if (nodes_[route.from].routes) behind[route.from].insert(name_of_node(nodes_[route.to]));
    }
    for (const Route& route : routes) add(route, behind);
  }

  std::vector<Route> routes_of(Issues& issues) {
    std::vector<Route> routes;
    for (const Edge& edge : edges_) {
      const auto from = numbers_.find(edge.source), to = numbers_.find(edge.target);
      if (from == numbers_.end() || to == numbers_.end()) {
        issues.add({Severity::Error, file_, edge.at, "elements.edges", "an end of the edge is no node", ""});
        continue;
      }
      if (edge.is_waypoint || nodes_[from->second].is_waypoint || nodes_[to->second].is_waypoint) {
        ++waypoints_;
        continue;
      }
      routes.push_back({from->second, to->second, &edge});
    }
    return routes;
  }

  // A service between a caller and the workloads that serve it is no end of a call: they are.
  void add(const Route& route, const std::map<std::size_t, std::set<std::string>>& behind) {
    if (nodes_[route.from].routes) return;
    const auto end = [this](const std::string& name, EndpointKind kind) {
      return CallGraph::End{graph_.name(name.empty() ? "unknown" : name), kind};
    };
    const Node& from = nodes_[route.from];
    const Node& to = nodes_[route.to];
    CallGraph::Counts counts;
    if (route.edge->rate && duration_ != 0) {
      counts.calls = calls_of(*route.edge->rate);
      counts.failed = calls_of(route.edge->failed_rate);
    }
    const auto served = behind.find(route.to);
    if (served == behind.end()) {
      graph_.add(end(name_of_node(from), kind_of(from)), end(name_of_node(to), kind_of(to)), counts, route.edge->at,
                 "elements.edges");
      return;
    }
    // How calls are divided among several applications is not known.
    if (served->second.size() > 1) counts = {};
    for (const std::string& name : served->second) {
      graph_.add(end(name_of_node(from), kind_of(from)), end(name, EndpointKind::Service), counts, route.edge->at,
                 "elements.edges");
    }
  }

  [[nodiscard]] std::uint64_t calls_of(std::int64_t rate) const noexcept {
    return static_cast<std::uint64_t>(divide_half_up(Int128{rate} * duration_, 1000));
  }

  std::string file_;
  Observations observations_;
  CallGraph graph_;
  bool has_elements_ = false;
  std::int64_t duration_ = 0;  // seconds that the rates are of
  Node node_;
  Edge edge_;
  std::vector<Node> nodes_;
  std::map<std::string, std::size_t, std::less<>> numbers_;
  std::vector<Edge> edges_;
  std::uint64_t waypoints_ = 0;
};

Result<Observations> read_kiali(ByteSource& source, std::string_view file, const ReportOptions&) {
  return KialiReader(file).read(source);
}

bool is_kiali(std::string_view beginning) {
  const JsonFront front(beginning);
  return front.has("elements") || (front.has("graphType") && front.has("timestamp"));
}

}  // namespace

const ReportFormat kKiali{"kiali", "graph of a service mesh, as Kiali's API answers", is_kiali, read_kiali};

}  // namespace migplan
