#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/issue.hpp"
#include "migplan/model/inventory.hpp"
#include "migplan/model/service.hpp"

namespace migplan {

enum class TransactionTarget : std::uint8_t { Saga, Tcc };
[[nodiscard]] std::string_view name_of(TransactionTarget target) noexcept;

// What is wrong with a declared transaction, or has to be seen to when it is rebuilt.
struct TransactionFinding {
  Severity severity = Severity::Error;
  std::size_t step = 0;  // counted from 1; 0 = the transaction as a whole
  std::string message;
};

// What a declared transaction becomes. docs/models.md section 8.
struct TransactionPlan {
  const Transaction* declared = nullptr;
  TransactionTarget target = TransactionTarget::Saga;
  std::string why;  // the target
  std::vector<TransactionFinding> findings{};
};

// A transaction of Seata AT becomes TCC where a step reserves a resource, a Saga otherwise; what is one of them already
// stays so. Checked: every step has a compensation; what that needs is carried by its own step or one before; nothing
// does more when it runs twice; in TCC, Confirm and Cancel take the id of the transaction only. The plan points to the
// transaction.
[[nodiscard]] TransactionPlan transaction_plan(const Transaction& transaction);

// Whether the name means the id of the transaction, which every step is given.
[[nodiscard]] bool is_transaction_id(std::string_view parameter) noexcept;

// The findings of one service's transactions as warnings in its file; notes are left out.
[[nodiscard]] Issues transaction_issues(const Inventory& inventory, ServiceIndex service);

}  // namespace migplan
