#include "bot/run/message_rights.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <string_view>
#include <utility>

#include "base/text/word_key.hpp"
#include "base/utf8.hpp"
#include "discord/model/fields.hpp"

namespace guildhall::bot {
namespace {

namespace json = boost::json;
using discord::Permissions;
using discord::text_field;

constexpr std::size_t max_content = 2000;  // Discord: resources/message, Create Message.

constexpr auto names = std::to_array<std::pair<std::uint64_t, std::string_view>>({
    {Permissions::view_channel, "View Channel"},
    {Permissions::send_messages, "Send Messages"},
    {Permissions::send_messages_in_threads, "Send Messages in Threads"},
    {Permissions::embed_links, "Embed Links"},
    {Permissions::use_external_emojis, "Use External Emojis"},
});

void append_line(std::string& text, std::string_view line) {
  if (line.empty()) return;
  if (!text.empty()) text += '\n';
  text += line;
}

void append_inner(std::string& text, const json::object& embed, std::string_view part, std::string_view member) {
  const auto* inner = discord::object_field(embed, part);
  if (inner != nullptr) append_line(text, text_field(*inner, member).value_or(""));
}

void append_bold(std::string& text, std::string_view title) {
  if (!title.empty()) append_line(text, "**" + std::string(title) + "**");
}

void append_embed(std::string& text, const json::object& embed) {
  append_inner(text, embed, "author", "name");
  append_bold(text, text_field(embed, "title").value_or(""));
  append_line(text, text_field(embed, "url").value_or(""));
  append_line(text, text_field(embed, "description").value_or(""));
  if (const auto* fields = discord::array_field(embed, "fields")) {
    for (const auto& field : *fields) {
      if (!field.is_object()) continue;
      append_bold(text, text_field(field.get_object(), "name").value_or(""));
      append_line(text, text_field(field.get_object(), "value").value_or(""));
    }
  }
  append_inner(text, embed, "image", "url");
  append_inner(text, embed, "thumbnail", "url");
  append_inner(text, embed, "footer", "text");
}

std::size_t count_emojis(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    if (base::take_custom_emoji(text).empty()) {
      text.remove_prefix(1);
    } else {
      ++count;
    }
  }
  return count;
}

}  // namespace

Permissions needed_for_text(bool thread) {
  return Permissions(Permissions::view_channel |
                     (thread ? Permissions::send_messages_in_threads : Permissions::send_messages));
}

std::vector<std::string> missing_names(Permissions needed, Permissions held) {
  std::vector<std::string> missing;
  for (const auto& [bit, name] : names) {
    if (needed.has(Permissions(bit)) && !held.has(Permissions(bit))) missing.emplace_back(name);
  }
  return missing;
}

bool has_embeds(const json::object& message) {
  const auto* embeds = discord::array_field(message, "embeds");
  return embeds != nullptr && !embeds->empty();
}

bool lost_emojis(const json::object& sent, const json::object& shown) {
  const auto text = text_field(sent, "content").value_or("");
  return count_emojis(text_field(shown, "content").value_or(text)) < count_emojis(text);
}

std::optional<json::object> with_embeds_as_text(json::object message) {
  auto text = text_field(message, "content").value_or("");
  if (const auto* embeds = discord::array_field(message, "embeds")) {
    for (const auto& embed : *embeds) {
      if (embed.is_object()) append_embed(text, embed.get_object());
    }
  }
  message.erase("embeds");
  if (!text.empty()) {
    base::shorten(text, max_content);
    message["content"] = std::move(text);
  }
  if (!message.contains("content") && !message.contains("components")) return std::nullopt;
  return message;
}

}  // namespace guildhall::bot
