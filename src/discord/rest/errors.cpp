#include "discord/rest/errors.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <string>
#include <string_view>

#include "discord/model/fields.hpp"
#include "discord/rest/rate_limit_headers.hpp"

namespace guildhall::discord {
namespace {

namespace json = boost::json;
using base::Errc;
using base::Error;

constexpr std::size_t max_field_errors = 5;
constexpr std::size_t max_text = 200;
constexpr std::size_t max_word = 20;
constexpr std::size_t max_key = 32;
constexpr std::size_t max_code = 64;
constexpr std::size_t max_depth = 16;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= max_code &&
         std::ranges::all_of(text, [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; });
}

/// Names of fields and indices; Discord has no other keys.
std::string_view redact_key(std::string_view key) {
  const bool known = key.size() <= max_key &&
                     std::ranges::all_of(key, [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || is_digit(c); });
  return known && std::ranges::count_if(key, is_digit) <= 4 ? key : "*";
}

/// The beginning of `text`, with `*` for what may be a token or a user's text: everything between the first and the
/// last double quotation mark, and words that are too long. A server in Discord's place could send back the token.
std::string redact(std::string_view text) {
  std::string unquoted(text.substr(0, max_text));
  const auto first = unquoted.find('"');
  if (first != std::string::npos) {
    const auto last = unquoted.rfind('"');
    unquoted.replace(first, last == first ? std::string::npos : last + 1 - first, "*");
  }
  std::string redacted;
  for (std::string_view rest = unquoted; !rest.empty();) {
    const auto word = rest.substr(0, rest.find_first_of(" \n"));
    redacted += word.size() > max_word ? "*" : word;
    rest.remove_prefix(word.size());
    if (rest.empty()) break;
    redacted += ' ';
    rest.remove_prefix(1);
  }
  return redacted;
}

/// Collects what `errors` says: `/embeds/0/title: This field is required (BASE_TYPE_REQUIRED); /content: ...`.
class FieldErrors {
 public:
  explicit FieldErrors(const json::value& errors) { visit(errors, "", 0); }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void visit(const json::value& value, const std::string& path, std::size_t depth) {
    const auto* object = value.if_object();
    if (object == nullptr || depth > max_depth) return;
    for (const auto& [key, member] : *object) {
      if (key != "_errors") {
        visit(member, (path + '/').append(redact_key(key)), depth + 1);
      } else if (const auto* list = member.if_array()) {
        for (const auto& error : *list) add(error, path);
      }
    }
  }

  void add(const json::value& error, const std::string& path) {
    const auto* object = error.if_object();
    if (object == nullptr || count_ >= max_field_errors) return;
    ++count_;
    if (!text_.empty()) text_ += "; ";
    if (!path.empty()) text_ += path + ": ";
    text_ += redact(text_field(*object, "message").value_or("refused"));
    const auto code = text_field(*object, "code");
    if (code && is_code(*code)) text_ += " (" + *code + ")";
  }

  std::string text_;
  std::size_t count_ = 0;
};

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
std::string message_of(const json::object& body) {
  for (const std::string_view name : {"error_description", "message", "error"}) {
    if (auto text = text_field(body, name)) return redact(*text);
  }
  return {};
}

int code_of(const json::object& body) {
  const auto code = number_field(body, "code").value_or(0);
  return code > 0 && code < 1e9 ? static_cast<int>(code) : 0;
}

Error to_error(unsigned status, const json::value& body) {
  Error error{errc_of(status), "Discord answered with status " + std::to_string(status)};
  std::string message;
  if (const auto* object = body.if_object()) {
    error.peer_code = code_of(*object);
    message = message_of(*object);
    const auto* errors = object->if_contains("errors");
    const FieldErrors fields(errors == nullptr ? json::value() : *errors);
    if (!fields.text().empty()) message += (message.empty() ? "" : ": ") + fields.text();
  }
  if (error.peer_code != 0) error.message += " and code " + std::to_string(error.peer_code);
  error.message += message.empty() ? "." : ": " + message;
  return error;
}

}  // namespace

base::Result<json::value> read_response(const net::ClientResponse& response) {
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
  Error error = to_error(response.status, body);
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
