#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "app/database_module.hpp"
#include "app/script_module.hpp"
#include "app/setup/checks.hpp"
#include "app/setup/judge_machine.hpp"
#include "base/log.hpp"
#include "config/help.hpp"
#include "database/upgrade.hpp"
#include "vm/script_host.hpp"

namespace guildhall::app {
namespace {

bool is_file_database(const config::Db& db) {
  return db.dialect == config::Dialect::sqlite && db.storage != ":memory:";
}

std::string folder_of(const std::string& file) {
  const auto folder = std::filesystem::absolute(file).lexically_normal().parent_path();
  return folder.string();
}

/// Nothing where the file does not exist, or is not for us to look at.
void add_rights(Findings& findings, std::string_view what, const std::string& path) {
  struct stat file {};
  if (::stat(path.c_str(), &file) == 0 && S_ISREG(file.st_mode)) {
    findings.push_back(judge_rights(what, path, file.st_mode));
  }
}

/// A database of root in a directory of somebody else. Root may write it, so a look at the rights does not show it.
void add_owner_of_database(Findings& findings, const std::string& database, const std::string& folder) {
  struct stat file {};
  struct stat place {};
  if (::stat(database.c_str(), &file) != 0 || ::stat(folder.c_str(), &place) != 0) return;
  if (file.st_uid != 0 || place.st_uid == 0) return;
  findings.push_back(
      failed("files", "The database " + database + " belongs to root, so the owner of its directory cannot write it.",
             "Give it to that user: `chown --reference=" + folder + " " + database + "*`."));
}

Findings look_at_files(const Installation& installation) {
  const auto& db = installation.config.db;
  Findings findings;
  add_rights(findings, "The file of variables", installation.env_file);
  if (is_file_database(db)) {
    add_rights(findings, "The database", db.storage);
    const auto folder = folder_of(db.storage);
    add_owner_of_database(findings, db.storage, folder);
    if (::access(folder.c_str(), F_OK) != 0) {
      findings.push_back(failed("files", "The directory " + folder + " of the database does not exist.",
                                "Create it, for the user that guildhall runs as, or set DB_STORAGE."));
    } else if (::access(folder.c_str(), W_OK | X_OK) != 0) {
      findings.push_back(failed("files", "This user may not write in " + folder + ", where the database is.",
                                "Give the directory to the user that guildhall runs as, and run this as that user."));
    }
  } else if (!db.tls_ca.empty() && ::access(db.tls_ca.c_str(), R_OK) != 0) {
    findings.push_back(
        failed("files", "DB_TLS_CA " + db.tls_ca + " cannot be read.", "Correct the path or its rights."));
  }
  if (findings.empty()) findings.push_back(ok("files", "No file has secrets that others can read."));
  return findings;
}

/// What a migration would say, which changes nothing.
Findings look_at_schema(const config::Db& config) {
  const auto options = database_options(config);
  if (database::is_missing(options)) {
    return {ok("database", "There is no database " + config.storage + " yet; the first start makes it.")};
  }
  const auto pending = database::upgrade(options, base::SystemClock(), database::Run::dry);
  if (pending.empty()) return {ok("database", "The database answers, and its schema is up to date.")};
  return {warning("database",
                  "The schema lacks " + std::to_string(pending.size()) + " migrations, up to " + pending.back() + ".",
                  "Back up and start guildhall, which applies them, or run `guildhall migrate`.")};
}

Findings look_at_database(const config::Db& config) {
  Findings findings;
  try {
    if (config.dialect == config::Dialect::sqlite) return look_at_schema(config);
    const auto facts = database::inspect_server(database_options(config));
    findings.push_back(ok("database.server", "The server is " + facts.version + "."));
    findings.push_back(judge_grants(facts.grants, config.name));
    std::ranges::move(judge_server(facts, config), std::back_inserter(findings));
    std::ranges::move(look_at_schema(config), std::back_inserter(findings));
  } catch (const database::StartError& error) {
    findings.push_back(failed("database", error.what(), "docs/operations.md says how to set a database up."));
  }
  return findings;
}

/// The script that tries the sandbox makes no calls.
class NoCalls final : public vm::HostCalls {
 public:
  net::Task<base::Result<boost::json::value>> call(vm::Call) override { co_return boost::json::value(nullptr); }
  void console(vm::ConsoleLevel, std::string) override {}
};

}  // namespace

net::Task<Findings> check_variables(std::shared_ptr<const Installation> installation) {
  const auto& environment = installation->environment;
  Findings findings;
  for (const auto& fault : installation->faults) {
    findings.push_back(failed("variables", fault, "Set it in " + installation->env_file + ", or in the environment."));
  }
  for (const auto& line : config::misspelling_warnings(environment)) {
    findings.push_back(warning("variables", line, "Correct or remove it; `guildhall --help` lists all."));
  }
  for (const auto& line : environment.warnings()) {
    findings.push_back(warning("variables", line, "Write the value so that all readers of the file agree."));
  }
  if (installation->config.scripts.enabled && installation->config.scripts.unsafe) {
    findings.push_back(warning("variables", "SCRIPTS_UNSAFE=1 lets scripts run without the whole sandbox.",
                               "Remove it unless you trust everybody who may write a script."));
  }
  if (findings.empty()) {
    findings.push_back(ok("variables", std::to_string(environment.variables().size()) + " are set, all valid."));
  }
  co_return findings;
}

net::Task<Findings> check_files(std::shared_ptr<const Installation> installation) {
  return on_thread([installation] { return look_at_files(*installation); });
}

net::Task<Findings> check_disk(std::shared_ptr<const Installation> installation) {
  const auto& db = installation->config.db;
  if (!is_file_database(db)) co_return Findings();
  std::function<Findings()> work = [folder = folder_of(db.storage)] {
    struct statvfs space {};
    if (::statvfs(folder.c_str(), &space) != 0) return Findings();  // check_files names a missing folder.
    return Findings{judge_space(folder, space.f_bavail * space.f_frsize, space.f_blocks * space.f_frsize)};
  };
  auto findings = co_await on_thread(std::move(work));
  co_return findings;
}

net::Task<Findings> check_database(std::shared_ptr<const Installation> installation) {
  return on_thread([installation] { return look_at_database(installation->config.db); });
}

net::Task<Findings> check_sandbox(std::shared_ptr<const Installation> installation) {
  constexpr std::string_view check = "sandbox";
  const auto& config = installation->config.scripts;
  if (!config.enabled) co_return Findings(1, ok(check, "SCRIPTS is off."));
  const auto executor = co_await boost::asio::this_coro::executor;
  const base::SystemClock clock;
  base::Logger nowhere(clock, base::LogLevel::error);
  vm::ScriptHost host(executor, script_host_options(config), base::Log(nowhere, "check"));
  const auto started = co_await host.start();
  if (!started) {
    co_return Findings(1, warning(check, "Scripts are off: " + started.error().message,
                                  "docs/sandbox.md says what the machine needs. Everything else works."));
  }
  vm::ScriptRun run;
  run.guild = base::GuildId{1};
  run.interaction = {{"id", "1"},
                     {"user", {{"id", "1"}, {"username", "check"}}},
                     {"data", {{"custom_id", "check"}, {"component_type", 2}}}};
  run.script = "if ([1, 2].map((n) => n + 1).join() !== '2,3') throw new Error('The engine cannot count')";
  std::shared_ptr<vm::HostCalls> calls = std::make_shared<NoCalls>();
  const auto outcome = co_await host.run(std::move(run), std::move(calls));
  co_await host.stop();
  if (outcome.ok()) co_return Findings(1, ok(check, "A script ran, and its sandbox is complete."));
  co_return Findings(
      1, failed(check, "A script ended as `" + std::string(to_string(outcome.ending)) + "`: " + outcome.message,
                "docs/sandbox.md says what the machine needs; look at the kernel's log for a refusal."));
}

}  // namespace guildhall::app
