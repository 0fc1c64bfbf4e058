#include "vm/run.hpp"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <exception>
#include <utility>

#include "base/failure.hpp"
#include "vm/frames.hpp"

namespace guildhall::vm {
namespace {

using boost::asio::redirect_error;
using boost::asio::use_awaitable;
using std::chrono::microseconds;
using std::chrono::milliseconds;

/// Read at once.
constexpr std::size_t piece_size = 16U << 10;

std::uint64_t count(microseconds time) { return static_cast<std::uint64_t>(time.count()); }

}  // namespace

Run::Run(const net::Executor& executor, Parts parts, HostTimeouts timeouts, std::weak_ptr<RunOwner> owner,
         base::Log log)
    : parts_(std::move(parts)),
      timeouts_(timeouts),
      owner_(std::move(owner)),
      log_(std::move(log)),
      socket_(executor),
      deadline_(executor),
      over_(executor, Time::max()),
      calls_wait_(executor, Time::max()),
      reader_(parts_.limits) {}

protocol::Record Run::record() const {
  protocol::Record record;
  record.op = protocol::Op::run;
  record.number = parts_.number;
  record.cpu = count(parts_.limits.cpu);
  record.wall = count(parts_.limits.wall);
  record.memory = parts_.limits.memory;
  return record;
}

void Run::begin(Descriptor socket) {
  began_ = std::chrono::steady_clock::now();
  talking_ = true;
  boost::system::error_code error;
  socket_.assign(boost::asio::local::stream_protocol(), socket.get(), error);
  if (error) return fail(Ending::unavailable, {});
  static_cast<void>(socket.release());
  set_deadline(parts_.limits.wall);
  const auto owner = owner_.lock();
  if (!owner) return;
  owner->spawn(listen(shared_from_this()));
  owner->spawn(work(shared_from_this()));
}

void Run::on_ended(const protocol::Record& record) {
  if (over() || evidence_.record) return;
  evidence_.record = record;
  if (!talking_) return finish();
  if (!said_all()) set_deadline(timeouts_.exit);  // What it said last is still to be read.
}

void Run::on_host_dead() {
  if (!over()) finish();
}

void Run::give_up(Ending ending) {
  if (over()) return;
  evidence_.fault = ending;
  finish();
}

void Run::cancel() {
  if (begun()) return fail(Ending::stopped, {});
  give_up(Ending::stopped);
}

net::Task<> Run::wait(std::shared_ptr<Run> self) {
  if (self->over()) co_return;
  boost::system::error_code ignored;
  auto token = redirect_error(use_awaitable, ignored);
  co_await self->over_.async_wait(token);
}

net::Task<> Run::listen(std::shared_ptr<Run> self) {
  std::array<char, piece_size> piece{};
  const auto space = boost::asio::buffer(piece);
  while (self->talking_ && !self->said_all()) {
    boost::system::error_code error;
    auto token = redirect_error(use_awaitable, error);
    const std::size_t size = co_await self->socket_.async_read_some(space, token);
    if (!self->talking_) co_return;
    if (error) co_return self->hang_up();
    self->reader_.append({piece.data(), size});
    self->hear();
  }
}

void Run::hear() {
  while (talking_ && !said_all()) {
    auto message = reader_.next();
    if (!message) break;
    std::visit([this](auto& each) { on_message(std::move(each)); }, *message);
  }
  if (talking_ && reader_.fault()) fail(reader_.fault()->ending, reader_.fault()->why);
}

void Run::on_message(GuestCall call) {
  if (!parts_.world) return fail(Ending::protocol, "a check made a call");
  calls_.push_back(std::move(call));
  calls_wait_.cancel();
}

void Run::on_message(GuestLine line) {
  if (!parts_.world) return fail(Ending::protocol, "a check wrote to the console");
  parts_.world->console(line.level, std::move(line.text));
}

void Run::on_message(GuestEnd end) {
  if (end.outcome.ok() && !calls_.empty()) return fail(Ending::protocol, "it ended while a call was open");
  evidence_.said = std::move(end.outcome);
  // A script that throws may have called before without waiting: that is done as if it had not thrown.
  if (evidence_.said->ending != Ending::exception || calls_.empty()) hang_up();
}

net::Task<> Run::work(std::shared_ptr<Run> self) {
  auto beginning = write(self, std::exchange(self->parts_.first_frame, {}));
  co_await std::move(beginning);
  while (self->talking_) {
    if (self->calls_.empty()) {
      if (self->said_all()) co_return self->hang_up();
      boost::system::error_code ignored;
      auto token = redirect_error(use_awaitable, ignored);
      co_await self->calls_wait_.async_wait(token);
      continue;
    }
    auto answering = answer(self, std::move(self->calls_.front()));
    co_await std::move(answering);
  }
}

net::Task<> Run::answer(std::shared_ptr<Run> self, GuestCall call) {
  base::Result<boost::json::value> result = boost::json::value();
  try {
    auto calling = self->parts_.world->call(std::move(call.call));
    result = co_await std::move(calling);
  } catch (const std::exception&) {
    if (!self->talking_) co_return;
    self->log_.error("A script's call failed",
                     {{"guild", self->parts_.guild}, {"error", base::describe(std::current_exception())}});
    result = base::Error{base::Errc::unavailable, "Something went wrong. It has been logged."};
  }
  if (!self->talking_) co_return;
  self->calls_.pop_front();
  auto writing = write(self, result_frame(call.number, result));
  co_await std::move(writing);
}

net::Task<> Run::write(std::shared_ptr<Run> self, std::string frame) {
  if (!self->talking_ || self->said_all()) co_return;
  boost::system::error_code error;
  auto token = redirect_error(use_awaitable, error);
  const auto bytes = boost::asio::buffer(frame);
  co_await boost::asio::async_write(self->socket_, bytes, token);  // Where it hears no more, `listen` learns why.
}

void Run::fail(Ending ending, std::string_view why) {
  if (ending == Ending::protocol) {
    log_.warn("What a script's process said is not the protocol", {{"guild", parts_.guild}, {"reason", why}});
  }
  // A check is not to say what it was asked not to do.
  const bool calls = ending == Ending::calls || ending == Ending::call_size;
  evidence_.fault = calls && !parts_.world ? Ending::protocol : ending;
  evidence_.killed = true;
  hang_up();
  if (over()) return;
  set_deadline(timeouts_.reap);
  if (const auto owner = owner_.lock()) owner->kill(*this);
}

void Run::hang_up() {
  close();
  if (evidence_.record) return finish();
  set_deadline(timeouts_.exit);
}

void Run::close() {
  talking_ = false;
  boost::system::error_code ignored;
  socket_.close(ignored);
  calls_wait_.cancel();
}

void Run::set_deadline(milliseconds time) {
  deadline_.expires_after(time);
  deadline_.async_wait([weak = weak_from_this()](boost::system::error_code cancelled) {
    const auto self = weak.lock();
    if (cancelled || !self || self->over()) return;
    if (self->deadline_.expiry() <= std::chrono::steady_clock::now()) self->on_deadline();
  });
}

void Run::on_deadline() {
  const auto owner = owner_.lock();
  // What it called takes too long, or somebody else holds its socket.
  if (talking_ && (said_all() || evidence_.record)) return hang_up();
  if (talking_) return fail(Ending::wall, {});
  if (evidence_.killed) {
    if (owner) owner->on_no_answer(*this);
    return;
  }
  evidence_.killed = true;
  set_deadline(timeouts_.reap);
  if (owner) owner->kill(*this);
}

void Run::finish() {
  outcome_ = classify_exit(evidence_, parts_.limits);
  if (begun()) {
    outcome_->wall = std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - began_);
  }
  close();
  deadline_.cancel();
  over_.cancel();
  if (const auto owner = owner_.lock()) owner->on_over(*this);
}

}  // namespace guildhall::vm
