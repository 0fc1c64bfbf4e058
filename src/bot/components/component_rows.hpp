#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "bot/components/component_ids.hpp"

namespace guildhall::bot {

/// Who may use a component, and for how long. Nullopt: everybody, without end.
struct ComponentRules {
  std::optional<bool> only_caller{};
  std::optional<std::chrono::seconds> expires_after{};
};

/// The invocation whose response contains components.
struct ComponentOrigin {
  base::GuildId guild;
  base::CommandId command;
  std::uint64_t revision = 0;
  base::UserId caller;
  std::optional<InvocationId> invocation{};  ///< As in ComponentClaims.
  base::Timestamp now;
};

/// The components of a message template. The author's fields `onlyCaller` and `expiresAfter`, which Discord does not
/// know, are separated from them. Immutable.
class ComponentRows {
 public:
  ComponentRows() = default;

  /// Moves components and rules out of `message`, which api::command_response_schema or
  /// api::script_message_schema has validated, but for components that Discord made.
  [[nodiscard]] static ComponentRows take_from(boost::json::object& message);

  [[nodiscard]] bool empty() const { return rows_.get_array().empty(); }
  /// Whether any component runs a script.
  [[nodiscard]] bool run_scripts() const { return !named_.empty(); }
  /// How long until all of them have expired; nullopt if one never does.
  [[nodiscard]] std::optional<std::chrono::seconds> lifetime() const;

  /// The components with signed custom ids.
  [[nodiscard]] boost::json::array sign(const ComponentIds& ids, const ComponentOrigin& origin) const;

  /// Caller and expiry that a component keeps from the message it was on, unless it sets its own.
  struct Inherited {
    std::optional<base::UserId> caller;
    std::optional<std::chrono::sys_seconds> expires;
  };
  struct Predecessors {
    /// Nullopt if the message had no component with this custom id.
    std::function<std::optional<Inherited>(std::string_view custom_id)> inherited;
    /// Whether the command's response has this custom id, so that it can be found by its hash.
    std::function<bool(std::string_view custom_id)> may_be_hashed;
  };
  /// The same for a script's message: Errc::invalid if a custom id is too long and may not be hashed.
  [[nodiscard]] base::Result<boost::json::array> sign(const ComponentIds& ids, const ComponentOrigin& origin,
                                                      const Predecessors& predecessors) const;

  /// The author's custom id with this hash.
  [[nodiscard]] std::optional<std::string> find(std::uint64_t hash) const;

 private:
  struct Named {
    std::string pointer;  ///< JSON pointer to the component in `rows_`.
    ComponentRules rules;
  };

  ComponentRows(boost::json::value rows, std::vector<Named> named) : rows_(std::move(rows)), named_(std::move(named)) {}
  boost::json::value rows_ = boost::json::array();
  std::vector<Named> named_;
};

/// Null if the component has no `custom_id`.
[[nodiscard]] boost::json::string* custom_id_of(boost::json::object& component);

/// Calls `visit` with each component of `message`, which may be any JSON, whatever their types.
void for_each_component(boost::json::object& message, const std::function<void(boost::json::object&)>& visit);

/// Calls `visit` with each custom_id in the components of `message`, which may be any JSON.
void for_each_custom_id(boost::json::object& message, const std::function<void(boost::json::string&)>& visit);

}  // namespace guildhall::bot
