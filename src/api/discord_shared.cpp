#include "api/discord_shared.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <limits>

#include "schema/format.hpp"

namespace guildhall::api {
using namespace schema;
namespace json = boost::json;
namespace {

std::optional<Fault> is_an_emoji(const json::value& emoji) {
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

}  // namespace

Schema custom_id() { return text().length(1, 100).visible().describe("Tells the script which component was used."); }

Schema component_id() {
  return integer()
      .range(0, std::numeric_limits<std::int32_t>::max())
      .describe("Discord numbers components itself; 0 is none.");
}

Schema only_caller() {
  return boolean().describe(
      "Whether only the person who used the command may use it. On a response: of all its components that do not say "
      "it "
      "themselves.");
}

Schema expires_after() {
  constexpr std::int64_t year = 31'536'000;
  return integer().range(1, year).describe(
      "After so many seconds nobody may use it any more. On a response: of all its components that do not say it "
      "themselves.");
}

const Schema& emoji_schema() {
  static const Schema schema = object({
                                          part("id", text().format(format::snowflake)),
                                          part("name", text().length(1, 32).visible()),
                                          part("animated", boolean()),
                                      })
                                   .named("Emoji")
                                   .rule(&is_an_emoji, "A Unicode emoji by its name, or a custom emoji by its id.");
  return schema;
}

}  // namespace guildhall::api
