#include "engine/project/project_file.h"

#include "engine/base/sha256.h"
#include "engine/project/database.h"
#include "engine/project/project_fields.h"
#include "engine/project/score_codec.h"

#include <algorithm>
#include <map>

namespace continuo::project {
namespace {

using base::ErrorCode;

constexpr std::int64_t kApplication = 0x436f6e74; // "Cont"
constexpr const char* kSchema = "CREATE TABLE parts(kind TEXT NOT NULL, name TEXT NOT NULL, content BLOB NOT NULL, "
                                "sha256 TEXT NOT NULL, PRIMARY KEY(kind, name))";
constexpr std::size_t kMostParts = 100'000;

using PartName = std::pair<std::string, std::string>; // kind, name
using Parts = std::map<PartName, base::Bytes>;

tl::unexpected<base::Error> damaged(const std::string& what) {
    return base::failure(ErrorCode::FileMalformed, "This project is damaged (" + what + "); nothing was changed.");
}

std::string tenDigits(std::int64_t number) {
    auto digits = std::to_string(number);
    return std::string(10 - std::min<std::size_t>(digits.size(), 10), '0') + digits;
}

std::string sealOf(const Parts& parts) {
    base::Sha256 seal;
    for (const auto& [name, content] : parts)
        for (const auto& text : {name.first, name.second, base::sha256(content)}) {
            seal.add(base::bytesOf(text));
            seal.add(base::bytesOf("\n"));
        }
    return seal.hex();
}

// ---- writing

/// Puts the source of `score` among the parts where it has one.
StoredScore stored(const score::Score& score, Parts& parts) {
    StoredScore result{{}, encodeScore(score)};
    if (!score.source) return result;
    result.source = base::sha256(*score.source);
    parts[{"source", result.source}] = *score.source;
    return result;
}

template <typename T>
base::Bytes packed(const T& value) {
    BinaryWriter writer;
    writer(value);
    return writer.take();
}

Parts partsOf(const Project& project) {
    Parts parts;
    parts[{"score", ""}] = packed(stored(project.score, parts));
    for (const auto& revision : project.revisions)
        parts[{"revision", tenDigits(revision.id)}] = packed(
            StoredRevision{revision.id, revision.parent, revision.name, revision.made, stored(revision.score, parts)});
    for (std::size_t i = 0; i < project.takes.size(); ++i)
        parts[{"take", tenDigits(static_cast<std::int64_t>(i))}] = packed(project.takes[i]);
    parts[{"training", ""}] = packed(project.training);
    const auto view = base::bytesOf(project.view);
    parts[{"view", ""}] = base::Bytes(view.begin(), view.end());
    return parts;
}

base::Status insert(Database& database, const Parts& parts) {
    auto statement = database.prepare("INSERT INTO parts VALUES(?,?,?,?)");
    if (!statement) return base::failure(statement.error());
    const auto put = [&](const PartName& name, base::ByteSpan content) -> base::Status {
        statement->reset();
        statement->bind(0, name.first).bind(1, name.second).bind(2, content).bind(3, base::sha256(content));
        const auto done = statement->step();
        return done ? base::Status{} : base::failure(done.error());
    };
    for (const auto& [name, content] : parts)
        if (auto done = put(name, content); !done) return done;
    return put({"seal", ""}, base::bytesOf(sealOf(parts)));
}

// ---- reading

base::Status checkVersion(Database& database) {
    const auto application = database.number("PRAGMA application_id");
    if (!application || *application != kApplication)
        return base::failure(ErrorCode::FileMalformed, "This is not a Continuo project.");
    const auto version = database.number("PRAGMA user_version");
    if (!version || *version < 1) return damaged("its version is missing");
    if (*version > kProjectVersion)
        return base::failure(ErrorCode::Unsupported,
                             "This project was saved by a newer version of Continuo. Nothing was "
                             "changed; open it with that version.");
    return {};
}

/// Our one table and nothing else: no trigger, view or index that somebody thought of.
base::Status checkSchema(Database& database) {
    auto tables = database.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL");
    if (!tables) return damaged(tables.error().message);
    const auto first = tables->step();
    if (!first || !*first || tables->text(0) != kSchema) return damaged("its table is not ours");
    const auto second = tables->step();
    return second && !*second ? base::Status{} : damaged("it holds more than our table");
}

base::Result<Parts> readParts(Database& database) {
    auto rows = database.prepare("SELECT kind, name, content, sha256 FROM parts NOT INDEXED");
    if (!rows) return damaged(rows.error().message);
    Parts parts;
    while (true) {
        const auto row = rows->step();
        if (!row) return damaged(row.error().message);
        if (!*row) break;
        auto content = rows->content(2);
        if (base::sha256(content) != rows->text(3)) return damaged("a part is not as it was written");
        parts[{rows->text(0), rows->text(1)}] = std::move(content);
        if (parts.size() > kMostParts) return damaged("it has too many parts");
    }
    const auto seal = parts.extract({"seal", ""});
    if (!seal || base::textOf(seal.mapped()) != sealOf(parts)) return damaged("a part is missing");
    return parts;
}

template <typename T>
base::Result<T> unpacked(base::ByteSpan bytes, const char* what) {
    BinaryReader reader(bytes);
    T value;
    reader(value);
    if (!reader.isComplete()) return damaged(what);
    return value;
}

class ProjectReader {
public:
    explicit ProjectReader(const Parts& parts) : parts_(parts) {}

