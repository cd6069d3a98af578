#include "soundfonts/bank_builder.h"

#include "soundfonts/percussion.h"
#include "soundfonts/program_table.h"
#include "soundfonts/timbres.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

namespace continuo::soundfonts {
namespace {

// Generators of section 8.1.2 that the bank uses.
enum : std::uint16_t {
    kVibratoToPitch = 6,
    kModulationToFilter = 11,
    kFilterCutoff = 8,
    kTremoloToVolume = 13,
    kChorusSend = 15,
    kReverbSend = 16,
    kPan = 17,
    kTremoloRate = 22,
    kVibratoDelay = 23,
    kVibratoRate = 24,
    kModulationAttack = 26,
    kModulationDecay = 28,
    kModulationSustain = 29,
    kAttack = 34,
    kDecay = 36,
    kSustain = 37,
    kRelease = 38,
    kKeyRange = 43,
    kCoarseTune = 51,
    kFineTune = 52,
    kSampleModes = 54,
    kExclusiveClass = 57,
    kRootKey = 58,
};
constexpr std::uint16_t kLoopWhileHeld = 1;
// Section 8.2: the note-on velocity, falling from 1 to 0, linear.
constexpr std::uint16_t kSoftness = 0x0102;
constexpr double kOpenFilter = 13500; // cents: the highest cut-off of the format

Generator set(std::uint16_t parameter, double amount) {
    return {parameter, static_cast<std::uint16_t>(static_cast<std::int16_t>(std::lround(amount)))};
}
double timecents(double seconds) { return std::clamp(1200 * std::log2(std::max(seconds, 0.001)), -12000.0, 8000.0); }
double hertzCents(double hertz) { return 1200 * std::log2(hertz / 8.176); }
Generator keyRange(int low, int high) { return {kKeyRange, static_cast<std::uint16_t>(low | high << 8)}; }

class Builder {
public:
    Bank build() {
        bank_.name = "Continuo General MIDI";
        for (const auto& family : {struckTimbres(), pluckedTimbres(), bowedTimbres(), blownTimbres(), organTimbres(),
                                   voiceTimbres(), electronicTimbres(), effectTimbres()})
            for (const auto& timbre : family) addTimbre(timbre);
        for (const auto& sample : singleSounds()) addSample(sample.name, sample);
        for (const auto& program : programTable()) addProgram(program);
        addDrums();
        return std::move(bank_);
    }

private:
    void addSample(const std::string& timbre, Sample sample) {
        samples_[timbre].push_back(static_cast<int>(bank_.samples.size()));
        bank_.samples.push_back(std::move(sample));
    }

    void addTimbre(const Timbre& timbre) {
        for (const int root : timbre.roots)
            addSample(timbre.name, render(timbre.name, root, timbre.model, timbre.level));
    }

    void addProgram(const Program& program) {
        Instrument instrument{program.name, {globalZone(program.how)}};
        for (const auto& layer : program.layers) addLayer(instrument, layer, program.how);
        bank_.presets.push_back({program.name, 0, program.number, static_cast<int>(bank_.instruments.size())});
        bank_.instruments.push_back(std::move(instrument));
    }

    static Zone globalZone(const Articulation& how) {
        Zone zone;
        const auto add = [&](std::uint16_t parameter, double amount) {
            zone.generators.push_back(set(parameter, amount));
        };
        if (how.vibrato > 0) {
            add(kVibratoToPitch, how.vibrato);
            add(kVibratoDelay, timecents(how.vibratoDelay));
            add(kVibratoRate, hertzCents(how.vibratoRate));
        }
        if (how.tremolo > 0) add(kTremoloToVolume, how.tremolo * 10), add(kTremoloRate, hertzCents(how.tremoloRate));
        if (how.bloom > 0) {
            add(kModulationToFilter, how.bloom);
            add(kModulationAttack, timecents(how.attack));
            add(kModulationDecay, timecents(how.bloomTime));
            add(kModulationSustain, 600);
        }
        if (how.chorus > 0) add(kChorusSend, how.chorus * 1000);
        add(kReverbSend, how.reverb * 1000);
        if (how.attack > 0.002) add(kAttack, timecents(how.attack));
        if (how.decay > 0) add(kSustain, 1000);
        add(kRelease, timecents(how.release));
        if (how.touch > 0) zone.modulators.push_back({kSoftness, kFilterCutoff, static_cast<std::int16_t>(-how.touch)});
        return zone;
    }

