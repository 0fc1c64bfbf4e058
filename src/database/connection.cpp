#include "database/connection.hpp"

#include <soci/soci.h>

#include <chrono>
#include <stdexcept>
#include <string>

#include "database/migrator.hpp"

namespace guildhall::database {

Connection::Connection(const Dialect& dialect, Access access, const base::Log& log, Health* health)
    : dialect_(dialect), access_(access), log_(log), health_(health), session_(dialect.connect(access)) {}

Connection::~Connection() = default;

void Connection::remember_schema() { schema_ = schema_version(*session_); }

std::exception_ptr Connection::attempt(const std::function<void(soci::session&)>& work,
                                       const std::function<bool()>& may_repeat) {
  const bool was_broken = broken_;
  auto error = attempt_once(work);
  if (error && broken_ && !was_broken && may_repeat()) error = attempt_once(work);
  if (!last_error_.empty() && health_ != nullptr) {
    health_->failed(access_, last_fault_, last_error_, std::chrono::steady_clock::now());
  }
  if (!last_error_.empty() && !away_) {
    away_ = true;
    log_.warn("The database is away", {{"reason", last_error_}});
  }
  if (!error && last_error_.empty() && away_) {
    away_ = false;
    log_.info("The database is back");
  }
  return error;
}

std::exception_ptr Connection::attempt_once(const std::function<void(soci::session&)>& work) {
  last_error_.clear();
  rolled_back_ = false;
  return attempt_part([&] {
    dialect_.check_in_place();
    if (broken_) reconnect();
    work(*session_);
  });
}

std::exception_ptr Connection::attempt_part(const std::function<void()>& part) {
  try {
    part();
    return nullptr;
  } catch (const soci::soci_error& error) {
    return translate(error);
  } catch (const Unavailable& error) {
    last_error_ = error.what();
    last_fault_ = Fault::moved;
    return std::current_exception();
  } catch (...) {
    return std::current_exception();
  }
}

void Connection::reconnect() {
  auto session = dialect_.connect(access_);
  // The file may have been replaced by another one.
  if (schema_version(*session) != schema_) throw Unavailable("The database has another schema than at the start");
  session_ = std::move(session);
  broken_ = false;
}

std::exception_ptr Connection::translate(const soci::soci_error& error) {
  const auto message = dialect_.describe(error);
  const auto fault = dialect_.classify(error);
  rolled_back_ = rolled_back_ || fault == Fault::rolled_back;
  broken_ = broken_ || breaks_connection(fault);
  if (fault == Fault::constraint) return std::make_exception_ptr(ConstraintViolation(message));
  if (fault == Fault::bug) return std::make_exception_ptr(std::logic_error("A statement failed: " + message));
  last_error_ = message;
  last_fault_ = fault;
  return std::make_exception_ptr(Unavailable(message));
}

}  // namespace guildhall::database
