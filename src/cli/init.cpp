#include <fmt/format.h>

#include <array>
#include <memory>
#include <string>

#include "command.hpp"
#include "migplan/load/starter_files.hpp"

namespace migplan::cli {
namespace {

int run_init(Session& session, const std::string& folder, bool is_forced) {
  Disk& disk = session.env().disk;
  Issues issues;
  for (const StarterFile& file : starter_files()) {
    const std::string path = folder + "/" + std::string(file.path);
    if (is_forced || disk.kind(path) == PathKind::Missing) continue;
    issues.add({Severity::Error, path, {}, "", "stands here already", "--force replaces it"});
  }
  if (issues.has_errors()) return session.fail(issues);
  const std::string error = disk.make_folder(folder + "/schema");
  if (!error.empty()) {
    issues.add(access_issue(folder, "cannot be created: " + error));
    return session.fail(issues);
  }
  for (const StarterFile& file : starter_files()) {
    const std::string path = folder + "/" + std::string(file.path);
    auto out = disk.create(path);
    if (!out.is_ok()) return session.fail(out.issues());
    OutputFile& target = *out.value();
    target.write(file.text);
    const std::string failure = target.finish();
    if (!failure.empty()) {
      issues.add(access_issue(path, failure));
      return session.fail(issues);
    }
    session.diagnostics().note(fmt::format("wrote {}", path));
  }
  return kDone;
}

}  // namespace

Action set_up_init(const Arguments& arguments, Options& options) {
  const auto folder = std::make_shared<std::string>(".");
  const auto is_forced = std::make_shared<bool>(false);
  arguments.add_option("FOLDER", *folder, "Where to write; default: the current folder").option_text(" ");
  arguments.add_flag("--force", *is_forced, "Replace files that stand there already");
  add_general_options(arguments, options);
  return [folder, is_forced](Session& session) { return run_init(session, *folder, *is_forced); };
}

}  // namespace migplan::cli
