#pragma once

// For tests.

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

namespace guildhall::vm {

/// Somebody pressed a button.
inline boost::json::object an_interaction() {
  return boost::json::parse(R"({
    "id": "7", "application_id": "1", "type": 3, "guild_id": "41", "channel_id": "5", "locale": "en-US", "version": 1,
    "data": {"custom_id": "go", "component_type": 2},
    "member": {"user": {"id": "9", "username": "ada", "discriminator": "0", "global_name": "Ada", "avatar": null},
               "nick": null, "roles": [], "permissions": "0", "joined_at": "2020-01-01T00:00:00Z", "flags": 0,
               "avatar": null, "deaf": false, "mute": false},
    "message": {"id": "6", "channel_id": "5", "type": 0, "content": "click", "embeds": [], "components": [],
                "attachments": [], "mentions": [], "mention_roles": [], "timestamp": "2024-01-01T00:00:00.000000+00:00",
                "edited_timestamp": null, "tts": false, "mention_everyone": false, "pinned": false,
                "author": {"id": "1", "username": "bot", "discriminator": "0", "global_name": null, "avatar": null,
                           "bot": true}}
  })")
      .as_object();
}

}  // namespace guildhall::vm
