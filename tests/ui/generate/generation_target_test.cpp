#include "ui/generate/generation_target.h"

#include <QTest>

using namespace continuo;
using namespace continuo::ui;

namespace {

constexpr std::int64_t kBar = 3840;

/// Two bars of quarter notes.
score::Score twoBars() {
    auto piece = newPiece();
    score::IdMint mint(piece);
    for (int i = 0; i < 8; ++i)
        piece.tracks[0].notes.push_back({.id = mint.note(), .onset = {i * 960}, .length = {900}, .pitch = 60});
    return piece;
}

} // namespace

class GenerationTargetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEmptyPieceIsBegunAtTheStart() {
        ScoreDocument document(newPiece());
        const auto target = generationTarget(document, {}, 4);
        QCOMPARE(target.from.fromStart, std::int64_t{0});
        QCOMPARE(target.reason, GenerationTarget::Reason::Start);
    }

    void withThePlayheadAtTheStartThePieceIsContinuedAtItsEnd() {
        ScoreDocument document(twoBars());
        const auto target = generationTarget(document, {}, 4);
        QCOMPARE(target.from.fromStart, 2 * kBar);
        QCOMPARE(target.title(document.meterMap()), QString("Bars 3 to 6"));
    }

    void afterThePlayheadMeansTheNextBarLine_data() {
        QTest::addColumn<qint64>("playhead");
        QTest::addColumn<qint64>("from");
        QTest::newRow("inside a bar") << qint64{100} << qint64{kBar};
        QTest::newRow("on a bar line") << qint64{kBar} << qint64{kBar};
        QTest::newRow("beyond the music") << qint64{9 * kBar + 1} << qint64{10 * kBar};
    }
    void afterThePlayheadMeansTheNextBarLine() {
        QFETCH(qint64, playhead);
        QFETCH(qint64, from);
        ScoreDocument document(twoBars());

        const auto target = generationTarget(document, {playhead}, 2);

        QCOMPARE(target.from.fromStart, std::int64_t{from});
        QCOMPARE(target.range.length().count, 2 * kBar);
        QCOMPARE(target.reason, GenerationTarget::Reason::Playhead);
    }

    void theRangeOfASectionHasItsName() {
        auto piece = twoBars();
        score::IdMint mint(piece);
        piece.markers = {{.id = mint.event(), .at = {kBar}, .name = "Verse"}};
        piece.end = {3 * kBar};
        ScoreDocument document(piece);
        document.selection().setRange(score::TickRange{{kBar}, {3 * kBar}});
        QCOMPARE(generationTarget(document, {}, 4).title(document.meterMap()), QString("Verse, bars 2 to 3"));
        document.selection().setRange(score::TickRange{{0}, {kBar}});
        QCOMPARE(generationTarget(document, {}, 4).title(document.meterMap()), QString("Bar 1"));
    }

    void aSelectedRangeIsTheTargetInWholeBars() {
        ScoreDocument document(twoBars());
        document.selection().setRange(score::TickRange{{kBar + 10}, {3 * kBar + 10}});

        const auto target = generationTarget(document, {}, 8);

        QCOMPARE(target.from.fromStart, kBar);
        QCOMPARE(target.bars, 3);
        QCOMPARE(target.reason, GenerationTarget::Reason::Range);
    }

    void selectedNotesAreContinuedAfterTheirEnd() {
        ScoreDocument document(twoBars());
        document.selection().select({document.score().tracks[0].notes[1].id});

        const auto target = generationTarget(document, {}, 1);

        QCOMPARE(target.from.fromStart, kBar);
        QCOMPARE(target.title(document.meterMap()), QString("Bar 2"));
    }
};

QTEST_MAIN(GenerationTargetTest)
#include "generation_target_test.moc"
