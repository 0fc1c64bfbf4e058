#include "api/discord_components.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <iterator>
#include <limits>
#include <set>

#include "base/encoding.hpp"
#include "schema/format.hpp"

namespace guildhall::api {
using namespace schema;
namespace json = boost::json;

Schema only_caller() {
  return boolean().describe(
      "Only the person who used the command may use the component. On a response: for all components that do not set "
      "it themselves.");
}

Schema expires_after() {
  constexpr std::int64_t year = 31'536'000;
  return integer().range(1, year).describe(
      "Seconds after which the component cannot be used any more. On a response: for all components that do not set it "
      "themselves.");
}

namespace {

/// Discord: components/reference, Component Types.
constexpr std::int64_t row_type = 1;
constexpr std::int64_t button_type = 2;
constexpr std::int64_t string_select_type = 3;
constexpr std::int64_t user_select_type = 5;
constexpr std::int64_t role_select_type = 6;
constexpr std::int64_t mentionable_select_type = 7;
constexpr std::int64_t channel_select_type = 8;

std::optional<Fault> check_emoji(const json::value& emoji) {
  const json::object& parts = emoji.as_object();
  if (parts.contains("id")) return std::nullopt;
  const json::value* name = parts.if_contains("name");
  if (name == nullptr) return Fault{"/name", "An emoji needs a name or an id."};
  // Every Unicode emoji has a code point beyond ASCII, keycaps such as 1 with U+20E3 included.
  const std::string_view text = name->as_string();
  const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii) return Fault{"/name", "Must be a Unicode emoji, or a custom emoji's name beside its id."};
  return std::nullopt;
}

Schema custom_id() { return text().length(1, 100).visible().describe("The script's name for the component."); }

Schema component_id() {
  return integer()
      .range(0, std::numeric_limits<std::int32_t>::max())
      .describe("Discord numbers components itself; 0 is no number.");
}

const Schema& emoji_schema() {
  static const Schema schema = object({
                                          part("id", text().format(format::snowflake)),
                                          part("name", text().length(1, 32).visible()),
                                          part("animated", boolean()),
                                      })
                                   .named("Emoji")
                                   .rule(&check_emoji, "A Unicode emoji by its name, or a custom emoji by its id.");
  return schema;
}

std::int64_t number_or(const json::value& select, std::string_view name, std::int64_t otherwise) {
  const json::value* value = select.as_object().if_contains(name);
  return value == nullptr ? otherwise : value->as_int64();
}

std::optional<Fault> min_is_at_most_max(const json::value& select) {
  const auto max = number_or(select, "max_values", 1);
  if (number_or(select, "min_values", 1) <= max) return std::nullopt;
  return Fault{"/min_values", "Must be at most max_values, which is " + std::to_string(max) + "."};
}

std::optional<Fault> max_is_at_most_options(const json::value& select) {
  const auto options = select.at("options").as_array().size();
  if (number_or(select, "max_values", 1) <= static_cast<std::int64_t>(options)) return std::nullopt;
  return Fault{"/max_values", "Must be at most the number of options, which is " + std::to_string(options) + "."};
}

std::optional<Fault> values_are_unique(const json::value& select) {
  const json::array& options = select.at("options").as_array();
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (seen.insert(options[i].at("value").as_string()).second) continue;
    return Fault{"/options" + base::json_pointer(std::to_string(i)) + "/value",
                 "Another option of this menu has this value."};
  }
  return std::nullopt;
}

std::optional<Fault> defaults_fit_max(const json::value& select) {
  const json::array& options = select.at("options").as_array();
  const auto chosen = std::count_if(options.begin(), options.end(), [](const json::value& option) {
    const json::value* is_default = option.as_object().if_contains("default");
    return is_default != nullptr && is_default->as_bool();
  });
  const auto max = number_or(select, "max_values", 1);
  if (chosen <= max) return std::nullopt;
  return Fault{"/options", "Must be at most " + std::to_string(max) + " by default, as max_values says; there are " +
                               std::to_string(chosen) + "."};
}

const Schema& option() {
  static const Schema schema = object({
                                          required("label", text().length(1, 100).visible()),
                                          required("value", text().length(1, 100).visible()),
                                          part("description", text().length(1, 100).visible()),
                                          part("emoji", emoji_schema()),
                                          part("default", boolean()),
                                      })
                                   .named("SelectOption");
  return schema;
}

std::optional<Fault> default_values_fit(const json::value& select) {
  const json::value* defaults = select.as_object().if_contains("default_values");
  if (defaults == nullptr) return std::nullopt;
  const auto count = static_cast<std::int64_t>(defaults->as_array().size());
  const auto min = number_or(select, "min_values", 1);
  const auto max = number_or(select, "max_values", 1);
  if (count >= min && count <= max) return std::nullopt;
  return Fault{"/default_values", "Must be from " + std::to_string(min) + " to " + std::to_string(max) +
                                      " items, as min_values and max_values say; this has " + std::to_string(count) +
                                      "."};
}

