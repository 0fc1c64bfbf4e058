#include "database/worker.hpp"

#include <soci/soci.h>

#include <string>

namespace guildhall::database {
namespace {

void roll_back(soci::session& sql) {
  try {
    sql << "ROLLBACK";
  } catch (const soci::soci_error&) {
    // The database has undone it already.
  }
}

bool always() { return true; }

using Work = std::function<void(soci::session&, Changes&)>;

/// The first of `jobs`, with those behind it that are of the same bulk.
std::span<const std::shared_ptr<Job>> together(std::span<const std::shared_ptr<Job>> jobs) {
  std::size_t count = 1;
  const auto& bulk = jobs.front()->bulk;
  while (bulk && count < jobs.size() && jobs[count]->bulk == bulk) ++count;
  return jobs.first(count);
}

/// What is to be done for jobs that are done together, but for those that nobody waits for.
Work work_of(std::span<const std::shared_ptr<Job>> jobs) {
  const auto first = jobs.front();
  std::vector<std::shared_ptr<void>> items;
  for (const auto& job : jobs) {
    if (!job->given_up) items.push_back(job->item);
  }
  return [first, items = std::move(items), alone = jobs.size() == 1](soci::session& sql, Changes& changes) {
    if (items.empty()) return;
    if (alone) return first->work(sql, changes);
    first->bulk->write_all(sql, items, changes);
  };
}

std::exception_ptr nobody_waits() { return std::make_exception_ptr(Unavailable("The caller had stopped waiting")); }

}  // namespace

Reader::Reader(std::unique_ptr<Connection> connection, const Dialect& dialect, JobQueue& queue)
    : connection_(std::move(connection)), dialect_(dialect), queue_(queue) {}

void Reader::run() {
  for (auto jobs = queue_.pop(1); !jobs.empty(); jobs = queue_.pop(1)) run_job(*jobs.front());
}

void Reader::run_job(Job& job) {
  if (job.given_up) return job.finish(nobody_waits());
  auto error = connection_->attempt(
      [&](soci::session& sql) {
        dialect_.begin(sql, Access::read);
        try {
          Changes none;
          job.work(sql, none);
          sql << "COMMIT";
        } catch (...) {
          roll_back(sql);
          throw;
        }
      },
      always);
  job.finish(std::move(error));
}

Writer::Writer(std::unique_ptr<Connection> connection, const Dialect& dialect, JobQueue& queue, ChangeFeed& feed,
               const base::Clock& clock, CommitTally& tally)
    : connection_(std::move(connection)), dialect_(dialect), queue_(queue), feed_(feed), clock_(clock), tally_(tally) {}

void Writer::run() {
  const auto most = dialect_.layout().group;
  for (auto jobs = queue_.pop(most); !jobs.empty(); jobs = queue_.pop(most)) run_group(jobs);
  static_cast<void>(connection_->attempt([this](soci::session& sql) { dialect_.retire(sql); }, [] { return false; }));
}

void Writer::run_group(const Jobs& jobs) {
  Transaction transaction;
  auto lost = attempt(jobs, Apart::no, transaction);
  if (!lost && transaction.spoilt && jobs.size() > 1) lost = attempt(jobs, Apart::yes, transaction);
  if (lost && connection_->undone()) {
    // Alone, each job has its own luck.
    if (jobs.size() > 1) {
      for (const auto& job : jobs) run_group({job});
      return;
    }
    lost = attempt(jobs, Apart::no, transaction);
  }
  if (lost) {
    ++tally_.failed_commits;
    transaction.outcomes.assign(jobs.size(), std::make_exception_ptr(Unavailable("The transaction could not commit")));
  } else if (transaction.committing) {
    ++tally_.commits;
    feed_.announce(transaction.changed);
  }
  for (std::size_t i = 0; i < jobs.size(); ++i) jobs[i]->finish(std::move(transaction.outcomes[i]));
}

/// Once COMMIT was sent nobody knows whether it took effect, so nothing is repeated then.
std::exception_ptr Writer::attempt(const Jobs& jobs, Apart apart, Transaction& transaction) {
  transaction = {};
  return connection_->attempt([&](soci::session& sql) { run_transaction(sql, jobs, apart, transaction); },
                              [&] {
                                const bool may_repeat = !transaction.committing;
                                if (may_repeat) transaction = {};
                                return may_repeat;
                              });
}

/// Throws where the whole transaction is lost.
void Writer::run_transaction(soci::session& sql, const Jobs& jobs, Apart apart, Transaction& transaction) {
  dialect_.begin(sql, Access::write);
  try {
    Changes changes;
    for (std::size_t first = 0; first < jobs.size();) {
      const auto some =
          apart == Apart::yes ? std::span(jobs).subspan(first, 1) : together(std::span(jobs).subspan(first));
      const auto work = work_of(some);
      auto error = apart == Apart::yes ? run_in_savepoint(sql, work, changes) : run_work(sql, work, changes);
      transaction.spoilt = apart == Apart::no && error;
      transaction.outcomes.insert(transaction.outcomes.end(), some.size(), std::move(error));
      if (transaction.spoilt) return roll_back(sql);
      first += some.size();
    }
    transaction.changed = feed_.append(sql, changes, clock_.now());
    transaction.committing = true;
    sql << "COMMIT";
  } catch (...) {
    roll_back(sql);
    throw;
  }
}

/// What `work` threw, and what it changed added to `changes` where it did not. Throws where the transaction is lost.
std::exception_ptr Writer::run_work(soci::session& sql, const Work& work, Changes& changes) {
  Changes own;
  auto error = connection_->attempt_part([&] { work(sql, own); });
  if (error && connection_->lost()) std::rethrow_exception(error);
  if (!error) changes.add(std::move(own));
  return error;
}

std::exception_ptr Writer::run_in_savepoint(soci::session& sql, const Work& work, Changes& changes) {
  sql << "SAVEPOINT job";
  auto error = run_work(sql, work, changes);
  if (error) sql << "ROLLBACK TO SAVEPOINT job";
  sql << "RELEASE SAVEPOINT job";
  return error;
}

}  // namespace guildhall::database
