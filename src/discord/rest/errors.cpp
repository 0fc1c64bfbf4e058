#include "discord/rest/errors.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "discord/model/fields.hpp"
#include "discord/rest/rate_limit_headers.hpp"

namespace guildhall::discord {
namespace {

namespace json = boost::json;
using base::Errc;
using base::Error;

constexpr std::size_t max_field_errors = 5;
constexpr std::size_t max_code = 64;
constexpr std::size_t max_depth = 16;
/// Cloudflare's error numbers, as 1015, have four digits.
constexpr std::size_t cloudflare_digits = 4;

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= max_code &&
         std::ranges::all_of(text, [](char c) { return base::is_upper(c) || c == '_' || base::is_digit(c); });
}

void visit_form_errors(const json::value& value, std::vector<std::string_view>& path,
                       const std::function<void(std::span<const std::string_view>, const json::object&)>& visit) {
  const auto* object = value.if_object();
  if (object == nullptr || path.size() > max_depth) return;
  for (const auto& [key, member] : *object) {
    if (key != "_errors") {
      path.push_back(key);
      visit_form_errors(member, path, visit);
      path.pop_back();
    } else if (const auto* list = member.if_array()) {
      for (const auto& error : *list) {
        if (const auto* fault = error.if_object()) visit(path, *fault);
      }
    }
  }
}

/// What `errors` says: `/embeds/0/title: This field is required (BASE_TYPE_REQUIRED); /content: ...`.
std::string describe_form_errors(const json::value& errors, const Redaction& redaction) {
  std::string text;
  std::size_t count = 0;
  for_each_form_error(errors, [&](std::span<const std::string_view> path, const json::object& error) {
    if (++count > max_field_errors) return;
    if (!text.empty()) text += "; ";
    for (const auto step : path) {
      if (!step.starts_with('/')) text += '/';
      text += redaction.key(step);
    }
    if (!path.empty()) text += ": ";
    text += describe_form_error(error, redaction);
  });
  return text;
}

Errc errc_of(unsigned status) {
  switch (status) {
    case 401: return Errc::unauthenticated;
    case 403: return Errc::forbidden;
    case 404: return Errc::not_found;
    case 429: return Errc::rate_limited;
    default: return status >= 500 ? Errc::unavailable : Errc::refused;
  }
}

/// `message`, or `error_description` of the OAuth2 routes (RFC 6749 section 5.2).
std::string message_of(const json::object& body, const Redaction& redaction) {
  for (const std::string_view name : {"error_description", "message", "error"}) {
    if (auto text = text_field(body, name)) return redaction.text(*text);
  }
  return {};
}

int code_of(const json::object& body) {
  const auto code = number_field(body, "code").value_or(0);
  return code > 0 && code < 1e9 ? static_cast<int>(code) : 0;
}

Error to_error(unsigned status, const json::value& body, const Redaction& redaction) {
  Error error{errc_of(status), "Discord answered with status " + std::to_string(status)};
  std::string message;
  if (const auto* object = body.if_object()) {
    error.peer_code = code_of(*object);
    message = message_of(*object, redaction);
    const auto* errors = object->if_contains("errors");
    const auto fields = errors == nullptr ? std::string() : describe_form_errors(*errors, redaction);
    if (!fields.empty()) message += (message.empty() ? "" : ": ") + fields;
  }
  if (error.peer_code != 0) error.message += " and code " + std::to_string(error.peer_code);
  error.message += message.empty() ? "." : ": " + message;
  return error;
}

/// ` (Cloudflare's error 1015)`, from the page that Cloudflare shows.
std::string cloudflare_error(std::string_view page) {
  for (const std::string_view before : {"error code: ", "Error code: ", "Error ", "error "}) {
    const auto at = page.find(before);
    if (at == std::string_view::npos) continue;
    const auto digits = page.substr(at + before.size(), cloudflare_digits);
    if (digits.size() < cloudflare_digits || !std::ranges::all_of(digits, base::is_digit)) continue;
    return " (Cloudflare's error " + std::string(digits) + ")";
  }
  return {};
}

Error ban_error(const net::ClientResponse& response, const json::value& body) {
  return {Errc::unavailable,
          "Discord refuses all requests from this address for a while: status " + std::to_string(response.status) +
              cloudflare_error(response.body) + ".",
          "", find_retry_after(response, body).value_or(std::chrono::milliseconds(0))};
}

}  // namespace

void for_each_form_error(
    const json::value& errors,
    const std::function<void(std::span<const std::string_view> path, const json::object& error)>& visit) {
  std::vector<std::string_view> path;
  visit_form_errors(errors, path, visit);
}

std::string describe_form_error(const json::object& error, const Redaction& redaction) {
  auto text = redaction.text(text_field(error, "message").value_or("refused"));
  const auto code = text_field(error, "code");
  if (code && is_code(*code)) text += " (" + *code + ")";
  return text;
}

base::Result<json::value> read_response(const net::ClientResponse& response, const Redaction& redaction) {
  boost::system::error_code malformed;
  json::value body;
  if (!response.body.empty()) body = json::parse(response.body, malformed);
  if (response.status >= 200 && response.status < 300) {
    if (malformed) return Error{Errc::bad_upstream, "Discord's answer is not JSON."};
    return body;
  }
  if (response.status < 400) {
    return Error{Errc::bad_upstream, "Discord answered with status " + std::to_string(response.status) + "."};
  }
  if (malformed) body = nullptr;
  if (is_ban(response, body)) return ban_error(response, body);
  Error error = to_error(response.status, body, redaction);
  if (error.code == Errc::rate_limited || error.code == Errc::unavailable) {
    error.retry_after = find_retry_after(response, body).value_or(std::chrono::milliseconds(0));
  }
  return error;
}

std::string public_message(const base::Error& error) {
  if (error.message.starts_with("Discord")) return error.message;
  switch (error.code) {
    case Errc::timed_out: return "Discord did not answer in time.";
    case Errc::unavailable:
    case Errc::bad_upstream: return "The connection to Discord failed.";
    default: return error.message;
  }
}

}  // namespace guildhall::discord
