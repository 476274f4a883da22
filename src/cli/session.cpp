#include "session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "migplan/base/nearest.hpp"
#include "migplan/load/catalogue_reader.hpp"
#include "migplan/scoring/inventory_check.hpp"
#include "progress.hpp"
#include "usage.hpp"

namespace migplan::cli {
namespace {

namespace fs = std::filesystem;

LogFormat log_format_of(const Options& options) {
  return options.log_format == "json" ? LogFormat::Json : LogFormat::Text;
}

Verbosity verbosity_of(const Options& options) {
  if (options.is_quiet) return Verbosity::Quiet;
  return options.is_verbose ? Verbosity::Verbose : Verbosity::Normal;
}

// Standard input, owned by nobody here.
class BorrowedSource final : public ByteSource {
 public:
  explicit BorrowedSource(ByteSource& source) : source_(source) {}
  std::size_t read(std::span<char> out) override { return source_.read(out); }
  [[nodiscard]] std::string_view error() const noexcept override { return source_.error(); }

 private:
  ByteSource& source_;
};

std::string_view wanted_by(View view) noexcept {
  switch (view) {
    case View::Projections: return "";
    case View::Findings: return "shows checks, and this run makes none";
    case View::Page: return "is a page of the report, and no other command makes one";
    case View::Picture: return "draws the services of a plan or of the matrix, and no other table";
    case View::Network: return "shows how the services of a plan hang together, and no other table";
    case View::Timetable: return "shows the services or the phases of a plan, and no other table";
  }
  return "";
}

class OutputSink final : public ByteSink {
 public:
  explicit OutputSink(Output& out) : out_(out) {}
  void write(std::string_view bytes) override { out_.write(bytes); }

