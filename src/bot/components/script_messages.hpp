#pragma once

#include <boost/json/object.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.hpp"
#include "bot/components/component_rows.hpp"

namespace guildhall::bot {

/// Translates messages between a script and Discord: custom ids are signed on the way out and the author's own on the
/// way in, and a script's messages are validated. For one run.
class ScriptMessages {
 public:
  /// `ids` outlives this. `components` are those of the command's current response.
  ScriptMessages(const ComponentIds& ids, base::GuildId guild, std::shared_ptr<const ComponentRows> components);

  /// The interaction as the script sees it. `used` is the author's custom id of the component. Remembers who may use
  /// the components of its message, for messages that replace them.
  [[nodiscard]] boost::json::object read_interaction(boost::json::object event, std::string_view used);

  /// Turns a message from Discord into what the script sees.
  void read_message(boost::json::object& message) const;

  /// A script's message as Discord gets it. Errc::invalid names the field at fault. Mentions nobody unless the script
  /// says whom.
  [[nodiscard]] base::Result<boost::json::object> write_message(boost::json::value message,
                                                                const ComponentOrigin& origin) const;
  /// The same for an edit.
  [[nodiscard]] base::Result<boost::json::object> write_edit(boost::json::value message,
                                                             const ComponentOrigin& origin) const;

 private:
  [[nodiscard]] std::string author_id(std::string_view custom_id) const;
  [[nodiscard]] base::Result<boost::json::object> finish(boost::json::object message,
                                                         const ComponentOrigin& origin) const;

  const ComponentIds& ids_;
  const base::GuildId guild_;
  const std::shared_ptr<const ComponentRows> components_;
  std::unordered_map<std::string, ComponentRows::Inherited> inherited_;
};

}  // namespace guildhall::bot
