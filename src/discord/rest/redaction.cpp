#include "discord/rest/redaction.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>

#include "base/text.hpp"
#include "discord/rest/request_sender.hpp"
#include "net/form.hpp"

namespace guildhall::discord {
namespace {

namespace json = boost::json;

constexpr std::size_t max_text = 200;
constexpr std::size_t max_key = 64;
constexpr std::size_t max_field_name = 32;
/// Discord's ids, tokens and codes are longer than any word of its sentences.
constexpr std::size_t min_token = 16;
constexpr std::size_t min_letters_only_token = 32;
/// A shorter text stands in sentences by chance.
constexpr std::size_t min_sent = 6;
/// Bounds the time that a refusal takes.
constexpr std::size_t max_sent = 2000;

/// What tokens, codes and keys are made of: base64, base64url and dots.
bool is_token_character(char c) {
  return base::is_alnum(c) || c == '_' || c == '-' || c == '.' || c == '+' || c == '=';
}

bool looks_like_a_token(std::string_view word) {
  if (word.size() < min_token) return false;
  const bool digits = std::ranges::any_of(word, base::is_digit);
  const bool letters = std::ranges::any_of(word, base::is_alpha);
  if (digits && letters) return true;
  const bool mixed = std::ranges::any_of(word, base::is_lower) && std::ranges::any_of(word, base::is_upper);
  return mixed && word.size() >= min_letters_only_token;
}

std::string without_tokens(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const auto end = std::ranges::find_if_not(text, is_token_character);
    const auto word = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    shown += looks_like_a_token(word) ? "*" : word;
    text.remove_prefix(word.size());
    if (text.empty()) break;
    shown += text.front();
    text.remove_prefix(1);
  }
  return shown;
}

/// `custom_id`, `redirect_uri`, `en-US`.
bool is_field_name(std::string_view text) {
  return !text.empty() && text.size() <= max_field_name &&
         std::ranges::all_of(text, [](char c) { return base::is_alnum(c) || c == '_' || c == '-'; });
}

/// Hides quotations, except for names of fields: the others are values. They may contain quotation marks themselves, so
/// that everything up to the last one is hidden.
template <class WasSent>
std::string without_quotations(std::string_view text, WasSent was_sent) {
  std::string shown;
  for (;;) {
    const auto begin = text.find('"');
    if (begin == std::string_view::npos) return shown.append(text);
    const auto end = text.find('"', begin + 1);
    const auto quoted = text.substr(begin + 1, end == std::string_view::npos ? end : end - begin - 1);
    if (end == std::string_view::npos || !is_field_name(quoted) || was_sent(quoted)) {
      shown.append(text.substr(0, begin)) += '*';
      return shown.append(end == std::string_view::npos ? "" : text.substr(text.rfind('"') + 1));
    }
    shown.append(text.substr(0, end + 1));
    text.remove_prefix(end + 1);
  }
}

template <class Visit>
void each_text(const json::value& value, Visit visit) {
  if (const auto* text = value.if_string()) visit(*text);
  if (const auto* list = value.if_array()) {
    for (const auto& item : *list) each_text(item, visit);
  }
  if (const auto* object = value.if_object()) {
    for (const auto& [key, member] : *object) each_text(member, visit);
  }
}

}  // namespace

Redaction::Redaction(const RestRequest& request) {
  hide(request.access_token.reveal());
  for (std::string_view path = request.path; !path.empty();) {
    const auto segment = path.substr(0, path.find_first_of("/?", 1));
    if (looks_like_a_token(segment.substr(1))) hide(net::decode_component(segment.substr(1)).value_or(""));
    path.remove_prefix(segment.size());
  }
  if (request.body_kind == RestRequest::BodyKind::form) {
    for (const auto& [name, value] : net::parse_form(request.body).value_or(net::FormFields())) hide(value);
  } else if (!request.body.empty()) {
    boost::system::error_code malformed;
    const auto body = json::parse(request.body, malformed);
    if (!malformed) each_text(body, [this](std::string_view text) { hide(text); });
  }
  std::ranges::sort(sent_, std::ranges::greater(), &std::string::size);
}

void Redaction::hide(std::string_view text) {
  if (!text.empty() && sent_.size() < max_sent) sent_.emplace_back(text);
}

bool Redaction::was_sent(std::string_view text) const { return std::ranges::find(sent_, text) != sent_.end(); }

std::string Redaction::without_sent(std::string_view text) const {
  std::string shown(text);
  for (const auto& sent : sent_) {
    if (sent.size() < min_sent) break;
    for (auto at = shown.find(sent); at != std::string::npos; at = shown.find(sent, at + 1)) {
      shown.replace(at, sent.size(), "*");
    }
  }
  return shown;
}

std::string Redaction::text(std::string_view text) const {
  // Before it is cut, so that no part of a sent text remains.
  auto shown = without_sent(text.substr(0, 16 * max_text));
  shown = without_quotations(shown, [this](std::string_view quoted) { return was_sent(quoted); });
  return without_tokens(std::string_view(shown).substr(0, max_text));
}

std::string Redaction::key(std::string_view key) const {
  const bool plain = !key.empty() && key.size() <= max_key &&
                     std::ranges::all_of(key, [](char c) { return is_token_character(c) || c == '/'; });
  return plain && !was_sent(key) ? without_tokens(key) : "*";
}

}  // namespace guildhall::discord
