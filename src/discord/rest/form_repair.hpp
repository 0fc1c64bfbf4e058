#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "discord/rest/redaction.hpp"

namespace guildhall::discord {

/// A part of a message that was left out, because Discord refuses it.
struct RefusedPart {
  std::string pointer;  ///< JSON pointer to what Discord named, in the message: `/components/0/components/1/emoji/id`.
  std::string reason;   ///< Discord's: `Invalid emoji (BUTTON_COMPONENT_INVALID_EMOJI)`.

  friend bool operator==(const RefusedPart&, const RefusedPart&) = default;
};

/// Removes from `message` the smallest parts that make what `errors` (Discord: reference, Error Messages) name
/// disappear: the emoji of a button, a field of an embed, a component that cannot do without the named member. Returns
/// what was left out; nothing, with the message unchanged, if that would change more than how it looks (its flags, its
/// nonce), or nothing to see would remain.
[[nodiscard]] std::vector<RefusedPart> leave_out_refused_parts(boost::json::object& message,
                                                               const boost::json::value& errors,
                                                               const Redaction& redaction);

}  // namespace guildhall::discord
