#include <string>
#include <string_view>
#include <utility>

#include "json_front.hpp"
#include "json_shape.hpp"
#include "report_formats.hpp"
#include "report_parts.hpp"

// Answer of Datadog's /api/v1/service_dependencies?env= (beta): {"cart": {"calls": ["auth", "stock"]}}.
namespace migplan {
namespace {

enum What : int { kService, kCall };

class DatadogReader final : public JsonVisitor {
 public:
  explicit DatadogReader(std::string_view file) : file_(file), graph_(file) {}

  Result<Observations> read(ByteSource& source) {
    static const JsonShape kShape{{"*", kService}, {"*.calls[]", kCall}};
    Issues issues = visit_json(source, file_, kShape, *this);
    if (issues.has_errors()) return issues;
    observations_.origin.tool = "datadog";
    graph_.finish(observations_);
    return observed(std::move(observations_), std::move(issues));
  }

  void begin(int, JsonPlace& place) override {
    service_ = place.key();
    observations_.subjects.push_back(service_);
  }
  void value(int, std::string_view text, JsonPlace& place) override {
    graph_.add({graph_.name(service_)}, {graph_.name(text)}, {}, place.at(), place.path());
  }

 private:
  std::string file_, service_;
  Observations observations_;
  CallGraph graph_;
};

Result<Observations> read_datadog(ByteSource& source, std::string_view file, const ReportOptions&) {
  return DatadogReader(file).read(source);
}

bool is_datadog(std::string_view beginning) {
  const JsonFront front(beginning);
  return front.has_inner("calls") && !front.has("data");
}

}  // namespace

const ReportFormat kDatadog{"datadog", "service dependencies of Datadog, as its API answers", is_datadog, read_datadog};

}  // namespace migplan
