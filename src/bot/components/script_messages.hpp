#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/result.hpp"
#include "bot/components/component_rows.hpp"

namespace guildhall::schema {
class Schema;
}

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
  void read_message(boost::json::object& message);

  /// A script's message as Discord gets it. Errc::invalid names the field at fault. Mentions nobody unless the script
  /// says whom. Components that we do not know are sent as they are if Discord has shown the script such ones.
  [[nodiscard]] base::Result<boost::json::object> write_message(boost::json::value message,
                                                                const ComponentOrigin& origin) const;
  /// The same for an edit.
  [[nodiscard]] base::Result<boost::json::object> write_edit(boost::json::value message,
                                                             const ComponentOrigin& origin) const;

 private:
  /// Components that we do not know, by their place in the message.
  using Unknown = std::map<std::size_t, boost::json::value>;

  [[nodiscard]] std::string author_id(std::string_view custom_id) const;
  [[nodiscard]] bool was_shown(const boost::json::value& component) const;
  [[nodiscard]] Unknown take_unknown(boost::json::object& message) const;
  [[nodiscard]] base::Result<boost::json::object> write(boost::json::value message, const schema::Schema& schema,
                                                        const ComponentOrigin& origin) const;
  [[nodiscard]] base::Result<boost::json::object> finish(boost::json::object message,
                                                         const ComponentOrigin& origin) const;

  const ComponentIds& ids_;
  const base::GuildId guild_;
  const std::shared_ptr<const ComponentRows> components_;
  std::unordered_map<std::string, ComponentRows::Inherited> inherited_;
  /// The types and styles of components in the messages that the script got.
  std::set<std::pair<std::int64_t, std::int64_t>> shown_kinds_;
};

}  // namespace guildhall::bot
