#pragma once

#include <cstdint>
#include <functional>
#include <optional>
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

// Exemptions of one file: every check is one of check_rules(), reason and owner are not empty, no two are for the same
// check and service. Immutable.
class Exemptions {
 public:
  Exemptions() = default;
  // `file` is named in messages.
  [[nodiscard]] static Result<Exemptions> create(std::vector<Exemption> list, std::string file);

  [[nodiscard]] std::span<const Exemption> list() const noexcept { return list_; }
  [[nodiscard]] const std::string& file() const noexcept { return file_; }
  // The place in the list of the one for this check and service.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view check, std::string_view service) const;
  // An error for each exemption of a service that is not known; service-removed may name one that is gone.
  [[nodiscard]] Issues unknown_services(const std::function<bool(std::string_view)>& is_known,
                                        const std::function<std::string_view(std::string_view)>& nearest) const;

 private:
  std::vector<Exemption> list_;        // as in the file
  std::vector<std::uint32_t> by_key_;  // by check, then service
  std::string file_;
};

// The exemptions on one day, and which of them a run of checks made use of. Keeps a reference to them.
class ExemptionUse {
 public:
  // A day is needed unless there are none.
  ExemptionUse(const Exemptions& exemptions, std::optional<Date> as_of);
  ExemptionUse(Exemptions&&, std::optional<Date>) = delete;

  // The exemption that covers this failure on that day; null = none does. It counts as used.
  [[nodiscard]] const Exemption* claim(std::string_view check, std::string_view service);
  // A warning, in the order of the file, for each exemption from one of the `known` checks that has expired, and for
  // each from one that was run that met no failure. Only of services that were judged, where it is told which.
  [[nodiscard]] Issues leftovers(std::span<const std::string_view> known, std::span<const std::string_view> run,
                                 const std::function<bool(std::string_view service)>& is_judged = {}) const;

 private:
  const Exemptions* exemptions_;
  std::optional<Date> as_of_;
  std::vector<bool> is_used_;
};

}  // namespace migplan
