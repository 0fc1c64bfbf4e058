#pragma once

#include <cstdint>

namespace guildhall::discord {

/// What discord.js's `interaction` can be asked to do: the first four give the first response, the others need one.
enum class InteractionMethod : std::uint8_t {
  reply,
  update,
  defer_reply,
  defer_update,
  edit_reply,
  follow_up,
  delete_reply,
  fetch_reply,
};

}  // namespace guildhall::discord
