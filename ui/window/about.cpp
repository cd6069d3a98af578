#include "ui/window/about.h"

#include "ui/widgets/sheet.h"

namespace continuo::ui {

void showAbout(QWidget& window) {
    Sheet::tell(
        window,
        {QStringLiteral("info"),
         QObject::tr("Continuo"),
         {QObject::tr("A composition studio with a learning machine in it. Free software under the GNU General "
                      "Public License, version 3 or later; it comes without any warranty."),
          QObject::tr("Built from these parts, each under its own licence:")},
         {QObject::tr("Qt 6 (LGPL 3): window and widgets"), QObject::tr("QCustomPlot (GPL 3): plots"),
          QObject::tr("LibTorch 2.11.0 (BSD 3-Clause): training"), QObject::tr("FluidSynth (LGPL 2.1): synthesizer"),
          QObject::tr("libsndfile (LGPL 2.1): audio files"), QObject::tr("RtMidi (MIT-like): MIDI ports"),
          QObject::tr("yaml-cpp, nlohmann-json, CLI11, tl::expected, OpenSSL: files, words, checksums"),
          QObject::tr("Inter and JetBrains Mono (OFL 1.1): type")}});
}

} // namespace continuo::ui
