#include "database/database.hpp"

#include <soci/soci.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "base/log_ids.hpp"
#include "database/background_thread.hpp"
#include "database/integrity_check.hpp"
#include "database/legacy/legacy_tables.hpp"
#include "database/migrator.hpp"
#include "database/models/trigger_keys.hpp"
#include "database/purge_time.hpp"
#include "database/rows.hpp"
#include "database/transaction.hpp"
#include "database/worker.hpp"

namespace guildhall::database {
namespace {

constexpr std::chrono::milliseconds ping_limit{500};
/// Up to this size the file is checked before the program starts, which takes some milliseconds.
constexpr std::uint64_t small_file = 32 << 20;
constexpr const char* no_answer = "The database does not answer.";
constexpr std::size_t purge_step = 500;

std::shared_ptr<Job> make_job(std::function<void(soci::session&, Changes&)> work) {
  auto job = std::make_shared<Job>();
  job->work = std::move(work);
  return job;
}

std::shared_ptr<Job> make_read(std::function<void(soci::session&)> read) {
  return make_job([read = std::move(read)](soci::session& sql, Changes&) { read(sql); });
}

}  // namespace

struct Database::Impl {
  Impl(Options opened_with, std::unique_ptr<Dialect> made, const base::Clock& now, base::Log to)
      : options(std::move(opened_with)),
        dialect(std::move(made)),
        layout(dialect->layout()),
        clock(now),
        purge_time(now),
        log(std::move(to)),
        feed(layout.feed_writers, layout.feed_overlap),
        reads(options.queue_limit),
        writes(options.queue_limit),
        background(feed, tally),
        integrity(*dialect, health, log) {}

  void start();
  void close();

  [[nodiscard]] std::unique_ptr<Connection> connect(Access access);
  void check_file(soci::session& sql) const;
  [[nodiscard]] net::Task<> write(std::shared_ptr<Job> job);
  /// If no connection only reads, reads queue with the writes.
  [[nodiscard]] JobQueue& queue_for_reads() { return layout.readers == 0 ? writes : reads; }

  const Options options;
  const std::unique_ptr<Dialect> dialect;
  const Dialect::Layout layout;
  const base::Clock& clock;
  PurgeTime purge_time;
  const base::Log log;
  ChangeFeed feed;
  Tally tally;
  Health health;
  JobQueue reads;
  JobQueue writes;
  BackgroundThread background;
  IntegrityCheck integrity;

  std::mutex mutex;  // guards busy_workers
  std::condition_variable worker_ended;
  std::size_t busy_workers = 0;
  std::vector<std::shared_ptr<void>> workers;  ///< Each with its connection.
  std::vector<std::thread> threads;            ///< Of the workers.
  std::shared_ptr<void> feed_purge;

