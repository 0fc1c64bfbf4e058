#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "net/http.hpp"

namespace guildhall::sim {

[[nodiscard]] net::Response json_answer(unsigned status, const boost::json::value& body);
/// JSON that is text already.
[[nodiscard]] net::Response json_text_answer(unsigned status, std::string body);
[[nodiscard]] net::Response html_answer(unsigned status, std::string body);
/// 204.
[[nodiscard]] net::Response no_content();
/// 302, never cached: what it says holds once.
[[nodiscard]] net::Response redirect(std::string_view location);

}  // namespace guildhall::sim
