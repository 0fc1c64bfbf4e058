#include "domain/script_checker.hpp"

#include <utility>

#include "net/async/spawn.hpp"
#include "vm/script_host.hpp"

namespace guildhall::domain {
namespace {

/// On the host's event loop.
net::Task<vm::Outcome> check_at_home(vm::ScriptHost& host, base::GuildId guild, std::string script) {
  co_return co_await host.check(guild, std::move(script));
}

}  // namespace

base::Error syntax_error(const vm::Outcome& outcome) {
  auto error = base::invalid("", "The script does not parse: " + outcome.message);
  while (error.message.ends_with('.')) error.message.pop_back();
  if (outcome.position && outcome.position->line > 0) {
    error.line = outcome.position->line;
    error.column = outcome.position->column;
    error.message += " (line " + std::to_string(error.line);
    if (error.column > 0) error.message += ", column " + std::to_string(error.column);
    error.message += ')';
  }
  error.message += '.';
  return error;
}

net::Task<base::Result<void>> HostScriptChecker::check(base::GuildId guild, std::string script) {
  const auto outcome = co_await net::run_on(home_, check_at_home(host_, guild, std::move(script)));
  if (outcome.ending == vm::Ending::syntax) co_return syntax_error(outcome);
  if (!outcome.ok()) {
    log_.debug("A script is saved unchecked", {{"guild", guild}, {"reason", vm::to_string(outcome.ending)}});
  }
  co_return base::Result<void>{};
}

}  // namespace guildhall::domain