 private:
  template <class Worker>
  void start_worker(std::shared_ptr<Worker> worker);
};

std::unique_ptr<Connection> Database::Impl::connect(Access access) {
  auto connection = std::make_unique<Connection>(*dialect, access, log, &health);
  connection->remember_schema();
  return connection;
}

/// Reads all of a small file, and writes without a commit, which a file can forbid that is fine otherwise.
void Database::Impl::check_file(soci::session& sql) const {
  const auto size = dialect->file_size();
  if (!size) return;
  if (*size <= small_file) {
    const std::atomic<bool> never{false};
    const auto damage = dialect->find_damage(sql, never);
    if (!damage.empty()) {
      throw StartError("The database " + dialect->name() + " is damaged (" + damage + "). Restore it from a backup.");
    }
  }
  dialect->begin(sql, Access::write);
  const Transaction rolled_back(sql);
  sql << "UPDATE schema_migrations SET number = number WHERE number = 1";
}

void Database::Impl::start() {
  dialect->prepare();
  const bool shared = layout.feed_writers == ChangeFeed::Writers::many;
  if (shared) legacy::refuse_foreign(*dialect->connect(Access::read), *dialect);
  auto first = std::make_unique<Connection>(*dialect, Access::write, log, &health);
  if (shared) {
    migrate(*dialect->connect(Access::schema), *dialect, migrations(), clock.now());
  } else {
    migrate(first->session(), *dialect, migrations(), clock.now());  // each connection has its own database in memory
  }
  const auto filled = fill_trigger_keys(first->session(), *dialect);
  if (filled.case_sensitive > 0) {
    log.warn("Commands of one server whose triggers differ in case alone are case-sensitive from now on",
             {{"commands", filled.case_sensitive}});
  }
  first->remember_schema();
  check_file(first->session());
  dialect->remember_files();
  const auto newest =
      query<base::Timestamp>(first->session(), "SELECT timestamp FROM logs WHERE id < :end ORDER BY id DESC LIMIT 1",
                             static_cast<long long>(base::LogIds::first(clock.now() - PurgeTime::believed_after)));
  if (!newest.empty()) purge_time.saw(newest.front());
  feed.begin(first->session(), std::chrono::steady_clock::now());

  // All connect before any works, so that a failure leaves no thread behind.
  std::vector<std::unique_ptr<Connection>> writers;
  writers.push_back(std::move(first));
  while (writers.size() < layout.writers) writers.push_back(connect(Access::write));
  std::vector<std::unique_ptr<Connection>> readers;
  while (readers.size() < layout.readers) readers.push_back(connect(Access::read));
  auto follower = shared ? connect(Access::read) : nullptr;

  for (auto& connection : writers) {
    start_worker(std::make_shared<Writer>(std::move(connection), *dialect, writes, feed, health, clock, tally));
  }
  for (auto& connection : readers) start_worker(std::make_shared<Reader>(std::move(connection), *dialect, reads));
  background.start(std::move(follower));
  if (const auto size = dialect->file_size()) {
    integrity.start(*size > small_file ? IntegrityCheck::First::at_once : IntegrityCheck::First::on_suspicion);
  }
}

template <class Worker>
void Database::Impl::start_worker(std::shared_ptr<Worker> worker) {
  {
    const std::lock_guard lock(mutex);
    ++busy_workers;
  }
  workers.push_back(worker);
  threads.emplace_back([this, worker = worker.get()] {
    worker->run();
    const std::lock_guard lock(mutex);
    --busy_workers;
    worker_ended.notify_all();
  });
}

void Database::Impl::close() {
  background.stop();
  integrity.stop();
  reads.close();
  writes.close();
  {
    std::unique_lock lock(mutex);
    worker_ended.wait_for(lock, options.close_limit, [this] { return busy_workers == 0; });
  }
  for (auto* queue : {&reads, &writes}) {
    for (const auto& job : queue->clear()) job->finish(std::make_exception_ptr(Unavailable("The database was closed")));
  }
  for (auto& thread : threads) thread.join();
  threads.clear();
  // Connections close one after the other: if several close at once, SQLite does not see which is the last, and its
  // WAL file stays.
  workers.clear();
}

net::Task<> Database::Impl::write(std::shared_ptr<Job> job) {
  ++tally.writes;
  return run_job(writes, std::move(job), options.wait_limit, tally);
}

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {
  impl_->feed_purge = each_minute([this] {
    static_cast<void>(purge_time());  // looks at the clock
    start_purge([this](soci::session& sql, std::size_t) {
      return static_cast<std::size_t>(impl_->feed.purge(sql, std::chrono::steady_clock::now()));
    });
  });
}

Database::~Database() { close(); }

std::unique_ptr<Database> Database::open(Options options, const base::Clock& clock, base::Log log) {
  auto dialect = make_dialect(options);
  auto impl = std::make_unique<Impl>(std::move(options), std::move(dialect), clock, std::move(log));
  try {
    impl->start();
  } catch (const soci::soci_error& error) {
    throw StartError(impl->dialect->explain(error));
  }
  return std::unique_ptr<Database>(new Database(std::move(impl)));
}

void Database::close() { impl_->close(); }

net::Task<> Database::run_read(std::function<void(soci::session&)> job) {
  ++impl_->tally.reads;
  return run_job(impl_->queue_for_reads(), make_read(std::move(job)), impl_->options.wait_limit, impl_->tally);
}

net::Task<> Database::run_write(std::function<void(soci::session&, Changes&)> job) {
  return impl_->write(make_job(std::move(job)));
}

net::Task<> Database::write_batched(std::shared_ptr<const BatchWork> work, std::shared_ptr<void> item) {
  auto job =
      make_job([work, item](soci::session& sql, Changes& changes) { (*work)(sql, std::span(&item, 1), changes); });
  job->batch = std::move(work);
  job->item = std::move(item);
  return impl_->write(std::move(job));
}

net::Task<> Database::ping() {
  auto job = make_read([](soci::session& sql) { static_cast<void>(schema_version(sql)); });
  return run_job(impl_->queue_for_reads(), std::move(job), std::min(ping_limit, impl_->options.wait_limit),
                 impl_->tally);
}

net::Task<std::string> Database::fault() {
  auto& health = impl_->health;
  bool answers = true;
  try {
    co_await ping();
    if (health.should_probe(std::chrono::steady_clock::now())) {
      auto probe = make_job([](soci::session&, Changes& changes) { changes.add(Entity::nothing, std::string()); });
      co_await run_job(impl_->writes, std::move(probe), std::min(ping_limit, impl_->options.wait_limit), impl_->tally);
    }
  } catch (const Unavailable&) {
    answers = false;
  }
  auto reason = health.reason();
  if (reason.empty() && !answers) reason = no_answer;
  co_return reason;
}

void Database::start_read(std::function<void(soci::session&)> job) {
  if (!impl_->queue_for_reads().push(make_read(std::move(job)))) ++impl_->tally.refused;
}

void Database::start_write(std::function<void(soci::session&, Changes&)> job, WriteDone done) {
  const auto started = make_job(std::move(job));
  started->done = std::move(done);
  if (impl_->writes.push(started)) return;
  ++impl_->tally.refused;
  started->finish(queue_refuses());
}

void Database::start_purge(std::function<std::size_t(soci::session&, std::size_t)> purge) {
  start_write([this, purge = std::move(purge)](soci::session& sql, Changes&) {
    if (purge(sql, purge_step) == purge_step) start_purge(purge);
  });
}

ChangeFeed& Database::feed() { return impl_->feed; }

const base::Clock& Database::clock() const { return impl_->clock; }

std::optional<base::Timestamp> Database::purge_time() { return impl_->purge_time.now(); }

const base::Log& Database::log() const { return impl_->log; }

Counters Database::counters() const {
  const auto& tally = impl_->tally;
  return {.reads = tally.reads,
          .writes = tally.writes,
          .commits = tally.commits,
          .failed_commits = tally.failed_commits,
          .refused = tally.refused,
          .given_up = tally.given_up,
          .feed_polls = tally.feed_polls,
          .feed_failures = tally.feed_failures,
          .reads_waiting = impl_->reads.size(),
          .writes_waiting = impl_->writes.size()};
}

std::shared_ptr<void> Database::each_minute(std::function<void()> work) {
  return impl_->background.each_minute(std::move(work));
}

}  // namespace guildhall::database
