#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
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

  /// Calls `work` with the session, opened again where that is due, and returns what it threw, or nothing. What SOCI
  /// throws becomes Unavailable, ConstraintViolation or, for a wrong statement, std::logic_error, all without the
  /// values of parameters: those are not for the log.
  [[nodiscard]] std::exception_ptr attempt(const std::function<void(soci::session&)>& work);

  /// As `attempt` for a part of what it is running.
  [[nodiscard]] std::exception_ptr attempt_part(const std::function<void()>& part);

 private:
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
  bool away_ = false;  // as the log was told
};

}  // namespace guildhall::database
