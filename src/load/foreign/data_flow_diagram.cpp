#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json_front.hpp"
#include "json_shape.hpp"
#include "report_formats.hpp"
#include "report_parts.hpp"

// Data flow diagrams of microservices as the microSecEnD data set writes them: services, external entities, flows.
namespace migplan {
namespace {

enum What : int { kServices, kService, kName, kStereotype, kExternal, kFlow, kSender, kReceiver };

class DiagramReader final : public JsonVisitor {
 public:
  explicit DiagramReader(std::string_view file) : file_(file), graph_(file) {}

  Result<Observations> read(ByteSource& source) {
    static const JsonShape kShape{{"services", kServices},
                                  {"services[]", kService},
                                  {"services[].name", kName},
                                  {"services[].stereotypes[]", kStereotype},
                                  {"external_entities[].name", kExternal},
                                  {"information_flows[]", kFlow},
                                  {"information_flows[].sender", kSender},
                                  {"information_flows[].receiver", kReceiver}};
    Issues issues = visit_json(source, file_, kShape, *this);
    if (issues.has_errors()) return issues;
    observations_.origin.tool = "dfd";
    for (const Flow& flow : flows_) {
      graph_.add({graph_.name(flow.sender), kind(flow.sender)}, {graph_.name(flow.receiver), kind(flow.receiver)}, {},
                 flow.at, "information_flows");
    }
    graph_.finish(observations_);
    return observed(std::move(observations_), std::move(issues));
  }

  void begin(int what, JsonPlace& place) override {
    if (what == kService) {
      name_.clear();
      kind_ = EndpointKind::Service;
    }
    if (what == kFlow) flow_ = {"", "", place.at()};
  }

  void end(int what, JsonPlace& place) override {
    if (what == kService && !name_.empty()) {
      kinds_.insert_or_assign(name_, kind_);
      if (kind_ == EndpointKind::Service) observations_.subjects.push_back(name_);
    }
    if (what != kFlow) return;
    if (flow_.sender.empty() || flow_.receiver.empty()) {
      return place.add(Severity::Error, "expected sender and receiver");
    }
    flows_.push_back(std::exchange(flow_, {}));
  }

  void value(int what, std::string_view text, JsonPlace&) override {
    switch (what) {
      case kName: name_ = text; break;
      case kStereotype: take_stereotype(text); break;
      case kExternal: kinds_.insert_or_assign(std::string(text), EndpointKind::Outside); break;
      case kSender: flow_.sender = text; break;
      case kReceiver: flow_.receiver = text; break;
      default: break;
    }
  }

 private:
  struct Flow {
    std::string sender, receiver;
    Position at;
  };

  void take_stereotype(std::string_view text) noexcept {
    if (text == "database") kind_ = EndpointKind::Database;
    if (text == "message_broker") kind_ = EndpointKind::Messaging;
    if (text == "gateway") kind_ = EndpointKind::Gateway;
  }

  [[nodiscard]] EndpointKind kind(const std::string& name) const {
    const auto found = kinds_.find(name);
    return found == kinds_.end() ? EndpointKind::Unknown : found->second;
  }

  std::string file_;
  Observations observations_;
  CallGraph graph_;
  std::string name_;
  EndpointKind kind_ = EndpointKind::Service;
  Flow flow_;
  std::vector<Flow> flows_;
  std::map<std::string, EndpointKind> kinds_;
};

Result<Observations> read_diagram(ByteSource& source, std::string_view file, const ReportOptions&) {
  return DiagramReader(file).read(source);
}

bool is_diagram(std::string_view beginning) {
  const JsonFront front(beginning);
  return front.has("information_flows") ||
         (front.has("services") && beginning.find("\"stereotypes\"") != std::string_view::npos);
}

}  // namespace

const ReportFormat kDataFlowDiagram{"dfd", "data flow diagram of microservices (microSecEnD), as JSON", is_diagram,
                                    read_diagram};

}  // namespace migplan
