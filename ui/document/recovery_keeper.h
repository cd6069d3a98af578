#pragma once

#include "engine/project/recovery_journal.h"
#include "ui/document/score_document.h"

#include <QObject>

namespace continuo::ui {

/// Keeps the journal of the open piece, so that a crash loses less than a second of it, and brings back what an earlier
/// process left. A journal is thrown away when its piece is saved or its changes are discarded, never otherwise.
class RecoveryKeeper : public QObject {
    Q_OBJECT

public:
    /// `folder` is where journals lie.
    RecoveryKeeper(ScoreDocument& document, std::filesystem::path folder, QObject* parent = nullptr);

    /// The user closes the piece and wants nothing kept.
    void forget();
    /// For the end of a session: everything is on disk when it returns, within half a second.
    bool flush();

    /// What earlier processes left, latest first.
    std::vector<project::Leftover> leftovers() const { return project::leftovers(folder_); }
    /// Opens what `leftover` holds as a piece without a file, so that saving overwrites nothing. Its journal stays
    /// until the piece is saved or discarded.
    base::Status open(const project::Leftover& leftover);

Q_SIGNALS:
    /// The journal cannot be written, and why.
    void troubled(const QString& why);

private:
    void record(const score::ScoreEdit& edit, const QString& name);
    void dropRecovered();

    ScoreDocument& document_;
    std::filesystem::path folder_;
    std::filesystem::path recovered_; // the journal that the open piece came from
    bool opening_ = false;
    bool recording_ = false; // the journal knows what the piece was before its first edit
    project::RecoveryJournal journal_;
};

} // namespace continuo::ui
