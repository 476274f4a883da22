#include "landscape.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace bench {
namespace {

// splitmix64 (Steele, Lea, Flood 2014). One stream per service, so that the name of any service can be
// computed without generating the ones before it.
class Random {
 public:
  Random(std::uint64_t seed, std::uint64_t stream) : state_(seed * kGolden ^ mix(stream + kGolden)) {}

  std::uint64_t next() { return mix(state_ += kGolden); }

  // 0 <= result < bound. The bias of the remainder is below 2^-40 for every bound used here.
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }

  bool chance(std::uint64_t percent) { return below(100) < percent; }

  // Heavy-tailed over 0 .. 2^max_bits - 1: the magnitude is uniform, then the value within it.
  std::uint64_t heavy_tailed(std::uint64_t max_bits) {
    const std::uint64_t bits = 1 + below(max_bits);
    return next() >> (64 - bits);
  }

 private:
  static constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15ULL;

  static std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }

  std::uint64_t state_;
};

struct Word {
  std::string_view english;
  std::string_view chinese;
};

constexpr auto kSubjects = std::to_array<Word>({{"order", "订单"},
                                                {"payment", "支付"},
                                                {"stock", "库存"},
                                                {"shipping", "物流"},
                                                {"coupon", "优惠券"},
                                                {"member", "会员"},
                                                {"risk", "风控"},
                                                {"settlement", "结算"},
                                                {"search", "搜索"},
                                                {"message", "消息"}});
constexpr auto kActions = std::to_array<Word>({{"sync", "同步"},
                                               {"api", "接口"},
                                               {"query", "查询"},
                                               {"calculation", "计算"},
                                               {"gateway", "网关"},
                                               {"core", "核心"},
                                               {"job", "任务"},
                                               {"notify", "通知"},
                                               {"report", "报表"},
                                               {"decision", "决策"}});
constexpr auto kDomains = std::to_array<std::string_view>(
    {"trade", "payment", "supply", "supply", "marketing", "member", "risk", "finance", "search", "platform"});
static_assert(kDomains.size() == kSubjects.size());
constexpr auto kSquads = std::to_array<std::string_view>({"core", "growth", "infra"});
constexpr auto kKinds = std::to_array<std::string_view>({"core", "standard", "standard", "standard", "long-tail"});
constexpr auto kOwners = std::to_array<std::string_view>(
    {"zhang.wei", "wang.fang", "li.na", "liu.yang", "chen.jie", "zhao.lei", "huang.min", "zhou.tao"});
constexpr auto kStacks = std::to_array<std::string_view>(
    {"spring-boot", "spring-mvc", "dubbo", "mybatis", "seata", "redis", "kafka", "rocketmq"});
constexpr auto kFrameworks =
    std::to_array<std::string_view>({"spring-boot-1.5", "spring-boot-2.3", "spring-4", "dubbo-2.6"});
constexpr auto kJdks = std::to_array<int>({8, 8, 8, 11, 17});
constexpr auto kStatuses =
    std::to_array<std::string_view>({"pending-evaluation", "pending-evaluation", "code-frozen", "in-development"});

template <typename T, std::size_t N>
const T& pick(Random& random, const std::array<T, N>& choices) {
  return choices[random.below(N)];
}

struct Identity {
  std::size_t subject;
  std::size_t action;
};

Identity identity(std::uint64_t seed, std::uint64_t index) {
  Random random(seed, index);
  return {random.below(kSubjects.size()), random.below(kActions.size())};
}

std::string name(const Identity& id, std::uint64_t index) {
  return fmt::format("{}-{}-{:06}", kSubjects[id.subject].english, kActions[id.action].english, index);
}

void set_identity(Service& service, const Identity& id, std::uint64_t index) {
  service.index = index;
  service.name = name(id, index);
  service.display_name = fmt::format("{}{}服务", kSubjects[id.subject].chinese, kActions[id.action].chinese);
  service.domain = kDomains[id.subject];
}

void add_dependency(Service& service, const Landscape& landscape, std::uint64_t target, bool strong) {
  const auto same = [target](const Dependency& other) { return other.target == target; };
  if (target == service.index || std::any_of(service.depends_on.begin(), service.depends_on.end(), same)) {
    return;
  }
  service.depends_on.push_back({target, name(identity(landscape.seed, target), target), strong});
}

void add_wide_dependencies(Service& service, const Landscape& landscape, Random& random) {
  // Weighted towards few: most services of a real landscape call one or two others.
  constexpr auto kCounts = std::to_array<std::uint64_t>({0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 4});
  for (std::uint64_t left = pick(random, kCounts); left > 0; --left) {
    const std::uint64_t target = random.below(landscape.services);
    add_dependency(service, landscape, target, random.chance(85));
  }
}

// Every edge points to a later service, so the graph has no cycle and one chain holds all services.
void add_chain_dependencies(Service& service, const Landscape& landscape, Random& random) {
  constexpr std::uint64_t kFarthest = 1000;
  const std::uint64_t later = landscape.services - 1 - service.index;
  if (later == 0) {
    return;
  }
  add_dependency(service, landscape, service.index + 1, true);
  if (random.chance(12)) {
    const std::uint64_t step = 1 + random.below(std::min(later, kFarthest));
    add_dependency(service, landscape, service.index + step, random.chance(85));
  }
}

void add_optional_facts(Service& service, Random& random) {
  if (random.chance(25)) {
    service.coupling = std::array{random.below(13), random.below(21)};
  }
  if (random.chance(35)) {
    service.jdk = pick(random, kJdks);
    service.framework = pick(random, kFrameworks);
  }
  if (random.chance(15)) {
    service.requests_per_second = random.heavy_tailed(15);
  }
}

}  // namespace

Service make_service(const Landscape& landscape, std::uint64_t index) {
  // The identity has a stream of its own: the facts must not repeat its draws.
  Random random(~landscape.seed, index);
  Service service{};
  set_identity(service, identity(landscape.seed, index), index);
  service.squad = pick(random, kSquads);
  service.kind = pick(random, kKinds);
  service.owner = pick(random, kOwners);
  service.stack = pick(random, kStacks);
  service.status = pick(random, kStatuses);
  service.peak_orders_per_second = random.heavy_tailed(13);
  service.sla_30d_hundredths = 9800 + random.below(200);
  service.sonar_debt_days = random.below(220);
  service.high_risk_vulnerabilities = random.heavy_tailed(6);
  service.upstream_chain_length = random.below(13);
  if (landscape.shape == Shape::Wide) {
    add_wide_dependencies(service, landscape, random);
  } else {
    add_chain_dependencies(service, landscape, random);
  }
  add_optional_facts(service, random);
  return service;
}

std::size_t strong_dependencies(const Service& service) {
  return static_cast<std::size_t>(std::count_if(service.depends_on.begin(), service.depends_on.end(),
                                                [](const Dependency& edge) { return edge.strong; }));
}

}  // namespace bench
