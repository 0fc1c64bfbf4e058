#include "vm/run.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <exception>
#include <utility>

#include "base/failure.hpp"
#include "vm/frames.hpp"
#include "vm/script_host_impl.hpp"

namespace guildhall::vm {
namespace {

using boost::asio::redirect_error;
using boost::asio::use_awaitable;
using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr std::size_t read_size = 16U << 10;

/// Waking a run costs us as much as it costs the run. After so many timers, they are due at most every so often.
constexpr unsigned max_fast_wakes = 50;
constexpr milliseconds slow_wake{20};

std::uint64_t count(microseconds time) { return static_cast<std::uint64_t>(time.count()); }

}  // namespace

Run::Run(const net::Executor& executor, Parts parts, std::weak_ptr<ScriptHostImpl> host, base::Log log)
    : parts_(std::move(parts)),
      host_(std::move(host)),
      log_(std::move(log)),
      socket_(executor),
      deadline_(executor),
      reader_(parts_.limits),
      wake_timer_(executor) {}

protocol::Record Run::record(bool low_priority) const {
  return {.op = protocol::Op::run,
          .status = low_priority ? 1 : 0,
          .number = parts_.number,
          .cpu = count(parts_.limits.cpu),
          .wall = count(parts_.limits.wall),
          .memory = parts_.limits.memory};
}

void Run::start(Descriptor socket) {
  started_ = std::chrono::steady_clock::now();
  connected_ = true;
  boost::system::error_code error;
  socket_.assign(boost::asio::local::stream_protocol(), socket.get(), error);
  if (error) return fail(Ending::unavailable, {});
  static_cast<void>(socket.release());
  set_deadline(parts_.limits.wall);
  const auto host = host_.lock();
  if (!host) return;
  host->spawn(read(shared_from_this()));
  host->spawn(carry_out_calls(shared_from_this()));
  host->spawn(write(shared_from_this()));
  has_place_ = true;
  send(std::move(parts_.first_frame));
}

void Run::go_on() {
  has_place_ = true;
  wake_timer_.cancel();
  if (outgoing_.empty()) outgoing_.push_back(wake_frame());
  outgoing_changed_.set();
}

void Run::on_ended(const protocol::Record& record) {
  if (outcome_ || evidence_.record) return;
  evidence_.record = record;
  if (!connected_) return finish();
  if (const auto host = host_.lock()) host->on_exited(*this);
  if (!has_reported()) set_deadline(parts_.timeouts.exit);  // Its last frames are still in the socket.
}

void Run::on_host_ended() {
  if (!outcome_) finish();
}

void Run::end(Ending ending) {
  if (outcome_) return;
  evidence_.imposed = ending;
  finish();
}

void Run::refuse(Ending ending) {
  if (outcome_) return;
  if (started()) return fail(ending, {});
  end(ending);
}

void Run::cancel() { refuse(Ending::stopped); }

net::Task<> Run::read(std::shared_ptr<Run> self) {
  std::array<char, read_size> bytes{};
  while (self->connected_ && !self->has_reported()) {
    boost::system::error_code error;
    const auto size =
        co_await self->socket_.async_read_some(boost::asio::buffer(bytes), redirect_error(use_awaitable, error));
    if (!self->connected_) co_return;
    if (error) co_return self->hang_up();
    self->on_bytes({bytes.data(), size});
  }
}

void Run::on_bytes(std::string_view bytes) {
  reader_.append(bytes);
  while (connected_ && !has_reported()) {
    auto message = reader_.next();
    if (!message) break;
    std::visit([this](auto& each) { on_message(std::move(each)); }, *message);
  }
  if (connected_ && reader_.fault()) fail(reader_.fault()->ending, reader_.fault()->why);
}

void Run::on_message(GuestCall call) {
  if (!parts_.calls) return fail(Ending::protocol, "a check made a call");
  calls_.push_back(std::move(call));
  calls_changed_.set();
}

void Run::on_message(GuestLine line) {
  if (!parts_.calls) return fail(Ending::protocol, "a check wrote to the console");
  parts_.calls->console(line.level, std::move(line.text));
}

void Run::on_message(GuestIdle idle) {
  if (++idles_ > sent_) return fail(Ending::protocol, "it was idle without having got a frame");
  if (idles_ < sent_ || !outgoing_.empty()) return;  // The next frame is on its way.
  rest(idle);
  if (idle.wait && connected_) wake_after(*idle.wait);
}

void Run::on_message(GuestEnd end) {
  if (end.outcome.ok() && !calls_.empty()) return fail(Ending::protocol, "it completed with a call in flight");
  evidence_.reported = std::move(end.outcome);
  // Calls that a script made without awaiting them before it threw are still carried out.
  if (evidence_.reported->ending != Ending::exception || calls_.empty()) hang_up();
}

net::Task<> Run::carry_out_calls(std::shared_ptr<Run> self) {
  while (self->connected_) {
    if (self->calls_.empty()) {
      if (self->has_reported()) co_return self->hang_up();
      self->calls_changed_.reset();
      co_await self->calls_changed_.wait();
    } else {
      co_await carry_out(self, std::move(self->calls_.front()));
    }
  }
}

net::Task<> Run::carry_out(std::shared_ptr<Run> self, GuestCall call) {
  base::Result<boost::json::value> result = boost::json::value();
  try {
    result = co_await self->parts_.calls->call(std::move(call.call));
  } catch (const std::exception&) {
    if (!self->connected_) co_return;
    self->log_.error("A script's call failed",
                     {{"guild", self->parts_.guild}, {"error", base::describe(std::current_exception())}});
    result = base::Error{base::Errc::unavailable, "Internal error. It has been logged."};
  }
  if (!self->connected_) co_return;
  self->calls_.pop_front();
  self->send(result_frame(call.number, result));
}

void Run::send(std::string frame) {
  if (has_reported() || evidence_.record) return;
  outgoing_.push_back(std::move(frame));
  outgoing_changed_.set();
  const auto host = host_.lock();
  if (!has_place_ && host) host->wake(*this);
}

net::Task<> Run::write(std::shared_ptr<Run> self) {
  while (self->connected_ && !self->has_reported()) {
    if (self->outgoing_.empty() || !self->has_place_) {
      self->outgoing_changed_.reset();
      co_await self->outgoing_changed_.wait();
      continue;
    }
    const auto frame = std::move(self->outgoing_.front());
    self->outgoing_.pop_front();
    ++self->sent_;
    boost::system::error_code error;
    // If it fails, so does `read`.
    co_await boost::asio::async_write(self->socket_, boost::asio::buffer(frame), redirect_error(use_awaitable, error));
  }
}

void Run::rest(const GuestIdle& idle) {
  if (!std::exchange(has_place_, false)) return;
  if (const auto host = host_.lock()) host->on_idle(*this, idle);
}

void Run::wake_after(milliseconds time) {
  wake_timer_.expires_after(++wakes_ > max_fast_wakes ? std::max(time, slow_wake) : time);
  wake_timer_.async_wait([weak = weak_from_this()](boost::system::error_code cancelled) {
    const auto self = weak.lock();
    const auto host = self ? self->host_.lock() : nullptr;
    if (!cancelled && host && self->connected_ && !self->has_place_) host->wake(*self);
  });
}

void Run::fail(Ending ending, std::string_view why) {
  if (ending == Ending::protocol) {
    log_.warn("A script's process violated the protocol", {{"guild", parts_.guild}, {"reason", why}});
  }
  // A check makes no calls, so it has no limits of them.
  const bool is_call_limit = ending == Ending::calls || ending == Ending::call_size;
  evidence_.imposed = is_call_limit && !parts_.calls ? Ending::protocol : ending;
  hang_up();
  if (!outcome_) kill();
}

void Run::kill() {
  evidence_.killed = true;
  set_deadline(parts_.timeouts.reap);
  if (const auto host = host_.lock()) host->kill(*this);
}

void Run::hang_up() {
  close();
  if (evidence_.record) return finish();
  set_deadline(parts_.timeouts.exit);
}

void Run::close() {
  connected_ = false;
  boost::system::error_code ignored;
  socket_.close(ignored);
  wake_timer_.cancel();
  calls_changed_.set();
  outgoing_changed_.set();
}

void Run::set_deadline(milliseconds time) {
  deadline_.expires_after(time);
  deadline_.async_wait([weak = weak_from_this()](boost::system::error_code cancelled) {
    const auto self = weak.lock();
    if (cancelled || !self || self->outcome_) return;
    if (self->deadline_.expiry() <= std::chrono::steady_clock::now()) self->on_deadline();
  });
}

void Run::on_deadline() {
  // Its calls take too long, or another process holds its socket.
  if (connected_ && (has_reported() || evidence_.record)) return hang_up();
  if (connected_) return fail(Ending::wall, {});
  if (!evidence_.killed) return kill();
  if (const auto host = host_.lock()) host->on_reap_timeout();
}

void Run::finish() {
  outcome_ = classify_exit(evidence_, parts_.limits);
  if (started()) {
    outcome_->wall = std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - started_);
  }
  close();
  deadline_.cancel();
  over_.set();
  if (const auto host = host_.lock()) host->on_over(*this);
}

}  // namespace guildhall::vm
