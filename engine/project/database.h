#pragma once

#include "engine/base/files.h"

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace continuo::project {

/// One prepared statement. Parameters and columns count from 0.
class Statement {
public:
    Statement& bind(int index, std::int64_t value);
    Statement& bind(int index, std::string_view text);
    Statement& bind(int index, base::ByteSpan content);
    /// True: a row is there; false: done.
    base::Result<bool> step();
    /// For the next run, with other parameters.
    void reset();

    std::int64_t number(int column) const;
    std::string text(int column) const;
    base::Bytes content(int column) const;

private:
    friend class Database;
    explicit Statement(sqlite3_stmt* statement);
    std::shared_ptr<sqlite3_stmt> statement_;
};

/// An SQLite database that trusts nothing in its file: no triggers, views, functions or extensions of the schema run,
/// sizes and depths are bounded before anything is read. Source: sqlite.org/security.html.
class Database {
public:
    /// Empty, in memory; `content` gives its file.
    static base::Result<Database> create();
    /// Of a file's bytes, for reading.
    static base::Result<Database> read(base::ByteSpan file);
    /// A file on disk that is written as it goes on, each transaction durable (WAL, synchronous=FULL). One process.
    static base::Result<Database> openLog(const std::filesystem::path& file);

    base::Status run(const char* sql);
    /// All that `work` writes, or nothing of it.
    base::Status transact(const std::function<base::Status()>& work);
    base::Result<Statement> prepare(std::string_view sql);
    /// The one number that the only row of `sql` holds.
    base::Result<std::int64_t> number(std::string_view sql);
    base::Result<base::Bytes> content() const;

private:
    explicit Database(sqlite3* handle);
    base::Status harden();
    base::Error problem() const;
    std::shared_ptr<sqlite3> handle_;
};

} // namespace continuo::project
