#include "database/worker.hpp"

#include <soci/soci.h>

#include <algorithm>
#include <chrono>
#include <string>

namespace guildhall::database {
namespace {

void roll_back(soci::session& sql) {
  try {
    sql << "ROLLBACK";
  } catch (const soci::soci_error&) {
    // The database has rolled back already.
  }
}

/// The first of `jobs`, with its neighbours of the same batch.
std::span<const std::shared_ptr<Job>> first_batch(std::span<const std::shared_ptr<Job>> jobs) {
  std::size_t count = 1;
  const auto& batch = jobs.front()->batch;
  while (batch && count < jobs.size() && jobs[count]->batch == batch) ++count;
  return jobs.first(count);
}

/// Runs one job, or several of one batch, except those that nobody waits for.
void work(soci::session& sql, std::span<const std::shared_ptr<Job>> jobs, Changes& changes) {
  std::vector<std::shared_ptr<void>> items;
  for (const auto& job : jobs) {
    if (!job->given_up) items.push_back(job->item);
  }
  if (items.empty()) return;
  if (jobs.size() == 1) return jobs.front()->work(sql, changes);
  (*jobs.front()->batch)(sql, items, changes);
}

}  // namespace

void Reader::run() {
  for (auto jobs = queue_.pop(1); !jobs.empty(); jobs = queue_.pop(1)) run_job(*jobs.front());
}

void Reader::run_job(Job& job) {
  if (job.given_up) return job.finish(std::make_exception_ptr(Unavailable("The caller had stopped waiting")));
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
      [] { return true; });
  job.finish(std::move(error));
}

void Writer::run() {
  const auto max = dialect_.layout().group;
  for (auto jobs = queue_.pop(max); !jobs.empty(); jobs = queue_.pop(max)) run_group(jobs);
  static_cast<void>(
      connection_->attempt([this](soci::session& sql) { dialect_.prepare_close(sql); }, [] { return false; }));
}

void Writer::run_group(Jobs jobs) {
  Transaction transaction;
  auto lost = attempt(jobs, Savepoints::none, transaction);
  if (!lost && transaction.aborted && jobs.size() > 1) lost = attempt(jobs, Savepoints::each_job, transaction);
  if (lost && connection_->rolled_back()) {
    // A deadlock. In transactions of their own the jobs hold fewer locks.
    if (jobs.size() > 1) {
      for (std::size_t i = 0; i < jobs.size(); ++i) run_group(jobs.subspan(i, 1));
      return;
    }
    lost = attempt(jobs, Savepoints::none, transaction);
  }
  if (lost) {
    ++tally_.failed_commits;
    transaction.outcomes.assign(jobs.size(), std::make_exception_ptr(Unavailable("The transaction could not commit")));
  } else if (transaction.committing) {
    ++tally_.commits;
    const auto succeeded = [](const std::exception_ptr& outcome) { return !outcome; };
    if (std::ranges::all_of(transaction.outcomes, succeeded)) health_.wrote(std::chrono::steady_clock::now());
    feed_.announce(transaction.changed);
  }
  for (std::size_t i = 0; i < jobs.size(); ++i) jobs[i]->finish(std::move(transaction.outcomes[i]));
}

/// Repeats nothing once COMMIT was sent, because nobody knows then whether it took effect.
std::exception_ptr Writer::attempt(Jobs jobs, Savepoints savepoints, Transaction& transaction) {
  transaction = {};
  return connection_->attempt([&](soci::session& sql) { run_transaction(sql, jobs, savepoints, transaction); },
                              [&] {
                                const bool may_repeat = !transaction.committing;
                                if (may_repeat) transaction = {};
                                return may_repeat;
                              });
}

/// Throws if the whole transaction is lost.
void Writer::run_transaction(soci::session& sql, Jobs jobs, Savepoints savepoints, Transaction& transaction) {
  dialect_.begin(sql, Access::write);
  try {
    Changes changes;
    while (!jobs.empty()) {
      const auto some = savepoints == Savepoints::each_job ? jobs.first(1) : first_batch(jobs);
      auto error = run_jobs(sql, some, savepoints, changes);
      transaction.aborted = savepoints == Savepoints::none && error;
      transaction.outcomes.insert(transaction.outcomes.end(), some.size(), std::move(error));
      if (transaction.aborted) return roll_back(sql);
      jobs = jobs.subspan(some.size());
    }
    transaction.changed = feed_.append(sql, changes, clock_.now());
    transaction.committing = true;
    sql << "COMMIT";
  } catch (...) {
    roll_back(sql);
    throw;
  }
  // Files that were moved meanwhile have the commit, but whoever opens the database next will not find it.
  dialect_.check_in_place();
}

/// Returns what the jobs threw, or adds what they changed to `changes`. Throws if the transaction is lost.
std::exception_ptr Writer::run_jobs(soci::session& sql, Jobs jobs, Savepoints savepoints, Changes& changes) {
  if (savepoints == Savepoints::each_job) sql << "SAVEPOINT job";
  Changes own;
  auto error = connection_->attempt_part([&] { work(sql, jobs, own); });
  if (error && connection_->transaction_lost()) std::rethrow_exception(error);
  if (!error) changes.add(std::move(own));
  if (savepoints == Savepoints::each_job) {
    if (error) sql << "ROLLBACK TO SAVEPOINT job";
    sql << "RELEASE SAVEPOINT job";
  }
  return error;
}

}  // namespace guildhall::database
