#pragma once

#include <string>

#include "base/log.hpp"
#include "base/result.hpp"
#include "net/task.hpp"

namespace guildhall::vm {
struct Outcome;
class ScriptHost;
}  // namespace guildhall::vm

namespace guildhall::domain {

/// Finds out whether scripts parse. Any event loop may ask.
class ScriptChecker {
 public:
  virtual ~ScriptChecker() = default;
  /// Errc::invalid, with line and column, if the script does not parse. A script that cannot be checked now is
  /// accepted, so that people can save their work in any state of the script host.
  [[nodiscard]] virtual net::Task<base::Result<void>> check(base::GuildId guild, std::string script) = 0;
};

/// The error about a script that does not parse (vm::Ending::syntax), with line and column.
[[nodiscard]] base::Error syntax_error(const vm::Outcome& outcome);

/// Asks the script host.
class HostScriptChecker final : public ScriptChecker {
 public:
  /// `home` is the event loop of `host`, which outlives this.
  HostScriptChecker(net::Executor home, vm::ScriptHost& host, base::Log log)
      : home_(std::move(home)), host_(host), log_(std::move(log)) {}

  [[nodiscard]] net::Task<base::Result<void>> check(base::GuildId guild, std::string script) override;

 private:
  const net::Executor home_;
  vm::ScriptHost& host_;
  const base::Log log_;
};

}  // namespace guildhall::domain
