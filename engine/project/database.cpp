#include "engine/project/database.h"

#include <algorithm>
#include <cstring>
#include <sqlite3.h>
#include <string>

namespace continuo::project {
namespace {

using base::ErrorCode;

constexpr int kLargestValue = 1 << 30; // bytes of one blob

ErrorCode codeOf(int result) {
    switch (result & 0xff) {
    case SQLITE_FULL:
        return ErrorCode::DiskFull;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ErrorCode::FileMalformed;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return ErrorCode::FileUnwritable;
    default:
        return ErrorCode::Failed;
    }
}

} // namespace

Statement::Statement(sqlite3_stmt* statement) : statement_(statement, sqlite3_finalize) {}

Statement& Statement::bind(int index, std::int64_t value) {
    sqlite3_bind_int64(statement_.get(), index + 1, value);
    return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
    sqlite3_bind_text64(statement_.get(), index + 1, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    return *this;
}

Statement& Statement::bind(int index, base::ByteSpan content) {
    if (content.empty())
        sqlite3_bind_zeroblob(statement_.get(), index + 1, 0);
    else
        sqlite3_bind_blob64(statement_.get(), index + 1, content.data(), content.size(), SQLITE_TRANSIENT);
    return *this;
}

base::Result<bool> Statement::step() {
    const int result = sqlite3_step(statement_.get());
    if (result == SQLITE_ROW) return true;
    if (result == SQLITE_DONE) return false;
    return base::failure(codeOf(result), sqlite3_errmsg(sqlite3_db_handle(statement_.get())));
}

void Statement::reset() { sqlite3_reset(statement_.get()); }

std::int64_t Statement::number(int column) const { return sqlite3_column_int64(statement_.get(), column); }

std::string Statement::text(int column) const {
    const auto* text = sqlite3_column_text(statement_.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    return text ? std::string(reinterpret_cast<const char*>(text), size) : std::string();
}

base::Bytes Statement::content(int column) const {
    const auto* first = static_cast<const std::byte*>(sqlite3_column_blob(statement_.get(), column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    return first ? base::Bytes(first, first + size) : base::Bytes();
}

Database::Database(sqlite3* handle) : handle_(handle, sqlite3_close_v2) {}

base::Error Database::problem() const {
    return {codeOf(sqlite3_errcode(handle_.get())), sqlite3_errmsg(handle_.get())};
}

base::Status Database::harden() {
    auto* handle = handle_.get();
    for (const auto& [option, on] : {std::pair{SQLITE_DBCONFIG_DEFENSIVE, 1},
                                     {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                                     {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
                                     {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
                                     {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0}})
        if (sqlite3_db_config(handle, option, on, nullptr) != SQLITE_OK) return base::failure(problem());
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kLargestValue);
    sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, 10'000);
    sqlite3_limit(handle, SQLITE_LIMIT_COLUMN, 32);
    sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 20);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(handle, SQLITE_LIMIT_TRIGGER_DEPTH, 1);
    return run("PRAGMA cell_size_check=ON; PRAGMA mmap_size=0");
}

base::Result<Database> Database::create() {
    sqlite3* handle = nullptr;
    const int result = sqlite3_open_v2(":memory:", &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    Database database(handle);
    if (result != SQLITE_OK) return base::failure(database.problem());
    if (auto hardened = database.harden(); !hardened) return base::failure(hardened.error());
    return database;
}

base::Result<Database> Database::read(base::ByteSpan file) {
    auto database = create();
    if (!database) return database;
    auto* copy = static_cast<unsigned char*>(sqlite3_malloc64(std::max<std::size_t>(file.size(), 1)));
    if (!copy) return base::failure(ErrorCode::Failed, "There is not enough memory to read the file.");
    std::memcpy(copy, file.data(), file.size());
    const auto size = static_cast<sqlite3_int64>(file.size());
    const unsigned flags = SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY; // frees `copy` on failure too
    if (sqlite3_deserialize(database->handle_.get(), "main", copy, size, size, flags) != SQLITE_OK)
        return base::failure(database->problem());
    return database;
}

base::Result<Database> Database::openLog(const std::filesystem::path& file) {
    sqlite3* handle = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW;
    const int result = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
    Database database(handle);
    if (result != SQLITE_OK) return base::failure(database.problem());
    if (auto hardened = database.harden(); !hardened) return base::failure(hardened.error());
    const auto set = database.run("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
    if (!set) return base::failure(set.error());
    return database;
}

base::Status Database::run(const char* sql) {
    if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) return base::failure(problem());
    return {};
}

base::Status Database::transact(const std::function<base::Status()>& work) {
    if (auto begun = run("BEGIN IMMEDIATE"); !begun) return begun;
    auto done = work();
    if (done) done = run("COMMIT");
    if (!done) (void)run("ROLLBACK");
    return done;
}

base::Result<Statement> Database::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int size = static_cast<int>(sql.size());
    if (sqlite3_prepare_v2(handle_.get(), sql.data(), size, &statement, nullptr) != SQLITE_OK)
        return base::failure(problem());
    return Statement(statement);
}

base::Result<std::int64_t> Database::number(std::string_view sql) {
    auto statement = prepare(sql);
    if (!statement) return base::failure(statement.error());
    const auto row = statement->step();
    if (!row) return base::failure(row.error());
    return *row ? statement->number(0) : 0;
}

base::Result<base::Bytes> Database::content() const {
    sqlite3_int64 size = 0;
    auto* bytes = sqlite3_serialize(handle_.get(), "main", &size, 0);
    if (!bytes) return base::failure(ErrorCode::Failed, "There is not enough memory to write the file.");
    const auto* first = reinterpret_cast<const std::byte*>(bytes);
    base::Bytes copy(first, first + size);
    sqlite3_free(bytes);
    return copy;
}

} // namespace continuo::project