    base::Result<Project> read() {
        for (const auto& [name, content] : parts_)
            if (auto taken = take(name, content); !taken) return base::failure(taken.error());
        if (!hasScore_) return damaged("it has no score");
        return std::move(project_);
    }

private:
    base::Status take(const PartName& name, const base::Bytes& content) {
        const auto& kind = name.first;
        if (kind == "score") return takeScore(content);
        if (kind == "revision") return takeRevision(content);
        if (kind == "take") return takeTake(content);
        if (kind == "training") return into(content, project_.training, "its list of runs");
        if (kind == "view") project_.view = base::textOf(content);
        if (kind == "view" || kind == "source") return {};
        return damaged("it has a part of an unknown kind");
    }
    template <typename T>
    base::Status into(const base::Bytes& content, T& value, const char* what) {
        auto read = unpacked<T>(content, what);
        if (!read) return base::failure(read.error());
        value = std::move(*read);
        return {};
    }
    base::Status takeScore(const base::Bytes& content) {
        StoredScore held;
        if (auto read = into(content, held, "its score"); !read) return read;
        hasScore_ = true;
        return restore(held, project_.score);
    }
    base::Status takeRevision(const base::Bytes& content) {
        StoredRevision held;
        if (auto read = into(content, held, "a revision"); !read) return read;
        project_.revisions.push_back({held.id, held.parent, held.name, held.made, {}});
        return restore(held.score, project_.revisions.back().score);
    }
    base::Status takeTake(const base::Bytes& content) {
        StoredTake held;
        if (auto read = into(content, held, "a take"); !read) return read;
        if (held.tracks.size() != held.notes.size()) return damaged("a take");
        project_.takes.push_back(std::move(held));
        return {};
    }
    base::Status restore(const StoredScore& held, score::Score& score) {
        auto decoded = decodeScore(held.score);
        if (!decoded) return base::failure(decoded.error());
        score = std::move(*decoded);
        if (held.source.empty()) return {};
        auto& shared = sources_[held.source];
        if (!shared) {
            const auto part = parts_.find({"source", held.source});
            if (part == parts_.end()) return damaged("the file a score came from is missing");
            shared = std::make_shared<const base::Bytes>(part->second);
        }
        score.source = shared;
        return {};
    }

    const Parts& parts_;
    Project project_;
    bool hasScore_ = false;
    std::map<std::string, std::shared_ptr<const base::Bytes>> sources_;
};

} // namespace

bool looksLikeProject(base::ByteSpan file) {
    constexpr std::size_t kApplicationAt = 68; // sqlite.org/fileformat2.html, "The Database Header"
    constexpr std::string_view kMagic("SQLite format 3\0", 16);
    return file.size() >= 100 && base::textOf(file.first(16)) == kMagic &&
           base::textOf(file.subspan(kApplicationAt, 4)) == "Cont";
}

base::Result<Project> readProject(base::ByteSpan file) {
    if (!looksLikeProject(file)) return base::failure(ErrorCode::FileMalformed, "This is not a Continuo project.");
    auto database = Database::read(file);
    if (!database) return base::failure(database.error());
    if (auto version = checkVersion(*database); !version) return base::failure(version.error());
    const auto pages = database->number("PRAGMA page_count"), size = database->number("PRAGMA page_size");
    if (!pages || !size || *pages * *size != static_cast<std::int64_t>(file.size())) return damaged("it is cut off");
    if (auto schema = checkSchema(*database); !schema) return base::failure(schema.error());
    const auto parts = readParts(*database);
    if (!parts) return base::failure(parts.error());
    return ProjectReader(*parts).read();
}

base::Result<base::Bytes> writeProject(const Project& project) {
    auto database = Database::create();
    if (!database) return base::failure(database.error());
    const auto head = "PRAGMA application_id=" + std::to_string(kApplication) +
                      "; PRAGMA user_version=" + std::to_string(kProjectVersion) + "; " + kSchema;
    if (auto made = database->run(head.c_str()); !made) return base::failure(made.error());
    if (auto filled = insert(*database, partsOf(project)); !filled) return base::failure(filled.error());
    return database->content();
}

base::Result<Project> openProject(const std::filesystem::path& file) {
    const auto bytes = base::readFile(file);
    if (!bytes) return base::failure(bytes.error());
    return readProject(*bytes);
}

base::Status saveProject(const std::filesystem::path& file, const Project& project) {
    const auto content = writeProject(project);
    if (!content) return base::failure(content.error());
    return base::saveFile(file, *content, [](base::ByteSpan readBack) -> base::Status {
        const auto read = readProject(readBack);
        return read ? base::Status{} : base::failure(read.error());
    });
}

} // namespace continuo::project
