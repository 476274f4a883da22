#pragma once

#include <functional>
#include <string_view>

#include "migplan/base/issue.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/verification/routing.hpp"

namespace migplan {

// Takes each request, in the order of the log; its texts are gone with the next one.
using RequestSink = std::function<void(const LoggedRequest& request)>;

// Reads an access log, NDJSON or CSV with a header, packed by gzip or plain, in bounded memory. Names of keys and
// columns are told apart neither by case nor by - and _: the trace id is trace_id or request_id; the header stands
// under its own name, with http_ in front as NGINX writes it, or in a map of headers. Returns what is wrong with the
// log.
[[nodiscard]] Issues read_request_log(ByteSource& source, std::string_view file, std::string_view header,
                                      const RequestSink& sink);

}  // namespace migplan
