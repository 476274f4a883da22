#pragma once

#include <boost/math/policies/policy.hpp>

namespace migplan {

// What Boost.Math computes with: double, as long double has another width on every platform.
using DoublePolicy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

}  // namespace migplan
