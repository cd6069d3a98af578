#include "engine/base/files.h"
#include "engine/corpus/counterpoint.h"
#include "engine/corpus/demo_pieces.h"
#include "engine/midi/midi_file_writer.h"

#include <QTest>
#include <set>

using namespace continuo;
using namespace continuo::corpus;

class DemoPiecesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theShippedFilesAreWhatTheComposerWrites() {
        for (const auto& piece : makeDemoPieces()) {
            const auto path = std::string(CONTINUO_SOURCE_DIR) + "/resources/demo/" + piece.name + ".mid";
            const auto shipped = base::readFile(path);
            QVERIFY2(shipped, path.c_str());
            QVERIFY2(*shipped == midi::write(piece.score), path.c_str());
        }
    }

    void theFirstHasSixTracksWithDrumsOverThirtyTwoBars() {
        const auto score = makeDemoPieces().front().score;
        QCOMPARE(score.tracks.size(), std::size_t{6});
        QVERIFY(score.tracks[5].drums && score.tracks[5].channel == 9);
        QCOMPARE(score.meterMap().positionAt(score::lastTick(score)).bar, 32);
        for (const auto& track : score.tracks) {
            std::set<int> velocities;
            for (const auto& note : track.notes) velocities.insert(note.velocity);
            QVERIFY2(velocities.size() >= 4, track.name.c_str());
            QVERIFY(std::ranges::is_sorted(track.notes, score::NoteOrder{}));
        }
    }

    void melodicTracksStayInDMajor() {
        static const std::set<int> kScale{2, 4, 6, 7, 9, 11, 1};
        const auto score = makeDemoPieces().front().score;
        for (const auto& track : score.tracks)
            for (const auto& note : track.notes)
                if (!track.drums) QVERIFY2(kScale.contains(note.pitch % 12), track.name.c_str());
    }

    void noTrackStrikesAPitchThatItStillHolds() {
        for (const auto& piece : makeDemoPieces())
            for (const auto& track : piece.score.tracks) {
                std::array<std::int64_t, 128> until{};
                for (const auto& note : track.notes) {
                    QVERIFY2(note.onset.fromStart >= until[note.pitch],
                             qPrintable(QString("%1 tick %2").arg(track.name.c_str()).arg(note.onset.fromStart)));
                    until[note.pitch] = note.end().fromStart;
                }
            }
    }

    void theComposedOnesAreNotInTheTrainingSet() {
        const auto pieces = makeDemoPieces();
        for (std::size_t demo = 1; demo < pieces.size(); ++demo)
            for (int i = 0; i < kCounterpointPieces; ++i)
                QVERIFY(composePiece(static_cast<std::uint64_t>(i)).score.tracks[0].notes !=
                        pieces[demo].score.tracks[0].notes);
    }
};

QTEST_APPLESS_MAIN(DemoPiecesTest)
#include "demo_pieces_test.moc"
