#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "diagnostics.hpp"
#include "env.hpp"
#include "migplan/base/text.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/load/inventory_reader.hpp"
#include "migplan/load/project_reader.hpp"
#include "migplan/model/exemption.hpp"
#include "migplan/model/inventory.hpp"
#include "migplan/model/policy.hpp"
#include "migplan/playbook/rule.hpp"
#include "migplan/report/report.hpp"
#include "migplan/scheduling/plan_dates.hpp"

namespace migplan::cli {

// Options that mean the same in every command that takes them.
struct Options {
  std::vector<std::string> files;
  std::vector<std::string> services;
  std::string policy;
  std::string project;
  std::string format;
  std::string output;
  TableChoice choice;
  std::string exemptions;
  std::string as_of;
  std::string colour = "auto";
  std::string log_format = "text";
  std::string language = "en";
  std::size_t threads = 0;  // 0 = as many as there are processors
  bool has_byte_order_mark = false;
  bool is_quiet = false;
  bool is_verbose = false;
  bool is_strict = false;
};

// One run of one command: finds and reads its inputs, prints its result, and knows the exit code of each way to fail.
class Session {
 public:
  Session(Env& env, const Options& options);

  [[nodiscard]] Env& env() noexcept { return env_; }
  [[nodiscard]] const Options& options() const noexcept { return options_; }
  [[nodiscard]] Diagnostics& diagnostics() noexcept { return diagnostics_; }
  [[nodiscard]] unsigned threads() const noexcept;
  // Where there is room for what does not fit the memory.
  [[nodiscard]] std::string scratch_folder() const;

  // Files that a command reads; `named` are its positionals. From migplan.yaml where none are named.
  struct Input {
    std::string path;  // as shown; "-" = standard input
    bool is_from_folder = false;
  };
  [[nodiscard]] Result<std::vector<Input>> inventory_inputs();
  [[nodiscard]] Result<std::vector<Input>> inputs_at(const std::vector<std::string>& paths);
  // The paths named, or those of migplan.yaml where none are.
  [[nodiscard]] Result<std::vector<std::string>> inventory_paths(const std::vector<std::string>& named);
  [[nodiscard]] Result<std::vector<std::string>> baseline_paths(const std::string& named);
  // Standard input can be read once: of these paths, the positionals, the policy and the exemptions.
  [[nodiscard]] Issues input_issues(std::vector<std::string> paths) const;
  [[nodiscard]] Result<Inventory> read_inventory_inputs(const std::vector<Input>& inputs,
                                                        Profiles profiles = Profiles::Kept);
  [[nodiscard]] Result<Policy> policy() { return policy(options_.policy); }
  // Empty = what migplan.yaml names, or the built-in one.
  [[nodiscard]] Result<Policy> policy(std::string path);
  // What most commands begin with, its warnings printed; every problem of both at once.
  struct Inputs {
    Policy policy;
    Inventory inventory;
  };
  [[nodiscard]] Result<Inputs> inputs(Profiles profiles = Profiles::Kept);
  [[nodiscard]] Result<Inputs> inputs(const std::vector<std::string>& paths, const std::string& policy_file,
                                      Profiles profiles = Profiles::Kept);
  // What a score report was made from.
  [[nodiscard]] Result<Inputs> recorded(const std::string& path);
  // Whether a file names itself a document of ours that is no inventory: read as a score report, it is one or is
  // refused in one line.
  [[nodiscard]] bool is_report(const std::string& path);
  // The first lines of a file; empty = there is no such file.
  [[nodiscard]] std::string beginning_of(const std::string& path);
  // The format that a file names in its first lines; empty = none, or no such file.
  [[nodiscard]] std::string schema_of(const std::string& path);
  // The exemptions in force; none where no file of them is named. They are judged on a day, so --as-of must say which.
  struct DatedExemptions {
    Exemptions list;
    std::optional<Date> as_of;  // null where nothing is to be judged
  };
  [[nodiscard]] Result<DatedExemptions> exemptions();
  // --as-of, or the complaint that it is missing: "exemptions need --as-of …: they end on a day".
  [[nodiscard]] Result<Date> as_of(std::string_view who_needs_it, std::string_view why) const;
  // A plan that `schedule` wrote, or one that a person edited.
  [[nodiscard]] Result<PlanDates> read_plan_file(const std::string& path);
  // What --schedule or migplan.yaml names; null where neither does. Refuses the plan of another inventory.
  [[nodiscard]] Result<std::optional<PlanDates>> schedule(const std::string& named, const Inventory& inventory);
  // The built-in rules with those of the files, or of folders, merged over them; empty = what migplan.yaml names.
  [[nodiscard]] Result<Playbook> playbook(std::string named);
  // Whether there are other rules than the built-in ones.
  [[nodiscard]] bool has_playbooks(const std::string& named);
  // The files that these rules stand in; none where only the built-in ones are in force.
  [[nodiscard]] Result<std::vector<std::string>> playbook_files(std::string named);
  // The import manifest that is named, or what migplan.yaml names; empty = neither.
  [[nodiscard]] Result<std::string> imports_path(const std::string& named);
  // The same, on no day.
  [[nodiscard]] Result<Exemptions> read_exemptions_file();
  // Problems of the project file, if there is one.
  [[nodiscard]] Issues project_issues();
  [[nodiscard]] bool has_policy_file();
  [[nodiscard]] Result<std::unique_ptr<ByteSource>> open(const std::string& path);

  // Prints a result in the chosen format and place. Returns `code`, or the code of what went wrong.
  [[nodiscard]] int print(const Result<Report>& report, int code = kDone, std::string_view format_otherwise = "text");
  // Writes files into the folder of -o, which is made where there is none: all of them or, while the disk lets it,
  // none.
  struct NamedText {
    std::string name, text;
  };
  [[nodiscard]] int write_folder(const std::vector<NamedText>& files);
  [[nodiscard]] int print_text(std::string_view text);
  // For the problems that stop a command.
  [[nodiscard]] int fail(const Issues& issues);

 private:
  [[nodiscard]] Result<const ProjectFile*> project();
  [[nodiscard]] std::optional<std::string> find_project() const;
  [[nodiscard]] PeekedSource& standard_input();
  [[nodiscard]] std::string beside_project(const std::string& path) const;
  [[nodiscard]] Issues add_input(const std::string& path, std::vector<Input>& inputs);
  // Without an error of `produce` nothing is in the way of what it wrote; with one nothing is left.
  [[nodiscard]] int write(const std::function<Issues(ByteSink&)>& produce);
  [[nodiscard]] Issues objections_to(const Format& format, const Report& report) const;
  [[nodiscard]] bool is_for_standard_output() const;
  [[nodiscard]] Result<const Format*> format(std::string_view otherwise) const;
  [[nodiscard]] FormatOptions format_options() const;

  Env& env_;
  const Options& options_;
  Diagnostics diagnostics_;
  std::optional<Catalogue> language_;  // null = English
  std::optional<ProjectFile> project_;
  std::optional<PeekedSource> standard_input_;
  std::string project_folder_;
};

}  // namespace migplan::cli
