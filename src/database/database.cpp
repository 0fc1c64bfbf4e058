#include "database/database.hpp"

#include <soci/soci.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "database/adoption/catalogue.hpp"
#include "database/migrator.hpp"
#include "database/waiter.hpp"
#include "database/worker.hpp"

namespace guildhall::database {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::milliseconds ping_limit{500};
constexpr std::chrono::minutes upkeep_interval{1};

/// A job that reads.
std::shared_ptr<Job> make_job(std::function<void(soci::session&)> read) {
  auto job = std::make_shared<Job>();
  job->work = [read = std::move(read)](soci::session& sql, Changes&) { read(sql); };
  return job;
}

}  // namespace

struct Database::Impl {
  Impl(Options opened_with, std::unique_ptr<Dialect> made, const base::Clock& now, base::Log speaks)
      : options(std::move(opened_with)),
        dialect(std::move(made)),
        layout(dialect->layout()),
        clock(now),
        log(std::move(speaks)),
        feed(layout.feed_writers, layout.feed_overlap),
        reads(options.queue_limit),
        writes(options.queue_limit) {}

  void start();
  void close();

  [[nodiscard]] net::Task<> run(JobQueue& queue, std::shared_ptr<Job> job, std::chrono::milliseconds limit);
  /// Where there is no connection that only reads, reads queue with the writes.
  [[nodiscard]] JobQueue& queue_for_reads() { return layout.readers == 0 ? writes : reads; }
  void follow_feed(std::unique_ptr<Connection> connection);
  void poll_feed(Connection& connection);
  void purge_feed();
  void do_upkeep();

  const Options options;
  const std::unique_ptr<Dialect> dialect;
  const Dialect::Layout layout;
  const base::Clock& clock;
  const base::Log log;
  ChangeFeed feed;
  JobQueue reads;
  JobQueue writes;

  CommitTally tally;
  std::atomic<std::uint64_t> reads_asked{0};
  std::atomic<std::uint64_t> writes_asked{0};
  std::atomic<std::uint64_t> refused{0};
  std::atomic<std::uint64_t> given_up{0};
  std::atomic<std::uint64_t> feed_polls{0};
  std::atomic<std::uint64_t> feed_failures{0};

  std::mutex mutex;  // guards what follows
  std::condition_variable changed;
  bool closing = false;
  std::size_t busy_workers = 0;

  std::mutex upkeep_mutex;
  std::map<std::uint64_t, std::function<void()>> upkeep;
  std::uint64_t next_upkeep = 1;

  std::vector<std::shared_ptr<void>> workers;  ///< Each with its connection.
  std::vector<std::thread> threads;            ///< Of the workers.
  std::thread follower;

 private:
  template <class Worker>
  void employ(std::shared_ptr<Worker> worker);
};

/// Connects, migrates and starts the threads.
void Database::Impl::start() {
  dialect->prepare();
  if (layout.feed_writers == ChangeFeed::Writers::many) {
    adoption::refuse_foreign(*dialect->connect(Access::read), *dialect);
  }
  auto first = std::make_unique<Connection>(*dialect, Access::write, log);
  if (layout.feed_writers == ChangeFeed::Writers::only_this) {
    migrate(first->session(), *dialect, migrations(), clock.now());
  } else {
    migrate(*dialect->connect(Access::schema), *dialect, migrations(), clock.now());
  }
  feed.begin(first->session(), std::chrono::steady_clock::now());

  std::vector<std::unique_ptr<Connection>> writers;
  writers.push_back(std::move(first));
  while (writers.size() < layout.writers) {
    writers.push_back(std::make_unique<Connection>(*dialect, Access::write, log));
  }
  std::vector<std::unique_ptr<Connection>> readers;
  while (readers.size() < layout.readers) {
    readers.push_back(std::make_unique<Connection>(*dialect, Access::read, log));
  }
  std::unique_ptr<Connection> follows;
  if (layout.feed_writers == ChangeFeed::Writers::many) {
    follows = std::make_unique<Connection>(*dialect, Access::read, log);
    follows->remember_schema();
  }

  for (auto& connection : writers) {
    connection->remember_schema();
    employ(std::make_shared<Writer>(std::move(connection), *dialect, writes, feed, clock, tally));
  }
  for (auto& connection : readers) {
    connection->remember_schema();
    employ(std::make_shared<Reader>(std::move(connection), *dialect, reads));
  }
  follower = std::thread([this, follows = std::move(follows)]() mutable { follow_feed(std::move(follows)); });
}

template <class Worker>
void Database::Impl::employ(std::shared_ptr<Worker> worker) {
  ++busy_workers;  // its thread is not there yet to race with
  workers.push_back(worker);
  threads.emplace_back([this, worker = worker.get()] {
    worker->run();
    const std::lock_guard lock(mutex);
    --busy_workers;
    changed.notify_all();
  });
}

void Database::Impl::close() {
  {
    const std::lock_guard lock(mutex);
    closing = true;
  }
  changed.notify_all();
  if (follower.joinable()) follower.join();
  reads.close();
  writes.close();
  {
    std::unique_lock lock(mutex);
    changed.wait_for(lock, options.close_limit, [this] { return busy_workers == 0; });
  }
  for (auto* queue : {&reads, &writes}) {
    for (const auto& job : queue->clear()) {
      job->finish(std::make_exception_ptr(Unavailable("The database was closed")));
    }
  }
  for (auto& thread : threads) thread.join();
  threads.clear();
  // One after the other: of connections that close at the same time none is the last, which tidies up after SQLite's.
  workers.clear();
}

