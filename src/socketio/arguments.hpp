#pragma once

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_ref.hpp>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace guildhall::socketio {

/// The arguments of an event or an acknowledgement: JSON values and binary attachments. An attachment is represented
/// among the values by a placeholder, as on the wire (socketio/socket.io-protocol, "Binary event"); `bytes` resolves
/// it.
///
///     socket.emit("greeting", {"hello", 42, {{"nested", true}}});
///
///     Arguments picture{"cat.png"};
///     picture.append(picture.attach(std::move(png)));
///     socket.emit("picture", picture);
class Arguments {
 public:
  Arguments() = default;
  /// Each element is one argument.
  Arguments(std::initializer_list<boost::json::value_ref> values) : values_(values) {}
  explicit Arguments(boost::json::array values, std::vector<std::string> attachments = {})
      : values_(std::move(values)), attachments_(std::move(attachments)) {}

  [[nodiscard]] std::size_t size() const { return values_.size(); }
  /// The argument at `index`; null if there are fewer (undefined in JavaScript).
  [[nodiscard]] const boost::json::value& operator[](std::size_t index) const;
  [[nodiscard]] const boost::json::array& values() const { return values_; }
  [[nodiscard]] const std::vector<std::string>& attachments() const { return attachments_; }

  /// The attachment of `placeholder`, a value anywhere in the arguments; nullptr if it is no placeholder.
  [[nodiscard]] const std::string* bytes(const boost::json::value& placeholder) const;

  /// The arguments from `first` on, with all attachments, which their placeholders may need.
  [[nodiscard]] Arguments from(std::size_t first) const;

  void append(boost::json::value value) { values_.push_back(std::move(value)); }
  /// Adds an attachment and returns its placeholder, to be put among the values.
  [[nodiscard]] boost::json::value attach(std::string bytes);

 private:
  boost::json::array values_;
  std::vector<std::string> attachments_;
};

/// The index of a placeholder's attachment: `num` of `{"_placeholder":true,"num":n}`. Nothing if the value is no
/// placeholder; the largest size_t where `num` is not an index.
[[nodiscard]] std::optional<std::size_t> placeholder_number(const boost::json::value& value);

}  // namespace guildhall::socketio
