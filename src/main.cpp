#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <iostream>

#include "app/application.hpp"
#include "app/maintenance.hpp"
#include "app/service_manager.hpp"
#include "app/setup/check.hpp"
#include "app/setup/questioner.hpp"
#include "app/setup/setup.hpp"
#include "app/version.hpp"
#include "base/stacktrace/crash_trace.hpp"
#include "config/config.hpp"
#include "config/demo.hpp"
#include "config/help.hpp"

namespace {

using namespace guildhall;

struct CommandLine {
  std::string env_file = ".env";
  bool env_file_given = false;
  bool demo = false;
  bool env_example = false;

  bool migrate = false;
  bool adopt = false;
  bool dry_run = false;

  enum class AdminAction : std::uint8_t { none, list, add, remove };
  AdminAction admin = AdminAction::none;
  std::string admin_id;

  bool setup = false;
  std::string answers;
  std::vector<std::string> set;

  bool check = false;
  bool json = false;

  bool backup = false;
  std::string backup_file;
  bool overwrite = false;
};

void run_migrate(const CommandLine& line, const config::Config& config) {
  const auto dry_run = line.dry_run ? app::DryRun::yes : app::DryRun::no;
  if (line.adopt) {
    app::adopt(config, dry_run, std::cout);
  } else {
    app::migrate(config, dry_run, std::cout);
  }
}

void run_admin(const CommandLine& line, const config::Config& config) {
  using enum CommandLine::AdminAction;
  if (line.admin == list) return app::list_admins(config, std::cout);
  const auto id = base::UserId::parse(line.admin_id);
  if (!id) throw app::StartError("ID: expected the Discord id of a user (digits).");
  line.admin == add ? app::add_admin(config, *id, std::cout) : app::remove_admin(config, *id, std::cout);
}

config::Environment read_environment(const CommandLine& line) {
  const auto need = line.env_file_given ? config::EnvFile::required : config::EnvFile::optional;
  auto environment = config::read_environment(line.env_file, need);
  if (line.demo) config::apply_demo(environment);
  return environment;
}

void serve(const CommandLine& line, config::Config config, config::Environment environment) {
  app::Application application({.config = std::move(config),
                                .environment = std::move(environment),
                                .read_again = [line] { return read_environment(line); }});
  application.run();
}

[[noreturn]] void check(const CommandLine& line) {
  const auto format = line.json ? app::ReportFormat::json : app::ReportFormat::text;
  const int code = app::run_check([&line] { return read_environment(line); }, line.env_file, format, std::cout);
  // Threads may still wait for hosts that do not answer.
  std::_Exit(code);
}

/// The file need not exist yet.
[[noreturn]] void set_up(const CommandLine& line) {
  auto known = config::read_environment(line.env_file, config::EnvFile::optional);
  app::run_setup({.env_file = line.env_file, .answers = line.answers, .set = line.set}, known, std::cout);
  std::cout << std::flush;
  std::_Exit(EXIT_SUCCESS);  // As in `check`.
}

int run(const CommandLine& line) {
  if (line.env_example) {
    std::cout << config::env_example();
    return EXIT_SUCCESS;
  }
  if (line.setup) set_up(line);
  if (line.check) check(line);
  auto environment = read_environment(line);
  for (const auto& warning : config::misspelling_warnings(environment)) std::cerr << "guildhall: " << warning << '\n';
  for (const auto& warning : environment.warnings()) std::cerr << "guildhall: " << warning << '\n';
  auto config = config::load(environment);
  if (line.migrate) {
    run_migrate(line, config);
  } else if (line.admin != CommandLine::AdminAction::none) {
    run_admin(line, config);
  } else if (line.backup) {
    app::back_up(config, line.backup_file, line.overwrite ? app::Overwrite::yes : app::Overwrite::no, std::cout);
  } else {
    serve(line, std::move(config), std::move(environment));
  }
  return EXIT_SUCCESS;
}

constexpr const char* subcommand_footer =
    "--env-file and the variables that `guildhall --help` names are as for a start.";

void add_migrate(CLI::App& parser, CommandLine& line) {
  auto* migrate = parser.add_subcommand("migrate", "Bring the database's schema up to date and exit");
  migrate->add_flag("--adopt", line.adopt,
                    "Take over a database that was made by Sequelize models (users, roles, user_roles, guilds, "
                    "commands, logs); no other program may use it meanwhile");
  migrate->add_flag("--dry-run", line.dry_run, "Only say what would be done");
  migrate->footer(subcommand_footer);
  migrate->callback([&line] { line.migrate = true; });
}

void add_admin(CLI::App& parser, CommandLine& line) {
  using enum CommandLine::AdminAction;
  auto* admin = parser.add_subcommand("admin", "Say who holds role ADMIN, or change it, also while guildhall runs");
  admin->require_subcommand(1);
  admin->footer(subcommand_footer);
  const auto declare = [&](const char* name, const char* doc, CommandLine::AdminAction action) {
    auto* command = admin->add_subcommand(name, doc);
    command->callback([&line, action] { line.admin = action; });
    command->footer(subcommand_footer);
    return command;
  };
  constexpr auto id_doc = "The user's id at Discord";
  declare("list", "List who holds the role, and why", list);
  declare("add", "Give the role to a user who has logged in; it stays, whatever ADMIN_USER_IDS says", add)
      ->add_option("ID", line.admin_id, id_doc)
      ->required();
  declare("remove", "Take the role from a user whom ADMIN_USER_IDS does not name", remove)
      ->add_option("ID", line.admin_id, id_doc)
      ->required();
}

void add_backup(CLI::App& parser, CommandLine& line) {
  auto* backup =
      parser.add_subcommand("backup", "Copy the SQLite database to FILE, also while guildhall runs, and exit");
  backup->add_option("FILE", line.backup_file, "The copy; readable by its owner alone")->required();
  backup->add_flag("--overwrite", line.overwrite, "Replace FILE where it exists");
  backup->footer(subcommand_footer);
  backup->callback([&line] { line.backup = true; });
}

void add_setup(CLI::App& parser, CommandLine& line) {
  auto* setup =
      parser.add_subcommand("setup", "Ask for what guildhall needs, try each answer, and write the .env file");
  setup->add_option("--answers", line.answers,
                    "Take the answers from this file of NAME=value, or - for standard input; what it leaves out stays "
                    "or gets its default; OVERWRITE=yes changes an existing file");
  setup->add_option("--set", line.set, "NAME=value: an answer that is no secret; may be repeated");
  setup->footer("--env-file names the file to write (default .env). A wrong answer writes nothing.");
  setup->callback([&line] { line.setup = true; });
}

void add_check(CLI::App& parser, CommandLine& line) {
  auto* check = parser.add_subcommand(
      "check",
      "Look at variables, files, disk, database, Discord, port, PUBLIC_URL and sandbox, and say what to do; names no "
      "secret. Exit code 0: all is well, 1: warnings, 2: failures");
  check->add_flag("--json", line.json, "Print JSON for other programs");
  check->footer(subcommand_footer);
  check->callback([&line] { line.check = true; });
}

}  // namespace

