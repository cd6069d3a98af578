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

/// Pieces that were made here.
class PiecesInMemory final : public PieceStore {
public:
    explicit PiecesInMemory(std::vector<Piece> pieces) : pieces_(std::move(pieces)) {
        for (const auto& piece : pieces_) facts_.push_back({piece.name, piece.part, score::noteCount(piece.score)});
    }
    std::size_t size() const override { return pieces_.size(); }
    const PieceFacts& facts(std::size_t index) const override { return facts_[index]; }
    score::Score score(std::size_t index) const override { return pieces_[index].score; }
    std::optional<score::MuspyScore> ownImport(std::size_t) const override { return std::nullopt; }
    const std::vector<Piece>& pieces() const override { return pieces_; }

private:
    std::vector<Piece> pieces_;
    std::vector<PieceFacts> facts_;
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

void feed(HashFeed& hash, const score::MuspyScore& imported) {
    hash.number(imported.end);
    for (const auto& track : imported.tracks) {
        hash.number(track.program * 2 + (track.drums ? 1 : 0));
        hash.number(track.end);
        for (const auto& note : track.notes)
            for (const std::int64_t value :
                 {note.onset, note.end, std::int64_t{note.pitch}, std::int64_t{note.velocity}})
                hash.number(value);
    }
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

Dataset::Dataset(std::string name, std::vector<Piece> pieces)
    : Dataset(std::move(name), std::make_shared<const PiecesInMemory>(std::move(pieces))) {}

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

score::MuspyScore Dataset::imported(std::size_t index) const {
    auto own = store_->ownImport(index);
    return own ? std::move(*own) : score::muspyScore(store_->score(index));
}

std::vector<std::size_t> Dataset::indices(Part part) const {
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < size(); ++i)
        if (facts(i).part == part) chosen.push_back(i);
    return chosen;
}

std::vector<const Piece*> Dataset::pieces(Part part) const {
    std::vector<const Piece*> chosen;
    for (const auto& piece : pieces())
        if (piece.part == part) chosen.push_back(&piece);
    return chosen;
}

std::string Dataset::hash() const {
    HashFeed hash;
    for (std::size_t i = 0; i < size(); ++i) {
        const auto score = store_->score(i);
        hash.text(facts(i).name);
        hash.number(static_cast<std::int64_t>(facts(i).part));
        hash.number(score.division.quarter());
        for (const auto& tempo : score.tempos)
            hash.number(tempo.at.fromStart), hash.number(tempo.microsecondsPerQuarter);
        for (const auto& meter : score.meters)
            hash.number(meter.at.fromStart), hash.number(meter.numerator), hash.number(meter.denominatorPower);
        for (const auto& track : score.tracks) feed(hash, track);
        if (const auto own = store_->ownImport(i)) feed(hash, *own);
    }
    return hash.hex();
}

} // namespace continuo::corpus
