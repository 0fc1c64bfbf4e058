#include "discord/gateway/session.hpp"

#include <algorithm>
#include <utility>

#include "discord/gateway/close_codes.hpp"

namespace guildhall::discord {
namespace {

using std::chrono::milliseconds;

/// After so many failures in a row the resume URL is not used any more.
constexpr unsigned max_failed_connects = 3;
constexpr unsigned max_failed_resumes = 5;
/// After Invalid Session, Discord wants clients to wait 1 to 5 seconds.
constexpr milliseconds min_slow_delay{1000};
constexpr milliseconds slow_delay_spread{4000};
/// Sends reserved for requested heartbeats, IDENTIFY and RESUME.
constexpr std::size_t reserved_sends = 4;

}  // namespace

GatewaySession::GatewaySession(const GatewayOptions& options, ShardId shard, std::string url, Parts parts,
                               GatewayTimeouts timeouts)
    : options_(options),
      shard_(shard),
      url_(std::move(url)),
      parts_(std::move(parts)),
      timeouts_(timeouts),
      backoff_({timeouts.second_delay, timeouts.max_delay, 2, 0.5}) {}

void GatewaySession::start(std::optional<ResumePoint> point, Time now) {
  point_ = std::move(point);
  if (point_) point_->url = safe_url(std::move(point_->url));
  open(now);
}

void GatewaySession::stop() { end(ShardState::stopped); }

void GatewaySession::fail(std::string_view remedy) {
  if (state_ == ShardState::failed || state_ == ShardState::stopped) return;
  end(ShardState::failed);
  parts_.actions.on_failed(remedy);
}

void GatewaySession::end(ShardState state) {
  state_ = state;
  deadline_ = never;
  heartbeats_.end();
  if (std::exchange(open_, false)) parts_.actions.close(close_code, "Stopping");
  release_identify(IdentifyUse::not_sent);
}

void GatewaySession::open(Time now) {
  deadline_ = never;
  if (point_) return connect(now);
  state_ = ShardState::queued;
  identify_ = true;
  parts_.actions.acquire_identify();
}

void GatewaySession::on_identify_acquired(Time now) {
  if (state_ == ShardState::queued) connect(now);
}

void GatewaySession::connect(Time now) {
  state_ = ShardState::connecting;
  deadline_ = now + timeouts_.connect;
  open_ = true;
  greeted_ = false;
  const bool at_start = !point_ || failed_connects_ >= max_failed_connects;
  parts_.actions.connect(gateway_url(at_start ? url_ : point_->url, options_.compression));
}

void GatewaySession::on_connected(Time now) {
  if (state_ == ShardState::connecting) deadline_ = now + timeouts_.hello;
}

void GatewaySession::on_connect_failed(std::string_view reason, Time now) {
  if (state_ != ShardState::connecting) return;
  ++failed_connects_;
  open_ = false;
  reconnect(reason, now, Pace::normal);
}

void GatewaySession::on_malformed(std::string_view reason, Time now) { disconnect(reason, now); }

void GatewaySession::on_closed(std::uint16_t code, Time now) {
  if (!open_) return;
  open_ = false;
  switch (close_action(code)) {
    case CloseAction::resume: break;
    case CloseAction::identify: point_.reset(); break;
    case CloseAction::give_up: return fail(remedy_for(code, options_.intents));
  }
  constexpr std::uint16_t rate_limited = 4008;
  if (!greeted_) ++failed_connects_;
  reconnect(describe_close(code), now, code == rate_limited ? Pace::slow : Pace::normal);
}

void GatewaySession::on_payload(std::string_view text, Time now) {
  if (!open_) return;
  const auto payload = parts_.reader.read(text);
  if (!payload) return on_malformed("Malformed payload", now);
  if (payload->opcode > UINT8_MAX) return;
  switch (static_cast<GatewayOpcode>(payload->opcode)) {
    case GatewayOpcode::dispatch: return on_dispatch(*payload, now);
    case GatewayOpcode::heartbeat:
      if (greeted_ && limiter_.has_room(now)) heartbeat(now);  // Requests must not make us exceed the send limit.
      return;
    case GatewayOpcode::reconnect: return disconnect("Discord asked to reconnect", now);
    case GatewayOpcode::invalid_session: return on_invalid_session(*payload, now);
    case GatewayOpcode::hello: return on_hello(*payload, now);
    case GatewayOpcode::heartbeat_ack: return heartbeats_.on_acknowledged(now);
    default: return;  // Unknown opcodes are ignored.
  }
}

void GatewaySession::on_hello(const Payload& payload, Time now) {
  if (std::exchange(greeted_, true)) return;
  const auto interval = parts_.reader.read_hello(payload.data);
  if (!interval) return on_malformed("Malformed Hello", now);
  failed_connects_ = 0;
  heartbeats_.begin(*interval, parts_.random(), now);
  limiter_ = {};
  const auto heartbeats = static_cast<std::size_t>(SendLimiter::window / heartbeats_.interval()) + 1;
  limiter_.reserve(std::min(heartbeats + reserved_sends, SendLimiter::max_sends / 2));
  if (point_) {
    state_ = ShardState::resuming;
    deadline_ = now + timeouts_.resumed;
    ++failed_resumes_;
    parts_.counters.count(&GatewayStats::resumes);
    transmit(resume_text(options_.token, *point_), now);
  } else {
    state_ = ShardState::identifying;
    deadline_ = now + timeouts_.ready;
    parts_.actions.record_identify();
  }
}

void GatewaySession::on_identify_recorded(Time now) {
  if (state_ != ShardState::identifying || !identify_) return;
  parts_.counters.count(&GatewayStats::identifies);
  presence_waits_ = false;
  transmit(identify_text(options_, shard_), now);
  release_identify(IdentifyUse::sent);
}

void GatewaySession::on_dispatch(const Payload& payload, Time now) {
  if (payload.name == "READY") return on_ready(payload, now);
  // A RESUMED that an earlier connection missed is replayed like any other event.
  if (payload.name == "RESUMED" && state_ != ShardState::ready) return on_resumed(payload, now);
  const bool expected = state_ == ShardState::ready || state_ == ShardState::resuming;
  if (!expected) return on_malformed("Unexpected event", now);
  if (!payload.sequence) return;  // Reconnecting would not help: Discord would send it again.
  if (*payload.sequence <= point_->sequence) {
    parts_.counters.count(&GatewayStats::duplicates);
    return;
  }
  if (state_ == ShardState::resuming) {
    deadline_ = now + timeouts_.resumed;
    failed_resumes_ = 0;
  }
  deliver(payload, *payload.sequence);
}

void GatewaySession::on_ready(const Payload& payload, Time now) {
  auto data = parts_.reader.read_ready(payload.data);
  if (state_ != ShardState::identifying || identify_ || !data) return on_malformed("Malformed READY", now);
  point_ = ResumePoint{std::move(data->session_id), safe_url(std::move(data->resume_url)), 0};
  state_ = ShardState::ready;
  deliver(payload, payload.sequence.value_or(1));
  become_ready(false, now);
}

void GatewaySession::on_resumed(const Payload& payload, Time now) {
  if (state_ != ShardState::resuming) return on_malformed("Unexpected RESUMED", now);
  state_ = ShardState::ready;
  deliver(payload, std::max(payload.sequence.value_or(0), point_->sequence));
  become_ready(true, now);
}

void GatewaySession::become_ready(bool resumed, Time now) {
  if (state_ != ShardState::ready) return;
  deadline_ = never;
  ready_since_ = now;
  failed_resumes_ = 0;
  parts_.actions.on_ready(resumed);
  flush(now);
}

void GatewaySession::deliver(const Payload& payload, std::uint64_t sequence) {
  if (!payload.name.empty()) {
    parts_.counters.count_dispatch(payload.name);
    parts_.actions.dispatch({payload.name, shard_.id, sequence, payload.data});
  }
  if (point_) point_->sequence = sequence;
}

void GatewaySession::on_invalid_session(const Payload& payload, Time now) {
  const bool resumable = payload.data == "true";
  if (!resumable) point_.reset();
  disconnect("Discord invalidated the session", now, Pace::slow);
}

void GatewaySession::heartbeat(Time now) {
  heartbeats_.on_sent(now);
  parts_.counters.count(&GatewayStats::heartbeats);
  transmit(heartbeat_text(point_ ? point_->sequence : 0), now);
}

GatewaySession::Time GatewaySession::deadline() const {
  const bool to_send = state_ == ShardState::ready && (presence_waits_ || !waiting_commands_.empty());
  return std::min({deadline_, heartbeats_.next(), heartbeats_.dead_at(), to_send ? limiter_.ready_at() : never});
}

void GatewaySession::on_time(Time now) {
  if (state_ == ShardState::waiting && now >= deadline_) return open(now);
  if (now >= heartbeats_.dead_at()) return disconnect("A heartbeat was not acknowledged", now);
  if (now >= deadline_) return disconnect(timeout_reason(), now);
  if (now >= heartbeats_.next()) heartbeat(now);
  flush(now);
}

std::string_view GatewaySession::timeout_reason() const {
  switch (state_) {
    case ShardState::identifying: return "READY timed out";
    case ShardState::resuming: return "RESUMED timed out";
    default: return "Hello timed out";
  }
}

base::Result<void> GatewaySession::send_command(std::string text, Time now) {
  if (text.size() > max_command)
    return base::Error{base::Errc::invalid, "A gateway command must not exceed 4096 bytes."};
  if (waiting_commands_.size() >= max_waiting_commands)
    return base::Error{base::Errc::unavailable, "Too many gateway commands are waiting to be sent."};
  waiting_commands_.push_back(std::move(text));
  flush(now);
  return {};
}

void GatewaySession::update_presence(Time now) {
  presence_waits_ = true;
  flush(now);
}

void GatewaySession::flush(Time now) {
  while (state_ == ShardState::ready && limiter_.ready_at() <= now) {
    if (std::exchange(presence_waits_, false)) {
      if (options_.presence) transmit(presence_text(*options_.presence), now);
    } else if (!waiting_commands_.empty()) {
      const std::string text = std::move(waiting_commands_.front());
      waiting_commands_.pop_front();
      transmit(text, now);
    } else {
      break;
    }
  }
}

void GatewaySession::transmit(std::string_view text, Time now) {
  limiter_.count(now);
  parts_.counters.count(&GatewayStats::sent);
  parts_.actions.send(text);
}

void GatewaySession::disconnect(std::string_view reason, Time now, Pace pace) {
  if (!open_) return;
  if (!greeted_) ++failed_connects_;
  open_ = false;
  parts_.actions.close(close_code, reason);
  reconnect(reason, now, pace);
}

void GatewaySession::reconnect(std::string_view reason, Time now, Pace pace) {
  if (ready_since_ && now - *ready_since_ >= timeouts_.stable) {
    first_attempt_ = true;
    backoff_.reset();
  }
  ready_since_.reset();
  release_identify(IdentifyUse::not_sent);
  if (failed_resumes_ >= max_failed_resumes) {
    failed_resumes_ = 0;
    point_.reset();
  }
  const auto wait = next_delay(pace);
  state_ = ShardState::waiting;
  deadline_ = now + wait;
  heartbeats_.end();
  parts_.actions.on_reconnecting(reason, wait, point_.has_value());
}

/// Random in part, so that clients disconnected together do not reconnect together.
milliseconds GatewaySession::next_delay(Pace pace) {
  const double chance = parts_.random();
  const auto part = [chance](milliseconds of) {
    return milliseconds(static_cast<milliseconds::rep>(static_cast<double>(of.count()) * chance));
  };
  const auto delay = std::exchange(first_attempt_, false) ? part(timeouts_.first_delay) : backoff_.next(chance);
  return pace == Pace::slow ? std::max(delay, min_slow_delay + part(slow_delay_spread)) : delay;
}

/// A URL received over TLS must not make us send the token in the clear; without one the session resumes where it
/// began.
std::string GatewaySession::safe_url(std::string url) const {
  if (url.empty()) return url_;
  if (url_.starts_with("wss:") && !url.starts_with("wss:")) return url_;
  return url;
}

void GatewaySession::release_identify(IdentifyUse use) {
  if (std::exchange(identify_, false)) parts_.actions.release_identify(use);
}

}  // namespace guildhall::discord
