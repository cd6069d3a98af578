#include "engine/corpus/dataset.h"

#include "engine/base/sha256.h"
#include "engine/base/text.h"
#include "engine/corpus/prepared_folder.h"

#include <algorithm>
#include <filesystem>

namespace continuo::corpus {
namespace {

/// Feeds a hash with numbers, in a byte order that does not depend on the machine.
class HashFeed {
public:
    void number(std::int64_t value) {
        for (int shift = 0; shift < 64; shift += 8) block_.push_back(static_cast<std::byte>(value >> shift & 0xFF));
        if (block_.size() > 1 << 16) flush();
    }
    void text(std::string_view value) {
        number(static_cast<std::int64_t>(value.size()));
        const auto bytes = base::bytesOf(value);
        block_.insert(block_.end(), bytes.begin(), bytes.end());
    }
    std::string hex() {
        flush();
        return hash_.hex();
    }

private:
    void flush() {
        hash_.add(block_);
        block_.clear();
    }
    base::Sha256 hash_;
    base::Bytes block_;
};

void feed(HashFeed& hash, const score::Track& track) {
    hash.number(track.drums);
    hash.number(score::mainProgram(track));
    hash.number(static_cast<std::int64_t>(track.notes.size()));
    for (const auto& note : track.notes)
        for (const std::int64_t value :
             {note.onset.fromStart, note.length.count, std::int64_t{note.pitch}, std::int64_t{note.velocity}})
            hash.number(value);
}

} // namespace

const char* partName(Part part) {
    switch (part) {
    case Part::Train:
        return "train";
    case Part::Validation:
        return "val";
    case Part::Test:
        return "test";
    }
    return "";
}

base::Result<Dataset> Dataset::open(const std::string& nameOrFolder) {
    std::vector<std::string> known;
    for (const auto& builtIn : builtInDatasets()) {
        if (nameOrFolder == builtIn.name) return Dataset(builtIn.name, builtIn.make());
        known.emplace_back(builtIn.name);
    }
    if (std::error_code error; std::filesystem::is_directory(nameOrFolder, error))
        return readPreparedFolder(nameOrFolder);
    std::string names;
    for (const auto& name : known) names += (names.empty() ? "" : ", ") + name;
    return base::failure(base::ErrorCode::FileMissing, "there is no dataset '" + base::shown(nameOrFolder) +
                                                           "': name a built-in set (" + names +
                                                           ") or a folder that `continuo prepare` wrote");
}

std::vector<const Piece*> Dataset::pieces(Part part) const {
    std::vector<const Piece*> chosen;
    for (const auto& piece : pieces_)
        if (piece.part == part) chosen.push_back(&piece);
    return chosen;
}

std::string Dataset::hash() const {
    HashFeed hash;
    for (const auto& piece : pieces_) {
        hash.text(piece.name);
        hash.number(static_cast<std::int64_t>(piece.part));
        hash.number(piece.score.division.quarter());
        for (const auto& tempo : piece.score.tempos)
            hash.number(tempo.at.fromStart), hash.number(tempo.microsecondsPerQuarter);
        for (const auto& meter : piece.score.meters)
            hash.number(meter.at.fromStart), hash.number(meter.numerator), hash.number(meter.denominatorPower);
        for (const auto& track : piece.score.tracks) feed(hash, track);
    }
    return hash.hex();
}

} // namespace continuo::corpus
