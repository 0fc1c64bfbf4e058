#include "net/async/task_group.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <list>
#include <utility>

#include "net/async/gate.hpp"

namespace guildhall::net {

namespace asio = boost::asio;

struct TaskGroup::State {
  Executor executor;
  OnFailure on_failure;
  std::list<asio::cancellation_signal> signals;  ///< One for each running task.
  Gate gate;
};

TaskGroup::TaskGroup(Executor executor, OnFailure on_failure)
    : state_(std::make_shared<State>(State{std::move(executor), std::move(on_failure), {}, {}})) {}

void TaskGroup::spawn(Task<> task) {
  auto holder = state_->gate.enter();
  if (!holder) return;
  const auto signal = state_->signals.emplace(state_->signals.end());
  auto done = [state = state_, signal, holder = std::move(holder)](std::exception_ptr failure) mutable {
    state->signals.erase(signal);
    if (failure && !state->gate.closed()) state->on_failure(failure);
    holder.reset();
  };
  asio::co_spawn(state_->executor, std::move(task), asio::bind_cancellation_slot(signal->slot(), std::move(done)));
}

bool TaskGroup::empty() const { return state_->signals.empty(); }

Task<bool> TaskGroup::stop(std::chrono::steady_clock::duration limit) { return stop(state_, limit); }

Task<bool> TaskGroup::stop(std::shared_ptr<State> state, std::chrono::steady_clock::duration limit) {
  state->gate.close();
  auto& signals = state->signals;
  for (auto at = signals.begin(); at != signals.end();) (at++)->emit(asio::cancellation_type::terminal);
  co_return co_await state->gate.drain(limit);
}

}  // namespace guildhall::net
