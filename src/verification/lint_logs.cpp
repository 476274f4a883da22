#include <algorithm>
#include <array>

#include "lint_rules.hpp"
#include "migplan/base/ascii.hpp"

namespace migplan {
namespace {

constexpr std::string_view kLintLogs = "lint-logs";

// Spellings of the three fields that the source asks for; others are compared as they are.
struct Spellings {
  std::string_view field;
  std::array<std::string_view, 8> also;
};
constexpr std::array<Spellings, 3> kSpellings{{
    {"traceid", {"traceid", "xb3traceid", "ddtraceid", "logginggoogleapiscomtrace", "traceparent", "", "", ""}},
    {"servicename",
     {"servicename", "service", "application", "applicationname", "app", "appname", "springapplicationname",
      "ddservice"}},
    {"level", {"level", "loglevel", "severity", "levelname", "lvl", "", "", ""}},
}};

// "trace.id", "traceId" and "trace_id" as "traceid".
std::string plain(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (is_alphanumeric(c)) out += lower(c);
  }
  return out;
}

bool is_spelling(std::string_view wanted, const std::string& found) {
  if (found == wanted) return true;
  const auto* const known = std::find_if(kSpellings.begin(), kSpellings.end(),
                                         [&](const Spellings& spellings) { return spellings.field == wanted; });
  return known != kSpellings.end() && std::find(known->also.begin(), known->also.end(), found) != known->also.end();
}

bool has_field(const std::vector<std::string>& fields, std::string_view wanted) {
  const std::string name = plain(wanted);
  return std::any_of(fields.begin(), fields.end(),
                     [&name](const std::string& field) { return is_spelling(name, plain(field)); });
}

// What a tracing library puts into the context of a thread is the trace id, never the level or the name.
bool is_from_context(const LogOutput& output, std::string_view wanted) {
  if (!output.has_context) return false;
  return output.context_keys.empty() ? plain(wanted) == "traceid" : has_field(output.context_keys, wanted);
}

void judge(const LogOutput& output, const LintPolicy& policy, ObjectLint& lint) {
  const auto all = static_cast<std::int64_t>(policy.log_fields.size());
  const std::string what = output.encoder.empty() ? "no encoder is named" : output.encoder;
  if (!output.is_structured) {
    count(lint.fail(output.place, say("output {} writes lines that are no JSON", output.name), what), 0, all, "fields");
    return;
  }
  if (!output.fields) {
    count(lint.doubt(output.place, say("what output {} writes is not said in these files", output.name), what), 0, all,
          "fields");
    return;
  }
  std::vector<std::string> missing;
  for (const std::string& field : policy.log_fields) {
    if (!has_field(*output.fields, field) && !is_from_context(output, field)) missing.push_back(field);
  }
  if (missing.empty()) return;
  count(lint.fail(output.place, say("output {} writes JSON without {}", output.name, joined_names(missing)), what),
        all - static_cast<std::int64_t>(missing.size()), all, "fields");
}

}  // namespace

void lint_logs(const LoggingConfig& config, const LintPolicy& policy, LintRows& rows) {
  if (config.outputs.empty()) return;
  ObjectLint lint(kLintLogs, config.service, config.object, config.outputs.front().place, rows);
  for (const LogOutput& output : config.outputs) judge(output, policy, lint);
  lint.pass("every output is JSON with the fields of the policy");
}

}  // namespace migplan
