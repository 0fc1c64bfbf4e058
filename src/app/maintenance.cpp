#include "app/maintenance.hpp"

#include <atomic>
#include <csignal>

#include "app/application.hpp"
#include "app/blocking.hpp"
#include "app/database_module.hpp"
#include "app/purpose_keys.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "database/backup.hpp"
#include "database/models/user_repository.hpp"
#include "database/upgrade.hpp"
#include "domain/admins.hpp"
#include "domain/import/sequelize_import.hpp"
#include "jwt/jwe.hpp"

namespace guildhall::app {
namespace {

std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free, "set by a signal handler");

/// Runs `work`, whose reasons to fail are the program's.
template <class Work>
void run(Work work) {
  try {
    work();
  } catch (const database::StartError& error) {
    throw StartError(error.what());
  }
}

/// Calls `work` with those who hold role ADMIN in the database of `config`, which must exist.
template <class Work>
void with_admins(const config::Config& config, Work work) {
  run([&] {
    const auto options = database_options(config.db);
    if (database::is_missing(options)) {
      throw StartError("There is no database " + options.storage + " yet: start guildhall, and log in.");
    }
    const base::SystemClock clock;
    base::Logger logger(clock, base::LogLevel::error);
    const base::Log log(logger, "app");
    const auto database = database::Database::open(options, clock, log);
    database::UserRepository users(*database);
    domain::Admins admins(users, config.server.admin_user_ids, log);
    try {
      work(admins);
    } catch (const database::Unavailable& away) {
      throw StartError(std::string("The database is not available: ") + away.what() + ".");
    }
  });
}

void expect(const base::Result<void>& outcome) {
  if (!outcome) throw StartError(outcome.error().message);
}

std::string_view describe_source(std::string_view source) {
  if (source == database::role_source::list) return "from ADMIN_USER_IDS";
  if (source == database::role_source::adopted) return "from the adopted database";
  return "added by an operator";
}

database::Run run_for(DryRun dry_run) { return dry_run == DryRun::yes ? database::Run::dry : database::Run::real; }

}  // namespace

void migrate(const config::Config& config, DryRun dry_run, std::ostream& out) {
  run([&] {
    const auto names = database::upgrade(database_options(config.db), base::SystemClock(), run_for(dry_run));
    if (names.empty()) out << "The schema is up to date.\n";
    for (const auto& name : names) {
      out << (dry_run == DryRun::yes ? "To be applied: " : "Applied: ") << name << '\n';
    }
  });
}

void adopt(const config::Config& config, DryRun dry_run, std::ostream& out) {
  run([&] {
    using Tense = domain::ImportReport::Tense;
    const jwt::Jwe jwe(keys_for(config.jwt, refresh_tokens_at_rest));
    const auto report = domain::import_sequelize(
        database_options(config.db), base::SystemClock(),
        [&jwe](const base::Secret& token) { return jwe.encrypt(token.reveal()); }, run_for(dry_run));
    if (dry_run == DryRun::yes) {
      out << "This would be done; nothing has been changed:\n" << report.to_text(Tense::future);
      return;
    }
    out << "The database is guildhall's now:\n" << report.to_text(Tense::past);
    if (config.log.retention.count() > 0) {
      out << "Logs older than LOG_RETENTION_DAYS (" << config.log.retention.count()
          << ") leave table logs once guildhall runs; the old table keeps them.\n";
    }
  });
}

void list_admins(const config::Config& config, std::ostream& out) {
  with_admins(config, [&](domain::Admins& admins) {
    const auto all = run_blocking(admins.list());
    if (all.empty()) out << "Nobody holds role ADMIN.\n";
    for (const auto& admin : all) {
      out << admin.id.to_string() << "  " << admin.username << "  (" << describe_source(admin.source) << ")\n";
    }
  });
}

void add_admin(const config::Config& config, base::UserId id, std::ostream& out) {
  with_admins(config, [&](domain::Admins& admins) {
    expect(run_blocking(admins.add(id)));
    out << id.to_string() << " holds role ADMIN now, until `guildhall admin remove`.\n";
  });
}

void remove_admin(const config::Config& config, base::UserId id, std::ostream& out) {
  with_admins(config, [&](domain::Admins& admins) {
    expect(run_blocking(admins.remove(id)));
    out << id.to_string() << " does not hold role ADMIN any more.\n";
  });
}

void back_up(const config::Config& config, const std::filesystem::path& file, Overwrite overwrite, std::ostream& out) {
  const auto interrupt = [](int) { interrupted = true; };
  std::signal(SIGINT, interrupt);
  std::signal(SIGTERM, interrupt);
  run([&] {
    const auto existing = overwrite == Overwrite::yes ? database::Existing::overwrite : database::Existing::refuse;
    const auto done = database::back_up(database_options(config.db), file, existing, interrupted);
    out << "Wrote " << file.string() << ": " << done.bytes << " bytes, schema " << done.schema << ", checked.\n";
  });
}

}  // namespace guildhall::app
