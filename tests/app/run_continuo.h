#pragma once

#include <QByteArray>
#include <QProcess>
#include <QStringList>

/// The built executable, as users run it.
namespace continuo::app {

struct Outcome {
    int code = -1; // -1: it crashed or never ended
    QByteArray out, err;
};

inline Outcome runContinuo(const QStringList& words, int seconds = 30) {
    QProcess process;
    process.start(QStringLiteral(CONTINUO_BINARY_DIR "/continuo"), words);
    const bool ended = process.waitForFinished(1000 * seconds) && process.exitStatus() == QProcess::NormalExit;
    return {ended ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
}

/// Whether this build has the command: headless ones lack some.
inline bool knowsCommand(const char* word) {
    return runContinuo({"--help"}).out.contains(QByteArray("\n  ") + word + " ");
}

} // namespace continuo::app
