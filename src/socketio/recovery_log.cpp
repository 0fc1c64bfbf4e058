#include "socketio/recovery_log.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/encoding.hpp"
#include "base/random.hpp"
#include "base/text.hpp"

namespace guildhall::socketio {
namespace {

/// Packets are kept this much longer than sockets: a connection may break some time before the server notices.
constexpr std::chrono::seconds packet_slack{10};

std::size_t size_of(const std::vector<std::string>& texts) {
  std::size_t bytes = 0;
  for (const auto& text : texts) bytes += sizeof(text) + text.size();
  return bytes;
}

bool selects(const BroadcastOptions& options, std::uint64_t number, const SavedSocket& socket) {
  const auto was_in = [&](const std::string& room) {
    if (room == socket.id) return socket.since < number;
    const auto joined = socket.rooms.find(room);
    return joined != socket.rooms.end() && joined->second < number;
  };
  const auto is_in = [&](const std::string& room) { return room == socket.id || socket.rooms.contains(room); };
  if (std::ranges::any_of(options.except, is_in)) return false;
  return options.rooms.empty() ? socket.since < number : std::ranges::any_of(options.rooms, was_in);
}

}  // namespace

RecoveryLog::RecoveryLog(const RecoveryOptions& options) : options_(options) {
  std::array<std::byte, 6> random;
  base::random_bytes(random);
  prefix_ = base::encode_base64url({reinterpret_cast<const char*>(random.data()), random.size()}) + '.';
}

std::string RecoveryLog::offset(std::uint64_t number) const { return prefix_ + std::to_string(number); }

std::optional<std::uint64_t> RecoveryLog::parse_offset(std::string_view offset) const {
  if (!offset.starts_with(prefix_)) return std::nullopt;
  offset.remove_prefix(prefix_.size());
  return base::parse_number<std::uint64_t>(offset);
}

void RecoveryLog::append(std::uint64_t number, EncodedPacket packet, BroadcastOptions options, Time now) {
  // Twice, because a payload for polling clients may be made from the frames.
  const auto bytes = sizeof(Entry) + 2 * packet->frames().size() + size_of(options.rooms) + size_of(options.except);
  packets_.push_back({number, std::move(packet), std::move(options), now, bytes});
  bytes_ += bytes;
  drop_expired(now);
}

void RecoveryLog::save(SavedSocket socket, Time now) {
  auto bytes = 2 * sizeof(Saved) + socket.pid.size() + socket.id.size();
  for (const auto& [room, since] : socket.rooms) bytes += 2 * sizeof(room) + room.size();
  const auto saved = sockets_.insert(sockets_.end(), {std::move(socket), now, bytes});
  by_pid_[saved->socket.pid] = saved;
  bytes_ += bytes;
  drop_expired(now);
}

std::unique_ptr<SavedSocket> RecoveryLog::restore(std::string_view pid, std::string_view offset, Time now) {
  drop_expired(now);
  const auto saved = by_pid_.find(pid);
  if (saved == by_pid_.end()) return nullptr;
  const auto received = offset.empty() ? std::optional(saved->second->socket.since) : parse_offset(offset);
  if (!received) return nullptr;
  auto socket = std::make_unique<SavedSocket>(remove(saved->second));
  // A client that has received the last packet sent to it has all that were for it, even if later packets were not.
  socket->sent_up_to = *received >= socket->last_sent ? std::max(*received, socket->sent_up_to) : *received;
  return dropped_ <= socket->sent_up_to ? std::move(socket) : nullptr;
}

std::optional<std::vector<EncodedPacket>> RecoveryLog::missed(SavedSocket& socket) const {
  if (dropped_ > socket.sent_up_to) return std::nullopt;
  std::vector<EncodedPacket> packets;
  auto entry = std::ranges::upper_bound(packets_, socket.sent_up_to, {}, &Entry::number);
  for (; entry != packets_.end(); ++entry) {
    if (!selects(entry->options, entry->number, socket)) continue;
    packets.push_back(entry->packet);
    socket.last_sent = entry->number;
  }
  return packets;
}

void RecoveryLog::drop_packet() {
  dropped_ = packets_.front().number;
  bytes_ -= packets_.front().bytes;
  packets_.pop_front();
}

SavedSocket RecoveryLog::remove(Sockets::iterator saved) {
  by_pid_.erase(saved->socket.pid);
  bytes_ -= saved->bytes;
  auto socket = std::move(saved->socket);
  sockets_.erase(saved);
  return socket;
}

void RecoveryLog::drop_expired(Time now) {
  const auto duration = options_.max_disconnection_duration;
  while (!sockets_.empty() && sockets_.front().time + duration < now) remove(sockets_.begin());
  while (!packets_.empty() && packets_.front().time + duration + packet_slack < now) drop_packet();
  while (bytes_ > options_.max_bytes && !packets_.empty()) drop_packet();
  while (bytes_ > options_.max_bytes && !sockets_.empty()) remove(sockets_.begin());
}

}  // namespace guildhall::socketio
