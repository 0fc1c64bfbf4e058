#include "api/discord_select.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <set>

#include "api/discord_shared.hpp"
#include "base/encoding.hpp"
#include "schema/format.hpp"

namespace guildhall::api {
using namespace schema;
namespace json = boost::json;
namespace {

constexpr std::int64_t string_select = 3;
constexpr std::int64_t user_select = 5;
constexpr std::int64_t role_select = 6;
constexpr std::int64_t mentionable_select = 7;
constexpr std::int64_t channel_select = 8;

Schema placeholder() { return text().length(1, 150).visible(); }
Schema min_values() { return integer().range(0, 25).describe("How many must be chosen at least; 1 where absent."); }
Schema max_values() { return integer().range(1, 25).describe("How many may be chosen at most; 1 where absent."); }

std::int64_t number_or(const json::value& select, std::string_view name, std::int64_t otherwise) {
  const json::value* value = select.as_object().if_contains(name);
  return value == nullptr ? otherwise : value->as_int64();
}

std::optional<Fault> min_is_at_most_max(const json::value& select) {
  const auto most = number_or(select, "max_values", 1);
  if (number_or(select, "min_values", 1) <= most) return std::nullopt;
  return Fault{"/min_values", "Must be at most max_values, which is " + std::to_string(most) + "."};
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
  const auto most = number_or(select, "max_values", 1);
  if (chosen <= most) return std::nullopt;
  return Fault{"/options", "Must be at most " + std::to_string(most) + " by default, as max_values says; there are " +
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
  const auto least = number_or(select, "min_values", 1);
  const auto most = number_or(select, "max_values", 1);
  if (count >= least && count <= most) return std::nullopt;
  return Fault{"/default_values", "Must be from " + std::to_string(least) + " to " + std::to_string(most) +
                                      " items, as min_values and max_values say; this has " + std::to_string(count) +
                                      "."};
}

Schema default_values(std::initializer_list<json::value> kinds) {
  return list(object({
                  required("id", text().format(format::snowflake)),
                  required("type", choice(kinds)),
              }))
      .items(1, 25);
}

Schema with_rules(const Schema& select) {
  return select.rule(&min_is_at_most_max, "min_values is at most max_values.")
      .rule(&default_values_fit, "As many default_values as min_values and max_values allow.");
}

/// A menu that Discord fills with what `kinds` name.
Schema filled_select(std::int64_t type, std::initializer_list<json::value> kinds) {
  return with_rules(object({
      required("type", choice({type})),
      part("id", component_id()),
      required("custom_id", custom_id()),
      part("placeholder", placeholder()),
      part("min_values", min_values()),
      part("max_values", max_values()),
      part("default_values", default_values(kinds)),
      part("disabled", boolean()),
      part("onlyCaller", only_caller()),
      part("expiresAfter", expires_after()),
  }));
}

}  // namespace

const Schema& string_select_schema() {
  static const Schema schema = object({
                                          required("type", choice({string_select})),
                                          part("id", component_id()),
                                          required("custom_id", custom_id()),
                                          required("options", list(option()).items(1, 25)),
                                          part("placeholder", placeholder()),
                                          part("min_values", min_values()),
                                          part("max_values", max_values()),
                                          part("disabled", boolean()),
                                          part("onlyCaller", only_caller()),
                                          part("expiresAfter", expires_after()),
                                      })
                                   .named("StringSelect")
                                   .rule(&values_are_unique, "Each option has a value of its own.")
                                   .rule(&min_is_at_most_max, "min_values is at most max_values.")
                                   .rule(&max_is_at_most_options, "max_values is at most the number of options.")
                                   .rule(&defaults_fit_max, "At most max_values options are chosen by default.");
  return schema;
}

const Schema& user_select_schema() {
  static const Schema schema = filled_select(user_select, {"user"}).named("UserSelect");
  return schema;
}

const Schema& role_select_schema() {
  static const Schema schema = filled_select(role_select, {"role"}).named("RoleSelect");
  return schema;
}

const Schema& mentionable_select_schema() {
  static const Schema schema = filled_select(mentionable_select, {"user", "role"}).named("MentionableSelect");
  return schema;
}

const Schema& channel_select_schema() {
  static const Schema schema =
      with_rules(
          object({
              required("type", choice({channel_select})),
              part("id", component_id()),
              required("custom_id", custom_id()),
              part("channel_types", list(choice({0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16})).items(1, 13).unique()),
              part("placeholder", placeholder()),
              part("min_values", min_values()),
              part("max_values", max_values()),
              part("default_values", default_values({"channel"})),
              part("disabled", boolean()),
              part("onlyCaller", only_caller()),
              part("expiresAfter", expires_after()),
          }))
          .named("ChannelSelect");
  return schema;
}

}  // namespace guildhall::api
