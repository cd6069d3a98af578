#include "engine/corpus/prepared_folder.h"

#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/base/sha256.h"
#include "engine/base/text.h"
#include "engine/corpus/statistics.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace continuo::corpus {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

constexpr const char* kDescription = "dataset.json";
constexpr const char* kCache = "scores.bin";
constexpr const char* kVerdicts = "verdicts.tsv";
constexpr const char* kStatistics = "statistics.json";

std::string verdictLines(const std::vector<FileVerdict>& verdicts) {
    std::string lines = "path\tverdict\treason\tpart\tnotes\tduplicates\tnear_duplicates\tgroup\tsha256\tdetail\n";
    for (const auto& file : verdicts)
        lines += base::shown(file.path, 1000) + "\t" + (file.accepted ? "accept" : "refuse") + "\t" + file.reason +
                 "\t" + file.part + "\t" + std::to_string(file.notes) + "\t" + std::to_string(file.duplicates) + "\t" +
                 std::to_string(file.nearDuplicates) + "\t" + std::to_string(file.group) + "\t" + file.sha256 + "\t" +
                 base::shown(file.detail, 500) + "\n";
    return lines;
}

/// Names from a file system need not be UTF-8; in JSON what is not is replaced.
std::string jsonText(const base::Json& json) {
    return json.dump(1, ' ', /*ensure_ascii=*/false, base::Json::error_handler_t::replace) + "\n";
}

base::Json description(const PreparedIndex& index, const std::string& musicHash) {
    base::Json parts = {{"train", base::Json::array()}, {"val", base::Json::array()}, {"test", base::Json::array()}};
    std::size_t notes = 0;
    for (const auto& piece : index.pieces) {
        parts[partName(piece.part)].push_back(piece.name);
        notes += piece.notes;
    }
    return {{"format", "continuo-dataset"},
            {"version", 2},
            {"files", index.verdicts.size()},
            {"accepted", index.pieces.size()},
            {"notes", notes},
            {"seed", index.seed},
            {"splits_given", index.splitsGiven},
            {"scores_sha256", musicHash},
            {"splits", parts}};
}

base::Status writeFiles(const fs::path& folder, const CollectPieces& collect) {
    if (const auto made = base::makeFolder(folder); !made) return made;
    base::Result<PreparedIndex> index;
    std::string musicHash;
    const auto saved = base::saveFileStreaming(folder / kCache, [&](base::FileSink& sink) -> base::Status {
        ScoreCacheWriter music(sink);
        if (auto begun = music.begin(); !begun) return begun;
        index = collect(music);
        if (!index) return base::failure(index.error());
        auto finished = music.finish(index->pieces);
        musicHash = music.checksum();
        return finished;
    });
    if (!index) return base::failure(index.error()); // in its own words
    if (!saved) return saved;
    if (const auto done = base::saveFile(folder / kVerdicts, base::bytesOf(verdictLines(index->verdicts))); !done)
        return done;
    if (const auto done = base::saveFile(folder / kStatistics, base::bytesOf(index->statistics + "\n")); !done)
        return done;
    return base::saveFile(folder / kDescription, base::bytesOf(jsonText(description(*index, musicHash))));
}

bool isEmptyFolder(const fs::path& folder) {
    std::error_code error;
    return fs::is_directory(folder, error) && fs::is_empty(folder, error);
}

base::Status replaceFolder(const fs::path& made, const fs::path& folder) {
    std::error_code error;
    const auto old = fs::path(folder.string() + ".old-" + std::to_string(::getpid()));
    const bool exists = fs::exists(folder, error);
    if (exists) fs::rename(folder, old, error);
    if (!error) fs::rename(made, folder, error);
    if (error) {
        std::error_code ignored;
        if (exists && !fs::exists(folder, ignored)) fs::rename(old, folder, ignored);
        return base::failure(ErrorCode::FileUnwritable, "could not put the prepared folder at " + folder.string() +
                                                            ": " + error.message() + "; what was there is kept");
    }
    fs::remove_all(old, error);
    const auto parent = folder.parent_path();
    return base::syncFolder(parent.empty() ? fs::path(".") : parent);
}

} // namespace

bool isPreparedFolder(const fs::path& folder) {
    const auto text = base::readTextFile(folder / kDescription);
    const auto json = text ? base::parseJson(*text) : base::Result<base::Json>(base::Json());
    return json && json->is_object() && json->value("format", "") == "continuo-dataset";
}

base::Status mayReplace(const fs::path& folder) {
    std::error_code error;
    if (!fs::exists(folder, error) || isEmptyFolder(folder) || isPreparedFolder(folder)) return {};
    return base::failure(ErrorCode::FileUnwritable, folder.string() +
                                                        " exists and was not written by `continuo prepare`: "
                                                        "nothing was changed; name another folder");
}

base::Status writePreparedFolder(const fs::path& wanted, const CollectPieces& collect) {
    const auto folder = wanted.has_filename() ? wanted : wanted.parent_path(); // "out/" is "out"
    if (const auto replaceable = mayReplace(folder); !replaceable) return replaceable;
    std::error_code error;
    const auto beside = fs::path(folder.string() + ".partial-" + std::to_string(::getpid()));
    auto status = writeFiles(beside, collect);
    if (status) status = replaceFolder(beside, folder);
    if (!status) fs::remove_all(beside, error);
    return status;
}

base::Status writePreparedFolder(const fs::path& folder, const std::vector<Piece>& pieces) {
    return writePreparedFolder(folder, [&](ScoreCacheWriter& music) -> base::Result<PreparedIndex> {
        PreparedIndex index;
        for (const auto& piece : pieces) {
            if (const auto added = music.add(encodedScore(piece.score)); !added) return base::failure(added.error());
            const auto notes = score::noteCount(piece.score);
            index.pieces.push_back({piece.name, piece.part, notes});
            index.verdicts.push_back(
                {.path = piece.name, .accepted = true, .reason = "ok", .part = partName(piece.part), .notes = notes});
        }
        index.statistics = statisticsJson(measuredPieces(Dataset("", pieces)));
        return index;
    });
}

base::Result<Dataset> readPreparedFolder(const fs::path& folder) {
    if (!isPreparedFolder(folder))
        return base::failure(ErrorCode::FileMalformed, folder.string() +
                                                           " is not a prepared dataset: run `continuo prepare "
                                                           "--midi " +
                                                           folder.string() + " --out OUT` first");
    auto store = openScoreCache(folder / kCache);
    if (!store) return base::failure(store.error());
    const auto name = folder.has_filename() ? folder.filename() : folder.parent_path().filename();
    return Dataset(name.string(), std::move(*store));
}

base::Result<std::string> readStatistics(const fs::path& folder) { return base::readTextFile(folder / kStatistics); }

} // namespace continuo::corpus
