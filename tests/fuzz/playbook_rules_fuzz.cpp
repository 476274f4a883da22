#include <memory>
#include <vector>

#include "migplan/load/inventory_reader.hpp"
#include "migplan/load/playbook_reader.hpp"
#include "migplan/load/policy_reader.hpp"
#include "migplan/report/playbook_views.hpp"
#include "property.hpp"

namespace {

using namespace migplan;

Inventory one_service() {
  std::vector<InventorySource> sources;
  sources.push_back({"s.yaml",
                     std::make_unique<TextSource>("services:\n"
                                                  "  - name: cart\n"
                                                  "    display_name: \"`$(x)` | <b>\"\n"
                                                  "    depends_on: [{service: redis, external: true}]\n"
                                                  "    stack: [java8, dubbo-2.7]\n"
                                                  "    payloads: ['List<Long>']\n"
                                                  "    transactions: [{name: a, steps: [{service: cart, action: b, "
                                                  "carries: [c], needs: [d]}]}]\n"),
                     InventoryFormat::Yaml});
  auto inventory = read_inventory(std::move(sources));
  fuzz::require(inventory.is_ok(), "the inventory of this target is one");
  return std::move(inventory).value();
}

// What the reader takes can be rendered: the library refuses no template that it let pass.
void render(RuleSection section) {
  static const Inventory kInventory = one_service();
  static const Scorecard kCard(kInventory, builtin_policy());
  static const PlaybookLandscape kLandscape(kCard);
  const auto playbook = Playbook::create({}, {std::move(section)});
  if (!playbook.is_ok()) return;
  const std::vector<Runbook> runbooks{make_runbook(kLandscape, playbook.value(), 0, nullptr)};
  const auto files = runbook_files({&kLandscape, runbooks, ""});
  fuzz::require(files.size() == 2, "one runbook and the index");
  const auto report = playbook_report({&kLandscape, runbooks, ""}, {});
  fuzz::require(report.is_ok(), "a runbook can be reported");
  TextSink sink;
  write_json(report.value(), {}, sink);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  TextSource source(fuzz::text_of(data, size));
  auto section = read_playbook_section(source, "input");
  fuzz::require(section.is_ok() != section.issues().has_errors(), "a result is a value or errors");
  fuzz::require_complete(section.issues());
  if (section.is_ok()) render(std::move(section).value());
  return 0;
}
