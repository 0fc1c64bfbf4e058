#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "net/http.hpp"

namespace guildhall::sim {

[[nodiscard]] net::Response json_answer(unsigned status, const boost::json::value& body);
/// JSON that is text already.
[[nodiscard]] net::Response json_text_answer(unsigned status, std::string body);
/// A page, which runs no script.
[[nodiscard]] net::Response html_answer(unsigned status, std::string body);
/// A page with scripts of ours, which may ask us for more.
[[nodiscard]] net::Response script_page_answer(std::string body);
/// 204.
[[nodiscard]] net::Response no_content();
/// 302, never cached: what it says holds once.
[[nodiscard]] net::Response redirect(std::string_view location);

}  // namespace guildhall::sim
