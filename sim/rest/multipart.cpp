#include "sim/rest/multipart.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "net/http.hpp"

namespace guildhall::sim {
namespace {

/// The value of `name=value` or `name="value"` among the parameters of a header field.
std::optional<std::string> parameter(std::string_view field, std::string_view name) {
  for (auto at = field.find(';'); at != std::string_view::npos; at = field.find(';')) {
    field = base::trim(field.substr(at + 1), " \t");
    const auto equals = field.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const bool wanted = net::equal_ignoring_case(base::trim(field.substr(0, equals), " \t"), name);
    auto value = field.substr(equals + 1);
    if (!value.starts_with('"')) {
      if (wanted) return std::string(base::trim(value.substr(0, value.find(';')), " \t"));
      field = value;
      continue;
    }
    std::string text;
    std::size_t i = 1;
    for (; i < value.size() && value[i] != '"'; ++i) {
      if (value[i] == '\\' && i + 1 < value.size()) ++i;
      text += value[i];
    }
    if (wanted) return text;
    field = value.substr(std::min(i + 1, value.size()));
  }
  return std::nullopt;
}

/// Browsers and libraries percent-encode quotes and line breaks in names of files.
std::string decoded_quotes(std::string text) {
  for (const auto& [code, plain] : {std::pair{"%22", '"'}, {"%0D", '\r'}, {"%0A", '\n'}}) {
    for (auto at = text.find(code); at != std::string::npos; at = text.find(code, at + 1)) {
      text.replace(at, 3, 1, plain);
    }
  }
  return text;
}

std::optional<FormPart> read_part(std::string_view text) {
  FormPart part;
  const auto end = text.starts_with("\r\n") ? 0 : text.find("\r\n\r\n");
  if (end == std::string_view::npos) return std::nullopt;
  part.data = text.substr(end + (end == 0 ? 2 : 4));
  auto head = text.substr(0, end);
  while (!head.empty()) {
    const auto line = head.substr(0, head.find("\r\n"));
    head.remove_prefix(std::min(line.size() + 2, head.size()));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto name = line.substr(0, colon);
    const auto value = base::trim(line.substr(colon + 1), " \t");
    if (net::equal_ignoring_case(name, "Content-Type")) part.content_type = std::string(value);
    if (!net::equal_ignoring_case(name, "Content-Disposition")) continue;
    part.name = parameter(value, "name").value_or("");
    if (auto filename = parameter(value, "filename")) part.filename = decoded_quotes(std::move(*filename));
  }
  if (part.name.empty()) return std::nullopt;
  return part;
}

}  // namespace

std::optional<std::string> multipart_boundary(std::string_view content_type) {
  const auto type = base::trim(content_type.substr(0, content_type.find(';')), " \t");
  if (!net::equal_ignoring_case(type, "multipart/form-data")) return std::nullopt;
  auto boundary = parameter(content_type, "boundary");
  if (!boundary || boundary->empty()) return std::nullopt;
  return boundary;
}

std::optional<std::vector<FormPart>> parse_multipart(std::string_view body, std::string_view boundary) {
  const std::string opening = "--" + std::string(boundary);
  const std::string delimiter = "\r\n" + opening;
  if (body.starts_with(opening)) {
    body.remove_prefix(opening.size());
  } else {
    const auto first = body.find(delimiter);
    if (first == std::string_view::npos) return std::nullopt;
    body.remove_prefix(first + delimiter.size());
  }
  std::vector<FormPart> parts;
  while (!body.starts_with("--")) {
    const auto line = body.find("\r\n");
    if (line == std::string_view::npos) return std::nullopt;
    body.remove_prefix(line + 2);
    const auto end = body.find(delimiter);
    if (end == std::string_view::npos) return std::nullopt;
    auto part = read_part(body.substr(0, end));
    if (!part) return std::nullopt;
    parts.push_back(std::move(*part));
    body.remove_prefix(end + delimiter.size());
  }
  return parts;
}

}  // namespace guildhall::sim
