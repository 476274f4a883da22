#include "migplan/model/service.hpp"

namespace migplan {

const ServiceProfile& profile_of(const Service& service) noexcept {
  static const ServiceProfile kNone;
  return service.profile ? *service.profile : kNone;
}

const ServiceDetails& details_of(const Service& service) noexcept {
  static const ServiceDetails kNone;
  return service.details ? *service.details : kNone;
}

std::string_view name_of(Kind kind) noexcept {
  switch (kind) {
    case Kind::Standard: return "standard";
    case Kind::Core: return "core";
    case Kind::LongTail: return "long-tail";
  }
  return "";
}

std::string_view name_of(Status status) noexcept {
  switch (status) {
    case Status::PendingEvaluation: return "pending-evaluation";
    case Status::CodeFrozen: return "code-frozen";
    case Status::InDevelopment: return "in-development";
    case Status::InAdmission: return "in-admission";
    case Status::InCanary: return "in-canary";
    case Status::CutOver: return "cut-over";
    case Status::Retired: return "retired";
  }
  return "";
}

std::string_view name_of(Strength strength) noexcept { return strength == Strength::Strong ? "strong" : "weak"; }

std::string_view name_of(TransactionMode mode) noexcept {
  switch (mode) {
    case TransactionMode::At: return "at";
    case TransactionMode::Saga: return "saga";
    case TransactionMode::Tcc: return "tcc";
  }
  return "";
}

}  // namespace migplan