int main(int argc, char** argv) {
  base::install_crash_trace("guildhall");
  // A log reader that goes away must not take the program with it.
  std::signal(SIGPIPE, SIG_IGN);
  // A write above the process's limit for files fails like one on a full disk.
  std::signal(SIGXFSZ, SIG_IGN);
  CommandLine line;
  CLI::App parser("guildhall: a self-hosted Discord bot with its dashboard", "guildhall");
  auto* env_file = parser.add_option("--env-file", line.env_file, "Read variables from this file (default .env)");
  parser.add_flag("--demo", line.demo, "Run against discord-sim on 127.0.0.1:8090 instead of Discord");
  parser.add_flag("--env-example", line.env_example, "Print an example of the .env file and exit");
  parser.set_version_flag("--version", std::string(app::version));
  parser.footer(config::environment_help());
  // Options of the program may stand behind a subcommand too.
  parser.fallthrough();
  parser.require_subcommand(0, 1);
  add_setup(parser, line);
  add_check(parser, line);
  add_migrate(parser, line);
  add_admin(parser, line);
  add_backup(parser, line);
  CLI11_PARSE(parser, argc, argv);
  line.env_file_given = env_file->count() > 0;
  try {
    return run(line);
  } catch (const std::exception& error) {
    std::cerr << app::journal_prefix() << "guildhall: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
