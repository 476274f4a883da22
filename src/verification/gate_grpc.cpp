#include "gate_rules.hpp"
#include "migplan/base/decimal.hpp"
#include "migplan/verification/binomial_bounds.hpp"

namespace migplan {
namespace {

Text needed_text(const Tally& tally, Percent limit, Percent confidence) {
  const auto more = trials_still_needed(tally, limit, confidence);
  if (!more) return "so close to the limit that no number of calls settles it";
  return tally.events == 0
             ? counted(*more, "{} more call without one would settle it", "{} more calls without one would settle it")
             : counted(*more, "{} more call of the same share would settle it",
                       "{} more calls of the same share would settle it");
}

}  // namespace

Check grpc_check(const GateEvidence& evidence, GrpcStatus status, std::string_view rule, Percent limit,
                 Percent confidence) {
  Check check{.service = evidence.service, .rule = rule, .unit = Percent::unit()};
  check.limit = number_of(limit);
  Tally tally;
  for (const GrpcCalls& calls : evidence.candidate.grpc) {
    tally.events += calls.count(status);
    tally.trials += calls.calls;
  }
  if (!evidence.candidate.grpc.empty()) check.source = evidence.candidate.grpc.front().place;
  if (tally.trials == 0) {
    check.message =
        evidence.candidate.grpc.empty() ? "no gRPC calls of the candidate" : "the candidate had no gRPC call";
    return check;
  }
  const Percent share = share_of(tally);
  const ShareBounds bounds = one_sided_bounds(tally, confidence);
  const ShareStanding result = standing(tally, limit, confidence);
  check.observed = number_of(share);
  check.samples = tally.trials;
  check.low = number_of(bounds.low);
  check.high = number_of(bounds.high);
  check.verdict = result == ShareStanding::Within   ? Verdict::Pass
                  : result == ShareStanding::Beyond ? Verdict::Fail
                                                    : Verdict::Inconclusive;
  check.message = say("{} of {} calls ended {}, {} %, {} % or {} with {} % confidence; limit {} %", tally.events,
                      tally.trials, name_of(status), trimmed(share), trimmed(share <= limit ? bounds.high : bounds.low),
                      share <= limit ? "less" : "more", trimmed(confidence), trimmed(limit));
  if (result == ShareStanding::Open) check.message += say(": {}", needed_text(tally, limit, confidence));
  // The share stands for itself, whatever the load was.
  for (const GrpcCalls& calls : evidence.candidate.grpc) {
    const Text told = elsewhen(calls.place, window_of(calls), evidence.candidate.load_tests);
    if (!told.empty()) append_reason(check.message, told);
  }
  return check;
}

}  // namespace migplan
