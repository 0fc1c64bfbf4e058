#include "server/errors.hpp"

#include <algorithm>
#include <chrono>

#include "api/error.hpp"
#include "database/errors.hpp"
#include "server/responses.hpp"

namespace guildhall::server {
namespace {

using base::Errc;
using base::Error;

/// Said where nobody knows when what is away will be back.
constexpr std::chrono::seconds default_retry_after{5};

bool wants_retry_after(unsigned status) { return status == 429 || status == 503; }

/// The code of statuses that no Errc stands for.
std::string_view protocol_code(unsigned status) {
  switch (status) {
    case 400: return "malformed_request";
    case 405: return "method_not_allowed";
    case 408: return "request_timeout";
    case 413: return "too_large";
    case 417: return "expectation_failed";
    case 431: return "header_too_large";
    case 500: return "internal_error";
    case 501: return "not_implemented";
    case 503: return "unavailable";
    case 505: return "http_version_not_supported";
    default: return "error";
  }
}

}  // namespace

unsigned to_status(Errc code) {
  switch (code) {
    case Errc::malformed:
    case Errc::refused: return 400;
    case Errc::unauthenticated: return 401;
    case Errc::forbidden: return 403;
    case Errc::not_found: return 404;
    case Errc::conflict: return 409;
    case Errc::precondition_failed: return 412;
    case Errc::too_large: return 413;
    case Errc::unsupported_media_type: return 415;
    case Errc::invalid: return 422;
    case Errc::rate_limited: return 429;
    case Errc::bad_upstream: return 502;
    case Errc::unavailable:
    case Errc::timed_out: return 503;
  }
  return 500;
}

net::Response to_response(const Error& error) {
  const unsigned status = to_status(error.code);
  net::Response response = json_response(status, api::encode(error));
  if (status == 401) response.headers.add("WWW-Authenticate", "Bearer");
  if (wants_retry_after(status)) {
    const auto wait = error.retry_after.count() > 0 ? std::chrono::ceil<std::chrono::seconds>(error.retry_after)
                                                    : default_retry_after;
    response.headers.add("Retry-After", std::to_string(std::max<std::int64_t>(wait.count(), 1)));
  }
  return response;
}

net::Response exception_to_response(std::string& unexpected) {
  try {
    throw;
  } catch (const database::Unavailable&) {
    return to_response(
        {Errc::unavailable, "The database is away; try again shortly.", "", database::Unavailable::retry_after});
  } catch (const base::ErrorException& exception) {
    return to_response(exception.error());
  } catch (const std::exception& exception) {
    unexpected = exception.what();
  } catch (...) {
    unexpected = "an exception of no known type";
  }
  return protocol_error(500, "Something went wrong here.");
}

net::Response protocol_error(unsigned status, std::string_view sentence) {
  return json_response(status, api::encode(api::ErrorBody{sentence, protocol_code(status), {}}));
}

}  // namespace guildhall::server
