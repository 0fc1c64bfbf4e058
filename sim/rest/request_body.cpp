#include "sim/rest/request_body.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <charconv>
#include <utility>

#include "sim/rest/form_reader.hpp"
#include "sim/rest/multipart.hpp"

namespace guildhall::sim {
namespace {

constexpr std::size_t max_file_size = 10UL * 1024 * 1024;

DiscordError malformed_multipart() { return {400, 50109, "The request body contains invalid multipart/form-data."}; }

/// The index in `files[n]`, `filen` or `file`, as Discord and older libraries name them.
std::optional<std::size_t> file_index(std::string_view name) {
  if (!name.starts_with("file")) return std::nullopt;
  name.remove_prefix(4);
  if (name.starts_with("s[") && name.ends_with(']')) name = name.substr(2, name.size() - 3);
  std::size_t index = 0;
  const auto* end = name.data() + name.size();
  if (!name.empty() && std::from_chars(name.data(), end, index).ptr != end) return std::nullopt;
  return index;
}

/// A field that stands by itself is JSON where it is an object, a list, a number or a boolean; else text.
boost::json::value field_value(std::string_view text) {
  boost::system::error_code error;
  auto value = boost::json::parse(text, error);
  return error ? boost::json::value(text) : value;
}

RequestBody read_multipart(std::string_view body, std::string_view boundary) {
  const auto parts = parse_multipart(body, boundary);
  if (!parts) throw malformed_multipart();
  RequestBody read;
  for (const FormPart& part : *parts) {
    if (part.name == "payload_json") {
      for (auto& [name, value] : parse_form_body(part.data)) read.fields[name] = std::move(value);
    } else if (!part.filename) {
      read.fields[part.name] = field_value(part.data);
    } else if (const auto index = file_index(part.name)) {
      if (part.data.size() > max_file_size) throw DiscordError{413, 40005, "Request entity too large"};
      read.uploads.push_back({*index, *part.filename, part.content_type, std::string(part.data)});
    }
  }
  std::stable_sort(read.uploads.begin(), read.uploads.end(),
                   [](const Upload& a, const Upload& b) { return a.index < b.index; });
  return read;
}

}  // namespace

RequestBody read_body(const ApiCall& call) {
  const auto type = call.request.headers.find("Content-Type").value_or("");
  if (const auto boundary = multipart_boundary(type)) return read_multipart(call.request.body, *boundary);
  if (type.starts_with("application/x-www-form-urlencoded")) {
    const auto fields = net::parse_form(call.request.body);
    if (!fields) throw general_error(400);
    RequestBody read;
    for (const auto& [name, value] : *fields) read.fields[name] = field_value(value);
    return read;
  }
  return {parse_form_body(call.request.body), {}};
}

}  // namespace guildhall::sim
