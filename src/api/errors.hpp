#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "schema/schema.hpp"

/// The catalogue of errors: what the server answers with, and what the OpenAPI document shows.
namespace guildhall::api {

/// How errors of one kind look over HTTP.
struct ErrorKind {
  base::Errc errc;
  unsigned status;
  std::string_view code;  ///< For programs; snake_case.
};

/// In the order of base::Errc.
inline constexpr std::array error_kinds{
    ErrorKind{base::Errc::malformed, 400, "malformed"},
    ErrorKind{base::Errc::invalid, 422, "invalid"},
    ErrorKind{base::Errc::unauthenticated, 401, "unauthenticated"},
    ErrorKind{base::Errc::forbidden, 403, "forbidden"},
    ErrorKind{base::Errc::not_found, 404, "not_found"},
    ErrorKind{base::Errc::conflict, 409, "conflict"},
    ErrorKind{base::Errc::precondition_failed, 412, "precondition_failed"},
    ErrorKind{base::Errc::too_large, 413, "too_large"},
    ErrorKind{base::Errc::unsupported_media_type, 415, "unsupported_media_type"},
    ErrorKind{base::Errc::rate_limited, 429, "rate_limited"},
    ErrorKind{base::Errc::refused, 400, "refused"},
    ErrorKind{base::Errc::bad_upstream, 502, "bad_upstream"},
    ErrorKind{base::Errc::unavailable, 503, "unavailable"},
    ErrorKind{base::Errc::timed_out, 503, "timed_out"},
};

[[nodiscard]] constexpr const ErrorKind& kind_of(base::Errc errc) {
  return error_kinds[static_cast<std::size_t>(errc)];
}

static_assert([] {
  for (std::size_t i = 0; i < error_kinds.size(); ++i) {
    if (error_kinds[i].errc != static_cast<base::Errc>(i)) return false;
  }
  return error_kinds.back().errc == base::Errc::timed_out;
}());

/// An error of HTTP itself, which no base::Errc stands for.
struct ProtocolError {
  unsigned status;
  std::string_view code;
  std::string_view sentence;
};

inline constexpr std::array protocol_errors{
    ProtocolError{400, "malformed_request", "The request is malformed."},
    ProtocolError{405, "method_not_allowed", "This path does not support this method."},
    ProtocolError{408, "request_timeout", "The request took too long to arrive."},
    ProtocolError{413, "too_large", "The body is too large."},
    ProtocolError{417, "expectation_failed", "Only Expect: 100-continue is supported."},
    ProtocolError{431, "header_too_large", "The header is too large."},
    ProtocolError{500, "internal_error", "Internal error. See the server log entry with this request id."},
    ProtocolError{501, "not_implemented", "Not implemented."},
    ProtocolError{503, "unavailable", "Too many connections. Try again shortly."},
    ProtocolError{505, "http_version_not_supported", "Only HTTP/1.1 and HTTP/1.0 are supported."},
};

/// The entry of that status; of any other status an entry with the code `error`.
[[nodiscard]] constexpr ProtocolError protocol_error(unsigned status) {
  for (const ProtocolError& error : protocol_errors) {
    if (error.status == status) return error;
  }
  return {status, "error", "The request failed."};
}

/// An error of the API: an entry of the catalogue.
struct KnownError {
  base::Errc errc;
  std::string_view sentence;  ///< For people.
  std::string_view field{};   ///< JSON pointer (RFC 6901) to the value at fault.
  std::chrono::milliseconds retry_after{};
  std::string_view meaning{};  ///< What the document says where the sentence is one example of many.
  unsigned line = 0;           ///< As base::Error.
  unsigned column = 0;

