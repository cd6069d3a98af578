#pragma once

#include "engine/base/stopwatch.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace continuo::learning {

/// Seconds that the training thread spends by phase. Phases do not nest. On a device that works beside the host, a
/// phase holds what the host did and waited for in it.
class Profiler {
public:
    /// Counts from its making to its end.
    class Phase {
    public:
        Phase(Profiler& profiler, const char* name) : profiler_(profiler), name_(name) {}
        ~Phase() { profiler_.add(name_, watch_.seconds()); }
        Phase(const Phase&) = delete;
        Phase& operator=(const Phase&) = delete;

    private:
        Profiler& profiler_;
        const char* name_;
        base::Stopwatch watch_;
    };
    [[nodiscard]] Phase during(const char* name) { return {*this, name}; }

    void add(std::string_view name, double seconds);
    double seconds(std::string_view name) const;
    /// One line a phase, longest first, with its calls, seconds and share of `whole`; the rest of it last.
    std::vector<std::string> table(double whole) const;

private:
    struct Entry {
        std::string name;
        std::int64_t calls = 0;
        double seconds = 0;
    };
    std::vector<Entry> entries_;
};

} // namespace continuo::learning
