#include "engine/corpus/prepared_folder.h"

#include "engine/base/files.h"
#include "engine/base/sha256.h"
#include "engine/base/text.h"
#include "engine/corpus/score_cache.h"

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

std::string verdictLines(const std::vector<FileVerdict>& verdicts) {
    std::string lines = "path\tverdict\treason\tpart\tnotes\tduplicates\tdetail\n";
    for (const auto& file : verdicts)
        lines += base::shown(file.path, 1000) + "\t" + (file.accepted ? "accept" : "refuse") + "\t" + file.reason +
                 "\t" + file.part + "\t" + std::to_string(file.notes) + "\t" + std::to_string(file.duplicates) + "\t" +
                 base::shown(file.detail, 500) + "\n";
    return lines;
}

base::Json description(const PreparedFolder& prepared, const std::string& cacheHash) {
    base::Json parts = {{"train", base::Json::array()}, {"val", base::Json::array()}, {"test", base::Json::array()}};
    std::size_t notes = 0;
    for (const auto& piece : prepared.pieces) {
        parts[partName(piece.part)].push_back(piece.name);
        notes += score::noteCount(piece.score);
    }
    return {{"format", "continuo-dataset"},
            {"version", 1},
            {"files", prepared.verdicts.size()},
            {"accepted", prepared.pieces.size()},
            {"notes", notes},
            {"seed", prepared.seed},
            {"splits_given", prepared.splitsGiven},
            {"scores_sha256", cacheHash},
            {"splits", parts}};
}

base::Status writeFiles(const fs::path& folder, const PreparedFolder& prepared) {
    const auto cache = writeScoreCache(prepared.pieces);
    // Names from a file system need not be UTF-8; in JSON what is not is replaced.
    const auto text = description(prepared, base::sha256(cache))
                          .dump(1, ' ', /*ensure_ascii=*/false, base::Json::error_handler_t::replace);
    if (const auto made = base::makeFolder(folder); !made) return made;
    if (const auto saved = base::saveFile(folder / kCache, cache); !saved) return saved;
    if (const auto saved = base::saveFile(folder / kVerdicts, base::bytesOf(verdictLines(prepared.verdicts))); !saved)
        return saved;
    return base::saveFile(folder / kDescription, base::bytesOf(text + "\n"));
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

base::Status writePreparedFolder(const fs::path& wanted, const PreparedFolder& prepared) {
    const auto folder = wanted.has_filename() ? wanted : wanted.parent_path(); // "out/" is "out"
    if (const auto replaceable = mayReplace(folder); !replaceable) return replaceable;
    std::error_code error;
    const auto beside = fs::path(folder.string() + ".partial-" + std::to_string(::getpid()));
    auto status = writeFiles(beside, prepared);
    if (status) status = replaceFolder(beside, folder);
    if (!status) fs::remove_all(beside, error);
    return status;
}

base::Result<Dataset> readPreparedFolder(const fs::path& folder) {
    if (!isPreparedFolder(folder))
        return base::failure(ErrorCode::FileMalformed, folder.string() +
                                                           " is not a prepared dataset: run `continuo prepare "
                                                           "--midi " +
                                                           folder.string() + " --out OUT` first");
    const auto bytes = base::readFile(folder / kCache, std::uint64_t{4} << 30);
    if (!bytes) return base::failure(bytes.error());
    auto pieces = readScoreCache(*bytes);
    if (!pieces) return base::failure(pieces.error().in((folder / kCache).string()));
    const auto name = folder.has_filename() ? folder.filename() : folder.parent_path().filename();
    return Dataset(name.string(), std::move(*pieces));
}

} // namespace continuo::corpus
