package io.fitroute.fit;

import java.util.Map;
import java.util.stream.Collectors;

/** Names of sports and sub-sports to show to people, by their numbers in FIT's profile. */
final class SportNames {

  static final Map<Integer, String> SPORTS =
      table(
          """
      0 generic
      1 running
      2 cycling
      3 transition
      4 fitness equipment
      5 swimming
      6 basketball
      7 soccer
      8 tennis
      9 american football
      10 training
      11 walking
      12 cross country skiing
      13 alpine skiing
      14 snowboarding
      15 rowing
      16 mountaineering
      17 hiking
      18 multisport
      19 paddling
      20 flying
      21 e-biking
      22 motorcycling
      23 boating
      24 driving
      25 golf
      26 hang gliding
      27 horseback riding
      28 hunting
      29 fishing
      30 inline skating
      31 rock climbing
      32 sailing
      33 ice skating
      34 sky diving
      35 snowshoeing
      36 snowmobiling
      37 stand up paddleboarding
      38 surfing
      39 wakeboarding
      40 water skiing
      41 kayaking
      42 rafting
      43 windsurfing
      44 kitesurfing
      45 tactical
      46 jumpmaster
      47 boxing
      48 floor climbing
      49 baseball
      53 diving
      56 shooting
      58 winter sport
      59 grinding
      62 high-intensity interval training
      63 video gaming
      64 racket
      65 wheelchair push walk
      66 wheelchair push run
      67 meditation
      68 para sport
      69 disc golf
      70 team sport
      71 cricket
      72 rugby
      73 hockey
      74 lacrosse
      75 volleyball
      76 water tubing
      77 wakesurfing
      78 water sport
      79 archery
      80 mixed martial arts
      81 motor sports
      82 snorkeling
      83 dance
      84 jump rope
      85 pool apnea
      86 mobility
      87 geocaching
      88 canoeing
      254 all
      """);

  static final Map<Integer, String> SUB_SPORTS =
      table(
          """
      0 generic
      1 treadmill
      2 street
      3 trail
      4 track
      5 spin
      6 indoor cycling
      7 road
      8 mountain
      9 downhill
      10 recumbent
      11 cyclocross
      12 hand cycling
      13 track cycling
      14 indoor rowing
      15 elliptical
      16 stair climbing
      17 lap swimming
      18 open water
      19 flexibility training
      20 strength training
      21 warm up
      22 match
      23 exercise
      24 challenge
      25 indoor skiing
      26 cardio training
      27 indoor walking
      28 e-bike fitness
      29 bmx
      30 casual walking
      31 speed walking
      32 bike to run transition
      33 run to bike transition
      34 swim to bike transition
      35 atv
      36 motocross
      37 backcountry
      38 resort
      39 rc drone
      40 wingsuit
      41 whitewater
      42 skate skiing
      43 yoga
      44 pilates
      45 indoor running
      46 gravel cycling
      47 e-bike mountain
      48 commuting
      49 mixed surface
      50 navigate
      51 track me
      52 map
      53 single gas diving
      54 multi gas diving
      55 gauge diving
      56 apnea diving
      57 apnea hunting
      58 virtual activity
      59 obstacle
      62 breathing
      63 ccr diving
      65 sail race
      66 expedition
      67 ultra
      68 indoor climbing
      69 bouldering
      70 high-intensity interval training
      71 indoor grinding
      72 hunting with dogs
      73 amrap
      74 emom
      75 tabata
      77 esport
      78 triathlon
      79 duathlon
      80 brick
      81 swim run
      82 adventure race
      83 trucker workout
      84 pickleball
      85 padel
      86 indoor wheelchair walk
      87 indoor wheelchair run
      88 indoor hand cycling
      90 field
      91 ice
      92 ultimate
      93 platform
      94 squash
      95 badminton
      96 racquetball
      97 table tennis
      98 overland
      99 trolling motor
      110 fly canopy
      111 fly paraglide
      112 fly paramotor
      113 fly pressurized
      114 fly navigate
      115 fly timer
      116 fly altimeter
      117 fly wx
      118 fly vfr
      119 fly ifr
      121 dynamic apnea
      123 enduro
      124 rucking
      125 rally
      126 pool triathlon
      127 e-bike enduro
      254 all
      """);

  private SportNames() {}

  private static Map<Integer, String> table(String lines) {
    return lines
        .lines()
        .map(line -> line.split(" ", 2))
        .collect(Collectors.toUnmodifiableMap(line -> Integer.valueOf(line[0]), line -> line[1]));
  }
}