 private:
  Output& out_;
};

}  // namespace

Session::Session(Env& env, const Options& options)
    : env_(env),
      options_(options),
      diagnostics_(env.err, log_format_of(options), verbosity_of(options)),
      language_(builtin_catalogue(options.language)) {
  if (!language_) return;
  language_->tell_missing([this](std::string_view english, std::string_view) {
    diagnostics_.debug(fmt::format("--lang {}: not translated: {}", options_.language, in_quotes(english, SIZE_MAX)));
  });
}

unsigned Session::threads() const noexcept {
  constexpr std::size_t kMost = 64;
  return options_.threads == 0 ? env_.processors : static_cast<unsigned>(std::min(options_.threads, kMost));
}

std::string Session::scratch_folder() const {
  const auto named = env_.variable("TMPDIR");
  return named && !named->empty() ? *named : "/var/tmp";
}

std::optional<std::string> Session::find_project() const {
  if (!options_.project.empty()) return options_.project;
  for (fs::path folder = env_.disk.current_folder();; folder = folder.parent_path()) {
    const fs::path candidate = folder / "migplan.yaml";
    if (env_.disk.kind(candidate.string()) == PathKind::File) {
      return candidate.lexically_relative(env_.disk.current_folder()).string();
    }
    if (folder == folder.parent_path()) return std::nullopt;
  }
}

// Null where there is none.
Result<const ProjectFile*> Session::project() {
  if (project_) return &*project_;
  const auto path = find_project();
  if (!path) return static_cast<const ProjectFile*>(nullptr);
  auto source = open(*path);
  if (!source.is_ok()) return std::move(source).issues();
  auto project = read_project(*source.value(), *path);
  if (!project.is_ok()) return std::move(project).issues();
  diagnostics_.debug(fmt::format("project {}", *path));
  project_ = std::move(project).value();
  project_folder_ = fs::path(*path).parent_path().string();
  return &*project_;
}

PeekedSource& Session::standard_input() {
  if (!standard_input_) standard_input_.emplace(env_.in);
  return *standard_input_;
}

Result<std::unique_ptr<ByteSource>> Session::open(const std::string& path) {
  if (path == "-") return std::unique_ptr<ByteSource>(std::make_unique<BorrowedSource>(standard_input()));
  return env_.disk.open(path);
}

Issues Session::add_input(const std::string& path, std::vector<Input>& inputs) {
  const auto has = [&inputs](const std::string& name) {
    return std::any_of(inputs.begin(), inputs.end(), [&name](const Input& input) { return input.path == name; });
  };
  if (path == "-" && (has(path) || options_.policy == "-")) {
    Issues issues;
    issues.add(usage_issue("standard input is named twice, it can be read once"));
    return issues;
  }
  if (has(path)) return {};
  if (path == "-" || env_.disk.kind(path) != PathKind::Folder) {
    inputs.push_back({path, false});
    return {};
  }
  auto files = env_.disk.files_below(path);
  if (!files.is_ok()) return std::move(files).issues();
  const std::size_t before = inputs.size();
  for (const std::string& file : files.value()) {
    if (inventory_format_of(file) && !has(file)) inputs.push_back({file, true});
  }
  Issues issues;
  const bool has_candidates = std::any_of(files.value().begin(), files.value().end(), inventory_format_of);
  if (inputs.size() == before && !has_candidates) {
    issues.add(
        {Severity::Error, path, {}, "", "no .yaml, .yml, .json, .jsonl, .ndjson or .csv file in this folder", ""});
  }
  return issues;
}

std::string Session::beside_project(const std::string& path) const {
  return (fs::path(project_folder_) / path).lexically_normal().string();
}

Result<std::vector<std::string>> Session::inventory_paths(const std::vector<std::string>& named) {
  if (!named.empty()) return named;
  auto project = this->project();
  if (!project.is_ok()) return std::move(project).issues();
  if (project.value() == nullptr || project.value()->inventory.empty()) {
    return usage_issue("no inventory given",
                       "name a file, or - for standard input, or write a migplan.yaml (migplan init does)");
  }
  std::vector<std::string> paths;
  for (const std::string& path : project.value()->inventory) paths.push_back(beside_project(path));
  return paths;
}

Result<std::vector<std::string>> Session::baseline_paths(const std::string& named) {
  if (!named.empty()) return std::vector{named};
  auto project = this->project();
  if (!project.is_ok()) return std::move(project).issues();
  if (project.value() == nullptr || project.value()->baseline.empty()) {
    return usage_issue("nothing given to compare with",
                       "name a score report, or a baseline in migplan.yaml (migplan score --format json writes one)");
  }
  return std::vector{beside_project(project.value()->baseline)};
}

Issues Session::input_issues(std::vector<std::string> paths) const {
  paths.insert(paths.end(), options_.files.begin(), options_.files.end());
  paths.push_back(options_.policy);
  paths.push_back(options_.exemptions);
  Issues issues;
  if (std::count(paths.begin(), paths.end(), "-") > 1) {
    issues.add(usage_issue("standard input is named twice, it can be read once"));
  }
  return issues;
}

Result<std::vector<Session::Input>> Session::inventory_inputs() {
  auto paths = inventory_paths(options_.files);
  if (!paths.is_ok()) return std::move(paths).issues();
  return inputs_at(paths.value());
}

Result<std::vector<Session::Input>> Session::inputs_at(const std::vector<std::string>& paths) {
  std::vector<Input> inputs;
  Issues issues;
  for (const std::string& path : paths) issues.append(add_input(path, inputs));
  if (issues.has_errors()) return issues;
  return inputs;
}

Result<Inventory> Session::read_inventory_inputs(const std::vector<Input>& inputs, Profiles profiles) {
  std::vector<InventorySource> sources;
  Issues issues;
  for (const Input& input : inputs) {
    auto source = open(input.path);
    if (!source.is_ok()) {
      issues.append(std::move(source).issues());
      continue;
    }
    const bool is_standard_input = input.path == "-";
    if (input.is_from_folder) {
      std::string beginning(kSchemaWithin, '\0');
      beginning.resize(source.value()->read(beginning));
      const std::string_view schema = declared_schema(beginning);
      const bool is_other = (!schema.empty() && !schema.starts_with("migplan/inventory/")) || is_json_schema(beginning);
      if (is_other) {
        diagnostics_.debug(
            fmt::format("{}: passed over, it is {}", input.path, is_json_schema(beginning) ? "a JSON Schema" : schema));
        continue;
      }
      source = open(input.path);
      if (!source.is_ok()) continue;
    }
    std::unique_ptr<ByteSource> bytes = std::move(source).value();
    if (env_.is_err_terminal && !options_.is_quiet && !is_standard_input) {
      bytes = with_progress(std::move(bytes), env_.err, input.path, env_.disk.size(input.path));
    }
    sources.push_back(
        {shown_name(input.path), std::move(bytes), is_standard_input ? std::nullopt : inventory_format_of(input.path)});
  }
  if (sources.empty() && !inputs.empty() && !issues.has_errors()) {
    issues.add({Severity::Error,
                fs::path(inputs.front().path).parent_path().string(),
                {},
                "",
                "none of the files in this folder is an inventory",
                "name a score report or a policy itself"});
  }
  if (issues.has_errors()) return issues;
  return read_inventory(std::move(sources), threads(), profiles);
}

Issues Session::project_issues() { return Issues(project().issues()); }

Result<Session::Inputs> Session::inputs(Profiles profiles) {
  Issues issues = project_issues();
  if (issues.has_errors()) return issues;
  auto paths = inventory_paths(options_.files);
  if (!paths.is_ok()) return std::move(paths).issues();
  return inputs(paths.value(), options_.policy, profiles);
}

Result<Session::Inputs> Session::inputs(const std::vector<std::string>& named, const std::string& policy_file,
                                        Profiles profiles) {
  Issues issues;
  auto paths = inputs_at(named);
  if (!paths.is_ok()) return std::move(paths).issues();
  auto policy = this->policy(policy_file);
  issues.append(Issues(policy.issues()));
  auto inventory = read_inventory_inputs(paths.value(), profiles);
  issues.append(Issues(inventory.issues()));
  if (policy.is_ok() && inventory.is_ok()) issues.append(override_issues(inventory.value(), policy.value()));
  if (issues.has_errors()) return issues;
  diagnostics_.report(issues);
  diagnostics_.debug(fmt::format("{} services from {} files", inventory.value().size(), paths.value().size()));
  return Inputs{std::move(policy).value(), std::move(inventory).value()};
}

std::string Session::beginning_of(const std::string& path) {
  if (path == "-") return std::string(standard_input().front().substr(0, kSchemaWithin));
  if (env_.disk.kind(path) != PathKind::File) return {};
  const auto source = open(path);
  if (!source.is_ok()) return {};
  std::string beginning(kSchemaWithin, '\0');
  beginning.resize(source.value()->read(beginning));
  return beginning;
}

std::string Session::schema_of(const std::string& path) { return std::string(declared_schema(beginning_of(path))); }

bool Session::is_report(const std::string& path) {
  const std::string schema = schema_of(path);
  return !schema.empty() && !schema.starts_with("migplan/inventory/");
}

Result<const Format*> Session::format(std::string_view otherwise) const {
  if (!options_.format.empty()) {
    if (const Format* const format = find_format(options_.format)) return format;
    std::vector<std::string_view> known;
    for (const Format& format : formats()) known.push_back(format.name);
    return usage_issue(fmt::format("--format: unknown format {}", in_quotes(options_.format)),
                       fmt::format("known: {}", fmt::join(known, ", ")));
  }
  if (const Format* const by_name = format_of_file(options_.output)) return by_name;
  const std::string ending = fs::path(options_.output).extension().string();
  if (!ending.empty() && env_.disk.kind(options_.output) != PathKind::Other) {
    return usage_issue(fmt::format("-o {}: no format has the ending {}", in_quotes(options_.output), in_quotes(ending)),
                       "name the format with --format");
  }
  return find_format(otherwise);
}

FormatOptions Session::format_options() const {
  const bool is_terminal = env_.is_out_terminal && options_.output.empty();
  const auto no_colour = env_.variable("NO_COLOR");
  const bool is_wanted =
      options_.colour == "always" || (options_.colour == "auto" && is_terminal && (!no_colour || no_colour->empty()));
  return {.has_colour = is_wanted,
          .width = is_terminal ? std::optional(env_.terminal_width) : std::nullopt,
          .has_byte_order_mark = options_.has_byte_order_mark,
          .language = language_ ? &*language_ : nullptr,
          .temporary_folder = scratch_folder()};
}

int Session::print(const Result<Report>& report, int code, std::string_view format_otherwise) {
  if (!report.is_ok()) return fail(report.issues());
  const auto format = this->format(format_otherwise);
  if (!format.is_ok()) return fail(format.issues());
  const Issues objections = objections_to(*format.value(), report.value());
  if (objections.has_errors()) return fail(objections);
  const int written =
      write([&](ByteSink& sink) { return format.value()->write(report.value(), format_options(), sink); });
  return written == kDone ? code : written;
}

Issues Session::objections_to(const Format& format, const Report& report) const {
  if (!has_view(report, format.view)) {
    return Issues::of(usage_issue(fmt::format("{} {}", format.name, wanted_by(format.view))));
  }
  const bool goes_to_terminal = env_.is_out_terminal && is_for_standard_output();
  if (format.is_text || !goes_to_terminal) return {};
  return Issues::of(usage_issue(fmt::format("{} is no text, and standard output is a terminal", format.name),
                                fmt::format("name a file: -o FILE{}", format.ending)));
}

bool Session::is_for_standard_output() const { return options_.output.empty() || options_.output == "-"; }

int Session::print_text(std::string_view text) {
  return write([text](ByteSink& sink) {
    sink.write(text);
    return Issues{};
  });
}

int Session::write(const std::function<Issues(ByteSink&)>& produce) {
  if (is_for_standard_output()) {
    OutputSink sink(env_.out);
    const Issues troubles = produce(sink);
    if (troubles.has_errors()) return fail(troubles);
    diagnostics_.report(troubles);
    if (env_.out.error().empty()) return kDone;
    Issues issues;
    issues.add(access_issue("<standard output>", "cannot be written: " + env_.out.error()));
    return fail(issues);
  }
  auto file = env_.disk.create(options_.output);
  if (!file.is_ok()) return fail(file.issues());
  OutputFile& sink = *file.value();
  const Issues troubles = produce(sink);
  if (troubles.has_errors()) return fail(troubles);
  diagnostics_.report(troubles);
  const std::string error = sink.finish();
  if (error.empty()) return kDone;
  Issues issues;
  issues.add(access_issue(options_.output, error));
  return fail(issues);
}

int Session::fail(const Issues& issues) {
  diagnostics_.report(issues);
  return issues.has_access_errors() ? kAccess : kRejected;
}

}  // namespace migplan::cli
