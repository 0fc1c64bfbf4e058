#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sim/rest/form_reader.hpp"
#include "sim/rest/request_body.hpp"

namespace guildhall::sim {

/// What a message says of one of its files.
struct AttachmentForm {
  std::uint64_t id = 0;  ///< The index of an upload, or the snowflake of an attachment that an edit keeps.
  std::optional<std::string> filename;
  std::optional<std::string> description;
  std::optional<std::string> title;
};

/// The files of a message as a bot sends them.
struct FilesForm {
  std::optional<std::vector<AttachmentForm>> attachments;  ///< Nothing if the field is absent.
  std::vector<Upload> uploads;
  std::string origin;  ///< Begins the addresses of the files: `http://127.0.0.1:8090`.
};

/// Reads `attachments`; nothing if the field is absent or null.
[[nodiscard]] std::optional<std::vector<AttachmentForm>> read_attachments(FormReader& form);

/// Stores a file and describes it as Discord does (Discord: Message, "Attachment Object").
[[nodiscard]] boost::json::object store_file(Simulation& sim, ChannelId channel, Upload upload,
                                             const std::string& origin);

/// The attachments of a message that had `before` and takes these files: a list names those that stay. Throws 50035 if
/// it names one that is not there.
[[nodiscard]] boost::json::array attach(Simulation& sim, ChannelId channel, const boost::json::array& before,
                                        FilesForm files);

/// Puts the addresses of attachments in the place of `attachment://name` in embeds and components.
void resolve_attachment_urls(boost::json::value& value, const boost::json::array& attachments);

}  // namespace guildhall::sim
