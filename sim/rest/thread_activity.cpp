#include "sim/rest/thread_activity.hpp"

#include <algorithm>
#include <utility>

#include "sim/rest/guild_change.hpp"

namespace guildhall::sim {

void note_message_in_thread(Simulation& sim, const Message& message) {
  const Channel* thread = sim.world.find_channel(message.channel);
  if (thread == nullptr || !thread->thread) return;
  const bool counted = message.type != MessageType::thread_starter_message;
  const bool joins =
      counted && !message.webhook && !message.ephemeral() && !thread->thread->members.contains(message.author);
  if (thread->thread->archived || joins) {
    change_guild(sim, *thread->guild, [&](Guild& guild) {
      Thread& changed = *guild.threads.at(message.channel).thread;
      if (std::exchange(changed.archived, false)) changed.archive_changed = message.created;
      if (joins) changed.members.emplace(message.author, message.created);
    });
  }
  if (!counted || message.ephemeral()) return;
  Thread& counts = *sim.world.find_thread(message.channel);
  ++counts.message_count;
  ++counts.total_message_sent;
}

void note_messages_removed(Simulation& sim, ChannelId channel, int count) {
  if (Thread* thread = sim.world.find_thread(channel))
    thread->message_count = std::max(0, thread->message_count - count);
}

}  // namespace guildhall::sim
