#include "socketio/recovery_log.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

#include "base/encoding.hpp"
#include "base/random.hpp"

namespace guildhall::socketio {
namespace {

/// A packet can be some moments older than the disconnection that it was missed by.
constexpr std::chrono::seconds slack{10};

std::size_t size_of(const std::vector<std::string>& texts) {
  std::size_t bytes = 0;
  for (const auto& text : texts) bytes += sizeof(text) + text.size();
  return bytes;
}

bool concerns(const Session& session, std::uint64_t sequence, const Audience& audience) {
  const auto within = [&](const std::string& room) {
    if (room == session.id) return session.since < sequence;
    const auto joined = session.rooms.find(room);
    return joined != session.rooms.end() && joined->second < sequence;
  };
  const auto kept_out = [&](const std::string& room) { return room == session.id || session.rooms.contains(room); };
  if (std::ranges::any_of(audience.except, kept_out)) return false;
  return audience.rooms.empty() ? session.since < sequence : std::ranges::any_of(audience.rooms, within);
}

}  // namespace

RecoveryLog::RecoveryLog(const RecoveryOptions& options) : options_(options) {
  std::array<std::byte, 6> random;
  base::random_bytes(random);
  tag_ = base::encode_base64url({reinterpret_cast<const char*>(random.data()), random.size()}) + '.';
}

std::string RecoveryLog::offset(std::uint64_t sequence) const { return tag_ + std::to_string(sequence); }

std::optional<std::uint64_t> RecoveryLog::sequence_of(std::string_view offset) const {
  if (!offset.starts_with(tag_)) return std::nullopt;
  offset.remove_prefix(tag_.size());
  std::uint64_t sequence = 0;
  const auto [end, failure] = std::from_chars(offset.data(), offset.data() + offset.size(), sequence);
  if (failure != std::errc{} || end != offset.data() + offset.size()) return std::nullopt;
  return sequence;
}

void RecoveryLog::append(std::uint64_t sequence, std::shared_ptr<const engine::Outgoing> packet, Audience audience,
                         Time now) {
  // Twice, as a payload for pollers may be made from the frames.
  const auto bytes = sizeof(Entry) + 2 * packet->frames().size() + size_of(audience.rooms) + size_of(audience.except);
  packets_.push_back({sequence, std::move(packet), std::move(audience), now, bytes});
  bytes_ += bytes;
  forget_old(now);
}

void RecoveryLog::keep(Session session, Time now) {
  auto bytes = 2 * sizeof(Kept) + session.pid.size() + session.id.size();
  for (const auto& [room, since] : session.rooms) bytes += 2 * sizeof(room) + room.size();
  sessions_.push_back({std::move(session), now, bytes});
  const auto kept = std::prev(sessions_.end());
  by_pid_[kept->session.pid] = kept;
  bytes_ += bytes;
  forget_old(now);
}

std::unique_ptr<Session> RecoveryLog::take(std::string_view pid, std::string_view offset, Time now) {
  forget_old(now);
  const auto kept = by_pid_.find(pid);
  if (kept == by_pid_.end()) return nullptr;
  const auto received = offset.empty() ? std::optional(kept->second->session.since) : sequence_of(offset);
  if (!received) return nullptr;
  auto session = std::make_unique<Session>(forget_session(kept->second));
  // A client that has the last packet that went to it has all that were for it, however old that one is.
  session->settled = *received >= session->last_sent ? std::max(*received, session->settled) : *received;
  return forgotten_ <= session->settled ? std::move(session) : nullptr;
}

std::optional<std::vector<std::shared_ptr<const engine::Outgoing>>> RecoveryLog::missed(const Session& session) const {
  if (forgotten_ > session.settled) return std::nullopt;
  std::vector<std::shared_ptr<const engine::Outgoing>> packets;
  auto entry = std::ranges::upper_bound(packets_, session.settled, {}, &Entry::sequence);
  for (; entry != packets_.end(); ++entry) {
    if (concerns(session, entry->sequence, entry->audience)) packets.push_back(entry->packet);
  }
  return packets;
}

void RecoveryLog::forget_packet() {
  forgotten_ = packets_.front().sequence;
  bytes_ -= packets_.front().bytes;
  packets_.pop_front();
}

Session RecoveryLog::forget_session(Sessions::iterator kept) {
  by_pid_.erase(kept->session.pid);
  bytes_ -= kept->bytes;
  auto session = std::move(kept->session);
  sessions_.erase(kept);
  return session;
}

void RecoveryLog::forget_old(Time now) {
  const auto duration = options_.max_disconnection_duration;
  while (!sessions_.empty() && sessions_.front().time + duration < now) forget_session(sessions_.begin());
  while (!packets_.empty() && packets_.front().time + duration + slack < now) forget_packet();
  while (bytes_ > options_.max_bytes && !packets_.empty()) forget_packet();
  while (bytes_ > options_.max_bytes && !sessions_.empty()) forget_session(sessions_.begin());
}

}  // namespace guildhall::socketio
