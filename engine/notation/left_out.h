#pragma once

#include "engine/midi/import_report.h"

#include <map>
#include <string>

namespace continuo::notation {

/// Counts what a reader saw and did not take, or took with a change, by kind; each kind becomes one line of the report.
class LeftOut {
public:
    /// `what` as a plural that fits behind a number: "trills are not played".
    void count(midi::Verdict verdict, std::uint64_t offset, const std::string& what) {
        auto& entry = entries_.try_emplace(what, Entry{verdict, offset, 0}).first->second;
        ++entry.count;
    }
    void skip(std::uint64_t offset, const std::string& what) { count(midi::Verdict::Skip, offset, what); }
    void note(std::uint64_t offset, const std::string& what) { count(midi::Verdict::Note, offset, what); }
    void repair(std::uint64_t offset, const std::string& what) { count(midi::Verdict::Repair, offset, what); }

    /// A sentence of its own, said once.
    void say(midi::Verdict verdict, std::uint64_t offset, const std::string& sentence) {
        entries_.try_emplace(sentence, Entry{verdict, offset, 0});
    }

    void addTo(midi::ImportReport& report) const {
        for (const auto& [what, entry] : entries_)
            report.add(entry.verdict, entry.offset, entry.count == 0 ? what : std::to_string(entry.count) + " " + what);
    }

private:
    struct Entry {
        midi::Verdict verdict;
        std::uint64_t offset; // where the first was
        std::size_t count;    // 0: not counted
    };
    std::map<std::string, Entry> entries_;
};

} // namespace continuo::notation
