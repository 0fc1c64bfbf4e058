#include "sim/pages/html.hpp"

namespace guildhall::sim {
namespace {

/// The first UTF-8 character of a text.
std::string_view first_character(std::string_view text) {
  std::size_t size = text.empty() ? 0 : 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) ++size;
  return text.substr(0, size);
}

}  // namespace

Html& Html::text(std::string_view content) {
  for (const char c : content) {
    switch (c) {
      case '&': html_ += "&amp;"; break;
      case '<': html_ += "&lt;"; break;
      case '>': html_ += "&gt;"; break;
      case '"': html_ += "&quot;"; break;
      case '\'': html_ += "&#39;"; break;
      default: html_ += c;
    }
  }
  return *this;
}

std::string page(std::string_view title, std::string_view layout, const Html& content) {
  Html html;
  html.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
      .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
      .text(title)
      .raw("</title>\n<link rel=\"icon\" href=\"/assets/icon.svg\">\n")
      .raw("<link rel=\"stylesheet\" href=\"/assets/style.css\">\n")
      .raw(layout == "channel" ? "<link rel=\"stylesheet\" href=\"/assets/channel/channel.css\">\n" : "")
      .raw("</head>\n<body class=\"")
      .text(layout)
      .raw("\">\n")
      .raw(content.str())
      .raw("\n</body>\n</html>\n");
  return html.str();
}

void add_avatar(Html& html, std::string_view name) {
  unsigned hue = 0;
  for (const char c : name) hue = (hue * 31 + static_cast<unsigned char>(c)) % 6;
  html.raw("<span class=\"avatar hue").raw(std::to_string(hue)).raw("\" aria-hidden=\"true\">");
  html.text(first_character(name)).raw("</span>");
}

}  // namespace guildhall::sim
