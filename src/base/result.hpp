#pragma once

#include <boost/system/result.hpp>
#include <chrono>
#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

namespace guildhall::base {

/// What went wrong, in terms that every folder shares. One place (server/errors) turns each into HTTP.
enum class Errc {
  malformed,        ///< Not parseable at all: JSON, form, token.
  invalid,          ///< Parseable, but a value is not acceptable; `Error::field` names it.
  unauthenticated,  ///< No session, or one that has ended.
  forbidden,        ///< A session, but not the right to do this.
  not_found,
  conflict,             ///< Something of that name exists already.
  precondition_failed,  ///< If-Match named another version.
  too_large,
  unsupported_media_type,
  rate_limited,  ///< Too many requests; `Error::retry_after` says when to come back.
  refused,       ///< The peer understood and said no (an OAuth2 `invalid_grant`, a Discord 4xx).
  bad_upstream,  ///< The peer answered something that is not its protocol.
  unavailable,   ///< The peer or the database is away; `Error::retry_after` says when to come back.
  timed_out,     ///< No answer within the time allowed.
};

/// An expected failure, fit to be shown to the person who caused it: `message` is one English sentence without
/// anything of the inside.
struct Error {
  Errc code{};
  std::string message{};
  /// JSON pointer (RFC 6901) to the value at fault; empty where no value is.
  std::string field{};
  /// When to try again; zero where nothing is known.
  std::chrono::milliseconds retry_after{0};
  /// The peer's own number for what happened (a code of Discord's errors); zero where it gave none.
  int peer_code = 0;
  /// Where the fault is in a text, such as a script: from 1; 0 where that is not known.
  unsigned line = 0;
  unsigned column = 0;
};

/// A failed Result whose value was taken all the same, or a place that can only throw.
class ErrorException : public std::runtime_error {
 public:
  explicit ErrorException(Error error) : std::runtime_error(error.message), error_(std::move(error)) {}
  [[nodiscard]] const Error& error() const noexcept { return error_; }

 private:
  Error error_;
};

/// For boost::system::result: what `value()` throws.
[[noreturn]] inline void throw_exception_from_error(const Error& error, const boost::source_location&) {
  throw ErrorException(error);
}

/// A value, or the Error that a correct program must expect. Bugs, lack of memory and a database that is away are
/// exceptions instead.
template <class T>
using Result = boost::system::result<T, Error>;

/// `message` about the value at `field` (JSON pointer).
[[nodiscard]] inline Error invalid(std::string field, std::string message) {
  return Error{Errc::invalid, std::move(message), std::move(field)};
}

}  // namespace guildhall::base
