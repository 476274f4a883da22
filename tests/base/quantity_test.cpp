#include "migplan/base/quantity.hpp"

#include <catch2/catch.hpp>
#include <type_traits>

#include "builders.hpp"
#include "migplan/model/fact.hpp"

namespace migplan {
namespace {

template <class A, class B>
concept CanAdd = requires(A a, B b) {
  a + b;
};
template <class A, class B>
concept CanSubtract = requires(A a, B b) {
  a - b;
};
template <class A, class B>
concept CanGrowBy = requires(A a, B b) {
  a += b;
};
template <class A, class B>
concept CanCompare = requires(A a, B b) {
  a < b;
};
template <class A, class B>
concept CanEqual = requires(A a, B b) {
  a == b;
};
template <class A, class B>
concept CanMultiply = requires(A a, B b) {
  a* b;
};
template <class Q, class Number>
concept CanTakeSteps = requires(Number n) {
  Q::from_steps(n);
};
template <class Q, class Number>
concept CanTakeWhole = requires(Number n) {
  Q::whole(n);
};

// Same unit: sums and comparisons, no products.
static_assert(CanAdd<Points, Points> && CanSubtract<Points, Points> && CanGrowBy<Points&, Points>);
static_assert(CanCompare<Points, Points> && CanEqual<Points, Points>);
static_assert(!CanMultiply<Points, Points> && !CanMultiply<Points, int>);

// Different units do not mix, be their steps as alike as they may.
static_assert(!CanAdd<Points, FinePoints> && !CanSubtract<Percent, Share> && !CanGrowBy<DebtDays&, WorkDays>);
static_assert(!CanCompare<OrdersPerSecond, RequestsPerSecond> && !CanEqual<Percent, Share>);
static_assert(!std::is_convertible_v<OrdersPerSecond, RequestsPerSecond>);
static_assert(!std::is_constructible_v<OrdersPerSecond, RequestsPerSecond>);
static_assert(!std::is_assignable_v<Percent&, Share>);
static_assert(!std::is_constructible_v<Fact<Percent>, Share> && !std::is_assignable_v<Fact<Percent>&, Fact<Share>>);

// Nothing converts in or out, numbers of any kind included.
static_assert(!std::is_convertible_v<int, Points> && !std::is_constructible_v<Points, int>);
static_assert(!std::is_convertible_v<std::int64_t, Points> && !std::is_constructible_v<Points, std::int64_t>);
static_assert(!std::is_convertible_v<double, Points> && !std::is_constructible_v<Points, double>);
static_assert(!std::is_assignable_v<Points&, double> && !std::is_assignable_v<Points&, int>);
static_assert(!std::is_convertible_v<Points, double> && !std::is_convertible_v<Points, std::int64_t>);
static_assert(!std::is_convertible_v<Points, bool> && !CanAdd<Points, int> && !CanCompare<Points, int>);
static_assert(CanTakeSteps<Points, int> && CanTakeWhole<Points, std::int64_t>);

// As cheap as the number that it is.
static_assert(sizeof(Points) == sizeof(std::int64_t) && std::is_trivially_copyable_v<Points>);
static_assert(sizeof(Fact<Percent>) == 12 && sizeof(Fact<OrdersPerSecond>) == 16);

TEST_CASE("Quantity: no number with a fraction becomes a quantity", "[base]") {
  CHECK_FALSE(CanTakeSteps<Points, double>);
  CHECK_FALSE(CanTakeSteps<Points, float>);
  CHECK_FALSE(CanTakeWhole<Points, double>);
}

TEST_CASE("Quantity: a whole unit is as many steps as the unit has decimals", "[base]") {
  CHECK(Points::whole(85).steps() == 8'500);
  CHECK(Percent::whole(100) == Percent::max());
  CHECK(FinePoints::whole(100) == FinePoints::max());
  CHECK(Points::whole(100) == Points::max());
  CHECK(Share::whole(1) == Share::max());
  CHECK(Grade::whole(1) == Grade::max());
  CHECK(Count::whole(3).steps() == 3);
  CHECK(Points{} == Points::whole(0));
}

TEST_CASE("Quantity: sums and differences are those of the steps", "[base]") {
  Points sum = Points::from_steps(8'499) + Points::from_steps(1);
  CHECK(sum == Points::whole(85));
  CHECK((Points{} - sum).steps() == -8'500);
  sum += Points::whole(1);
  CHECK(sum.steps() == 8'600);
  CHECK(Points::from_steps(8'499) < Points::whole(85));
}

TEST_CASE("Fact: a fact that is not stated is told from a stated zero", "[model]") {
  const Fact<Count> missing;
  const Fact<Count> zero(Count{});
  CHECK_FALSE(missing.is_known());
  CHECK(zero.is_known());
  CHECK_FALSE(missing == zero);
  CHECK(missing.value_or(Count::whole(3)) == Count::whole(3));
  CHECK(zero.value_or(Count::whole(3)) == Count{});
}

TEST_CASE("Fact: two facts are the same wherever they are stated", "[model]") {
  const Fact<Count> here(Count::whole(3), {1, 2}), there(Count::whole(3), {8, 9});
  CHECK(here == there);
  CHECK_FALSE(here == Fact<Count>(Count::whole(4), {1, 2}));
}

TEST_CASE("Fact: the place is kept and a column beyond 65535 is not known", "[model]") {
  const Fact<Count> near(Count{}, {4'000'000'000, 65'535}), far(Count{}, {7, 65'536});
  CHECK(near.at().line == 4'000'000'000);
  CHECK(near.at().column == 65'535);
  CHECK(far.at().line == 7);
  CHECK(far.at().column == 0);
}

}  // namespace
}  // namespace migplan
