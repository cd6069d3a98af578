#include "engine/base/json.h"

#include <nlohmann/json.hpp>
#include <set>
#include <vector>

namespace continuo::base {
namespace {

/// Stops the parser at the first key seen twice or the first level too deep.
class Guard {
public:
    explicit Guard(int depth) : limit_(depth) {}

    bool operator()(int depth, Json::parse_event_t event, Json& value) {
        using Event = Json::parse_event_t;
        if (depth > limit_) throw std::length_error("it is nested too deep");
        if (event == Event::object_start) keys_.emplace_back();
        if (event == Event::object_end) keys_.pop_back();
        if (event == Event::key && !keys_.back().insert(value.get<std::string>()).second)
            throw std::length_error("the key '" + value.get<std::string>() + "' occurs twice");
        return true;
    }

private:
    int limit_;
    std::vector<std::set<std::string>> keys_;
};

} // namespace

Result<Json> parseJson(std::string_view text, const JsonLimits& limits) {
    if (text.size() > limits.bytes) return failure(ErrorCode::FileMalformed, "the JSON text is too large");
    Guard guard(limits.depth);
    try {
        return Json::parse(text, [&](int depth, Json::parse_event_t event, Json& value) { return guard(depth, event, value); });
    } catch (const std::exception& problem) {
        return failure(ErrorCode::FileMalformed, std::string("not valid JSON: ") + problem.what());
    }
}

} // namespace continuo::base
