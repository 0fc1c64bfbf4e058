#pragma once

#include <boost/json/object.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.hpp"
#include "bot/components/component_rows.hpp"

namespace guildhall::bot {

/// What crosses between a component's script and Discord, in both directions: ids of components are signed on the way
/// out and are the author's own on the way in, and what a script says is checked. For one run.
class ScriptMessages {
 public:
  /// `ids` outlives this. `components` are those of the command's response as it is now.
  ScriptMessages(const ComponentIds& ids, base::GuildId guild, std::shared_ptr<const ComponentRows> components);

  /// The interaction as its script is to see it. `used` is the author's name of the component. What the message's
  /// components may is remembered.
  [[nodiscard]] boost::json::object read_interaction(boost::json::object event, std::string_view used);

  /// A message of Discord as the script is to see it.
  void read_message(boost::json::object& message) const;

  /// A message of the script as Discord is to get it, with its components as of `origin`. Errc::invalid names the
  /// field. Who is mentioned is nobody where the script does not say it.
  [[nodiscard]] base::Result<boost::json::object> write_message(boost::json::value message,
                                                                const ComponentOrigin& origin) const;
  /// The same for what a script changes.
  [[nodiscard]] base::Result<boost::json::object> write_edit(boost::json::value message,
                                                             const ComponentOrigin& origin) const;

 private:
  [[nodiscard]] std::string author_id(std::string_view custom_id) const;
  [[nodiscard]] base::Result<boost::json::object> finish(boost::json::object message,
                                                         const ComponentOrigin& origin) const;

  const ComponentIds& ids_;
  const base::GuildId guild_;
  const std::shared_ptr<const ComponentRows> components_;
  std::unordered_map<std::string, ComponentRows::Inherited> before_;
};

}  // namespace guildhall::bot
