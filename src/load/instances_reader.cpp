#include "migplan/load/instances_reader.hpp"

#include <array>

#include "document_reader.hpp"
#include "instances_spec.hpp"

namespace migplan {

Result<std::vector<InstanceAnswer>> read_instance_answers(ByteSource& source, std::string_view name) {
  AnswersDraft draft;
  Issues issues;
  TextArena arena;
  FieldReader reader(answers_spec(), &draft, name, issues, arena);
  feed_document(source, reader);
  if (issues.has_errors()) return issues;
  std::vector<InstanceAnswer> answers;
  for (const AnswerDraft& read : draft.instances) {
    InstanceAnswer& answer = answers.emplace_back();
    answer.instance = read.instance;
    answer.makespan = static_cast<std::int32_t>(read.makespan.steps());
    for (const Count start : read.starts) answer.starts.push_back(static_cast<std::int32_t>(start.steps()));
  }
  return answers;
}

}  // namespace migplan
