#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace continuo::base {

/// What kind of thing went wrong in the world; what only we can do wrong is an assert.
enum class ErrorCode {
    FileMissing,
    FileUnreadable,
    FileUnwritable,
    FileMalformed,
    DiskFull,
    WrongArgument,
    Unsupported,
    DeviceUnavailable,
    Interrupted,
    Failed,
};

/// One sentence a user can act on: what happened, what was kept, what to do.
struct Error {
    ErrorCode code = ErrorCode::Failed;
    std::string message;

    /// The same error with "context: " in front.
    Error in(std::string_view context) const { return {code, std::string(context) + ": " + message}; }
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

inline tl::unexpected<Error> failure(ErrorCode code, std::string message) {
    return tl::unexpected<Error>(Error{code, std::move(message)});
}
inline tl::unexpected<Error> failure(Error error) { return tl::unexpected<Error>(std::move(error)); }

} // namespace continuo::base