net::Task<> Database::Impl::run(JobQueue& queue, std::shared_ptr<Job> job, std::chrono::milliseconds limit) {
  const auto executor = co_await asio::this_coro::executor;
  asio::steady_timer timer(executor, limit);  // cancelled when the job has ended
  const auto waiter = std::make_shared<Waiter>(executor, timer);
  job->done = [waiter](std::exception_ptr error) { waiter->tell(std::move(error)); };
  const Waiting while_here(job, waiter);
  if (!queue.push(job)) {
    ++refused;
    throw Unavailable("Too many wait for the database, or it is closed");
  }
  boost::system::error_code ended;
  auto waiting = timer.async_wait(asio::redirect_error(asio::use_awaitable, ended));
  co_await std::move(waiting);
  if (waiter->finished()) {
    if (auto error = waiter->take_error()) std::rethrow_exception(std::move(error));
    co_return;
  }
  ++given_up;
  if (ended) throw boost::system::system_error(ended);  // the caller was cancelled
  throw Unavailable("The database did not answer in time");
}

/// The thread of the change feed and of what is due each minute.
void Database::Impl::follow_feed(std::unique_ptr<Connection> connection) {
  auto upkeep_due = std::chrono::steady_clock::now() + upkeep_interval;
  std::unique_lock lock(mutex);
  while (!closing) {
    lock.unlock();
    if (connection) poll_feed(*connection);
    if (std::chrono::steady_clock::now() >= upkeep_due) {
      upkeep_due += upkeep_interval;
      do_upkeep();
    }
    lock.lock();
    changed.wait_for(lock, ChangeFeed::poll_interval, [this] { return closing; });
  }
}

void Database::Impl::poll_feed(Connection& connection) {
  const auto now = std::chrono::steady_clock::now();
  const auto error = connection.attempt([&](soci::session& sql) { feed.poll(sql, now); }, [] { return true; });
  ++(error ? feed_failures : feed_polls);
}

void Database::Impl::do_upkeep() {
  purge_feed();
  const std::lock_guard lock(upkeep_mutex);
  for (const auto& [key, work] : upkeep) work();
}

/// Purges in steps, so that no write waits long behind one.
void Database::Impl::purge_feed() {
  const auto job = std::make_shared<Job>();
  job->work = [this](soci::session& sql, Changes&) {
    if (feed.purge(sql, std::chrono::steady_clock::now()) == ChangeFeed::purge_step) purge_feed();
  };
  static_cast<void>(writes.push(job));  // where it is full, a minute later will do
}

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

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
  ++impl_->reads_asked;
  return impl_->run(impl_->queue_for_reads(), make_job(std::move(job)), impl_->options.wait_limit);
}

net::Task<> Database::run_write(std::function<void(soci::session&, Changes&)> job) {
  ++impl_->writes_asked;
  const auto waited_for = std::make_shared<Job>();
  waited_for->work = std::move(job);
  return impl_->run(impl_->writes, waited_for, impl_->options.wait_limit);
}

net::Task<> Database::run_bulk(std::shared_ptr<Bulk> bulk, std::shared_ptr<void> item) {
  ++impl_->writes_asked;
  const auto job = std::make_shared<Job>();
  job->work = [bulk, item](soci::session& sql, Changes& changes) {
    bulk->write_all(sql, std::span(&item, 1), changes);
  };
  job->bulk = bulk;
  job->item = std::move(item);
  return impl_->run(impl_->writes, job, impl_->options.wait_limit);
}

net::Task<> Database::ping() {
  auto job = make_job([](soci::session& sql) { static_cast<void>(schema_version(sql)); });
  return impl_->run(impl_->queue_for_reads(), std::move(job), std::min(ping_limit, impl_->options.wait_limit));
}

void Database::start_read(std::function<void(soci::session&)> job) {
  if (!impl_->queue_for_reads().push(make_job(std::move(job)))) ++impl_->refused;
}

void Database::start_write(std::function<void(soci::session&, Changes&)> job) { start_write(std::move(job), {}); }

void Database::start_write(std::function<void(soci::session&, Changes&)> job,
                           std::function<void(std::exception_ptr)> done) {
  const auto started = std::make_shared<Job>();
  started->work = std::move(job);
  started->done = std::move(done);
  if (impl_->writes.push(started)) return;
  ++impl_->refused;
  started->finish(std::make_exception_ptr(Unavailable("Too many wait for the database, or it is closed")));
}

ChangeFeed& Database::feed() { return impl_->feed; }

const base::Clock& Database::clock() const { return impl_->clock; }

const base::Log& Database::log() const { return impl_->log; }

Counters Database::counters() const {
  Counters now;
  now.reads = impl_->reads_asked;
  now.writes = impl_->writes_asked;
  now.commits = impl_->tally.commits;
  now.failed_commits = impl_->tally.failed_commits;
  now.refused = impl_->refused;
  now.given_up = impl_->given_up;
  now.feed_polls = impl_->feed_polls;
  now.feed_failures = impl_->feed_failures;
  now.reads_waiting = impl_->reads.size();
  now.writes_waiting = impl_->writes.size();
  return now;
}

std::shared_ptr<void> Database::each_minute(std::function<void()> work) {
  const std::lock_guard lock(impl_->upkeep_mutex);
  const auto key = impl_->next_upkeep++;
  impl_->upkeep.emplace(key, std::move(work));
  return {nullptr, [impl = impl_.get(), key](void*) {
            const std::lock_guard inner(impl->upkeep_mutex);
            impl->upkeep.erase(key);
          }};
}

}  // namespace guildhall::database
