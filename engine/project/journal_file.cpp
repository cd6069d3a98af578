#include "engine/project/journal_file.h"

#include "engine/base/sha256.h"
#include "engine/project/project_fields.h"
#include "engine/project/score_codec.h"

namespace continuo::project {
namespace {

using base::ErrorCode;

constexpr const char* kTables = "CREATE TABLE IF NOT EXISTS base(document BLOB, score BLOB, source BLOB, seal TEXT);"
                                "CREATE TABLE IF NOT EXISTS steps(number INTEGER PRIMARY KEY, name TEXT, made INTEGER, "
                                "edit BLOB, seal TEXT)";

tl::unexpected<base::Error> damaged() {
    return base::failure(ErrorCode::FileMalformed, "This recovery file is damaged; it was left as it is.");
}

std::string sealOf(std::string_view before, std::string_view name, std::int64_t made, base::ByteSpan edit) {
    base::Sha256 seal;
    seal.add(base::bytesOf(before));
    seal.add(base::bytesOf(base::sha256(base::bytesOf(name))));
    seal.add(base::bytesOf(std::to_string(made) + "\n"));
    seal.add(edit);
    return seal.hex();
}

std::string sealOfBase(std::string_view document, base::ByteSpan score, base::ByteSpan source) {
    return sealOf(base::sha256(source), document, 0, score);
}

} // namespace

base::Result<JournalFile> JournalFile::open(const std::filesystem::path& file) {
    auto database = Database::openLog(file);
    if (!database) return base::failure(database.error());
    if (auto made = database->run(kTables); !made) return base::failure(made.error());
    return JournalFile(file, std::move(*database));
}

base::Status JournalFile::begin(const std::filesystem::path& document, const score::Score& score) {
    const auto bytes = encodeScore(score);
    const base::ByteSpan source = score.source ? base::ByteSpan(*score.source) : base::ByteSpan();
    const auto seal = sealOfBase(document.native(), bytes, source);
    const auto written = database_.transact([&]() -> base::Status {
        if (auto emptied = database_.run("DELETE FROM base; DELETE FROM steps"); !emptied) return emptied;
        auto insert = database_.prepare("INSERT INTO base VALUES(?,?,?,?)");
        if (!insert) return base::failure(insert.error());
        insert->bind(0, base::bytesOf(document.native())).bind(1, bytes).bind(2, source).bind(3, seal);
        const auto done = insert->step();
        return done ? base::Status{} : base::failure(done.error());
    });
    if (written) seal_ = seal;
    return written;
}

base::Status JournalFile::append(std::span<const JournalStep> steps) {
    auto seal = seal_;
    const auto written = database_.transact([&]() -> base::Status {
        auto insert = database_.prepare("INSERT INTO steps(name, made, edit, seal) VALUES(?,?,?,?)");
        if (!insert) return base::failure(insert.error());
        for (const auto& step : steps) {
            seal = sealOf(seal, step.name, step.made, step.edit);
            insert->reset();
            insert->bind(0, step.name).bind(1, step.made).bind(2, step.edit).bind(3, seal);
            if (const auto done = insert->step(); !done) return base::failure(done.error());
        }
        return {};
    });
    if (written) seal_ = std::move(seal);
    return written;
}

base::Result<JournalFile::Head> JournalFile::head() {
    auto base = database_.prepare("SELECT document FROM base");
    if (!base) return damaged();
    const auto row = base->step();
    if (!row || !*row) return damaged();
    const auto document = base->content(0);
    const auto steps = database_.number("SELECT count(*) FROM steps");
    const auto last = database_.number("SELECT max(made) FROM steps");
    if (!steps || !last) return damaged();
    return Head{std::filesystem::path(base::textOf(document)), static_cast<std::size_t>(*steps), *last};
}

base::Result<JournalFile::Content> JournalFile::content() {
    auto base = database_.prepare("SELECT document, score, source, seal FROM base");
    if (!base) return damaged();
    const auto row = base->step();
    if (!row || !*row) return damaged();
    const auto document = base->content(0), bytes = base->content(1);
    auto source = base->content(2);
    auto seal = base->text(3);
    if (seal != sealOfBase(base::textOf(document), bytes, source)) return damaged();
    auto score = decodeScore(bytes);
    if (!score) return base::failure(score.error());
    if (!source.empty()) score->source = std::make_shared<const base::Bytes>(std::move(source));
    Content content{std::filesystem::path(base::textOf(document)), std::move(*score), {}, false};
    auto steps = database_.prepare("SELECT name, made, edit, seal FROM steps ORDER BY number");
    while (steps) {
        const auto more = steps->step();
        content.cutOff = !more;
        if (!more || !*more) break;
        JournalStep step{steps->text(0), steps->number(1), steps->content(2)};
        seal = sealOf(seal, step.name, step.made, step.edit);
        content.cutOff = seal != steps->text(3);
        if (content.cutOff) break;
        content.steps.push_back(std::move(step));
    }
    return content;
}

} // namespace continuo::project
