#pragma once

#include <boost/system/result.hpp>
#include <chrono>
#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

namespace guildhall::base {

/// The kinds of expected failures that all folders share. server/errors maps each to HTTP.
enum class Errc {
  malformed,        ///< Cannot be parsed: JSON, form, token.
  invalid,          ///< Parsed, but a value is invalid; `Error::field` names it.
  unauthenticated,  ///< No session, or one that has ended.
  forbidden,        ///< Logged in, but without the permission.
  not_found,
  conflict,             ///< An entity of that name exists already.
  precondition_failed,  ///< If-Match named another version.
  too_large,
  unsupported_media_type,
  rate_limited,  ///< Too many requests; see `Error::retry_after`.
  refused,       ///< The peer refused (an OAuth2 `invalid_grant`, a Discord 4xx).
  bad_upstream,  ///< The peer's response violates its protocol.
  unavailable,   ///< The peer or the database is away; see `Error::retry_after`.
  timed_out,     ///< No response within the time limit.
};

/// An expected failure. `message` is one English sentence for the person who caused it, without internal details.
struct Error {
  Errc code{};
  std::string message{};
  /// JSON pointer (RFC 6901) to the invalid value; empty if the failure is not about a value.
  std::string field{};
  /// When to try again; zero if unknown.
  std::chrono::milliseconds retry_after{0};
  /// The peer's own error code (such as Discord's); zero if it sent none.
  int peer_code = 0;
  /// Where the fault is in a text, such as a script: from 1; 0 if that is not known.
  unsigned line = 0;
  unsigned column = 0;
};

/// Thrown when the value of a failed Result is accessed, and by code that cannot return a Result.
class ErrorException : public std::runtime_error {
 public:
  explicit ErrorException(Error error) : std::runtime_error(error.message), error_(std::move(error)) {}
  [[nodiscard]] const Error& error() const noexcept { return error_; }

 private:
  Error error_;
};

/// boost::system::result::value() calls this.
[[noreturn]] inline void throw_exception_from_error(const Error& error, const boost::source_location&) {
  throw ErrorException(error);
}

/// A value or an expected failure. Bugs, lack of memory and an unavailable database are exceptions instead.
template <class T>
using Result = boost::system::result<T, Error>;

/// An error about the value at `field` (a JSON pointer).
[[nodiscard]] inline Error invalid(std::string field, std::string message) {
  return Error{Errc::invalid, std::move(message), std::move(field)};
}

}  // namespace guildhall::base