  operator base::Error() const {  // NOLINT(google-explicit-constructor): returned wherever a base::Error is
    base::Error error{errc, std::string(sentence), std::string(field), retry_after};
    error.line = line;
    error.column = column;
    return error;
  }
  /// The same, worth trying again after `wait`.
  [[nodiscard]] constexpr KnownError after(std::chrono::milliseconds wait) const {
    return {errc, sentence, field, wait, meaning, line, column};
  }
};

namespace errors {

using base::Errc;

// Who asks, and whether they may.
inline constexpr KnownError unauthenticated{Errc::unauthenticated,
                                            "Log in first: there is no session token, or it is no longer valid."};
inline constexpr KnownError session_ended{Errc::unauthenticated,
                                          "Discord no longer accepts this session. Log in again."};
inline constexpr KnownError cross_origin{
    Errc::forbidden,
    "Cross-origin request refused. A page elsewhere needs its origin in CORS_ORIGINS; this "
    "server's own address is PUBLIC_URL."};
inline constexpr KnownError not_admin{Errc::forbidden, "You need the role ADMIN."};
inline constexpr KnownError not_manager{Errc::forbidden, "You need permission to manage this server."};
inline constexpr KnownError no_guilds_scope{Errc::forbidden,
                                            "This login does not include the scope guilds. Log in again."};

// What a path names.
inline constexpr KnownError no_such_path{Errc::not_found, "There is no such path."};
inline constexpr KnownError not_in_guild{Errc::not_found, "The bot is not in this server."};
inline constexpr KnownError no_such_session{Errc::not_found, "You have no such session."};
inline constexpr KnownError no_such_user{
    .errc = Errc::not_found,
    .sentence =
        "Nobody with the id 2000000000000000002 has logged in. Let them log in first, or put the id into "
        "ADMIN_USER_IDS.",
    .meaning = "Nobody of that id has logged in, or they do not hold the role."};
inline constexpr KnownError no_such_role{Errc::not_found, "There is no such role that is granted. ADMIN is one."};
inline constexpr KnownError own_role{.errc = Errc::conflict,
                                     .sentence = "You cannot take a role from yourself. Another ADMIN can.",
                                     .meaning = "The role is your own, or ADMIN_USER_IDS names the person."};
inline constexpr KnownError no_such_command{Errc::not_found, "This server has no such command."};

// Bodies and queries.
inline constexpr KnownError not_json{Errc::malformed, "The body is not JSON."};
inline constexpr KnownError malformed_form{Errc::malformed, "The form in the body is malformed."};
inline constexpr KnownError malformed_query{Errc::malformed, "The query is malformed."};
inline constexpr KnownError body_too_large{Errc::too_large, "The body is too large."};
inline constexpr KnownError not_json_type{Errc::unsupported_media_type, "Content-Type must be application/json."};
inline constexpr KnownError field_required{.errc = Errc::invalid,
                                           .sentence = "This field is required.",
                                           .meaning = "A value is missing or not allowed; `field` says which."};
inline constexpr KnownError field_repeated{Errc::invalid, "Must be given once."};

// Logins.
inline constexpr KnownError login_expired{Errc::malformed,
                                          "This login has expired or was started in another browser. Log in again."};
inline constexpr KnownError login_denied{Errc::forbidden,
                                         "You cancelled the login at Discord, so nothing has changed."};
inline constexpr KnownError login_failed{Errc::refused, "Discord did not let you log in. Try again."};
inline constexpr KnownError code_refused{Errc::refused, "Discord does not accept this code."};
inline constexpr KnownError too_many_logins{Errc::rate_limited, "Too many failed logins. Try again later."};
inline constexpr KnownError foreign_redirect_uri{
    Errc::invalid, "This redirect URI is not listed in DISCORD_REDIRECT_URIS.", "/redirect_uri"};
inline constexpr KnownError foreign_path{Errc::invalid, "Must be a path on this server.", "/redirect"};

// Commands and guilds.
inline constexpr KnownError trigger_taken{
    Errc::conflict,
    "This server already has a command with this trigger, or with one that differs only in case or in characters that "
    "cannot be seen.",
    "/trigger"};
inline constexpr KnownError trigger_has_prefix{Errc::invalid, "A trigger must not start with the server's prefix.",
                                               "/trigger"};
inline constexpr KnownError prefix_in_trigger{
    Errc::invalid, "The trigger of a command of this server starts with this prefix.", "/prefix"};
inline constexpr KnownError commands_full{Errc::conflict,
                                          "This server has 500 commands, which is the limit. Delete one first."};
inline constexpr KnownError commands_too_large{Errc::conflict,
                                               "The commands of this server would take more than 4 MB together, which "
                                               "is the limit. Shorten or delete some first."};
inline constexpr KnownError command_changed{Errc::precondition_failed,
                                            "The command was changed in the meantime. Read it again."};
inline constexpr KnownError script_syntax{
    .errc = Errc::invalid,
    .sentence = "The script does not parse: Unexpected token ';' (line 2, column 7).",
    .field = "/interaction",
    .meaning = "The script does not parse; `line` and `column` say where.",
    .line = 2,
    .column = 7};
inline constexpr KnownError no_script{Errc::invalid, "This command has no script. Send one to test.", "/script"};

// Discord, the database and the script host.
inline constexpr KnownError discord_failed{Errc::bad_upstream, "Discord sent an unexpected answer."};
inline constexpr KnownError discord_away{Errc::unavailable, "Discord is not available. Try again shortly."};
inline constexpr KnownError discord_limit{Errc::unavailable, "Discord limits our requests. Try again shortly."};
inline constexpr KnownError database_away{Errc::unavailable, "The database is not available. Try again shortly."};
inline constexpr KnownError scripts_busy{Errc::unavailable, "Too many scripts are waiting. Try again shortly.", "",
                                         std::chrono::seconds(1)};
inline constexpr KnownError scripts_starting{Errc::unavailable, "The script runner is starting. Try again shortly.", "",
                                             std::chrono::seconds(1)};
inline constexpr KnownError scripts_off{Errc::unavailable, "Scripts are disabled on this server (SCRIPTS=off).", "",
                                        std::chrono::seconds(60)};
inline constexpr KnownError scripts_failed{Errc::unavailable,
                                           "Scripts cannot run on this server at the moment. Its log says why.", "",
                                           std::chrono::seconds(60)};
inline constexpr KnownError stopping{Errc::unavailable, "The server is stopping. Try again shortly.", "",
                                     std::chrono::seconds(1)};

}  // namespace errors

/// The body of every answer that is not a success: `{"error", "code"}`, and where they are known `field` (always for
/// Errc::invalid), `line` and `column`.
[[nodiscard]] const schema::Schema& error_schema();

[[nodiscard]] std::string encode(const base::Error& error);
[[nodiscard]] std::string encode(const ProtocolError& error);

}  // namespace guildhall::api
