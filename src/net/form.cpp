#include "net/form.hpp"

#include <algorithm>
#include <boost/url/encode.hpp>
#include <boost/url/pct_string_view.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include "base/text.hpp"

namespace guildhall::net {
namespace {

std::optional<std::string> decode(std::string_view text, bool space_as_plus) {
  const auto encoded = boost::urls::make_pct_string_view(text);
  if (!encoded || text.find("%00") != std::string_view::npos) return std::nullopt;
  boost::urls::encoding_opts options;
  options.space_as_plus = space_as_plus;
  return encoded->decode(options);
}

}  // namespace

std::optional<FormFields> parse_form(std::string_view text) {
  FormFields fields;
  while (!text.empty()) {
    auto pair = base::take_until(text, '&');
    if (pair.empty()) continue;
    auto name = decode(base::take_until(pair, '='), true);
    auto value = decode(pair, true);
    if (!name || !value) return std::nullopt;
    fields.emplace_back(std::move(*name), std::move(*value));
  }
  return fields;
}

std::string encode_form(const FormFields& fields) {
  std::string text;
  for (const auto& [name, value] : fields) {
    if (!text.empty()) text.push_back('&');
    text.append(encode_component(name)).append("=").append(encode_component(value));
  }
  return text;
}

std::optional<std::string_view> find_field(const FormFields& fields, std::string_view name) {
  const auto found = std::ranges::find(fields, name, &FormFields::value_type::first);
  if (found == fields.end()) return std::nullopt;
  return found->second;
}

std::string encode_component(std::string_view text) { return boost::urls::encode(text, boost::urls::unreserved_chars); }

std::optional<std::string> decode_component(std::string_view text) { return decode(text, false); }

std::optional<std::string_view> find_cookie(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    auto pair = base::trim(base::take_until(header, ';'), " ");
    const bool is_pair = pair.find('=') != std::string_view::npos;
    if (base::take_until(pair, '=') == name && is_pair) return pair;
  }
  return std::nullopt;
}

}  // namespace guildhall::net
