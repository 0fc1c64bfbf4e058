#include "sim/oauth/redirect_uris.hpp"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace guildhall::sim {
namespace {

constexpr std::string_view any_port = ":*";

bool same_host(std::string_view registered, const boost::urls::url_view& uri) {
  registered.remove_suffix(any_port.size());
  const auto parsed = boost::urls::parse_uri(registered);
  return parsed && parsed->scheme_id() == uri.scheme_id() && parsed->encoded_host() == uri.encoded_host();
}

}  // namespace

bool is_registered_redirect(std::span<const std::string> registered, std::string_view uri) {
  const auto parsed = boost::urls::parse_uri(uri);
  if (!parsed || parsed->has_userinfo() || parsed->has_fragment() || parsed->encoded_host().empty()) return false;
  const auto scheme = parsed->scheme_id();
  if (scheme != boost::urls::scheme::http && scheme != boost::urls::scheme::https) return false;
  return std::any_of(registered.begin(), registered.end(), [&](const std::string& entry) {
    return entry == uri || (entry.ends_with(any_port) && same_host(entry, *parsed));
  });
}

std::string with_query(std::string_view uri, std::string_view encoded) {
  std::string joined(uri);
  const auto query = joined.find('?');
  if (query == std::string::npos) {
    joined += '?';
  } else if (query + 1 != joined.size() && !joined.ends_with('&')) {
    joined += '&';
  }
  return joined.append(encoded);
}

}  // namespace guildhall::sim
