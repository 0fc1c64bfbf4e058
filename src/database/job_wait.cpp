// run_job: how a coroutine waits for a job of another thread.
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <mutex>
#include <optional>
#include <utility>

#include "database/job_queue.hpp"
#include "net/async/event.hpp"

namespace guildhall::database {
namespace {

namespace asio = boost::asio;

/// Shared by the coroutine and the thread of the job. The coroutine may end first, and its event loop with it; then the
/// thread has nobody to tell.
struct Wait : std::enable_shared_from_this<Wait> {
  explicit Wait(net::Executor of_coroutine) : executor(std::move(of_coroutine)) {}

  /// Any thread.
  void finish(std::exception_ptr outcome) {
    const std::lock_guard lock(mutex);
    if (!executor) return;
    asio::post(*executor, [self = shared_from_this(), outcome = std::move(outcome)]() mutable {
      self->error = std::move(outcome);
      self->finished.set();
    });
  }

  std::mutex mutex;
  std::optional<net::Executor> executor;  ///< Nothing once the coroutine does not wait any more.
  net::Event finished;                    ///< This and `error` only on the executor.
  std::exception_ptr error;
};

/// Ends the wait, however the coroutine leaves it.
class WaitEnd {
 public:
  WaitEnd(Job& job, Wait& wait, Tally& tally) : job_(job), wait_(wait), tally_(tally) {}
  ~WaitEnd() {
    const std::lock_guard lock(wait_.mutex);
    wait_.executor.reset();
    if (wait_.finished.is_set()) return;
    job_.given_up = true;
    ++tally_.given_up;
  }
  WaitEnd(const WaitEnd&) = delete;
  WaitEnd& operator=(const WaitEnd&) = delete;

 private:
  Job& job_;
  Wait& wait_;
  Tally& tally_;
};

}  // namespace

std::exception_ptr queue_refuses() {
  return std::make_exception_ptr(Unavailable("The database is closed, or its queue is full"));
}

net::Task<> run_job(JobQueue& queue, std::shared_ptr<Job> job, std::chrono::milliseconds limit, Tally& tally) {
  const auto wait = std::make_shared<Wait>(co_await asio::this_coro::executor);
  job->done = [wait](std::exception_ptr error) { wait->finish(std::move(error)); };
  if (!queue.push(job)) {
    ++tally.refused;
    std::rethrow_exception(queue_refuses());
  }
  const WaitEnd end(*job, *wait, tally);
  const bool finished = co_await wait->finished.wait_for(limit);
  if (!finished) throw Unavailable("The database did not answer in time");
  if (wait->error) std::rethrow_exception(std::exchange(wait->error, nullptr));
}

}  // namespace guildhall::database
