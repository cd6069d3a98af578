#include "ui/theme/studio_style.h"
#include "ui/transport/display_cell.h"
#include "ui/transport/playback_controller.h"
#include "ui/transport/transport_bar.h"
#include "ui/transport/transport_display.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/segmented_switch.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace continuo;
using namespace continuo::ui;

namespace {

/// Sound without a device or a synthesizer: remembers what it was told.
class RememberingEngine : public sound::SoundEngine {
public:
    struct Memory {
        int published = 0, allOff = 0;
        bool playing = false, audible = true;
        score::Tick position;
        std::size_t notes = 0; // of the last plan
        std::vector<int> on, off;
    };
    explicit RememberingEngine(Memory& memory) : memory_(memory) {}

    void publish(const score::Score& score, const sound::Mix&) override {
        ++memory_.published;
        memory_.notes = score::noteCount(score);
    }
    void play(score::Tick from) override {
        memory_.playing = true;
        memory_.position = from;
    }
    void stop() override { memory_.playing = false; }
    void seek(score::Tick to) override { memory_.position = to; }
    bool isPlaying() const override { return memory_.playing; }
    score::Tick position() const override { return memory_.position; }
    void noteOn(int, int, bool, int pitch, int) override { memory_.on.push_back(pitch); }
    void noteOff(int, int pitch) override { memory_.off.push_back(pitch); }
    void controller(int, int, int) override {}
    void pitchBend(int, int) override {}
    void allNotesOff() override { ++memory_.allOff; }
    void setLiveInstrument(int, bool) override {}
    void live(const sound::LiveMessage&) override {}
    void setGain(float) override {}
    State state() override {
        State state;
        state.audible = memory_.audible;
        state.output = memory_.audible ? "test" : "no device here";
        return state;
    }

private:
    Memory& memory_;
};

} // namespace

class TransportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installStudioLook(); }

    void init() {
        memory_ = {};
        auto piece = newPiece();
        piece.tracks.at(0).notes.push_back({.id = score::NoteId{900}, .onset = {}, .length = {960 * 16}, .pitch = 60});
        document_ = std::make_unique<ScoreDocument>(piece);
        playback_ = std::make_unique<PlaybackController>(*document_, std::make_unique<RememberingEngine>(memory_));
        bar_ = std::make_unique<TransportBar>(*document_, *playback_);
        bar_->setWorkspaces({"Compose", "Train", "Live"});
        bar_->resize(1600, 48);
        bar_->show();
        QVERIFY(QTest::qWaitForWindowActive(bar_.get()));
    }
    void cleanup() {
        bar_.reset();
        playback_.reset();
        document_.reset();
    }

    void aTypedTempoIsOneUndoStep() {
        auto* tempo = cell("tempo");
        QTest::mouseDClick(tempo, Qt::LeftButton);
        auto* editor = tempo->findChild<QLineEdit*>();
        QVERIFY(editor->isVisible());

        editor->setText("96.5");
        QTest::keyClick(editor, Qt::Key_Return);

        QVERIFY(std::abs(document_->tempoMap().bpmAt({}) - 96.5) < 0.01);
        QVERIFY(!editor->isVisible());
        QCOMPARE(tempo->value(), "96.50");
        QCOMPARE(document_->history().count(), 1);
        document_->history().undo();
        QCOMPARE(tempo->value(), "120.00");
    }

    void aTempoThatIsNoneChangesNothing() {
        auto* tempo = cell("tempo");
        for (const auto* text : {"fast", "-3", "100000", ""}) {
            QTest::mouseDClick(tempo, Qt::LeftButton);
            tempo->findChild<QLineEdit*>()->setText(text);
            QTest::keyClick(tempo->findChild<QLineEdit*>(), Qt::Key_Return);
        }
        QCOMPARE(document_->history().count(), 0);
    }

    void aTypedPositionMovesThePlayhead() {
        auto* counter = cell("counter");
        QTest::mouseDClick(counter, Qt::LeftButton);
        counter->findChild<QLineEdit*>()->setText("3.2.120");
        QTest::keyClick(counter->findChild<QLineEdit*>(), Qt::Key_Return);

        QCOMPARE(playback_->position().fromStart, std::int64_t{960 * 9 + 120});
        QCOMPARE(counter->value(), "3.2.120");
    }

    void whatTheNetProposesIsHeard() {
        const auto end = document_->lastTick();
        auto& candidates = document_->candidates();
        candidates.begin({end, end + score::Ticks{960}});
        candidates.finish({{document_->currentTrack(), {.onset = end, .length = {480}, .pitch = 64}}});

        playback_->playFrom(end);

        QCOMPARE(memory_.notes, std::size_t{2});
        QCOMPARE(memory_.position, end);
        QCOMPARE(score::noteCount(document_->score()), std::size_t{1});
        document_->rejectCandidates();
        QTRY_COMPARE(memory_.notes, std::size_t{1});
    }

    void anotherPieceIsPlayedAndThePlayheadStays() {
        playback_->seek(score::Tick{1920});
        auto other = document_->score();
        for (std::uint64_t id = 1; id <= 3; ++id)
            other.tracks.at(0).notes.push_back(
                {.id = score::NoteId{1000 + id}, .onset = {}, .length = {960}, .pitch = 50});
        const QSignalSpy moved(playback_.get(), &PlaybackController::positionChanged);

        playback_->preview(other);
        QVERIFY(memory_.playing && playback_->isPreviewing() && !playback_->isPlaying());
        QCOMPARE(memory_.notes, std::size_t{4});
        QCOMPARE(memory_.position, score::Tick{0});

        memory_.playing = false; // it comes to its end
        QTRY_VERIFY(!playback_->isPreviewing());
        QCOMPARE(memory_.notes, std::size_t{1});
        QCOMPARE(memory_.position, score::Tick{1920});
        QCOMPARE(moved.count(), 0);
    }

    void playingThePieceEndsThePreview() {
        playback_->preview(document_->score());
        playback_->play();
        QVERIFY(!playback_->isPreviewing() && playback_->isPlaying());
    }

    void positionsReadBackAsWritten() {
        const score::MeterMap meters;
        for (const std::int64_t at : {0, 1, 959, 960, 3840, 123456})
            QCOMPARE(readPosition(positionText({at}, meters), meters), score::Tick{at});
        for (const auto* text : {"", "0.1", "1.5", "1.1.1.1", "x", "-1"}) QVERIFY2(!readPosition(text, meters), text);
        QCOMPARE(clockText(0), "0:00.0");
        QCOMPARE(clockText(61.25), "1:01.2");
    }

    void playStopsWhereItIsAndGoesOnThere() {
        QSignalSpy playing(playback_.get(), &PlaybackController::playingChanged);
        QTest::mouseClick(button("play"), Qt::LeftButton);
        QVERIFY(memory_.playing && button("play")->isChecked());
        memory_.position = {500};
        QTRY_COMPARE(playback_->position(), score::Tick{500});

        QTest::mouseClick(button("stop"), Qt::LeftButton);

        QVERIFY(!memory_.playing && !button("play")->isChecked());
        QCOMPARE(playback_->position(), score::Tick{500});
        QTest::mouseClick(button("toStart"), Qt::LeftButton);
        QCOMPARE(playback_->position(), score::Tick{0});
        QCOMPARE(playing.count(), 2);
    }

    void theButtonComesUpWhenThePieceEndsByItself() {
        playback_->play();
        memory_.playing = false;
        QTRY_VERIFY(!playback_->isPlaying());
        QVERIFY(!button("play")->isChecked());
    }

    void aLoopOfTheSelectionComesBackAfterItWasOff() {
        document_->selection().setRange(score::TickRange{{3840}, {7680}});
        QTest::mouseClick(button("loop"), Qt::LeftButton);
        QCOMPARE(document_->mix().loop, std::optional(score::TickRange{{3840}, {7680}}));
        document_->selection().setRange({});

        QTest::mouseClick(button("loop"), Qt::LeftButton);
        QVERIFY(!document_->mix().loop);
        QTest::mouseClick(button("loop"), Qt::LeftButton);

        QCOMPARE(document_->mix().loop, std::optional(score::TickRange{{3840}, {7680}}));
    }

    void aBurstOfEditsIsPublishedOnce() {
        QTRY_VERIFY(memory_.published > 0);
        const int before = memory_.published;
        for (int i = 0; i < 5; ++i) playback_->setMetronome(i % 2 == 0);
        QCOMPARE(memory_.published, before);
        QTRY_COMPARE(memory_.published, before + 1);
    }

    void anAuditionEndsByItselfAndIsSilentForMutedTracks() {
        const auto track = document_->currentTrack();
        playback_->audition(track, 64, 90);
        QCOMPARE(memory_.on, std::vector<int>{64});
        QTRY_COMPARE(memory_.off, std::vector<int>{64});
        auto mix = document_->mix();
        mix.muted.insert(track);
        document_->setMix(mix);

        playback_->audition(track, 65, 90);

        QCOMPARE(memory_.on.size(), std::size_t{1});
    }

    void withoutADeviceTheReasonIsKept() {
        memory_.audible = false;
        QTRY_COMPARE(playback_->silence(), "no device here");
    }

    void withoutSoundAtAllNothingPlaysAndNothingBreaks() {
        PlaybackController silent(*document_, nullptr);
        silent.play();
        silent.audition(document_->currentTrack(), 60, 80);
        silent.seek({100});
        QVERIFY(!silent.isPlaying());
        QVERIFY(!silent.silence().isEmpty());
        QCOMPARE(silent.position(), score::Tick{100});
    }

    void inSmallWindowsTheWorkspacesBecomeAMenu() {
        auto* segments = bar_->findChild<SegmentedSwitch*>();
        QVERIFY(segments->isVisible());
        bar_->setSmall(true);
        QVERIFY(!segments->isVisible());
    }

private:
    DisplayCell* cell(const QString& name) const { return bar_->findChild<DisplayCell*>(name); }
    IconButton* button(const QString& name) const { return bar_->findChild<IconButton*>(name); }

    RememberingEngine::Memory memory_;
    std::unique_ptr<ScoreDocument> document_;
    std::unique_ptr<PlaybackController> playback_;
    std::unique_ptr<TransportBar> bar_;
};

QTEST_MAIN(TransportTest)
#include "transport_test.moc"
