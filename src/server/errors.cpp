#include "server/errors.hpp"

#include <algorithm>
#include <chrono>

#include "api/errors.hpp"
#include "database/errors.hpp"
#include "server/responses.hpp"

namespace guildhall::server {
namespace {

using base::Errc;
using base::Error;

/// For errors that do not know when to try again.
constexpr std::chrono::seconds default_retry_after{5};

bool wants_retry_after(unsigned status) { return status == 429 || status == 503; }

}  // namespace

bool is_away(const Error& error) {
  return error.code == Errc::rate_limited || error.code == Errc::unavailable || error.code == Errc::timed_out;
}

Error discord_error(const Error& error) {
  if (error.code == Errc::rate_limited) return api::errors::discord_limit.after(error.retry_after);
  if (is_away(error)) return api::errors::discord_away.after(error.retry_after);
  return api::errors::discord_failed;
}

net::Response to_response(const Error& error) {
  const unsigned status = api::kind_of(error.code).status;
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
    return to_response(api::errors::database_away.after(database::Unavailable::retry_after));
  } catch (const base::ErrorException& exception) {
    return to_response(exception.error());
  } catch (const std::exception& exception) {
    unexpected = exception.what();
  } catch (...) {
    unexpected = "an exception of no known type";
  }
  return protocol_error(500);
}

net::Response protocol_error(unsigned status, std::string_view sentence) {
  auto error = api::protocol_error(status);
  if (!sentence.empty()) error.sentence = sentence;
  return json_response(status, api::encode(error));
}

}  // namespace guildhall::server
