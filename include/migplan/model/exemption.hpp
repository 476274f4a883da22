#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/date.hpp"
#include "migplan/base/result.hpp"

namespace migplan {

// How a check ended. An exempted failure is never shown as passed.
enum class Verdict : std::uint8_t { Pass, Fail, Inconclusive, Exempted };
[[nodiscard]] std::string_view name_of(Verdict verdict) noexcept;

// Leave to fail one check with one service up to and including a day. models.md section 10.
struct Exemption {
  std::string check;
  std::string service;
  std::string reason;
  std::string owner;
  Date expires;
  Position at;
  std::uint32_t number = 0;  // its place in the file's list
};

// The checks of the program that exemptions may name.
[[nodiscard]] std::span<const std::string_view> known_checks() noexcept;

// Exemptions of one file: every check is known, no two are for the same check and service. Immutable.
class Exemptions {
 public:
  Exemptions() = default;
  // `file` is named in messages.
  [[nodiscard]] static Result<Exemptions> create(std::vector<Exemption> list, std::string file);

  [[nodiscard]] std::span<const Exemption> list() const noexcept { return list_; }
  [[nodiscard]] const std::string& file() const noexcept { return file_; }
  // An error for each exemption of a service that is not known.
  [[nodiscard]] Issues unknown_services(const std::function<bool(const Exemption&)>& is_known,
                                        const std::function<std::string_view(std::string_view)>& nearest) const;

 private:
  std::vector<Exemption> list_;  // by check, then service
  std::string file_;
};

// The exemptions on one day, and which of them a run of checks made use of. Keeps a reference to them.
class ExemptionUse {
 public:
  ExemptionUse(const Exemptions& exemptions, Date as_of);
  ExemptionUse(Exemptions&&, Date) = delete;

  // The exemption that covers this failure on that day; null = none does. It counts as used.
  [[nodiscard]] const Exemption* claim(std::string_view check, std::string_view service);
  // A warning for each exemption that has expired or met no failure, of the checks that were run.
  [[nodiscard]] Issues leftovers(std::span<const std::string_view> checks) const;

 private:
  const Exemptions* exemptions_;
  Date as_of_;
  std::vector<bool> is_used_;
};

}  // namespace migplan
