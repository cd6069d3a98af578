#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

namespace {

/// What the loader would open for a file: name → path, empty where it finds nothing.
QMap<QString, QString> loadedLibraries(const QString& file) {
    QProcess loader;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LD_TRACE_LOADED_OBJECTS"), QStringLiteral("1"));
    loader.setProcessEnvironment(environment);
    loader.start(QStringLiteral("/lib64/ld-linux-x86-64.so.2"), {file});
    loader.waitForFinished();
    QMap<QString, QString> found;
    static const QRegularExpression line(QStringLiteral("^\\s*(\\S+) => (.*?)( \\(0x[0-9a-f]+\\))?$"),
                                         QRegularExpression::MultilineOption);
    auto matches = line.globalMatch(QString::fromLocal8Bit(loader.readAllStandardOutput()));
    while (matches.hasNext()) {
        const auto match = matches.next();
        found[match.captured(1)] = match.captured(2) == QLatin1String("not found") ? QString() : match.captured(2);
    }
    return found;
}

bool isCudaLibrary(const QString& name) {
    static const QRegularExpression cuda(QStringLiteral("^lib(cu|nv|nccl)"));
    return cuda.match(name).hasMatch();
}

QStringList strangers(const QMap<QString, QString>& libraries, const QString& home) {
    QStringList found;
    for (auto it = libraries.begin(); it != libraries.end(); ++it) {
        const auto path = it->isEmpty() ? QString() : QFileInfo(*it).canonicalFilePath();
        if (isCudaLibrary(it.key()) && !path.startsWith(home + QLatin1Char('/')))
            found << it.key() + QStringLiteral(" from ") + (path.isEmpty() ? QStringLiteral("nowhere") : path);
    }
    return found;
}

} // namespace

/// An installed CUDA toolkit would hide that a wheel is missing from LibTorch's folder.
class ModuleLoaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLibraryFromElsewhereIsFound() {
        const QMap<QString, QString> planted{
            {QStringLiteral("libcudart.so.13"), QStringLiteral("/lib64/ld-linux-x86-64.so.2")},
            {QStringLiteral("libcupti.so.13"), QString()},
            {QStringLiteral("libm.so.6"), QStringLiteral("/lib64/ld-linux-x86-64.so.2")}};
        QCOMPARE(strangers(planted, QStringLiteral("/nowhere")).size(), 2);
    }

    void theModuleTakesCudaLibrariesFromTheLibTorchFolderOnly() {
        const auto libraries = loadedLibraries(QStringLiteral(CONTINUO_BINARY_DIR "/libcontinuo_learning.so"));
        QVERIFY2(libraries.contains(QStringLiteral("libtorch_cpu.so")),
                 "the loader listed no LibTorch: is the module built?");
        // …/torch/lib; the two CUDA wheels lie beside torch/
        const auto home =
            QDir(QFileInfo(QStringLiteral(CONTINUO_TORCH_LIB)).canonicalFilePath() + QStringLiteral("/../.."))
                .canonicalPath();
        const auto found = strangers(libraries, home);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QStringLiteral(", "))));
        QVERIFY(libraries.contains(QStringLiteral("libcudart.so.13")));
    }
};

QTEST_APPLESS_MAIN(ModuleLoaderTest)
#include "module_loader_test.moc"