    // Each sample covers the keys nearest to its root.
    void addLayer(Instrument& instrument, const Layer& layer, const Articulation& how) {
        const auto found = samples_.find(layer.timbre);
        if (found == samples_.end()) throw std::logic_error("no timbre is called " + layer.timbre);
        int low = 0;
        for (std::size_t i = 0; i < found->second.size(); ++i) {
            const auto& sample = bank_.samples[static_cast<std::size_t>(found->second[i])];
            const bool last = i + 1 == found->second.size();
            const int next = last ? 0 : bank_.samples[static_cast<std::size_t>(found->second[i + 1])].root;
            const int high = last ? 127 : (sample.root + next) / 2;
            instrument.zones.push_back(zoneOf(found->second[i], low, high, layer, how));
            low = high + 1;
        }
    }

    Zone zoneOf(int index, int low, int high, const Layer& layer, const Articulation& how) const {
        const auto& sample = bank_.samples[static_cast<std::size_t>(index)];
        Zone zone{index, {keyRange(low, high)}, {}};
        const double middle = std::clamp((low + high) / 2.0, sample.root - 8.0, sample.root + 8.0);
        const double cutoff = std::min(kOpenFilter, hertzCents(std::max(how.bright * frequencyOf(sample.root), 700.0)));
        if (cutoff < kOpenFilter) zone.generators.push_back(set(kFilterCutoff, cutoff));
        if (how.decay > 0)
            zone.generators.push_back(set(kDecay, timecents(how.decay * std::exp2((60 - middle) / how.keyDecay))));
        if (layer.pan != 0) zone.generators.push_back(set(kPan, layer.pan));
        if (layer.timbre == "Piano" && layer.pan == 0)
            zone.generators.push_back(set(kPan, std::clamp((sample.root - 62) * 4, -150, 150)));
        if (layer.transpose != 0) zone.generators.push_back(set(kCoarseTune, layer.transpose));
        if (layer.detune != 0) zone.generators.push_back(set(kFineTune, layer.detune));
        if (sample.loopEnd > sample.loopStart) zone.generators.push_back(set(kSampleModes, kLoopWhileHeld));
        return zone;
    }

    void addDrums() {
        Instrument kit{"Standard Kit", {}};
        std::map<std::string, int> known;
        for (auto& drum : drumKit()) {
            if (!known.contains(drum.sample.name)) {
                known[drum.sample.name] = static_cast<int>(bank_.samples.size());
                bank_.samples.push_back(drum.sample);
            }
            Zone zone{known[drum.sample.name], {keyRange(drum.key, drum.key)}, {}};
            zone.generators.push_back(set(kReverbSend, 80));
            zone.generators.push_back(set(kPan, drum.pan));
            zone.generators.push_back(set(kRelease, timecents(drum.choke > 0 ? 0.08 : 2.0)));
            if (drum.choke > 0) zone.generators.push_back(set(kExclusiveClass, drum.choke));
            zone.generators.push_back(set(kRootKey, drum.key - drum.tune));
            zone.modulators.push_back({kSoftness, kFilterCutoff, -1800});
            kit.zones.push_back(std::move(zone));
        }
        bank_.presets.push_back({"Standard Kit", 128, 0, static_cast<int>(bank_.instruments.size())});
        bank_.instruments.push_back(std::move(kit));
    }

    Bank bank_;
    std::map<std::string, std::vector<int>> samples_;
};

} // namespace

Bank buildBank() { return Builder().build(); }

} // namespace continuo::soundfonts
