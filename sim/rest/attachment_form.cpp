#include "sim/rest/attachment_form.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace guildhall::sim {
namespace {

using boost::json::array;
using boost::json::object;

constexpr Bounds files_per_message{0, 10};
constexpr Bounds filename_length{0, 1024};
constexpr Bounds attachment_text_length{0, 1024};

struct ImageSize {
  int width = 0;
  int height = 0;
};

/// The size in the header of a PNG or GIF; nothing for other files.
std::optional<ImageSize> image_size(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return static_cast<int>(static_cast<unsigned char>(bytes[i])); };
  if (bytes.starts_with("\x89PNG\r\n\x1a\n") && bytes.size() >= 24) {
    return ImageSize{(at(18) << 8) | at(19), (at(22) << 8) | at(23)};
  }
  if (bytes.starts_with("GIF8") && bytes.size() >= 10) return ImageSize{at(6) | (at(7) << 8), at(8) | (at(9) << 8)};
  return std::nullopt;
}

/// The type by the end of the name, where the upload does not tell it.
std::string_view type_of_name(std::string_view name) {
  constexpr auto types = std::to_array<std::pair<std::string_view, std::string_view>>({
      {".png", "image/png"},
      {".gif", "image/gif"},
      {".jpg", "image/jpeg"},
      {".jpeg", "image/jpeg"},
      {".webp", "image/webp"},
      {".txt", "text/plain; charset=utf-8"},
      {".json", "application/json; charset=utf-8"},
  });
  for (const auto& [end, type] : types) {
    if (name.ends_with(end)) return type;
  }
  return {};
}

/// Discord keeps letters, digits, dots, dashes and underscores of a name.
std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    const bool kept = base::is_alnum(c) || c == '.' || c == '-' || c == '_';
    plain += kept ? c : '_';
  }
  return plain.empty() ? "file" : plain;
}

}  // namespace

std::optional<std::vector<AttachmentForm>> read_attachments(FormReader& form) {
  const auto* list = form.list("attachments", files_per_message);
  if (list == nullptr) return std::nullopt;
  std::vector<AttachmentForm> attachments;
  for (std::size_t i = 0; i < list->size(); ++i) {
    auto element = form.element("attachments", i, (*list)[i]);
    if (!element) continue;
    element->require("id");
    const auto id = element->snowflake<AttachmentId>("id");
    attachments.push_back({id ? id->value() : 0, element->text("filename", filename_length),
                           element->text("description", attachment_text_length),
                           element->text("title", attachment_text_length)});
  }
  return attachments;
}

object store_file(Simulation& sim, ChannelId channel, Upload upload, const std::string& origin) {
  const AttachmentId id{sim.new_snowflake()};
  StoredFile file{id, plain_name(upload.filename), std::move(upload.content_type), std::move(upload.bytes)};
  if (const auto type = type_of_name(file.name); !type.empty()) file.content_type = std::string(type);
  const std::string url = origin + "/attachments/" + channel.to_string() + '/' + id.to_string() + '/' + file.name;
  object shown{{"id", id.to_string()}, {"filename", file.name}, {"size", file.bytes.size()},
               {"url", url},           {"proxy_url", url},      {"flags", 0}};
  if (!file.content_type.empty()) shown["content_type"] = file.content_type;
  if (const auto size = image_size(file.bytes)) {
    shown["width"] = size->width;
    shown["height"] = size->height;
  }
  sim.attachments.add(std::move(file));
  return shown;
}

array attach(Simulation& sim, ChannelId channel, const array& before, FilesForm files) {
  array attachments;
  std::vector<const AttachmentForm*> described(files.uploads.size(), nullptr);
  if (!files.attachments) attachments = before;
  static const std::vector<AttachmentForm> none;
  for (const AttachmentForm& one : files.attachments ? *files.attachments : none) {
    const auto kept = std::find_if(before.begin(), before.end(), [&](const boost::json::value& known) {
      return known.at("id").as_string() == std::to_string(one.id);
    });
    if (kept != before.end()) {
      attachments.push_back(*kept);
      continue;
    }
    const auto upload = std::find_if(files.uploads.begin(), files.uploads.end(),
                                     [&](const Upload& known) { return known.index == one.id; });
    if (upload == files.uploads.end()) {
      throw invalid_form("attachments", "MESSAGE_ATTACHMENT_NOT_FOUND",
                         "There is no file or attachment " + std::to_string(one.id) + ".");
    }
    described[static_cast<std::size_t>(upload - files.uploads.begin())] = &one;
    if (one.filename && !one.filename->empty()) upload->filename = *one.filename;
  }
  for (std::size_t i = 0; i < files.uploads.size(); ++i) {
    auto shown = store_file(sim, channel, std::move(files.uploads[i]), files.origin);
    if (described[i] != nullptr && described[i]->description) shown["description"] = *described[i]->description;
    if (described[i] != nullptr && described[i]->title) shown["title"] = *described[i]->title;
    attachments.push_back(std::move(shown));
  }
  if (static_cast<std::int64_t>(attachments.size()) > files_per_message.max) {
    throw invalid_form("attachments", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.");
  }
  return attachments;
}

void resolve_attachment_urls(boost::json::value& value, const array& attachments) {
  constexpr std::string_view scheme = "attachment://";
  if (auto* list = value.if_array()) {
    for (auto& item : *list) resolve_attachment_urls(item, attachments);
    return;
  }
  auto* fields = value.if_object();
  if (fields == nullptr) return;
  for (auto& [name, field] : *fields) resolve_attachment_urls(field, attachments);
  const auto* url = fields->if_contains("url");
  if (url == nullptr || !url->is_string() || !std::string_view(url->as_string()).starts_with(scheme)) return;
  const auto wanted = std::string_view(url->as_string()).substr(scheme.size());
  for (const auto& attachment : attachments) {
    if (attachment.at("filename").as_string() != wanted) continue;
    fields->insert_or_assign("url", attachment.at("url"));
    fields->insert_or_assign("proxy_url", attachment.at("proxy_url"));
    if (!fields->contains("id")) return;
    fields->insert_or_assign("attachment_id", attachment.at("id"));
    for (const std::string_view known : {"width", "height", "content_type"}) {
      if (const auto* present = attachment.as_object().if_contains(known)) fields->insert_or_assign(known, *present);
    }
    return;
  }
}

}  // namespace guildhall::sim