/// The fields of all select menus, with those of one type in between.
Schema select(std::int64_t type, std::vector<Property> own, std::optional<Property> defaults) {
  std::vector<Property> all{required("type", choice({type})), part("id", component_id()),
                            required("custom_id", custom_id())};
  std::move(own.begin(), own.end(), std::back_inserter(all));
  all.push_back(part("placeholder", text().length(1, 150).visible()));
  all.push_back(ignored("required"));
  all.push_back(part("min_values", integer().range(0, 25).describe("How many must be chosen at least; 1 if absent.")));
  all.push_back(part("max_values", integer().range(1, 25).describe("How many may be chosen at most; 1 if absent.")));
  if (defaults) all.push_back(*std::move(defaults));
  all.push_back(part("disabled", boolean()));
  all.push_back(part("onlyCaller", only_caller()));
  all.push_back(part("expiresAfter", expires_after()));
  return object(std::move(all));
}

/// A menu that Discord fills with what `kinds` name.
Schema filled_select(std::int64_t type, std::initializer_list<json::value> kinds, std::vector<Property> own = {}) {
  auto defaults = list(object({
                           required("id", text().format(format::snowflake)),
                           required("type", choice(kinds)),
                       }))
                      .items(1, 25);
  return select(type, std::move(own), part("default_values", std::move(defaults)))
      .rule(&min_is_at_most_max, "min_values is at most max_values.")
      .rule(&default_values_fit, "As many default_values as min_values and max_values allow.");
}

Schema string_select() {
  return select(string_select_type, {required("options", list(option()).items(1, 25))}, std::nullopt)
      .named("StringSelect")
      .rule(&values_are_unique, "Each option has a value of its own.")
      .rule(&min_is_at_most_max, "min_values is at most max_values.")
      .rule(&max_is_at_most_options, "max_values is at most the number of options.")
      .rule(&defaults_fit_max, "At most max_values options are chosen by default.");
}

Schema channel_select() {
  return filled_select(channel_select_type, {"channel"},
                       {part("channel_types",
                             list(choice({0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16})).items(1, 13).unique())})
      .named("ChannelSelect");
}

Schema label() { return text().length(1, 80).visible(); }

std::optional<Fault> check_label(const json::value& button) {
  if (button.as_object().contains("label") || button.as_object().contains("emoji")) return std::nullopt;
  return Fault{"/label", "A button needs a label or an emoji."};
}

constexpr std::string_view label_rule = "It has a label or an emoji.";

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
          .rule(&check_label, label_rule);
  return schema;
}

const Schema& link_button() {
  static const Schema schema = object({
                                          required("type", choice({button_type})),
                                          part("id", component_id()),
                                          required("style", choice({5})),
                                          part("label", label()),
                                          part("emoji", emoji_schema()),
                                          required("url", text().length(1, 512).format(format::link_url_template)),
                                          part("disabled", boolean()),
                                      })
                                   .named("LinkButton")
                                   .describe("A button that opens a URL.")
                                   .rule(&check_label, label_rule);
  return schema;
}

const Schema& button() {
  static const Schema schema = variants("style", {action_button(), link_button()}).named("Button");
  return schema;
}

std::optional<Fault> check_row(const json::value& row) {
  const json::array& components = row.at("components").as_array();
  const bool buttons = std::all_of(components.begin(), components.end(),
                                   [](const json::value& component) { return component.at("type") == button_type; });
  if (buttons || components.size() == 1) return std::nullopt;
  return Fault{"/components", "A row holds up to 5 buttons, or one select menu and nothing else."};
}

}  // namespace

const Schema& top_component_schema() {
  static const Schema component =
      variants("type",
               {button(), string_select(), filled_select(user_select_type, {"user"}).named("UserSelect"),
                filled_select(role_select_type, {"role"}).named("RoleSelect"),
                filled_select(mentionable_select_type, {"user", "role"}).named("MentionableSelect"), channel_select()})
          .named("RowComponent");
  static const Schema row = object({
                                       required("type", choice({row_type})),
                                       part("id", component_id()),
                                       required("components", list(component).items(1, 5)),
                                   })
                                .named("ActionRow")
                                .rule(&check_row, "A row of up to 5 buttons, or of one select menu.");
  // A variant although it is the only one, so that a button outside of a row is refused because of its type.
  static const Schema schema = variants("type", {row});
  return schema;
}

namespace {

/// The ids of the components that were looked at so far.
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

std::optional<Fault> check_unique_ids(const json::value& message) {
  const auto* rows = message.as_object().if_contains("components");
  if (rows == nullptr || !rows->is_array()) return std::nullopt;
  SeenIds seen;
  for (std::size_t r = 0; r < rows->as_array().size(); ++r) {
    const json::object& row = rows->at(r).as_object();
    const std::string place = "/components" + base::json_pointer(std::to_string(r));
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
