#include "engine/score/operations/arpeggio.h"
#include "engine/score/operations/ornaments.h"
#include "ui/operations/operation_fields.h"

namespace continuo::ui::field {
namespace {

using Values = OperationValues;
using Context = OperationContext;

score::OperationResult runArpeggio(const Context& c, const Values& v) {
    return score::arpeggiate(c.score, c.notes,
                             {.order = static_cast<score::ArpeggioOrder>(whole(v[0])),
                              .rate = gridOf(v[1], c),
                              .gate = part(v[2]),
                              .octaves = whole(v[3]),
                              .velocityFrom = 1,
                              .velocityTo = part(v[4]),
                              .seed = static_cast<std::uint64_t>(v[5])},
                             c.mint);
}

score::OperationResult runStrum(const Context& c, const Values& v) {
    return score::strum(c.score, c.notes,
                        {.direction = static_cast<score::StrumSettings::Direction>(whole(v[0])),
                         .spreadMs = v[1],
                         .curve = v[2],
                         .lastVelocity = part(v[3]),
                         .keepEnds = isOn(v[4])});
}

score::OperationResult runOrnament(const Context& c, const Values& v) {
    score::OrnamentSettings settings;
    settings.kind = static_cast<score::Ornament>(whole(v[0]));
    settings.rate = gridOf(v[1], c);
    settings.accessory = part(v[2]);
    settings.startAbove = isOn(v[3]);
    settings.scale = c.scale;
    return score::ornament(c.score, c.notes, settings, c.mint);
}

} // namespace

std::vector<Operation> figureOperations() {
    return {
        {"arpeggiate",
         "Figures",
         "Arpeggiate",
         "Chords become patterns in the time they lasted.",
         false,
         {choice("Order", {"Up", "Down", "Up and down", "Down and up", "As played", "Random"}), grid("Rate", 3),
          number("Gate", 90, 5, 200, 1, "%"), number("Octaves", 1, 1, 4), number("Last as loud", 100, 10, 200, 1, "%"),
          seed()},
         runArpeggio},
        {"strum",
         "Figures",
         "Strum",
         "Spreads chords over time, string by string.",
         false,
         {choice("Direction", {"Up", "Down", "Alternate"}), number("Over", 40, 1, 400, 1, "ms"),
          number("Curve", 1, 0.25, 4, 0.05, "", 2), number("Last as loud", 90, 10, 150, 1, "%"),
          onOff("Keep the ends", true)},
         runStrum},
        {"ornament",
         "Figures",
         "Ornament",
         "Each note is played with an ornament, in the key in force.",
         false,
         {choice("Kind", {"Trill", "Upper mordent", "Lower mordent", "Turn", "Grace note below", "Grace note above",
                          "Flam", "Roll"}),
          grid("Rate", 4), percent("Added as loud", 85), onOff("Begin above", false)},
         runOrnament},
    };
}

} // namespace continuo::ui::field
