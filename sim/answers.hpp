#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "net/http.hpp"

namespace guildhall::sim {

[[nodiscard]] net::Response json_answer(unsigned status, const boost::json::value& body);
/// `body` is JSON.
[[nodiscard]] net::Response json_text_answer(unsigned status, std::string body);
/// A page without scripts.
[[nodiscard]] net::Response html_answer(unsigned status, std::string body);
/// A page with our own scripts, which may send requests to us.
[[nodiscard]] net::Response script_page_answer(std::string body);
/// 204.
[[nodiscard]] net::Response no_content();
/// 302, never cached.
[[nodiscard]] net::Response redirect(std::string_view location);

}  // namespace guildhall::sim
