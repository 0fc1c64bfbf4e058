#include "api/discord_component.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <set>

#include "api/discord_select.hpp"
#include "api/discord_shared.hpp"
#include "base/encoding.hpp"
#include "schema/format.hpp"

namespace guildhall::api {
using namespace schema;
namespace json = boost::json;
namespace {

constexpr std::int64_t row_type = 1;
constexpr std::int64_t button_type = 2;

Schema label() { return text().length(1, 80).visible(); }

std::optional<Fault> has_a_face(const json::value& button) {
  if (button.as_object().contains("label") || button.as_object().contains("emoji")) return std::nullopt;
  return Fault{"/label", "A button needs a label or an emoji."};
}

constexpr std::string_view face_rule = "It has a label or an emoji.";

const Schema& action_button() {
  static const Schema schema =
      object({
                 required("type", choice({button_type})),
                 part("id", component_id()),
                 required("style", choice({1, 2, 3, 4}).describe("1 primary, 2 secondary, 3 success, 4 danger.")),
                 part("label", label()),
                 part("emoji", emoji_schema()),
                 required("custom_id", custom_id()),
                 part("disabled", boolean()),
                 part("onlyCaller", only_caller()),
                 part("expiresAfter", expires_after()),
             })
          .named("ActionButton")
          .describe("A button that runs the command's `interaction`.")
          .rule(&has_a_face, face_rule);
  return schema;
}

const Schema& link_button() {
  static const Schema schema = object({
                                          required("type", choice({button_type})),
                                          part("id", component_id()),
                                          required("style", choice({5})),
                                          part("label", label()),
                                          part("emoji", emoji_schema()),
                                          required("url", text().length(1, 512).format(format::link_url)),
                                          part("disabled", boolean()),
                                      })
                                   .named("LinkButton")
                                   .describe("A button that opens a URL.")
                                   .rule(&has_a_face, face_rule);
  return schema;
}

const Schema& button() {
  static const Schema schema = variants("style", {action_button(), link_button()}).named("Button");
  return schema;
}

std::optional<Fault> holds_buttons_or_one_select(const json::value& row) {
  const json::array& components = row.at("components").as_array();
  const bool buttons = std::all_of(components.begin(), components.end(),
                                   [](const json::value& component) { return component.at("type") == button_type; });
  if (buttons || components.size() == 1) return std::nullopt;
  return Fault{"/components", "A row holds up to 5 buttons, or one select menu and nothing else."};
}

}  // namespace

const Schema& top_component_schema() {
  static const Schema component =
      variants("type", {button(), string_select_schema(), user_select_schema(), role_select_schema(),
                        mentionable_select_schema(), channel_select_schema()})
          .named("RowComponent");
  static const Schema row = object({
                                       required("type", choice({row_type})),
                                       part("id", component_id()),
                                       required("components", list(component).items(1, 5)),
                                   })
                                .named("ActionRow")
                                .rule(&holds_buttons_or_one_select, "A row of up to 5 buttons, or of one select menu.");
  // Told apart by its type although it is alone, so that a button outside of a row is refused for its type.
  static const Schema schema = variants("type", {row});
  return schema;
}

namespace {

/// The ids that a message's components have had so far.
class SeenIds {
 public:
  [[nodiscard]] std::optional<Fault> take(const json::object& component) {
    if (const auto* id = component.if_contains("custom_id")) {
      if (!custom_ids_.insert(id->as_string()).second) {
        return Fault{"/custom_id", "Another component of this message has this custom_id."};
      }
    }
    if (const auto* id = component.if_contains("id"); id != nullptr && id->as_int64() != 0) {
      if (!ids_.insert(id->as_int64()).second) return Fault{"/id", "Another component of this message has this id."};
    }
    return std::nullopt;
  }

 private:
  std::set<std::string_view> custom_ids_;
  std::set<std::int64_t> ids_;
};

}  // namespace

std::optional<Fault> check_unique_ids(const json::value& rows) {
  SeenIds seen;
  for (std::size_t r = 0; r < rows.as_array().size(); ++r) {
    const json::object& row = rows.at(r).as_object();
    const std::string place = base::json_pointer(std::to_string(r));
    if (auto found = seen.take(row)) return Fault{place + found->pointer, found->message};
    const json::array& components = row.at("components").as_array();
    for (std::size_t c = 0; c < components.size(); ++c) {
      if (auto found = seen.take(components[c].as_object())) {
        return Fault{place + "/components" + base::json_pointer(std::to_string(c)) + found->pointer, found->message};
      }
    }
  }
  return std::nullopt;
}

}  // namespace guildhall::api
