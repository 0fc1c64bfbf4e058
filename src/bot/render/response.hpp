#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "base/lru_map.hpp"
#include "base/result.hpp"
#include "bot/components/component_rows.hpp"
#include "bot/render/placeholders.hpp"

namespace guildhall::database {
struct Command;
}

namespace guildhall::bot {

/// A custom command's response, parsed and ready to be rendered. Immutable.
class Response {
 public:
  /// `json` as table `commands` stores it. Errc::malformed if it is not JSON, Errc::invalid if Discord would refuse it;
  /// both only for rows that the API did not write.
  [[nodiscard]] static base::Result<Response> parse(std::string_view json);

  /// The message (Discord: resources/message, Create Message) with `values` in place of placeholders, in its content,
  /// in titles, descriptions, fields, footers and authors of embeds, and in addresses. Values are put into parsed JSON
  /// and mention nobody, so they cannot change the message's structure. Texts beyond Discord's limits are cut; parts
  /// without visible text, and addresses that are none with the values, are left out. Nullopt if nothing is left.
  [[nodiscard]] std::optional<boost::json::object> render(const PlaceholderValues& values, const ComponentIds& ids,
                                                          const ComponentOrigin& origin) const;

  [[nodiscard]] const ComponentRows& components() const { return components_; }

  /// Approximate size in memory, in bytes.
  [[nodiscard]] std::size_t weight() const { return weight_; }

 private:
  Response(boost::json::object parts, ComponentRows components, std::size_t weight)
      : parts_(std::move(parts)), components_(std::move(components)), weight_(weight) {}

  boost::json::object parts_;
  ComponentRows components_;
  std::size_t weight_;
};

/// The parsed responses used last. An entry belongs to one revision of its command, so it is never out of date. For one
/// thread at a time.
class ResponseCache {
 public:
  /// `capacity` in bytes.
  explicit ResponseCache(std::size_t capacity) : entries_(capacity) {}

  /// Null if it is not cached.
  [[nodiscard]] std::shared_ptr<const Response> find(base::CommandId command, std::uint64_t revision);
  void put(base::CommandId command, std::uint64_t revision, std::shared_ptr<const Response> response);

  /// The cached response, or else the parsed and from now on cached one. Errors as Response::parse.
  [[nodiscard]] base::Result<std::shared_ptr<const Response>> find_or_parse(const database::Command& command);

 private:
  struct Entry {
    std::uint64_t revision;
    std::shared_ptr<const Response> response;
  };

  base::LruMap<base::CommandId, Entry> entries_;
};

}  // namespace guildhall::bot
