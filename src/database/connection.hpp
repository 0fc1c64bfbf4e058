#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/log.hpp"
#include "database/dialect.hpp"

namespace guildhall::database {

/// A connection that heals itself: after a fault that only a new one can cure it is opened again before its next use.
/// One thread at a time.
class Connection {
 public:
  /// Connects. Throws soci::soci_error, StartError.
  Connection(const Dialect& dialect, Access access, const base::Log& log);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  [[nodiscard]] soci::session& session() { return *session_; }

  /// From here on the schema is known, and must be the same after opening again.
  void remember_schema();

  /// Whether an attempt may be repeated.
  using Question = std::function<bool()>;

  /// Calls `work` with the session, opened again where that is due, and returns what it threw, or nothing. Where the
  /// connection turns out to be gone and `may_repeat` allows it, the same once more on a new one. What SOCI throws
  /// becomes Unavailable, ConstraintViolation or, for a wrong statement, std::logic_error, all without the values of
  /// parameters: those are not for the log.
  [[nodiscard]] std::exception_ptr attempt(const std::function<void(soci::session&)>& work, const Question& may_repeat);

  /// Whether the database has undone the transaction of the last attempt, for no fault of its own.
  [[nodiscard]] bool undone() const { return undone_; }
  /// Whether it is gone, by that or with the connection.
  [[nodiscard]] bool lost() const { return undone_ || broken_; }

  /// As `attempt` for a part of what it is running.
  [[nodiscard]] std::exception_ptr attempt_part(const std::function<void()>& part);

 private:
  [[nodiscard]] std::exception_ptr attempt_once(const std::function<void(soci::session&)>& work);
  void open_again();
  [[nodiscard]] std::exception_ptr translate(const soci::soci_error& error);
  void note_away(std::string_view reason);
  void note_back();

  const Dialect& dialect_;
  const Access access_;
  const base::Log log_;
  std::unique_ptr<soci::session> session_;
  std::int64_t schema_ = 0;
  bool broken_ = false;
  bool undone_ = false;
  std::string trouble_;  // of the attempt under way
  bool away_ = false;    // as the log was told
};

}  // namespace guildhall::database
