#include "discord/gateway/shard.hpp"

#include <array>
#include <span>
#include <utility>

#include "base/random.hpp"
#include "net/async/spawn.hpp"

namespace guildhall::discord {
namespace {

GatewaySession::Time steady_now() { return std::chrono::steady_clock::now(); }

}  // namespace

Shard::Shard(const GatewayOptions& options, ShardId shard, std::string url, Parts parts, GatewayTimeouts timeouts)
    : options_(options),
      shard_(shard),
      parts_(std::move(parts)),
      session_(options, shard, std::move(url), {*this, parts_.reader, parts_.counters, parts_.random}, timeouts) {}

Shard::~Shard() {
  parts_.loop->deadlines().clear(*this);
  if (websocket_) websocket_->abort();
}

void Shard::start(std::optional<ResumePoint> point) {
  session_.start(std::move(point), steady_now());
  follow();
}

void Shard::stop() {
  session_.stop();
  follow();
}

void Shard::fail(std::string_view remedy) {
  session_.fail(remedy);
  follow();
}

base::Result<void> Shard::send_command(std::string text) {
  auto result = session_.send_command(std::move(text), steady_now());
  follow();
  return result;
}

void Shard::update_presence() {
  session_.update_presence(steady_now());
  follow();
}

void Shard::on_deadline(Time time) {
  deadline_ = GatewaySession::never;
  session_.on_time(time);
  follow();
}

void Shard::follow() {
  const auto deadline = session_.deadline();
  if (std::exchange(deadline_, deadline) != deadline) {
    if (deadline == GatewaySession::never) {
      parts_.loop->deadlines().clear(*this);
    } else {
      parts_.loop->deadlines().set(*this, deadline);
    }
  }
  const GatewayStats::Shard status{session_.state(), session_.latency()};
  if (std::exchange(status_, status) != status) parts_.monitor.update(shard_.id, status);
}

void Shard::connect(std::string url) {
  net::WebSocketClientOptions options;
  options.user_agent = options_.user_agent;
  options.max_message = PayloadStream::max_payload;
  options.proxy = options_.proxy;
  const auto& loop = parts_.loop;
  net::spawn(loop->executor(), open(weak_from_this(), loop, std::move(url), std::move(options), ++attempt_));
}

net::Task<> Shard::open(std::weak_ptr<Shard> shard, std::shared_ptr<net::WebSocketLoop> loop, std::string url,
                        net::WebSocketClientOptions options, unsigned attempt) {
  base::Result<std::shared_ptr<net::WebSocket>> opened =
      base::Error{base::Errc::unavailable, "No connection was opened."};
  try {
    opened = co_await net::connect_websocket(std::move(loop), std::move(url), std::move(options));
  } catch (const std::exception& exception) {
    opened = base::Error{base::Errc::unavailable, exception.what()};
  }
  const auto self = shard.lock();
  if (self && self->attempt_ == attempt) self->on_opened(std::move(opened));
}

void Shard::on_opened(base::Result<std::shared_ptr<net::WebSocket>> opened) {
  if (!opened) {
    parts_.counters.count(&GatewayStats::failed_connects);
    session_.on_connect_failed(opened.error().message, steady_now());
    return follow();
  }
  parts_.counters.count(&GatewayStats::connects);
  websocket_ = std::move(*opened);
  stream_ = PayloadStream::make(options_.compression);
  session_.on_connected(steady_now());
  websocket_->start(*this);
  follow();
}

void Shard::on_message(net::WebSocket&, net::Opcode, std::string_view message) {
  const auto outcome = stream_->decode(message);
  const bool complete = outcome == PayloadStream::Outcome::payload;
  parts_.counters.count_message(message.size(), complete ? stream_->payload().size() : 0);
  switch (outcome) {
    case PayloadStream::Outcome::payload: session_.on_payload(stream_->payload(), steady_now()); break;
    case PayloadStream::Outcome::need_more: break;
    case PayloadStream::Outcome::malformed: session_.on_malformed("Malformed compressed data", steady_now()); break;
    case PayloadStream::Outcome::too_big: session_.on_malformed("Payload too large", steady_now()); break;
  }
  follow();
}

void Shard::on_close(net::WebSocket&, net::CloseCode code) {
  drop_connection();
  session_.on_closed(static_cast<std::uint16_t>(code), steady_now());
  follow();
}

void Shard::drop_connection() {
  if (websocket_) parts_.counters.count(&GatewayStats::disconnects);
  websocket_.reset();
  ++attempt_;
}

void Shard::send(std::string_view text) {
  if (!websocket_) return;
  net::MaskingKey key{};
  base::random_bytes(std::as_writable_bytes(std::span(key)));
  auto frame = std::make_shared<std::string>();
  net::append_masked_frame(*frame, net::Opcode::text, text, key);
  const std::string_view bytes = *frame;
  websocket_->send(std::move(frame), bytes);
}

void Shard::close(std::uint16_t code, std::string_view reason) {
  if (websocket_) websocket_->close(static_cast<net::CloseCode>(code), reason);
  drop_connection();
}

void Shard::acquire_identify() {
  // What another shard was refused for, this one would be refused for, too.
  if (const auto remedy = parts_.monitor.remedy()) return fail(*remedy);
  net::spawn(parts_.loop->executor(), acquire_identify(shared_from_this()));
}

net::Task<> Shard::acquire_identify(std::shared_ptr<Shard> self) {
  auto permit = co_await self->parts_.identify_limiter->acquire(self->shard_.id);
  if (!permit || self->session_.state() != ShardState::queued) co_return;
  self->permit_.emplace(std::move(*permit));
  self->session_.on_identify_acquired(steady_now());
  self->follow();
}

void Shard::record_identify() { net::spawn(parts_.loop->executor(), record_identify(shared_from_this())); }

net::Task<> Shard::record_identify(std::shared_ptr<Shard> self) {
  co_await self->parts_.identify_limiter->record_start();
  self->session_.on_identify_recorded(steady_now());
  self->follow();
}

void Shard::release_identify(IdentifyUse use) {
  if (permit_ && use == IdentifyUse::sent) permit_->mark_used();
  permit_.reset();
}

void Shard::on_ready(bool resumed) {
  parts_.log.info(resumed ? "Resumed a session" : "Started a session",
                  {{"shard", shard_.id}, {"sequence", session_.point()->sequence}});
  follow();
  if (parts_.monitor.announce_ready()) parts_.listener.on_shards_ready(shard_.count);
  parts_.on_ready();
}

void Shard::on_reconnecting(std::string_view reason, std::chrono::milliseconds delay, bool resumes) {
  parts_.monitor.set_pause(shard_.id, reason, delay);
  if (resumes) {
    parts_.log.info("Disconnected; the session will be resumed",
                    {{"shard", shard_.id}, {"reason", reason}, {"wait_ms", delay.count()}});
  } else {
    parts_.log.warn("Disconnected; a new session will be started",
                    {{"shard", shard_.id}, {"reason", reason}, {"wait_ms", delay.count()}});
  }
}

void Shard::on_failed(std::string_view remedy) {
  parts_.log.error(remedy, {{"shard", shard_.id}});
  parts_.on_failed(remedy);
}

}  // namespace guildhall::discord
