#include "ui/document/score_document.h"
#include "ui/operations/operation_table.h"
#include "ui/shortcuts/shortcuts.h"

#include <QKeySequence>
#include <QTest>
#include <set>

using namespace continuo;
using namespace continuo::ui;

namespace {

/// Two bars: chords, a run, an overlap, a tiny and a locked note, off the grid here and there.
score::Score piece() {
    auto piece = newPiece();
    score::IdMint mint(piece);
    auto& notes = piece.tracks[0].notes;
    const auto add = [&](std::int64_t onset, int pitch, std::int64_t length, int velocity = 80) {
        notes.push_back({.id = mint.note(),
                         .onset = {onset},
                         .length = {length},
                         .pitch = static_cast<std::uint8_t>(pitch),
                         .velocity = static_cast<std::uint8_t>(velocity)});
    };
    for (const int pitch : {48, 60, 64, 67}) add(13, pitch, 940, 60 + pitch);
    for (int i = 0; i < 8; ++i) add(960 + i * 240 + i * 7, 72 + i, 260);
    add(3000, 72, 900);
    add(3300, 72, 900);
    add(4000, 50, 3);
    add(4300, 61, 400);
    notes.back().marks = score::NoteMarks::Locked;
    std::sort(notes.begin(), notes.end(), score::NoteOrder{});
    return piece;
}

} // namespace

class OperationTableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void idsAreUniqueAndInTheTableOfKeys() {
        std::set<std::string> ids;
        for (const auto& operation : operationTable()) {
            QVERIFY2(ids.insert(operation.id).second, operation.id);
            const auto id = QString::fromLatin1(operation.id);
            const auto* atOnce = shortcutBook().table().find(id);
            const auto* settings = shortcutBook().table().find(id + QStringLiteral(".settings"));
            QCOMPARE(atOnce != nullptr, operation.fields.empty() || operation.atOnce);
            QCOMPARE(settings != nullptr, !operation.fields.empty());
            if (atOnce) QCOMPARE(atOnce->name, QString::fromUtf8(operation.name));
        }
    }

    void everyFieldBeginsInsideItsRange() {
        for (const auto& operation : operationTable())
            for (const auto& field : operation.fields) {
                const double most = field.kind == OperationField::Kind::Choice
                                        ? static_cast<double>(field.choices.size()) - 1
                                        : field.most;
                QVERIFY2(field.initial >= 0 || field.kind == OperationField::Kind::Number, operation.id);
                QVERIFY2(field.initial >= field.least && field.initial <= most, operation.id);
            }
    }

    void everyOperationIsAnEditThatCanBeTakenBackAndSparesLockedNotes_data() {
        QTest::addColumn<QString>("id");
        for (const auto& operation : operationTable()) QTest::newRow(operation.id) << QString(operation.id);
    }

    /// With the first settings, and with every field at both ends of its range.
    void everyOperationIsAnEditThatCanBeTakenBackAndSparesLockedNotes() {
        QFETCH(QString, id);
        const auto& operation = *findOperation(id.toStdString());
        tryWith(operation, initialValues(operation));
        for (std::size_t i = 0; i < operation.fields.size(); ++i) {
            const auto& field = operation.fields[i];
            const bool isChoice = field.kind == OperationField::Kind::Choice;
            for (const double value :
                 {field.least, isChoice ? static_cast<double>(field.choices.size()) - 1 : field.most}) {
                auto values = initialValues(operation);
                values[i] = value;
                tryWith(operation, values);
            }
        }
    }

private:
    static void tryWith(const Operation& operation, const OperationValues& values) {
        const auto before = piece();
        auto after = before;
        score::IdMint mint(before);
        const auto ids = score::allNotes(before);
        const auto result = operation.run({.score = before,
                                           .notes = ids,
                                           .track = before.tracks[0].id,
                                           .scale = {},
                                           .grid = score::Grid::of(16),
                                           .mint = mint},
                                          values);
        score::apply(result.edit, after);
        for (const auto& track : after.tracks)
            for (const auto& note : track.notes) {
                QVERIFY(note.onset.fromStart >= 0 && note.length.count >= 1 && note.pitch <= 127);
                QVERIFY(note.velocity >= 1 && note.velocity <= 127);
            }
        const auto isLocked = [](const score::Note& note) { return score::has(note.marks, score::NoteMarks::Locked); };
        const auto& old = before.tracks[0].notes;
        const auto locked = *std::ranges::find_if(old, isLocked);
        const auto& now = after.tracks[0].notes;
        QVERIFY(std::ranges::find(now, locked) != now.end());
        score::apply(score::inverse(result.edit), after);
        QVERIFY(after == before);
    }
};

QTEST_APPLESS_MAIN(OperationTableTest)
#include "operation_table_test.moc"
