#include "discord/gateway/session.hpp"

#include <algorithm>
#include <utility>

#include "discord/gateway/close_codes.hpp"

namespace guildhall::discord {
namespace {

using std::chrono::milliseconds;

/// After so many failures in a row the address that Discord gave for resuming is not believed any more.
constexpr unsigned most_failed_connects = 3;
constexpr unsigned most_failed_resumes = 5;
/// Where Discord has invalidated a session it wants to be left alone for 1 to 5 seconds.
constexpr milliseconds slow_least{1000};
constexpr milliseconds slow_spread{4000};
/// Sends that are kept for heartbeats on request, IDENTIFY and RESUME.
constexpr std::size_t kept_sends = 4;

}  // namespace

Session::Session(const GatewayOptions& options, ShardId shard, std::string url, Surroundings surroundings,
                 SessionTimes times)
    : options_(options), shard_(shard), url_(std::move(url)), around_(std::move(surroundings)), times_(times) {}

void Session::start(std::optional<ResumePoint> point, Time now) {
  point_ = std::move(point);
  if (point_) point_->url = safe_url(std::move(point_->url));
  open(now);
}

void Session::stop() { end(ShardState::stopped); }

void Session::fail(std::string_view advice) {
  if (state_ == ShardState::failed || state_ == ShardState::stopped) return;
  end(ShardState::failed);
  around_.actions.on_failed(advice);
}

void Session::end(ShardState state) {
  state_ = state;
  deadline_ = never;
  heartbeats_.end();
  if (std::exchange(open_, false)) around_.actions.close(close_code, "Stopping");
  give_turn_back();
}

void Session::open(Time now) {
  deadline_ = never;
  if (point_) return connect(now);
  state_ = ShardState::queued;
  turn_ = true;
  around_.actions.want_turn();
}

void Session::on_turn(Time now) {
  if (state_ == ShardState::queued) connect(now);
}

void Session::connect(Time now) {
  state_ = ShardState::connecting;
  deadline_ = now + times_.connect;
  open_ = true;
  greeted_ = false;
  const bool at_start = !point_ || failed_connects_ >= most_failed_connects;
  around_.actions.connect(gateway_url(at_start ? url_ : point_->url, options_.compression));
}

void Session::on_connected(Time now) {
  if (state_ == ShardState::connecting) deadline_ = now + times_.hello;
}

void Session::on_connect_failed(std::string_view why, Time now) {
  if (state_ != ShardState::connecting) return;
  ++failed_connects_;
  open_ = false;
  reconnect(why, now, Pace::usual);
}

void Session::on_malformed(std::string_view why, Time now) { disconnect(why, now); }

void Session::on_closed(std::uint16_t code, Time now) {
  if (!open_) return;
  open_ = false;
  switch (aftermath_of(code)) {
    case Aftermath::resume: break;
    case Aftermath::identify: point_.reset(); break;
    case Aftermath::give_up: return fail(advice_for(code, options_.intents));
  }
  constexpr std::uint16_t rate_limited = 4008;
  if (!greeted_) ++failed_connects_;
  reconnect(describe_close(code), now, code == rate_limited ? Pace::slow : Pace::usual);
}

void Session::on_payload(std::string_view text, Time now) {
  if (!open_) return;
  const auto payload = around_.reader.read(text);
  if (!payload) return on_malformed("A payload is malformed", now);
  if (payload->opcode > UINT8_MAX) return;
  switch (static_cast<GatewayOpcode>(payload->opcode)) {
    case GatewayOpcode::dispatch: return on_dispatch(*payload, now);
    case GatewayOpcode::heartbeat:
      if (greeted_ && limiter_.has_room(now)) heartbeat(now);  // Nobody makes us send more than is allowed.
      return;
    case GatewayOpcode::reconnect: return disconnect("Discord asked to reconnect", now);
    case GatewayOpcode::invalid_session: return on_invalid_session(*payload, now);
    case GatewayOpcode::hello: return on_hello(*payload, now);
    case GatewayOpcode::heartbeat_ack: return heartbeats_.on_acknowledged(now);
    default: return;  // Opcodes that come to be are not for us.
  }
}

void Session::on_hello(const Payload& payload, Time now) {
  if (std::exchange(greeted_, true)) return;
  const auto interval = around_.reader.read_hello(payload.data);
  if (!interval) return on_malformed("Hello is malformed", now);
  failed_connects_ = 0;
  heartbeats_.begin(*interval, around_.random(), now);
  limiter_ = {};
  const auto heartbeats = static_cast<std::size_t>(SendLimiter::window / heartbeats_.interval()) + 1;
  limiter_.keep(std::min(heartbeats + kept_sends, SendLimiter::most / 2));
  if (point_) {
    state_ = ShardState::resuming;
    deadline_ = now + times_.resumed;
    ++failed_resumes_;
    ++around_.counters.resumes;
    transmit(resume_text(options_.token, *point_), now);
  } else {
    state_ = ShardState::identifying;
    deadline_ = now + times_.ready;
    around_.actions.count_identify();
  }
}

void Session::on_counted(Time now) {
  if (state_ != ShardState::identifying || !turn_) return;
  ++around_.counters.identifies;
  presence_waits_ = false;
  transmit(identify_text(options_, shard_), now);
  turn_ = false;
  around_.actions.end_turn(SessionActions::Turn::used);
}

void Session::on_dispatch(const Payload& payload, Time now) {
  if (payload.name == "READY") return on_ready(payload, now);
  // One that an earlier connection missed is repeated like any other event.
  if (payload.name == "RESUMED" && state_ != ShardState::ready) return on_resumed(payload, now);
  const bool expected = state_ == ShardState::ready || state_ == ShardState::resuming;
  if (!expected || payload.name.empty() || !payload.sequence) return on_malformed("An event is out of place", now);
  if (*payload.sequence <= point_->sequence) {
    ++around_.counters.repeated;
    return;
  }
  if (state_ == ShardState::resuming) {
    deadline_ = now + times_.resumed;
    failed_resumes_ = 0;
  }
  deliver(payload, *payload.sequence);
}

void Session::on_ready(const Payload& payload, Time now) {
  auto data = around_.reader.read_ready(payload.data);
  if (state_ != ShardState::identifying || turn_ || !data) return on_malformed("READY is malformed", now);
  point_ = ResumePoint{std::move(data->session_id), safe_url(std::move(data->resume_url)), 0};
  state_ = ShardState::ready;
  deliver(payload, payload.sequence.value_or(1));
  become_ready(false, now);
}

void Session::on_resumed(const Payload& payload, Time now) {
  if (state_ != ShardState::resuming) return on_malformed("RESUMED is out of place", now);
  state_ = ShardState::ready;
  deliver(payload, std::max(payload.sequence.value_or(0), point_->sequence));
  become_ready(true, now);
}

void Session::become_ready(bool resumed, Time now) {
  if (state_ != ShardState::ready) return;
  deadline_ = never;
  ready_since_ = now;
  failed_resumes_ = 0;
  around_.actions.on_ready(resumed);
  flush(now);
}

void Session::deliver(const Payload& payload, std::uint64_t sequence) {
  around_.counters.count_dispatch(payload.name);
  around_.actions.dispatch({payload.name, shard_.id, sequence, payload.data});
  if (point_) point_->sequence = sequence;
}

void Session::on_invalid_session(const Payload& payload, Time now) {
  const bool resumable = payload.data == "true";
  if (!resumable) point_.reset();
  disconnect("Discord has invalidated the session", now, Pace::slow);
}

void Session::heartbeat(Time now) {
  heartbeats_.on_sent(now);
  ++around_.counters.heartbeats;
  transmit(heartbeat_text(point_ ? point_->sequence : 0), now);
}

Session::Time Session::deadline() const {
  const bool to_send = state_ == ShardState::ready && (presence_waits_ || !waiting_.empty());
  return std::min({deadline_, heartbeats_.next(), heartbeats_.dead_at(), to_send ? limiter_.ready_at() : never});
}

void Session::on_time(Time now) {
  if (state_ == ShardState::waiting && now >= deadline_) return open(now);
  if (now >= heartbeats_.dead_at()) return disconnect("A heartbeat was not acknowledged", now);
  if (now >= deadline_) return disconnect(what_is_missing(), now);
  if (now >= heartbeats_.next()) heartbeat(now);
  flush(now);
}

std::string_view Session::what_is_missing() const {
  switch (state_) {
    case ShardState::identifying: return "READY did not come in time";
    case ShardState::resuming: return "RESUMED did not come in time";
    default: return "Hello did not come in time";
  }
}

base::Result<void> Session::send_command(std::string text, Time now) {
  if (text.size() > max_command) return base::Error{base::Errc::invalid, "A command has at most 4096 bytes."};
  if (waiting_.size() >= most_waiting) return base::Error{base::Errc::unavailable, "Too many commands wait."};
  waiting_.push_back(std::move(text));
  flush(now);
  return {};
}

void Session::update_presence(Time now) {
  presence_waits_ = true;
  flush(now);
}

void Session::flush(Time now) {
  while (state_ == ShardState::ready && limiter_.ready_at() <= now) {
    if (std::exchange(presence_waits_, false)) {
      if (options_.presence) transmit(presence_text(*options_.presence), now);
    } else if (!waiting_.empty()) {
      const std::string text = std::move(waiting_.front());
      waiting_.pop_front();
      transmit(text, now);
    } else {
      break;
    }
  }
}

void Session::transmit(std::string_view text, Time now) {
  limiter_.count(now);
  ++around_.counters.sent;
  around_.actions.send(text);
}

void Session::disconnect(std::string_view why, Time now, Pace pace) {
  if (!open_) return;
  if (!greeted_) ++failed_connects_;
  open_ = false;
  around_.actions.close(close_code, why);
  reconnect(why, now, pace);
}

void Session::reconnect(std::string_view why, Time now, Pace pace) {
  if (ready_since_ && now - *ready_since_ >= times_.stable) attempts_ = 0;
  ready_since_.reset();
  give_turn_back();
  if (failed_resumes_ >= most_failed_resumes) {
    failed_resumes_ = 0;
    point_.reset();
  }
  const auto wait = delay(pace);
  ++attempts_;
  state_ = ShardState::waiting;
  deadline_ = now + wait;
  heartbeats_.end();
  around_.actions.on_reconnecting(why, wait, point_.has_value());
}

/// Some of it is left to chance, so that not all who were thrown out together come back together.
milliseconds Session::delay(Pace pace) const {
  const double chance = around_.random();
  const auto part = [chance](milliseconds of) {
    return milliseconds(static_cast<milliseconds::rep>(static_cast<double>(of.count()) * chance));
  };
  milliseconds wait = part(times_.first_delay);
  if (attempts_ > 0) {
    const auto doubled = times_.second_delay * (1U << std::min(attempts_ - 1, 16U));
    const auto most = std::min(doubled, times_.longest_delay);
    wait = most / 2 + part(most / 2);
  }
  return pace == Pace::slow ? std::max(wait, slow_least + part(slow_spread)) : wait;
}

/// The token is never sent in the clear because of what came over TLS.
std::string Session::safe_url(std::string url) const {
  if (url_.starts_with("wss:") && !url.starts_with("wss:")) return url_;
  return url;
}

void Session::give_turn_back() {
  if (std::exchange(turn_, false)) around_.actions.end_turn(SessionActions::Turn::unused);
}

}  // namespace guildhall::discord
