#include "app/maintenance.hpp"

#include <atomic>
#include <csignal>

#include "app/application.hpp"
#include "app/database_module.hpp"
#include "app/purpose_keys.hpp"
#include "base/clock.hpp"
#include "database/backup.hpp"
#include "database/upgrade.hpp"
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
