#include "discord/rest/answer.hpp"

#include <boost/json/parse.hpp>
#include <string>

#include "discord/model/fields.hpp"
#include "discord/rest/form_errors.hpp"
#include "discord/rest/seconds.hpp"

namespace guildhall::discord {
namespace {

using base::Errc;
using base::Error;

Errc to_code(unsigned status) {
  switch (status) {
    case 401: return Errc::unauthenticated;
    case 403: return Errc::forbidden;
    case 404: return Errc::not_found;
    case 429: return Errc::rate_limited;
    default: return status >= 500 ? Errc::unavailable : Errc::refused;
  }
}

/// Discord says it in `message`, its OAuth2 routes in `error_description` (RFC 6749 section 5.2).
std::string message_of(const boost::json::object& body) {
  for (const std::string_view name : {"error_description", "message", "error"}) {
    if (auto text = text_field(body, name)) return without_quotations(*text);
  }
  return {};
}

int code_of(const boost::json::object& body) {
  const auto code = number_field(body, "code").value_or(0);
  return code > 0 && code < 1e9 ? static_cast<int>(code) : 0;
}

Error to_error(unsigned status, const boost::json::value& body) {
  Error error{to_code(status), "Discord answered with status " + std::to_string(status)};
  std::string said;
  if (const auto* object = body.if_object()) {
    error.peer_code = code_of(*object);
    said = message_of(*object);
    if (const auto* errors = object->if_contains("errors")) {
      const std::string details = form_errors(*errors);
      if (!details.empty()) said += (said.empty() ? "" : ": ") + details;
    }
  }
  if (error.peer_code != 0) error.message += " and code " + std::to_string(error.peer_code);
  error.message += said.empty() ? "." : ": " + said;
  return error;
}

}  // namespace

base::Result<boost::json::value> read_answer(const net::ClientResponse& response) {
  boost::system::error_code malformed;
  boost::json::value body;
  if (!response.body.empty()) body = boost::json::parse(response.body, malformed);
  if (response.status >= 200 && response.status < 300) {
    if (malformed) return Error{Errc::bad_upstream, "Discord answered with something that is not JSON."};
    return body;
  }
  if (response.status < 400) {
    return Error{Errc::bad_upstream, "Discord answered with status " + std::to_string(response.status) + "."};
  }
  if (malformed) body = nullptr;
  Error error = to_error(response.status, body);
  if (error.code == Errc::rate_limited || error.code == Errc::unavailable) {
    error.retry_after = find_retry_after(response, body).value_or(std::chrono::milliseconds(0));
  }
  return error;
}

}  // namespace guildhall::discord
