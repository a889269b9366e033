#include "demo/svg.hpp"
#include "demo/text.hpp"

#include <doctest/doctest.h>

using namespace incar::demo;

TEST_SUITE("svg") {
    TEST_CASE("text cannot break out of the picture") {
        CHECK(escaped("<script>\"a\" & 'b'\n") == "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39; ");
        svg picture(10, 10, "</title>", "d");
        picture.text(1, 2.25, "<b>", of_class("x\" onload=\"y"));
        CHECK(picture.finish().find("<b>") == std::string::npos);
        CHECK(picture.finish().find("<title>&lt;/title&gt;</title>") != std::string::npos);
        CHECK(picture.finish().find("onload=\"") == std::string::npos);
    }

    TEST_CASE("a ramp runs from its first colour to its last and mixes in between") {
        const std::vector<std::string> stops = {"#000000", "#ff8000", "#ffffff"};
        CHECK(ramp_colour(stops, -1) == "#000000");
        CHECK(ramp_colour(stops, 0.25) == "#804000");
        CHECK(ramp_colour(stops, 0.5) == "#ff8000");
        CHECK(ramp_colour(stops, 2) == "#ffffff");
    }

    TEST_CASE("a scale may run downwards") {
        const scale height{0, 10, 200, 100};
        CHECK(height(0) == 200);
        CHECK(height(5) == 150);
    }

    TEST_CASE("numbers and hours are written for people") {
        CHECK(fixed(1.25, 1) == "1.2");
        CHECK(fixed(-0.04, 1) == "0.0");
        CHECK(fixed(-3, 0) == "-3");
        CHECK(kilo(46000) == "46.0");
        CHECK(clock_text(17.5) == "17:30");
        CHECK(clock_text(29.75) == "05:45");
        CHECK(count_of(1, "car") == "1 car");
        CHECK(count_of(0, "car") == "0 cars");
    }
}
