#pragma once

#include <string_view>

#include "net/http.hpp"

namespace guildhall::server {

/// Whether a person's browser asks, which shows a page and no JSON: its Accept names text/html.
[[nodiscard]] bool wants_page(const net::Request& request);

/// A page for a login that did not end well: what happened, and a way on.
struct LoginPage {
  std::string_view title;
  std::string_view sentence;
  std::string_view again;  ///< Target of "Log in again".
  std::string_view home;   ///< Target of "Back to guildhall".
};

/// Makes the page the body of `response`, whose status and other fields stay.
void show_login_page(net::Response& response, const LoginPage& page);

}  // namespace guildhall::server
