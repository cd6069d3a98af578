#pragma once

#include "engine/base/stopwatch.h"

#include <iostream>
#include <string>
#include <unistd.h>

namespace continuo::app {

/// A line on standard error that is rewritten on a terminal and printed now and then elsewhere.
class ProgressLine {
public:
    /// Whether the next line would be shown: what it says need not be made up otherwise.
    bool isDue() const { return !(shown_ || !isTerminal_) || sinceShown_.seconds() >= (isTerminal_ ? 0.2 : 10.0); }
    void show(const std::string& line) {
        if (!isDue()) return;
        shown_ = true;
        sinceShown_.restart();
        std::cerr << (isTerminal_ ? "\r\033[K" : "") << line << (isTerminal_ ? "" : "\n") << std::flush;
    }
    void close() {
        if (isTerminal_ && shown_) std::cerr << "\r\033[K" << std::flush;
        shown_ = false;
    }

private:
    bool isTerminal_ = ::isatty(STDERR_FILENO) == 1;
    bool shown_ = false;
    base::Stopwatch sinceShown_;
};

} // namespace continuo::app
