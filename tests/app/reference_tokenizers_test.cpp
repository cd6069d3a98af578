#include <QFileInfo>
#include <QProcess>
#include <QTest>

/// `continuo tokenize --parity` beside midi-lm and MMT themselves, where they are installed.
class ReferenceTokenizersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theRealProgramsGiveTheSameRows() {
        const auto python = qEnvironmentVariable("CONTINUO_REFERENCE_PYTHON", "python3");
        const auto midiLm = qEnvironmentVariable("CONTINUO_MIDI_LM"), mmt = qEnvironmentVariable("CONTINUO_MMT");
        if (!QFileInfo(midiLm + "/midi_lm").isDir() || !QFileInfo(mmt + "/mmt").isDir())
            QSKIP("CONTINUO_MIDI_LM and CONTINUO_MMT name no folders of midi-lm and MMT");
        if (QProcess::execute(python, {"-c", "import muspy, torch"}) != 0)
            QSKIP("CONTINUO_REFERENCE_PYTHON is no Python with muspy and torch");
        QStringList words{CONTINUO_SOURCE_DIR "/tests/reference/reference_rows.py", midiLm, mmt, "compare",
                          CONTINUO_BINARY_DIR "/continuo"};
        if (const auto data = qEnvironmentVariable("CONTINUO_MIDI_REFERENCE"); !data.isEmpty()) words.append(data);
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(python, words);
        QVERIFY(process.waitForFinished(600'000));
        const auto said = process.readAll();
        QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0, said.constData());
        qInfo("%s", said.constData());
    }
};

QTEST_APPLESS_MAIN(ReferenceTokenizersTest)
#include "reference_tokenizers_test.moc"
