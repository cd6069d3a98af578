#include "ui/clipboard/clip_mime.h"

#include "engine/midi/midi_file_reader.h"
#include "engine/midi/midi_file_writer.h"
#include "engine/score/operations/clip_text.h"
#include "tests/engine/score/operations/operation_laws.h"

#include <QTest>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::score::laws;

namespace {

/// Another program's clipboard: only what the bytes say.
QMimeData* foreign(const QString& format, const QByteArray& bytes) {
    auto* data = new QMimeData;
    data->setData(format, bytes);
    return data;
}

std::vector<std::array<std::int64_t, 4>> shapeOf(const score::Clip& clip) {
    std::vector<std::array<std::int64_t, 4>> shape;
    for (const auto& part : clip.parts)
        for (const auto& note : part.notes)
            shape.push_back({note.onset.fromStart, note.length.count, note.pitch, note.velocity});
    std::ranges::sort(shape);
    return shape;
}

} // namespace

class ClipMimeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ownNotesComeBackWhole() {
        const auto score = randomScore(7);
        const ClipMimeData copied(score, someNotes(score, 7));
        const auto within = clipIn(copied);
        QVERIFY(within && *within == copied.clip());

        const std::unique_ptr<QMimeData> outside(
            foreign(QString::fromLatin1(kClipMimeType), copied.data(QString::fromLatin1(kClipMimeType))));
        const auto read = clipIn(*outside);
        QVERIFY(read);
        QCOMPARE(shapeOf(*read), shapeOf(copied.clip()));
        QCOMPARE(read->offset, copied.clip().offset);
        QCOMPARE(read->parts.size(), copied.clip().parts.size());
        for (std::size_t i = 0; i < read->parts.size(); ++i)
            QCOMPARE(read->parts[i].events.size(), copied.clip().parts[i].events.size());
    }

    void otherProgramsGetMidiAndText() {
        const auto score = randomScore(3, {.lockedIn = 0});
        const ClipMimeData copied(score, someNotes(score, 3));
        QVERIFY(copied.hasFormat(QStringLiteral("audio/midi")) && copied.hasText());
        const auto bytes = copied.data(QStringLiteral("audio/midi"));
        const auto read = midi::read(base::bytesOf({bytes.constData(), static_cast<std::size_t>(bytes.size())}));
        QVERIFY(read);
        QCOMPARE(score::noteCount(read->score), copied.clip().noteCount());
        QVERIFY(score::looksLikeClipText(copied.text().toStdString()));
    }

    void midiOfOtherProgramsIsPasted_data() {
        QTest::addColumn<QString>("format");
        for (const char* name : {"audio/midi", "audio/x-midi", "audio/mid", "application/x-midi"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void midiOfOtherProgramsIsPasted() {
        QFETCH(QString, format);
        score::Score piece =
            oneTrack({{.onset = score::Tick{0}, .length = score::Ticks{240}, .pitch = 60, .velocity = 90},
                      {.onset = score::Tick{480}, .length = score::Ticks{240}, .pitch = 67, .velocity = 70}});
        const auto bytes = midi::write(piece);
        const std::unique_ptr<QMimeData> data(foreign(
            format, QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()))));
        QVERIFY(mayHoldClip(*data));
        const auto clip = clipIn(*data);
        QVERIFY(clip);
        const std::vector<std::array<std::int64_t, 4>> expected{{0, 240, 60, 90}, {480, 240, 67, 70}};
        QCOMPARE(shapeOf(*clip), expected);
    }

    void aTuneInAbcIsPastedFromText() {
        QMimeData data;
        data.setText(QStringLiteral("X:1\nT:Scale\nM:4/4\nL:1/4\nK:C\nCDEF|\n"));
        const auto clip = clipIn(data);
        QVERIFY(clip);
        QCOMPARE(clip->noteCount(), std::size_t{4});
    }

    void whatIsNoMusicIsNothing() {
        QMimeData text;
        text.setText(QStringLiteral("Dear Sir"));
        QVERIFY(!clipIn(text));
        for (const char* format : {"audio/midi", "application/x-continuo-clip", "text/plain"})
            for (const char* bytes : {"", "MThd", "continuo-clip 1\nnote\n"}) {
                const std::unique_ptr<QMimeData> data(foreign(QString::fromLatin1(format), bytes));
                QVERIFY(!clipIn(*data));
            }
    }
};

QTEST_MAIN(ClipMimeTest)
#include "clip_mime_test.moc"
