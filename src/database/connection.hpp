#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>

#include "base/log.hpp"
#include "database/dialect.hpp"
#include "database/health.hpp"

namespace guildhall::database {

/// A connection that reconnects: after a fault that only a new connection can cure, the next use opens one. One thread
/// at a time.
class Connection {
 public:
  /// Connects. Tells `health` of failures, if that is set. Throws soci::soci_error, StartError.
  Connection(const Dialect& dialect, Access access, const base::Log& log, Health* health = nullptr);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  [[nodiscard]] soci::session& session() { return *session_; }

  /// Records the schema version; reconnecting fails if it has changed.
  void remember_schema();

  /// Calls `work` with the session, after reconnecting if needed, and returns what it threw, or null. If the connection
  /// breaks meanwhile and `may_repeat` allows it, `work` runs once more on a new one. Exceptions of SOCI become
  /// Unavailable, ConstraintViolation or, for a wrong statement, std::logic_error, all without the values of
  /// parameters, which must not reach the log.
  [[nodiscard]] std::exception_ptr attempt(const std::function<void(soci::session&)>& work,
                                           const std::function<bool()>& may_repeat);

  /// Whether the database rolled the transaction of the last attempt back because of a deadlock.
  [[nodiscard]] bool rolled_back() const { return rolled_back_; }
  /// Whether that transaction is gone, by a deadlock or with the connection.
  [[nodiscard]] bool transaction_lost() const { return rolled_back_ || broken_; }

  /// As `attempt`, for a part of what it is running.
  [[nodiscard]] std::exception_ptr attempt_part(const std::function<void()>& part);

 private:
  [[nodiscard]] std::exception_ptr attempt_once(const std::function<void(soci::session&)>& work);
  void reconnect();
  [[nodiscard]] std::exception_ptr translate(const soci::soci_error& error);

  const Dialect& dialect_;
  const Access access_;
  const base::Log log_;
  Health* const health_;
  std::unique_ptr<soci::session> session_;
  std::int64_t schema_ = 0;
  bool broken_ = false;
  bool rolled_back_ = false;
  std::string last_error_;  // of the current attempt, if it says that the database is away
  Fault last_fault_{};      // the same as a kind
  bool away_ = false;       // as the log says
};

}  // namespace guildhall::database
