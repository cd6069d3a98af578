#include "ui/document/track_settings.h"

#include <QTest>

using namespace continuo;
using namespace continuo::ui;

namespace {

constexpr score::TrackId kPiano{1}, kViolin{2}, kCello{3};

score::Track trackOf(score::TrackId id, int chunk = 0) {
    score::Track track;
    track.id = id;
    track.chunk = chunk;
    track.notes = {{.id = score::NoteId{7}}};
    return track;
}

} // namespace

class TrackSettingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTrackIsInOneGroupAtMost() {
        TrackSettings settings;
        settings.groups = {{"Strings", false, {kViolin, kCello}}, {"Keys", false, {kPiano}}};
        settings.setGroup({kCello}, 1);
        QCOMPARE(*settings.groupOf(kCello), std::size_t{1});
        QCOMPARE(settings.groups[0].tracks.size(), std::size_t{1});
        settings.setGroup({kViolin}, std::nullopt);
        QCOMPARE(settings.groups.size(), std::size_t{1}); // an empty group vanishes
        QCOMPARE(*settings.groupOf(kCello), std::size_t{0});
        QVERIFY(!settings.groupOf(kViolin));
    }

    void whatIsNamedNowhereIsWritten() { QCOMPARE(TrackSettings{}.roleOf(kPiano), NetRole::Writes); }

    void editsOfALockedTrackAreFound() {
        const std::set locked{kViolin};
        score::ScoreEdit notes;
        notes.contents.push_back({kViolin, {{}, {{.id = score::NoteId{9}}}}, {}});
        QCOMPARE(*lockedTrackIn(notes, locked), kViolin);
        QVERIFY(!lockedTrackIn(notes, {kPiano}));
        QVERIFY(!lockedTrackIn(notes, {}));
        score::ScoreEdit gone;
        gone.lists.push_back({0, trackOf(kViolin), false});
        QVERIFY(lockedTrackIn(gone, locked));
        gone.lists.push_back({2, trackOf(kViolin, /*chunk=*/5), true}); // moved, to another chunk
        QVERIFY(!lockedTrackIn(gone, locked));
        gone.lists.back().track.notes.clear();
        QVERIFY(lockedTrackIn(gone, locked));
        score::ScoreEdit renamed;
        auto after = trackOf(kViolin).header();
        after.name = "Viola";
        renamed.headers.push_back({trackOf(kViolin).header(), after});
        QVERIFY(lockedTrackIn(renamed, locked));
    }
};

QTEST_APPLESS_MAIN(TrackSettingsTest)
#include "track_settings_test.moc"
