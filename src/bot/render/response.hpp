#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "bot/components/component_rows.hpp"

namespace guildhall::bot {

/// What a custom command answers, ready to be rendered. Immutable.
class Response {
 public:
  /// `json` as table `commands` keeps it. Errc::malformed where it is not JSON, Errc::invalid where Discord would not
  /// take it: a row that was not written through the API.
  [[nodiscard]] static base::Result<Response> parse(std::string_view json);

  /// The message (Discord: resources/message, Create Message) with `arguments` in place of `${1}` and so on: in its
  /// content, and in titles, descriptions, fields, footers and authors of embeds. Values go into parsed JSON, so none
  /// of them can change what the message is; nothing in it mentions anybody; what grew beyond Discord's limits is cut.
  /// Its components are called as `ids` calls those of `origin`. Parts in which nothing is left to see are left out;
  /// nothing where that is all of it.
  [[nodiscard]] std::optional<boost::json::object> render(std::span<const std::string_view> arguments,
                                                          const ComponentIds& ids, const ComponentOrigin& origin) const;

  [[nodiscard]] const ComponentRows& components() const { return components_; }

  /// About how many bytes it takes in memory.
  [[nodiscard]] std::size_t weight() const { return weight_; }

 private:
  Response(boost::json::object parts, ComponentRows components, std::size_t weight)
      : parts_(std::move(parts)), components_(std::move(components)), weight_(weight) {}

  boost::json::object parts_;
  ComponentRows components_;
  std::size_t weight_;
};

}  // namespace guildhall::bot
