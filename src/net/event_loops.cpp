#include "net/event_loops.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include "base/stacktrace/crash_trace.hpp"

namespace guildhall::net {

struct EventLoops::Loop {
  boost::asio::io_context context{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{context.get_executor()};
};

EventLoops::EventLoops(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) loops_.push_back(std::make_unique<Loop>());
}

EventLoops::~EventLoops() {
  stop();
  for (auto& thread : threads_) thread.join();
}

Executor EventLoops::executor(std::size_t index) const { return loops_[index]->context.get_executor(); }

void EventLoops::run() {
  for (std::size_t i = 1; i < loops_.size(); ++i) {
    threads_.emplace_back([loop = loops_[i].get()] {
      const base::CrashStack crash_stack;
      loop->context.run();
    });
  }
  loops_[0]->context.run();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

void EventLoops::stop() {
  for (auto& loop : loops_) loop->context.stop();
}

}  // namespace guildhall::net
