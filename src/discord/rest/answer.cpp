#include "discord/rest/answer.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <charconv>
#include <cmath>
#include <string>

#include "discord/model/fields.hpp"

namespace guildhall::discord {
namespace {

using base::Errc;
using base::Error;

/// Nobody waits longer than that on the word of one answer.
constexpr double longest_wait_seconds = 3600;

Errc to_code(unsigned status) {
  switch (status) {
    case 401: return Errc::unauthenticated;
    case 403: return Errc::forbidden;
    case 404: return Errc::not_found;
    case 429: return Errc::rate_limited;
    default: return status >= 500 ? Errc::unavailable : Errc::refused;
  }
}

/// `text` with `*` for each word that is too long for one: what is said goes into the log, and whoever answers in
/// Discord's place may send back the token that it was sent.
std::string without_long_words(std::string_view text) {
  constexpr std::size_t longest_word = 20;
  std::string said;
  while (!text.empty()) {
    const auto word = text.substr(0, std::min(text.find(' '), text.size()));
    said += word.size() > longest_word ? "*" : word;
    text.remove_prefix(word.size());
    if (!text.empty()) said += ' ';
    text.remove_prefix(std::min<std::size_t>(1, text.size()));
  }
  return said;
}

/// Discord says it in `message`, its OAuth2 routes in `error_description` (RFC 6749 section 5.2).
std::string message_of(const boost::json::value& body) {
  const auto* object = body.if_object();
  if (object == nullptr) return {};
  for (const std::string_view name : {"error_description", "message", "error"}) {
    if (auto text = text_field(*object, name)) return without_long_words(std::string_view(*text).substr(0, 200));
  }
  return {};
}

/// The body's `retry_after` is exact, the header field whole seconds.
std::chrono::milliseconds retry_after(const net::ClientResponse& response, const boost::json::value& body) {
  double seconds = 0;
  const auto* object = body.if_object();
  const auto exact = object == nullptr ? std::nullopt : number_field(*object, "retry_after");
  if (exact) {
    seconds = *exact;
  } else if (const auto field = response.headers.find("Retry-After")) {
    std::from_chars(field->data(), field->data() + field->size(), seconds);
  }
  if (!std::isfinite(seconds)) seconds = 0;
  seconds = std::clamp(seconds, 0.0, longest_wait_seconds);
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil(seconds * 1000)));
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
  Error error{to_code(response.status), "Discord answered with status " + std::to_string(response.status)};
  const std::string message = malformed ? std::string() : message_of(body);
  error.message += message.empty() ? "." : ": " + message;
  if (error.code == Errc::rate_limited || error.code == Errc::unavailable) {
    error.retry_after = retry_after(response, malformed ? boost::json::value() : body);
  }
  return error;
}

}  // namespace guildhall::discord
