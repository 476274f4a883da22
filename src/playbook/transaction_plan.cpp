#include "migplan/playbook/transaction_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace migplan {
namespace {

class TransactionCheck {
 public:
  explicit TransactionCheck(const Transaction& transaction) : transaction_(transaction) {}

  TransactionPlan run() {
    plan_.declared = &transaction_;
    choose();
    if (transaction_.steps.empty()) add(Severity::Error, 0, "names no steps: nothing says what is undone, and how");
    for (std::size_t i = 0; i < transaction_.steps.size(); ++i) check(i);
    return std::move(plan_);
  }

 private:
  void add(Severity severity, std::size_t step, std::string message) {
    plan_.findings.push_back({severity, step, std::move(message)});
  }

  void choose() {
    const auto& steps = transaction_.steps;
    const auto reserving =
        std::find_if(steps.begin(), steps.end(), [](const TransactionStep& step) { return !step.reserves.empty(); });
    const bool reserves = reserving != steps.end();
    const std::string reason =
        reserves ? fmt::format("step {} reserves {}", reserving - steps.begin() + 1, reserving->reserves)
                 : std::string("no step reserves a resource");
    plan_.target = reserves ? TransactionTarget::Tcc : TransactionTarget::Saga;
    plan_.why = reason;
    if (transaction_.mode == TransactionMode::At) return;
    const TransactionTarget advised = plan_.target;
    plan_.target = transaction_.mode == TransactionMode::Tcc ? TransactionTarget::Tcc : TransactionTarget::Saga;
    plan_.why = "it is one already";
    if (plan_.target == advised) return;
    add(Severity::Warning, 0,
        fmt::format("is declared as {}, but {}: {} would fit better", name_of(transaction_.mode), reason,
                    advised == TransactionTarget::Tcc ? "TCC" : "a Saga"));
  }

  void check(std::size_t i) {
    const TransactionStep& step = transaction_.steps[i];
    if (step.compensation.empty()) {
      add(Severity::Error, i + 1, fmt::format("{} has no compensation", step.action));
    }
    if (!step.compensation.empty()) {
      for (const std::string_view need : step.needs) check_need(i, need);
    }
    if (!step.is_idempotent) {
      add(Severity::Warning, i + 1, fmt::format("{} does not say whether running it twice does more", step.action));
    } else if (!*step.is_idempotent) {
      add(Severity::Error, i + 1,
          fmt::format("{} does more when it runs twice, but {} may be sent again", step.action,
                      plan_.target == TransactionTarget::Tcc ? "Try, Confirm and Cancel" : "steps and compensations"));
    }
    if (plan_.target == TransactionTarget::Tcc) check_parameters(i);
  }

  [[nodiscard]] bool carries(std::size_t i, std::string_view parameter) const {
    const auto& all = transaction_.steps[i].carries;
    return std::find(all.begin(), all.end(), parameter) != all.end();
  }

  void check_need(std::size_t i, std::string_view need) {
    if (is_transaction_id(need)) return;
    const std::string_view compensation = transaction_.steps[i].compensation;
    for (std::size_t k = 0; k <= i; ++k) {
      if (carries(k, need)) return;
    }
    for (std::size_t k = i + 1; k < transaction_.steps.size(); ++k) {
      if (!carries(k, need)) continue;
      add(Severity::Error, i + 1,
          fmt::format("{} needs {}, which only step {} carries, and that has not run when step {} fails", compensation,
                      need, k + 1, i + 2));
      return;
    }
    add(Severity::Error, i + 1, fmt::format("{} needs {}, which no step carries", compensation, need));
  }

  void check_parameters(std::size_t i) {
    std::vector<std::string_view> kept;
    for (const std::string_view need : transaction_.steps[i].needs) {
      if (!is_transaction_id(need)) kept.push_back(need);
    }
    if (kept.empty()) return;
    add(Severity::Note, i + 1,
        fmt::format("Confirm and Cancel take the id of the transaction only: Try keeps {} beside it",
                    fmt::join(kept, ", ")));
  }

  const Transaction& transaction_;
  TransactionPlan plan_;
};

}  // namespace

std::string_view name_of(TransactionTarget target) noexcept {
  return target == TransactionTarget::Tcc ? "tcc" : "saga";
}

bool is_transaction_id(std::string_view parameter) noexcept {
  constexpr std::array<std::string_view, 4> kNames{"xid", "transaction_id", "tx_id", "saga_id"};
  return std::find(kNames.begin(), kNames.end(), parameter) != kNames.end();
}

TransactionPlan transaction_plan(const Transaction& transaction) { return TransactionCheck(transaction).run(); }

Issues transaction_issues(const Inventory& inventory, ServiceIndex service) {
  Issues issues;
  const Service& of = inventory[service];
  const auto& transactions = details_of(of).transactions;
  for (std::size_t i = 0; i < transactions.size(); ++i) {
    for (const TransactionFinding& finding : transaction_plan(transactions[i]).findings) {
      if (finding.severity == Severity::Note) continue;
      std::string field = fmt::format("transactions[{}]", i);
      if (finding.step != 0) field += fmt::format(".steps[{}]", finding.step - 1);
      issues.add({Severity::Warning, inventory.files()[of.file], of.at, inventory.path_of(service, field),
                  fmt::format("{}: {} ({})", printable(transactions[i].name), printable(finding.message), of.name),
                  ""});
    }
  }
  return issues;
}

}  // namespace migplan
